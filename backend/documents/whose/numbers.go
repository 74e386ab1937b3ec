package whose

import (
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
)

// Bounds of what can be a number of ours, in letters and digits after freight.NormalRef.
const (
	shortest      = 4  // anywhere in the text
	shortestLabel = 3  // behind its label
	shortestFuzzy = 6  // looked up also as what it may have been misread for
	longest       = 30 //
	mostNumbers   = 5000
)

var (
	datePattern   = regexp.MustCompile(`^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2}))$`)
	timePattern   = regexp.MustCompile(`(?i)^\d{1,2}:\d{2}(:\d{2})?(am|pm|[a-z]{1,4})?$`)
	amountPattern = regexp.MustCompile(`^[-$€£]*(\d{1,3}(,\d{3})+(\.\d+)?|\d+\.\d{1,3})%?$`)
	phonePattern  = regexp.MustCompile(`^(\+?1[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}$|^\+\d{8,15}$`)
	zipPattern    = regexp.MustCompile(`^\d{5}(-\d{4})?$`)
	yearPattern   = regexp.MustCompile(`^(19[5-9]\d|20\d\d)$`)
	unitPattern   = regexp.MustCompile(`(?i)^(lbs?|kgs?|pounds|pcs?|pieces|ctns?|cartons|cs|cases|skids|plts?|pallets|miles|mi|usd|cft|cu|ft|in|hrs?)[.,;]?$`)
	statePattern  = regexp.MustCompile(`^[A-Z]{2}[.,;]?$`)
	extension     = regexp.MustCompile(`\.[A-Za-z0-9]{2,4}$`)

	// machineNamed begins a name that a camera, a scanner or a messenger gave; the number in it counts pictures.
	machineNamed = regexp.MustCompile(`(?i)^(img|image|dsc|dscn|dcim|pxl|mvimg|scan|scanned|doc|document|photo|picture|pic|screenshot|whatsapp|file|fax|untitled|unnamed|page|attachment)([^a-z]|$)`)
	nameBreaker  = strings.NewReplacer("_", " ", "+", " ", "%20", " ")
)

// Number is a number on a document that may be a reference of a load.
type Number struct {
	Key    string                 // freight.NormalRef
	Labels map[string]paper.Value // the fields it was read as
	Code   bool                   // it stands in a barcode
	Name   bool                   // it stands in the file's name, which a person gave
	Text   paper.Value            // where it stands in the text; Value "" when it does not
	coded  bool                   // it is all that a code with check digits says
	typed  map[string]bool        // the fields whose label it stands behind letter by letter in typed text
}

// spot is the reading to show for a number.
func (n *Number) spot() paper.Value {
	for _, field := range numberFields {
		if v, ok := n.Labels[field.name]; ok {
			return v
		}
	}
	return n.Text
}

// Signs is what a document says of its load.
type Signs struct {
	Fields  paper.Fields
	Words   string    // all words in reading order, for names
	Numbers []*Number // each once: the labelled first, then codes, text and name
	byKey   map[string]*Number
}

// Gather takes the signs out of a document and the pages it was read from. Name is the file's name, "" for none.
func Gather(doc paper.Document, pages []paper.Page, name string) Signs {
	s := Signs{Fields: doc.Fields, byKey: map[string]*Number{}}
	for _, field := range numberFields {
		for _, v := range doc.Fields[field.name] {
			s.label(field.name, v)
		}
	}
	for _, c := range doc.Barcodes {
		s.code(c)
	}
	var words strings.Builder
	for i := range pages {
		s.page(&pages[i], &words)
	}
	s.Words = words.String()
	s.fileName(name)
	return s
}

func (s *Signs) at(key string, least int) *Number {
	n := utf8.RuneCountInString(key)
	if n < least || n > longest || !hasDigit(key) {
		return nil
	}
	if had := s.byKey[key]; had != nil {
		return had
	}
	if len(s.Numbers) >= mostNumbers {
		return nil
	}
	num := &Number{Key: key, Labels: map[string]paper.Value{}, typed: map[string]bool{}}
	s.byKey[key] = num
	s.Numbers = append(s.Numbers, num)
	return num
}

// label adds a number that was read behind a label. What stands by a label that a person taught is a number of the text like
// any other: a wrong lesson must not bring a paper to a load.
func (s *Signs) label(field string, v paper.Value) {
	if v.Learned {
		return
	}
	n := s.at(freight.NormalRef(v.Value), shortestLabel)
	if n == nil {
		return
	}
	if had, ok := n.Labels[field]; !ok || had.Confidence < v.Confidence {
		n.Labels[field] = v
	}
	n.typed[field] = n.typed[field] || v.Labelled && v.Origin == paper.FromType
}

func (s *Signs) code(c paper.Code) {
	for i, part := range append([]string{c.Value}, strings.FieldsFunc(c.Value, isGlue)...) {
		if n := s.at(freight.NormalRef(part), shortest); n != nil {
			n.Code = true
			n.coded = n.coded || i == 0 && c.Checked()
			if n.Text.Value == "" {
				n.Text = paper.Value{Value: part, Confidence: 1, Page: c.Page, Box: c.Box}
			}
		}
	}
}

// page adds the numbers of a page, line by line.
func (s *Signs) page(p *paper.Page, words *strings.Builder) {
	for from := 0; from < len(p.Words); {
		to := from + 1
		for to < len(p.Words) && p.Words[to].Line == p.Words[from].Line {
			to++
		}
		line := p.Words[from:to]
		from = to
		for i := range line {
			words.WriteString(line[i].Text)
			words.WriteByte(' ')
		}
		s.line(line, p.Number)
	}
}

func (s *Signs) line(line []paper.Word, page int) {
	for i := range line {
		if notReference(line, i) {
			continue
		}
		s.parts(line[i], page)
		for n := 1; n <= 2 && i-n >= 0; n++ { // "LD 947195", "LD - 947195", "544 319955"
			joined, ok := join(line[i-n : i+1])
			if !ok {
				break
			}
			s.text(joined, page)
		}
	}
}

func (s *Signs) text(w paper.Word, page int) {
	key := freight.NormalRef(w.Text)
	if yearPattern.MatchString(key) || plainly(trimMarks(w.Text)) {
		return
	}
	if n := s.at(key, shortest); n != nil && (n.Text.Value == "" || n.Text.Confidence < w.Confidence) {
		n.Text = paper.Value{Value: trimMarks(w.Text), Confidence: w.Confidence, Page: page, Box: w.Box}
	}
}

func isGlue(c rune) bool { return strings.ContainsRune(":#=;,|()[]{}<>*\" ", c) }

// parts adds a word, and its parts where it is several glued together ("BOL#123", "LD-947195/PO579701").
func (s *Signs) parts(w paper.Word, page int) {
	for _, part := range strings.FieldsFunc(w.Text, isGlue) {
		for _, sep := range []string{"", "/", "_", "."} {
			if sep != "" && !strings.Contains(part, sep) {
				continue
			}
			pieces := []string{part}
			if sep != "" {
				pieces = strings.Split(part, sep)
			}
			for _, piece := range pieces {
				one := w
				one.Text = piece
				s.text(one, page)
			}
		}
	}
}

// join makes one number of neighbours that stand close: letters or digits before digits.
func join(words []paper.Word) (paper.Word, bool) {
	whole := words[0]
	whole.Text = ""
	for i, w := range words {
		t := trimMarks(w.Text)
		if plainly(t) || len(t) > 12 || i > 0 && gap(words[i-1], w) > 2*letterWidth(w) {
			return whole, false
		}
		whole.Text += t
		whole.Confidence = min(whole.Confidence, w.Confidence)
		whole.Box = span(whole.Box, w.Box)
	}
	first, last := freight.NormalRef(words[0].Text), freight.NormalRef(words[len(words)-1].Text)
	fits := len(first) <= 5 && (allDigits(first) || first == words[0].Text || hasDigit(first))
	return whole, fits && allDigits(last) && len(last) >= 3 && len(whole.Text) <= longest
}

func gap(a, b paper.Word) float64 { return b.Box[0] - a.Box[2] }

func letterWidth(w paper.Word) float64 {
	return (w.Box[2] - w.Box[0]) / float64(max(utf8.RuneCountInString(w.Text), 1))
}

func span(a, b paper.Box) paper.Box {
	return paper.Box{min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])}
}

// fileName adds the numbers of a name that a person gave.
func (s *Signs) fileName(name string) {
	plain := nameBreaker.Replace(extension.ReplaceAllString(path.Base(strings.ReplaceAll(name, `\`, "/")), ""))
	if machineNamed.MatchString(plain) {
		return
	}
	words := strings.Fields(plain)
	mark := func(s2 string) {
		if plainly(s2) || yearPattern.MatchString(s2) {
			return
		}
		if n := s.at(freight.NormalRef(s2), shortest); n != nil {
			n.Name = true
		}
	}
	for i, w := range words {
		mark(w)
		if i > 0 && allDigits(freight.NormalRef(w)) && len(words[i-1]) <= 5 {
			mark(words[i-1] + w)
		}
	}
}

// notReference judges a word by itself and by its neighbours.
func notReference(line []paper.Word, i int) bool {
	w := trimMarks(line[i].Text)
	if !hasDigit(w) || plainly(w) || strings.Contains(w, "@") || strings.Contains(w, "://") || strings.HasPrefix(strings.ToLower(w), "www.") {
		return true
	}
	if zipPattern.MatchString(w) && i > 0 && statePattern.MatchString(line[i-1].Text) {
		return true
	}
	// "(555) 123-4567": the second half of a telephone number
	if i > 0 && phonePattern.MatchString(line[i-1].Text+" "+w) {
		return true
	}
	return i+1 < len(line) && unitPattern.MatchString(line[i+1].Text) && allDigits(w) && len(w) < 6
}

// plainly reports whether a word is a date, a time, an amount or a telephone number by its form alone.
func plainly(w string) bool {
	return datePattern.MatchString(w) || timePattern.MatchString(w) || amountPattern.MatchString(w) || phonePattern.MatchString(w)
}

// trimMarks takes away what surrounds a word in a sentence or a form.
func trimMarks(s string) string { return strings.Trim(s, ".,;:'\"()[]{}<>*!?#") }

func hasDigit(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return c >= '0' && c <= '9' })
}
