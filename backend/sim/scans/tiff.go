package scans

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
)

// Compressions of TIFF 6.0, and Adobe's deflate.
const (
	tiffGroup4   = 4 // of black and white only; what is not becomes LZW
	tiffLZW      = 5
	tiffJPEG     = 7
	tiffDeflate  = 8
	tiffPackBits = 32773
)

// tiffFile writes pages as one little-endian TIFF. Pages of black and white only take one bit a pixel.
func tiffFile(pages []*picture, dpi float64, compression int) []byte {
	b := []byte("II*\x00\x00\x00\x00\x00")
	link := 4
	for _, p := range pages {
		bilevel := p.bilevel()
		bits, interpretation := []int{8}, 1
		data := p.interleaved()
		how := compression
		if bilevel {
			bits, interpretation, data = []int{1}, 1, p.packed()
			if how == tiffJPEG {
				how = tiffLZW
			}
		} else if len(p.planes) == 3 {
			bits, interpretation = []int{8, 8, 8}, 2
		}
		if how == tiffGroup4 && !bilevel {
			how = tiffLZW
		}
		switch {
		case how == tiffGroup4:
			data, interpretation = p.group4(), 0
		case how == tiffJPEG:
			data = p.jpeg(85)
			if interpretation == 2 {
				interpretation = 6
			}
		default:
			data = compressed(data, how)
		}
		strip := len(b)
		b = append(b, data...)
		b = append(b, make([]byte, len(b)%2)...)
		extra := len(b)
		for _, v := range bits {
			b = binary.LittleEndian.AppendUint16(b, uint16(v))
		}
		b = append(b, make([]byte, len(b)%2)...)
		ratio := len(b)
		b = binary.LittleEndian.AppendUint32(b, uint32(dpi*100))
		b = binary.LittleEndian.AppendUint32(b, 100)
		if len(bits) == 1 {
			extra = bits[0]
		}
		entries := [][4]int{{256, 4, 1, p.w}, {257, 4, 1, p.h}, {258, 3, len(bits), extra}, {259, 3, 1, how}, {262, 3, 1, interpretation}, {273, 4, 1, strip},
			{277, 3, 1, len(bits)}, {278, 4, 1, p.h}, {279, 4, 1, len(data)}, {282, 5, 1, ratio}, {283, 5, 1, ratio}, {296, 3, 1, 2}}
		binary.LittleEndian.PutUint32(b[link:], uint32(len(b)))
		b = binary.LittleEndian.AppendUint16(b, uint16(len(entries)))
		for _, e := range entries {
			b = binary.LittleEndian.AppendUint16(b, uint16(e[0]))
			b = binary.LittleEndian.AppendUint16(b, uint16(e[1]))
			b = binary.LittleEndian.AppendUint32(b, uint32(e[2]))
			b = binary.LittleEndian.AppendUint32(b, uint32(e[3]))
		}
		link = len(b)
		b = append(b, 0, 0, 0, 0)
	}
	return b
}

// bilevel reports whether the picture is black and white only.
func (p *picture) bilevel() bool {
	if len(p.planes) != 1 {
		return false
	}
	for _, v := range p.planes[0] {
		if v != 0 && v != 255 {
			return false
		}
	}
	return true
}

// packed is one bit a pixel, white set, rows filled to whole bytes.
func (p *picture) packed() []byte {
	stride := (p.w + 7) / 8
	out := make([]byte, stride*p.h)
	for y := range p.h {
		for x, v := range p.planes[0][y*p.w : y*p.w+p.w] {
			if v > 127 {
				out[y*stride+x/8] |= 0x80 >> (x % 8)
			}
		}
	}
	return out
}

// interleaved is the planes pixel by pixel.
func (p *picture) interleaved() []byte {
	if len(p.planes) == 1 {
		return p.planes[0]
	}
	out := make([]byte, 0, 3*p.w*p.h)
	for i := range p.w * p.h {
		out = append(out, p.planes[0][i], p.planes[1][i], p.planes[2][i])
	}
	return out
}

func compressed(data []byte, how int) []byte {
	switch how {
	case tiffDeflate:
		return deflated(data)
	case tiffPackBits:
		return packBits(data)
	}
	return lzw(data)
}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	z, _ := zlib.NewWriterLevel(&b, zlib.BestSpeed) // the level is valid; a buffer takes everything
	z.Write(data)
	z.Close()
	return b.Bytes()
}

// packBits is the run-length code of TIFF 6.0, section 9.
func packBits(data []byte) []byte {
	var out []byte
	for i := 0; i < len(data); {
		same := 1
		for i+same < len(data) && same < 128 && data[i+same] == data[i] {
			same++
		}
		if same > 1 {
			out = append(out, byte(257-same), data[i])
			i += same
			continue
		}
		from := i
		for i < len(data) && i-from < 128 && (i+1 == len(data) || data[i] != data[i+1]) {
			i++
		}
		out = append(append(out, byte(i-from-1)), data[from:i]...)
	}
	return out
}

// lzw is the code of TIFF 6.0, section 13: high bits first, and codes grow one entry early.
func lzw(data []byte) []byte {
	const clearCode, end, first = 256, 257, 258
	var out []byte
	var held uint32
	bits, width := 0, 9
	put := func(code int) {
		held = held<<width | uint32(code)
		for bits += width; bits >= 8; bits -= 8 {
			out = append(out, byte(held>>(bits-8)))
		}
		held &= 1<<bits - 1
	}
	table, next := map[uint32]int{}, first
	put(clearCode)
	prefix := -1
	for _, c := range data {
		if prefix < 0 {
			prefix = int(c)
			continue
		}
		key := uint32(prefix)<<8 | uint32(c)
		if code, known := table[key]; known {
			prefix = code
			continue
		}
		put(prefix)
		prefix = int(c)
		table[key] = next
		next++
		switch {
		case next == 4094:
			put(clearCode)
			clear(table)
			next, width = first, 9
		case next == 1<<width:
			width++
		}
	}
	if prefix >= 0 {
		put(prefix)
		next++
		if next == 1<<width && width < 12 {
			width++
		}
	}
	put(end)
	if bits > 0 {
		out = append(out, byte(held<<(8-bits)))
	}
	return out
}
