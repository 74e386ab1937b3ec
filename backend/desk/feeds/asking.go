package feeds

import (
	"context"
	"errors"
	"fmt"

	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// Work runs the accounts until ctx ends: each when it is due, what was decided at the desk soon after. What fails as a whole is
// told to failed; what fails at one system is in that account's health.
func (a *Area) Work(ctx context.Context, failed func(error)) {
	for ctx.Err() == nil {
		round, end := a.turn(ctx)
		a.desk.Feeds.Run(round, failed)
		end()
	}
}

// turn is a context that ends with ctx or when a person stops what goes on.
func (a *Area) turn(ctx context.Context) (context.Context, func()) {
	turn, stop := context.WithCancelCause(ctx)
	a.mu.Lock()
	a.next++
	n := a.next
	a.turns[n] = stop
	a.mu.Unlock()
	return turn, func() {
		a.mu.Lock()
		delete(a.turns, n)
		a.mu.Unlock()
		stop(nil)
	}
}

// errStopped says that a person stopped what went on.
var errStopped = errors.New("stopped by a person; what came so far is kept")

// Cancel stops an account's long work by pausing it: what it brought so far is kept, and it goes on from there when it is resumed.
func (a *Area) Cancel(ctx context.Context, name string, by FeedBy) (Feed, error) {
	off := false
	f, err := a.Change(ctx, name, FeedChange{Enabled: &off, As: by.As})
	if err != nil {
		return f, err
	}
	a.stop()
	return f, nil
}

// stop ends what goes on now; a running desk begins anew with what is still to be asked.
func (a *Area) stop() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, stop := range a.turns {
		stop(errStopped)
	}
}

// Sync asks accounts what is due and sends what waits.
func (a *Area) Sync(ctx context.Context, req SyncRequest) (SyncResult, error) {
	if req.Now != nil {
		return SyncResult{}, &desk.Fault{Kind: "conflict", Message: "A running desk asks its sources by its own clock.", Do: "Close it, and sync --at opens the desk itself."}
	}
	var names []string
	for _, name := range req.Sources {
		acc, err := a.find(ctx, name)
		if err != nil {
			return SyncResult{}, err
		}
		names = append(names, acc.Name)
	}
	turn, end := a.turn(ctx)
	defer end()
	do := a.desk.Feeds.SyncOnce
	if req.UntilIdle {
		do = func(ctx context.Context, s feeds.Sync) (freight.List[feeds.SyncResult], error) {
			return a.desk.Feeds.UntilIdle(ctx, s, nil)
		}
	}
	came, err := a.swept(turn, req.UntilIdle, func() (freight.List[feeds.SyncResult], error) {
		return do(turn, feeds.Sync{Names: names, Force: req.Force})
	})
	if errors.Is(context.Cause(turn), errStopped) {
		return SyncResult{}, &desk.Fault{Kind: "conflict", Message: "It was stopped. What came so far is kept.", Do: "Resume the source to go on from there."}
	}
	if err != nil {
		return SyncResult{}, told(err)
	}
	var out SyncResult
	for _, r := range came {
		out.Sources = append(out.Sources, SyncLine{Name: r.Name, Kind: r.Kind, Pulled: r.Pulled, New: r.New, Duplicates: r.Duplicates, Quarantined: r.Quarantined, Pushed: r.Pushed, Failed: r.Failed,
			Error: a.desk.Secrets.Hide(r.Reason)})
	}
	return out, nil
}

// Replay draws observations anew from all that is kept of what an account said. What its codes, as they are read now, do not give is
// taken back.
func (a *Area) Replay(ctx context.Context, name string, by FeedBy) (FeedReplayed, error) {
	acc, err := a.find(ctx, name)
	if err != nil {
		return FeedReplayed{}, err
	}
	turn, end := a.turn(ctx)
	defer end()
	kept, err := a.kept(ctx)
	if err != nil {
		return FeedReplayed{}, err
	}
	days, err := a.keepDays(ctx)
	if err != nil {
		return FeedReplayed{}, err
	}
	r, err := a.desk.Feeds.Replay(turn, acc.Name, time.Time{}, nil)
	if err != nil {
		return FeedReplayed{}, told(err)
	}
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.Audit(&store.Act{At: a.desk.Now().UTC(), Who: a.desk.Person(by.As), Act: "source read anew", Subject: "source:" + acc.Name, Detail: fmt.Sprintf("%d bodies, %d new, %d taken back", r.Pulled, r.New, r.Back)})
	})
	if err != nil {
		return FeedReplayed{}, err
	}
	if r.Pulled == 0 {
		return FeedReplayed{Says: acc.Name + ": nothing that it said is kept, so that there is nothing to read again."}, nil
	}
	says := fmt.Sprintf("%s: %s read again, %s, %d known already", acc.Name, counted(r.Pulled, "answer", "answers"), counted(r.New, "new fact", "new facts"), r.Duplicates)
	if r.Back > 0 {
		says += fmt.Sprintf(", %d taken back", r.Back)
	}
	if r.Quarantined > 0 {
		says += fmt.Sprintf(", %d in quarantine", r.Quarantined)
	}
	return FeedReplayed{Bodies: r.Pulled, New: r.New, Duplicates: r.Duplicates, Quarantined: r.Quarantined, Back: r.Back, Since: kept[acc.Name].Since, Says: says + ". " + reach(kept[acc.Name], days)}, nil
}
