package scans

import "strings"

// Run lengths of white and of black, 0 to 63 and then 64 to 1728 in steps of 64 (ITU-T T.4, tables 2 and 3a).
const (
	whiteRuns = "00110101 000111 0111 1000 1011 1100 1110 1111 10011 10100 00111 01000 001000 000011 110100 110101 101010 101011 0100111 0001100 " +
		"0001000 0010111 0000011 0000100 0101000 0101011 0010011 0100100 0011000 00000010 00000011 00011010 00011011 00010010 00010011 00010100 " +
		"00010101 00010110 00010111 00101000 00101001 00101010 00101011 00101100 00101101 00000100 00000101 00001010 00001011 01010010 01010011 " +
		"01010100 01010101 00100100 00100101 01011000 01011001 01011010 01011011 01001010 01001011 00110010 00110011 00110100 " +
		"11011 10010 010111 0110111 00110110 00110111 01100100 01100101 01101000 01100111 011001100 011001101 011010010 011010011 011010100 " +
		"011010101 011010110 011010111 011011000 011011001 011011010 011011011 010011000 010011001 010011010 011000 010011011"
	blackRuns = "0000110111 010 11 10 011 0011 0010 00011 000101 000100 0000100 0000101 0000111 00000100 00000111 000011000 0000010111 0000011000 " +
		"0000001000 00001100111 00001101000 00001101100 00000110111 00000101000 00000010111 00000011000 000011001010 000011001011 000011001100 " +
		"000011001101 000001101000 000001101001 000001101010 000001101011 000011010010 000011010011 000011010100 000011010101 000011010110 " +
		"000011010111 000001101100 000001101101 000011011010 000011011011 000001010100 000001010101 000001010110 000001010111 000001100100 " +
		"000001100101 000001010010 000001010011 000000100100 000000110111 000000111000 000000100111 000000101000 000001011000 000001011001 " +
		"000000101011 000000101100 000001011010 000001100110 000001100111 " +
		"0000001111 000011001000 000011001001 000001011011 000000110011 000000110100 000000110101 0000001101100 0000001101101 0000001001010 " +
		"0000001001011 0000001001100 0000001001101 0000001110010 0000001110011 0000001110100 0000001110101 0000001110110 0000001110111 " +
		"0000001010010 0000001010011 0000001010100 0000001010101 0000001011010 0000001011011 0000001100100 0000001100101"
	longRun = "000000011111" // 2560, of either tone
)

// vertical are the codes of an edge that lies up to three pixels left or right of the one above (ITU-T T.6, table 1).
var vertical = map[int]string{-3: "0000010", -2: "000010", -1: "010", 0: "1", 1: "011", 2: "000011", 3: "0000011"}

type bitWriter struct {
	out  []byte
	bits int
}

func (w *bitWriter) put(code string) {
	for _, c := range code {
		if w.bits%8 == 0 {
			w.out = append(w.out, 0)
		}
		if c == '1' {
			w.out[len(w.out)-1] |= 0x80 >> (w.bits % 8)
		}
		w.bits++
	}
}

// run writes a run of n pixels by one of the two tables.
func (w *bitWriter) run(table []string, n int) {
	for ; n >= 2560; n -= 2560 {
		w.put(longRun)
	}
	for ; n > 1728+63; n -= 1728 {
		w.put(table[63+27])
	}
	if n >= 64 {
		w.put(table[63+n/64])
	}
	w.put(table[n%64])
}

// group4 is a black and white picture as fax machines of group 4 send it (ITU-T T.6), with its end mark.
func (p *picture) group4() []byte {
	tables := [2][]string{strings.Fields(whiteRuns), strings.Fields(blackRuns)}
	w := &bitWriter{}
	above := make([]bool, p.w)
	line := make([]bool, p.w)
	// edge is the first place from at where the tone turns away from what it was one pixel before.
	edge := func(row []bool, at int, before bool) int {
		for at < p.w && row[at] == before {
			at++
		}
		return at
	}
	for y := range p.h {
		for x := range line {
			line[x] = p.planes[0][y*p.w+x] < 128
		}
		a0, tone := -1, false
		for a0 < p.w {
			from := max(a0, 0)
			a1 := edge(line, from, tone)
			b1 := turnsAgainst(above, a0, tone)
			b2 := edge(above, b1, !tone)
			switch {
			case b2 < a1:
				w.put("0001") // pass
				a0 = b2
			case b1-a1 <= 3 && a1-b1 <= 3:
				w.put(vertical[a1-b1])
				a0, tone = a1, !tone
			default:
				a2 := edge(line, a1, !tone)
				w.put("001") // horizontal
				w.run(tables[index(tone)], a1-from)
				w.run(tables[1-index(tone)], a2-a1)
				a0 = a2
			}
		}
		above, line = line, above
	}
	w.put("000000000001000000000001")
	return w.out
}

func index(black bool) int {
	if black {
		return 1
	}
	return 0
}

// turnsAgainst is the first place right of a0 in the line above where it turns to the tone opposite to that under way.
func turnsAgainst(above []bool, a0 int, tone bool) int {
	for x := a0 + 1; x < len(above); x++ {
		before := false
		if x > 0 {
			before = above[x-1]
		}
		if above[x] != before && above[x] != tone {
			return x
		}
	}
	return len(above)
}
