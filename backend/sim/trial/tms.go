package trial

import (
	"math/rand/v2"
	"slices"
	"time"
)

// row is what the TMS says of a load; a stop's times and windows by index.
type row struct {
	status           string
	named            bool // truck and driver
	start, end       [4]time.Time
	arrived, departs [4]time.Time
	pop              string
	pods             [4]string
}

// version is a row from an export on.
type version struct {
	at time.Time
	row
}

// typing is what clerks do in the TMS beside plainly copying what is told.
type typing struct {
	wrongWindow      int // index+1 of the stop whose window is not the plan's
	start, end       time.Time
	from, until      time.Time // when; zero until: for good
	unset            bool
	wrongTimes       int // index+1 of the stop whose arrival is typed wrongly
	by               time.Duration
	midnight         bool
	early            time.Time // from when to when the status says Delivered too early
	earlyUntil       time.Time
	popLate, podLate time.Duration // after the export that would have shown it; negative: never
	podWord          string
	open             bool // never closed
}

// mistype settles what the mishap does to the TMS's row.
func (l *load) mistype(r *rand.Rand) {
	t, s := &l.typed, l.last()
	n := len(l.stops)
	long := between(r, 3*60, 20*60)
	switch l.trait {
	case "no appointment":
		t.wrongWindow, t.unset = 1+r.IntN(n), true
	case "appointment past":
		back := time.Duration(1+r.IntN(3)) * 24 * time.Hour
		t.wrongWindow, t.start, t.end = n, s.start.Add(-back), s.end.Add(-back)
		if t.end.After(l.booked.Add(-2 * time.Hour)) {
			back = s.end.Sub(l.booked.Add(-20*time.Hour)).Truncate(24*time.Hour) + 24*time.Hour
			t.start, t.end = s.start.Add(-back), s.end.Add(-back)
		}
		if r.IntN(2) == 0 {
			t.until = l.booked.Add(long)
		}
	case "facility closed":
		l.shut(r)
	case "moved":
		by := minutes(30 * []int{-2, 3, 5, 8}[r.IntN(4)])
		t.wrongWindow, t.start, t.end, t.from = n, s.start.Add(by), s.end.Add(by), l.stops[0].start.Add(between(r, -120, 60))
	case "hours mistyped":
		l.tmsTimes, t.wrongTimes, t.by = true, 1+r.IntN(n), minutes(60*[]int{-5, -3, -2, 2}[r.IntN(4)])
	case "midnight":
		l.tmsTimes, t.wrongTimes, t.midnight = true, 1+r.IntN(n), true
	case "status mistyped":
		t.early = l.stops[0].departed.Add(between(r, 10, 60))
		t.earlyUntil = t.early.Add(between(r, 70, 400))
	case "pop missing":
		t.popLate = -1
	case "pop late":
		t.popLate = long
	case "pod missing":
		t.podLate = -1
	case "pod late":
		t.podLate = long
	case "not closed":
		t.open = true
	case "refused", "short", "damaged", "unsigned", "other load's POD":
		t.podWord = []string{"exception", "received"}[r.IntN(2)]
	}
}

// shut moves the last window to when the facility is not open at all.
func (l *load) shut(r *rand.Rand) {
	s := l.last()
	for by := time.Duration(0); by < 40*time.Hour; by += 30 * time.Minute {
		a, b := s.start.Add(by), s.end.Add(by)
		if !s.fac.takes(a, a) {
			l.typed.wrongWindow, l.typed.start, l.typed.end = len(l.stops), a.Add(30*time.Minute), b.Add(30*time.Minute)
			return
		}
	}
}

// export makes the TMS's row at an export: what clerks copied from the words known two minutes before.
func (l *load) export(at time.Time, words []word) row {
	seen := at.Add(-2 * time.Minute)
	var arrived, done, departed [4]bool
	var doneAt [4]time.Time
	for i := range words {
		x := &words[i]
		if x.known().After(seen) || x.stop == 0 {
			continue
		}
		switch x.fact {
		case "arrived":
			arrived[x.stop-1] = true
		case "departed":
			departed[x.stop-1] = true
			if !done[x.stop-1] {
				doneAt[x.stop-1] = x.known()
			}
			done[x.stop-1] = true
		case "loaded", "delivered":
			if !done[x.stop-1] {
				doneAt[x.stop-1] = x.known()
			}
			done[x.stop-1] = true
		}
	}
	t := &l.typed
	out := row{status: "Covered", named: !at.Before(l.dispatched)}
	if out.named {
		out.status = "Dispatched"
	}
	for i, s := range l.stops {
		out.start[i], out.end[i] = s.start, s.end
		if t.wrongWindow == i+1 && !at.Before(t.from) && (t.until.IsZero() || at.Before(t.until)) {
			out.start[i], out.end[i] = t.start, t.end
		}
		if l.tmsTimes {
			out.arrived[i], out.departs[i] = l.typedTimes(i, arrived[i], departed[i], at)
		}
		switch {
		case departed[i] && i == len(l.stops)-1, done[i] && i == len(l.stops)-1:
			out.status = "Delivered"
		case departed[i]:
			out.status = "In Transit"
		case done[i] && s.kind == "pickup":
			out.status = "Loaded"
		case arrived[i] && s.kind == "pickup":
			out.status = "At Pickup"
		case arrived[i], done[i]:
			out.status = "At Delivery"
		}
	}
	n := len(l.stops) - 1
	for i := 1; i < n; i++ {
		if done[i] {
			out.pods[i] = "received"
		}
	}
	if done[0] && t.popLate >= 0 && !at.Before(doneAt[0].Add(t.popLate)) {
		out.pop = "received"
	} else if done[0] && l.index%2 == 0 {
		out.pop = "missing"
	}
	if done[n] && t.podLate >= 0 && !at.Before(doneAt[n].Add(t.podLate)) {
		switch {
		case t.podWord != "":
			out.pods[n] = t.podWord
		case t.open:
			out.pods[n] = "received"
		default:
			out.pods[n], out.status = "verified", "Completed"
		}
	} else if done[n] && l.index%2 == 0 {
		out.pods[n] = "missing"
	}
	if !t.early.IsZero() && !at.Before(t.early) && at.Before(t.earlyUntil) {
		out.status = "Delivered"
	}
	if !l.cancelled.IsZero() && !at.Before(l.cancelled) {
		out.status = "Cancelled"
	}
	return out
}

// typedTimes are the actual times of a stop as the clerk types them, to the minute or so, or wrongly.
func (l *load) typedTimes(i int, arrived, departed bool, at time.Time) (arr, dep time.Time) {
	s, t := l.stops[i], &l.typed
	if arrived {
		arr = s.past(s.arrived.Add(minutes((l.index+i)%4 - 1)))
	}
	if departed {
		dep = s.past(s.departed.Add(minutes((l.index + i) % 3)))
	}
	if t.wrongTimes != i+1 {
		return arr, dep
	}
	if t.midnight {
		return midnight(arr, s), midnight(dep, s)
	}
	if arrived {
		arr = arr.Add(t.by)
	}
	return arr, dep
}

// past moves a time that falls on midnight by chance, where it would look like a date without a time, by a minute.
func (s *stop) past(at time.Time) time.Time {
	if local := at.In(s.fac.location()); local.Hour() == 0 && local.Minute() == 0 {
		return at.Add(time.Minute)
	}
	return at
}

func midnight(at time.Time, s *stop) time.Time {
	if at.IsZero() {
		return at
	}
	local := at.In(s.fac.location())
	return time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, local.Location()).UTC()
}

// exports makes the versions of the load's row, and the specialist's own closing when all is done.
func (l *load) exports(w *World, words []word) []word {
	if l.hidden {
		return words
	}
	closed := false
	for at := w.start; !at.After(w.end); at = at.Add(exportEvery) {
		if at.Before(l.booked) {
			continue
		}
		now := l.export(at, words)
		if len(l.versions) == 0 || l.versions[len(l.versions)-1].row != now {
			l.versions = append(l.versions, version{at, now})
		}
		if now.status == "Completed" && !closed {
			closed = true
			words = append(words, word{of: l, name: l.number, source: "user", fact: "status", at: at, received: at, value: "Closed", text: "papers checked"})
		}
	}
	return words
}

const exportEvery = 30 * time.Minute

// at is the row as the desk has it at an instant; nil before the first export that lists it.
func (l *load) at(t time.Time) *version {
	i, _ := slices.BinarySearchFunc(l.versions, t, func(v version, t time.Time) int {
		if v.at.After(t) {
			return 1
		}
		return -1
	})
	if i == 0 {
		return nil
	}
	return &l.versions[i-1]
}
