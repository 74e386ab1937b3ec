package shift

import (
	"fmt"
	"io"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/watch"
)

// Print writes a sheet as plain text for paper: one block a load, with a box for who takes it.
func Print(w io.Writer, h *Handover) {
	fmt.Fprintf(w, "HANDOVER %s", h.At.UTC().Format("Mon 2 Jan 2006 15:04 MST"))
	if h.To != "" {
		fmt.Fprintf(w, " from %s to %s", h.By, h.To)
	}
	fmt.Fprintf(w, "\n%d loads, %d more are quiet", len(h.Lines), h.Quiet)
	if h.ID != "" {
		fmt.Fprintf(w, ", %d not taken yet", h.Open)
	}
	fmt.Fprintln(w)
	if h.Note != "" {
		fmt.Fprintln(w, h.Note)
	}
	for _, b := range few(h.Blocked, onSheet) {
		fmt.Fprintln(w, "Blocks the close:", b)
	}
	for i := range h.Lines {
		h.Lines[i].print(w)
	}
}

func (l *HandoverLine) print(w io.Writer) {
	box := "[ ]"
	if l.TakenAt != nil {
		box = "[x] " + l.TakenBy + " " + l.stamp(*l.TakenAt)
	}
	fmt.Fprintf(w, "\n%s  %s\n", strings.Join(notEmpty("Load "+l.Load, l.Customer, l.Carrier, string(l.State)), " · "), box)
	say := func(word string, lines ...string) {
		for _, text := range notEmpty(lines...) {
			fmt.Fprintf(w, "  %-10s %s\n", word, text)
			word = ""
		}
	}
	say("Stop", l.StopClock)
	if l.NextDue != nil {
		say("Next", l.Next+", due "+l.stamp(*l.NextDue))
	}
	say("Owner", l.Owner)
	for _, e := range l.Open {
		say("Open", watch.KindOf(e.Kind).Words+" ("+string(e.Severity)+", "+owner(e.Owner)+"): "+e.Why)
	}
	say("Promised", l.Promises...)
	say("Meters", l.Meters...)
	say("Fragile", append([]string{l.Words.Fragile}, l.Fragile...)...)
	say("Decided", append([]string{l.Words.Decided}, l.Decided...)...)
	say("Rejected", l.Words.Rejected)
	say("Happened", l.Happened...)
	say("Reefer", l.Temp)
	say("Money", l.Authority)
}

func (l *HandoverLine) stamp(at time.Time) string {
	if loc, err := freight.Location(l.Zone); err == nil {
		at = at.In(loc)
	}
	return at.Format("Mon 2 Jan 15:04 MST")
}

func owner(name string) string {
	if name == "" {
		return "nobody's"
	}
	return name + "'s"
}

func notEmpty(list ...string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
