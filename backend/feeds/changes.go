package feeds

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// A platform that was told of a load is told again when the plan changes: another appointment, the truck that was assigned, a
// cancellation. What platforms said themselves is no change.

// compared is the setting that keeps until when an account's loads were compared with what it was told.
func compared(feed int64) string { return fmt.Sprintf("feed.%d.compared", feed) }

// tellChanges gives rise to errands for loads whose plan differs from what the account was told.
func (e *Engine) tellChanges(ctx context.Context, a *account) error {
	w, ok := a.conn.(connect.Writer)
	if !ok {
		return nil
	}
	kept, err := e.opt.Store.Meta(ctx, compared(a.id))
	if err != nil {
		return err
	}
	nanos, _ := strconv.ParseInt(kept, 10, 64) // empty is 0
	now := e.opt.Now().UTC()
	for after := int64(0); ; {
		rows, err := e.opt.Store.FeedLoadsChanged(ctx, a.id, time.Unix(0, nanos), after, newAtOnce)
		if err != nil {
			return err
		}
		for i := range rows {
			if err := e.tellChange(ctx, a, w, &rows[i], now); err != nil {
				return err
			}
			after = rows[i].Load
		}
		if len(rows) < newAtOnce {
			break
		}
	}
	return e.opt.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.SetMeta(compared(a.id), strconv.FormatInt(now.UnixNano(), 10))
	})
}

func (e *Engine) tellChange(ctx context.Context, a *account, w connect.Writer, row *store.FeedLoad, now time.Time) error {
	t, err := e.opt.Poster.Known(ctx, row.Load)
	if err != nil {
		return err
	}
	plan := planOf(&t)
	if plan == row.Told {
		return nil
	}
	kind, says := connect.UpdateLoad, fmt.Sprintf("What changed of load %s is to be told to %s", t.Number, a.kind.Title)
	if called(&t) {
		kind, says = connect.CancelLoad, fmt.Sprintf("Load %s is to be cancelled at %s", t.Number, a.kind.Title)
	}
	l, err := e.opt.Store.Load(ctx, row.Load)
	if err != nil {
		return err
	}
	can, _ := w.CanWrite(kind)
	over := kind == connect.UpdateLoad && t.State.Done()
	return e.opt.Store.Write(ctx, func(tx *store.Tx) error {
		fresh, err := tx.FeedLoad(row.Feed, row.Load)
		if err != nil {
			return err
		}
		fresh.Told = plan
		if err := tx.SaveFeedLoad(&fresh); err != nil || !can || over {
			return err
		}
		if kind == connect.UpdateLoad {
			if waits, err := tx.Untold(row.Feed, row.Load, connect.CreateLoad, connect.UpdateLoad); waits || err != nil {
				return err
			}
		}
		in := store.Intent{Key: fmt.Sprintf("%s%d %s %s %s", store.ForFeed, a.id, kind, l.UID, plan), Load: row.Load, Kind: kind, Target: a.source().String(), Body: says, CreatedAt: now, By: a.source().String()}
		_, err = tx.AddSending(&in, &store.Sending{Feed: a.id, Load: row.Load, Kind: kind, Says: "{}"})
		return err
	})
}

// planOf is a digest of what a platform is told of a load when it is made or changed there.
func planOf(t *freight.Timeline) string {
	h := sha256.New()
	say := func(words ...any) { fmt.Fprintln(h, words...) }
	say(ours(t.SCAC), ours(t.MC), ours(t.DOT), ours(t.Carrier))
	for _, kind := range []string{"TRUCK", "TRAILER", "CONTAINER"} {
		say(kind, ours(t.Equipment[kind]))
	}
	say(ours(t.Driver["PHONE"]))
	for i := range t.Stops {
		s := &t.Stops[i]
		w := plannedWindow(s)
		say(s.Seq, s.Kind, s.Place.Facility, s.Place.Address, s.Place.City, s.Place.State, s.Place.Postal, w.Start.Unix(), w.End.Unix())
	}
	say(called(t))
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// called reports whether the load was called off.
func called(t *freight.Timeline) bool {
	return t.State == freight.Cancelled || t.State == freight.NotUsed
}

// ours is a value as anybody but a platform tells it.
func ours(k freight.Known) string {
	for i := range k.Claims {
		if !k.Claims[i].Source.Kind.Platform() {
			return k.Claims[i].Value
		}
	}
	return ""
}

// plannedWindow is the stop's window without what platforms made of it: they are told ours, not theirs.
func plannedWindow(s *freight.StopLine) freight.Window {
	for i := range s.WindowsOf {
		if !s.WindowsOf[i].Source.Kind.Platform() {
			return s.WindowsOf[i].Window
		}
	}
	return s.Window
}
