package ledger

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// prepared is a record made ready off the writer's thread: received, identified, digested and encoded.
type prepared struct {
	rec    freight.Record
	bodies [][]byte
	said   [][]byte
	err    error
}

// prepareAhead is how many chunks may wait for the writer, and chunkSize how many records are in one: memory stays flat at
// any size of file.
const (
	prepareAhead = 8
	chunkSize    = 256
)

func (r *run) prepare(ctx context.Context, records iter.Seq2[freight.Record, error]) <-chan []prepared {
	out := make(chan []prepared, prepareAhead)
	go func() {
		defer close(out)
		chunk := make([]prepared, 0, chunkSize)
		send := func() bool {
			select {
			case out <- chunk:
				chunk = make([]prepared, 0, chunkSize)
				return true
			case <-ctx.Done():
				return false
			}
		}
		for rec, err := range records {
			if err != nil {
				chunk = append(chunk, prepared{err: &UnreadableError{err}})
				send()
				return
			}
			chunk = append(chunk, r.prepareOne(rec))
			if len(chunk) == chunkSize && !send() {
				return
			}
		}
		send()
	}()
	return out
}

func (r *run) prepareOne(rec freight.Record) prepared {
	p := prepared{rec: rec, bodies: make([][]byte, len(rec.Observations)), said: make([][]byte, len(rec.Observations))}
	for i := range rec.Observations {
		o := &rec.Observations[i]
		if o.StatedAt.IsZero() && o.Snapshot {
			o.StatedAt = r.stated
		}
		r.l.date(o, r.received)
		if !r.spec.Known || o.ID.IsZero() {
			o.ID = o.Identify()
		}
		if o.Snapshot {
			p.said[i] = digest(o.Claims)
		}
		p.bodies[i] = r.encode(o)
	}
	return p
}

// encode is the stored form of an observation. Those of many lie in one piece of memory, one behind the other.
func (r *run) encode(o *freight.Observation) []byte {
	if cap(r.encoded)-len(r.encoded) < mostOfOne {
		r.encoded = make([]byte, 0, 64*mostOfOne)
	}
	from := len(r.encoded)
	r.encoded = store.AppendObservation(r.encoded, o)
	return r.encoded[from:len(r.encoded):len(r.encoded)]
}

// mostOfOne is how many bytes an observation mostly takes at most.
const mostOfOne = 1 << 10

// store appends everything in short transactions.
func (r *run) store(ctx context.Context, records iter.Seq2[freight.Record, error]) error {
	inner, stop := context.WithCancel(ctx)
	chunks := r.prepare(inner, records)
	defer func() { // the reader must have let go of the file before the caller closes it
		stop()
		for range chunks {
		}
	}()
	var pending []prepared
	for {
		if len(pending) == 0 {
			var ok bool
			if pending, ok = <-chunks; !ok {
				return ctx.Err()
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		var left []prepared
		before := *r.row
		err := r.l.store.Write(ctx, func(tx *store.Tx) (err error) {
			left, err = r.storeBatch(tx, pending, chunks)
			if err != nil {
				return err
			}
			return tx.SaveRun(r.row)
		})
		if err != nil {
			*r.row = before
			return err
		}
		pending = left
		r.progress(freight.Progress{Stage: "storing", Records: r.row.Records})
	}
}

// storeBatch stores records, as many as are ready, until the batch's time is up. It returns what is left of the last chunk.
func (r *run) storeBatch(tx *store.Tx, pending []prepared, more <-chan []prepared) ([]prepared, error) {
	r.m.tx = tx
	r.m.forget()
	began := time.Now()
	for {
		if err := r.m.lookAhead(pending); err != nil {
			return nil, err
		}
		for i := range pending {
			p := &pending[i]
			if p.err != nil {
				return nil, p.err
			}
			if err := r.storeRecord(tx, p); err != nil {
				return nil, fmt.Errorf("record %d: %w", p.rec.N, err)
			}
			*p = prepared{} // let it go: a run must not hold a file
			if i%16 == 15 && time.Since(began) > batchTime {
				return pending[i+1:], r.file()
			}
		}
		select {
		case pending = <-more: // nothing once the reader is through
		default:
			pending = nil
		}
		if pending == nil {
			return nil, r.file()
		}
	}
}

func (r *run) storeRecord(tx *store.Tx, p *prepared) error {
	if p.rec.N <= r.skip {
		return r.recall(tx, p)
	}
	for i := range p.rec.Observations {
		if err := r.storeObservation(tx, &p.rec.Observations[i], p.bodies[i], p.said[i]); err != nil {
			return err
		}
	}
	if len(p.rec.Faults) > 0 { // what waits for a person stands in the order of the file
		if err := r.write(); err != nil {
			return err
		}
	}
	for i := range p.rec.Faults {
		f := &p.rec.Faults[i]
		it := store.Item{Run: r.row.ID, Source: f.Source, Where: f.Where, Offset: f.Offset, Reason: f.Reason, Raw: f.Raw, ReceivedAt: r.received}
		if err := r.quarantine(tx, &it); err != nil {
			return err
		}
	}
	r.row.Records++
	r.row.Done = p.rec.N
	return nil
}

// quarantine files an item and names it in the result.
func (r *run) quarantine(tx *store.Tx, it *store.Item) error {
	r.row.Quarantined++
	if len(r.faults) < mostFaults {
		r.faults = append(r.faults, freight.Fault{Where: it.Where, Offset: it.Offset, Reason: it.Reason})
	}
	return tx.Quarantine(it)
}

// recall goes again over a record that was stored before a crash, for what a run keeps in memory until it is visible: the
// loads it listed, and the links it will make. It matches nothing anew, since more is on file now than there was then.
func (r *run) recall(tx *store.Tx, p *prepared) error {
	for i := range p.rec.Observations {
		o := &p.rec.Observations[i]
		if o.Snapshot {
			if err := r.recallRow(tx, o, p.said[i]); err != nil {
				return err
			}
			continue
		}
		waits, linked, err := r.m.loadless(o)
		if err != nil {
			return err
		}
		if !waits || linked {
			continue
		}
		found, err := r.m.find(o)
		if err == nil && found.load != 0 {
			err = r.willLink(o, found)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// recallRow is recall for a row that its source repeats.
func (r *run) recallRow(tx *store.Tx, o *freight.Observation, said []byte) error {
	if !ownNumber(o) {
		return nil
	}
	load, _, err := r.m.loadOf(freight.LoadIDOf(o.Source.Account, o.Names[0].Value), o, false)
	if err != nil {
		return err
	}
	if err := r.see(tx, o, load); err != nil {
		return err
	}
	src, err := tx.Source(o.Source)
	if err != nil {
		return err
	}
	stated, before, err := tx.Said(load, src, r.rowKey(o), 0)
	if err == nil && before != nil && string(before) == string(said) && o.StatedAt.After(stated) {
		r.still = append(r.still, stillSaid{load, src, r.rowKey(o), o.StatedAt})
	}
	return err
}

func (r *run) storeObservation(tx *store.Tx, o *freight.Observation, body, said []byte) error {
	found, err := r.m.find(o)
	if err != nil {
		return err
	}
	if found.load == 0 || !o.Snapshot {
		return r.append(o, body, found)
	}
	if err := r.see(tx, o, found.load); err != nil {
		return err
	}
	first, err := r.sayFirst(tx, o, found, said)
	if err == nil && !first {
		if err = r.seeBack(tx, o, found.load); err == nil {
			body, err = r.onlyChanges(tx, o, found.load, body, said)
		}
	}
	if err != nil || body == nil {
		return err
	}
	return r.append(o, body, found)
}

// sayFirst notes what the source says in a row of a load that this run opened; first is false for a row that was there
// before. It spares new loads, most of a first import, the look at what was said before.
func (r *run) sayFirst(tx *store.Tx, o *freight.Observation, found match, said []byte) (first bool, err error) {
	if found.fresh {
		r.opened[found.load] = struct{}{}
	} else if _, ours := r.opened[found.load]; !ours {
		return false, nil
	}
	src, err := tx.Source(o.Source)
	if err != nil {
		return false, err
	}
	if err := r.m.touch(found.load); err != nil {
		return false, err
	}
	return tx.SayFirst(found.load, src, r.rowKey(o), r.row.ID, o.StatedAt, said)
}

// see notes that the source listed the load: contact, though not news.
func (r *run) see(tx *store.Tx, o *freight.Observation, load int64) error {
	r.confirmed[load] = struct{}{}
	src, err := tx.Source(o.Source)
	if err != nil {
		return err
	}
	if r.tmsSeen[src] == nil {
		r.tmsSeen[src] = map[int64]struct{}{}
	}
	r.tmsSeen[src][load] = struct{}{}
	return nil
}

// seeBack notes that a load which a full export had dropped is listed again.
func (r *run) seeBack(tx *store.Tx, o *freight.Observation, load int64) error {
	if r.lastBack == load { // rows of one load mostly follow each other
		return nil
	}
	r.lastBack = load
	src, err := tx.Source(o.Source)
	if err != nil || r.spec.Full {
		return err
	}
	gone, _, err := tx.GoneOrDone(load)
	if gone {
		r.back[load] = src
	}
	return err
}

func (r *run) rowKey(o *freight.Observation) string { return r.spec.Layout + o.SnapshotKey }

func (r *run) remember(tx *store.Tx, o *freight.Observation, load int64, said []byte) error {
	src, err := tx.Source(o.Source)
	if err != nil {
		return err
	}
	if err := r.m.touch(load); err != nil { // by which a cancelled run finds what it wrote
		return err
	}
	return tx.SetSaid(load, src, r.rowKey(o), r.row.ID, o.StatedAt, said)
}

// onlyChanges cuts a repeated row down to what its source has not said before; nil when there is nothing.
func (r *run) onlyChanges(tx *store.Tx, o *freight.Observation, load int64, body, said []byte) ([]byte, error) {
	src, err := tx.Source(o.Source)
	if err != nil {
		return nil, err
	}
	stated, before, err := tx.Said(load, src, r.rowKey(o), r.row.ID)
	if err != nil {
		return nil, err
	}
	if before != nil && o.EventID != "" && string(before) != string(said) {
		heard, err := r.heardBefore(o, load)
		if heard || err != nil {
			r.row.Duplicates++
			return nil, err
		}
	}
	if before != nil && r.tied(o, stated) {
		again := string(before) == string(said)
		if !again {
			again, err = r.saidThen(o, load, said, before)
		}
		if again || err != nil {
			r.row.Duplicates++
			return nil, err
		}
		o.StatedAt = stated.Add(time.Nanosecond)
	}
	if before != nil && o.StatedAt.Before(stated) {
		return r.late(tx, o, load, stated, before, said)
	}
	if before != nil && string(before) == string(said) {
		r.row.Duplicates++
		if o.StatedAt.After(stated) {
			r.still = append(r.still, stillSaid{load, src, r.rowKey(o), o.StatedAt})
		}
		return nil, nil
	}
	if err := r.remember(tx, o, load, said); err != nil || before == nil {
		return body, err
	}
	news, gone := changed(o.Claims, said, before)
	if news, gone, err = r.notMoved(tx, o, load, src, news, gone); err != nil {
		return nil, err
	}
	none, err := r.takenAway(load, o.Source, gone)
	if err != nil {
		return nil, err
	}
	o.Claims = append(news[:len(news):len(news)], none...)
	if len(o.Claims) == 0 { // the same claims in another order
		r.row.Duplicates++
		return nil, nil
	}
	o.ID = o.Identify()
	return store.EncodeObservation(o)
}

// heardBefore reports whether this very message of the source is on file.
func (r *run) heardBefore(o *freight.Observation, load int64) (bool, error) {
	log, err := r.log(load)
	return slices.ContainsFunc(log, func(old freight.Observation) bool {
		return old.Source == o.Source && old.EventID == o.EventID && old.SnapshotKey == o.SnapshotKey
	}), err
}

// tied reports whether nothing but the order of arrival tells which of two words of a source is the later one: a tender, its
// change and its cancellation in one file, two files of one minute. The later ones are set a nanosecond apart.
func (r *run) tied(o *freight.Observation, stated time.Time) bool {
	apart := stated.Sub(r.stated)
	return o.StatedAt.Equal(r.stated) && apart >= 0 && apart < time.Millisecond
}

// notMoved leaves out what only moved to another row of the same load: a sheet with a row a stop says the load's own facts on
// the first of its rows, whichever that is today.
func (r *run) notMoved(tx *store.Tx, o *freight.Observation, load, src int64, news []freight.Claim, gone []uint32) ([]freight.Claim, []uint32, error) {
	if len(gone) == 0 && !slices.ContainsFunc(news, ofWholeLoad) {
		return news, gone, nil
	}
	rows, err := tx.SaidBeside(load, src, r.spec.Layout, r.rowKey(o), r.row.ID)
	if err != nil || len(rows) == 0 {
		return news, gone, err
	}
	beside := digests(rows...)
	var buf []byte
	news = slices.DeleteFunc(news, func(c freight.Claim) bool {
		what, says := claimDigest(&c, &buf)
		word, ok := beside[what]
		return ok && word == says
	})
	gone = slices.DeleteFunc(gone, func(what uint32) bool { return containsKey(beside, what) })
	return news, gone, nil
}

func ofWholeLoad(c freight.Claim) bool {
	return c.Subject.Kind == freight.OfLoad && c.Subject.Stop.Seq == 0
}

// saidThen reports whether all that a tied row would change was said in the same instant before: its file comes again.
func (r *run) saidThen(o *freight.Observation, load int64, said, before []byte) (bool, error) {
	log, err := r.log(load)
	if err != nil {
		return false, err
	}
	then := map[uint64]bool{}
	var buf []byte
	for i := range log {
		if !log[i].Snapshot || log[i].Source != o.Source || !r.tied(&freight.Observation{StatedAt: r.stated}, log[i].StatedAt) {
			continue
		}
		for j := range log[i].Claims {
			what, says := claimDigest(&log[i].Claims[j], &buf)
			then[uint64(what)<<32|uint64(says)] = true
		}
	}
	news, _ := changed(o.Claims, said, before)
	for i := range news {
		what, says := claimDigest(&news[i], &buf)
		if !then[uint64(what)<<32|uint64(says)] {
			return false, nil
		}
	}
	return len(news) > 0, nil
}

// late is a row of an older export that came after a newer one: what it changed in its day is kept. What the newer one only
// repeated stands in the log from before both, and is said again at the newer one's time, or it would lose.
func (r *run) late(tx *store.Tx, o *freight.Observation, load int64, stated time.Time, newest, said []byte) ([]byte, error) {
	log, err := r.log(load)
	if err != nil {
		return nil, err
	}
	news, again := inBetween(log, o, newest, said)
	if len(news) == 0 {
		r.row.Duplicates++
		return nil, nil
	}
	if len(again) > 0 {
		reminder := *o
		reminder.EventID = ""
		reminder.StatedAt, reminder.Claims, reminder.Text = stated, again, "said so by a later export, which came before this older one"
		reminder.ID = reminder.Identify()
		r.saw(&reminder)
		body, err := store.EncodeObservation(&reminder)
		if err != nil {
			return nil, err
		}
		if _, err := tx.Append(store.Entry{Obs: &reminder, Body: body, Load: load, Terms: "load number", Run: r.row.ID}); err != nil {
			return nil, err
		}
	}
	o.Claims = news
	o.ID = o.Identify()
	return store.EncodeObservation(o)
}

func (r *run) saw(o *freight.Observation) {
	if r.spec.Seen != nil {
		r.spec.Seen(o.ID)
	}
}

func (r *run) append(o *freight.Observation, body []byte, found match) error {
	r.saw(o)
	if found.load != 0 && !o.Snapshot {
		waits, linked, err := r.m.loadless(o)
		if err != nil {
			return err
		}
		if waits {
			r.row.Duplicates++
		}
		if linked {
			return nil
		}
		if waits {
			return r.willLink(o, found)
		}
	}
	return r.later(o, body, found)
}

func (r *run) took(o *freight.Observation, found match) error {
	if found.fresh {
		r.row.New++
	}
	return r.m.took(found.load, o)
}

// willLink: the same message lies on file since it named no load then; now it does. It is linked once the run is visible,
// not stored twice.
func (r *run) willLink(o *freight.Observation, found match) error {
	if _, known := r.links[o.ID]; known {
		return nil
	}
	r.links[o.ID] = found
	r.m.take(r.m.unknown(found.load, o, found.fresh))
	return r.took(o, found)
}

// count says how many loads on file before the run brings something new to.
func (r *run) count(tx *store.Tx) (err error) {
	if err := r.file(); err != nil {
		return err
	}
	r.row.Updated, err = tx.Touched(r.row)
	return err
}
