package wire

import (
	"time"

	"tracedesk/backend/freight"
)

// Records makes records of a body, one after the other, for whoever reads them; a connector's reader embeds it.
type Records struct {
	Source  freight.Source
	Names   []freight.Reference // by which the body calls the load that is being read
	Faults  int                 // so far
	yield   func(freight.Record, error) bool
	n       int
	stopped bool
	making  freight.Record
}

// NewRecords begins with the first record.
func NewRecords(source freight.Source, yield func(freight.Record, error) bool) Records {
	return Records{Source: source, yield: yield}
}

// Observation is an envelope with its place in the body.
func (r *Records) Observation(p Piece, where string) freight.Observation {
	return freight.Observation{Source: r.Source, Channel: freight.ByAPI, Names: r.Names, Raw: freight.Raw{Where: where, Offset: p.Offset, Length: len(p.Bytes)}}
}

// Say adds an observation to the record, if it claims anything.
func (r *Records) Say(o freight.Observation) {
	if len(o.Claims) > 0 {
		r.making.Observations = append(r.making.Observations, o)
	}
}

// Fault notes something that could not be read, with its bytes.
func (r *Records) Fault(p Piece, where, reason string) {
	if where == "" {
		where = "body"
	}
	r.Faults++
	r.making.Faults = append(r.making.Faults, freight.Fault{Where: where, Offset: p.Offset, Reason: reason, Raw: p.Bytes, Source: r.Source})
}

// When takes a time as it was read; what is none is a fault, and the rest of its piece is read without it.
func (r *Records) When(p Piece, where string, w freight.When, err error) freight.When {
	if err != nil {
		r.Fault(p, where, err.Error()+"; the rest was read without it")
	}
	return w
}

// Send hands the record over, if there is anything in it, and begins the next.
func (r *Records) Send() {
	if len(r.making.Observations)+len(r.making.Faults) == 0 || r.stopped {
		return
	}
	r.n++
	r.making.N = r.n
	r.stopped = !r.yield(r.making, nil)
	r.making = freight.Record{}
}

// Stopped reports whether nobody reads any more.
func (r *Records) Stopped() bool { return r.stopped }

// Stated is the instant at which something was said, UTC where it carries no mark; the zero time where it is not told.
func Stated(written Text) time.Time {
	w, err := When(written.String())
	if err != nil || w.IsZero() {
		return time.Time{}
	}
	return time.Unix(w.Sec, 0).UTC()
}
