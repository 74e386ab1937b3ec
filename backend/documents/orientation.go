package documents

import (
	"encoding/binary"
	"image"
	"image/draw"
	"io"
)

// orientation is the EXIF and TIFF word (tag 274) for how a stored picture must be turned: 1 upright, 3 upside down,
// 6 a quarter clockwise, 8 a quarter back; 2, 4, 5, 7 mirrored.
type orientation int

const upright orientation = 1

func (t orientation) onSide() bool { return t >= 5 && t <= 8 }

// apply turns a picture upright.
func (t orientation) apply(src image.Image) image.Image {
	if t <= upright || t > 8 {
		return src
	}
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	size := image.Rect(0, 0, w, h)
	if t.onSide() {
		size = image.Rect(0, 0, h, w)
	}
	at := func(x, y int) (int, int) { // where a stored pixel goes
		switch t {
		case 2:
			return w - 1 - x, y
		case 3:
			return w - 1 - x, h - 1 - y
		case 4:
			return x, h - 1 - y
		case 5:
			return y, x
		case 6:
			return h - 1 - y, x
		case 7:
			return h - 1 - y, w - 1 - x
		}
		return y, w - 1 - x
	}
	if g, ok := src.(*image.Gray); ok {
		dst := image.NewGray(size)
		for y := range h {
			for x := range w {
				dx, dy := at(x, y)
				dst.Pix[dy*dst.Stride+dx] = g.Pix[y*g.Stride+x]
			}
		}
		return dst
	}
	rgba, ok := src.(*image.RGBA)
	if !ok {
		rgba = image.NewRGBA(image.Rect(0, 0, w, h))
		draw.Draw(rgba, rgba.Rect, src, b.Min, draw.Src)
	}
	dst := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			dx, dy := at(x, y)
			copy(dst.Pix[dy*dst.Stride+4*dx:][:4], rgba.Pix[y*rgba.Stride+4*x:][:4])
		}
	}
	return dst
}

// exifOrientation finds the orientation in a JPEG's EXIF block (Exif 2.32, 4.6.4); upright when it says nothing.
func exifOrientation(file io.ReaderAt) orientation {
	head := make([]byte, 256<<10)
	n, _ := file.ReadAt(head, 0)
	head = head[:n]
	for at := 2; at+4 <= len(head) && head[at] == 0xff; {
		marker, size := head[at+1], int(binary.BigEndian.Uint16(head[at+2:]))
		if marker == 0xda || size < 2 || at+2+size > len(head) {
			break
		}
		block := head[at+4 : at+2+size]
		if marker == 0xe1 && len(block) > 6 && string(block[:6]) == "Exif\x00\x00" {
			return tiffOrientation(block[6:])
		}
		at += 2 + size
	}
	return upright
}

// tiffOrientation reads tag 274 of the first directory of a small TIFF in memory.
func tiffOrientation(b []byte) orientation {
	dirs, err := walkTIFF(sliceAt(b), 1)
	if err != nil || len(dirs) == 0 {
		return upright
	}
	return dirs[0].orientation()
}

// sliceAt is a ReaderAt over bytes.
type sliceAt []byte

func (s sliceAt) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= int64(len(s)) {
		return 0, io.EOF
	}
	n := copy(p, s[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
