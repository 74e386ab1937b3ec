package tasks

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/watch"
)

// Settle notes what came of a task: who was tried, what they said, what was promised. All of it is one observation, of
// whoever answered, so that one undo takes it back.
func (a *Area) Settle(ctx context.Context, o TaskSettled) (TaskNoted, error) {
	found, err := a.desk.FindLoad(ctx, o.Load)
	if err != nil {
		return TaskNoted{}, err
	}
	now := a.desk.LedgerAt(o.Now).Now().UTC()
	standing, err := a.desk.Ledger.Standing(ctx, found.ID, time.Time{}, now)
	if err != nil {
		return TaskNoted{}, err
	}
	s := settling{TaskSettled: o, standing: &standing, now: now}
	if err := s.find(); err != nil {
		return TaskNoted{}, err
	}
	if err := s.outcome(); err != nil {
		return TaskNoted{}, err
	}
	if s.closes {
		if err := a.desk.MayClose(ctx, found); err != nil {
			return TaskNoted{}, err
		}
	}
	if err := errorsOf(s.answers(), s.promise()); err != nil {
		return TaskNoted{}, err
	}
	people, err := a.desk.Colleagues(ctx)
	if err != nil {
		return TaskNoted{}, err
	}
	deed := desk.Deed{Load: found, Claims: s.claims, Text: o.Note, Says: "Load " + found.Number + ": " + s.says(), Act: "task " + string(o.Outcome), As: o.As, Now: o.Now}
	if s.closes {
		deed.Intent = string(freight.FactStatus)
	}
	if s.told {
		deed.From, deed.Channel = s.teller(people), freight.ByCall
	}
	posted, err := a.desk.Do(ctx, deed)
	if err != nil {
		return TaskNoted{}, err
	}
	if posted == "" {
		return TaskNoted{Says: "The same was noted a moment ago; nothing changed."}, nil
	}
	return TaskNoted{Observation: posted, Says: deed.Says}, nil
}

func errorsOf(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

// settling is an outcome on its way to claims.
type settling struct {
	TaskSettled
	standing *ledger.Standing
	now      time.Time
	task     freight.Task
	claims   []freight.Claim
	told     bool // somebody else than the person told something
	closes   bool // the load
}

// find is the task that is spoken of; one that has ended may still be answered.
func (s *settling) find() error {
	if s.Key == "" {
		return nil
	}
	list := s.standing.Course.Errands
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Key == s.Key {
			s.task = list[i].Task
			return nil
		}
	}
	return desk.NotFound("Load %s has no task %q.", s.standing.Load.Number, s.Key)
}

func (s *settling) add(fact freight.Fact, v freight.Value) {
	c := freight.Claim{Fact: fact, Value: v}
	if s.task.Stop > 0 {
		c.Subject = freight.Stop(s.task.Stop)
	}
	s.claims = append(s.claims, c)
}

func (s *settling) outcome() error {
	switch s.Outcome {
	case Reached, Voicemail, NoAnswer, WrongNumber, Sent:
		if s.Whom = cmp.Or(s.Whom, s.task.Whom); s.Whom == "" {
			return desk.Invalid("Say whom: driver, dispatcher, afterHours, owner, lead, customer, or a name.")
		}
		s.contact(s.Whom)
		return nil
	case Kept, Done:
		return s.settled()
	}
	return desk.Invalid("%q is no outcome: reached, voicemail, noAnswer, wrongNumber, sent, kept or done.", string(s.Outcome))
}

func (s *settling) contact(whom string) {
	outcome := s.Outcome
	if outcome == Done {
		outcome = Reached
	}
	s.add(freight.FactContact, freight.Value{Type: string(outcome), Text: whom, Scope: s.Key, Note: s.Note})
}

// settled ends a task without a call: a promise is kept, a load closed, anything else settled as the note says.
func (s *settling) settled() error {
	switch {
	case s.task.Kind == watch.KeepPromise:
		id, _, _ := strings.Cut(strings.TrimPrefix(s.Key, "promise/"), "/")
		s.add(freight.FactHandled, freight.Value{Type: string(Kept), Scope: id, Note: s.Note})
	case s.Outcome == Kept:
		return desk.Invalid("Only a promise can be kept.")
	case s.Key == "":
		return desk.Invalid("Say which task is done.")
	case s.task.Kind == watch.CloseLoad:
		s.closes = true
		s.claims = append(s.claims, freight.Claim{Fact: freight.FactStatus, Value: freight.Value{Text: desk.ClosedWord}})
	case strings.TrimSpace(s.Note) == "":
		return desk.Invalid("Say in a note how it was settled without a call.")
	default:
		s.contact("desk")
	}
	return nil
}

func (s *settling) promise() error {
	p := s.Promise
	switch {
	case p == nil:
		return nil
	case strings.TrimSpace(p.To) == "" || strings.TrimSpace(p.What) == "":
		return desk.Invalid("A promise needs to whom and what.")
	case !p.Until.After(s.now):
		return desk.Invalid("A promise needs an instant that is still to come.")
	}
	s.add(freight.FactPromise, freight.Value{Type: strings.TrimSpace(p.To), Text: strings.TrimSpace(p.What), Start: freight.At(p.Until.UTC())})
	return nil
}

// teller is who answered: the sort of source that the step of the ladder is, under the person's name.
func (s *settling) teller(people []desk.Colleague) freight.Source {
	kinds := map[string]freight.SourceKind{"driver": freight.DriverSrc, "dispatcher": freight.Dispatcher, "afterHours": freight.Dispatcher,
		"owner": freight.Dispatcher, "customer": freight.Customer}
	kind, ok := kinds[s.Whom]
	if !ok {
		return freight.Source{}
	}
	return freight.Source{Kind: kind, Account: cmp.Or(strings.TrimSpace(s.Name), reachable(s.Whom, s.standing, people).name)}
}

var outcomeWords = map[TaskOutcome]string{Reached: "reached", Voicemail: "left a voicemail for", NoAnswer: "no answer from", WrongNumber: "wrong number for",
	Sent: "sent a message to", Kept: "kept a promise", Done: "settled"}

func (s *settling) says() string {
	says := outcomeWords[s.Outcome]
	if s.Outcome == Kept || s.Outcome == Done {
		if s.closes {
			return "closed"
		}
		return says
	}
	says += " " + s.Whom
	if name := strings.TrimSpace(s.Name); name != "" {
		says += " (" + name + ")"
	}
	if n := len(s.given()); n == 1 {
		says += ", 1 answer"
	} else if n > 1 {
		says += ", " + strconv.Itoa(n) + " answers"
	}
	if s.Promise != nil {
		says += ", promised " + s.Promise.To + ": " + s.Promise.What
	}
	return says
}

// given are the answers that say something.
func (s *settling) given() []TaskAnswer {
	return slices.DeleteFunc(slices.Clone(s.Answers), func(a TaskAnswer) bool { return strings.TrimSpace(a.Value) == "" })
}
