package schedules_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/schedules"
	"tracedesk/backend/store"
)

// example is a desk with a clock of its own and a maker that counts.
type example struct {
	*testing.T
	dir    string
	now    time.Time
	desk   *desk.Desk
	area   *schedules.Area
	orders []schedules.Order
	fails  error
	after  func() // runs once a paper is made and before it is kept
}

func start(t *testing.T, now string) *example {
	e := &example{T: t, dir: t.TempDir()}
	e.clock(now)
	e.open()
	t.Cleanup(func() { e.desk.Close() })
	return e
}

func (e *example) clock(s string) {
	e.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		e.Fatal(err)
	}
	e.now = at
}

func (e *example) open() {
	e.Helper()
	d, err := desk.Open(e.Context(), desk.Options{Dir: e.dir, Person: "Ida", Now: func() time.Time { return e.now }})
	if err != nil {
		e.Fatal(err)
	}
	e.desk, e.area = d, schedules.New(d, e.make, "daily", "scorecard")
}

func (e *example) make(_ context.Context, o schedules.Order) (schedules.Made, error) {
	if e.fails != nil {
		return schedules.Made{}, e.fails
	}
	e.orders = append(e.orders, o)
	if e.after != nil {
		e.after()
	}
	return schedules.Made{Name: o.Report + " " + o.Customer + " " + o.Day + ".pdf", Body: []byte(o.Customer + " as of " + o.Due.Format(time.RFC3339))}, nil
}

func (e *example) change(c schedules.ScheduleChange) schedules.Schedules {
	e.Helper()
	all, err := e.area.Change(e.Context(), c)
	if err != nil {
		e.Fatal(err)
	}
	return all
}

func (e *example) round() {
	e.Helper()
	if err := e.area.Round(e.Context()); err != nil {
		e.Fatal(err)
	}
}

// told is what stands in the folder, what waits to be sent, and the runs, by count.
func (e *example) told() (files []string, drafts []store.Intent, runs []schedules.ScheduleRun) {
	e.Helper()
	list, err := os.ReadDir(filepath.Join(e.dir, "reports"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		e.Fatal(err)
	}
	for _, f := range list {
		files = append(files, f.Name())
	}
	if drafts, err = e.desk.Store.Intents(e.Context(), "", 100); err != nil {
		e.Fatal(err)
	}
	all, err := e.area.Runs(e.Context(), 100)
	if err != nil {
		e.Fatal(err)
	}
	return files, drafts, all.Runs
}

var daily = schedules.ScheduleChange{Report: "daily", Customer: "Acme", Time: "07:30", Zone: "America/Chicago", Days: "Mon-Fri", To: "ann@example.com"}

func TestWhatWasMissedIsMadeOnceAsOfItsDueTime(t *testing.T) {
	e := start(t, "2026-11-18T20:00:00Z") // Wednesday
	all := e.change(daily)
	if next := all.Schedules[0].Next; next == nil || next.Format(time.RFC3339) != "2026-11-19T07:30:00-06:00" {
		t.Fatalf("next is %v", next)
	}
	e.round()
	if len(e.orders) != 0 {
		t.Fatalf("%d papers before anything is due", len(e.orders))
	}
	// The machine sleeps over Thursday, Friday and the weekend.
	e.clock("2026-11-23T13:45:00Z")
	e.round()
	e.round()
	files, drafts, runs := e.told()
	if got := strings.Join(files, ", "); got != "daily Acme 2026-11-19.pdf, daily Acme 2026-11-20.pdf, daily Acme 2026-11-23.pdf" {
		t.Errorf("the folder holds %s", got)
	}
	if len(drafts) != 3 || drafts[0].Kind != "message" || drafts[0].Target != "ann@example.com" || !strings.Contains(drafts[0].Body, files[0]) {
		t.Errorf("drafts: %+v", drafts)
	}
	if len(e.orders) != 3 || !e.orders[0].Due.Equal(time.Date(2026, 11, 19, 13, 30, 0, 0, time.UTC)) {
		t.Errorf("orders: %+v", e.orders)
	}
	if len(runs) != 3 || runs[0].State != store.RunMade || runs[0].Says != "daily report for Acme" || runs[0].Digest == "" {
		t.Errorf("runs: %+v", runs)
	}
}

func TestADeskKilledHalfWayMakesItOnce(t *testing.T) {
	for name, killed := range map[string]bool{"after the paper lay in its folder": true, "before": false} {
		t.Run(name, func(t *testing.T) {
			e := start(t, "2026-11-18T20:00:00Z")
			e.change(daily)
			e.clock("2026-11-19T13:31:00Z")
			ctx, cancel := context.WithCancel(t.Context())
			e.after = func() {
				e.after = nil
				if killed { // the file is there, the note of it is not
					body := []byte("Acme as of 2026-11-19T13:30:00Z")
					folder := filepath.Join(e.dir, "reports")
					if err := errors.Join(os.MkdirAll(folder, 0o755), os.WriteFile(filepath.Join(folder, "daily Acme 2026-11-19.pdf"), body, 0o644)); err != nil {
						t.Fatal(err)
					}
				}
				cancel()
			}
			if err := e.area.Round(ctx); !errors.Is(err, context.Canceled) {
				t.Fatalf("the round ended with %v", err)
			}
			if _, drafts, runs := e.told(); len(drafts) != 0 || len(runs) != 1 || runs[0].State != store.RunMaking {
				t.Fatalf("%d drafts, runs %+v", len(drafts), runs)
			}
			if err := e.desk.Close(); err != nil {
				t.Fatal(err)
			}
			e.clock("2026-11-20T09:00:00Z")
			e.open()
			e.round()
			e.round()
			files, drafts, runs := e.told()
			if len(files) != 1 || len(drafts) != 1 || len(runs) != 1 || runs[0].State != store.RunMade || runs[0].Tries != 2 {
				t.Errorf("files %v, %d drafts, runs %+v", files, len(drafts), runs)
			}
		})
	}
}

func TestWhatFailsIsToldAndTriedAgain(t *testing.T) {
	e := start(t, "2026-11-18T20:00:00Z")
	e.change(daily)
	e.clock("2026-11-19T13:30:00Z")
	e.fails = errors.New("no load on file has the customer")
	e.round()
	e.fails = nil
	e.clock("2026-11-19T13:30:30Z")
	e.round()
	if _, _, runs := e.told(); len(runs) != 1 || runs[0].State != store.RunFailed || runs[0].Reason == "" || runs[0].Wait == nil {
		t.Fatalf("runs %+v", runs)
	}
	e.clock("2026-11-19T13:31:00Z")
	e.round()
	if files, drafts, runs := e.told(); len(files) != 1 || len(drafts) != 1 || runs[0].State != store.RunMade || runs[0].Tries != 2 {
		t.Errorf("files %v, %d drafts, runs %+v", files, len(drafts), runs)
	}
}

func TestWhatIsOlderThanAWeekIsSkippedAndSaid(t *testing.T) {
	e := start(t, "2026-10-30T20:00:00Z")
	e.change(daily)
	e.clock("2026-11-16T14:00:00Z")
	e.round()
	made, skipped := 0, 0
	_, _, runs := e.told()
	for _, r := range runs {
		switch r.State {
		case store.RunMade:
			made++
		case store.RunSkipped:
			skipped++
		}
	}
	// 2 to 6 November and the 9th are over a week old at 08:00 on the 16th: the 9th by half an hour.
	if made != 5 || skipped != 6 {
		t.Errorf("%d made, %d skipped", made, skipped)
	}
}

func TestAFileOfAnotherIsLeftAlone(t *testing.T) {
	e := start(t, "2026-11-18T20:00:00Z")
	folder := t.TempDir()
	c := daily
	c.Folder = folder
	e.change(c)
	mine := filepath.Join(folder, "daily Acme 2026-11-19.pdf")
	if err := os.WriteFile(mine, []byte("my own notes"), 0o644); err != nil {
		t.Fatal(err)
	}
	e.clock("2026-11-19T14:00:00Z")
	e.round()
	body, err := os.ReadFile(mine)
	if err != nil || string(body) != "my own notes" {
		t.Errorf("the file says %q, %v", body, err)
	}
	if _, _, runs := e.told(); len(runs) != 1 || filepath.Base(runs[0].File) != "daily Acme 2026-11-19 0730.pdf" {
		t.Errorf("runs %+v", runs)
	}
}

func TestChanges(t *testing.T) {
	e := start(t, "2026-11-18T20:00:00Z")
	id := e.change(daily).Schedules[0].ID
	e.clock("2026-11-19T20:00:00Z") // 07:30 was due and is not made: the desk was closed
	changed := daily
	changed.ID, changed.Time = id, "06:00"
	e.change(changed)
	e.round()
	if len(e.orders) != 0 {
		t.Errorf("made for the past of a new time: %+v", e.orders)
	}
	paused := changed
	paused.Paused = true
	if s := e.change(paused).Schedules[0]; s.Next != nil {
		t.Errorf("a paused one is due %v", s.Next)
	}
	e.clock("2026-11-20T20:00:00Z")
	e.round()
	if len(e.orders) != 0 {
		t.Errorf("made while paused: %+v", e.orders)
	}
	if left := e.change(schedules.ScheduleChange{ID: id, Remove: true}).Schedules; len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
	if again := e.change(daily).Schedules[0].ID; again == id {
		t.Error("a number was given twice: the runs of the removed one would be taken for its own")
	}
	for name, bad := range map[string]schedules.ScheduleChange{
		"no customer":     {Report: "daily", Time: "07:30", Zone: "UTC"},
		"no zone":         {Report: "daily", Customer: "Acme", Time: "07:30"},
		"no carrier":      {Report: "scorecard", Time: "07:30", Zone: "UTC"},
		"unknown report":  {Report: "yearly", Customer: "Acme", Time: "07:30", Zone: "UTC"},
		"half a path":     {Report: "daily", Customer: "Acme", Time: "07:30", Zone: "UTC", Folder: "out"},
		"no mail address": {Report: "daily", Customer: "Acme", Time: "07:30", Zone: "UTC", To: "Ann"},
		"nobody's":        {ID: "99", Report: "daily", Customer: "Acme", Time: "07:30", Zone: "UTC"},
	} {
		if _, err := e.area.Change(t.Context(), bad); err == nil {
			t.Errorf("%s: kept", name)
		}
	}
}

// The zone of a customer's day and the holidays of the rules hold where the schedule says nothing else.
func TestTheCustomersZoneAndTheDesksHolidays(t *testing.T) {
	e := start(t, "2026-11-25T20:00:00Z") // the day before Thanksgiving
	err := e.desk.Store.Write(t.Context(), func(tx *store.Tx) error {
		return errors.Join(tx.SetSetting("customer:Acme", "zone", "America/Denver", e.now, "Ida"), tx.SetSetting("global", "rule.quiet.days", "11 fourth Thu", e.now, "Ida"))
	})
	if err != nil {
		t.Fatal(err)
	}
	c := daily
	c.Zone = ""
	if next := e.change(c).Schedules[0].Next; next == nil || next.Format(time.RFC3339) != "2026-11-27T07:30:00-07:00" {
		t.Errorf("next is %v", next)
	}
}
