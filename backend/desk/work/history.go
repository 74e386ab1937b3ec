package work

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// History is the last acts of people, newest first: what they stated and took back, and how they settled outgoing work.
func (a *Area) History(ctx context.Context, limit int) (History, error) {
	stated, err := a.stated(ctx, limit)
	if err != nil {
		return History{}, err
	}
	settled, err := a.settled(ctx, limit)
	if err != nil {
		return History{}, err
	}
	all := slices.Concat(stated, settled)
	slices.SortStableFunc(all, func(x, y Act) int { return y.At.Compare(x.At) })
	return History{Acts: all[:min(limit, len(all))]}, nil
}

func (a *Area) stated(ctx context.Context, limit int) ([]Act, error) {
	made, err := a.desk.Store.HandMade(ctx, limit)
	if err != nil {
		return nil, err
	}
	log := make([]freight.Observation, len(made))
	for i := range made {
		log[i] = made[i].Obs
	}
	undone := desk.TakenBack(log)
	var out []Act
	for _, m := range made {
		act := Act{ID: m.Obs.ID.String(), Observation: m.Obs.ID.String(), At: m.Obs.ReceivedAt, By: m.Obs.By, Load: m.Number, LoadID: m.UID.String(),
			Says: saysOf(&m.Obs), Undone: undone[m.Obs.ID], TakesBack: !m.Obs.Retracts.IsZero()}
		act.CanUndo = !act.Undone
		out = append(out, act)
	}
	return out, nil
}

// settled are the acts on outgoing work. Only the last one on an entry can be undone; the ones before it are past.
func (a *Area) settled(ctx context.Context, limit int) ([]Act, error) {
	lines, err := a.desk.Store.ActsUnder(ctx, "intent", limit)
	if err != nil {
		return nil, err
	}
	later := map[int64]bool{}
	var out []Act
	for _, line := range lines {
		id, state, ok := settling(&line)
		if !ok {
			continue
		}
		in, err := a.desk.Store.Intent(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		named, err := a.intent(ctx, &in)
		if err != nil {
			return nil, err
		}
		act := Act{ID: fmt.Sprintf("audit:%d", line.Seq), At: line.At, By: line.Who, Load: named.Load, LoadID: named.LoadID, Intent: named.ID,
			Says: settledAs[state] + ": " + in.Body, TakesBack: state == IntentWaiting, Undone: state != IntentWaiting && later[id]}
		act.CanUndo = !later[id] && state != IntentWaiting && named.State == state
		later[id] = true
		out = append(out, act)
	}
	return out, nil
}

var settledAs = map[IntentState]string{IntentDone: "done by hand", IntentDropped: "not needed", IntentWaiting: "opened again"}

// errandActs are the same acts on an entry for a source, as the engine writes them down.
var errandActs = map[string]IntentState{"errand done": IntentDone, "errand dropped": IntentDropped, "errand opened again": IntentWaiting}

// settling reads a line of the audit chain about an entry: which, and how it was settled.
func settling(line *store.Act) (id int64, state IntentState, ok bool) {
	id, err := strconv.ParseInt(strings.TrimPrefix(line.Subject, "intent:"), 10, 64)
	state = IntentState(strings.TrimPrefix(line.Act, "intent "))
	if of, is := errandActs[line.Act]; is {
		state = of
	}
	_, known := settledAs[state]
	return id, state, err == nil && known
}

// wall is a time as the stop's clock showed it, the month in words: "23 Nov 2026 08:10". What is no such time stays as it is.
func wall(written string) string {
	at, err := time.Parse("2006-01-02T15:04:05", written)
	if err != nil {
		return written
	}
	return at.Format("2 Jan 2006 15:04")
}

func saysOf(o *freight.Observation) string {
	if !o.Retracts.IsZero() {
		return "took back an entry"
	}
	var parts []string
	for i := range o.Claims {
		c := &o.Claims[i]
		if c.Fact.Deed() {
			parts = append(parts, deedWords(c))
			continue
		}
		text := strings.ReplaceAll(string(c.Fact), "_", " ")
		if c.Subject.Stop.Seq > 0 {
			text += fmt.Sprintf(" at stop %d", c.Subject.Stop.Seq)
		}
		if c.Fact.Actual() {
			text += ", " + wall(c.At.String())
		} else if c.Fact == freight.FactDocument {
			text = strings.ToUpper(c.Value.Type) + " " + c.Value.Note
		} else {
			text += " " + c.ValueText()
		}
		parts = append(parts, strings.TrimSpace(text))
	}
	return strings.Join(parts, "; ")
}

// handledWords are what people do about an exception, and to a promise.
var handledWords = map[string]string{"acknowledge": "acknowledged an exception", "work": "works on an exception", "resolve": "resolved an exception",
	"reopen": "opened an exception again", "kept": "kept a promise"}

// contactWords are the outcomes of a call; whom follows.
var contactWords = map[string]string{"voicemail": "left a voicemail for", "noAnswer": "no answer from", "wrongNumber": "wrong number for", "sent": "sent a message to"}

// deedWords is what somebody did about a finding or a task.
func deedWords(c *freight.Claim) string {
	v := &c.Value
	switch c.Fact {
	case freight.FactHandled:
		switch {
		case v.Type == "assign" && v.Text == "":
			return "took the owner off an exception"
		case v.Type == "assign":
			return "assigned an exception to " + v.Text
		case v.Type == "snooze":
			return "snoozed an exception until " + v.Start.String()
		}
		return cmp.Or(handledWords[v.Type], v.Type)
	case freight.FactContact:
		return cmp.Or(contactWords[v.Type], v.Type) + " " + v.Text
	case freight.FactPromise:
		return "promised " + v.Type + ": " + v.Text
	case freight.FactParty:
		return "responsible: " + v.Text
	case freight.FactMoney:
		return fmt.Sprintf("%s %g USD %s", v.Type, v.Num, v.Text)
	}
	return strings.ReplaceAll(string(c.Fact), "_", " ") + " " + c.ValueText()
}
