// Package inbox is the desk's side of callbacks: it hands them to the engine that runs the accounts, and watches the folders of
// recorded ones that accounts name.
package inbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/desk"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
	"tracedesk/backend/inbox"
)

// Engine is the engine of the accounts, as callbacks need it.
type Engine interface {
	Receive(ctx context.Context, account, method, path, query, media string, body []byte) error
	Accounts(ctx context.Context) (freight.List[feeds.Account], error)
}

// Area takes callbacks in. Safe for concurrent use.
type Area struct {
	desk   *desk.Desk
	engine Engine

	mu      sync.Mutex
	folders *inbox.Folders // open while anybody uses it: its notes have one owner
	users   int
}

// New is the area over an open desk and its engine.
func New(d *desk.Desk, e Engine) *Area { return &Area{desk: d, engine: e} }

// Callback is one request as it came, without the shared secret.
type Callback = inbox.Callback

// Kept is what became of a callback.
type Kept struct {
	Kept    bool   `json:"kept"`    // it is on disk
	Refused Why    `json:"refused"` // why it never will be; "" of one that is kept
	Says    string `json:"says"`    // in words
}

// Why is why a callback is refused.
type Why string

// The closed list of reasons.
const (
	NoAccount  Why = "noAccount"
	NoCallback Why = "noCallback"
)

// Receive keeps a callback. An error means "not now": it should come again.
func (a *Area) Receive(ctx context.Context, c Callback) (Kept, error) {
	err := a.take(ctx, c)
	switch {
	case err == nil:
		return Kept{Kept: true, Says: "kept"}, nil
	case errors.Is(err, inbox.ErrNobody):
		return Kept{Refused: NoAccount, Says: err.Error()}, nil
	case errors.Is(err, inbox.ErrNothing):
		return Kept{Refused: NoCallback, Says: err.Error()}, nil
	}
	return Kept{}, err
}

// Error is a Kept as a door tells it.
func (k Kept) Error() error {
	switch k.Refused {
	case "":
		return nil
	case NoAccount:
		return fmt.Errorf("%w: %s", inbox.ErrNobody, k.Says)
	}
	return fmt.Errorf("%w: %s", inbox.ErrNothing, k.Says)
}

// take is the door.
func (a *Area) take(ctx context.Context, c Callback) error {
	err := a.engine.Receive(ctx, c.Account, c.Method, c.Path, c.Query, c.Media, c.Body)
	var wrong *feeds.InvalidError
	switch {
	case errors.Is(err, feeds.ErrUnknown):
		return fmt.Errorf("%w: %w", inbox.ErrNobody, err)
	case errors.Is(err, connect.ErrRefused), errors.As(err, &wrong):
		return fmt.Errorf("%w: %w", inbox.ErrNothing, err)
	}
	return err
}

// Sweep takes what lies in the folders of recorded callbacks now, and answers how many there were, by account, whose next
// turn reads them.
func (a *Area) Sweep(ctx context.Context) (map[string]int, error) {
	list, err := a.watched(ctx)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	f, err := a.open()
	if err != nil {
		return nil, err
	}
	n, err := f.Sweep(ctx, list)
	return n, errors.Join(err, a.close())
}

// glance is how often the accounts are asked whether their folders have changed.
const glance = 15 * time.Second

// Watch takes what comes into the folders until ctx ends, and follows the accounts' settings.
func (a *Area) Watch(ctx context.Context) error {
	for ctx.Err() == nil {
		list, err := a.watched(ctx)
		if err == nil {
			err = a.watch(ctx, list)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// watch watches these folders until they are others.
func (a *Area) watch(ctx context.Context, list []inbox.Folder) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	changed := make(chan error, 1)
	go func() { changed <- a.untilOthers(ctx, list); stop() }()
	var err error
	if len(list) > 0 {
		var f *inbox.Folders
		if f, err = a.open(); err == nil {
			err = errors.Join(f.Watch(ctx, list), a.close())
		}
		stop()
	}
	return errors.Join(err, <-changed)
}

// untilOthers returns when the accounts' folders are no longer these, or ctx ends.
func (a *Area) untilOthers(ctx context.Context, list []inbox.Folder) error {
	tick := time.NewTicker(glance)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		now, err := a.watched(ctx)
		if err != nil && ctx.Err() == nil {
			return err
		}
		if !slices.Equal(now, list) {
			return nil
		}
	}
}

// watched are the folders that enabled accounts name.
func (a *Area) watched(ctx context.Context) (list []inbox.Folder, err error) {
	accounts, err := a.engine.Accounts(ctx)
	for _, acc := range accounts {
		if dir := acc.Values["inboxDir"]; acc.Enabled && dir != "" {
			list = append(list, inbox.Folder{Account: acc.Name, Dir: dir})
		}
	}
	return list, err
}

func (a *Area) open() (*inbox.Folders, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.folders == nil {
		f, err := inbox.OpenFolders(a.desk.Dir, a.take, a.desk.Notice)
		if err != nil {
			return nil, err
		}
		a.folders = f
	}
	a.users++
	return a.folders, nil
}

func (a *Area) close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.users--; a.users > 0 {
		return nil
	}
	err := a.folders.Close()
	a.folders = nil
	return err
}
