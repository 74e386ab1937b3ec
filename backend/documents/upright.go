package documents

import (
	"context"
	"errors"
	"image"
	"strings"
	"unicode/utf8"

	"tracedesk/backend/documents/ocr"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/scan"
)

// view is a page one way up.
type view struct {
	c       cleaned
	picture *image.Gray // as the engine is given it
	letters int         // on it
	read    ocr.Result  // the first time
}

func (c cleaned) view() view {
	v := view{c: c}
	v.picture, v.letters = c.readable()
	return v
}

// first reads a page as a whole the way that it is turned.
func (s *sight) first(ctx context.Context, v *view) error {
	if !s.room(v.letters, 0) {
		return ocr.ErrSlow
	}
	var err error
	v.read, err = s.read(ctx, v.picture, v.c.dpi, ocr.Options{Lang: s.language(), Progress: s.progress})
	return err
}

// fullPage is from how many letters on a page is read as a whole only where a part of it reads as text.
const fullPage = 4000

// upright reads a page and, where its words do not read well, tries which way up they do. The engine reads a page that
// lies on its side as well as an upright one, but the boxes of its words are then taller than wide; upside down it reads
// next to nothing. Only the way up that is chosen is looked at closer.
func (s *sight) upright(ctx context.Context, c cleaned) ([]paper.Word, cleaned, error) {
	v := c.view()
	var err error
	tried := !c.sure || c.turn != 0 || v.letters > fullPage
	if tried {
		if v, err = s.best(ctx, v); err != nil {
			return nil, c, err
		}
	}
	if err = s.first(ctx, &v); err != nil {
		return nil, c, err
	}
	if !tried && !readsWell(v.read.Words, v.picture.Rect.Size()) {
		v.c.sure = false
		other, err := s.best(ctx, v)
		if err == nil && other.c.turn != v.c.turn {
			v = other
			err = s.first(ctx, &v)
		}
		if err != nil {
			return nil, c, err
		}
	}
	words, err := s.wholly(ctx, v)
	return words, v.c, err
}

const (
	fewLetters  = 20  // so few that read well do not settle which way up a page is
	partLetters = 700 // are as many as settle it
)

// best is the way up in which a part of a page reads best. The direction of the lines says which two of the four
// ways to try first; columns of like numbers may show stronger than lines. What the page was read as the way it lies saves
// to read its part. A part that reads well ends the search: no other way up does. A full page of which no part reads is noise, and
// is not read.
func (s *sight) best(ctx context.Context, lies view) (view, error) {
	most, chosen := -1, lies
	for i, q := range []int{0, 2, 1, 3} {
		if i == 2 && lies.c.sure && most >= fewLetters {
			break
		}
		v := lies
		if i > 0 {
			v = lies.c.laid(lies.c.turn + q).view()
		}
		at, letters := v.part()
		words, size := inRows(v.read.Words, at, v.picture.Rect.Dy()), v.picture.Rect.Size()
		if len(v.read.Words) == 0 {
			if !s.room(letters, v.letters) {
				continue // it is read as it lies
			}
			r, err := s.read(ctx, scan.Crop(v.picture, at), v.c.dpi, ocr.Options{Lang: s.language()})
			if errors.Is(err, ocr.ErrSlow) {
				continue // noise, not lines of text
			}
			if err != nil {
				return lies, err
			}
			words, size = r.Words, at.Size()
		}
		if readsWell(words, size) {
			return v, nil
		}
		if n := goodLetters(words, size); n > most {
			most, chosen = n, v
		}
	}
	if lies.letters > fullPage && most < fewLetters {
		return lies, ocr.ErrSlow
	}
	return chosen, nil
}

// part is the part of a page that is tried, a quarter, less of a full page, and how many letters are on it.
func (v view) part() (at image.Rectangle, letters int) {
	fewest := v.c.dpi / 5 // rows: a line of print
	for rows := v.picture.Rect.Dy() / 4; ; rows = rows * partLetters / letters {
		at = scan.Busiest(v.picture, max(rows, fewest))
		if letters = scan.Strokes(scan.Crop(v.picture, at)); letters <= partLetters || rows <= fewest {
			return at, letters
		}
	}
}

// inRows are the words of a page that stand in some rows of its pixels.
func inRows(words []paper.Word, rows image.Rectangle, height int) (out []paper.Word) {
	for _, w := range words {
		if mid := int((w.Box[1] + w.Box[3]) / 2 * float64(height)); mid >= rows.Min.Y && mid < rows.Max.Y {
			out = append(out, w)
		}
	}
	return out
}

// goodLetters counts the letters of words that read well. A word taller than wide counts against the page.
func goodLetters(words []paper.Word, size image.Point) int {
	sum := 0
	for _, w := range words {
		n := utf8.RuneCountInString(w.Text)
		if w.Confidence < goodConfidence || n < goodLength || !strings.ContainsFunc(w.Text, isLetterOrDigit) {
			continue
		}
		if (w.Box[2]-w.Box[0])*float64(size.X) < (w.Box[3]-w.Box[1])*float64(size.Y) {
			n = -n
		}
		sum += n
	}
	return sum
}

// readsWell reports whether the words of a picture are mostly words: some thirty letters of them, and half of all.
func readsWell(words []paper.Word, size image.Point) bool {
	all := 0
	for _, w := range words {
		all += utf8.RuneCountInString(w.Text)
	}
	good := goodLetters(words, size)
	return good >= 30 && good*2 >= all
}
