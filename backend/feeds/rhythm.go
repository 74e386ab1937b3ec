package feeds

import (
	"time"

	"tracedesk/backend/freight"
)

// rhythm is how often it pays to ask about a load: after how many intervals there mostly is news. It slows down where nothing is
// new, and now and then tries whether there would be news sooner; the more often that was in vain, the more seldom.
type rhythm struct {
	every  int  // intervals between two questions
	hits   int  // answers with news in a row
	need   int  // hits after which a shorter time is tried
	trying bool // the present time is such a try
}

const (
	firstNeed = 8
	mostNeed  = 64
	slowest   = 32
)

// rhythmOf unpacks what is on file; 0 is a load that was never asked about.
func rhythmOf(n int64) rhythm {
	if n == 0 {
		return rhythm{every: 1, need: firstNeed}
	}
	return rhythm{every: int(n & 0xff), hits: int(n >> 8 & 0xff), need: int(n >> 16 & 0xff), trying: n>>24&1 == 1}
}

func (r rhythm) pack() int64 {
	n := int64(r.every) | int64(r.hits)<<8 | int64(r.need)<<16
	if r.trying {
		n |= 1 << 24
	}
	return n
}

// after takes in an answer. most is how many intervals may pass at all.
func (r rhythm) after(news bool, most int) rhythm {
	switch {
	case !news && most > slowest/4: // nothing is to be expected before then
		r.every, r.hits, r.trying = most, 0, false
	case news && r.every > 4: // it woke up
		r = rhythm{every: 2, need: firstNeed}
	case news:
		r.hits++
		r.trying = false
		if r.every > 1 && r.hits >= r.need {
			r.every, r.hits, r.trying = r.every-1, 0, true
		}
	default:
		if r.trying {
			r.need = min(2*r.need, mostNeed)
		}
		r.hits, r.trying = 0, false
		if r.every < 4 {
			r.every++
		} else {
			r.every *= 2
		}
	}
	r.every = max(1, min(r.every, most, slowest))
	return r
}

// calmest is how many intervals may pass between two questions about a load. Before its first stop it is the time until tracking may
// begin; on the road three; where nothing is to be seen any more, many.
func calmest(t *freight.Timeline, now time.Time, interval time.Duration) int {
	if t.State.Done() {
		return slowest
	}
	switch t.Tracking.State {
	case freight.TrackDenied, freight.TrackExpired, freight.TrackFailed, freight.TrackLost, freight.TrackEnded:
		return slowest / 4
	}
	if t.State != freight.Planned && t.State != freight.Dispatched {
		return 3
	}
	for i := range t.Stops {
		if w := t.Stops[i].Window; !w.Start.IsZero() {
			return max(3, int(w.Start.Add(-2*time.Hour).Sub(now)/interval))
		}
	}
	return slowest / 4
}
