package timeline

import (
	"slices"

	"tracedesk/backend/freight"
)

// buildWords lists what was said in words: status, notes, exceptions, and what has no place of its own.
func (b *builder) buildWords() {
	b.t.Statuses = b.listWords(statusWords)
	b.t.Notes = b.listWords(noteWords)
	b.t.Exceptions = b.listWords(exceptionWords)
	others := b.of(otherWords)
	for i := range others {
		if !others[i].c.Value.None {
			b.keepWord(&others[i])
		}
	}
	for _, g := range []group{tenderWords, kindWords, placeWords, originalWords} {
		words := b.of(g)
		for i := range words {
			if w := &words[i]; !w.c.Value.None && (g == tenderWords || w.stop == nowhere && w.c.Subject.Kind == freight.OfStop && !b.t.Provisional) {
				b.keepWord(w)
			}
		}
	}
	newestFirst(b.t.Others)
}

// listWords are the words of a group, newest first.
func (b *builder) listWords(g group) []freight.Word {
	words := b.of(g)
	if len(words) == 0 {
		return nil
	}
	list := make([]freight.Word, 0, len(words))
	for i := range words {
		switch w := &words[i]; {
		case w.c.Value.None:
		case normal(w.c):
			b.keepWord(w)
		default:
			list = append(list, b.wordOf(w))
		}
	}
	newestFirst(list)
	return nilIfEmpty(list)
}

// normal reports whether a reason says that there is none: X12 1651 NS, which stands in nearly every status.
func normal(c *freight.Claim) bool {
	return c.Fact == freight.FactReason && c.Value.Text == "NS"
}

// newestFirst orders words by when they speak of, else when they were stated.
func newestFirst(list []freight.Word) {
	slices.SortStableFunc(list, func(x, y freight.Word) int {
		if c := spokenAt(&y).Compare(spokenAt(&x)); c != 0 {
			return c
		}
		return -compareProvenance(x.Provenance, y.Provenance)
	})
}

// keepWord lists a word that has no place of its own, so that nothing a source says is lost.
func (b *builder) keepWord(w *said) {
	word := b.wordOf(w)
	if word.Text == "" {
		word.Text = w.c.ValueText()
	}
	b.t.Others = append(b.t.Others, word)
}

func (b *builder) wordOf(w *said) freight.Word {
	word := freight.Word{Provenance: provenance(w.o), Fact: w.c.Fact, Type: w.c.Value.Type, Text: w.valueText()}
	if w.stop != nowhere {
		word.Stop = b.t.Stops[w.stop].Seq
	}
	if !w.c.At.IsZero() {
		word.At = b.reckon(w.c.At, b.clockFor(w), dayEnd).at
	}
	return word
}

// buildPosition sets where the truck was last, by occurrence. One told without a point gets that of its city.
func (b *builder) buildPosition() {
	words := b.of(positionWords)
	var best *freight.Position
	for i := range words {
		w := &words[i]
		if w.c.Value.None || w.c.Value.Place.IsZero() {
			continue
		}
		p := freight.Position{Provenance: provenance(w.o), At: b.saidAt(w), Place: w.c.Value.Place}
		if best == nil || p.At.After(best.At) || p.At.Equal(best.At) && compareProvenance(p.Provenance, best.Provenance) > 0 {
			best = &p
		}
	}
	if best != nil && !best.Place.HasPoint() && b.resolver != nil {
		best.Place.Lat, best.Place.Lon, _, best.Coarse = b.resolver.Point(best.Place)
	}
	b.t.Position = best
}
