package playbooks

import (
	"context"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// When asks as of an instant: AsOf hides what was received later, At sets the clock; zero means now.
type When struct {
	AsOf time.Time
	At   time.Time
}

// sheet is an exception held against the playbook that serves it.
type sheet struct {
	load      store.Load
	exception watch.Exception
	timeline  freight.Timeline
	book      watch.Playbook
	has       bool // a playbook serves it
}

// Checklist is the playbook of one exception with what is done of it.
func (a *Area) Checklist(ctx context.Context, ref, exception string, when When) (CheckSheet, error) {
	s, err := a.sheet(ctx, ref, exception, when)
	if err != nil {
		return CheckSheet{}, err
	}
	return s.shown(), nil
}

func (a *Area) sheet(ctx context.Context, ref, exception string, when When) (*sheet, error) {
	found, err := a.desk.FindLoad(ctx, ref)
	if err != nil {
		return nil, err
	}
	known, now := a.desk.Sight(when.At, when.AsOf)
	standing, err := a.desk.Ledger.Standing(ctx, found.ID, known, now)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(standing.Exceptions, func(e watch.Exception) bool { return e.ID == exception })
	if i < 0 {
		return nil, desk.NotFound("Load %s has no exception %s.", found.Number, exception)
	}
	rows, err := a.desk.Store.SettingVersions(ctx, setting)
	if err != nil {
		return nil, err
	}
	s := &sheet{load: found, exception: standing.Exceptions[i], timeline: standing.Timeline}
	s.book, s.has = watch.PlaybookFor(s.exception.Kind, inForce(rows, now))
	return s, nil
}

func (s *sheet) shown() CheckSheet {
	e := &s.exception
	out := CheckSheet{Load: s.load.Number, Exception: e.ID, Kind: e.Kind, Why: e.Why, Open: e.Open()}
	if !s.has {
		return out
	}
	out.Book, out.Title = s.book.Name(), s.book.Title
	for _, step := range watch.Checklist(s.book, e, s.timeline.Acts) {
		line := CheckStep{Key: step.Key, Text: step.Text, Who: step.Who, Due: desk.InZone(step.Due, s.zone()),
			Wording: watch.Fill(step.Wording, &s.timeline, e), DoneAt: desk.InZone(step.At, s.zone()), DoneBy: step.By, Note: step.Note}
		if !step.At.IsZero() {
			line.Observation = s.doneIn(&step)
			out.Done++
		}
		out.Steps = append(out.Steps, line)
	}
	return out
}

// zone is that of the exception's stop, else of the first.
func (s *sheet) zone() string {
	zone := ""
	for i := range s.timeline.Stops {
		if stop := &s.timeline.Stops[i]; stop.Seq == s.exception.Stop || zone == "" {
			zone = stop.Zone
		}
	}
	return zone
}

// doneIn is the observation that marked a step done.
func (s *sheet) doneIn(step *watch.StepDone) string {
	for i := range s.timeline.Acts {
		a := &s.timeline.Acts[i]
		if a.Fact == freight.FactStep && a.Scope == s.exception.ID && a.Text == step.Key && a.By == step.By && !a.StatedAt.Before(step.At) {
			return a.Observation.String()
		}
	}
	return ""
}

// Mark notes that a step of an exception's playbook is done.
func (a *Area) Mark(ctx context.Context, ref, exception string, m StepMark) (StepMarked, error) {
	s, err := a.sheet(ctx, ref, exception, When{})
	if err != nil {
		return StepMarked{}, err
	}
	shown := s.shown()
	i := slices.IndexFunc(shown.Steps, func(c CheckStep) bool { return c.Key == m.Step })
	if i < 0 {
		return StepMarked{}, desk.Invalid("The playbook of this exception has no step %q.", m.Step)
	}
	if shown.Steps[i].DoneAt != nil {
		return StepMarked{Says: "It is done already: " + shown.Steps[i].Text, Sheet: shown}, nil
	}
	says := "Load " + s.load.Number + ": done: " + shown.Steps[i].Text
	claim := freight.Claim{Fact: freight.FactStep, Value: freight.Value{Text: m.Step, Type: s.book.Name(), Scope: exception, Note: strings.TrimSpace(m.Note)}}
	id, err := a.desk.Do(ctx, desk.Deed{Load: s.load, Claims: []freight.Claim{claim}, Text: m.Note, Says: says, Act: "step", As: m.As, Now: m.Now})
	if err != nil {
		return StepMarked{}, err
	}
	if s, err = a.sheet(ctx, ref, exception, When{}); err != nil {
		return StepMarked{}, err
	}
	return StepMarked{Observation: id, Says: says, Sheet: s.shown()}, nil
}
