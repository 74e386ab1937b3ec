package desk

import (
	"context"
	"fmt"
	"time"
)

// Freshness says on what an empty list rests: how many loads were judged when, and how fresh the words on them are. asOf
// hides what was received later; zero is all that is on file.
func (d *Desk) Freshness(ctx context.Context, asOf, now time.Time) (string, error) {
	known := asOf
	if known.IsZero() {
		known = now
	}
	live, err := d.liveAt(ctx, asOf)
	if err != nil {
		return "", err
	}
	if live == 0 {
		return "No load is on the board; bring in an export of your TMS.", nil
	}
	says := fmt.Sprintf("%s judged at %s", counted(live, "live load"), now.UTC().Format("15:04 UTC"))
	heard, err := d.Store.LastHeard(ctx) // the newest first
	if err != nil {
		return "", err
	}
	first := true
	oldest := ""
	for _, h := range heard {
		if h.At.After(known) {
			continue // heard later than this list looks
		}
		if age := span(now.Sub(h.At)); first {
			says += "; newest word " + age + " ago"
			first = false
		} else {
			oldest = fmt.Sprintf(", oldest source %s %s", sourceWord(string(h.Kind)), age)
		}
	}
	return says + oldest + ".", nil
}

func (d *Desk) liveAt(ctx context.Context, asOf time.Time) (int, error) {
	if asOf.IsZero() {
		_, live, err := d.Store.Counts(ctx)
		return live, err
	}
	alive, err := d.Store.AliveAt(ctx, asOf)
	return len(alive), err
}

func sourceWord(kind string) string {
	if kind == "tms" {
		return "TMS"
	}
	return kind
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// span is a length of time in the largest two units: "3 min", "2 h 10 min", "4 d 2 h".
func span(d time.Duration) string {
	minutes := max(0, int(d/time.Minute))
	switch {
	case minutes < 60:
		return fmt.Sprintf("%d min", minutes)
	case minutes < 24*60:
		return fmt.Sprintf("%d h %d min", minutes/60, minutes%60)
	}
	return fmt.Sprintf("%d d %d h", minutes/1440, minutes%1440/60)
}
