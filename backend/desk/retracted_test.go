package desk

import (
	"testing"

	"tracedesk/backend/freight"
)

func TestTakenBack(t *testing.T) {
	id := func(n byte) freight.ObservationID { return freight.ObservationID{n} }
	log := []freight.Observation{{ID: id(1)}, {ID: id(2), Retracts: id(1)}, {ID: id(3)}, {ID: id(4), Retracts: id(3)}, {ID: id(5), Retracts: id(4)}}
	got := TakenBack(log)
	want := map[freight.ObservationID]bool{id(1): true, id(4): true}
	for n := byte(1); n <= 5; n++ {
		if got[id(n)] != want[id(n)] {
			t.Errorf("observation %d: taken back %v, want %v", n, got[id(n)], want[id(n)])
		}
	}
}
