package fields

import (
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// A caption is more than the words of it that are known: "READY / SHIPPED ON", "GOODS RECEIVED", "Date in".

// mostBefore is how many words of a caption may stand before those that are known.
const mostBefore = 2

// captionOf is the first token of the caption that a label ends: its own first where prose or another label goes before it.
func (f *finder) captionOf(l found) int {
	tokens := f.sheet.rows[l.row].tokens
	first := l.from - f.wordsBefore(l, mostBefore+1)
	if slices.ContainsFunc(tokens[first:l.from], func(t token) bool { return t.known }) || worded(tokens[first:l.from]) > mostBefore {
		return l.from
	}
	return first
}

// wordsBefore is how many tokens without figures stand right before a label in its cell, most words of them at most.
func (f *finder) wordsBefore(l found, most int) (n int) {
	tokens := f.sheet.rows[l.row].tokens
	for k, words := l.from, 0; k > 0 && !f.sheet.apart(tokens, k) && !hasDigit(tokens[k-1].text) && !strings.HasSuffix(tokens[k-1].text, ":") && words < most; k-- {
		if tokens[k-1].key != "" {
			words++
		}
		n++
	}
	return n
}

// withDates joins the word for a date and the label beside it that says of what: "DATE DEL'D" is the day of delivery. "Date in" is a
// day, not a time, unless it says so, and "Qty out" a count.
func (s *sheet) withDates(all []found) (out []found) {
	for _, l := range all {
		n := len(out) - 1
		tokens := s.rows[l.row].tokens
		if n < 0 || out[n].row != l.row || out[n].to > l.from || out[n].ends || s.apart(tokens, l.from) || !onlyMarks(tokens[out[n].to:l.from]) {
			out = append(out, l)
			continue
		}
		date := &out[n]
		timed := slices.Contains(date.words, "time") || slices.Contains(date.words, "hora")
		switch {
		case (date.field == paper.Pieces || date.field == paper.Weighed) && (l.field == paper.In || l.field == paper.Out):
			date.words = slices.Concat(date.words, l.words) // "Qty out"
		case len(date.words) == 1 && (date.words[0] == "pickup" || date.words[0] == "pu") && (l.field == paper.In || l.field == paper.Out):
			date.label = label{l.field, slices.Concat(date.words, l.words), l.weight} // "Pickup left"
		case date.field == anyDate && (l.field == paper.PickupDate || l.field == paper.DeliveryDate):
			date.label = label{l.field, slices.Concat(date.words, l.words), l.weight}
		case (date.field == paper.PickupDate || date.field == paper.DeliveryDate) && l.field == anyDate:
			date.words = slices.Concat(date.words, l.words)
		case date.field == anyDate && (l.field == paper.In || l.field == paper.Out):
			if timed {
				out = append(out, l)
			} else {
				date.words = slices.Concat(date.words, l.words)
			}
		default:
			out = append(out, l)
			continue
		}
		date.to, date.box, date.ends = l.to, union(date.box, l.box), l.ends
	}
	return out
}

// briefly are the words that are labels of a time where they stand as a caption, and any words in prose or in an address: "IN 47711".
var briefly = map[string]bool{"in": true, "out": true, "left": true, "start": true, "end": true, "started": true, "ended": true, "completed": true, "released": true,
	"finished": true, "began": true, "fin": true, "inicio": true, "arrival": true, "departure": true, "appointment": true, "arrive": true, "depart": true}

// inProse tells whether the label of a time or a day is a word of a sentence or an address rather than a caption: words go right before it, or on
// behind it.
func (f *finder) inProse(l found) bool {
	if len(l.words) != 1 || !briefly[l.words[0]] && !isDay(l.field) || l.ends {
		return false
	}
	tokens := f.sheet.rows[l.row].tokens
	if before := f.wordsBefore(l, mostBefore+1); worded(tokens[l.from-before:l.from]) > mostBefore {
		return true
	}
	words := 0
	for k := l.to; k < len(tokens) && !tokens[k].known && !f.sheet.apart(tokens, k) && !hasDigit(tokens[k].text); k++ {
		if letters(tokens[k].text) > 1 && tokens[k].sure >= plainWord {
			words++
		}
	}
	return words > mostBefore
}

// goesOn tells whether a word of print stands right behind a label of one word.
func (f *finder) goesOn(l found) bool {
	tokens := f.sheet.rows[l.row].tokens
	return len(l.words) == 1 && !l.ends && l.to < len(tokens) && !f.sheet.apart(tokens, l.to) && !hasDigit(tokens[l.to].text) &&
		letters(tokens[l.to].text) > 2 && tokens[l.to].sure >= plainWord
}
