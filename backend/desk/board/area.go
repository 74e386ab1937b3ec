package board

import (
	"context"
	"encoding/hex"
	"slices"
	"strconv"
	"sync"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// Area answers the board's questions.
type Area struct {
	desk    *desk.Desk
	columns *columns

	mu    sync.Mutex
	views map[string]*view
	next  int
}

// New is the area over an open desk.
func New(d *desk.Desk) *Area {
	return &Area{desk: d, columns: newColumns(d.Store, d.Ledger.News()), views: map[string]*view{}}
}

// view is an order that stays until it is opened again.
type view struct {
	spec    ViewSpec
	order   []int64
	counts  Counts
	pending int
	fresh   int
	seq     int64 // counts and pending are of this announcement
	counted time.Time
	used    time.Time
}

// keptViews is how many views are remembered; the one longest unused is forgotten first.
const keptViews = 32

// recount is how long a view's counts may lag behind: counting walks the whole board.
const recount = time.Second

// Open orders and counts the live board by a filter. The order stays until it is opened again.
func (a *Area) Open(ctx context.Context, spec ViewSpec) (View, error) {
	seq, err := a.columns.refresh(ctx)
	if err != nil {
		return View{}, err
	}
	entries, counts := a.choose(spec)
	v := &view{spec: spec, order: make([]int64, len(entries)), counts: counts, seq: seq, counted: time.Now(), used: time.Now()}
	for i, e := range entries {
		v.order[i] = e.load
	}
	found, err := a.find(ctx, v.order, spec.Find)
	if err != nil {
		return View{}, err
	}
	return View{View: a.keep(v), Count: len(v.order), Counts: counts, Groups: groupsOf(entries, spec.Group), Found: found, Seq: seq, AsOf: a.desk.Now()}, nil
}

// find is the place of a load in an order, -1 when it has none; id is 32 hex digits.
func (a *Area) find(ctx context.Context, order []int64, id string) (int, error) {
	var uid freight.LoadID
	if len(id) != 2*len(uid) {
		return -1, nil
	}
	if _, err := hex.Decode(uid[:], []byte(id)); err != nil {
		return -1, nil
	}
	load, err := a.desk.Store.LoadByUID(ctx, uid)
	if err == store.ErrNotFound {
		return -1, nil
	}
	return slices.Index(order, load.ID), err
}

// choose is what a spec chooses now; "me" is whoever works here.
func (a *Area) choose(spec ViewSpec) ([]*entry, Counts) {
	if spec.Filter.Owner == me {
		spec.Filter.Owner = a.desk.Person("")
	}
	return a.columns.choose(spec, a.desk.Now())
}

// me stands for the desk's person in a filter.
const me = "me"

func (a *Area) keep(v *view) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.views) >= keptViews {
		oldest := ""
		for id, other := range a.views {
			if oldest == "" || other.used.Before(a.views[oldest].used) {
				oldest = id
			}
		}
		delete(a.views, oldest)
	}
	a.next++
	id := strconv.Itoa(a.next)
	a.views[id] = v
	return id
}

func groupsOf(entries []*entry, key GroupKey) freight.List[Group] {
	if key == NoGroup {
		return nil
	}
	name := grouper(key)
	var out freight.List[Group]
	for i, e := range entries {
		if n := len(out); n > 0 && out[n-1].Name == name(e) {
			out[n-1].Count++
			continue
		}
		out = append(out, Group{Name: name(e), From: i, Count: 1})
	}
	return out
}

// Rows reads [from, to) of a view: the fixed order with the loads' present values.
func (a *Area) Rows(ctx context.Context, id string, from, to int) (Rows, error) {
	seq, err := a.columns.refresh(ctx)
	if err != nil {
		return Rows{}, err
	}
	a.mu.Lock()
	v, ok := a.views[id]
	if !ok {
		a.mu.Unlock()
		return Rows{}, desk.NotFound("That view was forgotten; open it again.")
	}
	v.used = time.Now()
	if v.seq != seq && time.Since(v.counted) > recount {
		a.recount(v, seq)
	}
	out := Rows{View: id, From: from, Count: len(v.order), Counts: v.counts, Pending: v.pending, Fresh: v.fresh, Seq: seq, AsOf: a.desk.Now()}
	order := v.order[min(from, len(v.order)):min(to, len(v.order))]
	a.mu.Unlock()
	lines, err := a.desk.Store.Lines(ctx, order)
	if err != nil {
		return Rows{}, err
	}
	for _, load := range order {
		row, err := a.row(ctx, lines, load, a.desk.Now())
		if err != nil {
			return Rows{}, err
		}
		out.Rows = append(out.Rows, row)
	}
	return out, nil
}

// recount sees what the view would be if it were opened now: how many stand where, and how many loads would enter, leave
// or move.
func (a *Area) recount(v *view, seq int64) {
	entries, counts := a.choose(v.spec)
	v.counts, v.seq, v.counted, v.pending, v.fresh = counts, seq, time.Now(), 0, 0
	had := make(map[int64]int, len(v.order))
	for i, load := range v.order {
		had[load] = i
	}
	last := -1
	for _, e := range entries {
		at, ok := had[e.load]
		switch {
		case !ok:
			v.pending++
			v.fresh++
		case at < last:
			v.pending++
		default:
			last = at
		}
		delete(had, e.load)
	}
	v.pending += len(had)
}

// row is one load's line at now: the one on file where it still holds, else judged anew.
func (a *Area) row(ctx context.Context, lines map[int64]store.Line, load int64, now time.Time) (Row, error) {
	line, ok := lines[load]
	if !ok {
		return Row{Attention: Attention{Level: freight.DoneDay, Why: "No longer on file."}}, nil
	}
	if !line.Holds(now) {
		view, err := a.desk.Ledger.View(ctx, load, time.Time{}, now)
		if err != nil {
			return Row{}, err
		}
		id := line.Row.ID
		line.Row = ledger.Row(&view.Timeline, view.Verdict)
		line.Row.ID = id
	}
	return FromRow(&line.Row, now), nil
}

// FromRow is a projected row as screens and commands receive it.
func FromRow(r *freight.BoardRow, now time.Time) Row {
	row := Row{ID: hex.EncodeToString(r.ID[:]), Load: r.Load, Customer: r.Customer, Carrier: r.Carrier, Mode: r.Mode, State: r.State, Tracking: r.Tracking,
		Attention: Attend(r.Attention, now), Origin: r.Origin, Dest: r.Dest, Stops: r.Stops, Flags: r.Flags, Owner: r.Owner, Gone: r.Gone, OneSided: r.OneSided,
		Papers: Papers{POP: paper(r.Papers[freight.POP]), POD: paper(r.Papers[freight.POD])}}
	for _, ref := range r.Refs {
		row.Refs = append(row.Refs, Ref{Type: ref.Type, Value: ref.Value})
	}
	if n := r.Next; n != nil {
		row.NextStop = &NextStop{Seq: n.Seq, Kind: n.Kind, Place: n.Place, Zone: n.Zone, ETA: desk.InZone(n.ETA, n.Zone), ETABy: n.ETABy, Status: n.Status}
		if !n.Start.IsZero() || !n.End.IsZero() {
			row.NextStop.Window = &Window{Start: desk.InZone(n.Start, n.Zone), End: desk.InZone(n.End, n.Zone)}
		}
	}
	h := &r.Heard
	row.Heard = Heard{TMS: desk.Moment(h.TMS), Visibility: desk.Moment(h.Visibility), Carrier: desk.Moment(h.Carrier), Phone: desk.Moment(h.Phone)}
	if r.News != nil {
		row.LastNews = &News{At: r.News.At, Source: r.News.Source.String(), Text: r.News.Text}
	}
	return row
}

func paper(p freight.PaperState) freight.PaperState {
	if p == "" {
		return freight.PaperMissing
	}
	return p
}

// Attend is attention as it is told at now.
func Attend(a freight.Attention, now time.Time) Attention {
	out := Attention{Level: a.Level, Why: a.Why, Rule: a.Rule}
	if a.Dated() {
		due, minutes := a.Due, int(a.Due.Sub(now).Round(time.Minute)/time.Minute)
		out.Due, out.Minutes = &due, &minutes
	}
	return out
}

// Changes names what changed after since, at once.
func (a *Area) Changes(ctx context.Context, since int64) (Changes, error) {
	seq, loads, all := a.desk.Ledger.News().Since(since)
	out := Changes{Seq: seq, Resync: all, Desk: seq != since && len(loads) == 0}
	for _, id := range loads {
		l, err := a.desk.Store.Load(ctx, id)
		if err == store.ErrNotFound {
			continue
		}
		if err != nil {
			return out, err
		}
		out.Loads = append(out.Loads, l.UID.String())
	}
	return out, nil
}

// Await is Changes, but waits until there is something after since.
func (a *Area) Await(ctx context.Context, since int64) (Changes, error) {
	changes, stop := a.desk.Ledger.News().Listen()
	defer stop()
	for a.desk.Ledger.News().Seq() == since {
		select {
		case <-changes:
		case <-ctx.Done():
			return Changes{}, ctx.Err()
		}
	}
	return a.Changes(ctx, since)
}
