package watch

import (
	"slices"
	"strconv"
	"time"

	"tracedesk/backend/freight"
)

// Milestone is one thing that a load's plan asks to be on record: documented by a source, verified by a second source or by
// a checked paper, and so closed; or not, with the reason that a person gave for the gap.
type Milestone struct {
	Key        string // dispatched, arrived/1, loaded/1, departed/1, delivered/2, pop, pod; acts on gaps name it in their Scope
	Stop       int    // 0: the load's
	Name       string
	At         time.Time
	Documented bool
	Source     string
	Verified   bool
	By         string // who or what verified it
	Closed     bool
	Gap        string // why it may stay open
	GapBy      string
	Missing    string // what is missing, in words; empty when closed
}

// Milestones are what the plan of a load asks for, in order.
func Milestones(t *freight.Timeline) []Milestone {
	list := make([]Milestone, 0, 3+3*len(t.Stops))
	list = append(list, dispatched(t))
	side := [2]bool{}
	for i := range t.Stops {
		stop := &t.Stops[i]
		side[0], side[1] = side[0] || stop.Pickup(), side[1] || stop.Delivery()
		list = append(list, ofStop(t, stop, "arrived", "Arrived", stop.Arrived))
		if stop.Pickup() {
			list = append(list, ofStop(t, stop, "loaded", "Loaded", either(stop.Loaded, stop.PickedUp)))
		}
		if stop.Delivery() {
			list = append(list, ofStop(t, stop, "delivered", "Unloaded", either(stop.Delivered, stop.Unloaded)))
		}
		list = append(list, ofStop(t, stop, "departed", "Departed", stop.Departed))
	}
	for k, kind := range [...]string{freight.POP, freight.POD} {
		if side[k] {
			list = append(list, paperMilestone(t, kind))
		}
	}
	for i := range list {
		list[i].close(t.Acts)
	}
	return list
}

// CloseProblems are the milestones that keep a load from being closed, each with what to do; none when it may be closed.
func CloseProblems(t *freight.Timeline) []string {
	var out []string
	for _, m := range Milestones(t) {
		if !m.Closed {
			out = append(out, m.Name+": "+m.Missing+"; document it, or say why it may stay open")
		}
	}
	return out
}

// Meter is how many milestones are closed, of how many.
func Meter(list []Milestone) (closed, total int) {
	for i := range list {
		if list[i].Closed {
			closed++
		}
	}
	return closed, len(list)
}

func either(a, b *freight.KnownTime) *freight.KnownTime {
	if a != nil {
		return a
	}
	return b
}

// dispatched is documented by a named driver or truck, and verified by its coming to the first stop.
func dispatched(t *freight.Timeline) Milestone {
	m := Milestone{Key: "dispatched", Name: "Dispatched"}
	for _, known := range [...]freight.Known{t.Driver["NAME"], t.Driver["PHONE"], t.Equipment["TRUCK"]} {
		if known.Value != "" && len(known.Claims) > 0 {
			m.document(known.Claims[0].Provenance, known.Claims[0].StatedAt)
			break
		}
	}
	for i := range t.Stops {
		if known := t.Stops[i].Arrived; known != nil && len(known.Claims) > 0 {
			if !m.Documented {
				m.document(known.Claims[0].Provenance, known.At)
			}
			m.verify("arrival at stop " + strconv.Itoa(t.Stops[i].Seq))
			break
		}
	}
	return m
}

func (m *Milestone) document(p freight.Provenance, at time.Time) {
	m.Documented, m.Source, m.At = true, p.Source.String(), at
}

func (m *Milestone) verify(by string) { m.Verified, m.By = true, by }

func ofStop(t *freight.Timeline, stop *freight.StopLine, key, name string, known *freight.KnownTime) Milestone {
	m := Milestone{Key: key + "/" + strconv.Itoa(stop.Seq), Stop: stop.Seq, Name: name + " at " + work(stop) + place(stop) + " (stop " + strconv.Itoa(stop.Seq) + ")"}
	if known == nil || len(known.Claims) == 0 {
		return m
	}
	first := &known.Claims[0]
	m.document(first.Provenance, known.At)
	for i := range known.Claims[1:] {
		if c := &known.Claims[i+1]; known.Agree && c.Source != first.Source && !c.At.IsZero() {
			m.verify(c.Source.String())
			return m
		}
	}
	switch {
	case first.Source.Kind == freight.Paper:
		m.verify(first.Source.String())
	case stop.Pickup() && t.Papers[freight.POP] == freight.PaperVerified:
		m.verify("POP")
	case stop.Delivery() && t.Papers[freight.POD] == freight.PaperVerified:
		m.verify("POD")
	}
	return m
}

func paperMilestone(t *freight.Timeline, kind string) Milestone {
	m := Milestone{Key: kind, Name: paperName(kind)}
	state := t.Papers[kind]
	if state != freight.PaperReceived && state != freight.PaperVerified {
		return m
	}
	m.Documented = true
	for i := range t.Documents {
		if d := &t.Documents[i]; d.Kind == kind && d.State != "rejected" {
			m.document(d.Provenance, d.ReceivedAt)
			if state == freight.PaperVerified && d.State == "verified" {
				m.verify(d.By)
			}
		}
	}
	m.Verified = state == freight.PaperVerified
	return m
}

// close sets what is still missing, and the last reason that somebody gave for it; an empty reason takes it back.
func (m *Milestone) close(acts []freight.Act) {
	switch {
	case !m.Documented:
		m.Missing = "not documented"
	case !m.Verified:
		m.Missing = "told by " + sourceOr(m.Source) + " only, neither a second source nor a checked paper confirms it"
	default:
		m.Closed = true
		return
	}
	var said time.Time
	for i := range acts {
		if a := &acts[i]; a.Fact == freight.FactGap && a.Scope == m.Key && !doneBy(a).Before(said) {
			m.Gap, m.GapBy, said = a.Text, a.By, doneBy(a)
		}
	}
	if m.Gap != "" {
		m.Closed, m.Missing = true, ""
	}
}

func sourceOr(s string) string {
	if s == "" {
		return "a source"
	}
	return s
}

// GapKeys are the milestones of a load for which a reason may be given now.
func GapKeys(t *freight.Timeline) []string {
	var out []string
	for _, m := range Milestones(t) {
		if (!m.Documented || !m.Verified) && !slices.Contains(out, m.Key) {
			out = append(out, m.Key)
		}
	}
	return out
}
