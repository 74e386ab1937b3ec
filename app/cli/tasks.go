package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"tracedesk/backend/desk/tasks"
	"tracedesk/backend/freight"
)

const tasksUse = "[--load REF] [--customer NAME] [--owner NAME|me|none] [--hours N] [--limit N] | reached|voicemail|noAnswer|wrongNumber|sent|kept|done LOAD [KEY] [--whom WHOM] [--name NAME] [--note TEXT] [--answers KEY=VALUE;KEY=VALUE] [--promise TEXT --to WHOM --until TIME]"

var taskFlags = []string{"load=", "customer=", "owner=", "hours=", "limit=", "whom=", "name=", "note=", "answers=", "promise=", "to=", "until="}

var (
	taskListFlags    = []string{"load", "customer", "owner", "hours", "limit"}
	taskOutcomeFlags = []string{"whom", "name", "note", "answers", "promise", "to", "until"}
	taskOutcomes     = []tasks.TaskOutcome{tasks.Reached, tasks.Voicemail, tasks.NoAnswer, tasks.WrongNumber, tasks.Sent, tasks.Kept, tasks.Done}
)

// showTasks lists what waits for a person, or notes what came of it.
func showTasks(c *call) error {
	if len(c.args) == 0 {
		return c.listTasks()
	}
	outcome := tasks.TaskOutcome(c.args[0])
	if !slices.Contains(taskOutcomes, outcome) {
		return wrong("%q is no outcome: reached, voicemail, noAnswer, wrongNumber, sent, kept or done", c.args[0])
	}
	if len(c.args) < 2 {
		return wrong("use: tracedesk tasks %s LOAD [KEY]", outcome)
	}
	return c.settleTask(outcome)
}

func (c *call) listTasks() error {
	if err := c.without("tasks", taskOutcomeFlags); err != nil {
		return err
	}
	for _, name := range []string{"hours", "limit"} {
		if _, err := c.number(name, 0); err != nil {
			return err
		}
	}
	q := c.when()
	for _, name := range taskListFlags {
		q.Set(name, c.flags[name])
	}
	var out tasks.Tasks
	if err := c.ask("/api/tasks", q, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { sayTasks(w, &out) })
}

func sayTasks(w io.Writer, out *tasks.Tasks) {
	if len(out.Items) == 0 {
		fmt.Fprintln(w, out.Why)
	} else {
		t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
		fmt.Fprintln(t, "\tDUE\tLOAD\tWHOM\tPHONE\tKEY\tWHY")
		for i := range out.Items {
			x := &out.Items[i]
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", marks[x.Level], zoned(&x.Due, x.Zone), x.Load, strings.TrimSpace(x.Whom+" "+x.Name), x.Phone, x.Key, x.Why)
			for _, ask := range x.Asks {
				fmt.Fprintf(t, "\t\t\t\t\t  %s\t%s\n", ask.Key, ask.Text)
			}
		}
		t.Flush()
	}
	if s := &out.Saved; s.Due > 0 {
		fmt.Fprintf(w, "Calls saved since %s: %d of %d covered by data (%.0f %%).\n", s.From.UTC().Format("2 Jan 15:04 UTC"), s.Covered, s.Due, 100*s.Ratio)
	}
}

func (c *call) settleTask(outcome tasks.TaskOutcome) error {
	if err := c.without("tasks "+string(outcome), taskListFlags); err != nil {
		return err
	}
	o := tasks.TaskSettled{Load: c.args[1], Outcome: outcome, Whom: c.flags["whom"], Name: c.flags["name"], Note: c.flags["note"], As: c.as, Now: c.now()}
	if len(c.args) > 2 {
		o.Key = c.args[2]
	}
	var err error
	if o.Answers, err = answers(c.flags["answers"]); err != nil {
		return err
	}
	if o.Promise, err = c.promise(); err != nil {
		return err
	}
	var out tasks.TaskNoted
	if err := c.tell("/api/tasks/outcome", o, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		fmt.Fprintln(w, out.Says)
		if out.Observation != "" {
			fmt.Fprintf(w, "To take it back: tracedesk undo %s\n", out.Observation)
		}
	})
}

// answers are "eta=2026-11-23 14:30;position=Amarillo, TX".
func answers(s string) (list freight.List[tasks.TaskAnswer], err error) {
	for _, part := range parts(s) {
		key, value, ok := strings.Cut(part, "=")
		if !ok {
			return nil, wrong("--answers are KEY=VALUE;KEY=VALUE, not %q", part)
		}
		list = append(list, tasks.TaskAnswer{Key: strings.TrimSpace(key), Value: strings.TrimSpace(value)})
	}
	return list, nil
}

func (c *call) promise() (*tasks.TaskPromise, error) {
	until, err := c.until()
	if err != nil {
		return nil, err
	}
	if !c.has("promise") && !c.has("to") && until == nil {
		return nil, nil
	}
	if c.flags["promise"] == "" || c.flags["to"] == "" || until == nil {
		return nil, wrong("a promise needs all of --promise TEXT --to WHOM --until TIME")
	}
	return &tasks.TaskPromise{To: c.flags["to"], What: c.flags["promise"], Until: *until}, nil
}
