package documents

import (
	"bytes"
	"image"
	"image/color"
	"strings"
	"testing"
)

// faxInTIFF is a page of 16 by 8, in Group 4: its runs of one kind are the middle ten of each row, of the other the sides.
func faxInTIFF(photometric uint32) []byte {
	bits := "001" + "1000" + "0000100" + "1" + // three of the one, ten of the other, the rest
		strings.Repeat("111", 7) + // seven rows as the one above
		"000000000001000000000001"
	var fax []byte
	for len(bits)%8 != 0 {
		bits += "0"
	}
	for i := 0; i < len(bits); i += 8 {
		var b byte
		for _, bit := range bits[i : i+8] {
			b = b<<1 | byte(bit-'0')
		}
		fax = append(fax, b)
	}
	tags := [][3]uint32{{tagWidth, 4, 16}, {tagHeight, 4, 8}, {tagBits, 3, 1}, {tagCompression, 3, 4}, {tagPhotometric, 3, photometric},
		{tagStripOffsets, 4, 0}, {tagSamples, 3, 1}, {tagRowsPerStrip, 4, 8}, {tagStripSizes, 4, uint32(len(fax))}}
	number := func(b []byte, n uint32) []byte { return append(b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24)) }
	tags[5][2] = uint32(8 + 2 + 12*len(tags) + 4)
	data := append(number([]byte("II*\x00"), 8), byte(len(tags)), 0)
	for _, tag := range tags {
		data = append(data, byte(tag[0]), byte(tag[0]>>8), byte(tag[1]), 0)
		data = number(number(data, 1), tag[2])
	}
	return append(number(data, 0), fax...)
}

// A fax is paper with ink on it, whatever its runs are said to be.
func TestAFaxIsNoNegative(t *testing.T) {
	for photometric := range uint32(2) {
		file := bytes.NewReader(faxInTIFF(photometric))
		dirs, err := walkTIFF(file, 1)
		must(t, err)
		page, err := dirs[0].decode(t.Context(), file)
		must(t, err)
		for at, want := range map[image.Point]uint8{{X: 8, Y: 4}: 255, {X: 0, Y: 0}: 0, {X: 15, Y: 7}: 0} {
			if got := color.GrayModel.Convert(page.At(at.X, at.Y)).(color.Gray).Y; got != want {
				t.Errorf("photometric %d: %v is %d", photometric, at, got)
			}
		}
	}
}
