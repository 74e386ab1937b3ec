package ledger

import (
	"slices"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// What a run appends is written together: it waits until a batch ends, until a log is read, or until there is enough of it. The numbers
// that it brings are known at once.

// mostWaiting is how many observations wait to be written; tests set it.
var mostWaiting = 256

// waiting are observations that are matched and not written yet.
type waiting struct {
	rows  []store.Entry
	found []match
}

// later has an observation written soon.
func (r *run) later(o *freight.Observation, body []byte, found match) error {
	e := store.Entry{Obs: o, Body: body, Load: found.load, Terms: found.terms, Run: r.row.ID}
	if found.load != 0 {
		if err := r.hear(&e, found.fresh); err != nil {
			return err
		}
	}
	r.waiting.rows = append(r.waiting.rows, e)
	r.waiting.found = append(r.waiting.found, found)
	if len(r.waiting.rows) < mostWaiting {
		return nil
	}
	return r.write()
}

// hear takes the numbers that an observation brings to its load, if it is none that is on file; opened says that the load was opened
// for it.
func (r *run) hear(e *store.Entry, opened bool) error {
	numbers := r.m.unknown(e.Load, e.Obs, opened)
	if len(numbers) == 0 {
		return nil
	}
	if !opened {
		onFile, err := r.onFile(e)
		if err != nil {
			return err
		}
		if onFile {
			r.m.heard = told{} // the next one may call the load by the same numbers, and be new
			return nil
		}
	}
	r.m.take(numbers)
	return nil
}

// onFile reports whether the same message is on file, or waits to be.
func (r *run) onFile(e *store.Entry) (bool, error) {
	if slices.ContainsFunc(r.waiting.rows, func(w store.Entry) bool { return w.Obs.ID == e.Obs.ID }) {
		if err := r.write(); err != nil {
			return false, err
		}
	}
	return r.m.tx.OnFile(e)
}

// write writes what waits, and counts, files and quarantines by what of it is new.
func (r *run) write() error {
	w := r.waiting
	if len(w.rows) == 0 {
		return nil
	}
	r.waiting = waiting{}
	fresh, err := r.m.tx.AppendAll(w.rows)
	if err != nil {
		return err
	}
	for i := range w.rows {
		if err := r.written(w.rows[i].Obs, w.found[i], fresh[i]); err != nil {
			return err
		}
	}
	clear(w.rows)
	r.waiting = waiting{w.rows[:0], w.found[:0]}
	return nil
}

func (r *run) written(o *freight.Observation, found match, fresh bool) error {
	if !fresh {
		r.row.Duplicates++
		return nil
	}
	r.row.Observations++
	if found.load != 0 {
		return r.took(o, found)
	}
	if found.party {
		r.m.parties = append(r.m.parties, partyOf(o))
		return nil
	}
	it := unmatchedItem(o, found, r.row.ID)
	return r.quarantine(r.m.tx, &it)
}

// log is all that is on file of a load, with what the run brings to it.
func (r *run) log(load int64) ([]freight.Observation, error) {
	if err := r.write(); err != nil {
		return nil, err
	}
	return r.m.tx.Observations(load, r.row.ID)
}

// file writes all that waits.
func (r *run) file() error {
	if err := r.write(); err != nil {
		return err
	}
	return r.m.file()
}
