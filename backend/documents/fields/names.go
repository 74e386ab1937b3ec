package fields

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

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

// tornOff tells whether a word is the end of the one before it: "Sand oval".
func (f *finder) tornOff(before, t token) bool {
	return len(before.key) > 2 && startsLower(t.text) && letters(t.text) == len([]rune(t.text)) && !t.known && f.sheet.across(before.box[2], t.box[0]) < f.sheet.height
}

func startsLower(s string) bool {
	for _, r := range s {
		return unicode.IsLower(r)
	}
	return false
}

// asInitial is a word of a name as it is meant: an initial of a shape that its small letter has, too, is a capital.
func asInitial(t token) token {
	if len(t.text) == 2 && t.text[1] == '.' && strings.ContainsRune("ckopsuvwxz", rune(t.text[0])) {
		t.text = strings.ToUpper(t.text)
	}
	return t
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
		if n := len(part) - 1; n >= 0 && f.tornOff(part[n], t) {
			part[n].text, part[n].key, part[n].box, part[n].sure = part[n].text+t.text, part[n].key+t.key, union(part[n].box, t.box), min(part[n].sure, t.sure)
			continue
		}
		part = append(part, asInitial(t))
	}
	for n := len(part); n >= 1; n-- {
		if n < len(part) && startsLower(part[n].text) {
			continue // the rest of a name was read apart: what is before it is a part
		}
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
