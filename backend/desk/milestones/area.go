package milestones

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// Area is what loads need on record before they are closed.
type Area struct{ desk *desk.Desk }

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{d} }

// Milestones are those of one load, found by its id, its number or a reference.
func (a *Area) Milestones(ctx context.Context, ref string, when When) (MilestoneList, error) {
	found, err := a.desk.FindLoad(ctx, ref)
	if err != nil {
		return MilestoneList{}, err
	}
	return a.list(ctx, found, when)
}

func (a *Area) list(ctx context.Context, found store.Load, when When) (MilestoneList, error) {
	known, now := a.desk.Sight(when.At, when.AsOf)
	s, err := a.desk.Ledger.Standing(ctx, found.ID, known, now)
	if err != nil {
		return MilestoneList{}, err
	}
	t := &s.Timeline
	if t.Count == 0 {
		return MilestoneList{}, desk.NotFound("Load %s was not known yet at %s.", found.Number, known.Format(time.RFC3339))
	}
	all := watch.Milestones(t)
	gaps := watch.GapKeys(t)
	out := MilestoneList{Load: t.Number, LoadID: found.UID.String(), State: t.State, AsOf: now, Problems: watch.CloseProblems(t)}
	if !known.IsZero() {
		out.AsOf = known
	}
	out.Closed, out.Total = watch.Meter(all)
	for i := range all {
		out.Milestones = append(out.Milestones, milestone(t, &all[i], slices.Contains(gaps, all[i].Key)))
	}
	if t.State == freight.Closed {
		out.Ended = ended(t)
	}
	out.CanClose = len(out.Problems) == 0 && t.State != freight.Closed
	return out, nil
}

func milestone(t *freight.Timeline, m *watch.Milestone, canGap bool) Milestone {
	out := Milestone{Key: m.Key, Stop: m.Stop, Name: m.Name, Documented: m.Documented, Source: m.Source, Verified: m.Verified, VerifiedBy: m.By,
		Closed: m.Closed, Missing: m.Missing, CanGap: canGap && t.State != freight.Closed}
	for i := range t.Stops {
		if t.Stops[i].Seq == m.Stop {
			out.Zone = t.Stops[i].Zone
		}
	}
	out.At = desk.InZone(m.At, out.Zone)
	if m.Gap != "" {
		out.Gap = gapWord(t.Acts, m)
	}
	return out
}

// gapWord is the last reason given, with the act that gave it.
func gapWord(acts []freight.Act, m *watch.Milestone) *MilestoneWord {
	for i := len(acts) - 1; i >= 0; i-- {
		a := &acts[i]
		if a.Fact == freight.FactGap && a.Scope == m.Key && a.Text == m.Gap && a.By == m.GapBy {
			return &MilestoneWord{Text: m.Gap, By: m.GapBy, At: *desk.Moment(a.StatedAt), Observation: a.Observation.String()}
		}
	}
	return nil
}

// ended is the word by which a person closed the load.
func ended(t *freight.Timeline) *MilestoneWord {
	for i := range t.Statuses { // newest first
		w := &t.Statuses[i]
		if w.Source.Kind == freight.User && strings.EqualFold(freight.NormalRef(w.Text), desk.ClosedWord) {
			return &MilestoneWord{Text: w.Text, By: w.Source.Account, At: *desk.Moment(w.StatedAt), Observation: w.Observation.String()}
		}
	}
	return nil
}

// Gap records why a milestone may stay undocumented or unverified.
func (a *Area) Gap(ctx context.Context, ref string, g GapReason) (MilestoneDone, error) {
	found, err := a.desk.FindLoad(ctx, ref)
	if err != nil {
		return MilestoneDone{}, err
	}
	s, err := a.desk.Standing(ctx, found)
	if err != nil {
		return MilestoneDone{}, err
	}
	g.Reason = strings.TrimSpace(g.Reason)
	all := watch.Milestones(&s.Timeline)
	i := slices.IndexFunc(all, func(m watch.Milestone) bool { return m.Key == g.Milestone })
	switch {
	case i < 0:
		return MilestoneDone{}, desk.Invalid("Load %s has no milestone %q.", found.Number, g.Milestone)
	case all[i].Documented && all[i].Verified:
		return MilestoneDone{}, desk.Conflict("%s is documented and verified: there is no gap.", all[i].Name)
	case g.Reason == "":
		return MilestoneDone{}, desk.Invalid("Say why %s may stay open.", all[i].Name)
	}
	claim := freight.Claim{Fact: freight.FactGap, Value: freight.Value{Scope: g.Milestone, Text: g.Reason}}
	if all[i].Stop > 0 {
		claim.Subject = freight.Stop(all[i].Stop)
	}
	says := fmt.Sprintf("Load %s: %s may stay open: %s", found.Number, all[i].Name, g.Reason)
	return a.do(ctx, desk.Deed{Load: found, Claims: []freight.Claim{claim}, Text: g.Reason, Says: says, Act: "gap", As: g.As, Now: g.Now})
}

// Close closes a load whose milestones are all closed or have a reason. The TMS is to be told.
func (a *Area) Close(ctx context.Context, ref string, c CloseLoad) (MilestoneDone, error) {
	found, err := a.desk.FindLoad(ctx, ref)
	if err != nil {
		return MilestoneDone{}, err
	}
	if err := a.desk.MayClose(ctx, found); err != nil {
		return MilestoneDone{}, err
	}
	claim := freight.Claim{Fact: freight.FactStatus, Value: freight.Value{Text: desk.ClosedWord}}
	deed := desk.Deed{Load: found, Claims: []freight.Claim{claim}, Text: c.Note, Says: desk.Sentence(found.Number, claim), Act: "close",
		Intent: string(freight.FactStatus), As: c.As, Now: c.Now}
	if note := strings.TrimSpace(c.Note); note != "" {
		deed.Claims = append(deed.Claims, freight.Claim{Fact: freight.FactNote, Value: freight.Value{Text: note}})
	}
	return a.do(ctx, deed)
}

func (a *Area) do(ctx context.Context, deed desk.Deed) (MilestoneDone, error) {
	id, err := a.desk.Do(ctx, deed)
	if err != nil {
		return MilestoneDone{}, err
	}
	out := MilestoneDone{Observation: id, Says: deed.Says}
	out.List, err = a.list(ctx, deed.Load, When{})
	return out, err
}
