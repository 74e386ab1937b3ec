package scans

import "strings"

// The widths of bars and gaps of Code 128 (ISO/IEC 15417), by value; 104 starts code set B.
const code128Widths = "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 " +
	"223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 " +
	"112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 " +
	"311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 " +
	"122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 " +
	"214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"

// The wide elements of Code 39 (ISO/IEC 16388), bars and gaps by turns.
var code39Wide = map[rune]string{
	'0': "000110100", '1': "100100001", '2': "001100001", '3': "101100000", '4': "000110001", '5': "100110000", '6': "001110000", '7': "000100101",
	'8': "100100100", '9': "001100100", 'A': "100001001", 'B': "001001001", 'C': "101001000", 'D': "000011001", 'E': "100011000", 'F': "001011000",
	'G': "000001101", 'H': "100001100", 'I': "001001100", 'J': "000011100", 'K': "100000011", 'L': "001000011", 'M': "101000010", 'N': "000010011",
	'O': "100010010", 'P': "001010010", 'Q': "000000111", 'R': "100000110", 'S': "001000110", 'T': "000010110", 'U': "110000001", 'V': "011000001",
	'W': "111000000", 'X': "010010001", 'Y': "110010000", 'Z': "011010000", '-': "010000101", '*': "010010100",
}

// code128 is the widths of bars and gaps of text in code set B.
func code128(text string) string {
	widths := strings.Fields(code128Widths)
	var b strings.Builder
	b.WriteString(widths[104])
	sum := 104
	for i, c := range []byte(text) {
		b.WriteString(widths[c-32])
		sum += (i + 1) * int(c-32)
	}
	return b.String() + widths[sum%103] + widths[106]
}

// code39 is the widths of bars and gaps of text; a wide element is three narrow ones.
func code39(text string) string {
	var b strings.Builder
	for _, c := range "*" + text + "*" {
		for _, wide := range code39Wide[c] {
			b.WriteByte("13"[wide-'0'])
		}
		b.WriteByte('1')
	}
	return b.String()
}

// barcode draws a field as bars, some 1.1 to 1.4 points a narrow one, and notes it.
func (f *form) barcode(kind, field string, x, y, width, h float64) {
	value, _ := f.trip.value(field, f.how, f.atPickup())
	bars := code128(value)
	if kind == "code39" {
		bars = code39(value)
	}
	modules := 0
	for _, c := range bars {
		modules += int(c - '0')
	}
	unit := width / float64(modules)
	unit = max(unit, 0.72) // two pixels at 200 dpi
	at := x
	for i, c := range bars {
		w := float64(c-'0') * unit
		if i%2 == 0 {
			f.bar(black, at, y, w, h)
		}
		at += w
	}
	f.page.Barcodes = append(f.page.Barcodes, Barcode{Kind: kind, Value: value, Box: f.fraction(rect{x, y, at, y + h})})
}
