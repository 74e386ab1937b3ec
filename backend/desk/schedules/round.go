package schedules

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/store"
)

const (
	// reach is how far back what was missed is made: a report of an earlier day is of no use to anybody any more.
	reach = 7 * 24 * time.Hour
	// lookEvery is how often what is due is looked for.
	lookEvery = 20 * time.Second
)

// waits are the times between the tries of one that fails; the last goes on.
var waits = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour}

// Watch makes what is due until ctx ends. report hears of each sort of failure once; the watching goes on.
func (a *Area) Watch(ctx context.Context, report func(error)) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for failed := ""; ; {
		err := a.Round(ctx)
		if err != nil && ctx.Err() == nil && err.Error() != failed {
			failed = err.Error()
			report(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Round makes everything that is due and not made, oldest first. A paper that cannot be made is on file as failed, and the
// next ones are made all the same.
func (a *Area) Round(ctx context.Context) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	b, err := a.book(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for i := range b.Schedules {
		if s := &b.Schedules[i]; !s.Paused {
			errs = append(errs, a.roundOf(ctx, s))
		}
	}
	return errors.Join(errs...)
}

func (a *Area) roundOf(ctx context.Context, s *Schedule) error {
	r, err := a.rhythm(ctx, s)
	if err != nil {
		return fmt.Errorf("the schedule “%s” is not due any more: %w", says(s), err)
	}
	now := a.desk.Now()
	runs, err := a.desk.Store.ScheduleRunsFrom(ctx, s.ID, s.Since)
	if err != nil {
		return err
	}
	known, newest, from := map[int64]*store.ScheduleRun{}, s.Since, now.Add(-reach)
	for i := range runs {
		run := &runs[i]
		known[run.Due.UnixNano()] = run
		newest = later(newest, run.Due)
		if run.State == store.RunMaking || run.State == store.RunFailed {
			from = earliest(from, run.Due.Add(-1))
		}
	}
	var errs []error
	for _, due := range r.due(later(s.Since, earliest(newest, from)), now) {
		run := known[due.UnixNano()]
		if run == nil {
			run = &store.ScheduleRun{Schedule: s.ID, Due: due.UTC()}
		}
		switch {
		case run.State == store.RunMade, run.State == store.RunSkipped, run.State == store.RunFailed && now.Before(run.Wait):
		case now.Sub(due) > reach:
			errs = append(errs, a.skip(ctx, run, now))
		default:
			errs = append(errs, a.makeOne(ctx, s, run, due, now))
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return errors.Join(errs...)
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// skip notes that the desk was closed too long for a paper to be made, or could not make it in all that time.
func (a *Area) skip(ctx context.Context, run *store.ScheduleRun, now time.Time) error {
	if run.State == "" {
		run.Reason = "The desk was closed for more than seven days after it was due."
	}
	run.State, run.At, run.Wait = store.RunSkipped, now, time.Time{}
	return a.desk.Store.Write(ctx, func(tx *store.Tx) error { return tx.SaveScheduleRun(run) })
}

// makeOne makes one paper. It is on file as under way before anything is written, and as made in one transaction with its draft:
// cut off in between, it is made again with the same bytes under the same name, and its draft has the same key.
func (a *Area) makeOne(ctx context.Context, s *Schedule, run *store.ScheduleRun, due, now time.Time) error {
	run.State, run.At, run.Wait = store.RunMaking, now, time.Time{}
	run.Tries++
	if err := a.desk.Store.Write(ctx, func(tx *store.Tx) error { return tx.SaveScheduleRun(run) }); err != nil {
		return err
	}
	made, err := a.make(ctx, Order{Report: s.Report, Customer: s.Customer, Carrier: s.Carrier, Format: s.Format, Day: due.Format(time.DateOnly), Due: due.UTC()})
	if err == nil {
		run.File, err = a.put(s, made, due)
	}
	if ctx.Err() != nil {
		return ctx.Err() // the desk is being closed: it stays under way
	}
	if err != nil {
		run.State, run.Reason, run.Wait = store.RunFailed, err.Error(), now.Add(waits[min(run.Tries, len(waits))-1])
		return a.desk.Store.Write(ctx, func(tx *store.Tx) error { return tx.SaveScheduleRun(run) })
	}
	digest := desk.Digest(string(made.Body))
	run.State, run.Reason, run.Digest, run.Size = store.RunMade, "", fmt.Sprintf("%x", digest), len(made.Body)
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if s.To != "" {
			if err := tx.AddIntent(draft(s, run, due, now)); err != nil {
				return err
			}
		}
		act := store.Act{At: now.UTC(), Who: "schedule", Act: "scheduled report", Subject: "schedule:" + s.ID, Detail: says(s) + ", due " + due.Format(time.RFC3339) + ": " + run.File, Digest: digest}
		if err := tx.Audit(&act); err != nil {
			return err
		}
		return tx.SaveScheduleRun(run)
	})
	if err == nil {
		a.desk.Ledger.News().Announce(nil)
	}
	return err
}

// draft is the message that waits for a person to send it with the paper.
func draft(s *Schedule, run *store.ScheduleRun, due, now time.Time) *store.Intent {
	words := says(s)
	body := strings.ToUpper(words[:1]) + words[1:] + ", as of " + due.Format("Mon 2 Jan 2006 15:04 MST") + ". Attach: " + run.File
	return &store.Intent{Key: "report/" + s.ID + "/" + due.UTC().Format(time.RFC3339), Kind: "message", Target: s.To, Body: body, CreatedAt: now, By: "schedule"}
}

// put writes a paper into its folder. A file of its name that says something else is left alone: the paper gets the due time
// in its name. The same paper is written once.
func (a *Area) put(s *Schedule, made Made, due time.Time) (string, error) {
	folder := s.Folder
	if folder == "" {
		folder = a.ownFolder()
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", fmt.Errorf("the folder %s cannot be used: %w", folder, err)
	}
	base, ext := strings.TrimSuffix(made.Name, filepath.Ext(made.Name)), filepath.Ext(made.Name)
	for i := range 100 {
		name := made.Name
		switch {
		case i == 1:
			name = base + due.Format(" 1504") + ext
		case i > 1:
			name = fmt.Sprintf("%s%s (%d)%s", base, due.Format(" 1504"), i, ext)
		}
		path := filepath.Join(folder, name)
		had, err := os.ReadFile(path)
		switch {
		case err == nil && bytes.Equal(had, made.Body):
			return path, nil
		case errors.Is(err, fs.ErrNotExist):
			return path, desk.WriteFile(path, made.Body, 0o644)
		case err != nil:
			return "", err
		}
	}
	return "", fmt.Errorf("the folder %s holds a hundred files named like %s; clear it up", folder, made.Name)
}
