package standin

import (
	"sync"
	"time"
)

// Limit lets a number of requests through in every window of the clock, by key. Safe for concurrent use.
type Limit struct {
	Most int           // 0 for no limit
	Per  time.Duration // the window begins at multiples of it

	mu   sync.Mutex
	used map[string]window
}

type window struct {
	begin time.Time
	n     int
}

// Take counts a request. remaining is -1 without a limit; wait is how long until the next window.
func (l *Limit) Take(key string, now time.Time) (ok bool, remaining int, wait time.Duration) {
	if l == nil || l.Most == 0 {
		return true, -1, 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.used == nil {
		l.used = map[string]window{}
	}
	w := l.used[key]
	if begin := now.Truncate(l.Per); !begin.Equal(w.begin) {
		w = window{begin: begin}
	}
	wait = w.begin.Add(l.Per).Sub(now)
	if w.n >= l.Most {
		l.used[key] = w
		return false, 0, wait
	}
	w.n++
	l.used[key] = w
	return true, l.Most - w.n, wait
}
