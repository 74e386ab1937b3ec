package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Salvaged is what could be read from a damaged file, table by table.
type Salvaged struct {
	Kept   string // where the damaged file lies now
	Rows   map[string]int
	Broken []string // tables of which some rows could not be read
}

// String is the report for a person.
func (s Salvaged) String() string {
	text := fmt.Sprintf("The desk file was damaged. It is kept as %s; %d observations on %d loads could be read and are in use.",
		filepath.Base(s.Kept), s.Rows["observation"]+s.Rows["position"], s.Rows["load"])
	if len(s.Broken) > 0 {
		text += " Rows are missing from: " + strings.Join(s.Broken, ", ") + ". Import the latest exports again; nothing is stored twice."
	}
	return text
}

// salvageTables are the tables that hold what cannot be drawn anew, parents first.
var salvageTables = []string{"meta", "source", "run", "load", "joined", "ref", "observation", "position", "link", "snapshot",
	"quarantine", "paper", "document", "deed", "deedof", "paperalias", "paperlabel", "aliasdeed", "intent", "audit", "profile", "setting", "shown", "handover", "alerted",
	"feed", "feedload", "rawbody", "feedbody", "feedcall", "sending", "sendtry", "schedulerun", "archive", "archivedload"}

// Salvage puts a damaged desk file aside and fills a new one with every row that can still be read. The caller holds the
// folder's lock. Projections are left out: they are drawn anew from the log.
func Salvage(ctx context.Context, dir string, now time.Time) (Salvaged, error) {
	path := filepath.Join(dir, FileName)
	out := Salvaged{Kept: path + ".damaged-" + now.UTC().Format("20060102T150405"), Rows: map[string]int{}}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(path+suffix, out.Kept+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return out, fmt.Errorf("the damaged file cannot be put aside: %w", err)
		}
	}
	old, done, err := openDamaged(ctx, dir, out.Kept)
	if err != nil {
		return out, err
	}
	defer done()
	fresh, err := Open(ctx, dir, ReadWrite)
	if err != nil {
		return out, err
	}
	defer fresh.Close()
	for _, table := range salvageTables {
		n, whole, err := fresh.takeOver(ctx, old, table)
		if err != nil {
			return out, err
		}
		out.Rows[table] = n
		if !whole {
			out.Broken = append(out.Broken, table)
		}
	}
	if err := fresh.nameOrphans(ctx); err != nil {
		return out, err
	}
	return out, fresh.Write(ctx, func(tx *Tx) error {
		if slices.Contains(out.Broken, "observation") {
			// What a source said last may be among the lost: its next export must be taken whole.
			if _, err := tx.exec("DELETE FROM snapshot"); err != nil {
				return err
			}
		}
		return tx.ClearProjections(true)
	})
}

// takeOver copies what can be read of a table; whole is false when some of it cannot. After a damaged page it goes on
// from the other end.
func (s *Store) takeOver(ctx context.Context, old *sql.DB, table string) (n int, whole bool, err error) {
	read, ok, err := s.copyRows(ctx, old, table, "")
	if err != nil || ok {
		return read, ok, err
	}
	back, _, err := s.copyRows(ctx, old, table, " ORDER BY "+firstColumn(table)+" DESC")
	return read + back, false, err
}

func firstColumn(table string) string {
	switch table {
	case "meta", "ref":
		return "key"
	case "deedof":
		return "document"
	case "paperalias":
		return "customer"
	case "aliasdeed":
		return "deed"
	case "profile":
		return "name"
	case "setting":
		return "scope"
	case "position", "snapshot":
		return "load"
	case "joined":
		return "provisional"
	case "observation", "link", "audit", "alerted", "paper", "document", "feedbody", "feedcall":
		return "seq"
	case "feedload":
		return "feed"
	case "rawbody":
		return "hash"
	case "sending", "sendtry":
		return "intent"
	}
	return "id"
}

func (s *Store) copyRows(ctx context.Context, old *sql.DB, table, order string) (n int, whole bool, err error) {
	rows, err := old.QueryContext(ctx, "SELECT * FROM "+table+order) //nolint:gosec // table comes from the list above
	if err != nil {
		return 0, false, nil
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, false, nil
	}
	insert := "INSERT OR IGNORE INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES (?" + strings.Repeat(",?", len(columns)-1) + ")"
	err = s.Write(ctx, func(tx *Tx) error {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			if rows.Scan(into...) != nil {
				continue
			}
			c, err := tx.changed(insert, values...)
			if err != nil && isFatal(err) {
				return err
			}
			n += int(max(c, 0))
		}
		return nil
	})
	return n, rows.Err() == nil, err
}

// isFatal tells a failing disk from a row that does not fit its table any more, which is left out.
func isFatal(err error) bool {
	var damaged *DamagedError
	return errors.As(err, &damaged) || strings.Contains(err.Error(), "disk is full")
}

// Check runs SQLite's own checks: every page, every index, every reference. Empty means sound.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	// On a connection of its own: one that looked into a text index before takes what was written since for damage.
	db, err := sql.Open("sqlite", dsn(filepath.Join(s.dir, FileName), "&_pragma=query_only(1)"))
	if err != nil {
		return nil, plain(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		return nil, plain(err)
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, plain(err)
		}
		found = append(found, line)
	}
	if err := rows.Err(); err != nil {
		return nil, plain(err)
	}
	if len(found) == 1 && found[0] == "ok" {
		found = nil
	}
	if err := foreignKeys(ctx, s.read); err != nil {
		found = append(found, err.Error())
	}
	return found, nil
}

// QuickCheck is Check without the indexes, for the start of a desk that was not closed properly.
func (s *Store) QuickCheck(ctx context.Context) error {
	var said string
	if err := s.reader(ctx).row("PRAGMA quick_check(1)").Scan(&said); err != nil {
		return explain(s.dir, err)
	}
	if said != "ok" {
		return &DamagedError{Cause: errors.New(said)}
	}
	return nil
}

// Backup writes a whole, consistent copy of the desk file, while work goes on. to must not exist.
func (s *Store) Backup(ctx context.Context, to string) error {
	if _, err := os.Stat(to); err == nil {
		return fmt.Errorf("%s exists already; choose another name", to)
	}
	// The readers' connections may write nothing at all, so the copy is made by one of its own; under another name until it
	// is whole.
	db, err := sql.Open("sqlite", dsn(filepath.Join(s.dir, FileName), ""))
	if err != nil {
		return err
	}
	defer db.Close()
	part := to + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		os.Remove(part)
		return plain(err)
	}
	return os.Rename(part, to)
}
