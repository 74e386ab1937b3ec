package store

import (
	"context"
	"database/sql"
	"time"
)

// States of a run of a schedule.
const (
	RunMaking  = "making"  // under way, or cut off by a crash
	RunMade    = "made"    // the paper lies in its folder
	RunFailed  = "failed"  // tried again after Wait
	RunSkipped = "skipped" // the desk was closed too long for it to be made
)

// ScheduleRun is what became of one due instant of a schedule.
type ScheduleRun struct {
	Schedule string
	Due      time.Time
	State    string
	Tries    int
	Wait     time.Time // a failed one is not tried before
	At       time.Time // when it came to that state
	File     string    // where the paper lies
	Digest   string    // of the paper, hexadecimal
	Size     int
	Reason   string // of a failure, in plain words
}

// SaveScheduleRun writes a run over what is on file of its schedule and due instant.
func (t *Tx) SaveScheduleRun(r *ScheduleRun) error {
	_, err := t.exec("INSERT OR REPLACE INTO schedulerun (schedule, due, state, tries, wait, at, file, digest, size, reason) VALUES (?,?,?,?,?,?,?,?,?,?)",
		r.Schedule, nanos(r.Due), r.State, r.Tries, nanos(r.Wait), nanos(r.At), r.File, r.Digest, r.Size, r.Reason)
	return err
}

const scheduleRunColumns = "SELECT schedule, due, state, tries, wait, at, file, digest, size, reason FROM schedulerun "

// ScheduleRuns are the last runs of a schedule ("" of all), by due instant, newest first.
func (s *Store) ScheduleRuns(ctx context.Context, schedule string, limit int) ([]ScheduleRun, error) {
	return s.scheduleRuns(ctx, "WHERE ?1 = '' OR schedule = ?1 ORDER BY due DESC, schedule LIMIT ?2", schedule, limit)
}

// ScheduleRunsFrom are the runs of a schedule due at or after an instant, oldest first.
func (s *Store) ScheduleRunsFrom(ctx context.Context, schedule string, from time.Time) ([]ScheduleRun, error) {
	return s.scheduleRuns(ctx, "WHERE schedule = ? AND due >= ? ORDER BY due", schedule, nanos(from))
}

func (s *Store) scheduleRuns(ctx context.Context, which string, args ...any) ([]ScheduleRun, error) {
	var out []ScheduleRun
	err := each(s.reader(ctx), func(rows *sql.Rows) error {
		var r ScheduleRun
		var due, wait, at int64
		err := rows.Scan(&r.Schedule, &due, &r.State, &r.Tries, &wait, &at, &r.File, &r.Digest, &r.Size, &r.Reason)
		r.Due, r.Wait, r.At = instant(due), instant(wait), instant(at)
		out = append(out, r)
		return err
	}, scheduleRunColumns+which, args...)
	return out, err
}
