package timeline

import (
	"slices"

	"tracedesk/backend/freight"
)

// buildWindows sets each stop's window, what it was first, and all that was said of it.
func (b *builder) buildWindows() {
	words := b.of(windowWords)
	slab := make([]freight.ToldWindow, 0, len(words)+len(b.t.Stops))
	orderByStop(words)
	orderByStop(b.of(originalWords))
	for i := range b.t.Stops {
		stop, here := &b.t.Stops[i], at(words, i)
		from := len(slab)
		for j := range here {
			slab = appendChange(slab, from, b.tellWindow(&here[j]))
		}
		stop.History = nilIfEmpty(slab[from:len(slab):len(slab)])
		from = len(slab)
		for _, w := range b.current(here, b.orders.Windows, nil) {
			slab = append(slab, b.tellWindow(w.said))
		}
		stop.WindowsOf = nilIfEmpty(slab[from:len(slab):len(slab)])
		acceptWindow(stop)
		stop.Original = b.original(i)
	}
	for i := range words {
		if w := &words[i]; w.stop == nowhere && !w.c.Value.None {
			b.keepWord(w)
		}
	}
}

// acceptWindow brings the window to believe to the front: the most trusted one that can be told.
func acceptWindow(stop *freight.StopLine) {
	if len(stop.WindowsOf) == 0 {
		return
	}
	if best := slices.IndexFunc(stop.WindowsOf, func(w freight.ToldWindow) bool { return !w.Window.IsZero() }); best > 0 {
		front := stop.WindowsOf[best]
		copy(stop.WindowsOf[1:best+1], stop.WindowsOf[:best])
		stop.WindowsOf[0] = front
	}
	first := &stop.WindowsOf[0]
	stop.Window, stop.WindowBy, stop.ApptType = first.Window, first.Source, first.Type
}

// appendChange appends a word on a window unless its source says there what it said last.
func appendChange(history []freight.ToldWindow, from int, w freight.ToldWindow) []freight.ToldWindow {
	for i := len(history) - 1; i >= from; i-- {
		if history[i].Source != w.Source {
			continue
		}
		if history[i].Window == w.Window && history[i].Type == w.Type && history[i].Note == w.Note {
			return history
		}
		break
	}
	return append(history, w)
}

// tellWindow is a word on a window as instants.
func (b *builder) tellWindow(w *said) freight.ToldWindow {
	v := &w.c.Value
	told := freight.ToldWindow{Provenance: provenance(w.o), Type: v.Type, Note: v.Note}
	if v.None {
		told.Note = "taken away"
		return told
	}
	told.Window = b.window(w)
	if told.Window.IsZero() && !(v.Start.IsZero() && v.End.IsZero()) {
		told.Note = joined("zone unknown: "+w.c.ValueText(), v.Note)
	}
	return told
}

// window turns a window as written into instants. A start without an end ends at its start; a bare day begins at its
// first second and ends at its last.
func (b *builder) window(w *said) freight.Window {
	v := &w.c.Value
	c := b.clockFor(w)
	start, end := b.reckon(v.Start, c, dayStart), b.reckon(v.End, c, dayEnd)
	if v.End.IsZero() {
		end = b.reckon(v.Start, c, dayEnd)
	}
	out := freight.Window{Start: start.at, End: end.at, DayOnly: start.dayOnly && (end.dayOnly || v.End.IsZero()) || v.Start.IsZero() && end.dayOnly}
	if out.DayOnly {
		out.FirstDay, out.LastDay = dayNumber(v.Start), dayNumber(v.End)
		if v.End.IsZero() {
			out.LastDay = out.FirstDay
		}
	}
	out.NoZone = out.IsZero() && !(v.Start.IsZero() && v.End.IsZero())
	return out
}

// dayNumber counts the days from 1970 to a day as written; 0 for none.
func dayNumber(w freight.When) int {
	if w.Basis != freight.DayOnly {
		return 0
	}
	return int(w.Wall().Unix() / day)
}

// original is the first window of a stop: as its source remembers it where one says so, else the first ever stated by
// somebody who may set it. It never moves.
func (b *builder) original(i int) freight.Window {
	if w := b.accepted(at(b.of(originalWords), i), b.orders.Windows, nil); w != nil {
		if first := b.window(w); !first.IsZero() {
			return first
		}
	}
	var first *said
	words := at(b.of(windowWords), i)
	for j := range words {
		w := &words[j]
		if !w.c.Value.None && setsWindows(w.o.Source.Kind) && (first == nil || w.compare(first.word) < 0) {
			first = w
		}
	}
	if first == nil {
		return freight.Window{}
	}
	return b.window(first)
}

// setsWindows reports whether a source's first window is the one that was agreed.
func setsWindows(k freight.SourceKind) bool {
	return k == freight.TMS || k == freight.Customer || k == freight.User
}

func nilIfEmpty[T any](s []T) []T {
	if len(s) == 0 {
		return nil
	}
	return s
}

func joined(a, b string) string {
	if b == "" {
		return a
	}
	return a + " · " + b
}
