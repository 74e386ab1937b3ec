package fields

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"tracedesk/backend/documents/paper"
)

// Days by hand are polled as counts are. A month is a name as often as a number, and slashes are read as ones.

// dayByVote polls a day by hand that was not read, or not as the load plans it.
func (f *finder) dayByVote(k *ink, field string) {
	if f.sheet.page.FromText || !isDay(field) {
		return
	}
	best := settle(field, append(slices.Clone(f.found[field]), f.found[f.means(field)]...))
	switch {
	case len(best) == 0:
		f.pollDoubts(k, field)
	case f.expected(field)[best[0].value] || best[0].sum || best[0].sure >= asPrinted || best[0].box[3]-best[0].box[1] < tallPen*f.sheet.height:
	default:
		f.pollAround(k, field, best[0])
	}
}

// lookForDay reads the place for a day with the month's name.
func (q *polling) lookForDay(leans [3]float64) {
	for i, tall := range penTalls {
		for _, lean := range leans {
			q.look(paper.Closer{Line: true, Scale: tall / q.pen.tall, Lean: lean})
		}
		if i == 0 && !q.worded() {
			return
		}
	}
}

// worded tells whether most readings have a month's name, or what was made of one.
func (q *polling) worded() bool {
	n := 0
	for _, t := range q.texts {
		if letters(t) >= 3 {
			n++
		}
	}
	return isDay(q.field) && 2*n > len(q.texts)
}

// slashed is a day whose slashes were read as ones, or not at all.
var slashed = regexp.MustCompile(`^([01]\d)[/1]?([0-3]\d)[/1]?(20\d\d)$`)

// anApostrophe stands before the year: Jan 2 '26.
var anApostrophe = strings.NewReplacer("’", "'", "‘", "'", "`", "'", "´", "'", "“", "'", "”", "'", "\"", "'")

// dayOf reads a day from the whole of a text. Where the page's other days are of one year, so is this one.
func (f *finder) dayOf(field string) func(text string) (read, bool) {
	planned, year := f.expected(field), f.year()
	return func(text string) (read, bool) {
		text = strings.TrimRightFunc(anApostrophe.Replace(text), func(r rune) bool { return !unicode.IsDigit(r) })
		said := inYear(text, year)
		if m := slashed.FindStringSubmatch(said); m != nil {
			said = m[1] + "/" + m[2] + "/" + m[3]
		}
		found := findDates(said, f.dayFirst)
		if len(found) != 1 || found[0].to-found[0].from < len(said)-1 {
			return read{}, false
		}
		d := found[0]
		if planned[d.either] {
			d.iso, d.either = d.either, d.iso
		}
		return read{value: d.iso, either: d.either, text: text, quality: 0.9}, true
	}
}

// inYear is a day in a year that is known, whatever was read of its figures: four of them, or two behind a mark.
func inYear(text, year string) string {
	const marks = "-/.'"
	switch n := len(text); {
	case year == "" || n < 6:
	case n >= 8 && !strings.ContainsAny(text[:4], marks) && strings.ContainsAny(text[4:5], marks):
		return year + text[4:]
	case strings.ContainsAny(text[n-3:n-2], marks):
		return text[:n-2] + year[2:]
	case n >= 8 && !strings.ContainsAny(text[n-4:], marks):
		return text[:n-4] + year
	}
	return text
}

// plannedBy puts what the load has first where it is what accounts best for all readings by far.
func (f *finder) plannedBy(q *polling) {
	for _, v := range slices.Sorted(maps.Keys(f.expected(q.field))) {
		told := ""
		switch {
		case isDay(q.field):
			told = writtenDay(q.heard, v, f.dayFirst)
		case q.field == paper.Pieces && q.pen.fits(v) && slices.ContainsFunc(q.said, func(b ballot) bool { return b.value == v }):
			told = q.writtenCount(v)
		}
		if told == v {
			q.first(v)
			q.planned = true
			return
		}
		q.instead = told
	}
}

// first puts a value before the others, whatever readings say it.
func (q *polling) first(value string) {
	at := slices.IndexFunc(q.said, func(b ballot) bool { return b.value == value })
	if at < 0 {
		q.said = append(q.said, ballot{read{value: value, text: q.texts[0], box: q.place, quality: 0.9}, fewestSay, fewestSay * halfSure})
		at = len(q.said) - 1
	}
	b := q.said[at]
	q.said = slices.Insert(slices.Delete(q.said, at, at+1), 0, b)
}
