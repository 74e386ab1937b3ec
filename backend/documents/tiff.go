package documents

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"io"

	"golang.org/x/image/tiff"
)

// The TIFF tags that are used (TIFF 6.0; JPEG by Technical Note 2).
const (
	tagWidth        = 256
	tagHeight       = 257
	tagBits         = 258
	tagCompression  = 259
	tagPhotometric  = 262
	tagStripOffsets = 273
	tagOrientation  = 274
	tagSamples      = 277
	tagRowsPerStrip = 278
	tagStripSizes   = 279
	tagXResolution  = 282
	tagYResolution  = 283
	tagTileWidth    = 322
	tagTileHeight   = 323
	tagTileOffsets  = 324
	tagTileSizes    = 325
	tagJPEGTables   = 347
)

const (
	compressedJPEG = 7
	photoRGB       = 2
	photoWhiteZero = 0
)

const (
	mostDirectories = 10000
	mostEntries     = 512     // of one directory
	mostValues      = 1 << 20 // of one entry, in bytes
)

// directory is one page of a TIFF: its tags and where they lie.
type directory struct {
	order  binary.ByteOrder
	offset uint32
	file   io.ReaderAt
	tags   map[uint16]entry
}

type entry struct {
	kind   uint16
	count  uint32
	inline [4]byte // the value itself when it fits, else its offset
}

// walkTIFF follows the chain of directories. A chain that comes back on itself ends there.
func walkTIFF(file io.ReaderAt, most int) ([]*directory, error) {
	var head [8]byte
	if _, err := file.ReadAt(head[:], 0); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(head[:2]) == "MM" {
		order = binary.BigEndian
	}
	var dirs []*directory
	seen := map[uint32]bool{}
	for at := order.Uint32(head[4:]); at != 0 && !seen[at] && len(dirs) < most; {
		seen[at] = true
		d, next, err := readDirectory(file, order, at)
		if err != nil {
			if len(dirs) > 0 {
				return dirs, nil // the pages before the damage are not lost
			}
			return nil, err
		}
		dirs = append(dirs, d)
		at = next
	}
	return dirs, nil
}

func readDirectory(file io.ReaderAt, order binary.ByteOrder, at uint32) (d *directory, next uint32, err error) {
	var count [2]byte
	if _, err := file.ReadAt(count[:], int64(at)); err != nil {
		return nil, 0, io.ErrUnexpectedEOF
	}
	n := int(order.Uint16(count[:]))
	if n == 0 || n > mostEntries {
		return nil, 0, fmt.Errorf("a directory with %d entries", n)
	}
	raw := make([]byte, 12*n+4)
	if got, err := file.ReadAt(raw, int64(at)+2); err != nil && got < 12*n {
		return nil, 0, io.ErrUnexpectedEOF
	}
	d = &directory{order: order, offset: at, file: file, tags: make(map[uint16]entry, n)}
	for i := range n {
		e := raw[12*i:]
		d.tags[order.Uint16(e)] = entry{kind: order.Uint16(e[2:]), count: order.Uint32(e[4:]), inline: [4]byte(e[8:12])}
	}
	return d, order.Uint32(raw[12*n:]), nil
}

var typeSizes = map[uint16]int{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4}

// bytes are an entry's values as stored; nil when the tag is absent or beyond reason.
func (d *directory) bytes(tag uint16) []byte {
	e, ok := d.tags[tag]
	size := int64(e.count) * int64(typeSizes[e.kind])
	if !ok || size <= 0 || size > mostValues {
		return nil
	}
	if size <= 4 {
		return e.inline[:size]
	}
	data := make([]byte, size)
	if _, err := d.file.ReadAt(data, int64(d.order.Uint32(e.inline[:]))); err != nil {
		return nil
	}
	return data
}

// numbers are an entry's values (SHORT or LONG).
func (d *directory) numbers(tag uint16) []int {
	data := d.bytes(tag)
	var out []int
	switch d.tags[tag].kind {
	case 3:
		for i := 0; i+2 <= len(data); i += 2 {
			out = append(out, int(d.order.Uint16(data[i:])))
		}
	case 4:
		for i := 0; i+4 <= len(data); i += 4 {
			out = append(out, int(d.order.Uint32(data[i:])))
		}
	}
	return out
}

// fraction is a RATIONAL entry's value; 0 when absent.
func (d *directory) fraction(tag uint16) float64 {
	data := d.bytes(tag)
	if d.tags[tag].kind != 5 || len(data) < 8 {
		return 0
	}
	return float64(d.order.Uint32(data)) / float64(max(d.order.Uint32(data[4:]), 1))
}

// stretch is how much taller a page has to be drawn than it has rows: a fax in standard resolution has half of them.
func (d *directory) stretch() float64 {
	x, y := d.fraction(tagXResolution), d.fraction(tagYResolution)
	if y <= 0 || x/y < 1.3 || x/y > 4 {
		return 0
	}
	return x / y
}

func (d *directory) number(tag uint16, otherwise int) int {
	if n := d.numbers(tag); len(n) > 0 {
		return n[0]
	}
	return otherwise
}

func (d *directory) orientation() orientation {
	return orientation(d.number(tagOrientation, int(upright)))
}

// tiffSheets finds the pages of a TIFF.
func tiffSheets(file io.ReaderAt) ([]sheet, error) {
	dirs, err := walkTIFF(file, mostDirectories)
	if err != nil {
		return nil, fault(Broken, "the TIFF picture is damaged or cut off (%v): ask for it again", err)
	}
	if len(dirs) == 0 {
		return nil, fault(Broken, "the TIFF picture has no pages: ask for it again")
	}
	sheets := make([]sheet, len(dirs))
	for i, d := range dirs {
		sheets[i] = sheet{width: d.number(tagWidth, 0), height: d.number(tagHeight, 0), turn: d.orientation(), tiff: d,
			bytesPerPixel: 1, stretch: d.stretch()}
		if d.number(tagSamples, 1) > 1 {
			sheets[i].bytesPerPixel = 4
		}
		if d.number(tagBits, 1) > 8 {
			sheets[i].bytesPerPixel *= 2
		}
	}
	return sheets, nil
}

// decode decodes the page. x/image/tiff reads the first page of a file only, so it is shown the file with this page's
// directory as the first; JPEG within TIFF it does not know, that is done here.
func (d *directory) decode(ctx context.Context, file io.ReaderAt) (image.Image, error) {
	if d.number(tagCompression, 1) == compressedJPEG {
		return d.decodeJPEG(ctx)
	}
	var head [8]byte
	if _, err := file.ReadAt(head[:], 0); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	d.order.PutUint32(head[4:], d.offset)
	page, err := tiff.Decode(&firstPage{ctx: ctx, file: file, head: head})
	if g, ok := page.(*image.Gray); ok && err == nil && d.faxed() {
		inkOnPaper(g)
	}
	return page, err
}

// faxed tells whether the page is kept as a fax is: in black and white, as runs of either (TIFF 6.0, section 10 and 11).
func (d *directory) faxed() bool {
	switch d.number(tagCompression, 1) {
	case 2, 3, 4:
		return true
	}
	return false
}

// inkOnPaper takes a fax that is mostly black for the negative that it is. Which of its runs are the paper's the file says, but
// programs that write and read them do not agree on how; that there is more paper than ink is sure.
func inkOnPaper(g *image.Gray) {
	ink := 0
	for _, v := range g.Pix {
		if v < 128 {
			ink++
		}
	}
	if 2*ink <= len(g.Pix) {
		return
	}
	for i := range g.Pix {
		g.Pix[i] = ^g.Pix[i]
	}
}

// firstPage is a TIFF file whose header points to another page than the stored one does.
type firstPage struct {
	ctx  context.Context
	file io.ReaderAt
	head [8]byte
	at   int64
}

func (f *firstPage) ReadAt(p []byte, off int64) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := f.file.ReadAt(p, off)
	if off < int64(len(f.head)) {
		copy(p[:n], f.head[off:])
	}
	return n, err
}

func (f *firstPage) Read(p []byte) (int, error) {
	n, err := f.ReadAt(p, f.at)
	f.at += int64(n)
	return n, err
}

// decodeJPEG puts a page together from its strips or tiles, each a JPEG that shares the tables kept beside them.
func (d *directory) decodeJPEG(ctx context.Context) (image.Image, error) {
	width, height := d.number(tagWidth, 0), d.number(tagHeight, 0)
	offsets, sizes := d.numbers(tagStripOffsets), d.numbers(tagStripSizes)
	blockWidth, blockHeight := width, min(d.number(tagRowsPerStrip, height), height)
	if tiles := d.numbers(tagTileOffsets); len(tiles) > 0 {
		offsets, sizes = tiles, d.numbers(tagTileSizes)
		blockWidth, blockHeight = d.number(tagTileWidth, 0), d.number(tagTileHeight, 0)
	}
	if blockWidth <= 0 || blockHeight <= 0 || blockWidth > width+4096 || blockHeight > height+4096 || len(offsets) != len(sizes) {
		return nil, fault(Broken, "the TIFF picture is damaged (its parts do not fit together): ask for it again")
	}
	page := image.Rect(0, 0, width, height)
	var dst draw.Image = image.NewRGBA(page)
	if d.number(tagSamples, 1) == 1 {
		dst = image.NewGray(page)
	}
	draw.Draw(dst, page, image.White, image.Point{}, draw.Src)
	across := (width + blockWidth - 1) / blockWidth
	for i := range offsets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		corner := image.Pt(i%across*blockWidth, i/across*blockHeight)
		if corner.Y >= height {
			break
		}
		block, err := d.block(offsets[i], sizes[i], blockWidth, blockHeight)
		if err != nil {
			return nil, err
		}
		draw.Draw(dst, block.Bounds().Sub(block.Bounds().Min).Add(corner), block, block.Bounds().Min, draw.Src)
	}
	if g, ok := dst.(*image.Gray); ok && d.number(tagPhotometric, 1) == photoWhiteZero {
		for i := range g.Pix {
			g.Pix[i] = ^g.Pix[i]
		}
	}
	return dst, nil
}

// adobeRGB is an Adobe marker that says "no colour transform": the pixels are RGB, not YCbCr.
const adobeRGB = "\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"

func (d *directory) block(offset, size, width, height int) (image.Image, error) {
	if size < 4 || size > 64<<20 {
		return nil, fault(Broken, "the TIFF picture is damaged (a part of %d bytes): ask for it again", size)
	}
	data := make([]byte, size)
	if _, err := d.file.ReadAt(data, int64(offset)); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	var whole bytes.Buffer
	whole.WriteString("\xff\xd8")
	if d.number(tagPhotometric, 1) == photoRGB {
		whole.WriteString(adobeRGB)
	}
	if tables := d.bytes(tagJPEGTables); len(tables) > 4 {
		whole.Write(tables[2 : len(tables)-2]) // without the marks of its begin and end
	}
	whole.Write(data[2:])
	config, err := jpeg.DecodeConfig(bytes.NewReader(whole.Bytes()))
	if err != nil {
		return nil, err
	}
	if config.Width > width+64 || config.Height > height+64 {
		return nil, fault(Broken, "the TIFF picture is damaged (a part is larger than the page): ask for it again")
	}
	return jpeg.Decode(&whole)
}
