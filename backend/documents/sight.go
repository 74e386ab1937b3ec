package documents

import (
	"context"
	"image"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tracedesk/backend/documents/barcode"
	"tracedesk/backend/documents/ocr"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/scan"
)

// sight reads the words of one page.
type sight struct {
	engine   *ocr.Engine
	lang     string // "" leaves it open
	progress func(int)
	lines    int  // of text that the page took up to now
	letters  int  // that were given to the engine up to now, as whole pages and large parts of one
	partly   bool // had no room for a second reading that it was to have
	noise    bool // what the page as a whole was read as is no text
}

// What one page may take. Letters and lines bound the work, whatever else the machine has to do: a letter takes some 0.7 ms,
// and a line of noise may have hundreds. The fullest of the papers seen has 900 letters, a page of small print in two columns some
// 8,000 in two hundred lines; a reading of noise that has more goes on for ever. The time of one reading is the last resort.
const (
	mostLetters = 12_000 // of all readings of a page and its large parts
	mostLines   = 600    // of all readings of a page; small print that lies upside down takes nearly as much until it is read
	closerLines = 560    // up to which there are closer looks: a full bill of lading was seen to take 460 before its last ones
	readLines   = 300    // of one reading
	readTime    = 3 * time.Minute
)

// room takes letters from what the page may have where so many are left then.
func (s *sight) room(letters, left int) bool {
	if s.letters+letters+left > mostLetters {
		return false
	}
	s.letters += letters
	return true
}

// read reads a page, or as much of it as tells which way up it lies.
func (s *sight) read(ctx context.Context, picture *image.Gray, dpi int, opt ocr.Options) (ocr.Result, error) {
	return s.within(ctx, mostLines, picture, dpi, opt)
}

// closer reads a second time what was read as a part of the page.
func (s *sight) closer(ctx context.Context, picture *image.Gray, dpi int, opt ocr.Options) (ocr.Result, error) {
	return s.within(ctx, closerLines, picture, dpi, opt)
}

// within reads a picture within what is left for the page. A small picture counts as a line at least.
func (s *sight) within(ctx context.Context, most int, picture *image.Gray, dpi int, opt ocr.Options) (ocr.Result, error) {
	if s.lines >= most {
		return ocr.Result{}, ocr.ErrSlow
	}
	opt.Lines, opt.Limit = min(readLines, most-s.lines), readTime
	r, err := s.engine.Read(ctx, picture, dpi, opt)
	s.lines += max(r.Lines, 1)
	return r, err
}

// scanned reads a page of pixels.
func (s *sight) scanned(ctx context.Context, c cleaned) (paper.Page, reread, error) {
	if c.blank() {
		page := paper.Page{Blank: true}
		again := s.finish(ctx, &page, c)
		return page, again, nil
	}
	words, c, err := s.upright(ctx, c)
	if err != nil {
		return paper.Page{}, nil, err
	}
	page := paper.Page{Words: words}
	if !slices.ContainsFunc(words, isSaid) && scan.OnlyDust(c.page, c.dpi) {
		page = paper.Page{Blank: true}
	}
	again := s.finish(ctx, &page, c)
	return page, again, nil
}

// isSaid reports whether a word may be one: specks are taken for marks and single letters.
func isSaid(w paper.Word) bool {
	n := 0
	for _, c := range w.Text {
		if isLetterOrDigit(c) {
			n++
		}
	}
	return n >= 2 && w.Confidence >= 0.3
}

func (s *sight) language() string {
	if s.lang == "" {
		return "eng"
	}
	return s.lang
}

// wholly reads the rest of a page that was read once: in Spanish too where its words look like it, and what was passed over.
func (s *sight) wholly(ctx context.Context, v view) ([]paper.Word, error) {
	r := v.read
	if s.lang == "" && looksSpanish(r.Words) {
		opt := ocr.Options{Lang: "spa", Progress: s.progress}
		if !s.room(v.letters, 0) {
			s.partly = true
		} else if spanish, err := s.read(ctx, v.picture, v.c.dpi, opt); err == nil && spanish.MeanConfidence > r.MeanConfidence {
			r = spanish
		}
	}
	if s.noise = isNoise(r.Words); s.noise {
		return r.Words, nil // no closer look makes words of it
	}
	return s.besides(ctx, v.picture, v.c.dpi, r.Words)
}

// What noise read for words looks like: many words, of which one in so many reads well at most. On poor copies half
// of them do, on a page that lies upside down one in twenty.
const (
	noiseWords = 60
	noiseShare = 40
)

// isNoise reports whether words are what specks, screens and torn pictures are taken for.
func isNoise(words []paper.Word) bool {
	good := 0
	for _, w := range words {
		if w.Confidence >= goodConfidence && utf8.RuneCountInString(w.Text) >= goodLength && strings.ContainsFunc(w.Text, isLetterOrDigit) {
			good++
		}
	}
	return len(words) >= noiseWords && good*noiseShare <= len(words)
}

// A word reads well from this confidence and length on.
const (
	goodConfidence = 0.8
	goodLength     = 3
)

func isLetterOrDigit(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// spanish are words that stand on Spanish papers and on no English ones.
var spanish = []string{"de", "la", "el", "los", "las", "del", "por", "para", "con", "fecha", "recibido", "entrega", "entregado",
	"carta", "porte", "peso", "bultos", "cantidad", "firma", "remitente", "destinatario", "transportista", "mercancía", "conforme"}

func looksSpanish(words []paper.Word) bool {
	n := 0
	for _, w := range words {
		if slices.Contains(spanish, strings.ToLower(strings.Trim(w.Text, ".,:;()"))) {
			n++
		}
	}
	return n >= 4 && n*12 >= len(words)
}

// finish puts the page's picture and codes in place, and says how it is read again.
func (s *sight) finish(ctx context.Context, page *paper.Page, c cleaned) reread {
	page.Grey, page.DPI, page.Rotation, page.Skew = c.page, c.dpi, c.rotation(), c.slant()
	if !page.Blank {
		page.Looks = scan.LooksOf(scan.Scale(c.page, c.page.Rect.Dx()/2, c.page.Rect.Dy()/2))
		page.Codes = barcode.Read(ctx, c.page, c.dpi)
	}
	c.lay = nil // not needed to read a part again
	return func(ctx context.Context, region paper.Box, how paper.Closer) ([]paper.Word, error) {
		return s.again(ctx, c, region, how)
	}
}

// mostAgain is how large a region may be drawn for a second reading, in pixels.
const mostAgain = 8_000_000

// again reads a region of the page once more, unless the page is noise.
func (s *sight) again(ctx context.Context, c cleaned, region paper.Box, how paper.Closer) ([]paper.Word, error) {
	if s.noise {
		return nil, ocr.ErrSlow
	}
	w, h := float64(c.page.Rect.Dx()), float64(c.page.Rect.Dy())
	at := image.Rect(int(region[0]*w), int(region[1]*h), int(region[2]*w+0.999), int(region[3]*h+0.999)).Intersect(c.page.Rect)
	if at.Dx() < 4 || at.Dy() < 4 {
		return nil, nil
	}
	scale := how.Scale
	if scale <= 0 {
		scale = 2
	}
	for scale > 1 && float64(at.Dx()*at.Dy())*scale*scale > mostAgain {
		scale--
	}
	const rim = 12 // a line without white around it is read badly
	around := at.Inset(-2 * c.dpi).Intersect(c.page.Rect)
	wide := scan.Crop(c.page, around)
	if how.Tilt != 0 {
		around = at.Inset(-c.dpi / 8).Intersect(c.page.Rect)
		wide = scan.Straightened(scan.Crop(c.page, around), how.Tilt)
	}
	level := scan.WithoutRules(wide, c.dpi)
	if how.Print {
		level = scan.PrintOnly(level, c.dpi)
	}
	crop := scan.Crop(level, at.Sub(around.Min))
	if how.Lean != 0 {
		crop = scan.Upright(crop, how.Lean)
	}
	if how.Apart {
		crop = scan.Apart(crop)
	}
	part := scan.Framed(scan.Scale(crop, int(float64(crop.Rect.Dx())*scale), int(float64(crop.Rect.Dy())*scale)), rim)
	opt := ocr.Options{Lang: s.language(), Mode: ocr.Block}
	if how.Line {
		opt.Mode = ocr.Line
	}
	if how.Digits {
		opt.Whitelist = "0123456789.,:/-"
	}
	r, err := s.closer(ctx, part, int(float64(c.dpi)*scale), opt)
	if err != nil {
		return nil, err
	}
	pw, ph := float64(part.Rect.Dx()), float64(part.Rect.Dy())
	for i, word := range r.Words {
		b := word.Box
		r.Words[i].Box = paper.Box{
			(float64(at.Min.X) + (b[0]*pw-rim)/scale) / w, (float64(at.Min.Y) + (b[1]*ph-rim)/scale) / h,
			(float64(at.Min.X) + (b[2]*pw-rim)/scale) / w, (float64(at.Min.Y) + (b[3]*ph-rim)/scale) / h}
	}
	return r.Words, nil
}

// layered reads a page that has its words as text. What stands on it as pixels only, such as a stamp, is read besides.
func (s *sight) layered(ctx context.Context, leaf raw) (paper.Page, reread, error) {
	turn := turnOfText(leaf.letters)
	back := (4 - turn) % 4
	letters, width, height := turned(leaf.letters, back, leaf.width, leaf.height)
	page := paper.Page{FromText: true, Words: layerWords(letters, width, height)}
	for i := range page.Words {
		page.Words[i].Typed = leaf.typed
	}
	c := cleaned{lay: scan.Evened(leaf.grey, leaf.dpi), dpi: leaf.dpi, sure: true}.laid(back)
	again := s.finish(ctx, &page, c)
	var err error
	picture, _ := c.readable()
	page.Words, err = s.besides(ctx, picture, c.dpi, page.Words)
	return page, again, err
}

// fewestBesides is how many letters outside of a page's words are read for more: small print beside a signature or in a box
// is passed over when a page is read as a whole. Signatures and remarks by hand have fewer.
const fewestBesides = 12

// besides reads what a page shows outside of the words that are sure, a second time, as words anywhere. A word found so
// takes the place of what was read there before.
func (s *sight) besides(ctx context.Context, picture *image.Gray, dpi int, words []paper.Word) ([]paper.Word, error) {
	var places [][4]float64
	line := 0
	for _, w := range words {
		line = max(line, w.Line+1)
		if w.Confidence >= sureConfidence {
			places = append(places, w.Box)
		}
	}
	rest := scan.Outside(picture, places)
	letters := scan.Letters(rest, dpi)
	if letters < fewestBesides {
		return words, nil
	}
	if !s.room(letters, 0) {
		s.partly = true
		return words, nil
	}
	r, err := s.closer(ctx, rest, dpi, ocr.Options{Lang: s.language(), Mode: ocr.Sparse})
	if err != nil {
		return words, ctx.Err() // what was read first stands
	}
	for _, w := range r.Words {
		if w.Confidence < goodConfidence || utf8.RuneCountInString(w.Text) < 2 || !strings.ContainsFunc(w.Text, isLetterOrDigit) {
			continue
		}
		words = slices.DeleteFunc(words, func(old paper.Word) bool { return old.Confidence < sureConfidence && overlap(old.Box, w.Box) > 0.4 })
		w.Line += line
		words = append(words, w)
	}
	return words, nil
}

// sureConfidence is from which on a word is not read again.
const sureConfidence = 0.6

// overlap is the share of the smaller box that lies in the other.
func overlap(a, b paper.Box) float64 {
	w, h := min(a[2], b[2])-max(a[0], b[0]), min(a[3], b[3])-max(a[1], b[1])
	smaller := min((a[2]-a[0])*(a[3]-a[1]), (b[2]-b[0])*(b[3]-b[1]))
	if w <= 0 || h <= 0 || smaller <= 0 {
		return 0
	}
	return w * h / smaller
}
