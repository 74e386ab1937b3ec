package cli

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"

	"tracedesk/backend/desk/rules"
)

const (
	rulesUse  = "[set KEY VALUE | reset KEY | preview KEY VALUE [--days N]] [--customer NAME | --carrier NAME]"
	peopleUse = "[set NAME --role desk|lead|manager [--limit USD] [--phone NUMBER] | remove NAME]"
)

// showRules lists the settings of the rules, sets one, or tells what a change would have flagged.
func showRules(c *call) error {
	if len(c.args) == 0 {
		if err := c.without("rules", []string{"customer", "carrier", "days"}); err != nil {
			return err
		}
		return c.listRules()
	}
	scope, err := c.scope()
	if err != nil {
		return err
	}
	switch verb, n := c.args[0], len(c.args); {
	case verb == "set" && n == 3:
		return c.setRule(rules.RuleEdit{Scope: scope, Key: c.args[1], Value: c.args[2], As: c.as, Now: c.now()})
	case verb == "reset" && n == 2:
		return c.setRule(rules.RuleEdit{Scope: scope, Key: c.args[1], As: c.as, Now: c.now()})
	case verb == "preview" && n == 3:
		return c.previewRule(rules.RuleTrial{Scope: scope, Key: c.args[1], Value: c.args[2], Now: c.now()})
	}
	return wrong("use: tracedesk rules %s", rulesUse)
}

func (c *call) scope() (string, error) {
	switch customer, carrier := c.flags["customer"], c.flags["carrier"]; {
	case customer != "" && carrier != "":
		return "", wrong("a setting is for one customer or for one carrier, not both")
	case c.has("customer") && customer == "" || c.has("carrier") && carrier == "":
		return "", wrong("say whose: --customer NAME or --carrier NAME")
	case customer != "":
		return "customer:" + customer, nil
	case carrier != "":
		return "carrier:" + carrier, nil
	}
	return "global", nil
}

func (c *call) listRules() error {
	var out rules.RuleSettings
	if err := c.ask("/api/rules", c.when(), &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
		group := ""
		for i := range out.Settings {
			s := &out.Settings[i]
			if s.Group != group {
				group = s.Group
				fmt.Fprintf(t, "%s\n", group)
			}
			fmt.Fprintf(t, "  %s\t%s %s\t%s\n", s.Key, s.Value, s.Unit, s.Name)
			for _, v := range s.Scopes {
				fmt.Fprintf(t, "    %s\t%s %s\t%s, %s\n", v.Scope, v.Value, s.Unit, v.By, v.At.UTC().Format("2 Jan 2006 15:04 UTC"))
			}
		}
		t.Flush()
		for _, p := range out.Problems {
			fmt.Fprintf(w, "%s for %s does not count: %s\n", p.Key, p.Scope, p.Why)
		}
	})
}

func (c *call) setRule(e rules.RuleEdit) error {
	if err := c.without("rules "+c.args[0], []string{"days"}); err != nil {
		return err
	}
	var out rules.RuleEdited
	if err := c.tell("/api/rules", e, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { fmt.Fprintln(w, out.Says) })
}

// lookAgain is how often a preview under way is asked how far it is.
const lookAgain = 100 * time.Millisecond

func (c *call) previewRule(t rules.RuleTrial) (err error) {
	if t.Days, err = c.number("days", 0); err != nil {
		return err
	}
	cl, err := c.reading()
	if err != nil {
		return err
	}
	p, err := c.awaitPreview(cl, t)
	if err = errors.Join(err, cl.close()); err != nil {
		return err
	}
	if p.Result == nil {
		return fmt.Errorf("the preview ended without an answer: %s %s", p.State, p.Error)
	}
	return c.print(p.Result, func(w io.Writer) {
		fmt.Fprintln(w, p.Result.Says)
		for i := range p.Result.Kinds {
			k := &p.Result.Kinds[i]
			fmt.Fprintf(w, "  %-24s %d before, %d after\n", k.Kind, k.Before, k.After)
			sayHits(w, "-", k.OnlyBefore)
			sayHits(w, "+", k.OnlyAfter)
		}
	})
}

func sayHits(w io.Writer, mark string, hits []rules.RuleHit) {
	for i := range hits {
		fmt.Fprintf(w, "    %s %s  %s  %s\n", mark, hits[i].At.UTC().Format("2 Jan 15:04 UTC"), hits[i].Load, hits[i].Why)
	}
}

func (c *call) awaitPreview(cl *client, t rules.RuleTrial) (p rules.RulePreview, err error) {
	if err = cl.post("/api/rules/preview", t, &p); err != nil {
		return p, err
	}
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for p.State == rules.PreviewRunning {
		select {
		case <-tick.C:
		case <-c.ctx.Done():
			return p, c.ctx.Err()
		}
		if c.onTerminal() {
			fmt.Fprintf(c.stderr, "\r%d of %d loads   ", p.Done, p.Total)
		}
		if err = cl.get("/api/rules/preview/"+p.ID, nil, &p); err != nil {
			return p, err
		}
	}
	c.erase()
	return p, nil
}

// showPeople lists who works on the desk, or changes it.
func showPeople(c *call) error {
	var out rules.People
	if len(c.args) == 0 {
		if err := c.ask("/api/people", nil, &out); err != nil {
			return err
		}
		return c.print(out, func(w io.Writer) { sayPeople(w, &out) })
	}
	if len(c.args) != 2 || c.args[0] != "set" && c.args[0] != "remove" {
		return wrong("use: tracedesk people %s", peopleUse)
	}
	e := rules.PersonEdit{Name: c.args[1], Role: rules.PersonRole(c.flags["role"]), Phone: c.flags["phone"], Remove: c.args[0] == "remove", As: c.as, Now: c.now()}
	if s, ok := c.flags["limit"]; ok {
		usd, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return wrong("--limit must be an amount in USD, not %q", s)
		}
		e.Limit = &usd
	}
	if !e.Remove && e.Role == "" {
		return wrong("say which role: --role desk, lead or manager")
	}
	if err := c.tell("/api/people", e, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { sayPeople(w, &out) })
}

func sayPeople(w io.Writer, out *rules.People) {
	if len(out.People) == 0 {
		fmt.Fprintln(w, "Nobody is on the list. Add somebody: tracedesk people set NAME --role lead")
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for _, p := range out.People {
		fmt.Fprintf(t, "%s\t%s\tup to %.0f USD\t%s\n", p.Name, p.Role, p.MayUpTo, p.Phone)
	}
	t.Flush()
}
