package documents

import (
	"fmt"
	"io"
	"math"
	"sort"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// piece is a letter or a run of letters with its place on the page, in points from the bottom left.
type piece struct {
	text                     string
	left, right, top, bottom float64
}

// runs joins letters, in the order of the page's text, into runs: up to a line's end, a step back, another height, or a
// gap wider than blanks between words are. Blanks made up by pdfium have no place of their own.
func runs(letters []piece) []piece {
	var all []piece
	var run piece
	var text strings.Builder
	blank := false
	end := func() {
		if run.text = text.String(); run.text != "" {
			all = append(all, run)
		}
		run, blank = piece{}, false
		text.Reset()
	}
	for _, c := range letters {
		switch {
		case c.text == "\n" || c.text == "\r":
			end()
			continue
		case strings.TrimSpace(c.text) == "":
			blank = text.Len() > 0
			continue
		case text.Len() > 0 && apart(run, c):
			end()
		}
		if blank {
			text.WriteByte(' ')
		}
		if text.Len() == 0 {
			run = c
		}
		blank = false
		text.WriteString(c.text)
		run.left, run.right = min(run.left, c.left), max(run.right, c.right)
		run.top, run.bottom = max(run.top, c.top), min(run.bottom, c.bottom)
	}
	end()
	return all
}

// apart reports whether a letter does not go on with a run.
func apart(run, c piece) bool {
	height := max(run.top-run.bottom, c.top-c.bottom, 1)
	return c.left-run.right > height || run.right-c.left > 2*height || c.bottom > run.top || c.top < run.bottom-height/2
}

// widestLine bounds the blanks that keep columns apart.
const widestLine = 220

// layOut sets pieces into lines as the page shows them: pieces of one height make a line, and the gap between two is
// shown by blanks, so that what stands below a heading also stands below it in the text.
func layOut(pieces []piece) string {
	kept := pieces[:0]
	for _, p := range pieces {
		if p.text = strings.Join(strings.Fields(p.text), " "); p.text != "" && p.right >= p.left {
			kept = append(kept, p)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	origin, letter := measure(kept)
	var b strings.Builder
	for _, line := range lines(kept) {
		sort.SliceStable(line, func(i, j int) bool { return line[i].left < line[j].left })
		width := 0
		for _, p := range line {
			column := min(int((p.left-origin)/letter), widestLine)
			gap := max(column-width, 0)
			if width > 0 {
				gap = max(gap, 1)
			}
			b.WriteString(strings.Repeat(" ", gap))
			b.WriteString(p.text)
			width += gap + utf8.RuneCountInString(p.text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// measure finds the left edge and a usual letter's width (the median over the pieces).
func measure(pieces []piece) (origin, letter float64) {
	origin = math.Inf(1)
	widths := make([]float64, 0, len(pieces))
	for _, p := range pieces {
		origin = min(origin, p.left)
		widths = append(widths, (p.right-p.left)/float64(utf8.RuneCountInString(p.text)))
	}
	sort.Float64s(widths)
	return origin, max(widths[len(widths)/2], 1)
}

// lines gathers pieces whose middles lie within half a line's height of each other, from the top down.
func lines(pieces []piece) [][]piece {
	sort.SliceStable(pieces, func(i, j int) bool { return pieces[i].middle() > pieces[j].middle() })
	var all [][]piece
	for _, p := range pieces {
		if n := len(all); n > 0 && sameLine(all[n-1][0], p) {
			all[n-1] = append(all[n-1], p)
			continue
		}
		all = append(all, []piece{p})
	}
	return all
}

func (p piece) middle() float64 { return (p.top + p.bottom) / 2 }

func sameLine(a, b piece) bool {
	return math.Abs(a.middle()-b.middle()) <= max(min(a.top-a.bottom, b.top-b.bottom), 2)/2
}

// sane reports whether a text layer is made of letters: some PDFs carry glyph numbers in place of text, and some
// scanners a layer of rubbish.
func sane(text string) bool {
	good, bad := 0, 0
	for _, c := range text {
		switch {
		case unicode.IsSpace(c):
		case c == utf8.RuneError, unicode.IsControl(c), unicode.Is(unicode.Co, c):
			bad++
		default:
			good++
		}
	}
	return good > 0 && bad*5 < good
}

// cut shortens a text to at most n bytes at a letter's edge.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// readText reads a plain text as one page.
func readText(o Original, limits Limits) (Reading, error) {
	data, err := io.ReadAll(io.LimitReader(o, int64(limits.Text)+1))
	if err != nil {
		return Reading{Kind: Text}, fmt.Errorf("the file cannot be read: %w", err)
	}
	reading := Reading{Kind: Text, Total: 1}
	if len(data) > limits.Text {
		reading.Notes = []string{fmt.Sprintf("only the first %d KB of the text were read", limits.Text>>10)}
	}
	text := strings.ReplaceAll(decodeText(data), "\x00", "") // a zero is no letter, and ends a text elsewhere
	reading.Pages = []Page{{Number: 1, Text: cut(text, limits.Text)}}
	return reading, nil
}

// decodeText reads UTF-8, UTF-16 by its mark, else takes each byte as a Latin-1 letter, so that nothing is lost.
func decodeText(data []byte) string {
	switch {
	case len(data) >= 2 && (data[0] == 0xff && data[1] == 0xfe || data[0] == 0xfe && data[1] == 0xff):
		little := data[0] == 0xff
		units := make([]uint16, 0, len(data)/2)
		for i := 2; i+1 < len(data); i += 2 {
			a, b := uint16(data[i]), uint16(data[i+1])
			if little {
				a, b = b, a
			}
			units = append(units, a<<8|b)
		}
		return string(utf16.Decode(units))
	case utf8.Valid(data):
		return strings.TrimPrefix(string(data), "\ufeff")
	}
	letters := make([]rune, len(data))
	for i, c := range data {
		letters[i] = rune(c)
	}
	return string(letters)
}
