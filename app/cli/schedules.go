package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"text/tabwriter"
	"time"

	"tracedesk/backend/desk/reports"
	"tracedesk/backend/desk/schedules"
)

const schedulesUse = "[add REPORT --customer NAME | --carrier NAME --time 07:30 [--zone ZONE] [--days Mon-Fri] [--holidays] [--folder DIR] [--format pdf|xlsx] [--to ADDRESS] | pause ID | resume ID | remove ID | runs | round]"

var scheduleFlags = []string{"customer=", "carrier=", "time=", "zone=", "days=", "holidays", "folder=", "format=", "to=", "limit="}

// scheduled are the reports that a time of day can be set for.
var scheduled = []string{reports.DailyKind, reports.WeeklyKind, reports.ScorecardKind, reports.PerformanceKind}

// printed makes a scheduled report as of its due instant.
func printed(rep *reports.Area) schedules.Maker {
	return func(ctx context.Context, o schedules.Order) (schedules.Made, error) {
		q := reports.PaperQuery{Kind: o.Report, Customer: o.Customer, Carrier: o.Carrier, Format: o.Format, At: o.Due}
		if o.Report == reports.DailyKind {
			q.Date = o.Day
		}
		p, err := rep.Print(ctx, q)
		return schedules.Made{Name: p.Name, Body: p.Body}, err
	}
}

// showSchedules lists which reports are made by themselves; adds, pauses, removes; tells what became of them.
func showSchedules(c *call) error {
	word := ""
	if len(c.args) > 0 {
		word = c.args[0]
	}
	switch {
	case word == "":
		var all schedules.Schedules
		if err := c.ask("/api/schedules", nil, &all); err != nil {
			return err
		}
		return c.print(all, func(w io.Writer) { saySchedules(w, &all) })
	case word == "add" && len(c.args) == 2:
		return c.changeSchedules(schedules.ScheduleChange{Report: c.args[1], Customer: c.flags["customer"], Carrier: c.flags["carrier"], Time: c.flags["time"], Zone: c.flags["zone"],
			Days: c.flags["days"], Holidays: c.has("holidays"), Folder: c.flags["folder"], Format: c.flags["format"], To: c.flags["to"]})
	case (word == "pause" || word == "resume") && len(c.args) == 2:
		return c.pauseSchedule(c.args[1], word == "pause")
	case word == "remove" && len(c.args) == 2:
		return c.changeSchedules(schedules.ScheduleChange{ID: c.args[1], Remove: true})
	case word == "runs" && len(c.args) == 1:
		return c.scheduleRuns(func(path string, v any) error {
			return c.ask(path, url.Values{"limit": {cmp.Or(c.flags["limit"], "50")}}, v)
		}, "/api/schedules/runs")
	case word == "round" && len(c.args) == 1:
		return c.scheduleRuns(func(path string, v any) error { return c.tell(path, struct{}{}, v) }, "/api/schedules/round")
	}
	return wrong("use: tracedesk schedules %s", schedulesUse)
}

func (c *call) changeSchedules(change schedules.ScheduleChange) error {
	change.As, change.Now = c.as, c.now()
	var all schedules.Schedules
	if err := c.tell("/api/schedules", change, &all); err != nil {
		return err
	}
	return c.print(all, func(w io.Writer) { saySchedules(w, &all) })
}

func (c *call) pauseSchedule(id string, paused bool) error {
	var all schedules.Schedules
	if err := c.ask("/api/schedules", nil, &all); err != nil {
		return err
	}
	for _, s := range all.Schedules {
		if s.ID == id {
			return c.changeSchedules(schedules.ScheduleChange{ID: id, Report: s.Report, Customer: s.Customer, Carrier: s.Carrier, Time: s.Time, Zone: s.Zone, Days: s.Days, Holidays: s.Holidays,
				Folder: s.Folder, Format: s.Format, To: s.To, Paused: paused})
		}
	}
	return fmt.Errorf("there is no schedule %q; tracedesk schedules lists them", id)
}

func (c *call) scheduleRuns(ask func(string, any) error, path string) error {
	var out schedules.ScheduleRuns
	if err := ask(path, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		if len(out.Runs) == 0 {
			fmt.Fprintln(w, "No report was made by itself yet.")
			return
		}
		t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
		fmt.Fprintln(t, "DUE\tREPORT\tSTATE\tTRIES\tFILE")
		for i := range out.Runs {
			r := &out.Runs[i]
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", r.Due.Format("Mon 2 Jan 2006 15:04 MST"), r.Says, r.State, strconv.Itoa(r.Tries), cmp.Or(r.Reason, r.File))
		}
		t.Flush()
	})
}

func saySchedules(w io.Writer, all *schedules.Schedules) {
	if len(all.Schedules) == 0 {
		fmt.Fprintln(w, "No report is made by itself. tracedesk schedules add daily --customer NAME --time 07:30 adds the first.")
		return
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "ID\tREPORT\tOF\tAT\tNEXT\tLAST")
	for i := range all.Schedules {
		s := &all.Schedules[i]
		fmt.Fprintf(t, "%s\t%s\t%s\t%s %s %s\t%s\t%s\n", s.ID, s.Report, cmp.Or(s.Customer, s.Carrier), s.Days, s.Time, s.Zone, nextOf(s), lastOf(s.Last))
	}
	t.Flush()
}

func nextOf(s *schedules.Schedule) string {
	switch {
	case s.Paused:
		return "paused"
	case s.Next == nil:
		return s.Why
	}
	return s.Next.Format("Mon 2 Jan 15:04 MST")
}

func lastOf(r *schedules.ScheduleRun) string {
	if r == nil {
		return ""
	}
	return r.State + " " + r.Due.Format(time.DateOnly)
}
