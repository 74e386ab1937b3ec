package watch

import (
	"slices"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// popMissing is paper.popMissing: all pickups are done and no POP is on file. A POD on file ends it too: it is the same
// sheet, signed again. While it is only waited for, a load under way stays on plan.
func popMissing(e *evaluation) {
	if onFile(e.t.Papers[freight.POP]) || onFile(e.t.Papers[freight.POD]) {
		return
	}
	at := e.pickedUpAt()
	if at.IsZero() {
		return
	}
	stop, zone := e.only((*freight.StopLine).Pickup)
	e.waitFor(at, zone, freight.Finding{Kind: "paper.popMissing", Stop: stop,
		Why:      "Picked up " + timeline.Stamp(at, zone) + " and no POP is on file" + refused(e.t.Papers[freight.POP]),
		Evidence: e.doneBy((*freight.StopLine).Pickup),
		Inputs:   inputs("pickedUp", timeline.Stamp(at, zone)),
		Next:     freight.Next{Act: "askPaper", Text: "Ask the driver or the carrier for the BOL as signed at pickup"}})
}

// podMissing is paper.podMissing: everything is delivered and no POD is on file. One that was refused is paper.podProblem.
func podMissing(e *evaluation) {
	if pod := e.t.Papers[freight.POD]; onFile(pod) || pod == freight.PaperException {
		return
	}
	at := e.deliveredAt()
	stop, zone := e.only((*freight.StopLine).Delivery)
	e.waitFor(at, zone, freight.Finding{Kind: "paper.podMissing", Stop: stop,
		Why:      "Delivered " + timeline.Stamp(at, zone) + " and no POD is on file",
		Evidence: e.doneBy((*freight.StopLine).Delivery),
		Inputs:   inputs("delivered", timeline.Stamp(at, zone)),
		Next:     freight.Next{Act: "askPaper", Text: "Ask the driver or the carrier for the signed POD"}})
}

// notClosed is load.notClosed: everything is delivered and the TMS, which uses status words, does not say so; or it says so,
// its papers are in, and it has not got the word by which this TMS closes loads. A word that we do not know counts as long as
// it was said before the delivery.
func notClosed(e *evaluation) {
	word := e.wordOfTMS()
	if word == nil || ClosesWord(word.Text) {
		return
	}
	at := e.deliveredAt()
	why, act := "", "Set the load to delivered in the TMS, or say what is missing"
	switch {
	case e.saysUndelivered(word, at):
		why = " and "
	case e.rules.Closes && onFile(e.t.Papers[freight.POD]):
		why, act = " with its papers on file, and ", "Close the load in the TMS, or say what is missing"
	default:
		return
	}
	stop, zone := e.only((*freight.StopLine).Delivery)
	e.waitFor(at, zone, freight.Finding{Kind: "load.notClosed", Stop: stop,
		Why:      "Delivered " + timeline.Stamp(at, zone) + why + word.Source.String() + " still says \"" + word.Text + "\"",
		Evidence: append(e.doneBy((*freight.StopLine).Delivery), word.Observation),
		Inputs:   inputs("delivered", timeline.Stamp(at, zone), "source", word.Source.String(), "status", word.Text, "said", timeline.Stamp(saidAt(&word.Provenance), zone)),
		Next:     freight.Next{Act: "close", Text: act}})
}

// saysUndelivered reports whether a status word stands for a load that is not delivered yet.
func (e *evaluation) saysUndelivered(word *freight.Word, delivered time.Time) bool {
	stage, known := timeline.StageOf(word.Text)
	if stage == timeline.StageDelivered || saysDone(word.Text) {
		return false
	}
	return known || !saidAt(&word.Provenance).After(delivered)
}

// waitFor files a finding about what is due after an instant: waited for first, then to be chased.
func (e *evaluation) waitFor(at time.Time, zone string, f freight.Finding) {
	watch, sure := at.Add(e.rules.PaperWatch), at.Add(e.rules.PaperSure)
	switch {
	case e.reached(sure):
		f.Level, f.Severity = freight.Verify, freight.Minor
	case e.reached(watch):
		f.Level, f.Severity = freight.Waiting, freight.Watched
		if !e.t.State.Done() {
			f.Level = freight.OnPlan
		}
	default:
		return
	}
	f.Since, f.Next.Due = watch, sure
	f.Inputs = append(f.Inputs, inputs("watch", span(e.rules.PaperWatch), "sure", span(e.rules.PaperSure))...)
	e.add(f, sure)
}

func onFile(s freight.PaperState) bool {
	return s == freight.PaperReceived || s == freight.PaperVerified
}

func refused(s freight.PaperState) string {
	if s == freight.PaperException {
		return " but one that was refused"
	}
	return ""
}

// wordOfTMS is the newest status word of the load's TMS; nil when it uses none.
func (e *evaluation) wordOfTMS() *freight.Word {
	for i := range e.t.Statuses {
		if w := &e.t.Statuses[i]; w.Source.Kind == freight.TMS && strings.TrimSpace(w.Text) != "" {
			return w
		}
	}
	return nil
}

// endings are what a TMS calls a load that is done, in lower case.
var endings = [...]string{"deliver", "complet", "close", "invoic", "billed", "bill", "paid", "settled", "archiv", "finish", "done", "pod",
	"entreg", "livr", "geliefert", "zugestellt"}

// saysDone reports whether a status word says that the load is done. "Out for delivery", "not delivered" and "pickup
// complete" do not.
func saysDone(word string) bool {
	word = strings.ToLower(word)
	for _, under := range [...]string{"not ", "undeliver", "incomplet", "to be ", "pick", "loading", "for deliver", "to deliver", "at deliver", "partial"} {
		if strings.Contains(word, under) && !strings.HasPrefix(word, "unloading complet") {
			return false
		}
	}
	for _, ending := range endings {
		if strings.Contains(word, ending) {
			return true
		}
	}
	return false
}

// closings are what a TMS calls a load on which nothing is left to do, in lower case.
var closings = [...]string{"complet", "close", "invoic", "billed", "paid", "settled", "archiv", "finish"}

// ClosesWord reports whether a status word of a TMS closes a load: "Completed", "Invoiced", "Closed". "Delivery complete",
// "not invoiced" and "unpaid" do not.
func ClosesWord(word string) bool {
	word = strings.ToLower(word)
	if !saysDone(word) {
		return false
	}
	for _, open := range [...]string{"unload", "delivery", "unbilled", "uninvoiced", "unpaid", "unsettled", "ready"} {
		if strings.Contains(word, open) {
			return false
		}
	}
	return slices.ContainsFunc(closings[:], func(closing string) bool { return strings.Contains(word, closing) })
}

// only is the stop of a side when the load has one such stop, else 0, and the zone in which to speak of that side.
func (e *evaluation) only(side func(*freight.StopLine) bool) (seq int, zone string) {
	n := 0
	for i := range e.t.Stops {
		if stop := &e.t.Stops[i]; side(stop) {
			n++
			seq, zone = stop.Seq, stop.Zone
		}
	}
	if n != 1 {
		seq = 0
	}
	return seq, zone
}

// doneBy are the words by which the stops of a side are done.
func (e *evaluation) doneBy(side func(*freight.StopLine) bool) (ids []freight.ObservationID) {
	for i := range e.t.Stops {
		if stop := &e.t.Stops[i]; side(stop) {
			if _, by := doneAt(stop); by != nil {
				ids = append(ids, by.Claims[0].Observation)
			}
		}
	}
	return ids
}

// pickedUpAt is when the last pickup was done; zero while one is not. What is delivered was picked up by then.
func (e *evaluation) pickedUpAt() time.Time {
	var last time.Time
	pickups, done := 0, 0
	for i := range e.t.Stops {
		stop := &e.t.Stops[i]
		if !stop.Pickup() {
			continue
		}
		pickups++
		if at, by := doneAt(stop); by != nil {
			done++
			last = later(last, at)
		}
	}
	switch {
	case pickups > 0 && done == pickups:
		return last
	case e.t.State.Done():
		return e.deliveredAt()
	}
	return time.Time{}
}

// deliveredAt is when the last delivery was done; when no delivery is known, the last word on the load.
func (e *evaluation) deliveredAt() time.Time {
	var last time.Time
	for i := range e.t.Stops {
		if stop := &e.t.Stops[i]; stop.Delivery() {
			at, _ := doneAt(stop)
			last = later(last, at)
		}
	}
	if last.IsZero() {
		return e.t.LastAt
	}
	return last
}

// doneAt is the first instant at which a stop's work is known to be done, and the event that tells; nil while none does.
// An event whose time cannot be told counts from when it was heard.
func doneAt(stop *freight.StopLine) (first time.Time, by *freight.KnownTime) {
	for _, k := range [...]*freight.KnownTime{stop.Delivered, stop.Unloaded, stop.PickedUp, stop.Loaded, stop.Departed} {
		if k == nil || len(k.Claims) == 0 {
			continue
		}
		at := k.At
		if at.IsZero() {
			at = k.Claims[0].ReceivedAt
		}
		if by == nil || at.Before(first) {
			first, by = at, k
		}
	}
	return first, by
}
