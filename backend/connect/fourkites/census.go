package fourkites

import (
	"sync"
	"time"
)

// census is which load numbers the list showed, as far as this process read it whole: what a whole reading did not show was not at
// FourKites then, and need not be asked for one by one before it is created.
type census struct {
	mu      sync.Mutex
	numbers map[string]bool // nil before the first whole reading
	reading map[string]bool // of a whole reading under way
	at      time.Time       // when the last reading ended, on the transport's clock
}

// begin starts a reading, of all pages or only of those with news.
func (c *census) begin(all bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reading = nil
	if all {
		c.reading = map[string]bool{}
	}
}

// saw notes a number that the list or an answer showed.
func (c *census) saw(number string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reading != nil {
		c.reading[number] = true
	}
	if c.numbers != nil {
		c.numbers[number] = true
	}
}

// end closes a reading. One that was cut short tells nothing of what it did not show.
func (c *census) end(at time.Time, all, cut bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case all && cut:
		c.numbers = nil
	case all:
		c.numbers, c.at = c.reading, at
	case !cut:
		c.at = at
	}
	c.reading = nil
}

// lacks reports whether a reading that ended less than a while ago surely would have shown the number.
func (c *census) lacks(number string, now time.Time, within time.Duration) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.numbers != nil && !c.numbers[number] && now.Sub(c.at) < within
}
