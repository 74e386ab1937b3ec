package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"tracedesk/backend/desk/exceptions"
	"tracedesk/backend/freight"
)

const exceptionsUse = "[--state open|all] [--days N] [--load REF] [--customer NAME] [--owner NAME|me|none] [--limit N] | acknowledge|work|reopen ID... | assign ID... --owner NAME | snooze ID... --until TIME | resolve|file ID... [--cause CODE --party PARTY --evidence TEXT;TEXT] [--note TEXT] | causes"

var exceptionFlags = []string{"state=", "days=", "load=", "customer=", "owner=", "limit=", "until=", "cause=", "cause-type=", "party=", "evidence=", "note="}

// listFlags narrow the list; deedFlags say what is done.
var (
	exceptionListFlags = []string{"state", "days", "customer", "limit"}
	exceptionDeedFlags = []string{"until", "cause", "cause-type", "party", "evidence", "note"}
)

var exceptionDeeds = []exceptions.ExceptionDeed{exceptions.Acknowledge, exceptions.Work, exceptions.Assign, exceptions.Snooze, exceptions.Resolve, exceptions.Reopen, exceptions.File}

// showExceptions lists what the rules found, or does something about it.
func showExceptions(c *call) error {
	if len(c.args) == 0 {
		return c.listExceptions()
	}
	if c.args[0] == "causes" && len(c.args) == 1 {
		return c.listCauses()
	}
	act := exceptions.ExceptionDeed(c.args[0])
	if !slices.Contains(exceptionDeeds, act) {
		return wrong("%q is nothing to do with exceptions: acknowledge, work, assign, snooze, resolve, reopen, file or causes", c.args[0])
	}
	if len(c.args) < 2 {
		return wrong("use: tracedesk exceptions %s ID...", act)
	}
	return c.actOnExceptions(act)
}

func (c *call) listExceptions() error {
	if err := c.without("exceptions", exceptionDeedFlags); err != nil {
		return err
	}
	q := c.when()
	if state := c.flags["state"]; state != "" && state != "open" && state != "all" {
		return wrong("--state must be open or all, not %q", state)
	}
	for _, name := range []string{"days", "limit"} {
		if _, err := c.number(name, 0); err != nil {
			return err
		}
	}
	for _, name := range []string{"state", "days", "load", "customer", "owner", "limit"} {
		q.Set(name, c.flags[name])
	}
	var out exceptions.Exceptions
	if err := c.ask("/api/exceptions", q, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { sayExceptions(w, &out) })
}

// without refuses flags that do not go with what is asked.
func (c *call) without(what string, flags []string) error {
	for _, name := range flags {
		if c.has(name) {
			return wrong("--%s does not go with tracedesk %s", name, what)
		}
	}
	return nil
}

func sayExceptions(w io.Writer, out *exceptions.Exceptions) {
	if len(out.Items) == 0 {
		fmt.Fprintln(w, out.Why)
		return
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "\tID\tLOAD\tCUSTOMER\tSEVERITY\tSTATE\tOWNER\tNEXT\tWHY")
	for i := range out.Items {
		x := &out.Items[i]
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", marks[x.Level], x.ID, x.Load, x.Customer, x.Severity, x.State, x.Owner, dueWords(x), x.Why)
	}
	t.Flush()
	fmt.Fprintf(w, "%d open, %d of them without an owner", out.Counts.Open, out.Counts.Unowned)
	if out.MoreLater > 0 {
		fmt.Fprintf(w, "; %d more", out.MoreLater)
	}
	fmt.Fprintln(w)
}

func dueWords(x *exceptions.ExceptionItem) string {
	if x.Next.Due == nil {
		return x.Next.Text
	}
	return strings.TrimSpace(x.Next.Text + " by " + zoned(x.Next.Due, x.Zone))
}

func (c *call) listCauses() error {
	var out exceptions.Causes
	if err := c.ask("/api/causes", nil, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
		for _, cause := range out.Causes {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", cause.Type, cause.Code, cause.Words, cause.Party)
		}
		t.Flush()
		fmt.Fprintln(w, "Parties: "+strings.Join(out.Parties, ", "))
	})
}

func (c *call) actOnExceptions(act exceptions.ExceptionDeed) error {
	if err := c.without("exceptions "+string(act), exceptionListFlags); err != nil {
		return err
	}
	acts := exceptions.ExceptionActs{Act: act, Owner: c.flags["owner"], CauseType: c.flags["cause-type"], Cause: c.flags["cause"], Party: c.flags["party"],
		Evidence: parts(c.flags["evidence"]), Note: c.flags["note"], As: c.as, Now: c.now()}
	for _, id := range c.args[1:] {
		acts.Items = append(acts.Items, exceptions.ExceptionRef{Load: c.flags["load"], ID: id})
	}
	if act == exceptions.Assign && !c.has("owner") {
		return wrong("say to whom: --owner NAME (\"\" for nobody)")
	}
	if until, err := c.until(); err != nil {
		return err
	} else if acts.Until = until; act == exceptions.Snooze && until == nil {
		return wrong("say until when: --until 2026-11-23T14:30:00-06:00")
	}
	var out exceptions.ExceptionsActed
	if err := c.tell("/api/exceptions/acts", acts, &out); err != nil {
		return err
	}
	if len(out.Observations) == 0 {
		return refused(out.Refused)
	}
	return c.print(out, func(w io.Writer) {
		fmt.Fprintln(w, out.Says+".")
		for _, r := range out.Refused {
			fmt.Fprintf(w, "Not %s: %s\n", r.ID, r.Why)
		}
		for _, o := range out.Observations {
			fmt.Fprintf(w, "To take it back: tracedesk undo %s\n", o)
		}
	})
}

func (c *call) until() (*time.Time, error) {
	at, err := c.instant("until")
	if err != nil || at.IsZero() {
		return nil, err
	}
	return &at, nil
}

// parts are the pieces of "a;b".
func parts(s string) (list freight.List[string]) {
	for _, p := range strings.Split(s, ";") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

func refused(list []exceptions.ExceptionRefusal) error {
	var why []string
	for _, r := range list {
		why = append(why, r.ID+": "+r.Why)
	}
	return errors.New("nothing was done: " + strings.Join(why, "; "))
}
