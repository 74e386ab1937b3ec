package whose

import (
	"context"
	"slices"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
)

// Known is what is known of the open loads.
type Known interface {
	// Holders are the loads that go by a number in the form of freight.NormalRef, whatever the number is to them: all
	// up to a bound of the holder's own. Asked some thousand times a document, so it answers from an index.
	Holders(ctx context.Context, number string) ([]*paper.Expected, error)
}

// Loads is Known over a list of loads in memory.
type Loads struct {
	list  []paper.Expected
	index map[string][]int32
}

// mostHolders is how many loads one number may name; a number of more loads names none.
const mostHolders = 50

// NewLoads indexes a list of loads by their numbers; the list is kept.
func NewLoads(list []paper.Expected) *Loads {
	l := &Loads{list: list, index: make(map[string][]int32, len(list)*6)}
	for i := range list {
		e := &list[i]
		l.add(e.Load, i)
		for _, f := range numberFields {
			if !f.named {
				continue
			}
			l.add(e.Values[f.name], i)
			for _, v := range e.Also[f.name] {
				l.add(v, i)
			}
		}
	}
	return l
}

func (l *Loads) add(value string, i int) {
	key := freight.NormalRef(value)
	if key == "" {
		return
	}
	for _, k := range []string{key, body(key)} {
		if had := l.index[k]; !slices.Contains(had, int32(i)) {
			l.index[k] = append(had, int32(i))
		}
	}
}

// Holders implements Known.
func (l *Loads) Holders(_ context.Context, number string) ([]*paper.Expected, error) {
	var out []*paper.Expected
	for _, i := range l.index[number] {
		if len(out) == mostHolders {
			break
		}
		out = append(out, &l.list[i])
	}
	return out, nil
}

// Len is how many loads there are.
func (l *Loads) Len() int { return len(l.list) }

// Bounds of a search.
const (
	mostCandidates = 40 // loads weighed for one document
	mostFuzzy      = 14 // numbers that are also looked up as what they may have been misread for
)

// Find are the loads that the document's numbers point to, each once, and how many loads share each number. Numbers that
// no load goes by are looked up as what they may have been misread for: the labelled ones and barcodes always, those of
// the text only where nothing else was found; so is a number that is all there is.
func Find(ctx context.Context, known Known, s Signs) (Found, error) {
	f := Found{known: known, Holders: map[string]int{}, seen: map[string]bool{}}
	var labelled, loose, hits []string
	for _, n := range s.Numbers {
		hit, err := f.ask(ctx, n.Key)
		switch {
		case err != nil:
			return f, err
		case hit:
			hits = append(hits, n.Key)
		case len(n.Labels) > 0 || n.Code:
			labelled = append(labelled, n.Key)
		case len(n.Key) >= shortestFuzzy:
			loose = append(loose, n.Key)
		}
	}
	if len(f.Loads) == 0 {
		labelled = append(labelled, loose...)
	}
	if len(hits) == 1 {
		labelled = append([]string{hits[0]}, labelled...) // a single number: is there another load one digit apart?
	}
	for _, key := range labelled[:min(len(labelled), mostFuzzy)] {
		for _, near := range Near(key) {
			if _, err := f.ask(ctx, near); err != nil {
				return f, err
			}
		}
	}
	return f, nil
}

// Found is what Find answers.
type Found struct {
	Loads   []*paper.Expected
	Holders map[string]int // number -> loads that go by it
	Beside  string         // the load of the other papers in the same file; "" where there are none, or of several loads
	known   Known
	seen    map[string]bool
}

func (f *Found) ask(ctx context.Context, key string) (hit bool, err error) {
	if n, asked := f.Holders[key]; asked {
		return n > 0, nil
	}
	held, err := f.known.Holders(ctx, key)
	if err != nil {
		return false, err
	}
	f.Holders[key] = len(held)
	for _, e := range held {
		if !f.seen[e.Load] && len(f.Loads) < mostCandidates {
			f.seen[e.Load] = true
			f.Loads = append(f.Loads, e)
		}
	}
	return len(held) > 0, nil
}

// Add weighs one more load, such as the one that a person filed the document on.
func (f *Found) Add(e *paper.Expected) {
	if !f.seen[e.Load] {
		f.seen[e.Load] = true
		f.Loads = append(f.Loads, e)
	}
}
