package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"text/tabwriter"

	"tracedesk/backend/desk/reports"
)

const kpiUse = "[--customer NAME] [--carrier NAME] [--from DAY --to DAY] [--definition NAME] [--rows FIGURE] [--weeks N] | definitions | define --from FILE | use DEFINITION [--customer NAME]"

var kpiFlags = []string{"customer=", "carrier=", "from=", "to=", "definition=", "rows=", "weeks="}

// kpi counts the figures of a period, or keeps the definitions they are counted by.
func kpi(c *call) error {
	switch {
	case len(c.args) == 0:
		return c.figures()
	case c.args[0] == "definitions" && len(c.args) == 1:
		var list reports.Definitions
		if err := c.ask("/api/kpi/definitions", nil, &list); err != nil {
			return err
		}
		return c.sayDefinitions(list)
	case c.args[0] == "define" && len(c.args) == 1 && c.has("from"):
		return c.define()
	case c.args[0] == "use" && len(c.args) == 2:
		return c.setDefinition(reports.SetDefinition{Use: &reports.DefinitionOf{Customer: c.flags["customer"], Definition: c.args[1]}})
	}
	return wrong("use: tracedesk kpi %s", kpiUse)
}

// define keeps a definition from a JSON file, as kpi definitions --json prints it.
func (c *call) define() error {
	body, err := os.ReadFile(c.flags["from"])
	if err != nil {
		return err
	}
	var d reports.Definition
	if err := json.Unmarshal(body, &d); err != nil {
		return fmt.Errorf("%s does not hold a definition: %w", c.flags["from"], err)
	}
	return c.setDefinition(reports.SetDefinition{Definition: &d})
}

func (c *call) setDefinition(s reports.SetDefinition) error {
	s.As, s.Now = c.as, c.now()
	var list reports.Definitions
	if err := c.tell("/api/kpi/definitions", s, &list); err != nil {
		return err
	}
	return c.sayDefinitions(list)
}

func (c *call) sayDefinitions(list reports.Definitions) error {
	return c.print(list, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
		fmt.Fprintln(t, "NAME\tGRACE\tEARLY FAILS\tBY DATE")
		for _, d := range list.Definitions {
			fmt.Fprintf(t, "%s\t%d min\t%v\t%v\n", d.Name, d.Grace, d.EarlyFails, d.ByDate)
		}
		t.Flush()
		for _, u := range list.Used {
			who := u.Customer
			if who == "" {
				who = "everybody else"
			}
			fmt.Fprintf(w, "%s: %s\n", who, u.Definition)
		}
	})
}

func (c *call) figures() error {
	q := c.when()
	for _, flag := range []string{"customer", "carrier", "from", "to", "definition", "rows"} {
		if v := c.flags[flag]; v != "" {
			q.Set(flag, v)
		}
	}
	weeks, err := c.number("weeks", 0)
	if err != nil {
		return err
	}
	q.Set("weeks", strconv.Itoa(weeks))
	var out reports.KPIs
	if err := c.ask("/api/kpi", q, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		if c.has("rows") {
			sayRows(w, &out, c.flags["rows"])
			return
		}
		sayFigures(w, &out)
	})
}

func sayFigures(w io.Writer, out *reports.KPIs) {
	who := out.Customer
	if who == "" {
		who = "all customers"
	}
	fmt.Fprintf(w, "%s, %s to %s, as of %s, definition %s\n\n", who, out.From, out.To, out.AsOf.Format("2006-01-02 15:04 MST"), out.Definition.Name)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "FIGURE\tVALUE\tN\t95 %\tLEFT OUT")
	for i := range out.KPIs {
		k := &out.KPIs[i]
		left := k.Reason
		for _, x := range k.Excluded {
			if left != "" {
				left += ", "
			}
			left += fmt.Sprintf("%d %s", x.N, x.Cause)
		}
		mark := ""
		if k.Small && k.Value != nil && k.Unit != "count" {
			mark = " (few)"
		}
		fmt.Fprintf(t, "%s\t%s\t%d%s\t%s\t%s\n", k.Name, valueWords(k.Value, k.Unit), k.N, mark, between(k.Low, k.High), left)
	}
	t.Flush()
}

func valueWords(v *float64, unit string) string {
	switch {
	case v == nil:
		return "–"
	case unit == "ratio":
		return fmt.Sprintf("%.1f %%", 100**v)
	case unit == "min":
		return fmt.Sprintf("%.0f min", *v)
	case unit == "USD":
		return fmt.Sprintf("%.2f USD", *v)
	}
	return strconv.FormatFloat(math.Round(*v*10)/10, 'f', -1, 64)
}

func between(low, high *float64) string {
	if low == nil || high == nil {
		return ""
	}
	return fmt.Sprintf("%.1f–%.1f %%", 100**low, 100**high)
}

func sayRows(w io.Writer, out *reports.KPIs, name string) {
	fmt.Fprintf(w, "%d rows behind %s\n", len(out.Rows), name)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "LOAD\tSTOP\tCUSTOMER\tCARRIER\tPLACE\tDUE\tACTUAL\tOUTCOME\tVALUE\tPARTY")
	for i := range out.Rows {
		r := &out.Rows[i]
		due, actual, value, outcome := r.DueDay, r.Day, "", r.Outcome
		if r.Due != nil {
			due = r.Due.Format("2006-01-02 15:04Z07:00")
		}
		if r.Actual != nil {
			actual = r.Actual.Format("2006-01-02 15:04Z07:00")
		}
		if r.Value != nil {
			value = strconv.FormatFloat(math.Round(*r.Value*10)/10, 'f', -1, 64)
		}
		if r.Excluded != "" {
			outcome = "left out: " + r.Excluded
		}
		if r.What != "" {
			outcome = r.What + " " + outcome
		}
		fmt.Fprintf(t, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.Load, r.Stop, r.Customer, r.Carrier, r.Place, due, actual, outcome, value, r.Party)
	}
	t.Flush()
}
