package feeds

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// pace is a token bucket on the transport's clock. What a system says of its limit in its headers takes the place of what was
// known before. It starts empty, so that a program that is started again and again stays below the limit too.
type pace struct {
	perMinute int  // the limit as told, by the connector or by headers
	told      bool // it was told, not assumed
	slow      float64
	free      time.Time // when the bucket is next full
	until     time.Time // nothing before then: the system said so
	why       string
}

// unsaid is the limit kept to where nobody said one; a 429 halves it for a while.
const unsaid = 300

func (p *pace) set(perMinute int, now time.Time) {
	p.told = perMinute > 0
	if perMinute <= 0 {
		perMinute = unsaid
	}
	if p.perMinute == 0 {
		p.free = now.Add(p.gapOf(perMinute) * time.Duration(p.burstOf(perMinute)))
	}
	p.perMinute = perMinute
}

// gapOf is the time between two requests: nine tenths of the limit, so that with the bucket's content no minute exceeds it.
func (p *pace) gapOf(perMinute int) time.Duration {
	rate := float64(perMinute) * 0.9
	if p.slow > 0 {
		rate *= p.slow
	}
	return time.Duration(float64(time.Minute) / rate)
}

// burstOf is how many requests may go at once. Small limits are mostly one a second beside one a minute: no burst.
func (p *pace) burstOf(perMinute int) int { return max(1, perMinute/20-5) }

// next takes a token and tells how long to wait for it.
func (p *pace) next(now time.Time) time.Duration {
	gap, burst := p.gapOf(p.perMinute), p.burstOf(p.perMinute)
	if p.free.Before(now) {
		p.free = now
	}
	p.free = p.free.Add(gap)
	at := p.free.Add(-gap * time.Duration(burst))
	if at.Before(p.until) {
		at = p.until
		if p.free.Before(at) {
			p.free = at.Add(gap)
		}
	}
	return max(0, at.Sub(now))
}

// hear takes in what an answer says of limits.
func (p *pace) hear(status int, h http.Header, now time.Time) {
	limit, ok := number(h, "X-RateLimit-Limit-Minute")
	if !ok {
		limit, ok = perMinute(h)
	}
	if ok && limit > 0 {
		p.set(limit, now)
	}
	left, ok := number(h, "X-RateLimit-Remaining-Minute", "X-RateLimit-Remaining", "RateLimit-Remaining")
	if ok && left <= 0 {
		p.hold(now.Add(reset(h, now)), "It said that the limit is used up.")
	}
	switch {
	case status == http.StatusTooManyRequests:
		if !p.told {
			p.slow = max(0.1, p.pace()/2)
		}
		p.hold(retryAfter(h, now, reset(h, now)), "It said that there are too many requests.")
	case status == http.StatusServiceUnavailable && h.Get("Retry-After") != "":
		p.hold(retryAfter(h, now, 0), "It said that it is not available.")
	case status < 400 && p.slow > 0:
		p.slow = min(1, p.slow*1.02)
	}
}

func (p *pace) pace() float64 {
	if p.slow > 0 {
		return p.slow
	}
	return 1
}

func (p *pace) hold(until time.Time, why string) {
	if until.After(p.until) {
		p.until, p.why = until, why
	}
}

// perMinute reads the general headers; their window is a minute unless X-RateLimit-Window or a policy (100;w=3600) says another.
func perMinute(h http.Header) (int, bool) {
	limit, ok := number(h, "X-RateLimit-Limit", "RateLimit-Limit")
	if !ok {
		return 0, false
	}
	window := 60
	if w, ok := number(h, "X-RateLimit-Window"); ok && w > 0 {
		window = w
	}
	if _, policy, ok := strings.Cut(h.Get("RateLimit-Policy"), "w="); ok {
		if w, err := strconv.Atoi(strings.SplitN(policy, ";", 2)[0]); err == nil && w > 0 {
			window = w
		}
	}
	return max(1, limit*60/window), true
}

// reset is how long until a used-up limit is full again: seconds from now, or an instant; a minute where it is not said.
func reset(h http.Header, now time.Time) time.Duration {
	n, ok := number(h, "X-RateLimit-Reset", "RateLimit-Reset", "X-RateLimit-Reset-Minute")
	switch {
	case !ok || n < 0:
		return time.Minute
	case n > 1_000_000_000: // an instant; by its own clock where that is told
		if date, err := http.ParseTime(h.Get("Date")); err == nil {
			now = date
		}
		return clamp(time.Unix(int64(n), 0).Sub(now), time.Second, time.Hour)
	}
	return clamp(time.Duration(n)*time.Second, time.Second, time.Hour)
}

// retryAfter reads Retry-After, seconds or a date. A date is by the system's own clock: its Date header tells the difference.
func retryAfter(h http.Header, now time.Time, otherwise time.Duration) time.Time {
	text := h.Get("Retry-After")
	if secs, err := strconv.Atoi(text); err == nil && secs >= 0 {
		return now.Add(time.Duration(secs) * time.Second)
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return now.Add(otherwise)
	}
	base := now
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		base = date
	}
	return now.Add(max(0, at.Sub(base)))
}

func number(h http.Header, names ...string) (int, bool) {
	for _, name := range names {
		text, _, _ := strings.Cut(h.Get(name), ",")
		if text, _, _ = strings.Cut(text, ";"); strings.TrimSpace(text) == "" {
			continue
		}
		if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
			return n, true
		}
	}
	return 0, false
}

func clamp(d, low, high time.Duration) time.Duration { return max(low, min(d, high)) }
