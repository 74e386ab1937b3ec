package feeds

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// An errand goes out at least once, and where the system gives any means to it exactly once: that it is being tried is on disk before
// the first byte leaves, so that after a kill or a cut answer it is known that it may have arrived. Then it is sent again where that
// changes nothing, looked up where it can be, and otherwise left to a person.

const (
	mostOpen  = 20_000 // errands of an account that are looked at in one turn
	poison    = 10     // tries after which an errand is parked: others pass and it does not
	longestGo = time.Hour
)

// drain sends what waits for an account, the loads side by side, the errands of one load in order.
func (e *Engine) drain(ctx context.Context, a *account, res *SyncResult) error {
	w, ok := a.conn.(connect.Writer)
	if !ok {
		return nil
	}
	open, err := e.opt.Store.OpenSendings(ctx, a.id, mostOpen)
	if err != nil || len(open) == 0 {
		return err
	}
	e.show(a, "sending", 0, len(open))
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	todo := make(chan []store.Sending)
	var mu sync.Mutex
	var workers sync.WaitGroup
	for range max(1, cap(a.line.slots)) {
		workers.Go(func() {
			for ofLoad := range todo {
				part, err := e.sendAll(ctx, a, w, ofLoad)
				mu.Lock()
				res.join(part)
				mu.Unlock()
				e.show(a, "sending", len(ofLoad), 0)
				if err != nil {
					stop(err)
				}
			}
		})
	}
	for len(open) > 0 && ctx.Err() == nil {
		n := 1
		for n < len(open) && open[n].Load == open[0].Load {
			n++
		}
		select {
		case todo <- open[:n]:
		case <-ctx.Done():
		}
		open = open[n:]
	}
	close(todo)
	workers.Wait()
	if res.Pushed > 0 {
		e.answered(a)
		a.feed.Asked = a.feed.Answered
	}
	cause := context.Cause(ctx)
	if cause == nil {
		return e.opt.Store.Write(ctx, func(tx *store.Tx) error { return e.saveFeed(tx, a) })
	}
	if errors.Is(cause, context.Canceled) {
		return cause
	}
	return e.failed(context.WithoutCancel(ctx), a, cause, res)
}

func (r *SyncResult) join(part SyncResult) {
	r.Pushed += part.Pushed
	r.Failed += part.Failed
	r.More = r.More || part.More
	if part.Reason != "" {
		r.Reason = part.Reason
	}
	r.later(part.next, part.why)
}

// sendAll sends the errands of one load, in order. One that must wait holds the later ones up; so does one that makes the load known
// there as long as it has not arrived. An error ends the account's turn.
func (e *Engine) sendAll(ctx context.Context, a *account, w connect.Writer, errands []store.Sending) (res SyncResult, err error) {
	for i := range errands {
		s := &errands[i]
		switch {
		case s.State == store.SendParked || s.State == store.SendUnsure || s.IntentState != "waiting":
			if s.Kind == connect.CreateLoad {
				return res, nil
			}
			continue
		case s.Wait.After(e.opt.Clock.Now()):
			if s.Tries > 0 { // else it waits for something at the desk or there, and not for the network
				res.later(s.Wait, s.Reason)
			}
			return res, nil
		}
		arrived, err := e.send(ctx, a, w, s, &res)
		if err != nil {
			return res, err
		}
		if !arrived && (s.State == store.SendWaiting || s.State == store.SendTrying || s.Kind == connect.CreateLoad) {
			return res, nil
		}
	}
	return res, nil
}

// send carries one errand out.
func (e *Engine) send(ctx context.Context, a *account, w connect.Writer, s *store.Sending, res *SyncResult) (arrived bool, err error) {
	errand, err := e.errandFor(ctx, a, s)
	if err != nil && ctx.Err() == nil { // this errand alone cannot be made: it must not keep others from going
		return false, e.park(ctx, s, "It cannot be put together: "+sentence(err.Error()), res)
	}
	if err != nil {
		return false, err
	}
	if s.State == store.SendTrying && !w.Repeatable(s.Kind) {
		receipt, there, known, err := w.Written(ctx, errand)
		switch {
		case err != nil && !(errors.Is(err, connect.ErrRefused) || errors.Is(err, connect.ErrGone)):
			return false, e.again(ctx, s, store.SendTrying, err, res)
		case err == nil && !known:
			return false, e.unsure(ctx, s, res)
		case err == nil && there:
			return true, e.delivered(ctx, a, s, receipt, "looked up", res)
		}
	}
	s.State, s.Tries, s.Wait = store.SendTrying, s.Tries+1, time.Time{}
	if ok, err := e.begin(ctx, s); err != nil || !ok {
		return false, err
	}
	receipt, err := w.Write(ctx, errand)
	if err == nil {
		return true, e.delivered(context.WithoutCancel(ctx), a, s, receipt, "arrived", res)
	}
	return false, e.undelivered(ctx, w, s, err, res)
}

// begin puts on file that the errand is being tried; ok is false where a person settled it in the meantime.
func (e *Engine) begin(ctx context.Context, s *store.Sending) (ok bool, err error) {
	err = e.opt.Store.Write(ctx, func(tx *store.Tx) error {
		now, err := tx.Sending(s.Intent)
		if err != nil {
			return err
		}
		if ok = now.IntentState == "waiting" && now.Says == s.Says; !ok {
			return nil
		}
		return tx.SaveSending(s)
	})
	return ok, err
}

// errandFor is a sending as the connector is told it.
func (e *Engine) errandFor(ctx context.Context, a *account, s *store.Sending) (connect.Errand, error) {
	load, err := e.opt.Store.Became(ctx, s.Load)
	if err != nil {
		return connect.Errand{}, err
	}
	line, err := e.opt.Poster.Known(ctx, load)
	if err != nil {
		return connect.Errand{}, err
	}
	row, err := e.opt.Store.FeedLoad(ctx, a.id, load)
	if errors.Is(err, store.ErrNotFound) {
		err = nil // nothing was asked about it yet
	}
	if err != nil {
		return connect.Errand{}, err
	}
	row.Load = load
	out := connect.Errand{Key: ErrandKey(s.Key), Kind: s.Kind, Load: a.tracked(&line, &row)}
	if err := json.Unmarshal([]byte(s.Says), &out.Says); err != nil {
		return out, fmt.Errorf("errand %d cannot be read: %w", s.Intent, err)
	}
	if s.Kind == connect.SendDocument && e.opt.Paper != nil {
		out.Paper, out.Media, err = e.opt.Paper(ctx, out.Says.Digest)
		if out.Says.Name == "" {
			out.Says.Name = paperName(&out)
		}
	}
	return out, err
}

// paperName is what a document is called at a system: "104012 POD 8a0e43.pdf", the same at every try. It begins with the load and names
// the bytes, so that another paper of the same load is never taken for this one when it is looked up.
func paperName(e *connect.Errand) string {
	kind, ends := "paper", map[string]string{"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif"}[e.Media]
	if e.Says.Paper == freight.POP || e.Says.Paper == freight.POD {
		kind = strings.ToUpper(e.Says.Paper)
	}
	file, nth, _ := strings.Cut(e.Says.Digest, ".")
	of := file[:min(len(file), digestInName)]
	if nth != "" && nth != "1" {
		of += "-" + nth // of several in a file
	}
	return strings.Join(strings.Fields(e.Load.Number+" "+kind+" "+of), " ") + ends
}

// digestInName is how many figures of its digest are in a document's name.
const digestInName = 6

// ErrandKey is the key by which a system tells an errand from any other: the same at every try, on every desk.
func ErrandKey(key string) string {
	sum := sha256.Sum256([]byte("errand\x00" + key))
	return hex.EncodeToString(sum[:16])
}

// undelivered decides what a failed try means.
func (e *Engine) undelivered(ctx context.Context, w connect.Writer, s *store.Sending, err error, res *SyncResult) error {
	var held *connect.Held
	var unsent *Unsent
	never := errors.As(err, &held) || errors.As(err, &unsent)
	switch {
	case errors.Is(err, context.Canceled) && !never:
		return err // it stays trying: it may have arrived
	case errors.Is(err, connect.ErrSignIn):
		s.State, s.Reason = store.SendWaiting, sentence(err.Error())
		return errors.Join(e.saveTry(ctx, s, "again", s.Reason, ""), err)
	case errors.As(err, &held):
		s.State, s.Tries, s.Reason = store.SendWaiting, s.Tries-1, sentence(held.Reason)
		return errors.Join(e.saveTry(ctx, s, "again", s.Reason, ""), err)
	case errors.Is(err, context.Canceled):
		s.State, s.Tries = store.SendWaiting, s.Tries-1
		return errors.Join(e.saveTry(ctx, s, "again", "It was stopped before it left.", ""), err)
	case errors.Is(err, connect.ErrLacks):
		return e.lacks(ctx, s, err)
	case errors.Is(err, connect.ErrNotYet): // it waits for something at the desk or there, not for another try
		s.State, s.Tries, s.Reason = store.SendWaiting, 0, sentence(err.Error())
		s.Wait = e.opt.Clock.Now().Add(spread(10*time.Minute, 10*time.Minute, 1, e.opt.Rand()))
		return e.saveTry(ctx, s, "again", s.Reason, "")
	case errors.Is(err, connect.ErrWordless):
		return e.wordless(ctx, s, err)
	case errors.Is(err, connect.ErrRefused), errors.Is(err, connect.ErrGone):
		return e.park(ctx, s, sentence(err.Error()), res)
	case s.Tries >= poison:
		if !never && !w.Repeatable(s.Kind) {
			return e.unsure(ctx, s, res)
		}
		return e.park(ctx, s, fmt.Sprintf("It was tried %d times. %s", s.Tries, sentence(err.Error())), res)
	case never:
		return e.again(ctx, s, store.SendWaiting, err, res)
	}
	return e.again(ctx, s, store.SendTrying, err, res)
}

// again has the errand wait for its next try.
func (e *Engine) again(ctx context.Context, s *store.Sending, state string, err error, res *SyncResult) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	var held *connect.Held
	if errors.As(err, &held) || errors.Is(err, connect.ErrSignIn) {
		return err // the account waits; the errand stands as it stood
	}
	s.State, s.Reason = state, sentence(err.Error())
	s.Wait = e.opt.Clock.Now().Add(spread(5*time.Second, longestGo, max(1, s.Tries), e.opt.Rand()))
	if errors.Is(err, connect.ErrNotYet) { // what was made shows only after a while: looking sooner tells nothing
		s.Wait = e.opt.Clock.Now().Add(lookAgain)
	}
	res.later(s.Wait, s.Reason)
	res.Failed++
	res.Reason = s.Reason
	return e.saveTry(ctx, s, "again", s.Reason, "")
}

// lookAgain is how long to wait before an errand is looked up once more.
const lookAgain = 40 * time.Second

// lackingWait is how long an errand is let alone whose load lacks something: nothing leaves when it is tried.
const lackingWait = 30 * time.Second

// lacks has the errand wait until its load has what the system asks for. What it lacks is told once.
func (e *Engine) lacks(ctx context.Context, s *store.Sending, err error) error {
	reason := sentence(err.Error())
	told := s.Reason == reason
	s.State, s.Tries, s.Reason, s.Wait = store.SendWaiting, 0, reason, e.opt.Clock.Now().Add(lackingWait)
	if told {
		return e.opt.Store.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error { return tx.SaveSending(s) })
	}
	return e.saveTry(ctx, s, "again", reason, "")
}

// unsure leaves the errand to a person: it may have arrived, and nobody can look.
func (e *Engine) unsure(ctx context.Context, s *store.Sending, res *SyncResult) error {
	s.State = store.SendUnsure
	s.Reason = "It was sent and its answer was lost. Whether it arrived cannot be asked here: look there, then say that it arrived or send it again."
	res.Failed++
	res.Reason = s.Reason
	return e.saveTry(ctx, s, "unsure", s.Reason, "")
}

// park takes the errand out of the way of others, with the reason.
func (e *Engine) park(ctx context.Context, s *store.Sending, reason string, res *SyncResult) error {
	s.State, s.Reason = store.SendParked, reason
	res.Failed++
	res.Reason = reason
	return e.saveTry(ctx, s, "refused", reason, "refused")
}

// saveTry stores a try and where the errand stands; settled is the intent's new state, "" where it stays.
func (e *Engine) saveTry(ctx context.Context, s *store.Sending, outcome, detail, settled string) error {
	now := e.opt.Now().UTC()
	return e.opt.Store.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		if err := tx.SaveSending(s); err != nil {
			return err
		}
		if settled != "" {
			if err := tx.SettleIntent(s.Intent, settled, now, s.Target); err != nil {
				return err
			}
		}
		return tx.AddSendTry(s.Intent, store.SendTry{At: now, Outcome: outcome, Detail: detail})
	})
}

// delivered stores that the errand arrived, with what it made there, in one transaction.
func (e *Engine) delivered(ctx context.Context, a *account, s *store.Sending, r connect.Receipt, outcome string, res *SyncResult) error {
	now := e.opt.Now().UTC()
	s.State, s.Answer, s.Remote, s.Reason, s.Wait = store.SendArrived, r.Says, r.Remote, "", time.Time{}
	state := "accepted"
	if r.Later {
		state = "sent"
	}
	if r.Twice {
		outcome += ", was there already"
	}
	err := e.opt.Store.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		if err := tx.SaveSending(s); err != nil {
			return err
		}
		if err := tx.SettleIntent(s.Intent, state, now, s.Target); err != nil {
			return err
		}
		if err := tx.AddSendTry(s.Intent, store.SendTry{At: now, Outcome: outcome, Detail: r.Says}); err != nil {
			return err
		}
		if err := e.learned(tx, a, s, r.Remote, now); err != nil {
			return err
		}
		act := store.Act{At: now, Who: s.Target, Act: "sent", Subject: fmt.Sprintf("intent:%d", s.Intent), Detail: s.Body, Digest: sha256.Sum256([]byte(s.Says))}
		return tx.Audit(&act)
	})
	if err == nil {
		res.Pushed++
	}
	return err
}

// learned notes by what a load goes there from now on, and when to ask about it first: what was just made is readable only later.
func (e *Engine) learned(tx *store.Tx, a *account, s *store.Sending, remote string, now time.Time) error {
	if s.Kind != connect.CreateLoad { // what else is made there, such as a request or a document, has a number of its own
		return nil
	}
	row, err := tx.FeedLoad(a.id, s.Load)
	if errors.Is(err, store.ErrNotFound) {
		row, err = store.FeedLoad{Feed: a.id, Load: s.Load}, nil
	}
	if err != nil {
		return err
	}
	if remote != "" {
		row.Remote = remote
	}
	if follows(a.conn) && row.Due.IsZero() {
		row.Due = phased(now, a.interval(), s.Load)
	}
	return tx.SaveFeedLoad(&row)
}
