package timeline

import (
	"encoding/binary"
	"errors"
	"math"
	"time"

	"tracedesk/backend/freight"
)

// ErrState is what DecodeState answers for bytes that are no state of this version: the log must be folded anew.
var ErrState = errors.New("the stored state of the load cannot be read by this version; fold the load from its log")

// The fewest bytes that one thing takes, so that a broken count cannot ask for more memory than the bytes allow.
const (
	leastClaim       = 2
	leastObservation = 19
	leastName        = 25
)

// DecodeState reads what EncodeState wrote; for anything else the error is ErrState. The bytes may be used again afterwards.
func DecodeState(data []byte) (State, error) {
	if len(data) == 0 || data[0] != stateFormat {
		return State{}, ErrState
	}
	r := reader{data: data[1:]}
	r.tables()
	var s State
	r.summary(&s.Summary)
	r.claims = make([]freight.Claim, r.countOf(leastClaim))
	s.Observations = make([]freight.Observation, r.countOf(leastObservation))
	for i := range s.Observations {
		r.observation(&s.Observations[i])
	}
	if r.broken || r.at != len(r.data) || len(r.claims) != 0 {
		return State{}, ErrState
	}
	if len(s.Observations) == 0 {
		s.Observations = nil
	}
	return s, nil
}

// reader reads data from at onwards; after the first fault it yields zeros and broken is set. It moves a number rather than
// the slice, which the garbage collector would have to be told of at every byte.
type reader struct {
	data    []byte
	at      int
	strings []string
	sources []freight.Source
	claims  []freight.Claim // made at once, handed out to the observations
	base    int64
	broken  bool
}

func (r *reader) fail() {
	r.broken, r.at = true, len(r.data)
}

func (r *reader) unsigned() uint64 {
	if r.at < len(r.data) {
		if c := r.data[r.at]; c < 0x80 {
			r.at++
			return uint64(c)
		}
	}
	return r.long()
}

func (r *reader) long() uint64 {
	x, n := binary.Uvarint(r.data[r.at:])
	if n <= 0 {
		r.fail()
		return 0
	}
	r.at += n
	return x
}

func (r *reader) signed() int64 {
	u := r.unsigned()
	return int64(u>>1) ^ -int64(u&1)
}

// countOf is a count of things that take at least so many bytes each.
func (r *reader) countOf(least int) int {
	n := r.unsigned()
	if n > uint64((len(r.data)-r.at)/least) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) take(n int) []byte {
	if n > len(r.data)-r.at {
		r.fail()
		return nil
	}
	r.at += n
	return r.data[r.at-n : r.at]
}

func (r *reader) tables() {
	r.strings = make([]string, r.countOf(1))
	from := r.at
	for range r.strings {
		r.take(r.countOf(1))
	}
	all := string(r.data[from:r.at]) // one copy, which the texts share
	r.at = from
	for i := range r.strings {
		n := r.countOf(1)
		r.strings[i] = all[r.at-from:][:n]
		r.take(n)
	}
	r.sources = make([]freight.Source, r.countOf(2))
	for i := range r.sources {
		r.sources[i] = freight.Source{Kind: freight.SourceKind(r.text()), Account: r.text()}
	}
	r.base = r.signed()
}

func (r *reader) text() string {
	n := r.unsigned()
	if n >= uint64(len(r.strings)) {
		r.fail()
		return ""
	}
	return r.strings[n]
}

func (r *reader) source() freight.Source {
	n := r.unsigned()
	if n >= uint64(len(r.sources)) {
		r.fail()
		return freight.Source{}
	}
	return r.sources[n]
}

func (r *reader) float() float64 { return math.Float64frombits(r.fixed()) }

func (r *reader) fixed() uint64 {
	s := r.take(8)
	if len(s) < 8 {
		return 0
	}
	var x uint64
	for i := 7; i >= 0; i-- {
		x = x<<8 | uint64(s[i])
	}
	return x
}

func (r *reader) id() (id freight.ObservationID) {
	copy(id[:], r.take(len(id)))
	return id
}

func (r *reader) time() time.Time {
	sec := r.signed() + r.base
	nanos := r.unsigned()
	if nanos >= uint64(time.Second) {
		r.fail()
		return time.Time{}
	}
	return time.Unix(sec, int64(nanos)).UTC()
}

func (r *reader) provenance() (p freight.Provenance) {
	p.Observation = r.id()
	p.Source = r.source()
	p.StatedAt = r.time()
	p.ReceivedAt = r.time()
	return p
}

func (r *reader) summary(s *Summary) {
	s.FirstAt = r.time()
	s.LastAt = r.time()
	s.Count = int(r.unsigned())
	s.Namer.Provenance = r.provenance()
	s.Namer.Number = r.text()
	if n := r.countOf(leastName); n > 0 {
		s.Names = make([]freight.KnownRef, n)
	}
	for i := range s.Names {
		n := &s.Names[i]
		n.Type = freight.RefType(r.text())
		n.Value, n.Scope, n.Note = r.text(), r.text(), r.text()
		n.Provenance = r.provenance()
	}
	if n := r.countOf(8); n > 0 {
		s.Dropped = make([]uint64, n)
	}
	for i := range s.Dropped {
		s.Dropped[i] = r.fixed()
	}
	r.seen(&s.Seen)
}

func (r *reader) observation(o *freight.Observation) {
	o.ID = r.id()
	mask := r.unsigned()
	o.Source = r.source()
	if mask&hasReceived != 0 {
		o.ReceivedAt = r.time()
	}
	if mask&hasStated != 0 {
		o.StatedAt = r.time()
	}
	if mask&hasRetracts != 0 {
		o.Retracts = r.id()
	}
	if mask&hasBy != 0 {
		o.By = r.text()
	}
	n := r.unsigned()
	if n > uint64(len(r.claims)) {
		r.fail()
		return
	}
	if n > 0 {
		o.Claims = r.claims[:n:n]
		r.claims = r.claims[n:]
	}
	for i := range o.Claims {
		r.claim(&o.Claims[i])
	}
}

func (r *reader) claim(c *freight.Claim) {
	ref, v := &c.Subject.Stop, &c.Value
	mask := r.unsigned()
	c.Fact = freight.Fact(r.text())
	v.None = mask&isNone != 0
	if mask&hasKind != 0 {
		c.Subject.Kind = freight.SubjectKind(r.unsigned())
	}
	if mask&hasSeq != 0 {
		ref.Seq = int(r.signed())
	}
	if mask&hasStopID != 0 {
		ref.ID = r.text()
	}
	if mask&hasSide != 0 {
		ref.Side = freight.Side(r.text())
	}
	if mask&hasKey != 0 {
		c.Subject.Key = r.text()
	}
	if mask&hasText != 0 {
		v.Text = r.text()
	}
	if mask&hasType != 0 {
		v.Type = r.text()
	}
	if mask&hasScope != 0 {
		v.Scope = r.text()
	}
	if mask&hasNote != 0 {
		v.Note = r.text()
	}
	if mask&hasUnit != 0 {
		v.Unit = r.text()
	}
	if mask&hasStopPlace != 0 {
		r.place(&ref.Place)
	}
	if mask&hasAt != 0 {
		r.when(&c.At)
	}
	if mask&hasNum != 0 {
		v.Num = r.float()
	}
	if mask&hasNum2 != 0 {
		v.Num2 = r.float()
	}
	if mask&hasHas != 0 {
		v.Has = uint8(r.unsigned())
	}
	if mask&hasStart != 0 {
		r.when(&v.Start)
	}
	if mask&hasEnd != 0 {
		r.when(&v.End)
	}
	if mask&hasPlace != 0 {
		r.place(&v.Place)
	}
}

func (r *reader) when(t *freight.When) {
	head := r.unsigned()
	t.Basis = freight.Basis(head & 7)
	t.Sec = r.signed() + r.base
	if head&hasOffset != 0 {
		t.Offset = int(r.signed())
	}
	if head&hasZone != 0 {
		t.Zone = r.text()
	}
	if head&hasWritten != 0 {
		t.Written = r.text()
	}
}

func (r *reader) place(p *freight.Place) {
	texts := [...]*string{&p.Facility, &p.Address, &p.City, &p.State, &p.Postal, &p.Country, &p.Zone}
	mask := r.unsigned()
	for i, t := range texts {
		if mask&(1<<i) != 0 {
			*t = r.text()
		}
	}
	if mask&(1<<len(texts)) != 0 {
		p.Lat, p.Lon = r.float(), r.float()
	}
}
