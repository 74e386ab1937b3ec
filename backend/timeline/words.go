package timeline

import (
	"bytes"
	"cmp"

	"tracedesk/backend/freight"
)

// A word is one claim with its envelope. Words with the same key compete: one source says one thing of one subject and
// fact at a time, and its later word replaces its earlier one.
type word struct {
	o *freight.Observation
	c *freight.Claim
}

// keepAll reports whether every word of the fact matters for ever: windows have a history; notes, exceptions and what people
// of the desk did add up.
func keepAll(f freight.Fact) bool {
	switch f {
	case freight.FactWindow, freight.FactOriginal, freight.FactNote, freight.FactException:
		return true
	}
	return f.Deed()
}

// streamed reports whether the fact is a reading that comes by the hundred: only the newest of a source is current,
// wherever it was taken.
func streamed(f freight.Fact) bool {
	return f == freight.FactPosition || f == freight.FactTemperature
}

// timed reports whether the fact is a word about a moment: the newest by that moment is current, also when an older one is
// told later.
func timed(f freight.Fact) bool {
	return streamed(f) || f == freight.FactETA || f == freight.FactStatus || f == freight.FactTracking
}

// openActual reports whether the claim is an event whose stop is not numbered: two of them may be two stops.
func openActual(c *freight.Claim) bool {
	return c.Subject.Stop.Seq == 0 && c.Fact.Actual()
}

// discriminator is what tells two words of one source, subject and fact apart so that both are current.
func discriminator(c *freight.Claim) (kind, value string) {
	switch c.Fact {
	case freight.FactReference, freight.FactFlag:
		return c.Value.Type, freight.NormalRef(c.Value.Text)
	case freight.FactDocument, freight.FactReason:
		return c.Value.Type, c.Value.Text
	case freight.FactDriver, freight.FactEquipment, freight.FactPaper, freight.FactPhone, freight.FactOther:
		return c.Value.Type, ""
	}
	return "", ""
}

// sameKey reports whether two words compete.
func sameKey(a, b word) bool {
	if a.c.Fact != b.c.Fact || a.o.Source != b.o.Source {
		return false
	}
	if keepAll(a.c.Fact) {
		return a.o.ID == b.o.ID && *a.c == *b.c
	}
	if streamed(a.c.Fact) {
		return a.c.Subject.Kind == b.c.Subject.Kind && a.c.Subject.Key == b.c.Subject.Key
	}
	if a.c.Subject != b.c.Subject {
		return false
	}
	if openActual(a.c) && a.c.At != b.c.At {
		return false
	}
	ak, av := discriminator(a.c)
	bk, bv := discriminator(b.c)
	return ak == bk && av == bv
}

// hash is the same for words of the same key (FNV-1a over what most often differs; sameKey has the last word).
func (w word) hash() uint64 {
	h := fnv(14695981039346656037)
	h.text(string(w.o.Source.Kind))
	h.text(w.o.Source.Account)
	h.text(string(w.c.Fact))
	s := &w.c.Subject
	h.number(uint64(s.Kind))
	h.text(s.Key)
	if streamed(w.c.Fact) {
		return uint64(h)
	}
	h.number(uint64(s.Stop.Seq))
	h.text(s.Stop.ID)
	h.text(string(s.Stop.Side))
	h.text(s.Stop.Place.City)
	if keepAll(w.c.Fact) {
		h.number(shortID(w.o.ID))
		return uint64(h)
	}
	if openActual(w.c) {
		h.number(uint64(w.c.At.Sec))
	}
	kind, value := discriminator(w.c)
	h.text(kind)
	h.text(value)
	return uint64(h)
}

type fnv uint64

func (h *fnv) text(s string) {
	x := uint64(*h)
	for i := 0; i < len(s); i++ {
		x = (x ^ uint64(s[i])) * 1099511628211
	}
	*h = fnv((x ^ 0xff) * 1099511628211)
}

func (h *fnv) number(n uint64) {
	*h = fnv((uint64(*h) ^ n ^ n>>32) * 1099511628211)
}

// compareObservations is the order of words: by when they were stated, then received, then by id.
func compareObservations(a, b *freight.Observation) int {
	if c := a.StatedAt.Compare(b.StatedAt); c != 0 {
		return c
	}
	if c := a.ReceivedAt.Compare(b.ReceivedAt); c != 0 {
		return c
	}
	return bytes.Compare(a.ID[:], b.ID[:])
}

// compare orders two words of one fact, the later the greater: by when they were stated, then received, then by the time
// that they speak of, then by id. Words about a moment are ordered by that moment first.
func (a word) compare(b word) int {
	if timed(a.c.Fact) {
		if c := cmp.Compare(roughInstant(a), roughInstant(b)); c != 0 {
			return c
		}
	}
	if c := a.o.StatedAt.Compare(b.o.StatedAt); c != 0 {
		return c
	}
	if c := a.o.ReceivedAt.Compare(b.o.ReceivedAt); c != 0 {
		return c
	}
	if c := cmp.Compare(roughInstant(a), roughInstant(b)); c != 0 {
		return c
	}
	return bytes.Compare(a.o.ID[:], b.o.ID[:])
}

// roughInstant places a reading in time without a resolver: Unix seconds, exact for instants and named zones.
// A local time counts as UTC, which is good enough to order the readings of one source among themselves.
func roughInstant(w word) int64 {
	at := w.c.At
	switch at.Basis {
	case freight.NoTime:
		return w.o.StatedAt.Unix()
	case freight.Instant:
		return at.Sec
	}
	zone := at.Zone
	if zone == "" {
		zone = w.c.Value.Place.Zone
	}
	if zone == "" {
		return at.Sec
	}
	loc, err := freight.Location(zone)
	if err != nil {
		return at.Sec
	}
	sec, _ := wallToInstant(at.Sec, loc)
	return sec
}

// shortID folds an id to eight bytes, to remember by it that an observation was counted.
func shortID(id freight.ObservationID) uint64 {
	var a, b uint64
	for i := 0; i < 8; i++ {
		a = a<<8 | uint64(id[i])
		b = b<<8 | uint64(id[8+i])
	}
	return a ^ (b<<32 | b>>32)
}
