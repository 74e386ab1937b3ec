package store

import (
	"encoding/binary"
	"math"

	"tracedesk/backend/freight"
)

// Runs of a feed or a sheet encode every observation that they bring, so this is written out by hand. What it writes is byte for
// byte what the tags of the shared words say (cbor.Marshal writes the same): a map of integer keys in the order of the fields,
// without those that say nothing, each number in its shortest form and each float in eight bytes.

// AppendObservation appends what EncodeObservation gives: the envelope's inside and its claims in CBOR with integer keys. It is small,
// and old programs skip new keys.
func AppendObservation(b []byte, o *freight.Observation) []byte {
	w := words(b)
	at := w.open()
	w.text(at, 1, string(o.Channel))
	w.text(at, 2, o.EventID)
	w.yes(at, 3, o.Snapshot)
	w.text(at, 4, o.SnapshotKey)
	if len(o.Names) > 0 {
		w.key(at, 5)
		w.head(cborList, uint64(len(o.Names)))
		for i := range o.Names {
			w.name(&o.Names[i])
		}
	}
	if !o.Retracts.IsZero() {
		w.key(at, 6)
		w.head(cborBytes, uint64(len(o.Retracts)))
		w = append(w, o.Retracts[:]...)
	}
	w.text(at, 7, o.By)
	if o.Raw != (freight.Raw{}) {
		w.key(at, 8)
		in := w.open()
		w.text(in, 1, o.Raw.Where)
		w.whole(in, 2, o.Raw.Offset)
		w.whole(in, 3, int64(o.Raw.Length))
	}
	w.text(at, 9, o.Text)
	if len(o.Claims) > 0 {
		w.key(at, 10)
		w.head(cborList, uint64(len(o.Claims)))
		for i := range o.Claims {
			w.claim(&o.Claims[i])
		}
	}
	return w
}

// words are CBOR in the making.
type words []byte

// The major types of CBOR (RFC 8949, 3.1).
const (
	cborWhole    = 0 << 5
	cborNegative = 1 << 5
	cborBytes    = 2 << 5
	cborText     = 3 << 5
	cborList     = 4 << 5
	cborMap      = 5 << 5
	cborTrue     = 7<<5 | 21
	cborFloat16  = 7<<5 | 25 // for what is no number
	cborFloat64  = 7<<5 | 27
)

// open begins a map of fewer than 24 keys, all of them below 24, and gives its place, by which key counts them.
func (w *words) open() int {
	*w = append(*w, cborMap)
	return len(*w) - 1
}

func (w *words) key(at int, key byte) {
	(*w)[at]++
	*w = append(*w, key)
}

func (w *words) head(major byte, n uint64) {
	switch {
	case n < 24:
		*w = append(*w, major|byte(n))
	case n <= math.MaxUint8:
		*w = append(*w, major|24, byte(n))
	case n <= math.MaxUint16:
		*w = binary.BigEndian.AppendUint16(append(*w, major|25), uint16(n))
	case n <= math.MaxUint32:
		*w = binary.BigEndian.AppendUint32(append(*w, major|26), uint32(n))
	default:
		*w = binary.BigEndian.AppendUint64(append(*w, major|27), n)
	}
}

func (w *words) text(at int, key byte, s string) {
	if s != "" {
		w.key(at, key)
		w.string(s)
	}
}

func (w *words) string(s string) {
	w.head(cborText, uint64(len(s)))
	*w = append(*w, s...)
}

func (w *words) whole(at int, key byte, n int64) {
	if n == 0 {
		return
	}
	w.key(at, key)
	if n < 0 {
		w.head(cborNegative, uint64(-1-n))
		return
	}
	w.head(cborWhole, uint64(n))
}

func (w *words) float(at int, key byte, f float64) {
	if f == 0 {
		return
	}
	w.key(at, key)
	switch {
	case math.IsNaN(f):
		*w = append(*w, cborFloat16, 0x7e, 0)
	case math.IsInf(f, 1):
		*w = append(*w, cborFloat16, 0x7c, 0)
	case math.IsInf(f, -1):
		*w = append(*w, cborFloat16, 0xfc, 0)
	default:
		*w = binary.BigEndian.AppendUint64(append(*w, cborFloat64), math.Float64bits(f))
	}
}

func (w *words) yes(at int, key byte, b bool) {
	if b {
		w.key(at, key)
		*w = append(*w, cborTrue)
	}
}

func (w *words) name(r *freight.Reference) {
	at := w.open()
	w.key(at, 1)
	w.string(string(r.Type))
	w.key(at, 2)
	w.string(r.Value)
	w.text(at, 3, r.Scope)
	w.text(at, 4, r.Note)
}

func (w *words) claim(c *freight.Claim) {
	at := w.open()
	if s := &c.Subject; *s != (freight.Subject{}) {
		w.key(at, 1)
		w.subject(s)
	}
	w.key(at, 2)
	w.string(string(c.Fact))
	w.when(at, 3, &c.At)
	if v := &c.Value; *v != (freight.Value{}) {
		w.key(at, 4)
		w.value(v)
	}
}

func (w *words) subject(s *freight.Subject) {
	at := w.open()
	w.whole(at, 1, int64(s.Kind))
	if stop := &s.Stop; *stop != (freight.StopRef{}) {
		w.key(at, 2)
		in := w.open()
		w.whole(in, 1, int64(stop.Seq))
		w.text(in, 2, stop.ID)
		w.text(in, 3, string(stop.Side))
		w.place(in, 4, &stop.Place)
	}
	w.text(at, 3, s.Key)
}

func (w *words) value(v *freight.Value) {
	at := w.open()
	w.yes(at, 1, v.None)
	w.text(at, 2, v.Text)
	w.text(at, 3, v.Type)
	w.text(at, 4, v.Scope)
	w.text(at, 5, v.Note)
	w.float(at, 6, v.Num)
	w.float(at, 7, v.Num2)
	w.whole(at, 8, int64(v.Has))
	w.text(at, 9, v.Unit)
	w.when(at, 10, &v.Start)
	w.when(at, 11, &v.End)
	w.place(at, 12, &v.Place)
}

func (w *words) when(at int, key byte, t *freight.When) {
	if t.IsZero() {
		return
	}
	w.key(at, key)
	in := w.open()
	w.whole(in, 1, int64(t.Basis))
	w.whole(in, 2, t.Sec)
	w.whole(in, 3, int64(t.Offset))
	w.text(in, 4, t.Zone)
	w.text(in, 5, t.Written)
}

func (w *words) place(at int, key byte, p *freight.Place) {
	if *p == (freight.Place{}) {
		return
	}
	w.key(at, key)
	in := w.open()
	w.text(in, 1, p.Facility)
	w.text(in, 2, p.Address)
	w.text(in, 3, p.City)
	w.text(in, 4, p.State)
	w.text(in, 5, p.Postal)
	w.text(in, 6, p.Country)
	w.float(in, 7, p.Lat)
	w.float(in, 8, p.Lon)
	w.text(in, 9, p.Zone)
}
