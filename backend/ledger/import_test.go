package ledger_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/format/sheet"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/place"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
)

// bench is a desk's ledger over a real file, with a clock that the test sets.
type bench struct {
	*ledger.Ledger
	t     testing.TB
	store *store.Store
	now   time.Time
}

func newBench(t testing.TB, dir string) *bench {
	t.Helper()
	st, err := store.Open(context.Background(), dir, store.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	b := &bench{t: t, store: st, now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)}
	b.Ledger = ledger.New(st, place.New(), timeline.DefaultConfig(), func() time.Time { return b.now })
	return b
}

// sheet imports one of our own sheets.
func (b *bench) sheet(name, text string, full bool) ledger.RunResult {
	b.t.Helper()
	res, err := b.Import(context.Background(), b.spec(name, text, full), b.records(name, text), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return res
}

func (b *bench) spec(name, text string, full bool) ledger.RunSpec {
	return ledger.RunSpec{Name: name, Kind: freight.LoadsFile, Raw: fmt.Sprint(len(text)), Full: full}
}

func (b *bench) records(name, text string) func(func(freight.Record, error) bool) {
	b.t.Helper()
	book, err := sheet.Open(name, strings.NewReader(text), int64(len(text)))
	if err != nil {
		b.t.Fatal(err)
	}
	return sheet.Read(book, nil, sheet.Options{ReceivedAt: b.now})
}

// load folds a load by its number.
func (b *bench) load(number string) ledger.View {
	b.t.Helper()
	hits, err := b.store.RefHits(context.Background(), number, 10)
	if err != nil || len(hits) == 0 {
		b.t.Fatalf("no load %s: %v", number, err)
	}
	v, err := b.View(context.Background(), hits[0].Load, time.Time{}, b.now)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

const loads1 = `load,customer,carrier,scac,stop,kind,city,state,appt_start,appt_end,refs,status
1001,Acme,Blue Line,BLUL,1,pickup,Dallas,TX,2026-11-23 08:00,2026-11-23 10:00,BOL:77;PRO:55,dispatched
1001,Acme,Blue Line,BLUL,2,delivery,Phoenix,AZ,2026-11-24 08:00,2026-11-24 10:00,,
1002,Acme,Red Line,REDL,1,pickup,Chicago,IL,2026-11-23 12:00,2026-11-23 14:00,BOL:78,
1002,Acme,Red Line,REDL,2,delivery,Denver,CO,2026-11-25 08:00,2026-11-25 10:00,,
`

func TestImportOwnSheets(t *testing.T) {
	b := newBench(t, t.TempDir())
	res := b.sheet("loads.csv", loads1, false)
	if res.New != 2 || res.Records != 4 || res.Observations != 4 || res.Duplicates != 0 {
		t.Fatalf("first import: %+v", res.Run)
	}
	b.now = b.now.Add(time.Hour)
	if res = b.sheet("loads.csv", loads1, false); res.New != 0 || res.Updated != 0 || res.Observations != 0 || res.Duplicates != 4 {
		t.Fatalf("the same again: %+v", res.Run)
	}
	res = b.sheet("events.csv", "load,source,event,stop,at,text\n1001,carrier,arrived,1,2026-11-23 08:10,at shipper\nBOL:77,project44,departed,1,2026-11-23 09:40,left\n9999,carrier,arrived,1,2026-11-23 08:00,?\n", false)
	if res.Observations != 3 || res.Updated != 1 || res.New != 1 {
		t.Fatalf("events: %+v", res.Run)
	}
	v := b.load("1001")
	if v.Timeline.State != freight.InTransit {
		t.Errorf("state %s, want inTransit", v.Timeline.State)
	}
	if got := v.Timeline.Stops[0].Arrived.At.UTC().Format(time.RFC3339); got != "2026-11-23T14:10:00Z" {
		t.Errorf("arrived at %s: Dallas is six hours behind", got)
	}
	if !b.load("9999").Timeline.Provisional {
		t.Error("a load known to the carrier only is provisional")
	}
	changed := strings.Replace(loads1, "2026-11-24 10:00", "2026-11-24 12:00", 1)
	b.now = b.now.Add(time.Hour)
	if res = b.sheet("loads.csv", changed, false); res.Observations != 1 || res.Updated != 1 {
		t.Fatalf("one row changed: %+v", res.Run)
	}
	stop := b.load("1001").Timeline.Stops[1]
	if got := stop.Window.End.UTC().Format("15:04"); got != "19:00" {
		t.Errorf("window ends %s", got)
	}
	if got := stop.Original.End.UTC().Format("15:04"); got != "17:00" {
		t.Errorf("the original window ended %s", got)
	}
	b.now = b.now.Add(time.Hour)
	if res = b.sheet("loads.csv", loads1[:strings.Index(loads1, "1002")], true); res.Gone != 1 {
		t.Fatalf("full export without 1002: %+v", res.Run)
	}
	if b.load("1002").Timeline.Gone == nil {
		t.Error("1002 is gone")
	}
}

func TestStopsInAnotherOrderSayNothingNew(t *testing.T) {
	b := newBench(t, t.TempDir())
	b.sheet("loads.csv", loads1, false)
	lines := strings.Split(strings.TrimSpace(loads1), "\n")
	// The load's own facts stand on every row of the file; the reader claims them with the first row of a load.
	fill := func(row, from string) string {
		cells, first := strings.Split(row, ","), strings.Split(from, ",")
		cells[10], cells[11] = first[10], first[11]
		return strings.Join(cells, ",")
	}
	turned := strings.Join([]string{lines[0], fill(lines[2], lines[1]), lines[1], fill(lines[4], lines[3]), lines[3]}, "\n") + "\n"
	b.now = b.now.Add(time.Hour)
	b.sheet("loads.csv", turned, false)
	v := b.load("1001").Timeline
	if v.Customer.Value != "Acme" || v.SCAC.Value != "BLUL" || len(v.Refs) != 2 {
		t.Errorf("customer %q, SCAC %q, %d references: facts that moved to another row are not taken away", v.Customer.Value, v.SCAC.Value, len(v.Refs))
	}
}
