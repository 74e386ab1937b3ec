package api

import (
	"context"
	"net/http"

	desk "tracedesk/backend/desk/reports"
)

// Figures counts the desk's figures and keeps their definitions.
type Figures interface {
	KPIs(ctx context.Context, q desk.KPIQuery) (desk.KPIs, error)
	Definitions(ctx context.Context) (desk.Definitions, error)
	Define(ctx context.Context, s desk.SetDefinition) (desk.Definitions, error)
}

type figures struct{ figures Figures }

func (f figures) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/kpi", f.kpis)
	mux.HandleFunc("GET /api/kpi/definitions", f.definitions)
	mux.HandleFunc("POST /api/kpi/definitions", f.define)
}

func (f figures) kpis(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	query := desk.KPIQuery{Customer: q.Get("customer"), Carrier: q.Get("carrier"), From: q.Get("from"), To: q.Get("to"), Definition: q.Get("definition"), Rows: q.Get("rows")}
	when, err := whenOf(r)
	if err == nil {
		query.AsOf, query.At = when.AsOf, when.At
		err = numbers(q, into{"weeks": &query.Weeks})
	}
	if err == nil && query.Weeks > 260 {
		err = invalid("weeks must be no more than 260.")
	}
	if err != nil {
		fail(w, err)
		return
	}
	kpis, err := f.figures.KPIs(r.Context(), query)
	answer(w, kpis, err)
}

func (f figures) definitions(w http.ResponseWriter, r *http.Request) {
	list, err := f.figures.Definitions(r.Context())
	answer(w, list, err)
}

func (f figures) define(w http.ResponseWriter, r *http.Request) {
	set, err := command[desk.SetDefinition](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	list, err := f.figures.Define(r.Context(), set)
	answer(w, list, err)
}
