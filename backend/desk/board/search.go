package board

import (
	"cmp"
	"context"
	"encoding/hex"
	"slices"
	"strings"

	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// rankBelow: words that more loads carry than this are not ranked; see package store.
const rankBelow = 5000

// Search finds loads by a number first (that is a look-up), then by free words; when nothing goes by it, by the number that
// was probably meant.
func (a *Area) Search(ctx context.Context, query string, limit int) (Hits, error) {
	out := Hits{Query: query}
	if limit <= 0 || strings.TrimSpace(query) == "" {
		return out, nil
	}
	seen := map[int64]bool{}
	numbers, err := a.desk.Store.RefHits(ctx, query, limit)
	if err != nil {
		return out, err
	}
	for _, h := range numbers {
		if seen[h.Load] {
			continue
		}
		seen[h.Load] = true
		if err := a.hit(ctx, &out, h.Load, string(h.Ref.Type), h.Ref.Value); err != nil {
			return out, err
		}
	}
	if err := a.words(ctx, &out, seen, query, limit); err != nil {
		return out, err
	}
	if err := a.wordsOfPapers(ctx, &out, seen, query, limit); err != nil {
		return out, err
	}
	if len(out.Hits) > 0 {
		return out, nil
	}
	return out, a.similar(ctx, &out, query, limit)
}

// words adds the loads that carry the words of the query.
func (a *Area) words(ctx context.Context, out *Hits, seen map[int64]bool, query string, limit int) error {
	match := ledger.Query(query)
	if match == "" || len(out.Hits) >= limit {
		return nil
	}
	loads, err := a.desk.Store.Search(ctx, match, limit+1, rankBelow)
	if err != nil {
		return err
	}
	out.More = len(loads) > limit
	for _, load := range loads {
		if seen[load] || len(out.Hits) == limit {
			continue
		}
		seen[load] = true
		if err := a.hit(ctx, out, load, "words", query); err != nil {
			return err
		}
	}
	return nil
}

// wordsOfPapers adds the loads whose papers carry the words of the query.
func (a *Area) wordsOfPapers(ctx context.Context, out *Hits, seen map[int64]bool, query string, limit int) error {
	match := ledger.Query(query)
	if match == "" || len(out.Hits) >= limit {
		return nil
	}
	loads, err := a.desk.Store.LoadsWithWords(ctx, match, limit+1)
	if err != nil {
		return err
	}
	out.More = out.More || len(loads) > limit
	for _, load := range loads {
		if seen[load] || len(out.Hits) == limit {
			continue
		}
		seen[load] = true
		if err := a.hit(ctx, out, load, "paper", query); err != nil {
			return err
		}
	}
	return nil
}

func (a *Area) hit(ctx context.Context, out *Hits, load int64, field, text string) error {
	line, err := a.desk.Store.Line(ctx, load)
	if err == store.ErrNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	r := &line.Row
	out.Hits = append(out.Hits, Hit{ID: hex.EncodeToString(r.ID[:]), Load: r.Load, Customer: r.Customer, Carrier: r.Carrier, Lane: r.Origin + " → " + r.Dest, State: r.State, Field: field, Text: text})
	return nil
}

// Customers are all customers with their loads.
func (a *Area) Customers(ctx context.Context) (Parties, error) {
	names, err := a.desk.Store.Customers(ctx)
	if err != nil {
		return Parties{}, err
	}
	live, err := a.live(ctx, func(e *entry) string { return e.customer })
	if err != nil {
		return Parties{}, err
	}
	var out Parties
	for _, n := range names {
		out.Parties = append(out.Parties, Party{Name: n.Name, Total: n.Loads, Live: live[n.Name]})
	}
	return out, nil
}

// Carriers are the carriers of live loads.
func (a *Area) Carriers(ctx context.Context) (Parties, error) {
	live, err := a.live(ctx, func(e *entry) string { return e.carrier })
	if err != nil {
		return Parties{}, err
	}
	var out Parties
	for name, n := range live {
		if name != "" {
			out.Parties = append(out.Parties, Party{Name: name, Live: n, Total: n})
		}
	}
	slices.SortFunc(out.Parties, func(a, b Party) int { return cmp.Compare(a.Name, b.Name) })
	return out, nil
}

func (a *Area) live(ctx context.Context, name func(*entry) string) (map[string]int, error) {
	if _, err := a.columns.refresh(ctx); err != nil {
		return nil, err
	}
	out := map[string]int{}
	a.columns.mu.RLock()
	defer a.columns.mu.RUnlock()
	for _, e := range a.columns.byLoad {
		out[name(e)]++
	}
	return out, nil
}
