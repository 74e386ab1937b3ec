package desk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/board"
	"tracedesk/backend/desk/load"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

func init() { children["board"] = boardChild }

// measured are the times of one kind of question, in milliseconds, and what they may be.
type measured struct {
	What  string
	Times []float64
	P     float64 // the share of times that must keep the bar
	Bar   float64
}

// boardResult is what a working desk tells of itself.
type boardResult struct {
	StartMS float64
	RSS     float64
	Peak    float64
	Asked   []measured
}

// BenchmarkStore asks a desk with a long history: 1,000,000 loads of which 50,000 are live (-full).
//
// The history is written straight through the store: each load's observations are made and folded by the rooms' own code,
// but without reading files, matching, or a run that becomes visible.
func BenchmarkStore(b *testing.B) {
	for range b.N {
		dir := os.Getenv("TRACEDESK_HISTORY") // a folder kept from before, since writing a million loads takes minutes
		if dir == "" {
			dir = filepath.Join(b.TempDir(), "desk")
		}
		loads, live := size(5000, 1000000), size(1000, 50000)
		if _, err := os.Stat(filepath.Join(dir, store.FileName)); err != nil {
			began := time.Now()
			writeHistory(b, dir, loads, live)
			fmt.Printf("\nhistory of %d loads, %d live, written in %.0f s\n", loads, live, seconds(time.Since(began)))
		}
		var warm, got boardResult
		runChild(b, &warm, "board", dir, strconv.Itoa(loads), strconv.Itoa(live), "start")
		runChild(b, &got, "board", dir, strconv.Itoa(loads), strconv.Itoa(live), "all")
		show := figures{b}
		show.atMost("start to first board, warm", got.StartMS, 1500, "ms")
		for _, m := range got.Asked {
			slices.Sort(m.Times)
			what := fmt.Sprintf("%s, p%g of %d", m.What, 100*m.P, len(m.Times))
			show.atMost(what, m.Times[int(m.P*float64(len(m.Times)-1))], m.Bar, "ms")
		}
		show.atMost("memory of the process, resident at the end", got.RSS, 200, "MB")
		fmt.Printf("%-58s %12.2f MB\n", "memory of the process, at most", got.Peak)
	}
}

// historyLoad is load n of the history: its observations. The last ones are live.
func historyLoad(n int, live bool) []freight.Observation {
	tms := freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}
	carrier := freight.Source{Kind: freight.CarrierSrc, Account: carriersOf[n%len(carriersOf)]}
	number := freight.Reference{Type: freight.RefLoad, Value: strconv.Itoa(1000000 + n)}
	from, to := townsOf[n%len(townsOf)], townsOf[(n/7+n+3)%len(townsOf)]
	day := deskNow.Add(-time.Duration(1000000-n) * time.Minute)
	if live {
		day = deskNow.Add(time.Duration(n%2880-1440) * time.Minute)
	}
	text := func(f freight.Fact, v string) freight.Claim {
		return freight.Claim{Fact: f, Value: freight.Value{Text: v}}
	}
	stop := func(seq int, f freight.Fact, v freight.Value) freight.Claim {
		return freight.Claim{Subject: freight.Stop(seq), Fact: f, Value: v}
	}
	window := func(t time.Time) freight.Value {
		return freight.Value{Start: freight.At(t), End: freight.At(t.Add(2 * time.Hour))}
	}
	claims := []freight.Claim{text(freight.FactCustomer, customersOf[n%len(customersOf)]), text(freight.FactCarrier, carrier.Account+" Lines"), text(freight.FactSCAC, carrier.Account),
		{Fact: freight.FactReference, Value: freight.Value{Type: "BOL", Text: "B" + strconv.Itoa(61000000+n)}},
		{Fact: freight.FactReference, Value: freight.Value{Type: "PRO", Text: strconv.Itoa(300000000 + 7*n), Scope: carrier.Account}},
		{Fact: freight.FactDriver, Value: freight.Value{Type: "NAME", Text: driversOf[n%len(driversOf)]}},
		stop(1, freight.FactStopKind, freight.Value{Text: "pickup"}), stop(1, freight.FactPlace, freight.Value{Place: from}), stop(1, freight.FactWindow, window(day)),
		stop(2, freight.FactStopKind, freight.Value{Text: "delivery"}), stop(2, freight.FactPlace, freight.Value{Place: to}), stop(2, freight.FactWindow, window(day.Add(30*time.Hour)))}
	out := []freight.Observation{{Source: tms, ReceivedAt: day.Add(-24 * time.Hour), Names: []freight.Reference{number}, Claims: claims, Text: number.Value + " as exported"}}
	happened := func(f freight.Fact, seq int, at time.Time) {
		c := stop(seq, f, freight.Value{})
		c.At = freight.At(at)
		out = append(out, freight.Observation{Source: carrier, ReceivedAt: at.Add(5 * time.Minute), Names: []freight.Reference{number}, Claims: []freight.Claim{c}})
	}
	if !live || n%3 > 0 {
		happened(freight.FactArrived, 1, day.Add(20*time.Minute))
		happened(freight.FactDeparted, 1, day.Add(90*time.Minute))
	}
	if !live {
		happened(freight.FactDelivered, 2, day.Add(31*time.Hour))
		out = append(out, freight.Observation{Source: tms, ReceivedAt: day.Add(72 * time.Hour), Names: []freight.Reference{number},
			Claims: []freight.Claim{{Fact: freight.FactPaper, Value: freight.Value{Type: freight.POD, Text: "verified"}}, {Fact: freight.FactStatus, Value: freight.Value{Type: "tms", Text: "closed"}}}})
	}
	for i := range out {
		o := &out[i]
		o.StatedAt = o.ReceivedAt
		o.ID = o.Identify()
	}
	return out
}

var (
	carriersOf  = []string{"ABFS", "BLUL", "REDL", "KNIG", "SWFT", "SCNN", "WERN", "HJBT"}
	customersOf = []string{"Acme Foods", "Łódź Glass", "Borealis Paper", "Cedar Mills", "Delta Steel", "Evergreen Seeds", "Fjord Salmon", "Granite Works"}
	driversOf   = []string{"Ann Lee", "Bob Ray", "Cy Young", "Dee Dole", "Eve Stone", "Fay Wood", "Gus Hall", "Hal Reed", "Ivy Lane", "Jay Cole", "Kay Ford"}
	townsOf     = []freight.Place{{City: "Dallas", State: "TX"}, {City: "Phoenix", State: "AZ"}, {City: "Chicago", State: "IL"}, {City: "Denver", State: "CO"},
		{City: "Atlanta", State: "GA"}, {City: "Memphis", State: "TN"}, {City: "Reno", State: "NV"}, {City: "Laredo", State: "TX"}, {City: "Joliet", State: "IL"}}
)

func writeHistory(t testing.TB, dir string, loads, live int) {
	t.Helper()
	ctx := context.Background()
	d := openDesk(t, dir)
	if err := d.Ledger.MarkVersion(ctx); err != nil {
		t.Fatal(err)
	}
	const batch = 2000
	for at := 0; at < loads; at += batch {
		err := d.Store.Write(ctx, func(tx *store.Tx) error {
			for n := at; n < min(at+batch, loads); n++ {
				if err := writeLoad(tx, n, n >= loads-live); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if at%(batch*10) == 0 {
			if err := d.Ledger.FoldDirty(ctx, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := d.Ledger.FoldDirty(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if _, onBoard, err := d.Store.Counts(ctx); err != nil || onBoard != live {
		t.Fatalf("%d loads on the board, want %d: %v", onBoard, live, err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

func writeLoad(tx *store.Tx, n int, live bool) error {
	log := historyLoad(n, live)
	number := log[0].Names[0]
	l := store.Load{UID: freight.LoadIDOf(freight.DefaultTMS, number.Value), Account: freight.DefaultTMS, Number: number.Value, First: log[0].ReceivedAt}
	if err := tx.NewLoad(&l, 0); err != nil {
		return err
	}
	for i := range log {
		body, err := store.EncodeObservation(&log[i])
		if err != nil {
			return err
		}
		if _, err := tx.Append(store.Entry{Obs: &log[i], Body: body, Load: l.ID, Terms: "history"}); err != nil {
			return err
		}
	}
	for _, ref := range store.Numbers(&log[0]) {
		if err := tx.AddRef(l.ID, ref, 0); err != nil {
			return err
		}
	}
	return tx.MarkDirtyBy([]int64{l.ID}, 0)
}

// boardChild opens a desk, shows the first page, and asks it everything.
func boardChild(args []string) error {
	dir := args[0]
	loads, _ := strconv.Atoi(args[1])
	live, _ := strconv.Atoi(args[2])
	ctx := context.Background()
	began := time.Now()
	d, err := desk.Open(ctx, desk.Options{Dir: dir, Person: "Ida", Now: func() time.Time { return deskNow }})
	if err != nil {
		return err
	}
	defer d.Close()
	a := asker{ctx: ctx, desk: d, board: board.New(d), load: load.New(d), dice: rand.New(rand.NewPCG(3, 5)), loads: loads, live: live}
	if err := a.page(board.ViewSpec{}); err != nil {
		return err
	}
	out := boardResult{StartMS: millis(time.Since(began))}
	if args[3] == "all" {
		if out.Asked, err = a.all(); err != nil {
			return err
		}
	}
	runtime.GC()
	out.RSS, out.Peak = nowMB(), peakMB()
	return json.NewEncoder(os.Stdout).Encode(out)
}

type asker struct {
	ctx         context.Context
	desk        *desk.Desk
	board       *board.Area
	load        *load.Area
	dice        *rand.Rand
	loads, live int
}

func (a *asker) page(spec board.ViewSpec) error {
	v, err := a.board.Open(a.ctx, spec)
	if err != nil {
		return err
	}
	rows, err := a.board.Rows(a.ctx, v.View, 0, 50)
	if err == nil && len(rows.Rows) == 0 && spec.Filter.Text == "" {
		err = fmt.Errorf("an empty board")
	}
	return err
}

// number is the number of some load.
func (a *asker) number(onBoard bool) string {
	if onBoard {
		return strconv.Itoa(1000000 + a.loads - 1 - a.dice.IntN(a.live))
	}
	return strconv.Itoa(1000000 + a.dice.IntN(a.loads))
}

func (a *asker) search(words string, least int) error {
	hits, err := a.board.Search(a.ctx, words, 50)
	if err == nil && len(hits.Hits) < least {
		err = fmt.Errorf("%q finds %d loads, not %d", words, len(hits.Hits), least)
	}
	return err
}

func (a *asker) note(text string) error {
	known, err := a.desk.FindLoad(a.ctx, a.number(true))
	if err != nil {
		return err
	}
	o := freight.Observation{Source: freight.Source{Kind: freight.User, Account: "Ida"}, By: "Ida", Claims: []freight.Claim{{Fact: freight.FactNote, Value: freight.Value{Text: text}}}}
	p, err := a.desk.Ledger.Post(a.ctx, known.ID, []freight.Observation{o}, nil)
	if err == nil && len(p.IDs) != 1 {
		err = fmt.Errorf("the note was not taken")
	}
	return err
}

func (a *asker) all() ([]measured, error) {
	var out []measured
	ask := func(what string, n int, p, bar float64, question func(i int) error) error {
		m := measured{What: what, P: p, Bar: bar}
		for i := range n {
			began := time.Now()
			if err := question(i); err != nil {
				return fmt.Errorf("%s: %w", what, err)
			}
			m.Times = append(m.Times, millis(time.Since(began)))
		}
		out = append(out, m)
		return nil
	}
	view, err := a.board.Open(a.ctx, board.ViewSpec{})
	if err != nil {
		return nil, err
	}
	firstPage := func(int) error { _, err := a.board.Rows(a.ctx, view.View, 0, 50); return err }
	sorts := []board.SortKey{board.ByLoad, board.ByCustomer, board.ByCarrier, board.ByLane, board.ByWindow, board.ByNews, board.ByETA, board.ByState}
	oneLoad := func(i int) error {
		_, err := a.load.Load(a.ctx, a.number(i%2 == 0), load.When{})
		return err
	}
	for _, q := range []struct {
		what     string
		n        int
		p, bar   float64
		question func(i int) error
	}{
		{"board, first page of a view", 1000, 0.99, 5, firstPage},
		{"board, any page of a view", 300, 0.99, 5, func(int) error {
			from := a.dice.IntN(max(1, view.Count-50))
			_, err := a.board.Rows(a.ctx, view.View, from, from+50)
			return err
		}},
		{"sort, with its first page", 80, 0.95, 25, func(i int) error {
			return a.page(board.ViewSpec{Sort: board.Sort{By: sorts[i%len(sorts)], Desc: i%3 == 0}})
		}},
		{"filter, with its first page", 80, 0.95, 25, func(i int) error {
			switch i % 4 {
			case 0:
				return a.page(board.ViewSpec{Filter: board.Filter{Customers: freight.List[string]{customersOf[i%len(customersOf)]}}})
			case 1:
				return a.page(board.ViewSpec{Filter: board.Filter{Text: "lodz dallas"}})
			case 2:
				return a.page(board.ViewSpec{Filter: board.Filter{States: freight.List[freight.LoadState]{freight.InTransit}}})
			}
			return a.page(board.ViewSpec{Filter: board.Filter{Text: a.number(true)}})
		}},
		{"a reference found", 300, 0.99, 10, func(int) error {
			_, err := a.desk.FindLoad(a.ctx, "BOL:B"+strconv.Itoa(61000000+a.dice.IntN(a.loads)))
			return err
		}},
		{"search for a number", 300, 0.99, 10, func(int) error { return a.search("B"+strconv.Itoa(61000000+a.dice.IntN(a.loads)), 1) }},
		{"free words, 50 hits of many", 60, 0.95, 60, func(i int) error {
			return a.search([]string{"lodz glass", "reno laredo", "fjord", "ann lee", "knig phoenix", "dall"}[i%6], 50)
		}},
		{"free words, few", 60, 0.95, 60, func(int) error { return a.search("fjord "+a.number(false), 0) }},
		{"one load", 300, 0.99, 10, oneLoad},
		{"a new observation reaches the projection", 200, 0.95, 20, func(i int) error { return a.note("note " + strconv.Itoa(i)) }},
	} {
		if err := ask(q.what, q.n, q.p, q.bar, q.question); err != nil {
			return nil, err
		}
	}
	if view, err = a.board.Open(a.ctx, board.ViewSpec{}); err != nil { // the many views above made the desk forget the first
		return nil, err
	}
	var busy atomic.Bool
	busy.Store(true)
	writing := make(chan error, 1)
	go func() { writing <- a.importing(&busy) }()
	err = ask("one load while an import is written", 600, 0.99, 10, oneLoad)
	if err == nil {
		err = ask("first page while an import is written", 600, 0.99, 10, firstPage)
	}
	if err == nil {
		err = ask("a note while an import is written", 60, 0.99, 100, func(i int) error { return a.note("meanwhile " + strconv.Itoa(i)) })
	}
	busy.Store(false)
	if wrote := <-writing; err == nil {
		err = wrote
	}
	return out, err
}

// importing runs imports of statuses of live loads for as long as busy says.
func (a *asker) importing(busy *atomic.Bool) error {
	for round := 0; busy.Load(); round++ {
		records := func(yield func(freight.Record, error) bool) {
			for n := range 20000 {
				if !busy.Load() {
					return
				}
				c := freight.Claim{Subject: freight.Stop(2), Fact: freight.FactETA, Value: freight.Value{Start: freight.At(deskNow.Add(time.Duration(round*20000+n) * time.Second))}}
				o := freight.Observation{Source: freight.Source{Kind: freight.Project44, Account: "bench"}, Claims: []freight.Claim{c},
					Names: []freight.Reference{{Type: freight.RefLoad, Value: strconv.Itoa(1000000 + a.loads - 1 - n%a.live)}}}
				if !yield(freight.Record{N: n + 1, Observations: []freight.Observation{o}}, nil) {
					return
				}
			}
		}
		if _, err := a.desk.Ledger.Import(a.ctx, ledger.RunSpec{Name: "bench", Kind: freight.EventsFile, Raw: strconv.Itoa(round)}, records, nil); err != nil {
			return err
		}
	}
	return nil
}
