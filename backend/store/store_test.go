package store

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func openStore(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(context.Background(), dir, ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// raw opens the file itself, beside the store.
func raw(t testing.TB, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, FileName)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func exec(t testing.TB, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.Exec(query, args...); err != nil {
		t.Fatal(query, err)
	}
}

func write(t testing.TB, s *Store, fn func(*Tx) error) {
	t.Helper()
	if err := s.Write(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func schemaOf(t testing.TB, db *sql.DB) string {
	t.Helper()
	rows, err := db.Query("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		var kind, name, text string
		if err := rows.Scan(&kind, &name, &text); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, kind, name, strings.Join(strings.Fields(text), " "))
	}
	return b.String()
}

var update = flag.Bool("update", false, "write testdata/desk-vN.db of the present version anew; only until that version is released")

// writeExample writes a desk of the present version with two loads.
func writeExample(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir)
	write(t, s, func(tx *Tx) error {
		for _, number := range []string{"1001", "1002"} {
			l := Load{UID: freight.LoadIDOf("tms", number), Account: "tms", Number: number, First: noon}
			if err := tx.NewLoad(&l, 0); err != nil {
				return err
			}
			o := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: "tms"}, ReceivedAt: noon, StatedAt: noon,
				Names: []freight.Reference{{Type: freight.RefLoad, Value: number}}, Claims: []freight.Claim{{Fact: freight.FactCustomer, Value: freight.Value{Text: "Acme"}}}}
			o.ID = o.Identify()
			body, err := EncodeObservation(&o)
			if err != nil {
				return err
			}
			if _, err := tx.Append(Entry{Obs: &o, Body: body, Load: l.ID}); err != nil {
				return err
			}
			if err := tx.AddRef(l.ID, o.Names[0], 0); err != nil {
				return err
			}
		}
		return nil
	})
	file := fmt.Sprintf("testdata/desk-v%d.db", SchemaVersion())
	os.Remove(file)
	if err := s.Backup(context.Background(), file); err != nil {
		t.Fatal(err)
	}
}

// Under testdata lies a desk of every released version. A release adds its file.
func TestOlderFilesComeUpToDate(t *testing.T) {
	if *update {
		writeExample(t)
	}
	fresh := t.TempDir()
	openStore(t, fresh)
	files, err := filepath.Glob("testdata/desk-v*.db")
	if err != nil || len(files) == 0 {
		t.Fatal("no released version under testdata", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			dir := t.TempDir()
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, FileName), body, 0o600); err != nil {
				t.Fatal(err)
			}
			s := openStore(t, dir)
			if got, want := schemaOf(t, raw(t, dir)), schemaOf(t, raw(t, fresh)); got != want {
				t.Errorf("the schema differs from a fresh one:\n%s\nfresh:\n%s", got, want)
			}
			if loads, _, err := s.Counts(context.Background()); err != nil || loads != 2 {
				t.Errorf("%d loads, %v; the file holds 2", loads, err)
			}
			if found, err := s.Check(context.Background()); err != nil || found != nil {
				t.Error(found, err)
			}
		})
	}
}

func TestAFreshFileIsMarked(t *testing.T) {
	dir := t.TempDir()
	openStore(t, dir)
	var app, version int
	var mode string
	db := raw(t, dir)
	for query, into := range map[string]any{"PRAGMA application_id": &app, "PRAGMA user_version": &version, "PRAGMA journal_mode": &mode} {
		if err := db.QueryRow(query).Scan(into); err != nil {
			t.Fatal(err)
		}
	}
	if app != 0x5444534B || version != SchemaVersion() || mode != "wal" {
		t.Errorf("application_id %#x, version %d, journal %s", app, version, mode)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	for _, tc := range []struct {
		name, script string
		want         error
	}{
		{"of a newer program", fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; CREATE TABLE later (x)", applicationID, SchemaVersion()+1), ErrNewer},
		{"of another program", "PRAGMA application_id = 7; CREATE TABLE songs (title); INSERT INTO songs VALUES ('kept')", ErrForeign},
		{"of nobody", "CREATE TABLE songs (title); INSERT INTO songs VALUES ('kept')", ErrForeign},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			db := raw(t, dir)
			exec(t, db, tc.script)
			db.Close()
			before, err := os.ReadFile(filepath.Join(dir, FileName))
			if err != nil {
				t.Fatal(err)
			}
			for _, mode := range []Mode{ReadWrite, ReadOnly} {
				if _, err := Open(context.Background(), dir, mode); !errors.Is(err, tc.want) {
					t.Errorf("mode %d: %v", mode, err)
				}
			}
			after, err := os.ReadFile(filepath.Join(dir, FileName))
			if err != nil {
				t.Fatal(err)
			}
			// Setting WAL mode changes two bytes of the header and its counters; the content must stand.
			if string(before[100:]) != string(after[100:]) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestABackupIsMadeBeforeAnUpdate(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir)
	write(t, s, func(tx *Tx) error { return tx.SetMeta("person", "Ida") })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db := raw(t, dir)
	// An older file: this program's tables are not all there yet, so the steps fail half way and all of it is taken back.
	exec(t, db, "PRAGMA user_version = 0; DROP TABLE setting")
	db.Close()
	if _, err := Open(context.Background(), dir, ReadWrite); err == nil {
		t.Fatal("the first step runs into the tables that are there")
	}
	backup := filepath.Join(dir, FileName+".v0.bak")
	kept, err := sql.Open("sqlite", "file:"+backup)
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	var name string
	if err := kept.QueryRow("SELECT value FROM meta WHERE key = 'person'").Scan(&name); err != nil || name != "Ida" {
		t.Errorf("backup holds %q, %v", name, err)
	}
	var tables int
	if err := raw(t, dir).QueryRow("SELECT count(*) FROM sqlite_schema WHERE name = 'setting'").Scan(&tables); err != nil || tables != 0 {
		t.Errorf("the failed update left %d tables, %v", tables, err)
	}
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir)
	ctx := context.Background()
	carrier := freight.Source{Kind: freight.CarrierSrc, Account: "ABCD"}
	stop := errors.New("no")
	err := s.Write(ctx, func(tx *Tx) error {
		if _, err := tx.Source(carrier); err != nil {
			return err
		}
		l := Load{UID: freight.LoadIDOf("tms", "1"), Account: "tms", Number: "1", First: noon}
		if err := tx.NewLoad(&l, 0); err != nil {
			return err
		}
		if err := tx.Project(&Projection{Load: l.ID, Live: true, State: []byte{1}, Words: "quick brown", Stops: []StopFact{{Seq: 1}}}); err != nil {
			return err
		}
		if err := tx.Audit(&Act{At: noon, Who: "Ida", Act: "state"}); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	for _, table := range []string{"source", "load", "board", "state", "stopfact", "search", "audit"} {
		var n int
		if err := s.read.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s holds %d rows, %v", table, n, err)
		}
	}
	// The number that the source had for a moment must not be remembered: the next source may get it.
	var first, again int64
	write(t, s, func(tx *Tx) (err error) {
		if first, err = tx.Source(freight.Source{Kind: freight.TMS, Account: "tms"}); err == nil {
			again, err = tx.Source(carrier)
		}
		return err
	})
	if first == again || s.sources.source(again) != carrier {
		t.Errorf("sources %d and %d: %v", first, again, s.sources.source(again))
	}
}

func TestWordsAreFoundWithoutAccents(t *testing.T) {
	s := openStore(t, t.TempDir())
	ctx := context.Background()
	// The caller folds ł, ø and ß (see package ledger); the index folds accents and case.
	write(t, s, func(tx *Tx) error {
		return tx.ProjectAll([]*Projection{{Load: 1, Words: "Zażolc gesla jazn Lodz"}, {Load: 2, Words: "Odense Koebenhavn MÜNCHEN"}, {Load: 3, Words: "Strasse"}})
	})
	for query, want := range map[string]int64{`"zazolc"`: 1, `"GĘSLA"`: 1, `"lodz"`: 1, `"munchen"`: 2, `"münchen"`: 2, `"odense"`: 2, `"stra"*`: 3} {
		hits, err := s.Search(ctx, query, 10, 100)
		if err != nil || len(hits) != 1 || hits[0] != want {
			t.Errorf("%s finds %v, %v; want load %d", query, hits, err, want)
		}
	}
	write(t, s, func(tx *Tx) error { return tx.Project(&Projection{Load: 1, Words: "Krakow", WordsDigest: 5}) })
	if hits, _ := s.Search(ctx, `"lodz"`, 10, 100); len(hits) != 0 {
		t.Errorf("old words still find %v", hits)
	}
}

func TestTheAuditChainNamesItsFirstBrokenLink(t *testing.T) {
	for _, tc := range []struct {
		name, tamper, why string
		broken            int64
	}{
		{"sound", "", "", 0},
		{"a changed word", "UPDATE audit SET detail = 'another amount' WHERE seq = 3", "was changed", 3},
		{"a changed time", "UPDATE audit SET at = at + 1 WHERE seq = 2", "was changed", 2},
		{"a changed digest", "UPDATE audit SET digest = zeroblob(32) WHERE seq = 4", "was changed", 4},
		{"a missing line", "DELETE FROM audit WHERE seq = 2", "is missing", 2},
		{"a line put in between", "UPDATE audit SET seq = seq + 100 WHERE seq > 2; INSERT INTO audit VALUES (3, 1, 'x', 'x', '', '', zeroblob(32), zeroblob(32)); UPDATE audit SET seq = seq - 99 WHERE seq > 100", "was changed", 3},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			s := openStore(t, dir)
			for i := range 5 {
				write(t, s, func(tx *Tx) error {
					return tx.Audit(&Act{At: noon.Add(time.Duration(i) * time.Minute), Who: "Ida", Act: "state", Subject: "1001", Detail: fmt.Sprint("line ", i), Digest: [32]byte{byte(i)}})
				})
			}
			exec(t, raw(t, dir), tc.tamper)
			n, broken, why, err := s.VerifyAudit(context.Background())
			if err != nil || broken != tc.broken || !strings.Contains(why, tc.why) {
				t.Errorf("%d lines, broken %d (%s), %v; want broken %d", n, broken, why, err, tc.broken)
			}
		})
	}
}
