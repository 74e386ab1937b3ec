package epcis

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"tracedesk/backend/freight"
)

//go:embed codes.txt
var codesText string

// meaning is a row of codes.txt.
type meaning struct {
	side  freight.Side
	what  string
	words string
}

const unknownWord = "unknown word"

// says are the words of the row, for a word without one that it is unknown.
func (m *meaning) says() string {
	if m == nil {
		return unknownWord
	}
	return m.words
}

// to is what the row becomes; "" for a word without one.
func (m *meaning) to() string {
	if m == nil {
		return ""
	}
	return m.what
}

var book = sync.OnceValue(func() map[string]*meaning {
	rows, err := readCodes(codesText)
	if err != nil {
		panic("epcis codes: " + err.Error()) // they are part of the program; a test reads them
	}
	return rows
})

func row(list, word string) *meaning { return book()[list+" "+word] }

func readCodes(text string) (map[string]*meaning, error) {
	rows := map[string]*meaning{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		head, words, ok := strings.Cut(line, " = ")
		f := strings.Fields(head)
		if !ok || len(f) != 4 {
			return nil, fmt.Errorf("%q should be a list, a word, a side, what it becomes, = and words", line)
		}
		key := f[0] + " " + f[1]
		if rows[key] != nil {
			return nil, fmt.Errorf("%s stands twice", key)
		}
		m := &meaning{what: f[3], words: words}
		if f[2] != "-" {
			m.side = freight.Side(f[2])
		}
		rows[key] = m
	}
	return rows, nil
}
