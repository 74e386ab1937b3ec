package intake

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Deliver takes one file. It returns nil when the file is safely in the desk's hands, a file that nobody can read
// included: that one is the desk's to put into quarantine. An error means "not now": the file is delivered again later.
// It must return soon after ctx is done.
type Deliver func(ctx context.Context, file File) error

// ErrStillWritten is a Deliver's "not now" of which nobody need be told: the file's end is most likely still being written.
var ErrStillWritten = errors.New("the file is still being written")

// Watcher watches folders. Make one with New, run it once.
type Watcher struct {
	cfg    Config
	turn   chan struct{} // holds the right to deliver
	listen func(*bell) (ears, error)
}

// New checks the configuration. Folders need not exist yet.
func New(cfg Config) (*Watcher, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Watcher{cfg: cfg, turn: make(chan struct{}, 1), listen: newSystemEars}, nil
}

// Run watches until ctx is done: first what already lies in the folders, then what comes. Deliveries come one at a time.
// It returns nil once everything has stopped, or an error when a drive did not answer within the time of grace (its
// goroutine ends as soon as the drive does answer).
func (w *Watcher) Run(ctx context.Context, deliver Deliver) error {
	var lanes sync.WaitGroup
	for _, folder := range w.cfg.Folders {
		lane := &lane{Folder: folder, w: w, deliver: deliver, bell: newBell(), waiting: map[string]*look{}}
		lanes.Go(func() { lane.run(ctx) })
	}
	<-ctx.Done()
	done := make(chan struct{})
	go func() { lanes.Wait(); close(done) }()
	grace := time.NewTimer(w.cfg.Grace)
	defer grace.Stop()
	select {
	case <-done:
		return nil
	case <-grace.C:
		return fmt.Errorf("a watched folder did not answer within %s and is left behind", w.cfg.Grace)
	}
}
