package partners

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/format/x12"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// mostFiles is how many of the newest files are looked through.
const mostFiles = 500

// files are the runs that were read from X12, the newest first.
func (a *Area) files(ctx context.Context) ([]store.Run, error) {
	runs, err := a.desk.Store.RunsOf(ctx, "x12", mostFiles)
	if err != nil {
		return nil, err
	}
	more, err := a.desk.Store.RunsOf(ctx, "edifact", mostFiles)
	return append(runs, more...), err
}

// Unknown are the codes in the newest files that have no meaning, by partner.
func (a *Area) Unknown(ctx context.Context) (EdiUnknowns, error) {
	runs, err := a.files(ctx)
	if err != nil {
		return EdiUnknowns{}, err
	}
	found := map[EdiUnknown]*EdiUnknown{}
	var order []*EdiUnknown
	for i := range runs {
		err := a.open(&runs[i], func(r io.Reader) error {
			opt := x12.Options{Partner: a.desk.PartnerOf(ctx)}
			for s, err := range unknowns(runs[i].Kind, r, opt) {
				if err != nil || ctx.Err() != nil {
					return ctx.Err() // what could be read of a damaged file was
				}
				key := EdiUnknown{Partner: s.Partner, List: s.List, Code: s.Code}
				u := found[key]
				if u == nil {
					u = &EdiUnknown{Partner: s.Partner, List: s.List, Name: listName(s.List), Code: s.Code, Segment: s.Segment}
					found[key], order = u, append(order, u)
				}
				u.Count++
			}
			return nil
		})
		if err != nil {
			return EdiUnknowns{}, err
		}
	}
	slices.SortStableFunc(order, func(x, y *EdiUnknown) int { return y.Count - x.Count })
	out := EdiUnknowns{Files: len(runs)}
	for _, u := range order {
		out.Unknown = append(out.Unknown, *u)
	}
	return out, nil
}

// open hands out a run's file as it came. A file that was erased is passed over.
func (a *Area) open(run *store.Run, read func(io.Reader) error) error {
	body, err := a.desk.Raw.OpenCompressed(run.Raw)
	if err != nil {
		return nil
	}
	return errors.Join(read(body), body.Close())
}

// Replay reads the newest files of a partner anew by its present settings. What they now say is stored as received now, and what
// the same places said by earlier settings is taken back.
func (a *Area) Replay(ctx context.Context, partner, as string, at *time.Time) (EdiReplayed, error) {
	if strings.TrimSpace(partner) == "" {
		return EdiReplayed{}, desk.Invalid("Say of which partner the files are to be read anew.")
	}
	runs, err := a.files(ctx)
	if err != nil {
		return EdiReplayed{}, err
	}
	before, err := a.earlier(ctx, partner)
	if err != nil {
		return EdiReplayed{}, err
	}
	now, known, err := a.desk.Partner(ctx, partner)
	if err != nil {
		return EdiReplayed{}, err
	}
	r := replay{area: a, ctx: ctx, partner: partner, before: before, by: a.desk.Person(as), ledger: a.desk.LedgerAt(at), loads: map[int64]bool{}}
	if known {
		r.now = now.X12()
	}
	for i := len(runs) - 1; i >= 0; i-- { // oldest first, as they came
		if err := r.file(&runs[i]); err != nil {
			return r.out, err
		}
	}
	r.out.Loads = len(r.loads)
	r.out.Says = fmt.Sprintf("Read anew: %s of %s. %s on %s now say something else.", many(r.out.Files, "file"), partner, many(r.out.Changed, "statement"), many(r.out.Loads, "load"))
	if r.out.Changed == 0 {
		r.out.Says = fmt.Sprintf("Read anew: %s of %s. Everything says what it said.", many(r.out.Files, "file"), partner)
	}
	a.desk.Ledger.News().Announce(nil)
	return r.out, nil
}

func many(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// replay is one going through a partner's files.
type replay struct {
	area    *Area
	ctx     context.Context
	partner string
	now     *x12.Partner
	before  []*x12.Partner
	by      string
	ledger  *ledger.Ledger
	loads   map[int64]bool
	out     EdiReplayed
}

// options read a file as its run did, by other settings of this partner.
func (r *replay) options(p *x12.Partner) x12.Options {
	others := r.area.desk.PartnerOf(r.ctx)
	return x12.Options{TMSAccount: freight.DefaultTMS, Partner: func(id string) *x12.Partner {
		if id == r.partner {
			return p
		}
		return others(id)
	}}
}

// place is where an observation stands in its file.
type place struct {
	record, n int
}

// each reads a file by some settings and hands out what it tells; theirs is whether an interchange of the partner is in it.
// Rows that a source repeats are left out: a person's mapping changes what a status means, not what a plan says.
func (r *replay) each(run *store.Run, p *x12.Partner, take func(place, *freight.Observation)) (theirs bool, err error) {
	opt := r.options(p)
	of := opt.Partner
	opt.Partner = func(id string) *x12.Partner { theirs = theirs || id == r.partner; return of(id) }
	err = r.area.open(run, func(body io.Reader) error {
		for rec, err := range records(run.Kind, body, opt) {
			if err != nil || r.ctx.Err() != nil {
				return r.ctx.Err() // what could be read of a damaged file was
			}
			for i := range rec.Observations {
				if o := &rec.Observations[i]; !o.Snapshot {
					take(place{rec.N, i}, o)
				}
			}
		}
		return nil
	})
	return theirs, err
}

// file reads one file by the present and the earlier settings and stores the difference. Only ids are held, and what changed.
func (r *replay) file(run *store.Run) error {
	present := map[place]freight.ObservationID{}
	theirs, err := r.each(run, r.now, func(at place, o *freight.Observation) { present[at] = o.Identify() })
	if err != nil || !theirs {
		return err
	}
	r.out.Files++
	stale, changed := map[freight.ObservationID]bool{}, map[place]bool{}
	for _, p := range r.before {
		_, err := r.each(run, p, func(at place, o *freight.Observation) {
			if id := o.Identify(); present[at] != id {
				stale[id], changed[at] = true, true
			}
		})
		if err != nil {
			return err
		}
	}
	if len(changed) == 0 {
		return nil
	}
	var fresh []freight.Observation
	_, err = r.each(run, r.now, func(at place, o *freight.Observation) {
		if changed[at] {
			delete(stale, present[at])
			fresh = append(fresh, *o)
		}
	})
	if err != nil {
		return err
	}
	return r.store(fresh, stale)
}

// store posts what is new, brings back what was taken back once, and takes back what is stale.
func (r *replay) store(fresh []freight.Observation, stale map[freight.ObservationID]bool) error {
	for _, o := range fresh {
		back, load, err := r.takenBack(o.Identify())
		if err != nil {
			return err
		}
		if !back.IsZero() {
			if err := r.post(load, freight.Observation{Retracts: back, Text: "read anew by the settings of " + r.partner}); err != nil {
				return err
			}
			r.out.Changed++
			continue
		}
		posted, err := r.ledger.Post(r.ctx, 0, []freight.Observation{o}, nil)
		if err != nil {
			return err
		}
		r.count(posted)
	}
	for id := range stale {
		back, load, err := r.takenBack(id)
		if err != nil {
			return err
		}
		if load == 0 || !back.IsZero() {
			continue
		}
		if err := r.post(load, freight.Observation{Retracts: id, Text: "read anew by the settings of " + r.partner}); err != nil {
			return err
		}
	}
	return nil
}

func (r *replay) count(posted ledger.Posted) {
	r.out.Changed += len(posted.IDs)
	for _, load := range posted.Loads {
		r.loads[load] = true
	}
}

func (r *replay) post(load int64, o freight.Observation) error {
	o.Source, o.Channel, o.By, o.StatedAt = freight.Source{Kind: freight.User, Account: r.by}, freight.ByHand, r.by, r.ledger.Now()
	posted, err := r.ledger.Post(r.ctx, load, []freight.Observation{o}, nil)
	for _, load := range posted.Loads {
		r.loads[load] = true
	}
	return err
}

// takenBack tells the load of an observation on file (0 when it is not), and by what it is taken back (zero when it stands).
func (r *replay) takenBack(id freight.ObservationID) (by freight.ObservationID, load int64, err error) {
	load, err = r.area.desk.Store.FindObservation(r.ctx, id)
	if errors.Is(err, store.ErrNotFound) || load == 0 {
		return by, 0, nil
	}
	if err != nil {
		return by, 0, err
	}
	log, err := r.area.desk.Store.Observations(r.ctx, load, time.Time{})
	if err != nil || !desk.TakenBack(log)[id] {
		return by, load, err
	}
	gone := desk.TakenBack(log)
	for i := range log {
		if log[i].Retracts == id && !gone[log[i].ID] {
			return log[i].ID, load, nil
		}
	}
	return by, load, nil
}
