package scans

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// image is the picture as Go's encoders take it.
func (p *picture) image() image.Image {
	r := image.Rect(0, 0, p.w, p.h)
	if len(p.planes) == 1 {
		return &image.Gray{Pix: p.planes[0], Stride: p.w, Rect: r}
	}
	m := image.NewYCbCr(r, image.YCbCrSubsampleRatio444)
	for i := range p.w * p.h {
		m.Y[i], m.Cb[i], m.Cr[i] = color.RGBToYCbCr(p.planes[0][i], p.planes[1][i], p.planes[2][i])
	}
	return m
}

func (p *picture) jpeg(quality int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p.image(), &jpeg.Options{Quality: quality}); err != nil {
		panic(err) // a buffer takes everything, and no page is that large
	}
	return b.Bytes()
}

// jpegTurned is a JPEG whose EXIF block says how it is to be turned: as phones store what was held upright.
func (p *picture) jpegTurned(quality int, orientation byte) []byte {
	exif := append([]byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00"), orientation, 0, 0, 0, 0, 0, 0, 0)
	plain := p.jpeg(quality)
	out := append([]byte{}, plain[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(exif)+2))
	return append(append(out, exif...), plain[2:]...)
}

// png is a PNG that says its resolution.
func (p *picture) png(dpi float64) []byte {
	var b bytes.Buffer
	m := p.image()
	if len(p.planes) == 3 {
		rgba := image.NewNRGBA(m.Bounds())
		for i := range p.w * p.h {
			rgba.Pix[4*i], rgba.Pix[4*i+1], rgba.Pix[4*i+2], rgba.Pix[4*i+3] = p.planes[0][i], p.planes[1][i], p.planes[2][i], 255
		}
		m = rgba
	}
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, m); err != nil {
		panic(err) // as above
	}
	const head = 33 // signature and IHDR
	perMetre := uint32(dpi/0.0254 + 0.5)
	size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("pHYs"), perMetre), perMetre)
	chunk := append(binary.BigEndian.AppendUint32(nil, 9), append(size, 1)...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	out := append([]byte{}, b.Bytes()[:head]...)
	return append(append(out, chunk...), b.Bytes()[head:]...)
}
