package watch

import (
	"slices"
	"strconv"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// Kinds of tasks that are no check calls.
const (
	ChasePaper  = "chasePaper"
	KeepPromise = "promise"
	CloseLoad   = "close"
)

// tellTasks tells what a person should do now. It follows the rules, because what they found decides whether a call may wait
// for the morning and whether data cover it.
func (e *evaluation) tellTasks() {
	promises(e)
	if !e.t.State.Live() || e.t.Provisional {
		return
	}
	if !e.t.State.Done() {
		checkCalls(e)
	}
	chasePapers(e)
	closeLoad(e)
}

// chasePapers asks for the POP after the last pickup and for the POD after the last delivery: a request, a reminder, calls.
func chasePapers(e *evaluation) {
	if e.t.State == freight.PapersIn {
		return
	}
	e.chase(freight.POP, e.workedLast((*freight.StopLine).Pickup))
	if e.t.State == freight.Delivered {
		e.chase(freight.POD, e.workedLast((*freight.StopLine).Delivery))
	}
}

// workedLast is the last stop of a side, when all of that side are done; else nil.
func (e *evaluation) workedLast(side func(*freight.StopLine) bool) (last *freight.StopLine) {
	for i := range e.t.Stops {
		stop := &e.t.Stops[i]
		if !side(stop) {
			continue
		}
		if !stop.Done() {
			return nil
		}
		last = stop
	}
	return last
}

// workedAt is when a stop's work was first known to be done.
func workedAt(stop *freight.StopLine) (first time.Time) {
	for _, k := range [...]*freight.KnownTime{stop.Loaded, stop.PickedUp, stop.Unloaded, stop.Delivered, stop.Departed} {
		if k == nil {
			continue
		}
		if at := heardAt(k); !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}

// chase tells the last step that fell due for a paper that is not on file, or was refused. One that lies here stops the steps only once it is
// verified: until then they ask for that. One that is nowhere but in the word of a TMS is on file there. A request that was sent is done
// until the next step; calls climb the ladder.
func (e *evaluation) chase(kind string, stop *freight.StopLine) {
	state := e.t.Papers[kind]
	if stop == nil || onFile(state) && !e.unverified(kind) {
		return
	}
	c, since := &e.rules.Cadence, workedAt(stop)
	if since.IsZero() {
		return
	}
	steps := [...]struct {
		name, words string
		after       time.Duration
	}{{"ask", "ask for it", c.PaperAsk}, {"remind", "remind them", c.PaperRemind}, {"call", "call for it", c.PaperCall}}
	last := -1
	for i := range steps {
		if steps[i].after <= 0 {
			continue
		}
		if !e.reached(since.Add(steps[i].after)) {
			break
		}
		last = i
	}
	if last < 0 {
		return
	}
	step := &steps[last]
	if state == freight.PaperReceived {
		step.words = "verify it, or ask for a better one"
	}
	task := freight.Task{Key: "paper/" + kind + "/" + step.name, Kind: ChasePaper, Level: freight.Waiting, Stop: stop.Seq, Due: since.Add(step.after),
		Why: paperName(kind) + wanting(state) + work(stop) + place(stop) + " was done " + timeline.Stamp(since, stop.Zone) + ": " + step.words}
	if answered(e.t.Acts, task.Key) || step.name != "call" && e.sent(task.Key) {
		return
	}
	e.climb(&task, c.PaperRetry, toDispatcher)
	if state != freight.PaperReceived {
		task.Asks = []freight.Ask{{Key: kind, Text: "Photo or scan of the signed " + paperName(kind) + "?", Fact: freight.FactDocument, Type: kind, Stop: stop.Seq}}
	}
	e.tasks = append(e.tasks, task)
}

// unverified tells whether a paper of a kind lies here that nobody verified.
func (e *evaluation) unverified(kind string) bool {
	return e.t.Papers[kind] == freight.PaperReceived && slices.ContainsFunc(e.t.Documents, func(d freight.DocumentLink) bool { return d.Kind == kind })
}

func wanting(state freight.PaperState) string {
	switch state {
	case freight.PaperException:
		return " was refused, "
	case freight.PaperReceived:
		return " came but is not verified, "
	}
	return " missing, "
}

func paperName(kind string) string {
	if kind == freight.POP {
		return "POP"
	}
	return "POD"
}

func (e *evaluation) sent(key string) bool {
	for i := range e.t.Acts {
		if a := &e.t.Acts[i]; a.Fact == freight.FactContact && a.Type == messageSent && a.Scope == key {
			return true
		}
	}
	return false
}

// closeLoad asks for the closing of a load whose POD is on file.
func closeLoad(e *evaluation) {
	after := e.rules.Cadence.CloseAfter
	if e.t.State != freight.PapersIn || after <= 0 {
		return
	}
	came := e.podCame()
	if !e.reached(came.Add(after)) {
		return
	}
	e.tasks = append(e.tasks, freight.Task{Key: "close", Kind: CloseLoad, Level: freight.Waiting, Due: came.Add(after),
		Why: "POD on file since " + timeline.Stamp(came, e.zone()) + ": verify it, close the milestones, close the load"})
}

// podCame is when the first POD came; where only a word of it is known, when that was learned.
func (e *evaluation) podCame() time.Time {
	var first time.Time
	for i := range e.t.Documents {
		d := &e.t.Documents[i]
		if d.Kind == freight.POD && (first.IsZero() || d.ReceivedAt.Before(first)) {
			first = d.ReceivedAt
		}
	}
	if first.IsZero() {
		return e.t.LastAt
	}
	return first
}

// A Promise is what a person of the desk told somebody to expect by an instant.
type Promise struct {
	ID     string // the observation that made it; a kept act names it
	Key    string // of its task
	To     string
	Text   string
	Stop   int
	Until  time.Time
	MadeAt time.Time
	By     string
	Kept   time.Time // zero while it is open
}

// Promises are all promises on a load, the oldest first.
func Promises(t *freight.Timeline) []Promise {
	var out []Promise
	for i := range t.Acts {
		a := &t.Acts[i]
		if a.Fact != freight.FactPromise || a.At.IsZero() {
			continue
		}
		p := Promise{ID: a.Observation.String(), To: a.Type, Text: a.Text, Stop: a.Stop, Until: a.At, MadeAt: doneBy(a), By: a.By}
		p.Key = "promise/" + p.ID
		for j := range out {
			if out[j].ID == p.ID {
				p.Key = "promise/" + p.ID + "/" + strconv.Itoa(len(out))
			}
		}
		p.Kept = keptAt(t.Acts, &p)
		out = append(out, p)
	}
	return out
}

// keptAt is when a promise was first kept: somebody said so, or that person was reached or written to afterwards.
func keptAt(acts []freight.Act, p *Promise) (at time.Time) {
	for i := range acts {
		a := &acts[i]
		said := a.Fact == freight.FactHandled && a.Type == "kept" && a.Scope == p.ID
		told := a.Fact == freight.FactContact && (a.Type == reachedThem || a.Type == messageSent) && p.To != "" && sameName(a.Text, p.To) && doneBy(a).After(p.MadeAt)
		if done := doneBy(a); (said || told) && (at.IsZero() || done.Before(at)) {
			at = done
		}
	}
	return at
}

// promises are told some time before they fall due, so that they can still be kept, also on a load that is done.
func promises(e *evaluation) {
	if len(e.t.Acts) == 0 {
		return
	}
	for _, p := range Promises(e.t) {
		if !p.Kept.IsZero() || !e.reached(p.Until.Add(-e.rules.Cadence.PromiseAhead)) {
			continue
		}
		e.tasks = append(e.tasks, freight.Task{Key: p.Key, Kind: KeepPromise, Level: freight.AtRisk, Stop: p.Stop, Due: p.Until, Whom: p.To, Said: p.To,
			Why: "Promised to " + whoOr(p.To) + " by " + timeline.Stamp(p.Until, e.zone()) + ": " + p.Text})
	}
}

func whoOr(to string) string {
	if to == "" {
		return "somebody"
	}
	return to
}
