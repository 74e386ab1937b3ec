package schedules

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/mail"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// Maker makes a report as a file: the same bytes for the same order.
type Maker func(ctx context.Context, o Order) (Made, error)

// Area keeps schedules and makes what is due.
type Area struct {
	desk    *desk.Desk
	make    Maker
	reports []string
	mu      sync.Mutex // one round or change at a time
}

// New is the area over an open desk; reports are the kinds that its maker knows.
func New(d *desk.Desk, m Maker, reports ...string) *Area {
	return &Area{desk: d, make: m, reports: reports}
}

// Names under which the schedules are kept: one setting for the desk, each change a new version of all of them.
const (
	global  = "global"
	setting = "schedules"
)

// Formats are what a paper may be written as.
var formats = []string{"pdf", "xlsx"}

// book is the setting's value. Last is the last number given to a schedule: none is given twice, because runs go by it.
type book struct {
	Last      int        `json:"last"`
	Schedules []Schedule `json:"schedules"`
}

func (a *Area) book(ctx context.Context) (b book, err error) {
	value, err := a.desk.Store.Setting(ctx, global, setting)
	if err != nil || value == "" {
		return b, err
	}
	if err := json.Unmarshal([]byte(value), &b); err != nil {
		return b, fmt.Errorf("the schedules cannot be read from the desk file: %w", err)
	}
	return b, nil
}

// Schedules are all schedules with when they are due next and what became of them last.
func (a *Area) Schedules(ctx context.Context) (Schedules, error) {
	b, err := a.book(ctx)
	if err != nil {
		return Schedules{}, err
	}
	out := Schedules{Reports: a.reports, Folder: a.ownFolder()}
	now := a.desk.Now()
	for _, s := range b.Schedules {
		r, err := a.rhythm(ctx, &s)
		if err != nil {
			s.Why = err.Error()
		} else if next := r.next(later(now, s.Since)); !s.Paused && !next.IsZero() {
			s.Next = &next
		}
		runs, err := a.desk.Store.ScheduleRuns(ctx, s.ID, 1)
		if err != nil {
			return out, err
		}
		if len(runs) > 0 {
			last := shown(&runs[0], says(&s), r.loc)
			s.Last = &last
		}
		out.Schedules = append(out.Schedules, s)
	}
	return out, nil
}

// Runs are the last runs of all schedules, newest first.
func (a *Area) Runs(ctx context.Context, limit int) (ScheduleRuns, error) {
	b, err := a.book(ctx)
	if err != nil {
		return ScheduleRuns{}, err
	}
	list, err := a.desk.Store.ScheduleRuns(ctx, "", limit)
	if err != nil {
		return ScheduleRuns{}, err
	}
	names, zones := map[string]string{}, map[string]*time.Location{}
	for i := range b.Schedules {
		s := &b.Schedules[i]
		names[s.ID] = says(s)
		if r, err := a.rhythm(ctx, s); err == nil {
			zones[s.ID] = r.loc
		}
	}
	out := ScheduleRuns{Runs: freight.List[ScheduleRun]{}}
	for i := range list {
		out.Runs = append(out.Runs, shown(&list[i], cmp.Or(names[list[i].Schedule], "a schedule that was removed"), zones[list[i].Schedule]))
	}
	return out, nil
}

func shown(r *store.ScheduleRun, says string, loc *time.Location) ScheduleRun {
	out := ScheduleRun{Schedule: r.Schedule, Says: says, Due: r.Due, State: r.State, At: r.At, File: r.File, Digest: r.Digest, Size: r.Size, Tries: r.Tries, Reason: r.Reason}
	if loc != nil {
		out.Due = r.Due.In(loc)
	}
	if !r.Wait.IsZero() {
		out.Wait = &r.Wait
	}
	return out
}

// says is a schedule's report in words.
func says(s *Schedule) string {
	words := []string{s.Report + " report"}
	if s.Carrier != "" {
		words = append(words, "of "+s.Carrier)
	}
	if s.Customer != "" {
		words = append(words, "for "+s.Customer)
	}
	return strings.Join(words, " ")
}

// Change adds a schedule, changes one, or removes one, and answers all of them. What was due before the change stays as it
// is: nothing is made for the past of a new time.
func (a *Area) Change(ctx context.Context, c ScheduleChange) (Schedules, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b, err := a.book(ctx)
	if err != nil {
		return Schedules{}, err
	}
	who, now := a.desk.Person(c.As), a.desk.LedgerAt(c.Now).Now().UTC()
	detail, err := a.changed(ctx, &b, &c, who, now)
	if err != nil {
		return Schedules{}, err
	}
	value, err := json.Marshal(b)
	if err != nil {
		return Schedules{}, err
	}
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting(global, setting, string(value), now, who); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: setting, Detail: detail, Digest: desk.Digest(string(value))})
	})
	if err != nil {
		return Schedules{}, err
	}
	a.desk.Ledger.News().Announce(nil)
	return a.Schedules(ctx)
}

// changed makes the change in the book and says it in words.
func (a *Area) changed(ctx context.Context, b *book, c *ScheduleChange, who string, now time.Time) (string, error) {
	at := slices.IndexFunc(b.Schedules, func(s Schedule) bool { return s.ID == c.ID })
	switch {
	case c.ID != "" && at < 0:
		return "", desk.NotFound("There is no schedule %q.", c.ID)
	case c.Remove && at < 0:
		return "", desk.Invalid("Say which schedule to remove.")
	case c.Remove:
		words := "removed: " + says(&b.Schedules[at])
		b.Schedules = slices.Delete(b.Schedules, at, at+1)
		return words, nil
	}
	s := Schedule{ID: c.ID, Report: cmp.Or(c.Report, "daily"), Customer: strings.TrimSpace(c.Customer), Carrier: strings.TrimSpace(c.Carrier), Time: strings.TrimSpace(c.Time), Zone: strings.TrimSpace(c.Zone),
		Days: cmp.Or(strings.TrimSpace(c.Days), "Mon-Fri"), Holidays: c.Holidays, Folder: strings.TrimSpace(c.Folder), Format: cmp.Or(c.Format, "pdf"), To: strings.TrimSpace(c.To), Paused: c.Paused, Since: now, At: now, By: who}
	if err := a.check(ctx, &s); err != nil {
		return "", err
	}
	if at < 0 {
		b.Last++
		s.ID = strconv.Itoa(b.Last)
		b.Schedules = append(b.Schedules, s)
		return "added: " + says(&s) + " at " + s.Time + " " + s.Days, nil
	}
	if had := &b.Schedules[at]; had.Time == s.Time && had.Zone == s.Zone && had.Days == s.Days && had.Holidays == s.Holidays && had.Paused == s.Paused {
		s.Since = had.Since
	}
	b.Schedules[at] = s
	return "changed: " + says(&s) + " at " + s.Time + " " + s.Days, nil
}

// check reports in plain words why a schedule cannot be kept.
func (a *Area) check(ctx context.Context, s *Schedule) error {
	if !slices.Contains(a.reports, s.Report) {
		return desk.Invalid("There is no report %q to be made by itself; there is %s.", s.Report, strings.Join(a.reports, ", "))
	}
	if !slices.Contains(formats, s.Format) {
		return desk.Invalid("A report is written as %s, not as %q.", strings.Join(formats, " or "), s.Format)
	}
	if s.Report == "scorecard" && s.Carrier == "" {
		return desk.Invalid("Say of which carrier the scorecard is.")
	}
	if s.Report != "scorecard" && s.Customer == "" {
		return desk.Invalid("Say for which customer the report is.")
	}
	if s.Folder != "" && !filepath.IsAbs(s.Folder) {
		return desk.Invalid("%q is no whole path of a folder on this computer.", s.Folder)
	}
	if s.To != "" {
		if at, err := mail.ParseAddress(s.To); err != nil || at.Address != s.To {
			return desk.Invalid("%q is no mail address such as ann@example.com.", s.To)
		}
	}
	if _, err := a.rhythm(ctx, s); err != nil {
		return desk.Invalid("This schedule cannot be kept: %s.", err)
	}
	return nil
}

// rhythm is when a schedule is due, in its own zone or the customer's, without the holidays that the rules list.
func (a *Area) rhythm(ctx context.Context, s *Schedule) (rhythm, error) {
	zone, err := s.Zone, error(nil)
	if zone == "" && s.Customer != "" {
		if zone, err = a.desk.Store.Setting(ctx, "customer:"+s.Customer, "zone"); err != nil {
			return rhythm{}, err
		}
	}
	holidays, err := a.holidays(ctx, s.Customer)
	if err != nil {
		return rhythm{}, err
	}
	return rhythmOf(s, zone, holidays)
}

// holidays are the days that the rules list for a customer: those on which no check call is made are no working days.
func (a *Area) holidays(ctx context.Context, customer string) (string, error) {
	const key = "rule.quiet.days"
	for _, scope := range []string{"customer:" + customer, global} {
		value, err := a.desk.Store.Setting(ctx, scope, key)
		if err != nil || value != "" {
			return value, err
		}
	}
	return watch.DefaultRules().Cadence.HolidayDays, nil
}

func (a *Area) ownFolder() string { return filepath.Join(a.desk.Dir, "reports") }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
