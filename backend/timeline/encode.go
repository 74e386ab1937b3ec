package timeline

import (
	"encoding/binary"
	"math"
	"time"

	"tracedesk/backend/freight"
)

// The written form of a state, in this order:
//
//	format      one byte, stateFormat
//	strings     count, then length and bytes of each: every text is stored once
//	sources     count, then kind and account (string numbers)
//	base        Unix seconds from which all times count
//	summary     first, last, count, namer, names, dropped, seen
//	claims      count of all claims together
//	observations
//
// Numbers are varints, signed ones in zigzag; what is absent has a bit in a mask and no bytes. A state is a cache of the
// log: when the form changes, so does stateFormat, and old states are folded anew.
const stateFormat = 2

// Bits of an observation's mask.
const (
	hasRetracts = 1 << iota
	hasBy
	hasReceived
	hasStated
)

// Bits of a claim's mask.
const (
	hasKind = 1 << iota
	hasSeq
	hasStopID
	hasSide
	hasStopPlace
	hasKey
	hasAt
	isNone
	hasText
	hasType
	hasScope
	hasNote
	hasNum
	hasNum2
	hasHas
	hasUnit
	hasStart
	hasEnd
	hasPlace
)

// Bits beside the basis of a time.
const (
	hasOffset = 8 << iota
	hasZone
	hasWritten
)

// EncodeState writes a state compactly. It never fails for a state that Collect, Add or DecodeState made.
func EncodeState(s State) ([]byte, error) {
	w := writer{strings: make(map[string]uint64, 64), body: make([]byte, 0, 2048), base: s.Summary.FirstAt.Unix()}
	w.summary(&s.Summary)
	claims := 0
	for i := range s.Observations {
		claims += len(s.Observations[i].Claims)
	}
	w.count(claims)
	w.count(len(s.Observations))
	for i := range s.Observations {
		w.observation(&s.Observations[i])
	}
	return w.bytes(), nil
}

type writer struct {
	strings map[string]uint64
	table   []byte
	sources []freight.Source
	body    []byte
	base    int64
}

// bytes joins the tables and the body.
func (w *writer) bytes() []byte {
	sources := make([]byte, 0, 4*len(w.sources))
	for _, s := range w.sources {
		sources = binary.AppendUvarint(sources, w.number(string(s.Kind)))
		sources = binary.AppendUvarint(sources, w.number(s.Account))
	}
	out := make([]byte, 0, len(w.table)+len(sources)+len(w.body)+32)
	out = append(out, stateFormat)
	out = binary.AppendUvarint(out, uint64(len(w.strings)))
	out = append(out, w.table...)
	out = binary.AppendUvarint(out, uint64(len(w.sources)))
	out = append(out, sources...)
	out = binary.AppendVarint(out, w.base)
	return append(out, w.body...)
}

// number is the place of a text in the table.
func (w *writer) number(s string) uint64 {
	if n, ok := w.strings[s]; ok {
		return n
	}
	n := uint64(len(w.strings))
	w.strings[s] = n
	w.table = binary.AppendUvarint(w.table, uint64(len(s)))
	w.table = append(w.table, s...)
	return n
}

func (w *writer) text(s string)  { w.body = binary.AppendUvarint(w.body, w.number(s)) }
func (w *writer) count(n int)    { w.body = binary.AppendUvarint(w.body, uint64(n)) }
func (w *writer) signed(n int64) { w.body = binary.AppendVarint(w.body, n) }
func (w *writer) float(f float64) {
	w.body = binary.LittleEndian.AppendUint64(w.body, math.Float64bits(f))
}
func (w *writer) time(t time.Time) {
	w.signed(t.Unix() - w.base)
	w.count(t.Nanosecond())
}

func (w *writer) source(s freight.Source) {
	for i, known := range w.sources {
		if known == s {
			w.count(i)
			return
		}
	}
	w.count(len(w.sources))
	w.sources = append(w.sources, s)
}

func (w *writer) provenance(p *freight.Provenance) {
	w.body = append(w.body, p.Observation[:]...)
	w.source(p.Source)
	w.time(p.StatedAt)
	w.time(p.ReceivedAt)
}

func (w *writer) summary(s *Summary) {
	w.time(s.FirstAt)
	w.time(s.LastAt)
	w.count(s.Count)
	w.provenance(&s.Namer.Provenance)
	w.text(s.Namer.Number)
	w.count(len(s.Names))
	for i := range s.Names {
		n := &s.Names[i]
		w.text(string(n.Type))
		w.text(n.Value)
		w.text(n.Scope)
		w.text(n.Note)
		w.provenance(&n.Provenance)
	}
	w.count(len(s.Dropped))
	for _, id := range s.Dropped {
		w.body = binary.LittleEndian.AppendUint64(w.body, id)
	}
	w.seen(&s.Seen)
}

func (w *writer) observation(o *freight.Observation) {
	mask := uint64(0)
	set(&mask, hasRetracts, !o.Retracts.IsZero())
	set(&mask, hasBy, o.By != "")
	set(&mask, hasReceived, !o.ReceivedAt.IsZero())
	set(&mask, hasStated, !o.StatedAt.IsZero())
	w.body = append(w.body, o.ID[:]...)
	w.body = binary.AppendUvarint(w.body, mask)
	w.source(o.Source)
	if mask&hasReceived != 0 {
		w.time(o.ReceivedAt)
	}
	if mask&hasStated != 0 {
		w.time(o.StatedAt)
	}
	if mask&hasRetracts != 0 {
		w.body = append(w.body, o.Retracts[:]...)
	}
	if mask&hasBy != 0 {
		w.text(o.By)
	}
	w.count(len(o.Claims))
	for i := range o.Claims {
		w.claim(&o.Claims[i])
	}
}

func set(mask *uint64, bit uint64, when bool) {
	if when {
		*mask |= bit
	}
}

func (w *writer) claim(c *freight.Claim) {
	ref, v := &c.Subject.Stop, &c.Value
	mask := uint64(0)
	set(&mask, hasKind, c.Subject.Kind != 0)
	set(&mask, hasSeq, ref.Seq != 0)
	set(&mask, hasStopID, ref.ID != "")
	set(&mask, hasSide, ref.Side != "")
	set(&mask, hasStopPlace, !ref.Place.IsZero())
	set(&mask, hasKey, c.Subject.Key != "")
	set(&mask, hasAt, c.At != freight.When{})
	set(&mask, isNone, v.None)
	set(&mask, hasText, v.Text != "")
	set(&mask, hasType, v.Type != "")
	set(&mask, hasScope, v.Scope != "")
	set(&mask, hasNote, v.Note != "")
	set(&mask, hasNum, v.Num != 0)
	set(&mask, hasNum2, v.Num2 != 0)
	set(&mask, hasHas, v.Has != 0)
	set(&mask, hasUnit, v.Unit != "")
	set(&mask, hasStart, v.Start != freight.When{})
	set(&mask, hasEnd, v.End != freight.When{})
	set(&mask, hasPlace, !v.Place.IsZero())
	w.body = binary.AppendUvarint(w.body, mask)
	w.text(string(c.Fact))
	if mask&hasKind != 0 {
		w.count(int(c.Subject.Kind))
	}
	if mask&hasSeq != 0 {
		w.signed(int64(ref.Seq))
	}
	for _, t := range [...]struct {
		bit  uint64
		text string
	}{{hasStopID, ref.ID}, {hasSide, string(ref.Side)}, {hasKey, c.Subject.Key}, {hasText, v.Text}, {hasType, v.Type},
		{hasScope, v.Scope}, {hasNote, v.Note}, {hasUnit, v.Unit}} {
		if mask&t.bit != 0 {
			w.text(t.text)
		}
	}
	if mask&hasStopPlace != 0 {
		w.place(&ref.Place)
	}
	if mask&hasAt != 0 {
		w.when(&c.At)
	}
	if mask&hasNum != 0 {
		w.float(v.Num)
	}
	if mask&hasNum2 != 0 {
		w.float(v.Num2)
	}
	if mask&hasHas != 0 {
		w.count(int(v.Has))
	}
	if mask&hasStart != 0 {
		w.when(&v.Start)
	}
	if mask&hasEnd != 0 {
		w.when(&v.End)
	}
	if mask&hasPlace != 0 {
		w.place(&v.Place)
	}
}

func (w *writer) when(t *freight.When) {
	head := uint64(t.Basis) & 7
	set(&head, hasOffset, t.Offset != 0)
	set(&head, hasZone, t.Zone != "")
	set(&head, hasWritten, t.Written != "")
	w.body = binary.AppendUvarint(w.body, head)
	w.signed(t.Sec - w.base)
	if head&hasOffset != 0 {
		w.signed(int64(t.Offset))
	}
	if head&hasZone != 0 {
		w.text(t.Zone)
	}
	if head&hasWritten != 0 {
		w.text(t.Written)
	}
}

func (w *writer) place(p *freight.Place) {
	texts := [...]string{p.Facility, p.Address, p.City, p.State, p.Postal, p.Country, p.Zone}
	mask := uint64(0)
	for i, t := range texts {
		set(&mask, 1<<i, t != "")
	}
	set(&mask, 1<<len(texts), p.HasPoint())
	w.body = binary.AppendUvarint(w.body, mask)
	for _, t := range texts {
		if t != "" {
			w.text(t)
		}
	}
	if p.HasPoint() {
		w.float(p.Lat)
		w.float(p.Lon)
	}
}
