package intake

import (
	"context"
	"time"
)

// Once looks through the folders one time and delivers what is whole. A file that was changed within the settle time is waited for
// as long; one that is held, unfinished or refused by deliver is left for the next time, and told.
func (w *Watcher) Once(ctx context.Context, deliver Deliver) error {
	for _, folder := range w.cfg.Folders {
		l := &lane{Folder: folder, w: w, deliver: deliver, bell: newBell(), waiting: map[string]*look{}}
		l.scan(ctx)
		if err := l.rest(ctx); err != nil {
			return err
		}
		l.ripen(ctx)
	}
	return ctx.Err()
}

// rest waits until every file has been as it is for the settle time. Files that were not changed for that long need no waiting:
// nobody has watched them, but their own time of change tells.
func (l *lane) rest(ctx context.Context) error {
	now := time.Now()
	last := now
	for _, k := range l.waiting {
		k.due = k.mod.Add(l.w.cfg.Settle)
		if k.due.Before(now) {
			k.due = now
		} else if late := now.Add(l.w.cfg.Settle); k.due.After(late) {
			k.due = late // its time of change lies in the future
		}
		if k.due.After(last) {
			last = k.due
		}
	}
	wait := time.NewTimer(last.Sub(now))
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
