package apitest

import (
	"context"

	"tracedesk/backend/desk/quality"
	"tracedesk/backend/freight"
)

// Quality has a wrong container number, a day, a load and a correction.
type Quality struct{}

// Quality tells them.
func (Quality) Quality(_ context.Context, q quality.QualityQuery) (quality.Quality, error) {
	share := 0.92
	out := quality.Quality{Customer: q.Customer, From: "2026-11-17", To: "2026-11-23", Quarantine: 2,
		Kinds: freight.List[quality.QualityKind]{{Kind: "number.form", Title: "Number cannot be right", Says: "Containers by their check digit.", N: 1, Loads: 1}, {Kind: "data.future", Title: "Event in the future", Says: "Found by a rule."}},
		Days:  freight.List[quality.QualityDay]{{Day: "2026-11-22", Present: 92, Required: 100, Share: &share}, {Day: "2026-11-23"}},
		Loads: freight.List[quality.QualityLoad]{{Load: "L480100", Customer: "Acme Foods", Carrier: "Swift", Present: 7, Required: 9, Missing: freight.List[string]{"departed at stop 2", "POD"}}}}
	if q.Kind != "" {
		out.Rows = freight.List[quality.QualityRow]{{Load: "L480103", Customer: "Acme Foods", Carrier: "Swift", Value: "CONTAINER CSQU3054384", Why: "the check digit of CSQU3054384 should be 3: a digit or letter was mistyped"}}
	}
	return out, nil
}

// Corrections lists one.
func (Quality) Corrections(context.Context, int) (quality.Corrections, error) {
	return quality.Corrections{Corrections: freight.List[quality.Correction]{{At: Now, By: "Ana Ruiz", Load: "L480103", What: "arrived at stop 1", From: "2026-11-23 08:10", FromBy: "carrier/SWVL", To: "2026-11-23 07:55", Why: "the gate log shows it"}}}, nil
}

// Check takes any number.
func (Quality) Check(_ context.Context, kind, value string) (quality.NumberCheck, error) {
	return quality.NumberCheck{Type: kind, Value: value, Known: true}, nil
}
