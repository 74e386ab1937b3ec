package fields

import (
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// A bill of lading asks who counted the freight, with a box to tick before each answer: by the shipper, by the driver as pallets said to
// contain, or by the driver piece by piece. The first is shipper's load and count, the second said to contain.

// answer is one of them: what it says where it is ticked, and the row and token that it begins at.
type answer struct {
	kind string
	row  row
	at   int
}

// How far answers stand from the question, in lines of print.
const (
	answersBelow = 7.0
	answersAside = 3.0
)

// whoCounted notes the answer that is ticked to the question who counted the freight, where one alone is.
func (f *finder) whoCounted(k *ink) {
	for i, r := range f.sheet.rows {
		for t := range len(r.tokens) - 1 {
			if distance(r.tokens[t].key, "freight", 1) > 1 || distance(r.tokens[t+1].key, "counted", 1) > 1 {
				continue
			}
			answers := f.answersTo(i, boxOf(r.tokens[t:t+2]))
			if a, ok := f.tickedAnswer(k, answers); ok && a.kind != "" {
				f.note(a.kind, a.row.tokens[a.at:min(a.at+2, len(a.row.tokens))])
			}
		}
	}
}

// answersTo are the answers under a question or beside it.
func (f *finder) answersTo(question int, asked paper.Box) (out []answer) {
	h := f.sheet.height
	for _, r := range f.sheet.rows[question:] {
		if r.box[1] > asked[3]+answersBelow*h {
			break
		}
		for t := range len(r.tokens) - 1 {
			word, next := r.tokens[t], r.tokens[t+1]
			under := word.box[0] > asked[0]-answersAside*h/f.sheet.aspect && word.box[0] < asked[2]+answersAside*h/f.sheet.aspect
			if !strings.HasSuffix(word.key, "by") || len(word.key) > 4 || !under || word.box[1] < asked[1]-h {
				continue
			}
			rest := asProse(textOf(r.tokens[t+1 : min(t+5, len(r.tokens))]))
			switch {
			case distance(next.key, "shipper", 2) <= 2:
				out = append(out, answer{paper.SLC, r, t})
			case strings.Contains(rest, "said") || strings.Contains(rest, "allet") || strings.Contains(rest, "contain"):
				out = append(out, answer{paper.STC, r, t})
			case distance(next.key[:min(len(next.key), 6)], "driver", 2) <= 2:
				out = append(out, answer{"", r, t})
			}
		}
	}
	return out
}

// tickedAnswer is the one that is ticked, by the box before it or by having more ink there than the others.
func (f *finder) tickedAnswer(k *ink, answers []answer) (answer, bool) {
	if len(answers) < 2 {
		return answer{}, false
	}
	ink := make([]float64, len(answers))
	for n, a := range answers {
		ink[n] = f.inkBefore(k, a.row, offer{at: a.at, start: a.row.tokens[a.at].box[0]})
	}
	least := slices.Min(ink)
	ticked, found := answer{}, 0
	for n, a := range answers {
		box, tick := f.boxBefore(k, a.row.tokens, a.at)
		if box && tick || !box && ink[n]-least > tickInk {
			ticked = a
			found++
		}
	}
	return ticked, found == 1
}
