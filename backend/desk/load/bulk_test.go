package load

import (
	"context"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
)

// The same note on three loads at one instant is three observations, each of which can be taken back.
func TestStateManyAtOneInstant(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)
	d, err := desk.Open(ctx, desk.Options{Dir: t.TempDir(), Now: func() time.Time { return now }, Person: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	var edit BulkEdit
	for _, number := range []string{"1001", "1002", "1003"} {
		o := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}, Names: []freight.Reference{{Type: freight.RefLoad, Value: number}},
			Claims: []freight.Claim{{Fact: freight.FactCustomer, Value: freight.Value{Text: "Acme"}}}}
		if _, err := d.Ledger.Post(ctx, 0, []freight.Observation{o}, nil); err != nil {
			t.Fatal(err)
		}
		edit.Loads = append(edit.Loads, number)
	}
	edit.Edit = Edit{Fact: freight.FactNote, Value: "called"}
	stated, err := New(d).StateMany(ctx, edit)
	if err != nil || len(stated.Observations) != 3 || len(stated.Refused) != 0 {
		t.Fatalf("%+v, %v", stated, err)
	}
	loads := map[int64]bool{}
	for _, text := range stated.Observations {
		id, _ := freight.ParseObservationID(text)
		load, err := d.Store.FindObservation(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		loads[load] = true
	}
	if len(loads) != 3 {
		t.Errorf("the three observations name %d loads", len(loads))
	}
}
