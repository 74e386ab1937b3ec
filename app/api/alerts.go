package api

import (
	"context"
	"net/http"

	desk "tracedesk/backend/desk/alerts"
)

// Alerts tells whom to alert and of what they were alerted.
type Alerts interface {
	// Recent are the alerts after a number, oldest first.
	Recent(ctx context.Context, since int64) (desk.RecentAlerts, error)
	Rules(ctx context.Context) (desk.AlertRules, error)
	Change(ctx context.Context, c desk.AlertChange) (desk.AlertRules, error)
}

type alerting struct{ alerts Alerts }

func (a alerting) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/alerts", a.recent)
	mux.HandleFunc("GET /api/alerts/rules", a.rules)
	mux.HandleFunc("POST /api/alerts/rules", a.change)
}

func (a alerting) recent(w http.ResponseWriter, r *http.Request) {
	since, err := number(r.URL.Query(), "since", 0)
	if err != nil {
		fail(w, err)
		return
	}
	list, err := a.alerts.Recent(r.Context(), since)
	answer(w, list, err)
}

func (a alerting) rules(w http.ResponseWriter, r *http.Request) {
	rules, err := a.alerts.Rules(r.Context())
	answer(w, rules, err)
}

func (a alerting) change(w http.ResponseWriter, r *http.Request) {
	change, err := command[desk.AlertChange](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	rules, err := a.alerts.Change(r.Context(), change)
	answer(w, rules, err)
}
