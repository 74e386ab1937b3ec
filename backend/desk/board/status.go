package board

import (
	"context"
	"time"

	"tracedesk/backend/desk"
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
	heard, err := d.Store.LastHeard(ctx)
	if err != nil {
		return out, err
	}
	for _, h := range heard {
		line := SourceHealth{Source: string(h.Kind), State: HealthOK, LastAt: desk.Moment(h.At)}
		if d.Now().Sub(h.At) > staleAfter {
			line.State = HealthStale
		}
		out.Sources = append(out.Sources, line)
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

// localZone is the person's zone for the desk clock only; stops are never shown in it.
func localZone() string {
	if name := time.Local.String(); name != "Local" {
		return name
	}
	return "UTC"
}
