package apitest

import (
	"context"
	"fmt"

	"tracedesk/backend/desk/alerts"
	"tracedesk/backend/freight"
)

// Alerts has one stakeholder and one alert.
type Alerts struct{}

// Recent lists the alert.
func (Alerts) Recent(context.Context, int64) (alerts.RecentAlerts, error) {
	return alerts.RecentAlerts{Seq: 1, Alerts: freight.List[alerts.Alert]{{Seq: 1, At: Now, Load: "L480103", LoadID: fmt.Sprintf("%032x", 4), Exception: "5f0e1d2c3b",
		Kind: "silence", Severity: freight.Major, Title: "Load L480103: No news at all", Text: "Nobody has heard of it for 5 h", Who: "Ana Ruiz", Channel: alerts.InApp}}}, nil
}

// Rules lists the stakeholder.
func (Alerts) Rules(context.Context) (alerts.AlertRules, error) {
	return alerts.AlertRules{Rules: freight.List[alerts.AlertRule]{{ID: "1", Severity: freight.Major, Who: "Ana Ruiz", Channel: alerts.InApp, At: Now, By: "Ana Ruiz"}},
		Channels: freight.List[string]{string(alerts.InApp), string(alerts.OS), string(alerts.Mail), string(alerts.SMS)}}, nil
}

// Change answers the stakeholder as they were.
func (a Alerts) Change(ctx context.Context, _ alerts.AlertChange) (alerts.AlertRules, error) {
	return a.Rules(ctx)
}
