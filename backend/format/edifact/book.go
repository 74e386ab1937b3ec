package edifact

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"tracedesk/backend/freight"
)

//go:embed tables/codes.txt
var codesText string

//go:embed tables/segments.txt
var segmentsText string

// tables are what the codes mean and what the segments hold, as read from tables/*.txt.
type tables struct {
	codes    map[string]map[string]*meaning // by list and code
	segments map[string]*layout             // by tag
}

// meaning is a row of codes.txt.
type meaning struct {
	side  freight.Side
	what  []string // what it becomes: facts, a type, a kind; as the list has it
	order int      // behind "end": how near it is to the stop
	words string
}

// is reports whether the row becomes what.
func (m *meaning) is(what string) bool { return m != nil && len(m.what) > 0 && m.what[0] == what }

// to is the first of what the row becomes.
func (m *meaning) to() string {
	if m == nil || len(m.what) == 0 {
		return ""
	}
	return m.what[0]
}

// layout is a segment with its elements.
type layout struct {
	name     string
	elements []elementLayout
}

// elementLayout is one element; a composite has several components.
type elementLayout struct {
	number, name string
	parts        []elementLayout
}

var book = sync.OnceValue(func() *tables {
	t, err := readTables(codesText, segmentsText)
	if err != nil {
		panic("edifact tables: " + err.Error()) // they are part of the program; a test reads them
	}
	return t
})

func (t *tables) row(list, code string) *meaning { return t.codes[list][strings.ToUpper(code)] }

// sided are the lists whose rows name a side behind the code.
var sided = map[string]bool{"9011": true, "2005": true, "3227": true, "3035": true}

func readTables(codes, segments string) (*tables, error) {
	t := &tables{codes: map[string]map[string]*meaning{}, segments: map[string]*layout{}}
	for line := range strings.Lines(codes) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if err := t.readCode(line); err != nil {
			return nil, err
		}
	}
	for line := range strings.Lines(segments) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if err := t.readSegment(line); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *tables) readCode(line string) error {
	row, words, ok := strings.Cut(line, "= ")
	fields := strings.Fields(row)
	if !ok || len(fields) < 2 {
		return fmt.Errorf("%q should be a list, a code, what it becomes, = and words", line)
	}
	list, code := fields[0], fields[1]
	m := &meaning{words: words, what: fields[2:]}
	if sided[list] {
		if len(m.what) < 2 {
			return fmt.Errorf("%q names no side or nothing that it becomes", line)
		}
		if m.what[0] != "-" {
			m.side = freight.Side(m.what[0])
		}
		m.what = m.what[1:]
	}
	if m.is("end") {
		n, err := strconv.Atoi(m.what[len(m.what)-1])
		if err != nil {
			return fmt.Errorf("%q does not say how near the place is", line)
		}
		m.order = n
	}
	if t.codes[list] == nil {
		t.codes[list] = map[string]*meaning{}
	}
	if t.codes[list][code] != nil {
		return fmt.Errorf("%s of %s stands twice", code, list)
	}
	t.codes[list][code] = m
	return nil
}

// readSegment reads "RFF reference: (1153=kind 1154=number)".
func (t *tables) readSegment(line string) error {
	head, rest, ok := strings.Cut(line, ":")
	tag, name, named := strings.Cut(head, " ")
	if !ok || !named {
		return fmt.Errorf("%q should be a tag, a name and elements behind a colon", line)
	}
	l := &layout{name: name}
	rest = strings.NewReplacer("(", " ( ", ")", " ) ").Replace(rest)
	inside := false
	for _, word := range strings.Fields(rest) {
		switch {
		case word == "(" && !inside:
			l.elements, inside = append(l.elements, elementLayout{}), true
		case word == ")" && inside:
			inside = false
		case word == "(" || word == ")":
			return fmt.Errorf("%q has brackets in brackets", line)
		default:
			number, name, _ := strings.Cut(word, "=")
			one := elementLayout{number: number, name: strings.ReplaceAll(name, "_", " ")}
			if inside {
				last := &l.elements[len(l.elements)-1]
				last.parts = append(last.parts, one)
			} else {
				l.elements = append(l.elements, one)
			}
		}
	}
	t.segments[tag] = l
	return nil
}

// part is component c of element n as the dictionary has it; ok is false for one that it does not have.
func (l *layout) part(n, c int) (elementLayout, bool) {
	if l == nil || n < 1 || n > len(l.elements) {
		return elementLayout{}, false
	}
	e := l.elements[n-1]
	if len(e.parts) == 0 {
		return e, c == 1
	}
	if c > len(e.parts) {
		return elementLayout{}, false
	}
	return e.parts[c-1], true
}
