package cli

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"tracedesk/backend/desk/compare"
)

// compareLoad prints what each source says of a load side by side, or accepts or dismisses a word.
func compareLoad(c *call) error {
	path := "/api/loads/" + url.PathEscape(c.args[0])
	stop, err := c.number("stop", 0)
	if err != nil {
		return err
	}
	var done compare.CompareDone
	switch {
	case len(c.args) == 1:
		var out compare.Comparison
		if err := c.ask(path+"/compare", c.when(), &out); err != nil {
			return err
		}
		return c.print(out, func(w io.Writer) { sayComparison(w, &out) })
	case len(c.args) == 4 && c.args[1] == "accept":
		err = c.tell(path+"/accept", compare.Accept{Field: c.args[2], Observation: c.args[3], Type: c.flags["type"], Stop: stop, Reason: c.flags["reason"], As: c.as, Now: c.now()}, &done)
	case len(c.args) == 3 && c.args[1] == "dismiss":
		err = c.tell(path+"/dismiss", compare.Dismiss{Field: c.args[2], Type: c.flags["type"], Stop: stop, Note: c.flags["reason"], As: c.as, Now: c.now()}, &done)
	default:
		return wrong("use: tracedesk compare REF, compare REF accept FIELD OBSERVATION --reason TEXT, or compare REF dismiss FIELD --reason TEXT")
	}
	if err != nil {
		return err
	}
	return c.print(done, func(w io.Writer) { sayDone(w, done.Says, done.Observation) })
}

func sayComparison(w io.Writer, told *compare.Comparison) {
	fmt.Fprintln(w, "Load "+told.Load)
	names := map[string]string{}
	for _, col := range told.Columns {
		names[col.Key] = col.Name
		if col.URL != "" {
			fmt.Fprintln(w, "  "+col.Name+": "+col.URL)
		}
	}
	for i := range told.Rows {
		sayFields(w, &told.Rows[i], names)
	}
}

func sayFields(w io.Writer, r *compare.CompareRow, names map[string]string) {
	fmt.Fprintln(w, r.Name)
	for i := range r.Cells {
		cell := &r.Cells[i]
		mark := " "
		switch {
		case cell.Odd:
			mark = "◆"
		case r.Accepted != nil && r.Accepted.Column == cell.Column:
			mark = "✓"
		}
		fmt.Fprintf(w, "  %s %-24s %s  (said %s, %s)\n", mark, names[cell.Column], cell.Value, zoned(cell.StatedAt, r.Zone), cell.Observation)
	}
	if r.Contradiction == "" {
		return
	}
	fmt.Fprintln(w, "  "+r.Contradiction+".")
	if r.Dismissed != nil {
		fmt.Fprintln(w, "  Known to "+r.Dismissed.By+": "+r.Dismissed.Note)
	} else if r.Question != "" {
		fmt.Fprintln(w, "  Ask the "+r.AskWhom+": "+r.Question)
	}
}

// pastePage reads what a portal's page says, from a file or standard input.
func pastePage(c *call) error {
	text, err := c.pastedText()
	if err != nil {
		return err
	}
	var out compare.Pasted
	p := compare.Paste{Source: c.flags["source"], Text: text, Commit: c.has("keep"), As: c.as, Now: c.now()}
	if err := c.tell("/api/loads/"+url.PathEscape(c.args[0])+"/paste", p, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		for _, claim := range out.Claims {
			where := ""
			if claim.Stop > 0 {
				where = fmt.Sprintf(" at stop %d", claim.Stop)
			}
			fmt.Fprintf(w, "line %d: %s%s: %s\n", claim.Line, strings.TrimSpace(strings.ReplaceAll(string(claim.Fact), "_", " ")+" "+claim.Type), where, claim.Value)
		}
		for _, line := range out.Unread {
			fmt.Fprintf(w, "line %d not read: %s\n", line.Line, line.Text)
		}
		if !out.Stored {
			fmt.Fprintln(w, "Nothing is kept yet: say --keep.")
			return
		}
		sayDone(w, out.Says, out.Observation)
	})
}

func (c *call) pastedText() (string, error) {
	if path := c.flags["from"]; path != "" {
		body, err := os.ReadFile(path)
		return string(body), err
	}
	body, err := io.ReadAll(io.LimitReader(c.stdin, 1<<20))
	return string(body), err
}

// portals lists the pages of sources, or sets one.
func portals(c *call) error {
	var out compare.Portals
	var err error
	switch {
	case len(c.args) == 0:
		err = c.ask("/api/portals", nil, &out)
	case len(c.args) == 3 && c.args[0] == "set":
		err = c.tell("/api/portals", compare.PortalChange{Source: c.args[1], Template: c.args[2], As: c.as, Now: c.now()}, &out)
	case len(c.args) == 2 && c.args[0] == "remove":
		err = c.tell("/api/portals", compare.PortalChange{Source: c.args[1], As: c.as, Now: c.now()}, &out)
	default:
		return wrong("use: tracedesk portals, portals set SOURCE https://..., or portals remove SOURCE")
	}
	if err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		if len(out.Portals) == 0 {
			fmt.Fprintf(w, "No source has a page yet: tracedesk portals set carrier/SCAC https://www.example.com/track?pro={pro}. There are {%s}.\n", strings.Join(out.Placeholders, "}, {"))
		}
		for _, p := range out.Portals {
			fmt.Fprintf(w, "%s  %s\n", p.Source, p.Template)
		}
	})
}

// trust lists whom the desk believes, or sets one order: "user > driver, dispatcher > carrier".
func trust(c *call) error {
	var out compare.TrustOrders
	var err error
	switch {
	case len(c.args) == 0:
		err = c.ask("/api/trust", nil, &out)
	case len(c.args) == 2:
		err = c.tell("/api/trust", compare.TrustChange{Group: c.args[0], Customer: c.flags["customer"], Ranks: ranksOf(c.args[1]), As: c.as, Now: c.now()}, &out)
	default:
		return wrong(`use: tracedesk trust, or trust GROUP "user > driver, dispatcher > carrier" [--customer NAME]; GROUP shipped goes back`)
	}
	if err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		for i := range out.Orders {
			o := &out.Orders[i]
			ranks := make([]string, len(o.Ranks))
			for k, r := range o.Ranks {
				ranks[k] = strings.Join(r.Kinds, ", ")
			}
			fmt.Fprintf(w, "%-10s %s %s\n", o.Group, strings.Join(ranks, " > "), o.Customer)
		}
	})
}

// ranksOf reads an order as it is written; "shipped" is none.
func ranksOf(text string) []compare.TrustRank {
	if strings.EqualFold(strings.TrimSpace(text), "shipped") {
		return nil
	}
	var out []compare.TrustRank
	for rank := range strings.SplitSeq(text, ">") {
		var r compare.TrustRank
		for kind := range strings.SplitSeq(rank, ",") {
			r.Kinds = append(r.Kinds, strings.TrimSpace(kind))
		}
		out = append(out, r)
	}
	return out
}
