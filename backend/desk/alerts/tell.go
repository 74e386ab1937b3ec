package alerts

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// atMost is how many alerts one round tells one stakeholder by one road; the rest is one line.
const atMost = 10

// tell turns tellings into alerts and drafts: for each stakeholder and road the worst ones, and one line for all others.
func (a *Area) tell(ctx context.Context, fresh []telling, now time.Time) (notes []store.Alerted, drafts []store.Intent, err error) {
	for _, of := range byStakeholder(fresh) {
		slices.SortFunc(of, worstFirst)
		rest := []telling(nil)
		if len(of) > atMost+1 {
			of, rest = of[:atMost], of[atMost:]
		}
		if len(rest) > 0 {
			more, err := a.tellMany(ctx, rest, now)
			if err != nil {
				return nil, nil, err
			}
			notes = append(notes, more...)
			if t := &rest[0]; t.drafted() {
				title, text := many(rest)
				draft := t.draft(title+". "+text, now)
				draft.Load = 0 // it is about many
				drafts = append(drafts, draft)
			}
		}
		for i := range slices.Backward(of) { // the worst is the newest in the list
			t := &of[i]
			note, err := a.note(ctx, t, t.title(), t.line.Why, now)
			if err != nil {
				return nil, nil, err
			}
			notes = append(notes, note)
			if !t.drafted() {
				continue
			}
			body, err := a.message(ctx, t, now)
			if err != nil {
				return nil, nil, err
			}
			drafts = append(drafts, t.draft(body, now))
		}
	}
	return notes, drafts, nil
}

// tellMany tells many exceptions in one line that leads to the worst of them.
func (a *Area) tellMany(ctx context.Context, list []telling, now time.Time) ([]store.Alerted, error) {
	worst := list[0]
	for i := range list {
		worst.os = worst.os || list[i].os
	}
	title, text := many(list)
	first, err := a.note(ctx, &worst, title, text, now)
	out := []store.Alerted{first}
	for i := range list[1:] {
		out = append(out, store.Alerted{AlertKey: list[i+1].key(), At: now})
	}
	return out, err
}

// named is how many of many exceptions are named.
const named = 3

func many(list []telling) (title, text string) {
	names := make([]string, 0, named)
	for i := range list[:min(named, len(list))] {
		names = append(names, list[i].title())
	}
	return fmt.Sprintf("%d more exceptions", len(list)), strings.Join(names, "; ") + ". The list of exceptions has them all."
}

func (t *telling) title() string {
	return "Load " + t.line.number + ": " + watch.KindOf(t.line.Kind).Words
}

// drafted reports whether a person has to send it.
func (t *telling) drafted() bool { return t.rule.Channel == Mail || t.rule.Channel == SMS }

// note is an alert as it goes on file.
func (a *Area) note(ctx context.Context, t *telling, title, text string, now time.Time) (store.Alerted, error) {
	l := t.line
	load, err := a.desk.Store.Load(ctx, l.load)
	if err != nil {
		return store.Alerted{}, err
	}
	channel := t.rule.Channel
	if t.os {
		channel = OS
	}
	body, err := json.Marshal(Alert{At: now, Load: l.number, LoadID: load.UID.String(), Customer: l.customer, Exception: l.ID, Kind: l.Kind, Severity: l.Severity,
		Title: title, Text: text, Who: t.rule.Who, Channel: channel, OS: t.os})
	return store.Alerted{AlertKey: t.key(), At: now, Body: string(body)}, err
}

// messageKind is the sort of outgoing work that a person sends as mail or SMS.
const messageKind = "message"

// draft is a message that waits among what must still leave the desk. Nothing sends it by itself.
func (t *telling) draft(body string, now time.Time) store.Intent {
	return store.Intent{Key: t.intentKey(), Load: t.line.load, Kind: messageKind, Target: t.rule.Address, Body: body, CreatedAt: now, By: watch.ByRule}
}

// ear is who hears it and how.
func (t *telling) ear() string { return t.rule.Who + "/" + t.rule.Channel.road() }

// draftKey begins the key of every draft; the turn of the exception, the stakeholder and the road follow.
const draftKey = "alert"

func (t *telling) intentKey() string {
	return draftKey + "/" + t.key().Exception + "/" + t.ear()
}

// message is what to write to a stakeholder: the playbook's words to the customer with what is known put in, else why it is
// an exception and what is done next. What is not known stays in braces for the person who sends it.
func (a *Area) message(ctx context.Context, t *telling, now time.Time) (string, error) {
	words, err := a.wording(ctx, t.line.Kind)
	if err != nil {
		return "", err
	}
	if words == "" {
		said := []string{t.title(), t.line.Why, t.line.Next.Text}
		said = slices.DeleteFunc(said, func(s string) bool { return s == "" })
		for i := range said {
			said[i] = strings.TrimRight(said[i], ".") + "."
		}
		return strings.Join(said, " "), nil
	}
	s, err := a.desk.Ledger.Standing(ctx, t.line.load, time.Time{}, now)
	if err != nil {
		return "", err
	}
	return watch.Fill(words, &s.Timeline, &t.line.Exception), nil
}

// byStakeholder are tellings apart by who hears them and how, in the order in which they first come.
func byStakeholder(list []telling) [][]telling {
	type ear struct{ who, road string }
	at := map[ear]int{}
	var out [][]telling
	for _, t := range list {
		e := ear{t.rule.Who, t.rule.Channel.road()}
		i, known := at[e]
		if !known {
			i = len(out)
			at[e], out = i, append(out, nil)
		}
		out[i] = append(out[i], t)
	}
	return out
}
