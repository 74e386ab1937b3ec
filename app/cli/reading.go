package cli

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"tracedesk/backend/desk/board"
	"tracedesk/backend/desk/load"
	"tracedesk/backend/freight"
)

// ask opens a reading client, asks one question and closes it.
func (c *call) ask(path string, q url.Values, v any) error {
	cl, err := c.reading()
	if err != nil {
		return err
	}
	return errors.Join(cl.get(path, q, v), cl.close())
}

// tell opens a writing client, sends one command and closes it.
func (c *call) tell(path string, body, v any) error {
	cl, err := c.writing()
	if err != nil {
		return err
	}
	return errors.Join(cl.post(path, body, v), cl.close())
}

func showBoard(c *call) error {
	limit, err := c.number("limit", 0)
	if err != nil {
		return err
	}
	q := c.when()
	q.Set("limit", strconv.Itoa(limit))
	var snap board.Snapshot
	if err := c.ask("/api/board", q, &snap); err != nil {
		return err
	}
	return c.print(snap, func(w io.Writer) { sayBoard(w, &snap) })
}

// marks are the levels' shapes, so that order and urgency read without colour.
var marks = map[freight.Level]string{freight.ActNow: "■", freight.AtRisk: "▲", freight.Verify: "◆", freight.Waiting: "◌", freight.OnPlan: "●", freight.DoneDay: "·"}

func sayBoard(w io.Writer, snap *board.Snapshot) {
	if len(snap.Rows) == 0 {
		fmt.Fprintln(w, "The board is empty. Import the day's export: tracedesk import FILE")
		return
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "\tLOAD\tCUSTOMER\tCARRIER\tLANE\tSTATE\tNEXT STOP\tWHY")
	for i := range snap.Rows {
		r := &snap.Rows[i]
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s → %s\t%s\t%s\t%s\n", marks[r.Attention.Level], r.Load, r.Customer, r.Carrier, r.Origin, r.Dest, r.State, nextWords(r.NextStop), r.Attention.Why)
	}
	t.Flush()
}

func nextWords(n *board.NextStop) string {
	if n == nil {
		return ""
	}
	if n.Window == nil || n.Window.End == nil {
		return n.Place
	}
	return n.Place + " by " + zoned(n.Window.End, n.Zone)
}

// zoned is an instant at its stop with the zone's letters.
func zoned(t *time.Time, zone string) string {
	if t == nil {
		return ""
	}
	at := *t
	if loc, err := freight.Location(zone); err == nil {
		at = at.In(loc)
	}
	return at.Format("Mon 2 Jan 15:04 MST")
}

func showLoad(c *call) error {
	var l load.Load
	if err := c.ask("/api/loads/"+url.PathEscape(c.args[0]), c.when(), &l); err != nil {
		return err
	}
	return c.print(l, func(w io.Writer) { sayLoad(w, &l) })
}

func sayLoad(w io.Writer, l *load.Load) {
	fmt.Fprintf(w, "Load %s · %s · %s · %s\n%s %s\n", l.Load, l.Customer, l.Carrier, l.State, marks[l.Attention.Level], l.Attention.Why)
	var refs []string
	for _, r := range l.Refs {
		refs = append(refs, string(r.Type)+" "+r.Value)
	}
	fmt.Fprintln(w, strings.Join(refs, ", "))
	for i := range l.Stops {
		sayStop(w, &l.Stops[i])
	}
	for _, p := range l.Problems {
		fmt.Fprintln(w, "Problem:", p.Why)
	}
	fmt.Fprintf(w, "POP %s, POD %s\n", l.Papers.POP, l.Papers.POD)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for i := range l.Observations {
		o := &l.Observations[i]
		fmt.Fprintf(t, "%s\t%s\tstop %d\t%s\t%s\t%s\n", o.ReceivedAt.Format("2006-01-02 15:04Z07:00"), o.Kind, o.Stop, o.Value, o.Source, o.Where)
	}
	t.Flush()
}

func sayStop(w io.Writer, s *load.Stop) {
	fmt.Fprintf(w, "  %d %s %s %s", s.Seq, s.Kind, s.Facility, s.Place)
	if s.Window != nil {
		fmt.Fprintf(w, ", window %s to %s", zoned(s.Window.Start, s.Zone), zoned(s.Window.End, s.Zone))
	}
	for _, a := range []struct {
		word string
		at   *load.Actual
	}{{"arrived", s.Arrived}, {"loaded", s.Loaded}, {"picked up", s.PickedUp}, {"unloaded", s.Unloaded}, {"delivered", s.Delivered}, {"departed", s.Departed}} {
		if a.at == nil {
			continue
		}
		agree := ""
		if !a.at.Agree {
			agree = ", sources disagree"
		}
		fmt.Fprintf(w, ", %s %s (%s%s)", a.word, zoned(a.at.At, s.Zone), a.at.Source, agree)
	}
	if s.ETA != nil {
		fmt.Fprintf(w, ", ETA %s (%s)", zoned(s.ETA.At, s.Zone), s.ETA.Source)
	}
	fmt.Fprintln(w)
}

// onlyNow refuses to look back where the answer would quietly be today's.
func (c *call) onlyNow(what string) error {
	if c.asOf.IsZero() {
		return nil
	}
	return wrong("%s answers as of now and does not take --as-of; board, load, quarantine and report do", what)
}

func search(c *call) error {
	if err := c.onlyNow("search"); err != nil {
		return err
	}
	limit, err := c.number("limit", 50)
	if err != nil {
		return err
	}
	var hits board.Hits
	if err := c.ask("/api/search", url.Values{"q": {strings.Join(c.args, " ")}, "limit": {strconv.Itoa(limit)}}, &hits); err != nil {
		return err
	}
	return c.print(hits, func(w io.Writer) {
		for _, h := range hits.Hits {
			fmt.Fprintf(w, "%s  %s  %s  %s  (%s %s)\n", h.Load, h.Customer, h.Lane, h.State, h.Field, h.Text)
		}
	})
}
