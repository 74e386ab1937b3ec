package shift

import (
	"context"
	"fmt"
	"time"

	"tracedesk/backend/report"
	"tracedesk/backend/watch"
)

// Paper is a sheet as it is printed: the one kept under an id, else the shift as it stands.
func (a *Area) Paper(ctx context.Context, id string, asOf, now time.Time) (*report.Paper, error) {
	h, err := Handover{}, error(nil)
	if id == "" {
		h, err = a.draft(ctx, asOf, now, nil)
	} else {
		h, err = a.Sheet(ctx, id)
	}
	if err != nil {
		return nil, err
	}
	heard, err := a.desk.Store.LastHeard(ctx)
	if err != nil {
		return nil, err
	}
	s := report.HandoverSheet{At: h.At, By: h.By, To: h.To, Note: h.Note, Quiet: h.Quiet, Blocked: h.Blocked, Kept: id != ""}
	if s.By == "" {
		s.By = a.desk.Person("")
	}
	for _, n := range heard {
		if !n.At.After(h.At) {
			s.Silences = append(s.Silences, report.SourceNote{Name: string(n.Kind), LastNews: n.At})
		}
	}
	for i := range h.Lines {
		s.Lines = append(s.Lines, h.Lines[i].printed())
	}
	return report.MakeHandover(s), nil
}

// printed is a line as it goes on paper.
func (l *HandoverLine) printed() report.HandoverLine {
	out := report.HandoverLine{Load: l.Load, Customer: l.Customer, Carrier: l.Carrier, State: string(l.State), Zone: l.Zone, StopClock: l.StopClock, Next: l.Next, Owner: l.Owner, Reefer: l.Temp, Money: l.Authority,
		Promised: l.Promises, Meters: l.Meters, Fragile: notEmpty(append([]string{l.Words.Fragile}, l.Fragile...)...), Decided: notEmpty(append([]string{l.Words.Decided}, l.Decided...)...), Rejected: l.Words.Rejected, Happened: l.Happened, TakenBy: l.TakenBy}
	if l.NextDue != nil {
		out.NextDue = *l.NextDue
	}
	if l.TakenAt != nil {
		out.TakenAt = *l.TakenAt
	}
	for _, e := range l.Open {
		out.Open = append(out.Open, fmt.Sprintf("%s (%s, %s): %s", watch.KindOf(e.Kind).Words, e.Severity, owner(e.Owner), e.Why))
	}
	return out
}
