package watch

import (
	"slices"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// Line is one load on the sheet of a shift's end: what the incoming person must know to take it over without asking.
type Line struct {
	Load      string
	Customer  string
	Carrier   string
	State     freight.LoadState
	StopClock string   // the stop ahead with its window and ETA
	Happened  []string // in the shift
	Decided   []string // by whom, what, and why
	Fragile   []string // looks stable and may not stay so
	Promises  []string // open ones: to whom, what, until when
	Open      []OpenException
	Next      string
	NextDue   time.Time // zero when nothing falls due
	Owner     string
	Meters    []string // detention that runs or is about to
	Temp      string
	Authority string // who may approve how much
}

// OpenException is an exception that goes over to the next shift.
type OpenException struct {
	ID, Kind, Why, Owner, State string
	Severity                    freight.Severity
}

// Worth reports whether the incoming person must read the line: something is open, promised, fragile or due.
func (l *Line) Worth() bool {
	return len(l.Open)+len(l.Promises)+len(l.Fragile)+len(l.Meters) > 0 || !l.NextDue.IsZero()
}

// HandoverLine tells a load as it goes over to the next shift; since is when the shift began.
func HandoverLine(t *freight.Timeline, exceptions []Exception, errands []freight.Errand, since, now time.Time, rules *Rules) Line {
	h := handover{t: t, since: since, now: now, rules: rules, zone: (&evaluation{t: t}).zone()}
	h.Line = Line{Load: t.Number, Customer: t.Customer.Value, Carrier: t.Carrier.Value, State: t.State, Owner: t.Owner, Authority: authority(rules)}
	h.clock()
	h.news()
	for i := range exceptions {
		h.exception(&exceptions[i])
	}
	h.decisions()
	for _, p := range Promises(t) {
		if p.Kept.IsZero() {
			h.Promises = append(h.Promises, whoOr(p.To)+" by "+h.stamp(p.Until)+": "+p.Text)
			h.due(p.Until, "Keep the promise to "+whoOr(p.To))
		}
	}
	h.errands(errands)
	h.fragile()
	h.temperature()
	return h.Line
}

type handover struct {
	Line
	t          *freight.Timeline
	since, now time.Time
	rules      *Rules
	zone       string
}

func (h *handover) stamp(at time.Time) string { return timeline.Stamp(at, h.zone) }

// due keeps what falls due first.
func (h *handover) due(at time.Time, what string) {
	if what == "" || at.IsZero() || at.Year() >= farFuture.Year() || !h.NextDue.IsZero() && !at.Before(h.NextDue) {
		return
	}
	h.NextDue, h.Next = at, what
}

func (h *handover) clock() {
	stop := timeline.NextStop(h.t)
	if stop == nil {
		h.StopClock = noNextStop(h.t)
		return
	}
	h.StopClock = sentence(work(stop)) + place(stop)
	if d := deadline(stop); !d.IsZero() {
		h.StopClock += " by " + timeline.Stamp(d, stop.Zone)
	} else {
		h.StopClock += ", no appointment is known"
	}
	if stop.Arrived != nil {
		h.StopClock += ", arrived " + timeline.Stamp(heardAt(stop.Arrived), stop.Zone)
	} else if stop.ETA != nil && !stop.ETA.At.IsZero() {
		h.StopClock += ", ETA " + timeline.Stamp(stop.ETA.At, stop.Zone) + " (" + stop.ETA.Source.String() + ")"
	}
}

func (h *handover) news() {
	if news := h.t.LastNews; news != nil {
		h.Happened = append(h.Happened, h.stamp(news.At)+" "+news.Text)
	}
}

// exception tells what the rules saw in the shift, and takes over what is open.
func (h *handover) exception(e *Exception) {
	for _, c := range e.History {
		if c.By == ByRule && !c.At.Before(h.since) && !c.At.After(h.now) && c.What != "eased" && c.What != "joined" {
			h.Happened = append(h.Happened, h.stamp(c.At)+" "+c.What+": "+KindOf(e.Kind).Words)
		}
	}
	if !e.Open() {
		if e.ClearedAt.IsZero() {
			h.Fragile = append(h.Fragile, "Resolved while it still holds: "+e.Why)
		}
		return
	}
	h.Open = append(h.Open, OpenException{ID: e.ID, Kind: e.Kind, Why: e.Why, Owner: e.Owner, State: e.State, Severity: e.Severity})
	what := e.Next.Text
	if what == "" {
		what = KindOf(e.Kind).Words + ": " + e.Why
	}
	due := e.Next.Due
	if !e.SnoozedUntil.IsZero() {
		h.Fragile = append(h.Fragile, "Snoozed until "+h.stamp(e.SnoozedUntil)+": "+e.Why)
		due = e.SnoozedUntil
	}
	h.due(due, what)
	if e.Kind == "detention.running" || slices.Contains(e.Also, "detention.running") {
		h.Meters = append(h.Meters, e.Why)
	}
}

// decisions are what people settled in the shift, with the reason they gave.
func (h *handover) decisions() {
	for i := range h.t.Acts {
		a := &h.t.Acts[i]
		at := doneBy(a)
		if at.Before(h.since) || at.After(h.now) {
			continue
		}
		if what := decision(a, h.zone); what != "" {
			h.Decided = append(h.Decided, h.stamp(at)+" "+a.By+": "+what)
		}
	}
}

// decision is an act in words; empty for one that decides nothing.
func decision(a *freight.Act, zone string) string {
	why := joinWords(": ", a.Text, a.Note)
	switch a.Fact {
	case freight.FactHandled:
		switch a.Type {
		case "resolve":
			return joinWords(": ", "resolved", why)
		case "reopen":
			return joinWords(": ", "opened again", why)
		case "assign":
			return joinWords(": ", "gave it to "+whoOr(a.Text), a.Note)
		case "snooze":
			return joinWords(": ", "put off until "+timeline.Stamp(a.At, zone), why)
		}
	case freight.FactCause:
		return "cause " + joinWords(": ", causeText(a.Type, a.Text), a.Note)
	case freight.FactParty:
		return "responsible " + why
	case freight.FactMoney:
		return joinWords(" ", a.Type, number(a.Num), "USD", a.Text, a.Note)
	case freight.FactGap:
		return "gap " + a.Scope + ": " + why
	case freight.FactDismissed:
		return "known contradiction of " + joinWords(": ", a.Type, a.Note)
	}
	return ""
}

func joinWords(sep string, words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), sep)
}

func (h *handover) errands(list []freight.Errand) {
	for i := range list {
		e := &list[i]
		if !e.EndedAt.IsZero() || e.Kind == KeepPromise {
			continue
		}
		what := e.Why
		if e.Whom != "" {
			what += " (" + stepWords(e.Whom) + ")"
		}
		h.due(e.Due, what)
	}
}

// fragile is what is on plan by a hair: an ETA with less than twice the margin, freight that is worth more care.
func (h *handover) fragile() {
	stop := timeline.NextStop(h.t)
	if stop != nil && stop.ETA != nil && stop.Arrived == nil && !stop.ETA.At.IsZero() {
		if d := deadline(stop); !d.IsZero() {
			if left := d.Sub(stop.ETA.At); left >= 0 && left < 2*h.rules.Cadence.Margin {
				h.Fragile = append(h.Fragile, "ETA leaves "+span(left)+where(stop))
			}
		}
	}
	for _, flag := range h.t.Flags {
		h.Fragile = append(h.Fragile, strings.ReplaceAll(flag, "_", " "))
	}
}

func (h *handover) temperature() {
	if h.t.TempMinF == nil && h.t.TempMaxF == nil {
		return
	}
	h.Temp = "range " + bound(h.t.TempMinF) + " to " + bound(h.t.TempMaxF) + " F"
	if n := len(h.t.Readings); n > 0 {
		last := &h.t.Readings[n-1]
		h.Temp += ", last " + number(float64(last.F)) + " F " + h.stamp(time.Unix(last.At, 0))
		return
	}
	h.Temp += ", no reading"
}

func bound(f *float64) string {
	if f == nil {
		return "any"
	}
	return number(*f)
}

// authority says who may approve how much; a sheet that does not say it leaves the night without a decision.
func authority(rules *Rules) string {
	var parts []string
	for _, role := range [...]string{"specialist", toLead, "manager"} {
		if usd := rules.Cadence.Money[role]; usd > 0 {
			parts = append(parts, role+" up to "+number(usd)+" USD")
		}
	}
	if len(parts) == 0 {
		return "no money limits are set: ask before anything is approved"
	}
	return strings.Join(parts, ", ")
}

// Blocked says why a shift cannot be closed: every open exception needs an owner. Empty when it can.
func Blocked(lines []Line) []string {
	var out []string
	for i := range lines {
		l := &lines[i]
		for _, e := range l.Open {
			if e.Owner == "" {
				out = append(out, l.Load+": "+KindOf(e.Kind).Words+" has no owner ("+e.Why+")")
			}
		}
	}
	return out
}
