package documents

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"tracedesk/backend/documents/paper"
)

// turnOfText is how many quarters clockwise the letters of a text layer run: 0 for upright, 1 for text that runs down the
// page. Each letter counts from the one before it on its line.
func turnOfText(letters []piece) int {
	var votes [4]int
	for i := 1; i < len(letters); i++ {
		a, b := letters[i-1], letters[i]
		if strings.TrimSpace(a.text) == "" || strings.TrimSpace(b.text) == "" {
			continue
		}
		dx, dy := (b.left+b.right-a.left-a.right)/2, (b.top+b.bottom-a.top-a.bottom)/2 // y counts upwards
		size := max(a.right-a.left, a.top-a.bottom, 1)
		switch far := max(math.Abs(dx), math.Abs(dy)); {
		case far > 2*size:
		case math.Abs(dx) >= math.Abs(dy) && dx > 0:
			votes[0]++
		case math.Abs(dx) >= math.Abs(dy):
			votes[2]++
		case dy < 0:
			votes[1]++
		default:
			votes[3]++
		}
	}
	best := 0
	for turn, n := range votes {
		if n > votes[best] {
			best = turn
		}
	}
	return best
}

// turned turns letters by quarters clockwise within a page of a size; the size comes out turned too.
func turned(letters []piece, quarters int, width, height float64) ([]piece, float64, float64) {
	out := slices.Clone(letters)
	for range (quarters%4 + 4) % 4 {
		for i, c := range out { // a quarter clockwise: what was at the left is at the top
			out[i].left, out[i].right = c.bottom, c.top
			out[i].top, out[i].bottom = width-c.left, width-c.right
		}
		width, height = height, width
	}
	return out, width, height
}

// layerWords are the words of a text layer, by lines down the page. Letters are upright, in points from the bottom left.
func layerWords(letters []piece, width, height float64) []paper.Word {
	var out []paper.Word
	for n, line := range lines(wordPieces(letters)) {
		slices.SortStableFunc(line, func(a, b piece) int { return int(math.Copysign(1, a.left-b.left)) })
		for _, w := range line {
			out = append(out, paper.Word{Text: w.text, Line: n, Confidence: 1, Box: paper.Box{
				share(w.left, width), share(height-w.top, height), share(w.right, width), share(height-w.bottom, height)}})
		}
	}
	return out
}

func share(a, of float64) float64 { return max(0, min(1, a/of)) }

// widestGap is how far apart letters of one word may stand, in heights of it. Boxes are those of the ink: between the ones of
// "11/22" half a height is empty, between the points of a typewriter three quarters. The layer has blanks of its own for words.
const widestGap = 0.8

// wordPieces joins letters into words: up to a blank, a line's end, or a gap wider than letters of a word have.
func wordPieces(letters []piece) []piece {
	var all []piece
	var word piece
	end := func() {
		if utf8.RuneCountInString(word.text) > 0 && word.right >= word.left {
			all = append(all, word)
		}
		word = piece{}
	}
	for _, c := range letters {
		if strings.TrimSpace(c.text) == "" {
			end()
			continue
		}
		height := max(word.top-word.bottom, c.top-c.bottom, 1)
		if word.text != "" && (c.left-word.right > widestGap*height || apart(word, c)) {
			end()
		}
		if word.text == "" {
			word = c
			continue
		}
		word.text += c.text
		word.left, word.right = min(word.left, c.left), max(word.right, c.right)
		word.top, word.bottom = max(word.top, c.top), min(word.bottom, c.bottom)
	}
	end()
	return all
}

// textWords are the words of a plain text, laid on a page of 66 lines of 80 letters, or of as many as there are.
func textWords(text string) []paper.Word {
	rows := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	wide, high := 80.0, max(66.0, float64(len(rows)))
	for _, row := range rows {
		wide = max(wide, float64(utf8.RuneCountInString(row)))
	}
	var out []paper.Word
	for n, row := range rows {
		column := 0
		for _, field := range splitKeeping(row) {
			letters := utf8.RuneCountInString(field)
			if text := strings.TrimSpace(field); text != "" {
				out = append(out, paper.Word{Text: text, Line: n, Confidence: 1, Box: paper.Box{
					float64(column) / wide, float64(n) / high, float64(column+letters) / wide, float64(n+1) / high}})
			}
			column += letters
		}
	}
	return out
}

// splitKeeping splits a row into words and the blanks between them.
func splitKeeping(row string) []string {
	var out []string
	start := 0
	blank := func(c rune) bool { return c == ' ' || c == '\t' || c == '\f' || c == '\r' }
	was := false
	for i, c := range row {
		if i > 0 && blank(c) != was {
			out = append(out, row[start:i])
			start = i
		}
		was = blank(c)
	}
	return append(out, row[start:])
}
