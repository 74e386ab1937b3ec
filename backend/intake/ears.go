package intake

import "github.com/fsnotify/fsnotify"

// ears tell a bell what happens in folders.
type ears interface {
	// Listen begins with a folder or goes on after it was away; it may be called again and again.
	Listen(folder string) error
	// Close stops, and returns when nothing rings any more.
	Close() error
}

// systemEars listen by the operating system's own notification.
type systemEars struct {
	watcher *fsnotify.Watcher
	done    chan struct{}
}

func newSystemEars(b *bell) (ears, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	e := &systemEars{watcher: watcher, done: make(chan struct{})}
	go e.pass(b)
	return e, nil
}

// pass hands events on until the watcher is closed, which closes both channels.
func (e *systemEars) pass(b *bell) {
	defer close(e.done)
	events, faults := e.watcher.Events, e.watcher.Errors
	for events != nil || faults != nil {
		select {
		case event, ok := <-events:
			if !ok {
				events = nil
				continue
			}
			b.hear(event.Name)
		case _, ok := <-faults:
			if !ok {
				faults = nil
				continue
			}
			b.everything() // whatever it was (an overflow, a lost drive): the folder itself knows
		}
	}
}

func (e *systemEars) Listen(folder string) error { return e.watcher.Add(folder) }

func (e *systemEars) Close() error {
	err := e.watcher.Close()
	<-e.done
	return err
}
