package reports_test

import (
	"context"
	"flag"
	"fmt"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/reports"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// full makes the store as large as the bar asks for; without it it is a slice that is written in a moment.
var full = flag.Bool("full", false, "measure in full size")

// ofOne is how many loads one customer has.
const ofOne = 5000

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// BenchmarkKPIOfOneCustomer counts all figures of one customer over 5,000 loads, with -full out of a store of 1,000,000.
func BenchmarkKPIOfOneCustomer(b *testing.B) {
	area := benchDesk(b)
	ctx := b.Context()
	for _, weeks := range []int{0, 13} {
		b.Run(fmt.Sprintf("weeks=%d", weeks), func(b *testing.B) {
			for b.Loop() {
				got, err := area.KPIs(ctx, reports.KPIQuery{Customer: "Customer 1", From: "2026-03-01", To: "2026-06-30", Weeks: weeks})
				if err != nil {
					b.Fatal(err)
				}
				if got.KPIs[0].N != ofOne {
					b.Fatalf("%d loads counted", got.KPIs[0].N)
				}
			}
		})
	}
}

// benchDesk is a desk of customers with 5,000 loads each.
func benchDesk(b *testing.B) *reports.Area {
	b.Helper()
	ctx := b.Context()
	customers := 3
	if *full {
		customers = 200
	}
	d, err := desk.Open(ctx, desk.Options{Dir: b.TempDir(), Now: func() time.Time { return monday.AddDate(0, 0, 100) }, Scratch: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() })
	for c := range customers {
		if err := writeCustomer(ctx, d.Store, c); err != nil {
			b.Fatal(err)
		}
	}
	return reports.New(d)
}

// BenchmarkWeekly prints the weekly report of one customer over 5,000 loads, as PDF and as a workbook, with -full out of a
// store of 1,000,000.
func BenchmarkWeekly(b *testing.B) {
	area := benchDesk(b)
	for _, format := range []string{reports.PDF, reports.XLSX} {
		b.Run(format, func(b *testing.B) {
			for b.Loop() {
				out, err := area.Print(b.Context(), reports.PaperQuery{Kind: reports.WeeklyKind, Customer: "Customer 1", Week: "2026-W22", Format: format})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(out.Body))/1024, "KB")
			}
		})
	}
}

func writeCustomer(ctx context.Context, s *store.Store, customer int) error {
	const batch = 1000
	for from := 0; from < ofOne; from += batch {
		err := s.Write(ctx, func(tx *store.Tx) error {
			all := make([]*store.Projection, batch)
			for i := range all {
				p, err := drawn(customer, from+i)
				if err != nil {
					return err
				}
				all[i] = p
			}
			return tx.ProjectAll(all)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// drawn is a delivered load as the ledger draws it: two stops, positions, two exceptions and four check calls.
func drawn(customer, n int) (*store.Projection, error) {
	id := int64(customer*ofOne + n + 1)
	at := monday.AddDate(0, 0, n%91).Add(14 * time.Hour)
	told := func(h float64) freight.TimeFacts {
		t := at.Add(time.Duration(h * float64(time.Hour)))
		return freight.TimeFacts{At: t, Told: t.Add(time.Minute), By: freight.Project44, Auto: true}
	}
	due := func(h int) freight.DueFacts {
		return freight.DueFacts{Start: at.Add(time.Duration(h) * time.Hour), End: at.Add(time.Duration(h+1) * time.Hour)}
	}
	f := freight.LoadFacts{Load: fmt.Sprint(1000000 + id), Account: "tms", Customer: fmt.Sprintf("Customer %d", customer), Carrier: fmt.Sprintf("Carrier %d", n%40),
		Mode: "FTL", Origin: "Dallas, TX", Dest: "Memphis, TN", State: freight.Delivered, First: at.AddDate(0, 0, -3), Stops: []freight.StopFacts{
			{Seq: 1, Kind: "pickup", Zone: "America/Chicago", Place: "Acme, Dallas, TX", Window: due(0), Original: due(0), Arrived: told(0.5), Loaded: told(1), Departed: told(2), Done: true},
			{Seq: 2, Kind: "delivery", Zone: "America/Chicago", Place: "Store, Memphis, TN", Window: due(24), Original: due(24), Arrived: told(24 + float64(n%8)/4), Unloaded: told(27), Departed: told(28), Done: true,
				ETAs: []freight.ETAFact{{Said: at, At: at.Add(24 * time.Hour)}, {Said: at.Add(20 * time.Hour), At: at.Add(25 * time.Hour)}}}},
		Dispatched: told(-5), POD: freight.PaperFacts{State: freight.PaperVerified, Received: at.AddDate(0, 0, 2), Verified: at.AddDate(0, 0, 2)}}
	for q := range 88 {
		f.Pings = append(f.Pings, int32(3*86400+7200+q*900))
	}
	p := &store.Projection{Load: id, Row: freight.BoardRow{Load: f.Load, Customer: f.Customer, Carrier: f.Carrier, State: f.State}, Facts: f, EvaluatedAt: at, LastReceived: at.AddDate(0, 0, 2)}
	for i := range f.Stops {
		p.Stops = append(p.Stops, store.StopFact{Seq: i + 1, Kind: f.Stops[i].Kind, Zone: f.Stops[i].Zone, Day: f.DayOf(&f.Stops[i])})
	}
	for i, kind := range []string{"eta.late", "silence"} {
		x := watch.Exception{ID: fmt.Sprintf("%010x", i), Topic: kind, Kind: kind, Severity: freight.Minor, Level: freight.Verify, Stop: 2, DetectedAt: at, OpenedAt: at, State: watch.Resolved,
			ResolvedAt: at.Add(time.Hour), ResolvedBy: watch.ByRule, Why: "ETA Tue 3 Mar 15:30 CST is after the appointment, which ends 15:00 CST",
			History: []watch.Change{{At: at, By: "rule", What: "detected", New: kind}, {At: at.Add(time.Hour), By: "rule", What: "resolved"}}}
		body, err := cbor.Marshal(&x)
		if err != nil {
			return nil, err
		}
		p.Exceptions = append(p.Exceptions, store.Exception{Load: id, ID: x.ID, Kind: kind, Stop: 2, Detected: at, State: x.State, Body: body})
	}
	for i := range 4 {
		due := at.Add(time.Duration(i) * 4 * time.Hour)
		p.Course.Errands = append(p.Course.Errands, freight.Errand{Task: freight.Task{Key: fmt.Sprintf("call/2/%d", i), Kind: "checkCall", Stop: 2, Due: due, Why: "Check call", Covered: "position 5 min old"},
			BeganAt: due, EndedAt: due, Ended: "covered"})
	}
	return p, nil
}
