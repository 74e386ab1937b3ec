package desk

import "tracedesk/backend/freight"

// TakenBack are the observations of a log that were taken back and not brought back: undoing an undo counts.
func TakenBack(log []freight.Observation) map[freight.ObservationID]bool {
	by := map[freight.ObservationID][]freight.ObservationID{} // what was taken back -> by what
	for i := range log {
		if !log[i].Retracts.IsZero() {
			by[log[i].Retracts] = append(by[log[i].Retracts], log[i].ID)
		}
	}
	out := map[freight.ObservationID]bool{}
	var gone func(id freight.ObservationID, depth int) bool
	gone = func(id freight.ObservationID, depth int) bool {
		for _, taker := range by[id] {
			if depth < len(log) && !gone(taker, depth+1) {
				return true
			}
		}
		return false
	}
	for id := range by {
		if gone(id, 0) {
			out[id] = true
		}
	}
	return out
}
