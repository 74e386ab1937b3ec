package apitest

import (
	"context"
	"time"

	"tracedesk/backend/desk/reports"
	"tracedesk/backend/freight"
)

// Figures answers with three figures, a row and a week.
type Figures struct{}

// KPIs is one share with rows, one over too few, and one that counts nothing.
func (Figures) KPIs(_ context.Context, q reports.KPIQuery) (reports.KPIs, error) {
	some, few, low, high, minutes := 0.885, 0.5, 0.879, 0.891, 12.0
	out := reports.KPIs{Customer: q.Customer, Carrier: q.Carrier, From: "2026-11-16", To: "2026-11-22", AsOf: time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC),
		Definition: reports.Definition{Name: "standard", CustomerParties: freight.List[string]{"customer"}},
		KPIs: freight.List[reports.KPI]{
			{Name: "otd.current", Title: "On-time delivery, current window", Unit: "ratio", Value: &some, N: 200, Low: &low, High: &high, Definition: "Arrival at or before the end of the current window."},
			{Name: "otp.current", Title: "On-time pickup, current window", Unit: "ratio", Value: &few, N: 2, Low: &low, High: &high, Small: true, Definition: "Arrival at or before the end of the current window."},
			{Name: "eta.band", Title: "ETA band coverage", Unit: "ratio", Small: true, Reason: "no forecast stated a band", Definition: "Actual arrivals inside the stated band."}},
		Trend: freight.List[reports.TrendWeek]{{From: "2026-11-16", To: "2026-11-22", KPIs: freight.List[reports.TrendPoint]{{Name: "otd.current", Value: some, N: 200}}}}}
	if q.Rows != "" {
		out.Rows = freight.List[reports.KPIRow]{{Load: "L480100", Stop: 2, Customer: "Acme Foods", Carrier: "Swift", Lane: "Dallas, TX → Memphis, TN", Outcome: "late", Value: &minutes}}
	}
	return out, nil
}

// Definitions is the standard one, used by one customer.
func (Figures) Definitions(context.Context) (reports.Definitions, error) {
	return reports.Definitions{Definitions: freight.List[reports.Definition]{{Name: "standard"}}, Used: freight.List[reports.DefinitionOf]{{Customer: "Acme Foods", Definition: "standard"}}}, nil
}

// Define keeps nothing.
func (f Figures) Define(ctx context.Context, _ reports.SetDefinition) (reports.Definitions, error) {
	return f.Definitions(ctx)
}
