package cli

import (
	"fmt"
	"io"
	"net/url"
	"os"

	"tracedesk/backend/desk/playbooks"
)

// playbook prints the playbooks, or the one of a kind, or saves one.
func playbook(c *call) error {
	switch {
	case c.has("from") && c.has("shipped"):
		return wrong("--from saves an edited playbook, --shipped goes back to the shipped one: say one of them")
	case c.has("from"):
		return c.savePlaybook()
	case len(c.args) == 0:
		return c.listPlaybooks()
	case c.has("shipped"):
		return c.tellPlaybook(playbooks.BookEdit{Kind: c.args[0], Shipped: true, As: c.as, Now: c.now()})
	}
	var out playbooks.Book
	if err := c.ask("/api/playbooks/"+url.PathEscape(c.args[0]), nil, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { fmt.Fprint(w, out.Text) })
}

func (c *call) listPlaybooks() error {
	var out playbooks.Books
	if err := c.ask("/api/playbooks", nil, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		for i := range out.Books {
			b := &out.Books[i]
			origin := "shipped"
			if !b.Shipped {
				origin = fmt.Sprintf("version %d by %s", b.Version, b.By)
			}
			fmt.Fprintf(w, "%-24s %s (%d steps, %s)\n", b.Kind, b.Title, len(b.Steps), origin)
		}
	})
}

func (c *call) savePlaybook() error {
	text, err := os.ReadFile(c.flags["from"])
	if err != nil {
		return err
	}
	e := playbooks.BookEdit{Text: string(text), As: c.as, Now: c.now()}
	if len(c.args) > 0 {
		e.Kind = c.args[0]
	}
	return c.tellPlaybook(e)
}

func (c *call) tellPlaybook(e playbooks.BookEdit) error {
	var out playbooks.Book
	if err := c.tell("/api/playbooks", e, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { fmt.Fprintf(w, "Kept. Version %d of %s is in force.\n", out.Version, out.Kind) })
}

// checklist prints the checklist of an exception, or marks a step of it done.
func checklist(c *call) error {
	path := "/api/loads/" + url.PathEscape(c.args[0]) + "/exceptions/" + url.PathEscape(c.args[1]) + "/playbook"
	if len(c.args) == 2 {
		var out playbooks.CheckSheet
		if err := c.ask(path, c.when(), &out); err != nil {
			return err
		}
		return c.print(out, func(w io.Writer) { sayChecklist(w, &out) })
	}
	if len(c.args) != 4 || c.args[2] != "done" {
		return wrong("use: tracedesk checklist REF EXCEPTION done STEP")
	}
	var out playbooks.StepMarked
	if err := c.tell(path, playbooks.StepMark{Step: c.args[3], Note: c.flags["note"], As: c.as, Now: c.now()}, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { sayDone(w, out.Says, out.Observation) })
}

// sayDone tells what was done, and how it is taken back.
func sayDone(w io.Writer, says, observation string) {
	fmt.Fprintln(w, says)
	if observation != "" {
		fmt.Fprintln(w, "To take it back: tracedesk undo "+observation)
	}
}

func sayChecklist(w io.Writer, s *playbooks.CheckSheet) {
	fmt.Fprintf(w, "Load %s: %s\n", s.Load, s.Why)
	if s.Book == "" {
		fmt.Fprintln(w, "No playbook serves", s.Kind)
		return
	}
	fmt.Fprintf(w, "%s (%s), %d of %d done\n", s.Title, s.Book, s.Done, len(s.Steps))
	for i := range s.Steps {
		sayStep(w, &s.Steps[i])
	}
}

func sayStep(w io.Writer, s *playbooks.CheckStep) {
	box := "[ ]"
	if s.DoneAt != nil {
		box = "[x]"
	}
	fmt.Fprintf(w, "%s %-12s %-10s %s", box, s.Key, s.Who, s.Text)
	switch {
	case s.DoneAt != nil:
		fmt.Fprintf(w, " (%s %s)", s.DoneBy, s.DoneAt.Format("Mon 2 Jan 15:04 MST"))
	case s.Due != nil:
		fmt.Fprintf(w, " by %s", s.Due.Format("Mon 2 Jan 15:04 MST"))
	}
	fmt.Fprintln(w)
	if s.Wording != "" {
		fmt.Fprintln(w, "      > "+s.Wording)
	}
}
