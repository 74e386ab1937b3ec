package load

import (
	"testing"

	"tracedesk/backend/freight"
)

func TestWhatIsTakenBackIsSaid(t *testing.T) {
	arrived := freight.Observation{Claims: []freight.Claim{{Subject: freight.Stop(2), Fact: freight.FactArrived}}}
	word := freight.Observation{Claims: []freight.Claim{{Fact: freight.FactStatus}}}
	back := freight.Observation{Retracts: freight.ObservationID{7}, Text: "undo"}
	bySource := freight.Observation{Retracts: freight.ObservationID{7}, Text: "project44 lists this no longer: it took it back"}
	for _, c := range []struct {
		name   string
		o, of  *freight.Observation
		become string
	}{
		{"an undo", &back, &arrived, "takes back: arrived at stop 2"},
		{"its source did", &bySource, &arrived, "takes back: arrived at stop 2. project44 lists this no longer: it took it back"},
		{"of the whole load", &back, &word, "takes back: status"},
		{"an undone undo", &back, &bySource, "takes back that something was taken back"},
		{"of what is not on file", &back, nil, "takes back 07000000000000000000000000000000"},
	} {
		if got := backInWords(c.o, c.of); got != c.become {
			t.Errorf("%s: %q, not %q", c.name, got, c.become)
		}
	}
}
