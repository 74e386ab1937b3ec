package feeds

import "time"

// breaker keeps from asking a system that does not answer. After five failures in a row it is open for a while that doubles each
// time; then one request is let through, and its outcome says whether all may pass again.
type breaker struct {
	failures int
	pause    time.Duration
	until    time.Time
	probing  bool
}

const (
	breakAfter   = 5
	shortestHalt = 30 * time.Second
	longestHalt  = 15 * time.Minute
)

// allow reports whether a request may pass, and until when none may.
func (b *breaker) allow(now time.Time) (ok bool, until time.Time) {
	switch {
	case b.failures < breakAfter:
		return true, time.Time{}
	case now.Before(b.until) || b.probing:
		return false, b.until
	}
	b.probing = true
	return true, time.Time{}
}

// done takes in the outcome of a request that was let through. spread is between 0 and 1.
func (b *breaker) done(failed bool, now time.Time, spread float64) {
	b.probing = false
	if !failed {
		*b = breaker{}
		return
	}
	if b.failures++; b.failures < breakAfter {
		return
	}
	b.pause = clamp(b.pause*2, shortestHalt, longestHalt)
	b.until = now.Add(b.pause + time.Duration(float64(b.pause)*spread/4))
}
