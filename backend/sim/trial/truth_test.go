package trial

import (
	"testing"
	"time"
)

func TestIncidentsAreInOrder(t *testing.T) {
	for seed := range uint64(2) {
		w := New(seed, 150, 2, start, true)
		for _, in := range w.Truth() {
			if in.Start.After(in.Detectable) || in.Earliest.After(in.Detectable) || !in.End.IsZero() && !in.End.After(in.Detectable) ||
				in.Detectable.Before(w.start) || in.Detectable.After(w.end) || in.ServiceAffecting != ServiceAffecting(in.Kind) || in.Why == "" {
				t.Errorf("%+v", in)
			}
		}
	}
}

// The clock's kinds, worked out once more from the words alone, for loads whose windows never change.
func TestAppointmentsAreExactToTheMinute(t *testing.T) {
	w := New(11, 300, 3, start, true)
	truth := map[string]map[int]map[string]Incident{}
	for _, in := range w.Truth() {
		if truth[in.Load] == nil {
			truth[in.Load] = map[int]map[string]Incident{}
		}
		if truth[in.Load][in.Stop] == nil {
			truth[in.Load][in.Stop] = map[string]Incident{}
		}
		truth[in.Load][in.Stop][in.Kind] = in
	}
	seen := 0
	for _, l := range w.loads {
		if l.trait != "" || l.hidden {
			continue
		}
		for i, s := range l.stops {
			known := w.end.Add(time.Hour)
			for _, x := range l.words {
				if x.actual() && x.stop == i+1 && x.known().Before(known) {
					known = x.known()
				}
			}
			in, near := truth[l.number][i+1]["appointment.near"]
			from := later(s.end.Add(-75*time.Minute), l.booked)
			if want := known.After(from) && !from.After(w.end); near != want {
				t.Errorf("load %s stop %d: near %v, window's end %v, known %v", l.number, i+1, near, s.end, known)
			} else if want && !in.Detectable.Equal(from) {
				t.Errorf("load %s stop %d: near from %v, not %v", l.number, i+1, in.Detectable, from)
			} else if want && known.Before(s.end) && !in.End.Equal(known) {
				t.Errorf("load %s stop %d: near until %v, not %v", l.number, i+1, in.End, known)
			}
			seen++
		}
	}
	if seen < 200 {
		t.Fatalf("only %d stops were looked at", seen)
	}
}

// What a mishap is made for must be in the truth of its load, wherever the world goes on for long enough after it.
func TestMishapsAreInTheTruth(t *testing.T) {
	kinds := map[string]string{"breakdown": "stop.unscheduled", "wrong turn": "route.deviation", "wrong direction": "route.deviation", "wrong city": "route.deviation",
		"no-show": "appointment.missed", "slow loading": "stop.notLoaded", "held at pickup": "dwell.extended", "denied": "tracking.denied", "never tracked": "tracking.none",
		"false fresh": "position.falseFresh", "arrival not scanned": "scan.order", "pickup not scanned": "scan.missed", "pop missing": "paper.popMissing",
		"pod missing": "paper.podMissing", "pod late": "paper.podMissing", "refused": "paper.podProblem", "short": "paper.podProblem", "damaged": "paper.podProblem",
		"unsigned": "paper.podProblem", "not closed": "load.notClosed", "warm": "temperature.excursion", "no authority": "carrier.authority",
		"other driver": "carrier.identity", "twin": "load.duplicate", "TMS only": "load.oneSided", "carrier only": "load.oneSided", "no appointment": "appointment.unset",
		"appointment past": "appointment.past", "facility closed": "facility.closed", "future stamp": "data.future", "impossible speed": "data.speed",
		"midnight": "data.midnight", "silent": "silence", "status mistyped": "source.conflict", "hours mistyped": "source.conflict", "wrong zone": "source.conflict",
		"minutes apart": "source.conflict", "ETAs apart": "source.conflict", "appointments apart": "source.conflict", "references apart": "source.conflict",
		"trailers apart": "source.conflict", "pieces apart": "source.conflict", "late batch": "position.stale", "gap": "position.stale"}
	w := New(100, 400, 3, start, true)
	has := map[string]map[string]bool{}
	for _, in := range w.Truth() {
		if has[in.Load] == nil {
			has[in.Load] = map[string]bool{}
		}
		has[in.Load][in.Kind] = has[in.Load][in.Kind] || !in.Tolerated
	}
	for _, l := range w.loads {
		if kind := kinds[l.trait]; kind != "" && l.last().departed.Before(w.end.Add(-8*time.Hour)) && !has[l.number][kind] {
			t.Errorf("load %s: %s without %s: %v", l.number, l.trait, kind, has[l.number])
		}
	}
}
