package feeds

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// What people decide is written down as an intent for the TMS, in the transaction of the decision. Here each gives rise to one
// intent for every account at which the load's customer lives and whose system has a word for it. The one for the TMS stays as it
// is: no connector writes there yet, a person does.

// errandOf is the kind of errand that says a kind of intent; none for what is the desk's and the TMS's own business.
func errandOf(intent string) string {
	switch f := freight.Fact(intent); {
	case f.Actual(), f == freight.FactETA, f == freight.FactStatus:
		return connect.WriteStatus
	case f == freight.FactPosition:
		return connect.WritePlace
	case f == freight.FactWindow:
		return connect.WriteWindow
	case f == freight.FactNote:
		return connect.WriteNote
	case f == freight.FactDocument:
		return connect.SendDocument
	}
	return ""
}

// routed is the setting that keeps up to which intent an account has been served.
func routed(feed int64) string { return fmt.Sprintf("feed.%d.routed", feed) }

// routeAtOnce is how many intents are looked at in one transaction.
const routeAtOnce = 200

// route gives rise to an account's intents from the desk's.
func (e *Engine) route(ctx context.Context, a *account) error {
	w, ok := a.conn.(connect.Writer)
	if !ok {
		return nil
	}
	e.routing.Lock()
	defer e.routing.Unlock()
	kept, err := e.opt.Store.Meta(ctx, routed(a.id))
	if err != nil {
		return err
	}
	after, _ := strconv.ParseInt(kept, 10, 64) // empty is 0
	for {
		list, err := e.opt.Store.IntentsAfter(ctx, after, "tms", routeAtOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		var found []routedIntent
		for i := range list {
			r, ok, err := e.routeOne(ctx, a, w, &list[i])
			if err != nil {
				return err
			}
			if ok {
				found = append(found, r)
			}
		}
		after = list[len(list)-1].ID
		err = e.opt.Store.Write(ctx, func(tx *store.Tx) error {
			for i := range found {
				if _, err := tx.AddSending(&found[i].intent, &found[i].sending); err != nil {
					return err
				}
			}
			return tx.SetMeta(routed(a.id), strconv.FormatInt(after, 10))
		})
		if err != nil {
			return err
		}
	}
}

type routedIntent struct {
	intent  store.Intent
	sending store.Sending
}

// routeOne is an intent as the account is told it; ok is false where it is none of its business.
func (e *Engine) routeOne(ctx context.Context, a *account, w connect.Writer, in *store.Intent) (out routedIntent, ok bool, err error) {
	kind := errandOf(in.Kind)
	if kind == "" || in.Load == 0 || in.State != "waiting" {
		return out, false, nil
	}
	if can, _ := w.CanWrite(kind); !can {
		return out, false, nil
	}
	load, err := e.opt.Store.Became(ctx, in.Load)
	if err != nil {
		return out, false, err
	}
	line, err := e.opt.Poster.Known(ctx, load)
	if err != nil {
		return out, false, err
	}
	if _, lives := a.rule(line.Customer.Value); !lives {
		return out, false, nil
	}
	says, ok, err := e.saying(ctx, load, in, &line)
	if err != nil || !ok {
		return out, false, err
	}
	if theirs, err := e.gaveIt(ctx, a, &says); theirs || err != nil {
		return out, false, err
	}
	body, err := json.Marshal(says)
	if err != nil {
		return out, false, err
	}
	out.intent = store.Intent{Key: fmt.Sprintf("%s%d %s", store.ForFeed, a.id, in.Key), Load: load, Kind: in.Kind, Target: a.source().String(),
		Body: in.Body, CreatedAt: in.CreatedAt, By: in.By}
	out.sending = store.Sending{Feed: a.id, Load: load, Kind: kind, Says: string(body)}
	return out, true, nil
}

// gaveIt reports whether a document came from the very account that would be told of it. Of a file with several papers only the account's
// own load is known to have its paper there, so that a part of one is sent.
func (e *Engine) gaveIt(ctx context.Context, a *account, says *connect.Saying) (bool, error) {
	if says.Fact != freight.FactDocument {
		return false, nil
	}
	d, err := e.opt.Store.Document(ctx, says.Digest)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil // it was removed; sending it tells so
	}
	if err != nil || d.From != a.source().String() {
		return false, err
	}
	parts, err := e.opt.Store.DocumentsOf(ctx, d.File)
	return len(parts) == 1, err
}

// saying is what an intent tells, drawn from the person's statement that gave rise to it.
func (e *Engine) saying(ctx context.Context, load int64, in *store.Intent, t *freight.Timeline) (connect.Saying, bool, error) {
	_, hex, _ := strings.Cut(in.Key, " ") // "edit 81f0...", "paper 81f0..."
	id, ok := freight.ParseObservationID(hex)
	if !ok {
		return connect.Saying{}, false, nil
	}
	log, err := e.opt.Store.Observations(ctx, load, time.Time{})
	if err != nil {
		return connect.Saying{}, false, err
	}
	for i := range log {
		if log[i].ID != id {
			continue
		}
		for j := range log[i].Claims {
			if c := &log[i].Claims[j]; string(c.Fact) == in.Kind && !c.Value.None {
				s, ok := sayingOf(c, t)
				s.By = in.By
				return s, ok, nil
			}
		}
	}
	return connect.Saying{}, false, nil // taken back before it was sent
}

// sayingOf is a claim as a platform is told it; ok is false for a time that cannot be made an instant.
func sayingOf(c *freight.Claim, t *freight.Timeline) (s connect.Saying, ok bool) {
	v := &c.Value
	s = connect.Saying{Fact: c.Fact, Stop: c.Subject.Stop.Seq, Text: v.Text}
	for i := range t.Stops {
		if t.Stops[i].Seq == s.Stop {
			s.Zone = t.Stops[i].Zone
		}
	}
	var whole bool
	switch c.Fact {
	case freight.FactETA:
		s.At, whole = instantOf(v.Start, s.Zone)
	case freight.FactWindow:
		s.Start, whole = instantOf(v.Start, s.Zone)
		if s.End, ok = instantOf(v.End, s.Zone); !ok {
			s.End = s.Start
		}
	case freight.FactPosition:
		s.At, whole = instantOf(c.At, s.Zone)
		s.Place, s.Text = v.Place, ""
	case freight.FactStatus, freight.FactNote:
		if s.At, whole = instantOf(c.At, s.Zone); !whole {
			s.At = time.Time{}
		}
		s.Code, whole = v.Type, true
	case freight.FactDocument:
		s.Paper, s.Digest, s.Text, whole = v.Type, v.Text, v.Scope, true
	default:
		s.At, whole = instantOf(c.At, s.Zone)
	}
	return s, whole
}

// instantOf is a time as an instant, by the zone of its stop where it has none of its own. A day alone is none.
func instantOf(w freight.When, zone string) (time.Time, bool) {
	switch w.Basis {
	case freight.Instant:
		return time.Unix(w.Sec, 0).UTC(), true
	case freight.InZone:
		zone = w.Zone
	case freight.Local:
	default:
		return time.Time{}, false
	}
	loc, err := time.LoadLocation(zone)
	if err != nil || zone == "" {
		return time.Time{}, false
	}
	c := w.Wall()
	return time.Date(c.Year(), c.Month(), c.Day(), c.Hour(), c.Minute(), c.Second(), 0, loc).UTC(), true
}

// Errand is an intent for an account, for people.
type Errand struct {
	ID     string         `json:"id"` // the number of its intent
	Key    string         `json:"key"`
	Load   string         `json:"load"`
	LoadID int64          `json:"-"`
	Source string         `json:"source"` // the account
	Target string         `json:"target"` // "project44/acme"
	Kind   string         `json:"kind"`   // create, status, position, window, document, update, cancel, ...
	Text   string         `json:"text"`
	Says   connect.Saying `json:"says"`
	State  string         `json:"state"` // waiting, trying, unsure, parked, arrived; done, dropped by a person
	Tries  int            `json:"tries"`
	Next   *time.Time     `json:"next"`   // not tried before then
	Reason string         `json:"reason"` // why it waits, is parked or unsure
	Answer string         `json:"answer"`
	At     time.Time      `json:"at"`
	By     string         `json:"by"`
}

// Outbox is what accounts are told: everything open and what was settled since, newest first. source "" is all of them.
func (e *Engine) Outbox(ctx context.Context, source string, settledFrom time.Time, limit int) (freight.List[Errand], error) {
	feeds, err := e.opt.Store.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	names, only := map[int64]string{}, int64(0)
	for i := range feeds {
		names[feeds[i].ID] = feeds[i].Name
		if feeds[i].Name == source {
			only = feeds[i].ID
		}
	}
	if source != "" && only == 0 {
		return nil, fmt.Errorf("%w: %s", ErrUnknown, source)
	}
	list, err := e.opt.Store.LatestSendings(ctx, only, settledFrom, limit)
	if err != nil {
		return nil, err
	}
	out := make(freight.List[Errand], 0, len(list))
	for i := range list {
		s, err := e.errand(ctx, &list[i], names[list[i].Feed])
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

func (e *Engine) errand(ctx context.Context, s *store.Sending, source string) (Errand, error) {
	out := Errand{ID: strconv.FormatInt(s.Intent, 10), Key: s.Key, LoadID: s.Load, Source: source, Target: s.Target, Kind: s.Kind, Text: s.Body, State: s.State, Tries: s.Tries,
		Next: known(s.Wait), Reason: s.Reason, Answer: s.Answer, At: s.CreatedAt, By: s.By}
	if s.IntentState == "done" || s.IntentState == "dropped" {
		out.State = s.IntentState
	}
	if err := json.Unmarshal([]byte(s.Says), &out.Says); err != nil {
		return out, err
	}
	l, err := e.opt.Store.Load(ctx, s.Load)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return out, err
	}
	out.Load = l.Number
	return out, nil
}

// Tries are the tries of an errand, oldest first.
func (e *Engine) Tries(ctx context.Context, id int64) ([]store.SendTry, error) {
	return e.opt.Store.SendTries(ctx, id)
}

// Retry has a parked or unsure errand sent again: a person says that it did not arrive, or that what was in its way is mended.
func (e *Engine) Retry(ctx context.Context, id int64, by string) error {
	return e.settle(ctx, id, by, "sent again", func(s *store.Sending) (string, error) {
		s.State, s.Tries, s.Wait, s.Reason = store.SendWaiting, 0, time.Time{}, ""
		return "waiting", nil
	})
}

// Edit changes what an errand tells and has it sent again.
func (e *Engine) Edit(ctx context.Context, id int64, says connect.Saying, by string) error {
	body, err := json.Marshal(says)
	if err != nil {
		return err
	}
	return e.settle(ctx, id, by, "changed", func(s *store.Sending) (string, error) {
		s.Says, s.State, s.Tries, s.Wait, s.Reason = string(body), store.SendWaiting, 0, time.Time{}, ""
		return "waiting", nil
	})
}

// Drop takes an errand out: it is not wanted any more.
func (e *Engine) Drop(ctx context.Context, id int64, by string) error {
	return e.settle(ctx, id, by, "dropped", func(s *store.Sending) (string, error) {
		s.State = store.SendParked
		return "dropped", nil
	})
}

// Done says of an errand that it was done by hand, or that an unsure one did arrive.
func (e *Engine) Done(ctx context.Context, id int64, by string) error {
	return e.settle(ctx, id, by, "done", func(s *store.Sending) (string, error) {
		s.State = store.SendArrived
		return "done", nil
	})
}

// Reopen takes back that a person settled an errand (Done, Drop): it stands as it stood before. One that may have arrived is in doubt
// again, and is not sent.
func (e *Engine) Reopen(ctx context.Context, id int64, by string) error {
	tries, err := e.opt.Store.SendTries(ctx, id)
	if err != nil {
		return err
	}
	return e.settle(ctx, id, by, "opened again", func(s *store.Sending) (intent string, err error) {
		if s.IntentState != "done" && s.IntentState != "dropped" {
			return "", invalid("Errand %d was not settled by hand: there is nothing to take back.", id)
		}
		s.State, intent = stoodBefore(tries)
		return intent, nil
	})
}

// stoodBefore is where an errand and its intent stood before a person settled it, by its tries.
func stoodBefore(tries []store.SendTry) (sending, intent string) {
	for _, t := range slices.Backward(tries) {
		switch t.Outcome {
		case "done", "dropped", "opened again":
			continue
		case "unsure":
			return store.SendUnsure, "waiting"
		case "refused":
			return store.SendParked, "refused"
		}
		break
	}
	return store.SendWaiting, "waiting"
}

// settle is a person's word on an errand. One that is being sent, or was delivered, is past it.
func (e *Engine) settle(ctx context.Context, id int64, by, act string, change func(*store.Sending) (string, error)) error {
	now := e.opt.Now().UTC()
	err := e.opt.Store.Write(ctx, func(tx *store.Tx) error {
		s, err := tx.Sending(id)
		if errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("%w: errand %d", ErrUnknown, id)
		}
		if err != nil {
			return err
		}
		switch {
		case s.State == store.SendArrived && s.IntentState != "done":
			return invalid("Errand %d has arrived; nothing is left to do.", id)
		case s.State == store.SendTrying:
			return invalid("Errand %d is being sent: it may have arrived. Wait until that is known.", id)
		}
		state, err := change(&s)
		if err != nil {
			return err
		}
		if err := tx.SaveSending(&s); err != nil {
			return err
		}
		at := now
		if state == "waiting" {
			at = time.Time{}
		}
		if err := tx.SettleIntent(id, state, at, by); err != nil {
			return err
		}
		if err := tx.AddSendTry(id, store.SendTry{At: now, Outcome: act, Detail: "by " + by}); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: by, Act: "errand " + act, Subject: fmt.Sprintf("intent:%d", id), Detail: s.Body})
	})
	if err == nil {
		e.Changed()
	}
	return err
}
