package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/alerts"
	"tracedesk/backend/desk/playbooks"
	"tracedesk/backend/freight"
)

const alertsUse = "[rules | add NAME [--severity S] [--customer NAME] [--how inApp|os|mail|sms] [--to ADDRESS] [--quiet 22:00-06:00 --zone ZONE] | remove ID]"

// toCustomer is who a playbook's step concerns whose words a drafted alert takes.
const toCustomer = "customer"

// wordsFor are the words of a playbook to the customer, for drafted alerts.
func wordsFor(books *playbooks.Area) alerts.Wording {
	return func(ctx context.Context, kind string) (string, error) {
		book, err := books.Book(ctx, kind)
		var fault *desk.Fault
		if errors.As(err, &fault) && fault.Kind == "not_found" {
			return "", nil
		}
		for _, step := range book.Steps {
			if step.Who == toCustomer && step.Wording != "" {
				return step.Wording, nil
			}
		}
		return "", err
	}
}

// showAlerts lists who was alerted of what, or whom to alert; adds and removes stakeholders.
func showAlerts(c *call) error {
	word := ""
	if len(c.args) > 0 {
		word = c.args[0]
	}
	switch {
	case word == "":
		return c.recentAlerts()
	case word == "rules" && len(c.args) == 1:
		var out alerts.AlertRules
		if err := c.ask("/api/alerts/rules", nil, &out); err != nil {
			return err
		}
		return c.print(out, func(w io.Writer) { sayAlertRules(w, &out) })
	case word == "add" && len(c.args) == 2:
		change, err := c.stakeholder()
		if err != nil {
			return err
		}
		return c.changeAlerts(change)
	case word == "remove" && len(c.args) == 2:
		return c.changeAlerts(alerts.AlertChange{ID: c.args[1], Remove: true})
	}
	return wrong("use: tracedesk alerts %s", alertsUse)
}

func (c *call) recentAlerts() error {
	if err := c.onlyNow("alerts"); err != nil {
		return err
	}
	var out alerts.RecentAlerts
	if err := c.ask("/api/alerts", nil, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		if len(out.Alerts) == 0 {
			fmt.Fprintln(w, "Nobody was alerted yet. tracedesk alerts rules tells whom to alert.")
		}
		for i := range out.Alerts {
			a := &out.Alerts[i]
			fmt.Fprintf(w, "%s  %s  %s (%s): %s. %s\n", a.At.Format("Mon 2 Jan 15:04 MST"), a.Severity, a.Who, a.Channel, a.Title, a.Text)
		}
	})
}

// stakeholder is who is added, as the flags tell.
func (c *call) stakeholder() (alerts.AlertChange, error) {
	change := alerts.AlertChange{Who: c.args[1], Customer: c.flags["customer"], Severity: freight.Major, Channel: alerts.InApp, Address: c.flags["to"], Zone: c.flags["zone"]}
	if s := c.flags["severity"]; s != "" {
		change.Severity = freight.Severity(s)
	}
	if how := c.flags["how"]; how != "" {
		change.Channel = alerts.AlertChannel(how)
	}
	if quiet := c.flags["quiet"]; quiet != "" {
		from, to, ok := strings.Cut(quiet, "-")
		if !ok {
			return change, wrong("--quiet must be hours such as 22:00-06:00, not %q", quiet)
		}
		change.QuietFrom, change.QuietTo = from, to
	}
	return change, nil
}

func (c *call) changeAlerts(change alerts.AlertChange) error {
	change.As, change.Now = c.as, c.now()
	var out alerts.AlertRules
	if err := c.tell("/api/alerts/rules", change, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { sayAlertRules(w, &out) })
}

func sayAlertRules(w io.Writer, rules *alerts.AlertRules) {
	if len(rules.Rules) == 0 {
		fmt.Fprintln(w, "Nobody is to be alerted. tracedesk alerts add NAME adds the first.")
	}
	for i := range rules.Rules {
		r := &rules.Rules[i]
		fmt.Fprintf(w, "%s  %s, %s, from %s on, %s", r.ID, r.Who, cmp.Or(r.Customer, "all customers"), r.Severity, r.Channel)
		if r.Address != "" {
			fmt.Fprintf(w, " to %s", r.Address)
		}
		if r.QuietFrom != "" {
			fmt.Fprintf(w, ", quiet %s-%s %s", r.QuietFrom, r.QuietTo, r.Zone)
		}
		fmt.Fprintln(w)
	}
}
