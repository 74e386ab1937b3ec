package desk_test

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/sources"
	"tracedesk/backend/freight"
	"tracedesk/backend/sim"
	"tracedesk/backend/store"
)

// imported is what an importing process tells.
type imported struct {
	Seconds     float64
	PeakMB      float64
	StoringSecs float64
	Storing     int // transactions
	Folding     int
	New         int
	Updated     int
	Records     int
	Kept        int // observations
	Quarantined int
}

// importChild imports one file into a data folder as the command does, and tells how that went.
func importChild(args []string) error {
	dir, file := args[0], args[1]
	if out := os.Getenv("TRACEDESK_PROFILE"); out != "" {
		f, err := os.Create(out)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	ctx := context.Background()
	began := time.Now()
	d, err := desk.Open(ctx, desk.Options{Dir: dir, Person: "bench"})
	if err != nil {
		return err
	}
	defer d.Close()
	var out imported
	res, err := sources.New(d, nil).ImportNow(ctx, sources.ImportRequest{Files: freight.List[sources.FileRef]{{Path: file}}}, func(p freight.Progress, _ string) {
		switch p.Stage {
		case "storing":
			out.Storing++
			out.StoringSecs = time.Since(began).Seconds()
		case "folding":
			out.Folding++
		}
	})
	if err != nil {
		return err
	}
	out.Seconds, out.PeakMB = time.Since(began).Seconds(), peakMB()
	f := res.Files[0]
	out.New, out.Updated, out.Records, out.Kept, out.Quarantined = res.Loads.New, res.Loads.Updated, f.Records, f.Observations, len(f.Quarantined)
	return json.NewEncoder(os.Stdout).Encode(out)
}

// BenchmarkImport measures a file's way to the board beside a baseline that only inserts the rows which that way ends in:
// 100,000 rows, then 100,000 statuses (-full).
func BenchmarkImport(b *testing.B) {
	rows := size(2000, 100000)
	for range b.N {
		dir := b.TempDir()
		show := figures{b}
		csv := writeFile(b, dir, "loads.csv", func(w *bufio.Writer) error { return sim.LoadsCSV(w, rows, 7) })
		var loads imported
		runChild(b, &loads, "import", filepath.Join(dir, "desk"), csv)
		base := reinsert(b, filepath.Join(dir, "desk"), filepath.Join(dir, "baseline"), loads.Storing, loads.Folding)
		fmt.Printf("\n%d rows -> %d loads on the board in %.2f s (%.0f rows/s, %d+%d transactions); bare inserts of the same rows %.2f s\n",
			rows, loads.New, loads.Seconds, float64(rows)/loads.Seconds, loads.Storing, loads.Folding, base.Seconds())
		show.atLeast("own loads CSV: share of the baseline's speed", base.Seconds()/loads.Seconds, 0.5, "")
		show.atMost("own loads CSV: peak memory", loads.PeakMB, 400, "MB")

		edi := writeFile(b, dir, "status.214", func(w *bufio.Writer) error { return sim.Status214(w, rows, rows/2, 7) })
		var statuses imported
		runChild(b, &statuses, "import", filepath.Join(dir, "desk"), edi)
		missed, opened := unmatched(b, filepath.Join(dir, "desk"))
		fmt.Printf("%d transactions -> %d observations in %.2f s; %d loads updated, %d messages without a load, %d provisional loads\n",
			statuses.Records, statuses.Kept, statuses.Seconds, statuses.Updated, missed, opened)
		show.atLeast("214 statuses: transactions a second", float64(statuses.Records)/statuses.Seconds, 5000, "/s")
		show.atLeast("214 statuses: matched", 100*(1-float64(missed+opened)/float64(statuses.Records)), 99, "%")
		show.atMost("214 statuses: peak memory", statuses.PeakMB, 400, "MB")
	}
}

func writeFile(t testing.TB, dir, name string, write func(*bufio.Writer) error) string {
	t.Helper()
	path := filepath.Join(dir, name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	if err := write(w); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// unmatched counts messages without a load, and loads that only a carrier knows.
func unmatched(t testing.TB, dir string) (messages, provisional int) {
	db := rawDB(t, dir)
	defer db.Close()
	if err := db.QueryRow("SELECT (SELECT count(*) FROM observation WHERE load = 0), (SELECT count(*) FROM load WHERE provisional)").Scan(&messages, &provisional); err != nil {
		t.Fatal(err)
	}
	return messages, provisional
}

// rawDB opens a desk file beside the store, with the writer's pragmas.
func rawDB(t testing.TB, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, store.FileName)+"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"+
		"&_pragma=cache_size(-48000)&_pragma=temp_store(MEMORY)&_pragma=wal_autocheckpoint(8000)")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

// table is the rows of one table as they are inserted again.
type table struct {
	name, columns string
	rows          [][]any
}

// reinsert writes every row that an import ended in into a fresh desk file: prepared statements, the same indexes (text
// index included), the same durability, as many transactions as the import needed.
func reinsert(t testing.TB, from, to string, storing, folding int) time.Duration {
	t.Helper()
	stored := readTables(t, from, "source", "run", "load", "ref", "snapshot", "observation", "position")
	folded := append(readTables(t, from, "board", "state", "stopfact"), searchRows(t, from))
	st, err := store.Open(context.Background(), to, store.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	db := rawDB(t, to)
	defer db.Close()
	began := time.Now()
	insertAll(t, db, stored, storing)
	insertAll(t, db, folded, folding)
	return time.Since(began)
}

// insertAll puts into each transaction the same share of every table, in order of the loads, as the import did.
func insertAll(t testing.TB, db *sql.DB, tables []table, transactions int) {
	t.Helper()
	prepared := make([]*sql.Stmt, len(tables))
	for i, tab := range tables {
		st, err := db.Prepare("INSERT INTO " + tab.name + " (" + tab.columns + ") VALUES (?" + strings.Repeat(",?", strings.Count(tab.columns, ",")) + ")")
		if err != nil {
			t.Fatal(err)
		}
		defer st.Close()
		prepared[i] = st
	}
	for n := range transactions {
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		for i, tab := range tables {
			in := tx.Stmt(prepared[i])
			for _, row := range tab.rows[len(tab.rows)*n/transactions : len(tab.rows)*(n+1)/transactions] {
				if _, err := in.Exec(row...); err != nil {
					t.Fatal(tab.name, err)
				}
			}
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
	}
}

// inOrder is the order in which an import writes a table's rows.
var inOrder = map[string]string{"source": "id", "run": "id", "load": "id", "ref": "load", "snapshot": "load", "observation": "seq", "position": "load, at",
	"board": "load", "state": "load", "stopfact": "load"}

func readTables(t testing.TB, dir string, names ...string) (out []table) {
	t.Helper()
	db := rawDB(t, dir)
	defer db.Close()
	for _, name := range names {
		rows, err := db.Query("SELECT * FROM " + name + " ORDER BY " + inOrder[name])
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		tab := table{name: name, columns: strings.Join(columns, ", ")}
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			tab.rows = append(tab.rows, values)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
		out = append(out, tab)
	}
	return out
}

// searchRows are the words of the text index; the index keeps no text, so they are put together from its terms.
func searchRows(t testing.TB, dir string) table {
	t.Helper()
	db := rawDB(t, dir)
	defer db.Close()
	if _, err := db.Exec("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, search, instance)"); err != nil {
		t.Fatal(err)
	}
	rows, err := db.Query("SELECT doc, term FROM temp.terms ORDER BY doc, offset")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	tab := table{name: "search", columns: "rowid, words"}
	var last int64
	var words strings.Builder
	flush := func() {
		if words.Len() > 0 {
			tab.rows = append(tab.rows, []any{last, words.String()})
		}
		words.Reset()
	}
	for rows.Next() {
		var doc int64
		var term string
		if err := rows.Scan(&doc, &term); err != nil {
			t.Fatal(err)
		}
		if doc != last {
			flush()
			last = doc
		}
		words.WriteString(term + " ")
	}
	flush()
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return tab
}
