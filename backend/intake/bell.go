package intake

import "sync"

// tooMany is the number of names after which looking through the whole folder is cheaper than going by names.
const tooMany = 5000

// bell gathers what the system says has changed, so that a burst of events costs one look and a busy watcher never
// makes the system's queue overflow.
type bell struct {
	mu    sync.Mutex
	names map[string]bool
	all   bool
	rings chan struct{} // holds one ring
}

func newBell() *bell { return &bell{names: map[string]bool{}, rings: make(chan struct{}, 1)} }

// hear notes that something happened to the file or folder at path.
func (b *bell) hear(path string) {
	b.mu.Lock()
	if len(b.names) < tooMany {
		b.names[path] = true
	} else {
		b.all = true
	}
	b.mu.Unlock()
	b.ring()
}

// everything notes that events were lost: only a look through the folder helps.
func (b *bell) everything() {
	b.mu.Lock()
	b.all = true
	b.mu.Unlock()
	b.ring()
}

func (b *bell) ring() {
	select {
	case b.rings <- struct{}{}:
	default:
	}
}

// take hands out what was heard since the last time.
func (b *bell) take() (paths []string, all bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for path := range b.names {
		paths = append(paths, path)
	}
	all = b.all
	b.names, b.all = map[string]bool{}, false
	return paths, all
}
