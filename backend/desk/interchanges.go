package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"tracedesk/backend/store"
)

// interchangesKey is where the control numbers are kept that each sender has used.
const interchangesKey = "edi.interchanges"

// numbersKept is how many control numbers of one sender are remembered: what comes again comes soon.
const numbersKept = 300

// Interchanges gathers the control numbers of one file and holds them against those of the files before it. A number that came
// before, or that is missing, is worth a note; nothing is refused for it.
type Interchanges struct {
	standard string
	order    []string            // senders and receivers as they came
	numbers  map[string][]string // by sender and receiver, each once
}

// NewInterchanges begins a file of a standard (x12, edifact).
func NewInterchanges(standard string) *Interchanges {
	return &Interchanges{standard: standard, numbers: map[string][]string{}}
}

// Hear notes an interchange of the file.
func (in *Interchanges) Hear(sender, receiver, control string) {
	from := in.standard + " " + sender + " to " + receiver
	heard, known := in.numbers[from]
	if !known {
		in.order = append(in.order, from)
	}
	if control != "" && len(heard) < numbersKept && !slices.Contains(heard, control) {
		in.numbers[from] = append(heard, control)
	}
}

// Against compares with what is on file.
func (in *Interchanges) Against(ctx context.Context, s *store.Store) (notes []string, err error) {
	before, err := heardBefore(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, from := range in.order {
		notes = append(notes, compareNumbers(from, before[from], in.numbers[from])...)
	}
	return notes, nil
}

// Keep adds the file's numbers to those on file.
func (in *Interchanges) Keep(ctx context.Context, s *store.Store) error {
	if len(in.order) == 0 {
		return nil
	}
	return s.Write(ctx, func(tx *store.Tx) error {
		all, err := heardBefore(ctx, s) // nobody else writes while this does
		if err != nil {
			return err
		}
		for from, numbers := range in.numbers {
			kept := slices.DeleteFunc(all[from], func(n string) bool { return slices.Contains(numbers, n) })
			kept = append(kept, numbers...)
			all[from] = kept[max(0, len(kept)-numbersKept):]
		}
		body, err := json.Marshal(all)
		if err != nil {
			return err
		}
		return tx.SetMeta(interchangesKey, string(body))
	})
}

func heardBefore(ctx context.Context, s *store.Store) (map[string][]string, error) {
	all := map[string][]string{}
	kept, err := s.Meta(ctx, interchangesKey)
	if err != nil || kept == "" {
		return all, err
	}
	if err := json.Unmarshal([]byte(kept), &all); err != nil {
		return nil, fmt.Errorf("the control numbers on file cannot be read: %w", err)
	}
	return all, nil
}

// compareNumbers tells what came before and which numbers are missing between the highest on file and the lowest new one.
func compareNumbers(from string, before, now []string) (notes []string) {
	again := slices.DeleteFunc(slices.Clone(now), func(n string) bool { return !slices.Contains(before, n) })
	if len(again) > 0 {
		more := ""
		if len(again) > 1 {
			more = fmt.Sprintf(" and %d more", len(again)-1)
		}
		notes = append(notes, fmt.Sprintf("Interchange %s%s of %s came before in another file.", again[0], more, from))
	}
	last := highest(before)
	next := nextAfter(now, last)
	if last > 0 && next > last+1 {
		notes = append(notes, fmt.Sprintf("Between this file and those before it interchanges are missing: %s went on with %d after %d.", from, next, last))
	}
	return notes
}

func highest(numbers []string) int { return slices.Max(append(asNumbers(numbers), 0)) }

// nextAfter is the lowest number above last, 0 for none.
func nextAfter(numbers []string, last int) int {
	above := slices.DeleteFunc(asNumbers(numbers), func(n int) bool { return n <= last })
	if len(above) == 0 {
		return 0
	}
	return slices.Min(above)
}

// asNumbers leaves out what is no number: EDIFACT allows letters.
func asNumbers(numbers []string) []int {
	found := map[int]bool{}
	for _, text := range numbers {
		if n, err := strconv.Atoi(text); err == nil {
			found[n] = true
		}
	}
	return slices.Collect(maps.Keys(found))
}
