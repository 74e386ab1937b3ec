package fields

import (
	"testing"

	"tracedesk/backend/documents/paper"
)

// finderOf is a page of words, each placed, as a finder sees it, and its ink.
func finderOf(words ...paper.Word) (*finder, *ink) {
	p := typed("DELIVERY RECEIPT\nPRO 842-984459\nConsignee Harbor Home Goods\n\nReceived in the city of Reno by the dock of the store")
	p.FromText, p.Grey = false, sheetOfPaper()
	p.Words = append(p.Words, words...)
	return &finder{sheet: lay(p)}, inkOf(p.Grey)
}

func TestAPieceOfAPrintedLineIsNoWriting(t *testing.T) {
	word := func(text string, left, right, tall float64) paper.Word {
		return paper.Word{Text: text, Confidence: 0.5, Line: 9, Box: paper.Box{left, 0.6, right, 0.6 + tall}}
	}
	const print, pen = 0.013, 0.03
	low, tall := paper.Box{0.3, 0.594, 0.45, 0.619}, paper.Box{0.3, 0.594, 0.45, 0.636}
	for _, tt := range []struct {
		name  string
		words []paper.Word
		place paper.Box
		piece bool
	}{
		{"print goes on behind it", []paper.Word{word("RECEIVED", 0.2, 0.29, print), word("determined", 0.46, 0.55, print), word("rates", 0.56, 0.6, print)}, low, true},
		{"it is taller than print", []paper.Word{word("RECEIVED", 0.2, 0.29, print), word("determined", 0.46, 0.55, print)}, tall, false},
		{"a label stands before it", []paper.Word{word("Comentarios:", 0.2, 0.29, print)}, low, false},
		{"what is beside it is written, too", []paper.Word{word("damaged", 0.46, 0.55, pen), word("cartons", 0.56, 0.65, pen)}, low, false},
		{"print stands far off", []paper.Word{word("determined", 0.56, 0.65, print), word("contracts", 0.66, 0.75, print)}, low, false},
	} {
		f, _ := finderOf(tt.words...)
		if got := f.inPrintedLine(tt.place); got != tt.piece {
			t.Errorf("%s: a piece of a line of print %v", tt.name, got)
		}
	}
}

// TestWritingIsReadWhole: with the words of it that were read with the page, low ones between tall ones and units that are labels, too.
func TestWritingIsReadWhole(t *testing.T) {
	word := func(text string, left, right, tall float64) paper.Word {
		return paper.Word{Text: text, Confidence: 0.94, Line: 9, Box: paper.Box{left, 0.62 - tall, right, 0.62}}
	}
	const low, tall = 0.014, 0.024
	place := paper.Box{0.3, 0.597, 0.45, 0.62}
	for _, tt := range []struct {
		name  string
		words []paper.Word
		left  float64
	}{
		{"a count and a low piece of a word", []paper.Word{word("1", 0.2, 0.205, tall), word("tar", 0.215, 0.245, tall), word("ima", 0.25, 0.285, low)}, 0.2},
		{"a unit", []paper.Word{word("Tarimas", 0.2, 0.285, tall)}, 0.2},
		{"print before it", []paper.Word{word("Notes", 0.2, 0.285, low)}, 0.3},
		{"another label before it", []paper.Word{word("Consignee", 0.2, 0.285, tall)}, 0.3},
	} {
		f, k := finderOf(tt.words...)
		if got := toBox(f.whole(k, k.rect(place)), k)[0]; got < tt.left-0.002 || got > tt.left+0.002 {
			t.Errorf("%s: it begins at %.3f, want %.3f", tt.name, got, tt.left)
		}
	}
}

func TestALabelOfTwoWordsIsNoWriting(t *testing.T) {
	word := func(text string, left, right float64) paper.Word {
		return paper.Word{Text: text, Confidence: 0.9, Line: 9, Box: paper.Box{left, 0.6, right, 0.63}}
	}
	for _, tt := range []struct {
		words []paper.Word
		told  int
	}{
		{[]paper.Word{word("Pieces", 0.1, 0.2), word("delivered", 0.21, 0.33)}, 0},
		{[]paper.Word{word("Pieces", 0.1, 0.2), word("shnt", 0.21, 0.33)}, 1},
	} {
		f, _ := finderOf(tt.words...)
		if got := f.largeUntold(); len(got) != tt.told {
			t.Errorf("%q: told %v", textOf(f.sheet.rows[len(f.sheet.rows)-1].tokens), got)
		}
	}
}
