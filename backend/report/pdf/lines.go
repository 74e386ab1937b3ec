package pdf

import (
	"strings"

	"github.com/rivo/uniseg"
)

// line is one printed line: runs side by side, no wider than what was asked for.
type line struct {
	runs  []run
	width float64
	size  float64 // the largest type size on it
}

// leading is the distance of baselines in type sizes.
const leading = 1.28

func (l line) height() float64 { return l.size * leading }

func heightOf(lines []line) float64 {
	h := 0.0
	for _, l := range lines {
		h += l.height()
	}
	return h
}

// setter breaks text into lines.
type setter struct {
	body     float64 // size of spans that name none
	replaced int     // marks printed for characters that no font has
}

// lines sets text within a width. Lines break where Unicode allows (UAX 14: at spaces, after hyphens, between
// ideographs), and inside a word only when the word alone is too wide. Empty text has no lines.
func (s *setter) lines(text Rich, width float64) []line {
	if len(text) == 1 {
		if l, ok := s.single(text[0], width); ok {
			return []line{l}
		}
	}
	var out []line
	for _, paragraph := range s.paragraphs(text) {
		out = append(out, s.paragraph(paragraph, width)...)
	}
	return out
}

// single is the common case: a short text in one style that fits.
func (s *setter) single(span Span, width float64) (line, bool) {
	if span.Style.Size == 0 {
		span.Style.Size = s.body
	}
	text := clean(span.Text)
	if strings.Contains(text, "\n") {
		return line{}, false
	}
	r, ok := singleRun(chainOf(span.Style.Bold)[0], text, span.Style)
	return line{[]run{r}, r.width, span.Style.Size}, ok && r.width <= width
}

// paragraphs cleans the spans and cuts them at line feeds.
func (s *setter) paragraphs(text Rich) []Rich {
	all := make([]Rich, 0, 1)
	var current Rich
	for _, span := range text {
		if span.Style.Size == 0 {
			span.Style.Size = s.body
		}
		rest := clean(span.Text)
		for {
			head, tail, more := strings.Cut(rest, "\n")
			if head != "" || more {
				current = append(current, Span{head, span.Style})
			}
			if !more {
				break
			}
			all, current = append(all, current), nil
			rest = tail
		}
	}
	if len(current) > 0 {
		all = append(all, current)
	}
	return all
}

func (s *setter) paragraph(p Rich, width float64) []line {
	whole := s.compose(p)
	if whole.width <= width {
		return []line{whole}
	}
	s.replaced -= marks(whole)
	var out []line
	for _, cut := range breaks(p, width) {
		out = append(out, s.compose(cut))
	}
	return out
}

// compose is the line of spans that are known to fit.
func (s *setter) compose(p Rich) line {
	l := line{runs: make([]run, 0, len(p))}
	for _, span := range p {
		var replaced int
		l.runs, replaced = appendRuns(l.runs, span.Text, span.Style)
		s.replaced += replaced
		l.size = max(l.size, span.Style.Size)
	}
	for _, r := range l.runs {
		l.width += r.width
	}
	return l
}

func marks(l line) int {
	n := 0
	for _, r := range l.runs {
		n += strings.Count(r.text, string(replacement))
	}
	return n
}

// breaks cuts a paragraph into lines that fit: whole segments as long as they do, a segment alone cut between
// graphemes when it is wider than a line. Spaces at a break are left out.
func breaks(p Rich, width float64) []Rich {
	var text strings.Builder
	for _, span := range p {
		text.WriteString(span.Text)
	}
	whole := text.String()
	var out []Rich
	start, end := 0, 0 // the line so far
	flush := func() {
		if trimmed := slice(p, start, start+len(strings.TrimRight(whole[start:end], " "))); len(trimmed) > 0 {
			out = append(out, trimmed)
		}
		start = end
	}
	state := -1
	for rest := whole; rest != ""; {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		if fits(p, start, end+len(strings.TrimRight(segment, " ")), width) {
			end += len(segment)
			continue
		}
		flush()
		for clusters := segment; clusters != ""; {
			if fits(p, start, end+len(strings.TrimRight(clusters, " ")), width) {
				end += len(clusters)
				break
			}
			cluster, tail, _, _ := uniseg.FirstGraphemeClusterInString(clusters, -1)
			if end > start && !fits(p, start, end+len(cluster), width) {
				flush()
				continue
			}
			end += len(cluster)
			clusters = tail
		}
	}
	flush()
	return out
}

// fits reports whether the bytes from start to end of a paragraph are no wider than width. It looks no further than a
// line, so that a very long word costs no more than its length.
func fits(p Rich, start, end int, width float64) bool {
	total := 0.0
	for _, span := range slice(p, start, end) {
		chain := chainOf(span.Style.Bold)
		for _, r := range span.Text {
			_, _, w := glyph(&chain, r)
			if total += float64(w) * span.Style.Size / 1000; total > width {
				return false
			}
		}
	}
	return true
}

// slice is the part of a paragraph from byte start to byte end of its text.
func slice(p Rich, start, end int) Rich {
	var out Rich
	at := 0
	for _, span := range p {
		from, to := max(start-at, 0), min(end-at, len(span.Text))
		if from < to {
			out = append(out, Span{span.Text[from:to], span.Style})
		}
		at += len(span.Text)
	}
	return out
}
