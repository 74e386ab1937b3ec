package ocr

import (
	"image"
	"strconv"
	"strings"

	"tracedesk/backend/documents/paper"
)

// The columns of Tesseract's table, and what its level says a row is.
const (
	colLevel = iota
	colPage
	colBlock
	colParagraph
	colLine
	colWord
	colLeft
	colTop
	colWidth
	colHeight
	colConfidence
	colText
	columns
)

const (
	levelLine = "4"
	levelWord = "5"
)

// wordsOf reads Tesseract's table of words; boxes become fractions of the picture.
func wordsOf(tsv string, size image.Point) []paper.Word {
	var words []paper.Word
	line := -1
	for row := range strings.Lines(tsv) {
		cells := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		if len(cells) < columns {
			continue
		}
		if cells[colLevel] == levelLine {
			line++
		}
		text := strings.TrimSpace(cells[colText])
		if cells[colLevel] != levelWord || text == "" {
			continue
		}
		left, top := number(cells[colLeft]), number(cells[colTop])
		w, h := float64(size.X), float64(size.Y)
		words = append(words, paper.Word{
			Text:       text,
			Box:        paper.Box{left / w, top / h, (left + number(cells[colWidth])) / w, (top + number(cells[colHeight])) / h},
			Confidence: min(max(number(cells[colConfidence])/100, 0), 1),
			Line:       max(line, 0),
		})
	}
	return words
}

func number(cell string) float64 {
	n, _ := strconv.ParseFloat(cell, 64)
	return n
}
