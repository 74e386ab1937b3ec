package watch

import (
	"slices"
	"time"

	"tracedesk/backend/freight"
)

// The contact ladder: who is asked next when nobody answers.
const (
	toDriver     = "driver"
	toDispatcher = "dispatcher"
	toAfterHours = "afterHours"
	toOwner      = "owner"
	toLead       = "lead"
	toCustomer   = "customer"
)

var contactLadder = [...]string{toDriver, toDispatcher, toAfterHours, toOwner, toLead, toCustomer}

// ContactLadder are the steps in order.
func ContactLadder() []string { return slices.Clone(contactLadder[:]) }

// Outcomes of a contact.
const (
	reachedThem = "reached"
	voicemail   = "voicemail"
	noAnswer    = "noAnswer"
	wrongNumber = "wrongNumber"
	messageSent = "sent"
)

// stepWords is a step as people say it; whoever else was called is told as written.
func stepWords(step string) string {
	switch step {
	case "":
		return "somebody"
	case toAfterHours:
		return "carrier's after-hours line"
	case toOwner:
		return "carrier's owner"
	case toLead:
		return "lead"
	}
	return step
}

// ofCarrier reports whether a step of the ladder is with the carrier: they know where the truck is.
func ofCarrier(step string) bool {
	switch step {
	case toDriver, toDispatcher, toAfterHours, toOwner:
		return true
	}
	return false
}

// answered reports whether somebody was reached about a task.
func answered(acts []freight.Act, key string) bool {
	return slices.ContainsFunc(acts, func(a freight.Act) bool {
		return a.Fact == freight.FactContact && a.Type == reachedThem && a.Scope == key
	})
}

// firstStep is the driver where a number of theirs is known, else the dispatcher.
func (e *evaluation) firstStep() string {
	if e.t.Driver["PHONE"].Value != "" {
		return toDriver
	}
	return toDispatcher
}

// climb puts a task on its step of the ladder: after so many tries without an answer the next step, at once after a wrong
// number. A task that was tried is due again after the retry.
func (e *evaluation) climb(task *freight.Task, retry time.Duration, first string) {
	step := slices.Index(contactLadder[:], first)
	tries, last := 0, time.Time{}
	for i := range e.t.Acts {
		a := &e.t.Acts[i]
		if a.Fact != freight.FactContact || a.Scope != task.Key {
			continue
		}
		switch a.Type {
		case voicemail, noAnswer:
			tries++
			task.Attempts++
		case wrongNumber:
			tries = e.rules.Cadence.Attempts
			task.Attempts++
		default:
			continue
		}
		last = doneBy(a)
		if tries >= e.rules.Cadence.Attempts && step < len(contactLadder)-1 {
			step, tries = step+1, 0
		}
	}
	task.Whom = contactLadder[step]
	if again := last.Add(retry); !last.IsZero() && again.After(task.Due) {
		task.Due = again
	}
}
