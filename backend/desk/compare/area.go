package compare

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
	"tracedesk/backend/watch"
)

// Area holds sources against each other.
type Area struct{ desk *desk.Desk }

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{d} }

// Compare is one load side by side, found by its id, its number or a reference.
func (a *Area) Compare(ctx context.Context, ref string, when When) (Comparison, error) {
	s, err := a.sides(ctx, ref, when)
	if err != nil {
		return Comparison{}, err
	}
	out := Comparison{Load: s.load.Number, LoadID: s.load.UID.String(), AsOf: s.now, At: s.now, Zone: s.zone(), Columns: s.columns}
	if !s.known.IsZero() {
		out.AsOf = s.known
	}
	for _, r := range s.rows {
		out.Rows = append(out.Rows, r.shown())
	}
	return out, nil
}

// sides is a load with each source's words kept apart.
type sides struct {
	load       store.Load
	t          freight.Timeline
	log        map[freight.ObservationID]*freight.Observation
	last       map[freight.Source]time.Time // when each column last spoke
	config     timeline.Config
	orders     timeline.Orders
	rules      *watch.Rules
	exceptions []watch.Exception
	known, now time.Time
	columns    []CompareColumn
	// columnSources are the sources of the columns, in their order.
	columnSources []freight.Source
	rows          []*row
}

func (a *Area) sides(ctx context.Context, ref string, when When) (*sides, error) {
	found, err := a.desk.FindLoad(ctx, ref)
	if err != nil {
		return nil, err
	}
	s := &sides{load: found, log: map[freight.ObservationID]*freight.Observation{}, last: map[freight.Source]time.Time{}}
	s.known, s.now = a.desk.Sight(when.At, when.AsOf)
	standing, err := a.desk.Ledger.Standing(ctx, found.ID, s.known, s.now)
	if err != nil {
		return nil, err
	}
	if standing.Timeline.Count == 0 {
		return nil, desk.NotFound("Load %s was not known yet at %s.", found.Number, s.known.Format(time.RFC3339))
	}
	s.exceptions, s.rules = standing.Exceptions, standing.Rules
	log, err := a.desk.Store.Observations(ctx, found.ID, s.known)
	if err != nil {
		return nil, err
	}
	s.hear(log)
	at := s.now
	if !s.known.IsZero() && s.known.Before(at) {
		at = s.known
	}
	if s.config, err = a.desk.Ledger.TrustAt(ctx, at); err != nil {
		return nil, err
	}
	s.t = timeline.Fold(log, a.desk.Places, s.config)
	s.orders = s.config.OrdersFor(s.t.Customer.Value)
	pages, err := a.pages(ctx)
	if err != nil {
		return nil, err
	}
	s.drawColumns(pages)
	s.drawRows()
	return s, nil
}

// viaPortal marks the account of a source whose words were read off its page, so that the fold keeps both.
const viaPortal = " via portal"

// zone is that of the stop ahead, else of the last.
func (s *sides) zone() string {
	if next := timeline.NextStop(&s.t); next != nil {
		return next.Zone
	}
	if n := len(s.t.Stops); n > 0 {
		return s.t.Stops[n-1].Zone
	}
	return ""
}

// lookedAt is how a load is looked at by who acts at an instant: with the clock there, and all that is on file.
func lookedAt(now *time.Time) When {
	if now == nil {
		return When{}
	}
	return When{At: *now, AsOf: *now}
}

// Accept states one cell's word as a person's, with the reason, and asks for it to be written to the TMS.
func (a *Area) Accept(ctx context.Context, ref string, acc Accept) (CompareDone, error) {
	acc.Reason = strings.TrimSpace(acc.Reason)
	if acc.Reason == "" {
		return CompareDone{}, desk.Invalid("Say why this word is the right one.")
	}
	s, err := a.sides(ctx, ref, lookedAt(acc.Now))
	if err != nil {
		return CompareDone{}, err
	}
	r, err := s.row(acc.Field, acc.Type, acc.Stop)
	if err != nil {
		return CompareDone{}, err
	}
	i := slices.IndexFunc(r.cells, func(c *cell) bool {
		return c.Observation == acc.Observation && (acc.Source == "" || acc.Source == c.Source || acc.Source == c.Column)
	})
	switch {
	case i < 0:
		return CompareDone{}, desk.NotFound("No source says so of %s any more. Look again.", r.Name)
	case !r.CanAccept || r.cells[i].claim.Fact == "":
		return CompareDone{}, desk.Invalid("%s cannot be accepted here: correct it where it belongs.", r.Name)
	case desk.Closes(&r.cells[i].claim):
		return CompareDone{}, desk.Invalid("A load is closed by its milestones, not by a source's word.")
	}
	c := r.cells[i]
	note := fmt.Sprintf("Accepted the word of %s on %s: %s", c.name, r.Name, acc.Reason)
	deed := desk.Deed{Load: s.load, Text: acc.Reason, Says: desk.Sentence(s.load.Number, c.claim) + " (" + c.name + ": " + acc.Reason + ")", Act: "accept", As: acc.As, Now: acc.Now,
		Claims: []freight.Claim{c.claim, {Subject: c.claim.Subject, Fact: freight.FactNote, Value: freight.Value{Text: note}}}}
	if c.kind != freight.TMS { // it knows its own word
		deed.Intent = string(c.claim.Fact)
	}
	id, err := a.desk.Do(ctx, deed)
	return CompareDone{Observation: id, Says: deed.Says}, err
}

// Dismiss notes that a contradiction is known.
func (a *Area) Dismiss(ctx context.Context, ref string, d Dismiss) (CompareDone, error) {
	s, err := a.sides(ctx, ref, lookedAt(d.Now))
	if err != nil {
		return CompareDone{}, err
	}
	r, err := s.row(d.Field, d.Type, d.Stop)
	if err != nil {
		return CompareDone{}, err
	}
	d.Note = strings.TrimSpace(d.Note)
	switch {
	case r.Dismissed != nil:
		return CompareDone{Says: r.Dismissed.By + " has noted that it is known."}, nil
	case r.Contradiction == "":
		return CompareDone{}, desk.Conflict("The sources do not contradict each other on %s.", r.Name)
	case d.Note == "":
		return CompareDone{}, desk.Invalid("Say why nothing is to be done about it.")
	}
	claim := freight.Claim{Fact: freight.FactDismissed, Value: freight.Value{Type: r.part, Note: d.Note}}
	if r.Stop > 0 {
		claim.Subject = freight.Stop(r.Stop)
	}
	says := fmt.Sprintf("Load %s: known contradiction on %s: %s", s.load.Number, r.Name, d.Note)
	id, err := a.desk.Do(ctx, desk.Deed{Load: s.load, Claims: []freight.Claim{claim}, Text: d.Note, Says: says, Act: "dismiss", As: d.As, Now: d.Now})
	return CompareDone{Observation: id, Says: says}, err
}

// row finds a row by what it is about.
func (s *sides) row(field, typ string, stop int) (*row, error) {
	for _, r := range s.rows {
		if r.Field == field && strings.EqualFold(r.Type, typ) && r.Stop == stop {
			return r, nil
		}
	}
	return nil, desk.NotFound("Nobody says anything of %s on load %s.", strings.TrimSpace(field+" "+typ), s.load.Number)
}
