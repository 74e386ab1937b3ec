package api

import (
	"context"
	"net/http"

	desk "tracedesk/backend/desk/schedules"
)

// Schedules keeps which reports are made by themselves and when.
type Schedules interface {
	Schedules(ctx context.Context) (desk.Schedules, error)
	Change(ctx context.Context, c desk.ScheduleChange) (desk.Schedules, error)
	// Runs are the last runs, newest first.
	Runs(ctx context.Context, limit int) (desk.ScheduleRuns, error)
	// Round makes what is due now.
	Round(ctx context.Context) error
}

type scheduling struct{ schedules Schedules }

func (s scheduling) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/schedules", s.list)
	mux.HandleFunc("POST /api/schedules", s.change)
	mux.HandleFunc("GET /api/schedules/runs", s.runs)
	mux.HandleFunc("POST /api/schedules/round", s.round)
}

func (s scheduling) list(w http.ResponseWriter, r *http.Request) {
	all, err := s.schedules.Schedules(r.Context())
	answer(w, all, err)
}

func (s scheduling) change(w http.ResponseWriter, r *http.Request) {
	change, err := command[desk.ScheduleChange](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	all, err := s.schedules.Change(r.Context(), change)
	answer(w, all, err)
}

func (s scheduling) runs(w http.ResponseWriter, r *http.Request) {
	limit, err := number(r.URL.Query(), "limit", 100)
	if err != nil {
		fail(w, err)
		return
	}
	runs, err := s.schedules.Runs(r.Context(), int(min(limit, maxRows)))
	answer(w, runs, err)
}

// round makes what is due and answers the runs.
func (s scheduling) round(w http.ResponseWriter, r *http.Request) {
	if _, err := command[struct{}](w, r); err != nil {
		fail(w, err)
		return
	}
	if err := s.schedules.Round(r.Context()); err != nil {
		fail(w, err)
		return
	}
	s.runs(w, r)
}
