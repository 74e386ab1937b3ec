package ledger_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// logTables hold what cannot be drawn anew; projections are drawn from them. A cancelled run may leave a source known.
var (
	logTables   = []string{"run", "load", "joined", "ref", "observation", "position", "link", "snapshot", "dirty", "quarantine", "intent", "audit"}
	projections = []string{"board", "state", "stopfact", "loadfact", "exception", "errand"}
)

// dump is the content of tables as text, row by row; columns named in but are left out.
func dump(t testing.TB, b *bench, tables []string, but ...string) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.store.Dir(), store.FileName)+"?_pragma=busy_timeout(5000)&_pragma=query_only(1)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	out := map[string][]string{}
	for _, table := range tables {
		out[table] = rowsOf(t, db, "SELECT * FROM "+table, but)
		slices.Sort(out[table])
	}
	return out
}

func rowsOf(t testing.TB, db *sql.DB, query string, but []string) (out []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var line strings.Builder
		for i, c := range columns {
			if !strings.Contains(" "+strings.Join(but, " ")+" ", " "+c+" ") {
				fmt.Fprintf(&line, "%s=%v ", c, values[i])
			}
		}
		out = append(out, line.String())
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// projected is all that the desk shows, drawn from the log: rows, states, stops, words.
func projected(t testing.TB, b *bench) map[string][]string {
	t.Helper()
	// When a verdict was reached is no part of it; the digest in words stands for the text index, which is read below.
	out := dump(t, b, projections, "evaluated", "body")
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.store.Dir(), store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, search, instance)"); err != nil {
		t.Fatal(err)
	}
	out["search"] = rowsOf(t, db, "SELECT doc, term, offset FROM temp.terms ORDER BY doc, offset, term", nil)
	for _, line := range out["board"] {
		var load int64
		fmt.Sscanf(line, "load=%d", &load)
		out["view"] = append(out["view"], b.viewJSON(load, time.Time{}))
	}
	return out
}

func (b *bench) viewJSON(load int64, asOf time.Time) string {
	b.t.Helper()
	at := b.now
	if !asOf.IsZero() {
		at = asOf
	}
	v, err := b.View(context.Background(), load, asOf, at)
	if err != nil {
		b.t.Fatal(err)
	}
	body, err := json.Marshal(v)
	if err != nil {
		b.t.Fatal(err)
	}
	return string(body)
}

func (b *bench) same(what string, want, got map[string][]string) {
	b.t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		b.t.Errorf("%s:\n%.4000s", what, d)
	}
}

// rebuiltEqualsLive draws everything anew and compares.
func (b *bench) rebuiltEqualsLive() {
	b.t.Helper()
	if diff := b.rebuiltDiffers(); diff != "" {
		b.t.Errorf("rebuilt differs from live (-live +rebuilt):\n%s", diff)
	}
}

// rebuiltDiffers draws all projections anew and tells what is not as it was.
func (b *bench) rebuiltDiffers() string {
	b.t.Helper()
	ctx := context.Background()
	if _, err := b.Tick(ctx); err != nil {
		b.t.Fatal(err)
	}
	live := projected(b.t, b)
	if err := b.Rebuild(ctx, nil); err != nil {
		b.t.Fatal(err)
	}
	if found, err := b.store.Check(ctx); err != nil || found != nil {
		b.t.Error(found, err)
	}
	return cmp.Diff(live, projected(b.t, b))
}

// post states one thing about a load as a person does.
func (b *bench) post(number string, claim freight.Claim) freight.ObservationID {
	b.t.Helper()
	return b.postAs(number, freight.Observation{Claims: []freight.Claim{claim}})
}

func (b *bench) postAs(number string, o freight.Observation) freight.ObservationID {
	b.t.Helper()
	o.Source, o.By, o.StatedAt = freight.Source{Kind: freight.User, Account: "Ida"}, "Ida", b.now
	p, err := b.Post(context.Background(), b.id(number), []freight.Observation{o}, nil)
	if err != nil || len(p.IDs) != 1 {
		b.t.Fatal(p, err)
	}
	return p.IDs[0]
}

func (b *bench) id(number string) int64 {
	b.t.Helper()
	hits, err := b.store.RefHits(context.Background(), number, 10)
	if err != nil || len(hits) == 0 {
		b.t.Fatalf("no load %s: %v", number, err)
	}
	return hits[0].Load
}

func (b *bench) count(table string) (n int) {
	b.t.Helper()
	return len(dump(b.t, b, []string{table})[table])
}

// manyLoads is a sheet of n loads, two stops each.
func manyLoads(first, n int) string {
	var s strings.Builder
	s.WriteString("load,customer,scac,stop,kind,city,state,appt_start,appt_end,refs\n")
	for i := first; i < first+n; i++ {
		fmt.Fprintf(&s, "%d,Acme,BLUL,1,pickup,Dallas,TX,2026-11-23 08:00,2026-11-23 10:00,BOL:B%d;PRO:P%d\n", i, i, i)
		fmt.Fprintf(&s, "%d,Acme,BLUL,2,delivery,Phoenix,AZ,2026-11-24 08:00,2026-11-24 10:00,\n", i)
	}
	return s.String()
}

// stopped runs do through the first records and then act.
func stopped(records iter.Seq2[freight.Record, error], after int, act func()) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		n := 0
		for rec, err := range records {
			if n++; n == after {
				act()
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

const events = `load,source,event,stop,at,text,lat,lon
1001,carrier,arrived,1,2026-11-23 08:10,at shipper,,
BOL:B1003,project44,departed,1,2026-11-23 09:40,left,,
1004,carrier,position,,2026-11-23T16:00:00Z,,32.9,-97.1
9999,carrier,arrived,1,2026-11-23 08:00,?,,
9999,carrier,position,,2026-11-23T16:00:00Z,,33.9,-98.1
X55,user,note,,2026-11-23 08:00,who is that,,
`

func TestACancelledRunLeavesNothing(t *testing.T) {
	b := newBench(t, t.TempDir())
	b.sheet("loads.csv", manyLoads(1001, 50), false)
	b.sheet("events.csv", "load,source,event,stop,at,text\nBOL:Y77,user,note,,2026-11-23 08:00,nobody knows it yet\n", false)
	b.now = b.now.Add(time.Hour)
	before, shown := dump(t, b, logTables), projected(t, b)
	changed := strings.ReplaceAll(manyLoads(1001, 200), "2026-11-24 10:00", "2026-11-24 12:00") + "1001,Acme,BLUL,3,delivery,Denver,CO,2026-11-25 08:00,2026-11-25 10:00,BOL:Y77\n"
	for name, text := range map[string]string{"loads.csv": changed, "events.csv": events + strings.Repeat("Z,carrier,arrived,1,2026-11-23 08:00,again,,\n", 400)} {
		for _, after := range []int{7, 300} {
			ctx, cancel := context.WithCancel(context.Background())
			stored := make(chan struct{})
			var once sync.Once
			records := stopped(b.records(name, text), after, func() {
				if after > 256 { // the first chunk is with the writer: let some of it reach the disk
					<-stored
				}
				cancel()
			})
			_, err := b.Import(ctx, b.spec(name, text, true), records, func(freight.Progress) { once.Do(func() { close(stored) }) })
			cancel()
			if !errors.Is(err, ledger.ErrCancelled) {
				t.Fatalf("%s: %v", name, err)
			}
			b.same(name+": a cancelled run left something (-before +after)", before, dump(t, b, logTables))
			b.same(name+": a cancelled run is seen (-before +after)", shown, projected(t, b))
			if runs, _ := b.store.PendingRuns(context.Background()); len(runs) > 0 {
				t.Error("a run is left to be resumed")
			}
		}
	}
	if res := b.sheet("loads.csv", changed, false); res.New != 150 || res.Updated != 50 {
		t.Errorf("the same file, not cancelled: %+v", res.Run)
	}
	b.rebuiltEqualsLive()
}

func TestNobodySeesHalfARun(t *testing.T) {
	b := newBench(t, t.TempDir())
	b.sheet("loads.csv", manyLoads(1001, 20), false)
	b.sheet("events.csv", "load,source,event,stop,at,text\nP1150,carrier,arrived,1,2026-11-23 08:00,the tender comes later\n", false)
	shown := projected(t, b)
	ctx := context.Background()
	text := strings.ReplaceAll(manyLoads(1001, 300), "2026-11-24 10:00", "2026-11-24 12:00")
	looks := 0
	look := func() {
		b.same("seen while a run is stored (-before +now)", shown, projected(t, b))
		for _, number := range []string{"1150", "BOL:B1170", "B1170"} {
			if hits, err := b.store.RefHits(ctx, number, 10); err != nil || len(hits) > 0 {
				t.Errorf("%s is found already: %v %v", number, hits, err)
			}
		}
		if hits, err := b.store.RefHits(ctx, "P1150", 10); err != nil || len(hits) != 1 {
			t.Errorf("the provisional load is found as %v, %v", hits, err)
		} else if l, err := b.store.Load(ctx, hits[0].Load); err != nil || !l.Provisional {
			t.Errorf("the provisional load became %+v, %v", l, err)
		}
		if n, _, err := b.store.Counts(ctx); err != nil || n != 21 {
			t.Errorf("%d loads counted, %v", n, err)
		}
		looks++
	}
	_, err := b.Import(ctx, b.spec("loads.csv", text, false), b.records("loads.csv", text), func(p freight.Progress) {
		if p.Stage == "storing" && looks < 3 {
			look()
		}
	})
	if err != nil || looks == 0 {
		t.Fatal(looks, err)
	}
	if n, _, _ := b.store.Counts(ctx); n != 301 {
		t.Errorf("%d loads after the run", n)
	}
	b.rebuiltEqualsLive()
}

func TestARunGoesOnWhereItWasCutOff(t *testing.T) {
	texts := map[string]string{"loads.csv": manyLoads(1001, 300), "events.csv": events}
	whole := newBench(t, t.TempDir())
	cut := newBench(t, t.TempDir())
	for _, b := range []*bench{whole, cut} {
		b.sheet("first.csv", manyLoads(1001, 60), false)
		b.sheet("lost.csv", "load,source,event,stop,at,text\nBOL:B1900,user,note,,2026-11-23 08:00,too early\n", false)
		b.now = b.now.Add(time.Hour)
	}
	for _, name := range []string{"loads.csv", "events.csv"} {
		want := whole.sheet(name, texts[name], name == "loads.csv")
		ctx, stop := context.WithCancelCause(context.Background())
		_, err := cut.Import(ctx, cut.spec(name, texts[name], name == "loads.csv"), cut.records(name, texts[name]), func(freight.Progress) { stop(ledger.ErrClosing) })
		if err == nil && name == "loads.csv" {
			t.Fatal("it was to be cut off")
		}
		pending, err := cut.store.PendingRuns(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for i := range pending {
			spec := cut.spec(name, texts[name], name == "loads.csv")
			spec.Resume = &pending[i]
			got, err := cut.Import(context.Background(), spec, cut.records(name, texts[name]), nil)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want.Run, got.Run, cmp.FilterPath(func(p cmp.Path) bool { return p.String() == "firstSeq" || p.String() == "Notes" }, cmp.Ignore())); d != "" {
				t.Errorf("%s: counts differ (-whole +resumed):\n%s", name, d)
			}
		}
		if err := cut.FoldDirty(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
	}
	whole.same("resumed differs from uninterrupted", dump(t, whole, logTables), dump(t, cut, logTables))
	whole.same("resumed shows another board", projected(t, whole), projected(t, cut))
	cut.rebuiltEqualsLive()
}

func TestStatusFirstTenderAfter(t *testing.T) {
	status := "load,source,event,stop,at,text\nPRO:P1001,carrier/BLUL,arrived,1,2026-11-23 08:10,at shipper\n"
	for _, order := range [][2]string{{"status", "tender"}, {"tender", "status"}} {
		t.Run(order[0]+" first", func(t *testing.T) {
			b := newBench(t, t.TempDir())
			texts := map[string]string{"status": status, "tender": manyLoads(1001, 1)}
			for _, name := range order {
				b.sheet(name+".csv", texts[name], false)
				b.now = b.now.Add(time.Minute)
			}
			v := b.load("1001")
			if v.Timeline.Provisional || v.Timeline.Stops[0].Arrived == nil {
				t.Errorf("load 1001: provisional %v, stop 1 %+v", v.Timeline.Provisional, v.Timeline.Stops[0])
			}
			if got, want := b.id("P1001"), b.id("1001"); got != want {
				t.Errorf("the PRO leads to load %d, the number to %d", got, want)
			}
			if n := b.count("board"); n != 1 {
				t.Errorf("%d rows on the board", n)
			}
			// The same message once more is no second one, whichever load it was filed under.
			before := b.count("observation")
			if res := b.sheet("status.csv", status, false); res.Observations != 0 || res.Duplicates != 1 || b.count("observation") != before {
				t.Errorf("the status again: %+v", res.Run)
			}
			b.rebuiltEqualsLive()
		})
	}
}

func TestAValueThatReturnsIsSaidThreeTimes(t *testing.T) {
	b := newBench(t, t.TempDir())
	row := "load,customer,stop,kind,city,state,appt_end\n1001,Acme,1,pickup,Dallas,TX,2026-11-23 %s\n"
	for i, at := range []string{"10:00", "14:00", "10:00"} {
		if res := b.sheet("loads.csv", fmt.Sprintf(row, at), false); res.Observations != 1 {
			t.Errorf("%d: %+v", i, res.Run)
		}
		b.now = b.now.Add(time.Hour)
		if res := b.sheet("loads.csv", fmt.Sprintf(row, at), false); res.Observations != 0 || res.Updated != 0 {
			t.Errorf("%d again: %+v", i, res.Run)
		}
		b.now = b.now.Add(time.Hour)
	}
	if n := b.count("observation"); n != 3 {
		t.Errorf("%d observations", n)
	}
	if got := b.load("1001").Timeline.Stops[0].Window.End.UTC().Format("15:04"); got != "16:00" {
		t.Errorf("window ends %s UTC", got)
	}
	b.rebuiltEqualsLive()
}

func TestAnOlderExportDoesNotOverride(t *testing.T) {
	b := newBench(t, t.TempDir())
	row := "load,customer,stop,kind,city,state,appt_end,updated_at\n1001,Acme,1,pickup,Dallas,TX,2026-11-23 %s,2026-11-23T%s:00Z\n"
	b.sheet("noon.csv", fmt.Sprintf(row, "14:00", "12:00"), false)
	b.now = b.now.Add(time.Hour)
	b.sheet("morning.csv", fmt.Sprintf(row, "10:00", "08:00"), false)
	if got := b.load("1001").Timeline.Stops[0].Window.End.UTC().Format("15:04"); got != "20:00" {
		t.Errorf("window ends %s UTC; the export of noon says 20:00", got)
	}
	b.rebuiltEqualsLive()
}

func TestGoneAndBack(t *testing.T) {
	b := newBench(t, t.TempDir())
	b.sheet("all.csv", manyLoads(1001, 3), true)
	for _, tc := range []struct{ loads, gone int }{{2, 1}, {2, 0}, {3, 0}, {1, 2}} {
		b.now = b.now.Add(time.Hour)
		if res := b.sheet("all.csv", manyLoads(1001, tc.loads), true); res.Gone != tc.gone {
			t.Errorf("full export of %d loads: %d gone, want %d", tc.loads, res.Gone, tc.gone)
		}
		for i := range 3 {
			if gone := b.load(fmt.Sprint(1001+i)).Timeline.Gone != nil; gone != (i >= tc.loads) {
				t.Errorf("full export of %d loads: load %d gone: %v", tc.loads, 1001+i, gone)
			}
		}
	}
	b.now = b.now.Add(time.Hour)
	if res := b.sheet("part.csv", manyLoads(1002, 1), false); res.Gone != 0 {
		t.Errorf("a file that is no full export: %+v", res.Run)
	}
	b.rebuiltEqualsLive()
}

func TestUndoAndUndoOfUndo(t *testing.T) {
	b := newBench(t, t.TempDir())
	b.sheet("loads.csv", loads1, false)
	customer := func() string { return b.load("1001").Timeline.Customer.Value }
	edit := b.post("1001", freight.Claim{Fact: freight.FactCustomer, Value: freight.Value{Text: "Zenith"}})
	if customer() != "Zenith" {
		t.Fatal("edited:", customer())
	}
	b.now = b.now.Add(time.Minute)
	undo := b.postAs("1001", freight.Observation{Retracts: edit})
	if customer() != "Acme" {
		t.Error("undone:", customer())
	}
	b.now = b.now.Add(time.Minute)
	again := b.postAs("1001", freight.Observation{Retracts: undo})
	if customer() != "Zenith" {
		t.Error("undo undone:", customer())
	}
	b.now = b.now.Add(time.Minute)
	b.postAs("1001", freight.Observation{Retracts: again})
	if customer() != "Acme" {
		t.Error("and once more:", customer())
	}
	b.rebuiltEqualsLive()
}

func TestAMessageWithoutALoadFindsItOnce(t *testing.T) {
	ctx := context.Background()
	early := "load,source,event,stop,at,text\nBOL:B1001,user,note,,2026-11-23 08:00,too early\n"
	for _, how := range []string{"assigned", "imported again", "posted again"} {
		t.Run(how, func(t *testing.T) {
			b := newBench(t, t.TempDir())
			b.sheet("early.csv", early, false)
			items, err := b.store.Quarantined(ctx, "open", b.now, 10)
			if err != nil || len(items) != 1 {
				t.Fatal(items, err)
			}
			b.now = b.now.Add(time.Hour)
			b.sheet("loads.csv", manyLoads(1001, 1), false)
			b.now = b.now.Add(time.Hour)
			switch how {
			case "assigned":
				if err := b.Assign(ctx, &items[0], b.id("1001"), "Ida", nil); err != nil {
					t.Fatal(err)
				}
			case "posted again":
				o := *items[0].Obs
				if p, err := b.Post(ctx, 0, []freight.Observation{o}, nil); err != nil || p.Duplicates != 1 {
					t.Fatal(p, err)
				}
			}
			b.sheet("early.csv", early, false)
			notes := b.load("1001").Timeline.Notes
			if len(notes) != 1 || notes[0].Text != "too early" {
				t.Errorf("notes %+v", notes)
			}
			if open, _ := b.store.QuarantineCount(ctx); open != 0 {
				t.Errorf("%d still wait", open)
			}
			b.rebuiltEqualsLive()
		})
	}
}

func TestAPostKeepsItsMessagesApart(t *testing.T) {
	b := newBench(t, t.TempDir())
	b.sheet("loads.csv", loads1, false)
	src := freight.Source{Kind: freight.User, Account: "Ida"}
	note := func(number, text string) freight.Observation {
		return freight.Observation{Source: src, By: "Ida", Names: []freight.Reference{{Type: freight.RefLoad, Value: number}},
			Claims: []freight.Claim{{Fact: freight.FactNote, Value: freight.Value{Text: text}}}}
	}
	p, err := b.Post(context.Background(), 0, []freight.Observation{note("1001", "ours"), note("7777", "of a load nobody knows")}, nil)
	if err != nil || len(p.Quarantined) != 1 || len(p.Loads) != 1 {
		t.Fatal(p, err)
	}
	if notes := b.load("1001").Timeline.Notes; len(notes) != 1 || notes[0].Text != "ours" {
		t.Errorf("notes %+v", notes)
	}
	b.rebuiltEqualsLive()
}

func TestAPostDuringARunStandsByItself(t *testing.T) {
	b := newBench(t, t.TempDir())
	b.sheet("loads.csv", manyLoads(1001, 10), false)
	ctx, cancel := context.WithCancel(context.Background())
	text := manyLoads(1001, 300)
	tms := freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}
	first := true
	var waited time.Duration
	_, err := b.Import(ctx, b.spec("loads.csv", text, false), b.records("loads.csv", text), func(p freight.Progress) {
		if !first {
			return
		}
		first = false
		// The run has stored load 1011 and its numbers, invisible. A message from elsewhere about it comes first now.
		o := freight.Observation{Source: tms, EventID: "e1", Names: []freight.Reference{{Type: freight.RefLoad, Value: "1011"}},
			Claims: []freight.Claim{{Fact: freight.FactReference, Value: freight.Value{Type: "BOL", Text: "B1011"}}}}
		began := time.Now()
		if _, err := b.Post(context.Background(), 0, []freight.Observation{o}, nil); err != nil {
			t.Error(err)
		}
		waited = time.Since(began)
		cancel()
	})
	if !errors.Is(err, ledger.ErrCancelled) {
		t.Fatal(err)
	}
	t.Log("the post took", waited)
	if b.id("B1011") != b.id("1011") {
		t.Error("what the post brought went with the cancelled run")
	}
	if n, _, _ := b.store.Counts(context.Background()); n != 11 {
		t.Errorf("%d loads; 10 and the posted one", n)
	}
	b.rebuiltEqualsLive()
}
