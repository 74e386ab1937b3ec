package feeds

import (
	"maps"
	"sync"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// Systems repeat themselves: every answer about a load is the whole of its history. What the last bodies about a thing said is kept in
// memory by its id, so that only the rest has to be matched and looked for on file. It is a shortcut and may be forgotten at any time.
type heard struct {
	mu    sync.Mutex
	by    map[string]*heardOf
	total int
}

// heardOf is what was said about one thing.
type heardOf struct {
	all  *heard
	said map[freight.ObservationID]struct{} // on file
	next map[freight.ObservationID]struct{} // in the run under way
	skip int
}

// mostHeard bounds the memory: 16 bytes and some an id.
const mostHeard = 1 << 20

func (h *heard) about(b *store.RawBody) *heardOf {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.by == nil || h.total > mostHeard {
		h.by, h.total = map[string]*heardOf{}, 0
	}
	of := h.by[b.About]
	if of == nil {
		of = &heardOf{all: h, said: map[freight.ObservationID]struct{}{}, next: map[freight.ObservationID]struct{}{}}
		h.by[b.About] = of
	}
	return of
}

// sift takes out of a record what is known to be on file. Rows of a state that is repeated stay: they may have changed in between by
// another road.
func (o *heardOf) sift(rec *freight.Record) {
	o.all.mu.Lock()
	defer o.all.mu.Unlock()
	kept := rec.Observations[:0]
	for i := range rec.Observations {
		ob := &rec.Observations[i]
		if lasting(ob) {
			if _, known := o.said[ob.ID]; known {
				o.skip++
				continue
			}
			o.next[ob.ID] = struct{}{}
		}
		kept = append(kept, *ob)
	}
	rec.Observations = kept
}

// stored says that the run under way is on file, under loads; ok is false where it is not, or something of it waits in quarantine:
// then all of it is looked at again. It tells how many repetitions were left out.
func (h *heard) stored(ok bool) (skipped int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, of := range h.by {
		if len(of.next) == 0 && of.skip == 0 {
			continue
		}
		skipped += of.skip
		if ok {
			h.total += len(of.next)
			if len(of.said) == 0 {
				of.said, of.next = of.next, of.said
			}
			maps.Copy(of.said, of.next)
		}
		of.next, of.skip = map[freight.ObservationID]struct{}{}, 0
	}
	return skipped
}
