package apitest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"tracedesk/backend/desk/board"
	"tracedesk/backend/freight"
)

// missing is the error for what is not there.
type missing string

func (m missing) Error() string { return string(m) }

// Code is not_found.
func (missing) Code() string { return "not_found" }

// Board is the board in memory.
type Board struct {
	mu    sync.Mutex
	rows  []board.Row
	views map[string][]int
	specs map[string]board.ViewSpec
	seq   int64
	log   []board.Changes
	woken chan struct{}
	acts  []string
}

// NewBoard makes n loads.
func NewBoard(n int) *Board {
	rng := rand.New(rand.NewPCG(7, 11))
	b := &Board{views: map[string][]int{}, specs: map[string]board.ViewSpec{}, woken: make(chan struct{})}
	for i := range n {
		b.rows = append(b.rows, makeRow(rng, i))
	}
	return b
}

// Touch changes row i and announces it.
func (b *Board) Touch(i int, change func(*board.Row)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change(&b.rows[i])
	b.seq++
	b.log = append(b.log, board.Changes{Seq: b.seq, Loads: freight.List[string]{b.rows[i].ID}})
	close(b.woken)
	b.woken = make(chan struct{})
}

// Status tells the state of the desk.
func (b *Board) Status(context.Context) (board.DeskStatus, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	early := Now.Add(-42 * 60e9)
	return board.DeskStatus{Version: "0.1.0", Home: "/desk", Demo: true, Person: "Ana Ruiz", Now: Now, Zone: "America/Chicago", Seq: b.seq,
		Live: len(b.rows), Total: len(b.rows), Waiting: board.Waiting{Quarantine: 3, Documents: 2, Intents: 2},
		Sources: freight.List[board.SourceHealth]{{Source: "tms", State: board.HealthOK, LastAt: &Now, Loads: len(b.rows), Text: "export read at 14:30"},
			{Source: "project44", State: board.HealthStale, LastAt: &early, Loads: 120, Text: "42 min old"}}}, nil
}

// Changes names what changed after since.
func (b *Board) Changes(_ context.Context, since int64) (board.Changes, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := board.Changes{Since: since, Seq: b.seq}
	for _, c := range b.log {
		if c.Seq > since {
			out.Loads = append(out.Loads, c.Loads...)
		}
	}
	return out, nil
}

// Await waits for something after since.
func (b *Board) Await(ctx context.Context, since int64) (board.Changes, error) {
	for {
		b.mu.Lock()
		seq, woken := b.seq, b.woken
		b.mu.Unlock()
		if seq > since {
			return b.Changes(ctx, since)
		}
		select {
		case <-ctx.Done():
			return board.Changes{}, ctx.Err()
		case <-woken:
		}
	}
}

// Open opens a view.
func (b *Board) Open(_ context.Context, spec board.ViewSpec) (board.View, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	order, counts := b.choose(spec)
	id := fmt.Sprintf("v%d", len(b.views)+1)
	b.views[id], b.specs[id] = order, spec
	found := slices.IndexFunc(order, func(i int) bool { return b.rows[i].ID == spec.Find })
	return board.View{View: id, Count: len(order), Counts: counts, Found: found, Seq: b.seq, AsOf: Now}, nil
}

func (b *Board) choose(spec board.ViewSpec) ([]int, board.Counts) {
	var order []int
	var counts board.Counts
	for i := range b.rows {
		row := &b.rows[i]
		if !matches(spec.Filter, row) {
			continue
		}
		count(&counts, row.Attention.Level)
		if len(spec.Filter.Levels) == 0 || slices.Contains(spec.Filter.Levels, row.Attention.Level) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(x, y int) int {
		c := compare(spec.Sort.By, &b.rows[x], &b.rows[y])
		if spec.Sort.Desc {
			return -c
		}
		return c
	})
	return order, counts
}

func compare(by board.SortKey, x, y *board.Row) int {
	switch by {
	case board.ByCustomer:
		return strings.Compare(x.Customer, y.Customer)
	case board.ByCarrier:
		return strings.Compare(x.Carrier, y.Carrier)
	case board.ByLoad:
		return strings.Compare(x.Load, y.Load)
	}
	if c := x.Attention.Level.Rank() - y.Attention.Level.Rank(); c != 0 {
		return c
	}
	return *x.Attention.Minutes - *y.Attention.Minutes
}

func matches(f board.Filter, row *board.Row) bool {
	text := strings.ToLower(strings.Join([]string{row.Load, row.Customer, row.Carrier, row.Origin, row.Dest, row.Refs[0].Value, row.Refs[1].Value}, " "))
	return strings.Contains(text, strings.ToLower(f.Text)) &&
		(len(f.Customers) == 0 || slices.Contains(f.Customers, row.Customer)) &&
		(len(f.Carriers) == 0 || slices.Contains(f.Carriers, row.Carrier)) &&
		(len(f.States) == 0 || slices.Contains(f.States, row.State)) &&
		(len(f.Papers) == 0 || row.State.Done() && row.Papers.POD == freight.PaperMissing)
}

func count(c *board.Counts, level freight.Level) {
	at := map[freight.Level]*int{freight.ActNow: &c.ActNow, freight.AtRisk: &c.AtRisk, freight.Verify: &c.Verify,
		freight.Waiting: &c.Waiting, freight.OnPlan: &c.OnPlan, freight.DoneDay: &c.Done}
	*at[level]++
}

// Rows reads a piece of a view.
func (b *Board) Rows(_ context.Context, view string, from, to int) (board.Rows, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	order, ok := b.views[view]
	if !ok {
		return board.Rows{}, missing("This view is no longer open.")
	}
	fresh, counts := b.choose(b.specs[view])
	out := board.Rows{View: view, From: from, Count: len(order), Counts: counts, Seq: b.seq, AsOf: Now, Pending: moved(order, fresh)}
	for _, i := range order[min(from, len(order)):min(to, len(order))] {
		out.Rows = append(out.Rows, b.rows[i])
	}
	return out, nil
}

func moved(order, fresh []int) (n int) {
	for i := range max(len(order), len(fresh)) {
		if i >= len(order) || i >= len(fresh) || order[i] != fresh[i] {
			n++
		}
	}
	return n
}

// Search finds loads by their words.
func (b *Board) Search(_ context.Context, query string, limit int) (board.Hits, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := board.Hits{Query: query}
	for i := range b.rows {
		row := &b.rows[i]
		if matches(board.Filter{Text: query}, row) && len(out.Hits) < limit {
			out.Hits = append(out.Hits, board.Hit{ID: row.ID, Load: row.Load, Customer: row.Customer, Carrier: row.Carrier,
				Lane: row.Origin + " → " + row.Dest, State: row.State, Field: string(row.Refs[1].Type), Text: row.Refs[1].Value})
		}
	}
	return out, nil
}

// Customers lists customers.
func (b *Board) Customers(context.Context) (board.Parties, error) { return parties(customers), nil }

// Carriers lists carriers.
func (b *Board) Carriers(context.Context) (board.Parties, error) { return parties(carriers), nil }

func parties(names []string) (out board.Parties) {
	for i, name := range names {
		out.Parties = append(out.Parties, board.Party{Name: name, Live: 40 + i, Total: 90 + i})
	}
	return out
}

// Saved are no views.
func (b *Board) Saved(context.Context) (board.SavedViews, error) { return board.SavedViews{}, nil }

// Save keeps nothing.
func (b *Board) Save(_ context.Context, v board.SavedViews) (board.SavedViews, error) { return v, nil }
