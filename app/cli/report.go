package cli

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"tracedesk/backend/desk/reports"
)

const reportUse = "daily --customer C [--date DAY] | weekly [--customer C] [--week 2026-W47] | scorecard --carrier C [--customer C] [--from DAY --to DAY] | performance [--from DAY --to DAY] | handover [--sheet ID] | packet --load REF | dispute --load REF [--about otif|detention] [--stop N] | look [--customer C] [--logo FILE] [--ink #0B57C2] [--paper letter|a4]; with --out FILE.pdf|.xlsx|.csv [--list NAME] [--paper letter|a4] [--definition NAME]"

var reportFlags = []string{"customer=", "carrier=", "load=", "sheet=", "date=", "week=", "from=", "to=", "about=", "stop=", "definition=", "out=", "list=", "paper=", "logo=", "ink="}

// makeReport writes a paper into a file, or prints its outline.
func makeReport(c *call) error {
	kind := c.args[0]
	if kind == "look" {
		return c.reportLook()
	}
	if !slices.Contains(reports.Kinds(), kind) {
		return wrong("there is no report %q; there is %s", kind, strings.Join(reports.Kinds(), ", "))
	}
	if err := c.reportAsked(kind); err != nil {
		return err
	}
	q := c.when()
	q.Set("kind", kind)
	for flag, name := range map[string]string{"customer": "customer", "carrier": "carrier", "load": "load", "sheet": "handover", "date": "date", "week": "week", "from": "from", "to": "to",
		"about": "dispute", "stop": "stop", "definition": "definition", "list": "list", "paper": "paper"} {
		if v := c.flags[flag]; v != "" {
			q.Set(name, v)
		}
	}
	switch out := c.flags["out"]; {
	case out != "":
		return c.reportTo(out, q)
	case kind == reports.DailyKind:
		return c.dailyOutline(q)
	}
	var o reports.Outline
	if err := c.ask("/api/reports/outline", q, &o); err != nil {
		return err
	}
	return c.print(o, func(w io.Writer) { sayOutline(w, &o) })
}

// reportAsked refuses what a kind cannot do without, before a desk is opened.
func (c *call) reportAsked(kind string) error {
	need := map[string]string{reports.DailyKind: "customer", reports.ScorecardKind: "carrier", reports.PacketKind: "load", reports.DisputeKind: "load"}[kind]
	if need != "" && c.flags[need] == "" {
		return wrong("say whose report: --%s", need)
	}
	for _, flag := range []string{"date", "from", "to"} {
		if day := c.flags[flag]; day != "" {
			if _, err := time.Parse(time.DateOnly, day); err != nil {
				return wrong("--%s must be a day such as 2026-11-23, not %q", flag, day)
			}
		}
	}
	if out := c.flags["out"]; out != "" && !slices.Contains([]string{".pdf", ".xlsx", ".csv"}, strings.ToLower(filepath.Ext(out))) {
		return wrong("--out must end in .pdf, .xlsx or .csv")
	}
	return nil
}

func sayOutline(w io.Writer, o *reports.Outline) {
	fmt.Fprintf(w, "%s, %s, %s, as of %s\n", o.Title, o.About, o.Period, o.AsOf.Format("2006-01-02 15:04 MST"))
	for _, s := range o.Stale {
		fmt.Fprintf(w, "STALE  %s\n", s)
	}
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for _, f := range o.Figures {
		fmt.Fprintf(t, "%s\t%s\t%s\n", f.Label, f.Value, f.Note)
	}
	fmt.Fprintln(t)
	fmt.Fprintln(t, "LIST\tROWS\tTITLE")
	for _, l := range o.Lists {
		fmt.Fprintf(t, "%s\t%d\t%s\n", l.ID, l.Count, l.Title)
	}
	t.Flush()
}

func (c *call) dailyOutline(q url.Values) error {
	var d reports.Daily
	if err := c.ask("/api/reports/daily", q, &d); err != nil {
		return err
	}
	return c.print(d, func(w io.Writer) {
		fmt.Fprintf(w, "%s · %s · %s\n%s\n", d.Customer, d.Date, d.Zone, d.Summary)
		for _, s := range d.Sections {
			fmt.Fprintf(w, "\n%s (%d)\n", s.Title, s.Count)
			for _, l := range s.Loads {
				fmt.Fprintf(w, "  %s  %s\n", l.Load, l.Text)
			}
		}
	})
}

func (c *call) reportTo(out string, q url.Values) error {
	q.Set("format", strings.ToLower(strings.TrimPrefix(filepath.Ext(out), ".")))
	if c.as != "" {
		q.Set("as", c.as)
	}
	cl, err := c.reading()
	if err != nil {
		return err
	}
	body, err := cl.raw(c.ctx, http.MethodGet, "/api/reports/paper", q, nil)
	if err = errors.Join(err, cl.close()); err != nil {
		return err
	}
	if err := os.WriteFile(out, body, 0o644); err != nil {
		return err
	}
	return c.print(map[string]any{"out": out, "bytes": len(body)}, func(w io.Writer) { fmt.Fprintf(w, "Wrote %s.\n", out) })
}

// reportLook keeps how a customer's papers look.
func (c *call) reportLook() error {
	s := map[string]any{"customer": c.flags["customer"], "as": c.as}
	if file := c.flags["logo"]; file != "" {
		body, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		s["logo"] = base64.StdEncoding.EncodeToString(body)
	} else if c.has("logo") {
		s["noLogo"] = true
	}
	for _, flag := range []string{"ink", "paper"} {
		if c.has(flag) {
			s[flag] = c.flags[flag]
		}
	}
	var kept reports.SetLook
	if err := c.tell("/api/reports/look", s, &kept); err != nil {
		return err
	}
	return c.print(kept, func(w io.Writer) { fmt.Fprintln(w, "Kept.") })
}
