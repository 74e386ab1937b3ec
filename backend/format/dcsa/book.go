package dcsa

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed codes.txt
var codesText string

// meaning is a row of codes.txt.
type meaning struct {
	what  []string
	words string
}

// is reports whether the row becomes what.
func (m *meaning) is(what string) bool { return m.to() == what }

// to is the first of what the row becomes; "" for a code without a meaning.
func (m *meaning) to() string {
	if m == nil {
		return ""
	}
	return m.what[0]
}

const unknownCode = "unknown code"

func (m *meaning) says() string {
	if m == nil {
		return unknownCode
	}
	return m.words
}

var book = sync.OnceValue(func() map[string]*meaning {
	codes, err := readCodes(codesText)
	if err != nil {
		panic("dcsa codes: " + err.Error()) // they are part of the program; a test reads them
	}
	return codes
})

func row(list, code string) *meaning { return book()[list+" "+strings.ToUpper(code)] }

func readCodes(text string) (map[string]*meaning, error) {
	codes := map[string]*meaning{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		head, words, ok := strings.Cut(line, " = ")
		fields := strings.Fields(head)
		if !ok || len(fields) < 3 {
			return nil, fmt.Errorf("%q should be a list, a code, what it becomes, = and words", line)
		}
		key := fields[0] + " " + fields[1]
		if codes[key] != nil {
			return nil, fmt.Errorf("%s stands twice", key)
		}
		codes[key] = &meaning{fields[2:], words}
	}
	return codes, nil
}
