package documents

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"tracedesk/backend/freight"
)

// Types of mention besides those of freight.RefType.
const (
	MentionSeal   = "SEAL"
	MentionDate   = "DATE"
	MentionPhrase = "PHRASE"
)

// Mention is something on a paper that speaks of a load.
type Mention struct {
	Type     string // a freight.RefType, SEAL, DATE or PHRASE
	Value    string // as written; for a phrase its plain form
	Where    Where
	Strength float64 // 0 to 1: how surely the value is of that type
}

// Key is the value as references are compared.
func (m Mention) Key() string { return freight.NormalRef(m.Value) }

// Where is a place on a paper.
type Where struct {
	Page   int    // from 1; 0 is the file's name
	Offset int    // in bytes, in the text of that page (or the name)
	Around string // the words around it
}

// How sure a mention is, by how it was found.
const (
	beside   = 0.9 // behind its label
	below    = 0.7 // under its label, as in a form
	byForm   = 0.6 // by its own form and check digit
	byName   = 0.5 // in the file's name
	byPhrase = 0.8
)

// label is what stands before (or above) a number of some type. Labels are tried in this order, the longer first.
type label struct {
	kind    string
	pattern *regexp.Regexp
}

// number is what follows many labels: "number", "no.", "#", "ID" ...
const number = `(?:\s*(?:numbers?|number\(s\)|num|nos?\b|nr\b|id\b|ref(?:erence)?\b|#))`

func labelled(kind freight.RefType, pattern string) label {
	return label{string(kind), regexp.MustCompile(`(?i)(?:^|[^\pL\pN])(` + pattern + `)`)}
}

var labels = []label{
	labelled(freight.RefBOL, `bill\s+of\s+lading`+number+`?|\bb\s*/\s*l\b`+number+`?|\bb\.?o\.?l\b\.?`+number+`?|shipper'?s\s+(?:no|number|#)`),
	labelled(freight.RefPRO, `(?:carrier'?s? {1,2})?pro\b`+number+`?|freight\s+bill`+number),
	labelled(freight.RefPO, `(?:customer\s+)?p\.?\s?o\b\.?`+number+`?|purchase\s+order`+number+`?|customer\s+order`+number),
	labelled(freight.RefLoad, `load`+number+`?|shipment`+number+`?|sid\b`+number+`?|trip`+number+`|dispatch`+number),
	labelled(freight.RefOrder, `(?:sales\s+)?order`+number),
	labelled(freight.RefPickup, `pick\s*-?\s*up`+number),
	labelled(freight.RefDelivery, `delivery`+number),
	labelled(freight.RefAppointment, `app(?:ointmen)?t\.?`+number+`|confirmation`+number),
	labelled(freight.RefBooking, `booking`+number+`?`),
	labelled(freight.RefContainer, `container`+number+`?|cntr\b`+number+`?`),
	labelled(freight.RefTrailer, `trailer`+number+`?|equip(?:ment)?\b`+number+`?`),
	labelled(freight.RefOther, `ref(?:erence)?\b`+number+`?`),
	{MentionSeal, regexp.MustCompile(`(?i)(?:^|[^\pL\pN])(seal(?:\s+intact|\s+number\(s\))?` + number + `?)`)},
}

var (
	afterLabel  = regexp.MustCompile(`^(?:\(s\))?[\s.:#\-–]{0,40}`)
	valueStart  = regexp.MustCompile(`^[\pL\pN][\pL\pN\-/_.]*`)
	textDate    = regexp.MustCompile(`(?i)\b(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}[\s-](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s-]\d{2,4})\b`)
	boxPattern  = regexp.MustCompile(`\b([A-Z]{3}[UJZ])[\s-]?(\d{6})[\s-]?(\d)\b`)
	extension   = regexp.MustCompile(`\.[A-Za-z0-9]{2,4}$`)
	nameBreaker = strings.NewReplacer("_", " ", "+", " ", "%20", " ")
)

// Mentions finds what speaks of a load in a paper's text (pages parted by form feeds, as Reading.Text gives them) and in
// its file name. In the order of the paper, the name last.
func Mentions(text, name string) []Mention {
	var all []Mention
	for i, page := range strings.Split(text, "\f") {
		all = append(all, inText(page, i+1)...)
	}
	name = nameBreaker.Replace(extension.ReplaceAllString(baseName(name), ""))
	for _, m := range inText(name, 0) {
		m.Strength = byName
		all = append(all, m)
	}
	return all
}

func inText(page string, number int) []Mention {
	s := scanner{page: number, text: page}
	s.split()
	for i := range s.lines {
		s.labels(i)
	}
	for _, at := range boxPattern.FindAllStringSubmatchIndex(page, -1) {
		value := page[at[2]:at[3]] + page[at[4]:at[5]] + page[at[6]:at[7]]
		if validContainer(value) {
			s.add(string(freight.RefContainer), value, at[0], byForm)
		}
	}
	for _, at := range textDate.FindAllStringIndex(page, -1) {
		s.add(MentionDate, page[at[0]:at[1]], at[0], beside)
	}
	for _, p := range phrases {
		for _, at := range p.pattern.FindAllStringIndex(page, -1) {
			s.add(MentionPhrase, p.plain, at[0], byPhrase)
		}
	}
	return s.found
}

// scanner goes through one page.
type scanner struct {
	page  int
	text  string
	lines []word // each line with where it begins
	found []Mention
}

func (s *scanner) split() {
	at := 0
	for line := range strings.SplitSeq(s.text, "\n") {
		s.lines = append(s.lines, word{strings.TrimRight(line, "\r"), at})
		at += len(line) + 1
	}
}

// labels finds the labels of a line and what belongs to each. A stretch of text is read as one label only.
func (s *scanner) labels(i int) {
	line := s.lines[i]
	var taken [][2]int
	for _, l := range labels {
		for _, at := range l.pattern.FindAllStringSubmatchIndex(line.text, -1) {
			start, end := at[2], at[3]
			if overlaps(taken, start, end) {
				continue
			}
			taken = append(taken, [2]int{start, end})
			if value, off := valueAfter(line.text, end); value != "" {
				s.add(l.kind, value, line.at+off, beside)
			} else if value, off := s.valueBelow(i, start, end); value != "" {
				s.add(l.kind, value, off, below)
			}
		}
	}
}

func overlaps(taken [][2]int, start, end int) bool {
	for _, t := range taken {
		if start < t[1] && t[0] < end {
			return true
		}
	}
	return false
}

// valueAfter is the number right behind a label. A word without a digit there means that the label stands for itself.
func valueAfter(line string, end int) (value string, at int) {
	if end < len(line) {
		if r, _ := utf8.DecodeRuneInString(line[end:]); isWordRune(r) {
			return "", 0 // the label is the beginning of a longer word: "Loaded"
		}
	}
	at = end + len(afterLabel.FindString(line[end:]))
	return plausible(valueStart.FindString(line[at:])), at
}

func isWordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// columnsOff is how far a value may begin from its label's column, in letters.
const columnsOff = 3

// valueBelow is the number under a label: in the next line that is not empty, beginning at nearly the same column.
func (s *scanner) valueBelow(i, start, end int) (value string, at int) {
	if s.page == 0 {
		return "", 0
	}
	from := utf8.RuneCountInString(s.lines[i].text[:start])
	if end < len(s.lines[i].text) && strings.TrimSpace(s.lines[i].text[end:]) != "" && !strings.HasPrefix(s.lines[i].text[end:], "  ") {
		return "", 0 // prose goes on behind the label
	}
	for _, line := range s.lines[i+1 : min(i+3, len(s.lines))] {
		if strings.TrimSpace(line.text) == "" {
			continue
		}
		for _, w := range fields(line.text) {
			column := utf8.RuneCountInString(line.text[:w.at])
			if column >= from-columnsOff && column <= from+columnsOff {
				return plausible(valueStart.FindString(trimMarks(w.text))), line.at + w.at
			}
		}
		return "", 0
	}
	return "", 0
}

// plausible returns the value when it can be a number of ours; trailers and short PROs have four digits and fewer.
func plausible(value string) string {
	value = strings.TrimRight(value, ".-/_")
	ref := freight.NormalRef(value)
	if len(ref) < 3 || len(ref) > longestToken || !hasDigit(ref) || plainly(value) {
		return ""
	}
	return value
}

const around = 40

func (s *scanner) add(kind, value string, at int, strength float64) {
	from, to := max(at-around, 0), min(at+len(value)+around, len(s.text))
	for from > 0 && !utf8.RuneStart(s.text[from]) {
		from--
	}
	for to < len(s.text) && !utf8.RuneStart(s.text[to]) {
		to++
	}
	words := strings.Join(strings.Fields(s.text[from:to]), " ")
	s.found = append(s.found, Mention{Type: kind, Value: value, Strength: strength, Where: Where{Page: s.page, Offset: at, Around: words}})
}

// validContainer checks a container number's check digit (ISO 6346): letters count from 10 without multiples of 11,
// weights double, the sum modulo 11 modulo 10 is the last digit.
func validContainer(s string) bool {
	if len(s) != 11 {
		return false
	}
	sum := 0
	for i := range 10 {
		v := int(s[i] - '0')
		if i < 4 {
			v = int(s[i]-'A') + 10
			v += (v - 1) / 10 // 11, 22 and 33 are left out
		}
		sum += v << i
	}
	return sum%11%10 == int(s[10]-'0')
}
