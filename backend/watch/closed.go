package watch

import (
	"slices"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// afterClosing asks of a closed load what is wrong with the times that came with the word that closed it, or since: whoever
// closed it has seen and settled what was known before.
func afterClosing(e *evaluation) {
	closed := e.closedAt()
	if closed.IsZero() {
		return
	}
	order(e)
	conflict(e)
	future(e)
	midnight(e)
	e.found = slices.DeleteFunc(e.found, func(f freight.Finding) bool {
		return !slices.ContainsFunc(f.Evidence, func(id freight.ObservationID) bool { return !e.heardAt(id).Before(closed) })
	})
}

// closedAt is when the desk learned that a person closed the load; zero when nobody did.
func (e *evaluation) closedAt() (at time.Time) {
	for i := range e.t.Statuses {
		if w := &e.t.Statuses[i]; w.Source.Kind == freight.User && strings.EqualFold(strings.TrimSpace(w.Text), "closed") {
			at = later(at, w.ReceivedAt)
		}
	}
	return at
}
