package standin

import (
	"sync"
	"time"
)

// Clock is an injected clock: it stands still until it is advanced, or runs along with the machine's. Safe for concurrent use.
type Clock struct {
	mu    sync.Mutex
	at    time.Time
	wall  time.Time // of the machine, when it stood at at; zero for one that stands still
	speed float64
}

// NewClock stands still at an instant.
func NewClock(at time.Time) *Clock { return &Clock{at: at} }

// RunningClock runs from an instant on, speed seconds for one of the machine's.
func RunningClock(at time.Time, speed float64) *Clock {
	return &Clock{at: at, wall: time.Now(), speed: speed}
}

// Now is the clock's reading.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	if c.wall.IsZero() {
		return c.at
	}
	return c.at.Add(time.Duration(float64(time.Since(c.wall)) * c.speed))
}

// Advance moves the clock on and answers its new reading.
func (c *Clock) Advance(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	return c.now()
}
