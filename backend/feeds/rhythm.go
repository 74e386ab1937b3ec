package feeds

import (
	"slices"
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

// after takes in an answer. least and most are how many intervals may pass at all.
func (r rhythm) after(news bool, least, most int) rhythm {
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
	r.every = max(least, min(r.every, most))
	return r
}

// outlook is what is to be expected of a load when it is asked about.
type outlook struct {
	least, most int       // intervals until it is asked again
	sleeps      bool      // whatever was new: nothing more is to be expected before most
	news        time.Time // when the next fix should be there; zero where that cannot be told
}

// outlookOf judges by what is on file of a load; heard is when an account last had news of it. Before the load's truck may be seen,
// nothing is to be expected. After that it is asked about every three intervals at least, and after a silence when a third of its
// length has passed. Where nothing is to be seen any more, or only late words may come, it is many intervals.
func outlookOf(t *freight.Timeline, src freight.Source, heard, now time.Time, interval time.Duration) outlook {
	if t.State.Done() {
		return outlook{least: slowest / 4, most: slowest}
	}
	o := outlook{least: 1, most: 3}
	switch t.Tracking.State {
	case freight.TrackDenied, freight.TrackExpired, freight.TrackFailed, freight.TrackLost, freight.TrackEnded:
		o.most = slowest / 2
	}
	if heard.IsZero() {
		heard = now
	}
	switch fixes, begins := fixesOf(t, src), trackedFrom(t); {
	case len(fixes) == 0 && begins.After(now):
		o.most, o.sleeps = max(o.most, min(int(begins.Sub(now)/interval), 2*slowest)), true
		return o
	case len(fixes) == 0:
		o.least, heard = 3, later(heard, begins)
	case t.State == freight.Loaded || t.State == freight.InTransit:
		o.news = forecast(fixes, now, interval)
	}
	o.most = max(o.most, min(int(now.Sub(heard)/3/interval), slowest))
	return o
}

// next is when to ask again about a load that was asked about now, and its rhythm from then on.
func (o *outlook) next(r rhythm, fresh bool, load int64, now time.Time, interval time.Duration) (rhythm, time.Time) {
	switch {
	case o.sleeps:
		r = rhythm{every: o.most, need: firstNeed}
	case fresh && !o.news.IsZero():
		return rhythm{every: 2, need: firstNeed}, later(o.news, now.Add(interval)).UTC()
	default:
		r = r.after(fresh, o.least, o.most)
	}
	return r, phased(now, interval, load).Add(interval * time.Duration(r.every-1))
}

// trackedFrom is when a load's truck may first be seen: an hour and a half before its first window. Zero where no window is known.
func trackedFrom(t *freight.Timeline) time.Time {
	for i := range t.Stops {
		if w := t.Stops[i].Window; !w.Start.IsZero() {
			return w.Start.Add(-90 * time.Minute)
		}
	}
	return time.Time{}
}

// fixesOf are the instants of the last fixes that a source told, oldest first.
func fixesOf(t *freight.Timeline, src freight.Source) []time.Time {
	by := slices.Index(t.Tellers, src)
	var out []time.Time
	for i := len(t.Trail) - 1; i >= 0 && by >= 0 && len(out) < lastFixes; i-- {
		if f := &t.Trail[i]; int(f.By) == by {
			out = append(out, time.Unix(f.At, 0))
		}
	}
	slices.Reverse(out)
	return out
}

// lastFixes is how many fixes tell a truck's rhythm.
const lastFixes = 4

// forecast is when the next fix should be there: trucks are mostly seen in equal spans, whose middle one tells. What was seen is told
// a little later. Zero where there is no rhythm, or none that is as slow as the questions.
func forecast(fixes []time.Time, now time.Time, interval time.Duration) time.Time {
	if len(fixes) < 3 {
		return time.Time{}
	}
	var gaps []time.Duration
	for i := range fixes[1:] {
		gaps = append(gaps, fixes[i+1].Sub(fixes[i]))
	}
	slices.Sort(gaps)
	gap := gaps[len(gaps)/2]
	if gap < interval || gap > 4*interval {
		return time.Time{}
	}
	next := fixes[len(fixes)-1]
	if next.Before(now) {
		next = next.Add(now.Sub(next) / gap * gap)
	}
	for !next.After(now) { // that of just now is taken to be in the answer
		next = next.Add(gap)
	}
	return next.Add(interval / 4)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
