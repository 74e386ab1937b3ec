package timeline

import (
	"slices"
	"strings"

	"tracedesk/backend/freight"
)

// paperTrail is what is on file of the papers.
type paperTrail struct {
	popVerified, podVerified bool
}

// verifies reports whether a person has verified the paper of a side; of a stop with both sides, either will do.
func (p paperTrail) verifies(side freight.Side) bool {
	switch side {
	case freight.PickupSide:
		return p.popVerified
	case freight.DeliverySide:
		return p.podVerified
	}
	return p.popVerified || p.podVerified
}

// buildPapers sets the documents on file and the state of each paper.
func (b *builder) buildPapers() {
	b.buildDocuments()
	b.t.Papers = map[string]freight.PaperState{}
	for _, kind := range []string{freight.POP, freight.POD} {
		b.t.Papers[kind] = b.paperState(kind)
	}
	b.onFile = paperTrail{
		popVerified: b.t.Papers[freight.POP] == freight.PaperVerified,
		podVerified: b.t.Papers[freight.POD] == freight.PaperVerified,
	}
}

// buildDocuments lists each document once, with the last word on it.
func (b *builder) buildDocuments() {
	words := b.of(documentWords)
	var last []*said
	for i := range words {
		w := &words[i]
		same := slices.IndexFunc(last, func(o *said) bool {
			return o.c.Value.Text == w.c.Value.Text && strings.EqualFold(o.c.Value.Type, w.c.Value.Type)
		})
		switch {
		case same < 0:
			last = append(last, w)
		case w.compare(last[same].word) >= 0:
			last[same] = w
		}
	}
	slices.SortStableFunc(last, func(a, b *said) int { return a.compare(b.word) })
	for _, w := range last {
		if w.c.Value.None {
			continue
		}
		b.t.Documents = append(b.t.Documents, freight.DocumentLink{Provenance: provenance(w.o), Hash: w.c.Value.Text,
			Kind: strings.ToLower(w.c.Value.Type), State: strings.ToLower(w.c.Value.Note), By: w.o.By, Note: w.c.Value.Scope})
		b.documentStops = append(b.documentStops, w.stop)
	}
}

// paperState is the state of a paper. Documents on file decide; a source's word that it holds the paper counts where no
// document was refused. Of a load with several deliveries it is the last that must have its POD; what a source says of that
// stop goes before what it says of the load. Its word on another stop of the side speaks of that stop alone.
func (b *builder) paperState(kind string) freight.PaperState {
	onFile := b.documentState(kind)
	if onFile == freight.PaperException {
		return onFile
	}
	words, last := b.of(paperWords), b.lastOn(kind)
	w := b.accepted(words, b.orders.Plan, func(w *said) bool {
		switch {
		case !strings.EqualFold(w.c.Value.Type, kind):
			return false
		case w.stop == last:
			return true
		case w.stop != nowhere && onSideOf(&b.t.Stops[w.stop], kind):
			return false
		}
		return !slices.ContainsFunc(words, func(own said) bool {
			return own.stop == last && last != nowhere && own.o.Source == w.o.Source && strings.EqualFold(own.c.Value.Type, kind)
		})
	})
	told := freight.PaperMissing
	if w != nil {
		told = paperWord(w.c.Value.Text)
	}
	if paperRank(told) > paperRank(onFile) {
		return told
	}
	return onFile
}

// lastOn is the last stop at which a kind of paper is signed; nowhere when there is none.
func (b *builder) lastOn(kind string) int32 {
	for i := len(b.t.Stops) - 1; i >= 0; i-- {
		if onSideOf(&b.t.Stops[i], kind) {
			return int32(i)
		}
	}
	return nowhere
}

func onSideOf(stop *freight.StopLine, kind string) bool {
	if kind == freight.POP {
		return stop.Pickup()
	}
	return stop.Delivery()
}

func paperWord(s string) freight.PaperState {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "received":
		return freight.PaperReceived
	case "verified":
		return freight.PaperVerified
	case "exception", "rejected":
		return freight.PaperException
	}
	return freight.PaperMissing
}

func paperRank(s freight.PaperState) int {
	return slices.Index([]freight.PaperState{freight.PaperMissing, freight.PaperException, freight.PaperReceived, freight.PaperVerified}, s)
}

// documentState is what the documents of one kind come to. A document that names no stop speaks for the load; where all
// name theirs, every stop of the kind's side needs its own.
func (b *builder) documentState(kind string) freight.PaperState {
	all, perStop := freight.PaperMissing, map[int32]freight.PaperState{}
	for i, d := range b.t.Documents {
		if d.Kind != kind {
			continue
		}
		state := paperWord(d.State)
		if d.State == "" {
			state = freight.PaperReceived
		}
		if stop := b.documentStops[i]; stop != nowhere {
			if old, ok := perStop[stop]; !ok || paperRank(state) > paperRank(old) {
				perStop[stop] = state
			}
			continue
		}
		if paperRank(state) > paperRank(all) {
			all = state
		}
	}
	if len(perStop) == 0 {
		return all
	}
	least := freight.PaperVerified
	for i := range b.t.Stops {
		stop := &b.t.Stops[i]
		if !onSideOf(stop, kind) {
			continue
		}
		state, ok := perStop[int32(i)]
		if !ok {
			state = freight.PaperMissing
		}
		if paperRank(all) > paperRank(state) {
			state = all
		}
		if paperRank(state) < paperRank(least) {
			least = state
		}
	}
	return least
}
