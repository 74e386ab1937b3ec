package desk_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/sources"
	"tracedesk/backend/freight"
)

func init() { children["start"] = startChild }

// startChild does what a desk does at its start, then imports the given files; it may be killed at any moment.
func startChild(args []string) error {
	ctx := context.Background()
	d, err := desk.Open(ctx, desk.Options{Dir: args[0], Person: "Ida", Now: func() time.Time { return deskNow }})
	if err != nil {
		return err
	}
	defer d.Close()
	in := sources.New(d, nil)
	if err := errors.Join(in.Resume(ctx), desk.CatchUp(ctx, d)); err != nil {
		return err
	}
	var files freight.List[sources.FileRef]
	for _, path := range args[1:] {
		files = append(files, sources.FileRef{Path: path})
	}
	_, err = in.ImportNow(ctx, sources.ImportRequest{Files: files}, nil)
	return err
}

// TestAKilledImportGoesOn is the short form of BenchmarkKill.
func TestAKilledImportGoesOn(t *testing.T) { killImports(t, 6, 120) }

// BenchmarkKill kills two hundred imports (-full).
func BenchmarkKill(b *testing.B) {
	for range b.N {
		killImports(b, size(2, 200), size(120, 1000))
	}
}

// killImports kills imports of a sheet, of statuses and of events at moments spread over their whole time, starts the desk
// again as a person would, and compares everything with imports that nobody disturbed.
func killImports(t testing.TB, kills, loads int) {
	files := t.TempDir()
	paths := []string{loadsFile(t, files, 2*loads), statusFile(t, files, 2*loads, loads), eventsFile(t, files, loads)}
	calm := t.TempDir()
	began := time.Now()
	if err := child("start", append([]string{calm}, paths...)...).Run(); err != nil {
		t.Fatal(err)
	}
	whole := time.Since(began)
	wantLog, wantShown := logOf(t, calm), shownOf(t, calm)

	dice := rand.New(rand.NewPCG(7, 11))
	resumed, died := 0, 0
	for n := 0; n < kills; {
		dir := filepath.Join(t.TempDir(), strconv.Itoa(n))
		// A few kills in a row, so that resuming is killed as well; then it may end.
		for range 1 + dice.IntN(3) {
			if killed(t, dir, time.Duration(dice.Int64N(int64(whole))), paths) {
				died++
			}
			n++
		}
		if pendingRuns(t, dir) > 0 {
			resumed++
		}
		d := openDesk(t, dir)
		ctx := context.Background()
		if err := errors.Join(sources.New(d, nil).Resume(ctx), desk.CatchUp(ctx, d)); err != nil {
			t.Fatal(err)
		}
		if found, err := d.Store.Check(ctx); err != nil || found != nil {
			t.Fatalf("after %d kills: %v, %v", n, found, err)
		}
		for _, path := range paths { // what was not begun, or was begun without its file being kept, comes now; the rest is known
			importFile(t, d, path)
		}
		live := shownOf(t, dir)
		if err := d.Ledger.Rebuild(ctx, nil); err != nil {
			t.Fatal(err)
		}
		sameRows(t, "rebuilt differs from live", live, shownOf(t, dir))
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		sameRows(t, "the log differs from an undisturbed import's", wantLog, logOf(t, dir))
		sameRows(t, "the board differs from an undisturbed import's", wantShown, live)
		if t.Failed() {
			t.Fatalf("after %d kills", n)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	fmt.Printf("%d kills (%d before the import's end), %d imports resumed from the middle: nothing lost, nothing twice, log and projections agree\n", kills, died, resumed)
}

func eventsFile(t testing.TB, dir string, loads int) string {
	return writeFile(t, dir, "events.csv", func(w *bufio.Writer) error {
		fmt.Fprintln(w, "load,source,event,stop,at,lat,lon,text")
		for i := range loads {
			fmt.Fprintf(w, "%d,driver,position,,2026-11-03T%02d:%02d:00Z,%.4f,-97.1,\n", 500000+i, i%24, i%60, 30+float64(i%100)/10)
			fmt.Fprintf(w, "%d,project44,eta,2,2026-11-03T12:00:00Z,,,2026-11-04T10:%02d:00Z\n", 500000+i, i%60)
		}
		fmt.Fprintln(w, "BOL:NOBODY,user,note,,2026-11-03 08:00,,,whose is this")
		fmt.Fprintln(w, "500001,carrier,arrived,1,yesterday,,,not a time")
		return nil
	})
}

// killed starts an import and kills it after a while; false when it had ended before.
func killed(t testing.TB, dir string, after time.Duration, paths []string) bool {
	t.Helper()
	cmd := child("start", append([]string{dir}, paths...)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Fatal("the import failed by itself:", err)
		}
		return false
	case <-time.After(after):
		cmd.Process.Kill()
		var ended *exec.ExitError
		return errors.As(<-done, &ended)
	}
}

func pendingRuns(t testing.TB, dir string) (n int) {
	db := rawDB(t, dir)
	defer db.Close()
	db.QueryRow("SELECT count(*) FROM run WHERE state = 0").Scan(&n) // no table yet: none
	return n
}

// logOf is the log by what things are called, not by local numbers, which depend on how often runs were begun.
func logOf(t testing.TB, dir string) map[string][]string {
	db := rawDB(t, dir)
	defer db.Close()
	const named = " JOIN load l ON l.id = "
	return map[string][]string{
		"loads":        textRows(t, db, "SELECT hex(uid), account, number, provisional FROM load"),
		"observations": textRows(t, db, "SELECT coalesce(hex(l.uid), ''), hex(o.id), s.kind, s.account, o.stated, o.received, o.terms, hex(o.body) FROM observation o JOIN source s ON s.id = o.source LEFT"+named+"o.load"),
		"positions":    textRows(t, db, "SELECT hex(l.uid), at, hex(o.id), s.kind, o.stated, o.received, hex(o.body) FROM position o JOIN source s ON s.id = o.source"+named+"o.load"),
		"refs":         textRows(t, db, "SELECT key, type, hex(l.uid), scope, value FROM ref"+named+"ref.load"),
		"joined":       textRows(t, db, "SELECT hex(p.uid), hex(l.uid) FROM joined j JOIN load p ON p.id = j.provisional"+named+"j.load"),
		"snapshots":    textRows(t, db, "SELECT hex(l.uid), row, hex(said) FROM snapshot"+named+"snapshot.load"),
		"quarantine":   textRows(t, db, "SELECT source, place, reason, hex(raw), state FROM quarantine"),
		"behind":       textRows(t, db, "SELECT load FROM dirty"),
	}
}

// shownOf is all that the desk shows.
func shownOf(t testing.TB, dir string) map[string][]string {
	db := rawDB(t, dir)
	defer db.Close()
	const named = " JOIN load l ON l.id = "
	if _, err := db.Exec("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, search, instance)"); err != nil {
		t.Fatal(err)
	}
	return map[string][]string{
		"board":  textRows(t, db, "SELECT hex(l.uid), live, level, due, next_due, last_received, customer, words, hex(row) FROM board"+named+"board.load"),
		"states": textRows(t, db, "SELECT hex(l.uid) FROM state"+named+"state.load"),
		"stops": textRows(t, db, "SELECT hex(l.uid), seq, kind, zone, window_start, window_end, original_start, original_end, arrived, departed, done, due_day, done_day FROM stopfact"+
			named+"stopfact.load"),
		"words": textRows(t, db, "SELECT hex(l.uid), group_concat(term, ' ') FROM (SELECT doc, term FROM temp.terms ORDER BY doc, offset)"+named+"doc GROUP BY doc"),
	}
}

func textRows(t testing.TB, db *sql.DB, query string) (out []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		line := make([]string, len(values))
		for i, v := range values {
			line[i] = v.String
		}
		out = append(out, strings.Join(line, " | "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func sameRows(t testing.TB, what string, want, got map[string][]string) {
	t.Helper()
	for table := range want {
		if slices.Equal(want[table], got[table]) {
			continue
		}
		t.Errorf("%s: %s: %d rows, want %d", what, table, len(got[table]), len(want[table]))
		shown := 0
		for _, line := range want[table] {
			if _, found := slices.BinarySearch(got[table], line); !found && shown < 3 {
				t.Errorf("  missing %.600s", line)
				shown++
			}
		}
		for _, line := range got[table] {
			if _, found := slices.BinarySearch(want[table], line); !found && shown < 6 {
				t.Errorf("  surplus %.600s", line)
				shown++
			}
		}
	}
}
