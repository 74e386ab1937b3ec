package papers

import (
	"testing"
	"time"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
)

// A day that was misread by months is no word on the load, however surely it was read.
func TestAFarDayIsNoActual(t *testing.T) {
	planned := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	told := &freight.KnownTime{Claims: []freight.ToldTime{{At: planned.AddDate(0, 0, 40)}}}
	for _, row := range []struct {
		name string
		day  string
		stop freight.StopLine
		want int
	}{
		{"as planned", "2026-11-22", freight.StopLine{Seq: 2, Window: freight.Window{Start: planned}}, 2},
		{"a week late", "2026-11-29", freight.StopLine{Seq: 2, Window: freight.Window{Start: planned}}, 2},
		{"the 11 read as 1", "2026-01-22", freight.StopLine{Seq: 2, Window: freight.Window{Start: planned}}, 0},
		{"weeks late, as the carrier says too", "2027-01-01", freight.StopLine{Seq: 2, Window: freight.Window{Start: planned}, Arrived: told}, 2},
		{"nothing is known of the stop", "2026-01-22", freight.StopLine{Seq: 2}, 2},
	} {
		t.Run(row.name, func(t *testing.T) {
			read := &paper.Document{Fields: map[string][]paper.Value{
				paper.DeliveryDate: {{Value: row.day, Confidence: 0.9}}, paper.In: {{Value: "07:46", Confidence: 0.9}}, paper.Out: {{Value: "10:22", Confidence: 0.9}}}}
			if got := actuals(read, string(POD), &row.stop); len(got) != row.want {
				t.Errorf("%d words on the load, want %d", len(got), row.want)
			}
		})
	}
}
