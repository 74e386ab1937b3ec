package board

import (
	"context"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
)

// staleAfter is how old the last word of a source may be before it counts as stale.
const staleAfter = 2 * time.Hour

// Status is the frame around the board: whose desk, which clock, how current its sources are, what waits for a person.
func (a *Area) Status(ctx context.Context) (DeskStatus, error) {
	d := a.desk
	out := DeskStatus{Version: d.Version, Home: d.Dir, Demo: d.Demo, Person: d.Person(""), Now: d.Now(), Zone: localZone(), Seq: d.Ledger.News().Seq(), Notices: d.Notices()}
	var err error
	if out.Total, out.Live, err = d.Store.Counts(ctx); err != nil {
		return out, err
	}
	if out.Sources, err = a.sources(ctx); err != nil {
		return out, err
	}
	if out.Waiting.Quarantine, err = d.Store.QuarantineCount(ctx); err != nil {
		return out, err
	}
	if out.Waiting.Documents, err = d.Store.DocumentsToDo(ctx); err != nil {
		return out, err
	}
	out.Waiting.Intents, err = d.Store.IntentCount(ctx)
	return out, err
}

// sources are the accounts at outside systems, as they fare, and every other kind of source by its last word.
func (a *Area) sources(ctx context.Context) (out freight.List[SourceHealth], err error) {
	d := a.desk
	states, err := d.Feeds.States(ctx)
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for i := range states {
		s := &states[i]
		asked[s.Kind] = true
		line := SourceHealth{Source: s.Kind + "/" + s.Name, State: HealthStale, Text: d.Secrets.Hide(s.Reason)}
		switch s.State {
		case feeds.Fine:
			line.State = HealthOK
		case feeds.Failing, feeds.SignIn:
			line.State = HealthDown
		}
		if s.LastAnswered != nil {
			line.LastAt = desk.Moment(*s.LastAnswered)
		}
		out = append(out, line)
	}
	heard, err := d.Store.LastHeard(ctx)
	if err != nil {
		return nil, err
	}
	for _, h := range heard {
		if asked[string(h.Kind)] {
			continue
		}
		line := SourceHealth{Source: string(h.Kind), State: HealthOK, LastAt: desk.Moment(h.At)}
		if d.Now().Sub(h.At) > staleAfter {
			line.State = HealthStale
		}
		out = append(out, line)
	}
	return out, nil
}

// localZone is the person's zone for the desk clock only; stops are never shown in it.
func localZone() string {
	if name := time.Local.String(); name != "Local" {
		return name
	}
	return "UTC"
}
