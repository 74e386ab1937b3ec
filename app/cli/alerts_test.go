package cli

import (
	"strings"
	"testing"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/playbooks"
)

// TestAlerts: stakeholders come and go by commands, each wrong one with the sentence that says why.
func TestAlerts(t *testing.T) {
	d := newDesk(t)
	d.want("nobody", pick(d.ask("alerts", "rules"), "rules"), []any{})
	out := d.ask("alerts", "add", "Ana", "--as", "ann", "--at", at(0))
	d.want("as usual", []any{pick(out, "rules", 0, "severity"), pick(out, "rules", 0, "channel"), pick(out, "rules", 0, "by"), pick(out, "rules", 0, "at")}, []any{"major", "inApp", "ann", at(0)})
	d.ask("alerts", "add", "Bob", "--severity", "critical", "--customer", "Acme", "--how", "mail", "--to", "bob@acme.example", "--quiet", "22:00-06:00", "--zone", "America/Chicago")
	_, text, _ := d.run("alerts", "rules")
	if want := "2  Bob, Acme, from critical on, mail to bob@acme.example, quiet 22:00-06:00 America/Chicago\n"; !strings.HasSuffix(text, want) {
		t.Errorf("rules print %q, want %q", text, want)
	}
	d.want("removed", len(pick(d.ask("alerts", "remove", "1"), "rules").([]any)), 1)
	d.want("nothing told", pick(d.ask("alerts"), "alerts"), []any{})
	for _, row := range []struct {
		args, says string
		code       int
	}{
		{"alerts add Cy --how mail", "no mail address", couldNot},
		{"alerts remove 9", "no stakeholder", couldNot},
		{"alerts add Cy --quiet 22", "hours such as", wrongUse},
		{"alerts mute", "use: tracedesk alerts", wrongUse},
	} {
		code, _, errs := d.run(strings.Fields(row.args)...)
		if code != row.code || !strings.Contains(errs, row.says) {
			t.Errorf("%s: exit %d, %s", row.args, code, errs)
		}
	}
}

// TestDraftTakesThePlaybooksWords: a draft holds what the playbook tells the customer, and nothing where it says nothing.
func TestDraftTakesThePlaybooksWords(t *testing.T) {
	c := &call{ctx: t.Context(), home: t.TempDir(), as: "ann"}
	a, err := c.open(t.Context(), desk.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.desk.Close()
	for kind, want := range map[string]string{"appointment.missed": "Load {load} for {place}: the appointment of {window} will not be kept.", "no.such": ""} {
		got, err := wordsFor(playbooks.New(a.desk))(t.Context(), kind)
		if err != nil || !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s: %q, %v", kind, got, err)
		}
	}
}
