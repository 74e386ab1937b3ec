package watch

import (
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// silence: no word at all came on a load that should be moving, for 4 h. The clock runs from the last word of anybody, also
// one that is no news of the truck (a temperature, a number, a row of the TMS that changed), at the earliest from the start of
// the first pickup's window, until the load is delivered.
func silence(e *evaluation) {
	start, moving := e.movesFrom()
	if !moving {
		return
	}
	heard, news := e.lastWord(), ""
	if last := e.t.LastNews; last != nil {
		if news = last.Text; last.At.Before(heard) {
			news = "last: " + news + ", " + timeline.Stamp(last.At, e.zone())
		}
	}
	from := heard
	if start.After(from) {
		from = start
	}
	due := from.Add(e.rules.Silence)
	if !e.reached(due) {
		return
	}
	why := "No news since " + timeline.Stamp(heard, e.zone())
	if news != "" {
		why += " (" + news + ")"
	}
	f := freight.Finding{Kind: "silence", Level: freight.Verify, Severity: freight.Minor, Since: due,
		Inputs: inputs("lastNews", timeline.Stamp(heard, e.zone()), "threshold", span(e.rules.Silence))}
	if source, health := e.unwell(); health != "" {
		f.Inputs = append(f.Inputs, freight.Input{Name: "source", Value: source + " " + health})
		why += "; " + source + " is " + health
	}
	f.Why = why
	f.Next = freight.Next{Act: "call", Text: "Ask the driver where the truck is and for the next ETA; if nobody answers, the dispatcher", Due: due}
	e.add(f, due)
}

// lastWord is when anybody last told something of the load, as the sources say it.
func (e *evaluation) lastWord() time.Time {
	last := e.t.FirstAt
	if e.t.LastNews != nil {
		last = e.t.LastNews.At
	}
	h := &e.t.Heard
	for _, at := range [...]time.Time{h.TMS, h.Visibility, h.Carrier, h.Phone} {
		last = later(last, at)
	}
	return last
}

// movesFrom is the instant from which the load should move; moving is false when it need not yet and no window says when.
func (e *evaluation) movesFrom() (start time.Time, moving bool) {
	switch e.t.State {
	case freight.OnHold:
		return start, false
	case freight.Planned, freight.Dispatched:
	default:
		moving = true
	}
	for i := range e.t.Stops {
		stop := &e.t.Stops[i]
		if !stop.Pickup() || stop.Window.IsZero() {
			continue
		}
		if stop.Window.Start.IsZero() {
			return stop.Window.End, true
		}
		return stop.Window.Start, true
	}
	return start, moving
}

// unwell is a source that has told of the load's whereabouts and is stale or down.
func (e *evaluation) unwell() (source, health string) {
	for _, s := range []freight.Source{e.t.Tracking.Source, e.newsSource()} {
		if h := e.around.SourceHealth[s.String()]; h != "" && h != "ok" {
			return s.String(), h
		}
	}
	return "", ""
}

func (e *evaluation) newsSource() freight.Source {
	if e.t.LastNews == nil {
		return freight.Source{}
	}
	return e.t.LastNews.Source
}
