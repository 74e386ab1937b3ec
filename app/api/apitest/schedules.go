package apitest

import (
	"context"
	"time"

	"tracedesk/backend/desk/schedules"
	"tracedesk/backend/freight"
)

// Schedules has one schedule and one run.
type Schedules struct{}

func ran() schedules.ScheduleRun {
	return schedules.ScheduleRun{Schedule: "1", Says: "daily for Acme Foods", Due: Now.Add(-time.Hour), State: "made", At: Now.Add(-time.Hour), File: "/home/ana/reports/daily Acme Foods 2026-11-23.pdf", Digest: "5e1f", Size: 48210, Tries: 1}
}

// Schedules lists it.
func (Schedules) Schedules(context.Context) (schedules.Schedules, error) {
	next, last := Now.Add(23*time.Hour), ran()
	return schedules.Schedules{Reports: freight.List[string]{"daily", "weekly", "scorecard"}, Folder: "/home/ana/reports", Schedules: freight.List[schedules.Schedule]{
		{ID: "1", Report: "daily", Customer: "Acme Foods", Time: "07:30", Days: "Mon-Fri", Zone: "America/Chicago", Format: "pdf", To: "ann@example.com", At: Now, By: "Ana Ruiz", Next: &next, Last: &last}}}, nil
}

// Change changes nothing.
func (s Schedules) Change(ctx context.Context, _ schedules.ScheduleChange) (schedules.Schedules, error) {
	return s.Schedules(ctx)
}

// Runs lists one.
func (Schedules) Runs(context.Context, int) (schedules.ScheduleRuns, error) {
	return schedules.ScheduleRuns{Runs: freight.List[schedules.ScheduleRun]{ran()}}, nil
}

// Round makes nothing.
func (Schedules) Round(context.Context) error { return nil }
