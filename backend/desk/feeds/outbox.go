package feeds

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"tracedesk/backend/connect"
	"tracedesk/backend/desk"
)

// Resend has a parked or doubtful entry of the outbox sent again.
func (a *Area) Resend(ctx context.Context, id string, by FeedBy) (Sent, error) {
	n, err := a.entry(ctx, id)
	if err != nil {
		return Sent{}, err
	}
	if err := a.desk.Feeds.Retry(ctx, n, a.desk.Person(by.As)); err != nil {
		return Sent{}, told(err)
	}
	return Sent{ID: id, State: "waiting", Says: "It is sent again."}, nil
}

// Reword changes what an entry says, and has it sent.
func (a *Area) Reword(ctx context.Context, id string, edit SentEdit) (Sent, error) {
	n, err := a.entry(ctx, id)
	if err != nil {
		return Sent{}, err
	}
	var says connect.Saying
	in := json.NewDecoder(strings.NewReader(edit.Says))
	in.DisallowUnknownFields()
	if err := in.Decode(&says); err != nil {
		return Sent{}, desk.Invalid("What is sent cannot be read: %s.", err.Error())
	}
	if in.More() {
		return Sent{}, desk.Invalid("What is sent is one JSON object.")
	}
	if err := a.desk.Feeds.Edit(ctx, n, says, a.desk.Person(edit.As)); err != nil {
		return Sent{}, told(err)
	}
	return Sent{ID: id, State: "waiting", Says: "It is changed and sent."}, nil
}

// entry is the number of an entry of the outbox that is for an account.
func (a *Area) entry(ctx context.Context, id string) (int64, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0, desk.Invalid("%q is not the number of an entry.", id)
	}
	if _, err := a.desk.Store.Sending(ctx, n); err != nil {
		return 0, desk.Invalid("Entry %s is for no source that is connected: do it by hand and mark it done.", id)
	}
	return n, nil
}
