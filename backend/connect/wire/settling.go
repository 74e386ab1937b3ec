package wire

import (
	"sync"
	"time"
)

// Settling remembers when requests were sent whose answer never came, where a system shows what it took only after a while: until
// that while is over, not finding it says nothing. What was tried before this process began is taken as tried at its beginning.
type Settling struct {
	began time.Time
	takes time.Duration
	mu    sync.Mutex
	tried map[string]time.Time
}

// NewSettling begins at an instant of the transport's clock; takes is the while.
func NewSettling(began time.Time, takes time.Duration) *Settling {
	return &Settling{began: began, takes: takes, tried: map[string]time.Time{}}
}

// Tried notes that the request with this key was sent and its answer is not known.
func (s *Settling) Tried(key string, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tried[key] = at
}

// Known forgets a request of which it is known what became of it.
func (s *Settling) Known(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tried, key)
}

// Left is how long not finding what the request made says nothing yet; 0 when it says that there is nothing.
func (s *Settling) Left(key string, now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.tried[key]
	if !ok {
		at = s.began
	}
	return max(0, at.Add(s.takes).Sub(now))
}
