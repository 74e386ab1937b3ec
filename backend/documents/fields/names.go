package fields

import (
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// person is how a name is written: an initial and a surname, or two and three names.
var person = regexp.MustCompile(`^(?:[A-Z]\. ?|[A-Z] ){1,2}[A-Z][A-Za-z'\-áéíóúñ]{2,}$|^[A-Z][a-záéíóúñ]{1,}(?: [A-Z][A-Za-z'\-áéíóúñ.]*){1,3}$|^[A-Z]{2,}(?: [A-Z]\.?)?(?: [A-Z]{2,}){1,2}$`)

// names reads who received, printed or written beside the label, below or above it.
func (f *finder) names() {
	for _, l := range f.sheet.labels {
		if l.field == blockName && f.amidSigning(l) {
			l.field, l.weight = paper.Name, 0.85
		}
		if l.field != paper.Name {
			continue
		}
		f.labelled(l, f.readName)
	}
}

// amidSigning tells whether "Name" stands where a paper is signed: below its middle, with a date, a time or a signature
// beside it.
func (f *finder) amidSigning(l found) bool {
	if l.box[1] < f.sheet.rows[0].box[1]+0.25 {
		return false
	}
	return slices.ContainsFunc(f.sheet.labels, func(o found) bool {
		near := max(o.box[1]-l.box[1], l.box[1]-o.box[1]) < 5*f.sheet.height
		switch o.field {
		case anyDate, paper.DeliveryDate, paper.In, paper.Out:
			return near
		}
		return near && strings.Contains(strings.Join(o.words, " "), "signature")
	})
}

func (f *finder) readName(tokens []token) (read, bool) {
	var part []token
	for _, t := range tokens {
		if t.known && len(part) > 0 || hasDigit(t.text) && letters(t.text) == 0 || len(part) == 4 {
			break
		}
		if t.key == "" && len(part) == 0 {
			continue
		}
		if len(part) > 0 && f.sheet.across(part[len(part)-1].box[2], t.box[0]) > 2.5*f.sheet.height {
			break
		}
		part = append(part, t)
	}
	for n := len(part); n >= 1; n-- {
		text := strings.Trim(textOf(part[:n]), " ,:;|_-*~\"")
		if slices.ContainsFunc(part[:n], func(t token) bool { return vocabularyWords[t.key] && len(t.key) > 1 }) { // an initial is no word of a label
			continue
		}
		if person.MatchString(text) && !notNames.MatchString(text) {
			r := read{value: text, text: text, box: boxOf(part[:n]), sure: leastSureOf(part[:n]), quality: 0.95}
			if r.sure < 0.6 {
				r.quality = 0.55
			}
			if at := strings.Index(text, ". "); at == 1 {
				return r, true
			}
			if len(text) > 2 && text[1] == '.' && text[2] != ' ' {
				r.value = text[:2] + " " + text[2:]
			}
			return r, true
		}
	}
	return read{}, false
}
