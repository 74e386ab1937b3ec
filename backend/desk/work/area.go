package work

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// Area is what people do and what must still leave the desk.
type Area struct{ desk *desk.Desk }

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{d} }

// Undo takes an observation back: a retraction of it, never an opposite edit. What it wanted written elsewhere is dropped
// while it still waits. Undoing a retraction brings both back. An entry of the outgoing work that was settled waits again.
func (a *Area) Undo(ctx context.Context, u UndoRequest) (Undone, error) {
	if u.Intent != "" {
		return a.reopen(ctx, u)
	}
	id, ok := freight.ParseObservationID(u.Observation)
	if !ok {
		return Undone{}, desk.Invalid("%q is not the id of an observation.", u.Observation)
	}
	load, err := a.desk.Store.FindObservation(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return Undone{}, desk.NotFound("There is nothing to take back under %s.", u.Observation)
	}
	if err != nil {
		return Undone{}, err
	}
	if load, err = a.desk.Store.Became(ctx, load); err != nil {
		return Undone{}, err
	}
	known, err := a.desk.Store.Load(ctx, load)
	if err != nil {
		return Undone{}, err
	}
	taken, _, err := a.desk.Store.ObservationByID(ctx, id)
	if err != nil {
		return Undone{}, err
	}
	who := a.desk.Person(u.As)
	l := a.desk.LedgerAt(u.Now)
	now := l.Now().UTC()
	says := "Taken back on load " + known.Number
	o := freight.Observation{Source: freight.Source{Kind: freight.User, Account: who}, Channel: freight.ByHand, By: who, StatedAt: now, Retracts: id, Text: "undo"}
	posted, err := l.Post(ctx, load, []freight.Observation{o}, func(tx *store.Tx, p ledger.Posted) error {
		if len(p.IDs) == 0 {
			return nil
		}
		for _, key := range []string{"edit ", "paper "} {
			if err := tx.DropIntent(key+id.String(), now, who); err != nil {
				return err
			}
			if taken.Retracts.IsZero() {
				continue
			}
			if err := tx.ReopenIntent(key + taken.Retracts.String()); err != nil {
				return err
			}
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "undo", Subject: known.UID.String(), Detail: says, Digest: desk.Digest(p.IDs[0].String(), id.String())})
	})
	if err != nil {
		return Undone{}, err
	}
	if len(posted.IDs) == 0 {
		return Undone{Says: "It was taken back already."}, nil
	}
	return Undone{Observation: posted.IDs[0].String(), Says: says}, a.desk.RefreshPapers(ctx, load)
}

// mostIntents is how many intents one list names.
const mostIntents = 2000

// Intents lists what waits, and what was settled lately.
func (a *Area) Intents(ctx context.Context) (Intents, error) {
	list, err := a.desk.Store.LatestIntents(ctx, a.desk.Now().Add(-24*time.Hour), mostIntents)
	if err != nil {
		return Intents{}, err
	}
	names, err := a.accounts(ctx)
	if err != nil {
		return Intents{}, err
	}
	var out Intents
	for i := range list {
		line, err := a.intent(ctx, &list[i])
		if err == nil {
			line.Sending, err = a.sendingOf(ctx, list[i].ID, names)
		}
		if err != nil {
			return out, err
		}
		out.Intents = append(out.Intents, line)
	}
	return out, nil
}

func (a *Area) intent(ctx context.Context, in *store.Intent) (Intent, error) {
	out := Intent{ID: strconv.FormatInt(in.ID, 10), Key: in.Key, Target: in.Target, Kind: in.Kind, Text: in.Body, State: IntentState(in.State), At: in.CreatedAt, By: in.By}
	if in.Load == 0 {
		return out, nil
	}
	l, err := a.desk.Store.Load(ctx, in.Load)
	out.Load, out.LoadID = l.Number, l.UID.String()
	return out, err
}

// reopen has a settled entry wait again.
func (a *Area) reopen(ctx context.Context, u UndoRequest) (Undone, error) {
	in, err := a.Settle(ctx, u.Intent, IntentChange{State: IntentWaiting, As: u.As, Now: u.Now})
	says := "Waits again: "
	if in.State == IntentRefused {
		says = "Stands refused again: "
	}
	return Undone{Says: says + strings.TrimSpace(in.Load+" "+in.Text)}, err
}

// Settle marks an intent done by hand, dropped, or waiting again.
func (a *Area) Settle(ctx context.Context, id string, change IntentChange) (Intent, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return Intent{}, desk.Invalid("%q is not the number of an intent.", id)
	}
	switch change.State {
	case IntentDone, IntentDropped, IntentWaiting:
	default:
		return Intent{}, desk.Invalid("%q cannot be set by hand: done, dropped or waiting.", string(change.State))
	}
	who := a.desk.Person(change.As)
	if sent, err := a.settleSending(ctx, n, change.State, who); sent || err != nil {
		if err != nil {
			return Intent{}, err
		}
		return a.entry(ctx, n)
	}
	now := a.desk.LedgerAt(change.Now).Now().UTC()
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SettleIntent(n, string(change.State), now, who); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "intent " + string(change.State), Subject: "intent:" + id})
	})
	if errors.Is(err, store.ErrNotFound) {
		return Intent{}, desk.NotFound("There is no intent %s.", id)
	}
	if err != nil {
		return Intent{}, err
	}
	a.desk.Ledger.News().Announce(nil)
	return a.entry(ctx, n)
}

// entry is one entry of the outgoing work as it stands.
func (a *Area) entry(ctx context.Context, id int64) (Intent, error) {
	in, err := a.desk.Store.Intent(ctx, id)
	if err != nil {
		return Intent{}, err
	}
	names, err := a.accounts(ctx)
	if err != nil {
		return Intent{}, err
	}
	out, err := a.intent(ctx, &in)
	if err == nil {
		out.Sending, err = a.sendingOf(ctx, id, names)
	}
	return out, err
}

// ExportIntents writes what waits as CSV. Nothing in a cell can be taken for a formula by a spreadsheet.
func (a *Area) ExportIntents(ctx context.Context, out io.Writer) error {
	list, err := a.desk.Store.Intents(ctx, string(IntentWaiting), mostIntents)
	if err != nil {
		return err
	}
	var page bytes.Buffer
	w := csv.NewWriter(&page)
	w.Write([]string{"id", "load", "target", "kind", "text", "decided_at", "by"})
	for i := range list {
		in, err := a.intent(ctx, &list[i])
		if err != nil {
			return err
		}
		w.Write([]string{in.ID, harmless(in.Load), in.Target, in.Kind, harmless(in.Text), in.At.Format(time.RFC3339), harmless(in.By)})
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	if _, err := out.Write(page.Bytes()); err != nil {
		return err
	}
	return a.desk.Left(ctx, "intents exported", "outbox", fmt.Sprintf("%d intents", len(list)), page.Bytes())
}

func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
