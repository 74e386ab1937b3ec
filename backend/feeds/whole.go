package feeds

import (
	"context"
	"encoding/hex"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// Some answers list all that a system holds to have happened (connect.Whole). What stood on the last such list and does not stand on the
// next, the system has taken back; what stands there again, it tells again. Which it is follows from the bodies alone, so that it is the
// same read anew. What is told otherwise (another time for the same arrival) is a later word and is left to the rule for these.

// leftOut begins the event id of what takes back or brings back.
const leftOut = "list "

// lists is the last list about each thing, in memory: a shortcut that may be forgotten at any time.
type lists struct {
	anew bool // nothing is looked up: what bodies say is read from the first one on
	by   map[string]*listed
}

// mostLists bounds the memory.
const mostLists = 8_000

// listed is a list: what stands on it by what it is called, and what was taken back since.
type listed struct {
	on   map[freight.ObservationID]entry
	gone map[freight.ObservationID]freight.Observation
}

// entry is what stands on a list.
type entry struct {
	key   string // what it is about
	names []freight.Reference
}

// listing compares one body with the list before it.
type listing struct {
	of     connect.Whole
	body   *store.RawBody
	last   *listed
	now    listed
	broken bool // it could not be read whole, so that what is not on it proves nothing
}

func newListing(of connect.Whole, b *store.RawBody) *listing {
	return &listing{of: of, body: b, now: listed{on: map[freight.ObservationID]entry{}, gone: map[freight.ObservationID]freight.Observation{}}}
}

// listing is for a body that is a whole list; nil for any other.
func (e *Engine) listing(ctx context.Context, a *account, in *lists, b *store.RawBody) (*listing, error) {
	of, ok := a.conn.(connect.Whole)
	if !ok || !of.Whole(b.About) {
		return nil, nil
	}
	if len(in.by) > mostLists && !in.anew {
		in.by = nil
	}
	if in.by == nil {
		in.by = map[string]*listed{}
	}
	l := newListing(of, b)
	l.last = in.by[b.About]
	if l.last == nil && !in.anew {
		last, err := e.lastList(ctx, a, of, b)
		if err != nil {
			return nil, err
		}
		l.last = last
	}
	in.by[b.About] = &l.now
	return l, nil
}

// soundAtMost is how many broken lists are passed over in search of a sound one.
const soundAtMost = 5

// lastList is the last list before a body that could be read whole, as it is on file; nil for none.
func (e *Engine) lastList(ctx context.Context, a *account, of connect.Whole, b *store.RawBody) (*listed, error) {
	for range soundAtMost {
		before, err := e.opt.Store.BodyBefore(ctx, b)
		if err != nil || before == nil {
			return nil, err
		}
		if l := e.readList(ctx, a, of, before); !l.broken {
			return &l.now, e.leftOutOf(ctx, a, before.Load, l.now.gone)
		}
		b = before
	}
	return nil, nil
}

func (e *Engine) readList(ctx context.Context, a *account, of connect.Whole, b *store.RawBody) *listing {
	l := newListing(of, b)
	draw := newDrawing(a, b, e.askedAbout(ctx, b.Load), time.Time{})
	for rec, err := range a.conn.Read(connect.Body{Media: b.Media, About: b.About, Bytes: b.Bytes, At: b.ReceivedAt}) {
		draw.finish(&rec)
		l.hear(&rec)
		l.broken = l.broken || err != nil
	}
	return l
}

// leftOutOf finds what lists about a load took back, where the load was asked about by the desk.
func (e *Engine) leftOutOf(ctx context.Context, a *account, load int64, gone map[freight.ObservationID]freight.Observation) error {
	if load == 0 {
		return nil
	}
	log, err := e.opt.Store.Observations(ctx, load, time.Time{})
	back := backOf(log)
	for i := range log {
		if o := &log[i]; o.Source == a.source() && strings.HasPrefix(o.EventID, leftOut) && back.stands(o.ID) {
			gone[o.Retracts] = *o
		}
	}
	return err
}

// hear notes what stands on the list. It may be called on a nil listing, as may end.
func (l *listing) hear(rec *freight.Record) {
	if l == nil {
		return
	}
	l.broken = l.broken || len(rec.Faults) > 0
	for i := range rec.Observations {
		o := &rec.Observations[i]
		key := l.of.Listed(o)
		if key == "" {
			continue
		}
		id := o.ID
		if id.IsZero() {
			id = o.Identify()
		}
		l.now.on[id] = entry{key, o.Names}
	}
}

// end is what the list took back and what it tells again. A list that could not be read whole, or that is empty, takes nothing back.
func (l *listing) end(title string) (rec freight.Record) {
	if l == nil || l.last == nil {
		return rec
	}
	if l.broken || len(l.now.on) == 0 {
		l.now = *l.last
		return rec
	}
	fresh := map[string]bool{}
	for id, e := range l.now.on {
		if _, was := l.last.on[id]; !was {
			fresh[e.key] = true
		}
	}
	for id, by := range l.last.gone {
		if e, again := l.now.on[id]; again {
			rec.Observations = append(rec.Observations, l.turn(by.ID, e.names, title+" lists this again"))
			continue
		}
		l.now.gone[id] = by
	}
	for id, e := range l.last.on {
		if _, still := l.now.on[id]; !still && !fresh[e.key] {
			o := l.turn(id, e.names, title+" lists this no longer: it took it back")
			rec.Observations = append(rec.Observations, o)
			l.now.gone[id] = o
		}
	}
	return rec
}

// note completes what was taken back with the id under which it is on file.
func (l *listing) note(o *freight.Observation) {
	if _, ours := l.now.gone[o.Retracts]; ours {
		l.now.gone[o.Retracts] = *o
	}
}

func (l *listing) turn(id freight.ObservationID, names []freight.Reference, says string) freight.Observation {
	return freight.Observation{StatedAt: l.body.ReceivedAt, Names: names, Retracts: id, Text: says,
		EventID: leftOut + hex.EncodeToString(l.body.Hash[:8]) + " " + l.body.ReceivedAt.UTC().Format(time.RFC3339Nano)}
}
