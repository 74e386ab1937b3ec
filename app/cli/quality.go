package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"text/tabwriter"

	"tracedesk/backend/desk/quality"
	"tracedesk/backend/desk/reports"
)

const qualityUse = "[--customer NAME] [--from DAY --to DAY] [--rows KIND] | corrections [--limit N] | check TYPE NUMBER"

var qualityFlags = []string{"customer=", "from=", "to=", "rows=", "limit="}

// counted hands the figures of the desk to the area that tells how clean its data are.
func counted(rep *reports.Area) quality.Figures {
	return func(ctx context.Context, customer, from, to string) (quality.Rows, error) {
		return rep.Counting(ctx, reports.KPIQuery{Customer: customer, From: from, To: to})
	}
}

// showQuality tells how clean the data are, what was corrected, or whether a number can be right.
func showQuality(c *call) error {
	switch {
	case len(c.args) == 0:
		q := url.Values{}
		for flag, name := range map[string]string{"customer": "customer", "from": "from", "to": "to", "rows": "kind"} {
			if v := c.flags[flag]; v != "" {
				q.Set(name, v)
			}
		}
		var out quality.Quality
		if err := c.ask("/api/quality", q, &out); err != nil {
			return err
		}
		return c.print(out, func(w io.Writer) { sayQuality(w, &out) })
	case c.args[0] == "corrections" && len(c.args) == 1:
		var out quality.Corrections
		if err := c.ask("/api/quality/corrections", url.Values{"limit": {cmp.Or(c.flags["limit"], "50")}}, &out); err != nil {
			return err
		}
		return c.print(out, func(w io.Writer) { sayCorrections(w, &out) })
	case c.args[0] == "check" && len(c.args) == 3:
		var out quality.NumberCheck
		if err := c.ask("/api/quality/check", url.Values{"type": {c.args[1]}, "value": {c.args[2]}}, &out); err != nil {
			return err
		}
		return c.print(out, func(w io.Writer) {
			switch {
			case out.Why != "":
				fmt.Fprintln(w, out.Why)
			case out.Known:
				fmt.Fprintln(w, "Nothing speaks against it.")
			default:
				fmt.Fprintf(w, "There is no public rule for %s numbers.\n", out.Type)
			}
		})
	}
	return wrong("use: tracedesk quality %s", qualityUse)
}

func sayQuality(w io.Writer, out *quality.Quality) {
	fmt.Fprintf(w, "%s, %s to %s; %d in quarantine\n\n", cmp.Or(out.Customer, "all customers"), out.From, out.To, out.Quarantine)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "KIND\tCASES\tLOADS\tWHAT")
	for _, k := range out.Kinds {
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\n", k.Kind, k.N, k.Loads, k.Title)
	}
	for _, r := range out.Rows {
		fmt.Fprintf(t, "%s\t%s\t\t%s\n", r.Load, r.Value, r.Why)
	}
	fmt.Fprintln(t, "\nDAY\tON RECORD\tOF\tSHARE")
	for _, d := range out.Days {
		share := "–"
		if d.Share != nil {
			share = fmt.Sprintf("%.1f %%", 100**d.Share)
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\n", d.Day, d.Present, d.Required, share)
	}
	t.Flush()
	for i, l := range out.Loads {
		if i == 10 {
			fmt.Fprintf(w, "... and %d more loads; --json has them\n", len(out.Loads)-10)
			break
		}
		fmt.Fprintf(w, "%s: %d of %d, missing %s\n", l.Load, l.Present, l.Required, strings.Join(l.Missing, ", "))
	}
}

func sayCorrections(w io.Writer, out *quality.Corrections) {
	if len(out.Corrections) == 0 {
		fmt.Fprintln(w, "Nobody has corrected anything yet.")
	}
	for _, x := range out.Corrections {
		undone := ""
		if x.Undone {
			undone = " (taken back)"
		}
		fmt.Fprintf(w, "%s  %s  %s, %s: %s → %s%s %s\n", x.At.Format("2 Jan 2006 15:04 MST"), x.By, x.Load, x.What, cmp.Or(x.From, "nothing"), x.To, undone, x.Why)
	}
}
