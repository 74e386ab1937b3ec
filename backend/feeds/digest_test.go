package feeds

import (
	"slices"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// The id that is worked out once is that of the observation as it is stored, with the number that was asked about; of what depends on
// more than was said there is none yet.
func TestWhatIsDrawnIsIdentifiedOnce(t *testing.T) {
	a := &account{name: "main", kind: connect.Kind{Source: freight.Project44}}
	b := &store.RawBody{About: "history/1", ReceivedAt: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)}
	shared := []freight.Reference{{Type: freight.RefP44, Value: "m-1"}}
	asked := freight.Reference{Type: freight.RefLoad, Value: "L-7"}
	position := []freight.Claim{{Fact: freight.FactPosition, Value: freight.Value{Place: freight.Place{City: "Joliet"}}}}
	rec := freight.Record{Observations: []freight.Observation{
		{Names: shared, Claims: position},
		{Names: shared, EventID: "e1", Claims: position},
		{Claims: position},
		{Names: []freight.Reference{{Type: freight.RefLoad, Value: "l7"}}, Claims: position},
		{Names: shared, Snapshot: true, Claims: position, ID: freight.ObservationID{1}},
		{Names: shared, By: "Ida", Claims: position},
		{Names: shared, Claims: []freight.Claim{{Subject: freight.Subject{Kind: freight.OfCarrier, Key: "Acme"}, Fact: freight.FactPhone}}},
		{Claims: []freight.Claim{{Subject: freight.Subject{Kind: freight.OfCarrier, Key: "Acme"}, Fact: freight.FactPhone}}},
	}}
	newDrawing(a, b, &asked, time.Time{}).finish(&rec)
	want := [][]string{{"m-1", "L-7"}, {"m-1", "L-7"}, {"L-7"}, {"l7"}, {"m-1", "L-7"}, {"m-1", "L-7"}, {"m-1", "L-7"}, nil}
	for i := range rec.Observations {
		o := &rec.Observations[i]
		var names []string
		for _, n := range o.Names {
			names = append(names, n.Value)
		}
		if !slices.Equal(names, want[i]) {
			t.Errorf("observation %d is called %v, want %v", i, names, want[i])
		}
		if o.Source != a.source() || !o.ReceivedAt.Equal(b.ReceivedAt) || !o.StatedAt.Equal(b.ReceivedAt) || o.Raw.Where != "body 0000000000000000 (history/1)" {
			t.Errorf("observation %d: %+v", i, o)
		}
		if later := o.Snapshot || o.By != ""; later != o.ID.IsZero() || !later && o.ID != o.Identify() {
			t.Errorf("observation %d has the id %s", i, o.ID)
		}
	}
	if len(shared) != 1 || shared[0].Value != "m-1" {
		t.Errorf("the body's own numbers became %v", shared)
	}
}
