package documents

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"time"

	"golang.org/x/image/bmp"
	"golang.org/x/image/webp"

	"tracedesk/backend/documents/heic"
	"tracedesk/backend/documents/scan"
)

// codec reads one sort of picture.
type codec struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var codecs = map[Kind]codec{
	JPEG: {jpeg.DecodeConfig, jpeg.Decode},
	PNG:  {png.DecodeConfig, png.Decode},
	GIF:  {gif.DecodeConfig, gif.Decode}, // the first picture of a moving one
	BMP:  {bmp.DecodeConfig, bmp.Decode},
	WebP: {webp.DecodeConfig, webp.Decode},
}

// readPicture finds the pages of a picture without decoding its pixels.
func (r *Reader) readPicture(ctx context.Context, o Original, kind Kind) (Reading, error) {
	ctx, cancel := context.WithTimeout(ctx, r.limits.Read)
	defer cancel()
	reading := Reading{Kind: kind}
	sheets, err := r.sheets(ctx, o, kind)
	if err != nil {
		return reading, err
	}
	reading.Total = len(sheets)
	if len(sheets) > r.limits.Pages {
		reading.Notes = append(reading.Notes, fmt.Sprintf("only the first %d of %d pages were read", r.limits.Pages, len(sheets)))
		sheets = sheets[:r.limits.Pages]
	}
	for i, s := range sheets {
		w, h := float64(s.width), float64(s.height)
		if s.turn.onSide() {
			w, h = h, w
		}
		reading.Pages = append(reading.Pages, Page{Number: i + 1, Width: w, Height: h})
	}
	return reading, nil
}

// sheet is one page of a picture file: its size as stored and how it has to be turned.
type sheet struct {
	width, height int
	bytesPerPixel int
	turn          orientation
	stretch       float64    // a fax of half the rows: how much taller it has to be drawn; 0 where its pixels are square
	tiff          *directory // for a TIFF
}

func (r *Reader) sheets(ctx context.Context, o Original, kind Kind) ([]sheet, error) {
	switch kind {
	case TIFF:
		return tiffSheets(o)
	case HEIC:
		return r.heicSheets(ctx, o)
	}
	config, err := codecs[kind].config(bufio.NewReader(from(ctx, o)))
	if err != nil {
		return nil, spoilt(ctx, kind, err)
	}
	s := sheet{width: config.Width, height: config.Height, bytesPerPixel: pixelSize(config.ColorModel), turn: upright}
	if kind == JPEG {
		s.turn = exifOrientation(o)
	}
	return []sheet{s}, nil
}

func (r *Reader) drawPicture(ctx context.Context, o Original, kind Kind, page int, view View) (image.Image, error) {
	var drawn image.Image
	err := r.withPicture(ctx, o, kind, page, r.limits.Draw, func(pixels image.Image, s sheet) {
		drawn = s.turn.apply(fit(pixels, view.Within))
	})
	return drawn, err
}

// pictureLeaf is a page of a picture as it is read for words.
func (r *Reader) pictureLeaf(ctx context.Context, o Original, kind Kind, page int) (raw, error) {
	leaf := raw{photo: true}
	limit := busy * r.limits.Draw
	err := r.withPicture(ctx, o, kind, page, limit, func(pixels image.Image, s sheet) {
		grey := scan.Within(scan.Grey(pixels), largestWithin)
		if s.stretch > 0 {
			grey = scan.Scale(grey, grey.Rect.Dx(), int(float64(grey.Rect.Dy())*s.stretch))
		}
		leaf.grey = s.turn.apply(grey).(*image.Gray)
	})
	return leaf, overdue(ctx, err, limit)
}

// withPicture decodes one page of a picture; one picture at a time is decoded, since each takes much memory.
func (r *Reader) withPicture(ctx context.Context, o Original, kind Kind, page int, limit time.Duration, use func(image.Image, sheet)) error {
	select {
	case r.pictures <- struct{}{}:
		defer func() { <-r.pictures }()
	case <-ctx.Done():
		return ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, limit) // the wait for the turn does not count
	defer cancel()
	sheets, err := r.sheets(ctx, o, kind)
	if err != nil {
		return err
	}
	if page < 1 || page > len(sheets) {
		return noSuchPage(page, len(sheets))
	}
	s := sheets[page-1]
	if err := r.limits.allow(s); err != nil {
		return err
	}
	pixels, err := r.pixels(ctx, o, kind, s)
	if err != nil {
		return spoilt(ctx, kind, err)
	}
	use(pixels, s)
	return ctx.Err()
}

func (r *Reader) pixels(ctx context.Context, o Original, kind Kind, s sheet) (image.Image, error) {
	switch kind {
	case TIFF:
		return s.tiff.decode(ctx, o)
	case HEIC:
		data, err := heicBytes(ctx, o)
		if err != nil {
			return nil, err
		}
		return r.heic.Decode(ctx, data, r.limits.Pixels)
	}
	return codecs[kind].decode(bufio.NewReader(from(ctx, o)))
}

// heicSheets is the one page of a HEIC picture; the decoder turns it as the picture says itself.
func (r *Reader) heicSheets(ctx context.Context, o Original) ([]sheet, error) {
	data, err := heicBytes(ctx, o)
	if err != nil {
		return nil, spoilt(ctx, HEIC, err)
	}
	w, h, err := r.heic.Size(ctx, data)
	if err != nil {
		return nil, spoilt(ctx, HEIC, err)
	}
	return []sheet{{width: w, height: h, bytesPerPixel: 3, turn: upright}}, nil
}

// mostHEIC is how large a HEIC file may be: phones make 2 to 5 MB.
const mostHEIC = 64 << 20

func heicBytes(ctx context.Context, o Original) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(from(ctx, o), mostHEIC+1))
	if err == nil && len(data) > mostHEIC {
		err = fault(TooLarge, "the HEIC picture has more than %d MB: ask for it in a usual size", mostHEIC>>20)
	}
	return data, err
}

// allow refuses a picture that would take too much memory, before it is decoded.
func (l Limits) allow(s sheet) error {
	if s.width <= 0 || s.height <= 0 {
		return fault(Broken, "the picture has no size: ask for it again")
	}
	pixels := int64(s.width) * int64(s.height)
	if s.width > 1<<20 || s.height > 1<<20 || pixels > int64(l.Pixels) || pixels*int64(s.bytesPerPixel) > int64(l.Memory) {
		return fault(TooLarge, "the picture claims %d by %d pixels, more than a scan or a phone makes: it is not opened; ask for it in a usual size",
			s.width, s.height)
	}
	return nil
}

// pixelSize is how many bytes the decoders take for a pixel.
func pixelSize(m color.Model) int {
	switch m {
	case color.GrayModel, color.AlphaModel:
		return 1
	case color.Gray16Model, color.Alpha16Model:
		return 2
	case color.YCbCrModel:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, ok := m.(color.Palette); ok {
		return 1
	}
	return 4
}

// spoilt puts a decoder's complaint into words; the end of ctx stays what it is.
func spoilt(ctx context.Context, kind Kind, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var known *Fault
	if errors.As(err, &known) {
		return known
	}
	switch {
	case errors.Is(err, heic.ErrOff):
		return fault(NotShown, "reading of HEIC pictures is turned off on this computer; the original is kept")
	case errors.Is(err, heic.ErrSlow):
		return fault(TooSlow, "the HEIC picture takes more work than a phone's picture does and was stopped; it may be damaged or made to do harm")
	case errors.Is(err, heic.ErrMemory):
		return fault(TooLarge, "the HEIC picture is larger than a phone makes: ask for it in a usual size")
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fault(Broken, "the %s picture is cut off: ask for it again", kind)
	}
	return fault(Broken, "the %s picture is damaged (%v): ask for it again", kind, err)
}

// from reads the original from its beginning and stops when ctx ends.
func from(ctx context.Context, o io.ReaderAt) io.Reader {
	return &stoppable{ctx: ctx, Reader: io.NewSectionReader(o, 0, 1<<62)}
}

type stoppable struct {
	io.Reader
	ctx context.Context
}

func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(p)
}

// WritePNG writes a picture quickly; one without colour is written as grey, at a third of the size.
func WritePNG(w io.Writer, src image.Image) error {
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if rgba, ok := src.(*image.RGBA); ok && colourless(rgba) {
		plain := image.NewGray(rgba.Rect)
		for i := range plain.Pix {
			plain.Pix[i] = rgba.Pix[4*i]
		}
		src = plain
	}
	return enc.Encode(w, src)
}

// colourless asks of a picture of ours (no gaps between rows) whether every pixel is a solid grey.
func colourless(p *image.RGBA) bool {
	if p.Stride != 4*p.Rect.Dx() {
		return false
	}
	for i := 0; i+3 < len(p.Pix); i += 4 {
		if p.Pix[i] != p.Pix[i+1] || p.Pix[i] != p.Pix[i+2] || p.Pix[i+3] != 0xff {
			return false
		}
	}
	return true
}
