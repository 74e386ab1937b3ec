package work

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"tracedesk/backend/desk"
	"tracedesk/backend/feeds"
	"tracedesk/backend/store"
)

// accounts are the names of the sources by number.
func (a *Area) accounts(ctx context.Context) (map[int64]string, error) {
	all, err := a.desk.Store.Feeds(ctx)
	names := map[int64]string{}
	for i := range all {
		names[all[i].ID] = all[i].Name
	}
	return names, err
}

// sendingOf is how an entry fares at the source that it is for; nil for one that is done by hand.
func (a *Area) sendingOf(ctx context.Context, intent int64, names map[int64]string) (*Sending, error) {
	s, err := a.desk.Store.Sending(ctx, intent)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := &Sending{Source: names[s.Feed], State: SendingState(s.State), Tries: s.Tries, Reason: a.desk.Secrets.Hide(s.Reason), Answer: a.desk.Secrets.Hide(s.Answer), Says: spread(s.Says)}
	if !s.Wait.IsZero() && s.State == store.SendWaiting {
		out.Next = desk.Moment(s.Wait)
	}
	return out, nil
}

// spread is a JSON text as a person reads and edits it.
func spread(text string) string {
	var out bytes.Buffer
	if json.Indent(&out, []byte(text), "", "  ") != nil {
		return text
	}
	return out.String()
}

// settleSending has the engine settle an entry that is for a source; done is false for one that is not.
func (a *Area) settleSending(ctx context.Context, id int64, state IntentState, who string) (done bool, err error) {
	if _, err := a.desk.Store.Sending(ctx, id); err != nil {
		if errors.Is(err, store.ErrNotFound) {
			err = nil
		}
		return false, err
	}
	switch state {
	case IntentDone:
		err = a.desk.Feeds.Done(ctx, id, who)
	case IntentDropped:
		err = a.desk.Feeds.Drop(ctx, id, who)
	default:
		err = a.desk.Feeds.Reopen(ctx, id, who)
	}
	var refused *feeds.InvalidError
	if errors.As(err, &refused) {
		err = desk.Conflict("%s", refused.Says)
	}
	return true, err
}
