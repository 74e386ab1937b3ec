package board

import (
	"context"
	"strings"

	"tracedesk/backend/freight"
)

// similarNumber marks a hit that goes by a number one slip of the keys away from what was asked.
const similarNumber = "similar number"

// Numbers shorter than this are like too many others; longer ones are not typed by hand.
const shortestSlip, longestSlip = 5, 24

const keys = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// slips are the numbers that would have been typed as number by one slip: two characters swapped, one left out, one too
// many, one wrong. The likelier slips stand first. What is not a number of some length has none.
func slips(number string) []string {
	n := freight.NormalRef(number)
	if len(n) < shortestSlip || len(n) > longestSlip || !strings.ContainsAny(n, "0123456789") || strings.Trim(n, keys) != "" {
		return nil
	}
	seen := map[string]bool{n: true}
	var out []string
	add := func(s string) {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	for i := 1; i < len(n); i++ {
		add(n[:i-1] + n[i:i+1] + n[i-1:i] + n[i+1:])
	}
	for i := range len(n) {
		add(n[:i] + n[i+1:])
	}
	for i := range len(n) {
		for _, k := range keys {
			add(n[:i] + string(k) + n[i+1:])
		}
	}
	for i := range len(n) + 1 {
		for _, k := range keys {
			add(n[:i] + string(k) + n[i:])
		}
	}
	return out
}

// similar adds the loads whose number was probably meant.
func (a *Area) similar(ctx context.Context, out *Hits, query string, limit int) error {
	meant := slips(query)
	if meant == nil {
		return nil
	}
	found, err := a.desk.Store.RefsAmong(ctx, meant, limit+1)
	if err != nil {
		return err
	}
	out.More = len(found) > limit
	seen := map[int64]bool{}
	for _, h := range found {
		if seen[h.Load] || len(out.Hits) == limit {
			continue
		}
		seen[h.Load] = true
		if err := a.hit(ctx, out, h.Load, similarNumber, string(h.Ref.Type)+" "+h.Ref.Value); err != nil {
			return err
		}
	}
	return nil
}
