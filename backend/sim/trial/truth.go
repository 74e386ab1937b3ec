package trial

import (
	"cmp"
	"slices"
	"time"
)

// Incident is one thing that a desk should find, by the words that had reached it and the clock.
type Incident struct {
	Load             string    `json:"load"`
	Twin             string    `json:"twin,omitempty"` // a duplicate's other number: a finding there is as good
	Stop             int       `json:"stop,omitempty"` // 0: of the load, or of a stop that the definition leaves open
	Kind             string    `json:"kind"`
	Start            time.Time `json:"start"`      // when it began in the world
	Earliest         time.Time `json:"earliest"`   // from when a finding is no false alarm, where a definition leaves room or asks for a warning
	Detectable       time.Time `json:"detectable"` // from when there is no doubt
	End              time.Time `json:"end,omitzero"`
	ServiceAffecting bool      `json:"serviceAffecting"`
	Tolerated        bool      `json:"tolerated,omitempty"` // nothing that must be found; a finding is no false alarm
	Why              string    `json:"why"`
}

// serviceKinds are those by which the customer's freight or money suffers, or will, if nobody acts. Not among them: warnings that the clock
// gives of every ordinary stop (appointment.near), quarrels between sources and other faults of data, and papers that are merely not in yet.
var serviceKinds = map[string]bool{"appointment.missed": true, "appointment.missedLate": true, "eta.late": true, "facility.closed": true,
	"tracking.lost": true, "dwell.extended": true, "stop.unscheduled": true, "route.deviation": true, "stop.notLoaded": true, "scan.missed": true,
	"paper.podMissing": true, "paper.podProblem": true, "temperature.excursion": true, "detention.running": true, "silence": true,
	"carrier.insurance": true, "carrier.authority": true}

// ServiceAffecting reports whether a kind counts in Total.
func ServiceAffecting(kind string) bool { return serviceKinds[kind] }

// exactKinds are defined to the minute: no room beside the definition, and two of them are never one.
var exactKinds = map[string]bool{"appointment.near": true, "appointment.missed": true, "appointment.missedLate": true}

// Truth is every incident, by load and time. It is computed from the words and rows as the desk learned them, by the definitions of README.md.
func (w *World) Truth() []Incident {
	if w.truth != nil {
		return w.truth
	}
	for _, l := range w.loads {
		o := newOracle(w, l)
		w.truth = append(w.truth, o.walk()...)
	}
	slices.SortStableFunc(w.truth, func(a, b Incident) int {
		return cmp.Or(cmp.Compare(a.Load, b.Load), a.Earliest.Compare(b.Earliest), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Stop, b.Stop))
	})
	return w.truth
}

// verdict is what a definition says at an instant: may a desk say it, must it, and since when is it so in the world.
type verdict struct {
	kind, field string
	stop        int
	may, must   bool
	since       time.Time
	why         string
}

type runKey struct {
	kind, field string
	stop        int
}

// run is an unbroken time in which a desk may say a thing.
type run struct {
	Incident
	must bool
	last time.Time
}

// oracle walks one load through the minutes.
type oracle struct {
	w     *World
	l     *load
	now   time.Time
	seen  state
	drawn drawn
	dirty bool // something was learned since drawn was drawn
	runs  map[runKey]*run
	order []runKey
	done  []Incident
}

func newOracle(w *World, l *load) *oracle {
	return &oracle{w: w, l: l, runs: map[runKey]*run{}, seen: newState(l)}
}

// walk steps minute by minute, since some definitions turn with the clock alone.
func (o *oracle) walk() []Incident {
	next, rows := 0, 0
	for o.now = o.w.start; !o.now.After(o.w.end); o.now = o.now.Add(time.Minute) {
		for ; next < len(o.l.words) && !o.l.words[next].known().After(o.now); next++ {
			o.seen.hear(&o.l.words[next])
			o.dirty = true
		}
		for ; rows < len(o.l.versions) && !o.l.versions[rows].at.After(o.now); rows++ {
			o.seen.read(&o.l.versions[rows])
			o.dirty = true
		}
		if next == 0 && rows == 0 {
			continue
		}
		o.judge()
		o.close()
	}
	for _, k := range o.order {
		if r := o.runs[k]; r != nil {
			o.done = append(o.done, r.Incident)
		}
	}
	return o.done
}

// say takes a verdict of this minute.
func (o *oracle) say(v verdict) {
	if slices.Contains(o.l.excused, v.kind) {
		v.may, v.must = v.may || v.must, false
	}
	if !v.may && !v.must {
		return
	}
	k := runKey{v.kind, v.field, v.stop}
	r := o.runs[k]
	if r == nil {
		r = &run{Incident: Incident{Load: o.l.number, Stop: v.stop, Kind: v.kind, Earliest: o.now, Detectable: o.now, Start: o.now, Tolerated: true,
			ServiceAffecting: serviceKinds[v.kind], Why: v.why}}
		if v.kind == "load.duplicate" && o.l.twin != nil {
			r.Twin = o.l.twin.number
		}
		if !v.since.IsZero() && v.since.Before(o.now) {
			r.Start = v.since
		}
		o.runs[k] = r
		o.order = append(o.order, k)
	}
	r.last = o.now
	if v.must && !r.must {
		r.must, r.Detectable, r.Tolerated, r.Why = true, o.now, false, v.why
	}
}

// pause is how long a thing may be gone and come back as the same.
const pause = 20 * time.Minute

// close ends the runs of which nothing was said this minute: at once where a definition is exact.
func (o *oracle) close() {
	for k, r := range o.runs {
		if gone := o.now.Sub(r.last); gone > pause || gone > 0 && exactKinds[k.kind] {
			r.End = r.last.Add(time.Minute)
			o.done = append(o.done, r.Incident)
			delete(o.runs, k)
			o.order = slices.DeleteFunc(o.order, func(other runKey) bool { return other == k })
		}
	}
}
