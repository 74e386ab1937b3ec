package cli

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"tracedesk/backend/desk/shift"
)

// handover prints the sheet of the shift as it is now, hands it over, or takes one over.
func handover(c *call) error {
	word := ""
	if len(c.args) > 0 {
		word = c.args[0]
	}
	switch {
	case word == "":
		return c.showHandover("/api/handover", c.when())
	case word == "list" && len(c.args) == 1:
		return c.listHandovers()
	case word == "show" && len(c.args) == 2:
		return c.showHandover("/api/handover/"+url.PathEscape(c.args[1]), nil)
	case word == "give" && len(c.args) > 1:
		var out shift.Handover
		h := shift.HandOver{To: strings.Join(c.args[1:], " "), Note: c.flags["note"], As: c.as, Now: c.now()}
		if err := c.tell("/api/handover", h, &out); err != nil {
			return err
		}
		return c.print(out, func(w io.Writer) {
			shift.Print(w, &out)
			fmt.Fprintf(w, "\nHanded over as %s. To take it: tracedesk handover take %s\n", out.ID, out.ID)
		})
	case word == "take" && len(c.args) > 1:
		return c.takeOver(c.args[1], c.args[2:], false)
	case word == "back" && len(c.args) > 2:
		return c.takeOver(c.args[1], c.args[2:], true)
	}
	return wrong("use: tracedesk handover, handover give NAME, handover take ID [LOAD...], handover back ID LOAD..., handover list, or handover show ID")
}

func (c *call) showHandover(path string, q url.Values) error {
	var out shift.Handover
	if err := c.ask(path, q, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { shift.Print(w, &out) })
}

func (c *call) listHandovers() error {
	var out shift.Handovers
	if err := c.ask("/api/handovers", nil, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		if len(out.Handovers) == 0 {
			fmt.Fprintln(w, "No shift was handed over yet.")
		}
		for _, h := range out.Handovers {
			fmt.Fprintf(w, "%s  %s  from %s to %s, %d loads, %d not taken\n", h.ID, h.At.UTC().Format("Mon 2 Jan 15:04 MST"), h.By, h.To, h.Lines, h.Open)
		}
	})
}

// takeOver takes the named lines of a sheet, or all of them; back gives the named ones back.
func (c *call) takeOver(id string, loads []string, back bool) error {
	cl, err := c.writing()
	if err != nil {
		return err
	}
	takes := []shift.TakeOver{{All: true, As: c.as, Now: c.now()}}
	if len(loads) > 0 {
		takes = nil
	}
	for _, load := range loads {
		takes = append(takes, shift.TakeOver{Load: load, Back: back, As: c.as, Now: c.now()})
	}
	var out shift.Handover
	for _, take := range takes {
		if err == nil {
			err = cl.post("/api/handover/"+url.PathEscape(id)+"/take", take, &out)
		}
	}
	if err = errors.Join(err, cl.close()); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%d of %d lines are taken.\n", len(out.Lines)-out.Open, len(out.Lines))
	})
}
