// Package trial is a seeded freight world whose truth is known: what a desk receives, in receive order, and every incident in it with the
// minute from which it could be known. README.md states what counts as true.
//
// The world knows nothing of the desk's rules, and must not: it is the guard by which they are measured. All names are invented.
package trial

import (
	"math/rand/v2"
	"slices"
	"time"
)

// World is some days of freight from an instant on.
type World struct {
	seed       uint64
	start, end time.Time
	days       int
	incidents  bool
	facilities []*facility
	carriers   []*carrier
	loads      []*load
	steps      []Step
	truth      []Incident
}

// New makes the world of a seed: so many loads whose pickups lie within so many days from start, which is cut to the half hour. Without incidents
// nothing happens in it that a desk should be told of. The same arguments give the same bytes.
func New(seed uint64, loads, days int, start time.Time, incidents bool) *World {
	w := &World{seed: seed, start: start.UTC().Truncate(exportEvery), days: max(days, 1), incidents: incidents}
	w.end = w.start.Add(time.Duration(w.days) * 24 * time.Hour)
	r := rand.New(rand.NewPCG(seed, 1<<40))
	w.facilities = newFacilities(r, w.start, w.days)
	w.carriers = newCarriers(w.start, incidents)
	for i := range loads {
		w.add(w.plan(i))
	}
	return w
}

// add lets the load live: deals its mishap, drives it, tells it, and keeps it in the TMS.
func (w *World) add(l *load) {
	r := rand.New(rand.NewPCG(w.seed^0x9e3779b97f4a7c15, uint64(l.index)))
	m := w.deal(l, r)
	if m != nil {
		l.trait, l.excused = m.name, m.excuse
		if m.road != nil {
			m.road(w, l, r)
			w.run(l, false, r)
			l.awaken(r)
		}
		l.mistype(r)
	}
	t := &teller{load: l, w: w, r: r}
	t.all()
	if m != nil && m.told != nil {
		m.told(t)
	}
	t.repeat()
	t.drop(func(x *word) bool { return x.known().After(w.end) })
	slices.SortStableFunc(t.out, func(a, b word) int { return a.known().Compare(b.known()) })
	l.words = l.exports(w, t.out)
	slices.SortStableFunc(l.words, func(a, b word) int { return a.known().Compare(b.known()) })
	w.loads = append(w.loads, l)
	if l.trait == "twin" {
		w.book2(l, r)
	}
}

// awaken settles from when on the stated arrivals take the mishap in.
func (l *load) awaken(r *rand.Rand) {
	switch {
	case l.trait == "liar":
		l.aware = l.last().departed
	case len(l.holds) > 0:
		l.befall = l.held()
		l.aware = l.befall.Add(between(r, 40, 80))
	case l.trait == "late to pickup":
		l.aware = l.stops[0].start.Add(-between(r, 15, 60))
	case l.last().arrived.Sub(l.nominal[len(l.nominal)-1]) > 40*time.Minute:
		l.aware = l.legs[len(l.legs)-1].Add(between(r, 180, 260))
	}
	if l.trait == "held at pickup" || l.trait == "slow loading" || l.trait == "held at delivery" {
		l.aware = time.Time{}
	}
}

// book2 books the load a second time under another number; it is cancelled before its pickup.
func (w *World) book2(l *load, r *rand.Rand) {
	twin := *l
	twin.number = "9" + l.number[1:]
	twin.index, twin.trait, twin.twin, twin.versions = l.index+100000, "twin's", l, nil
	l.twin = &twin
	twin.booked = l.booked.Add(exportEvery * time.Duration(1+r.IntN(3)))
	twin.cancelled = later(twin.booked.Add(time.Hour), l.stops[0].start.Add(-between(r, 140, 230)))
	t := &teller{load: &twin, w: w, r: r}
	t.say(word{source: "carrier", fact: "status", at: twin.booked.Add(between(r, 5, 30)), value: "Accepted", text: "tender accepted"}, 1, 4)
	twin.words = twin.exports(w, t.out)
	w.loads = append(w.loads, &twin)
}
