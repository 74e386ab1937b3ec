package x12

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// The dictionary is text that a person can read: elements, segments, code lists, the structure of sets and what the segments
// of the lesser sets become. It is read once, when it is first asked for.
//
//go:embed dictionary/*.txt
var dictionaryFiles embed.FS

// elementType is how the value of a data element is written.
type elementType string

const (
	asText      elementType = "AN"
	asCode      elementType = "ID"
	asCount     elementType = "N"
	asDecimal   elementType = "R"
	asDate      elementType = "DT"
	asClock     elementType = "TM"
	asComposite elementType = "C"
)

// element is a data element in its place in a segment.
type element struct {
	number      string // of the data element; empty where it is not known here
	typ         elementType
	least, most int
	must        bool
	name        string
}

// segmentDef is a segment as the dictionary has it.
type segmentDef struct {
	tag, name string
	elements  []element
}

type dictionary struct {
	segments map[string]*segmentDef
	codes    map[string]map[string]string // words by list and code
	sets     map[string]*node
	readings map[string]*setReading
}

var dict = sync.OnceValue(func() *dictionary {
	d := &dictionary{segments: map[string]*segmentDef{}, codes: map[string]map[string]string{}, sets: map[string]*node{}, readings: map[string]*setReading{}}
	general := map[string]element{}
	eachLine("elements", func(line string) error { return readElement(general, line) })
	eachLine("segments", func(line string) error { return d.readSegment(general, line) })
	eachLine("codes", d.readCode)
	eachLine("structure", d.readStructure)
	eachLine("readings", d.readReading)
	return d
})

// eachLine reads a file of the dictionary; its lines are part of the program, so a wrong one is a mistake in the program.
func eachLine(name string, take func(string) error) {
	body, err := dictionaryFiles.ReadFile("dictionary/" + name + ".txt")
	if err != nil {
		panic(err)
	}
	for n, line := range strings.Split(string(body), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := take(line); err != nil {
			panic(fmt.Sprintf("dictionary/%s.txt, line %d: %v", name, n+1, err))
		}
	}
}

func readElement(general map[string]element, line string) error {
	parts := strings.SplitN(line, " ", 4)
	if len(parts) != 4 {
		return fmt.Errorf("%q should be number, type, sizes, name", line)
	}
	e, err := sized(parts[1] + parts[2])
	e.number, e.name = parts[0], parts[3]
	general[e.number] = e
	return err
}

// sized reads a type with its sizes, such as AN1/30 or N21/15 (two decimals).
func sized(s string) (e element, err error) {
	typ, rest := "", s
	for _, t := range []string{"N2", "AN", "ID", "DT", "TM", "N", "R", "C"} {
		if after, ok := strings.CutPrefix(s, t); ok && strings.Contains(after, "/") && after[0] != '/' {
			typ, rest = strings.TrimSuffix(t, "2"), after
			break
		}
	}
	least, most, ok := strings.Cut(rest, "/")
	e.typ = elementType(typ)
	if e.least, err = strconv.Atoi(least); err == nil {
		e.most, err = strconv.Atoi(most)
	}
	if !ok || typ == "" || err != nil {
		return e, fmt.Errorf("%q is no type with sizes such as AN1/30", s)
	}
	return e, nil
}

func (d *dictionary) readSegment(general map[string]element, line string) error {
	head, rest, ok := strings.Cut(line, ": ")
	tag, name, named := strings.Cut(head, " ")
	if !ok || !named {
		return fmt.Errorf("%q should be a segment, its name, and its elements behind a colon", line)
	}
	def := &segmentDef{tag: tag, name: name}
	for _, word := range strings.Fields(rest) {
		e, begins, err := elementWord(general, word)
		switch {
		case err != nil:
			return err
		case begins:
			def.elements = append(def.elements, e)
		case len(def.elements) == 0:
			return fmt.Errorf("%q begins with a word that is no element", rest)
		default:
			def.elements[len(def.elements)-1].name += " " + word
		}
	}
	d.segments[tag] = def
	return nil
}

// elementWord reads 127, 127!, 127=name or AN1/30!=name; begins is false where the word goes on with the name before it.
func elementWord(general map[string]element, word string) (e element, begins bool, err error) {
	what, name, named := strings.Cut(word, "=")
	what, must := strings.CutSuffix(what, "!")
	e, known := general[what]
	if !known && named && strings.Contains(what, "/") {
		if e, err = sized(what); err != nil {
			return e, false, err
		}
		known = true
	}
	if !known {
		return e, false, nil
	}
	if named {
		e.name = name
	}
	e.must = must
	return e, true, nil
}

func (d *dictionary) readCode(line string) error {
	parts := strings.SplitN(line, " ", 3)
	if len(parts) != 3 {
		return fmt.Errorf("%q should be list, code, words", line)
	}
	list := d.codes[parts[0]]
	if list == nil {
		list = map[string]string{}
		d.codes[parts[0]] = list
	}
	list[parts[1]] = parts[2]
	return nil
}

// element is the n-th element (from 1) of a segment, nil where the dictionary has none.
func (s *segmentDef) element(n int) *element {
	if s == nil || n < 1 || n > len(s.elements) {
		return nil
	}
	return &s.elements[n-1]
}

// codeWords are what a code of a list means, "" where it is not known.
func codeWords(list, code string) string {
	switch list {
	case "1650":
		return statuses[code].words
	case "1651":
		return reasons[code]
	case "1652":
		return appointments[code].words
	case "163":
		return stopReasons[code].words
	case "146":
		return payments[code]
	case "40":
		return equipments[code].words
	case "91":
		return modes[code]
	case "188":
		return weightUnits[code]
	case "432":
		return dateMeanings[code].words
	case "623":
		return zoneWords(code)
	case "176":
		return clockWords(code)
	}
	return dict().codes[list][code]
}

func zoneWords(code string) string {
	z, known := timeZones[code]
	switch {
	case !known:
		return ""
	case z.instant:
		return fmt.Sprintf("UTC%+03d:%02d", z.minutes/60, max(z.minutes%60, -z.minutes%60))
	case z.zone == "":
		return "local time of the place"
	}
	return z.zone
}

func clockWords(code string) string {
	b, known := clockBounds[code]
	switch {
	case !known:
		return ""
	case b == earliest:
		return "not before"
	}
	return "not later than"
}
