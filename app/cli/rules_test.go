package cli

import (
	"strings"
	"testing"
)

func (d testDesk) rule(key string, args ...string) any {
	d.t.Helper()
	for _, s := range pick(d.ask(append([]string{"rules"}, args...)...), "settings").([]any) {
		if pick(s, "key") == key {
			return s
		}
	}
	return nil
}

// TestSettingsOfRules: a change judges every live load again at once, a narrower scope wins, a value taken back leaves the
// wider one, and the rules of the past stay what they were.
func TestSettingsOfRules(t *testing.T) {
	d := late(t)
	near := func(minute int) any { return pick(d.appointment("--at", at(minute)), "kind") }
	d.want("shipped", []any{near(-31), near(-15)}, []any{nil, "appointment.near"})
	out := d.ask("rules", "set", "appointment.near", "120", "--at", at(-45), "--as", "ann")
	d.want("says", pick(out, "says"), "Near for everybody is now 120 min; it was the wider value.")
	d.want("sooner", near(-44), "appointment.near")
	d.want("not before it was set", near(-46), nil)
	d.ask("rules", "set", "appointment.near", "10", "--customer", "acme", "--at", at(-43))
	d.want("the customer's", []any{near(-42), near(49), near(50)}, []any{nil, nil, "appointment.near"})
	d.ask("rules", "set", "appointment.near", "90", "--carrier", "Blue Line", "--at", at(-42))
	d.want("the carrier's", []any{near(-41), near(-30)}, []any{nil, "appointment.near"})
	s := d.rule("appointment.near", "--at", at(-20))
	d.want("value", []any{pick(s, "default"), pick(s, "value")}, []any{"75", "120"})
	d.want("scopes", []any{pick(s, "scopes", 0, "scope"), pick(s, "scopes", 1, "scope"), pick(s, "scopes", 2, "scope"), pick(s, "scopes", 0, "by")},
		[]any{"global", "customer:Acme", "carrier:Blue Line", "ann"})
	d.ask("rules", "reset", "appointment.near", "--carrier", "blue line", "--at", at(-19))
	d.ask("rules", "reset", "appointment.near", "--customer", "ACME", "--at", at(-19))
	d.want("back to the wider", near(-18), "appointment.near")
	s = d.rule("appointment.near", "--at", at(-10))
	d.want("one left", []any{len(pick(s, "scopes").([]any)), len(pick(s, "history").([]any))}, []any{1, 5})
	d.want("then", len(pick(d.rule("appointment.near", "--as-of", at(-42)), "scopes").([]any)), 3)
	for _, row := range []struct{ args, says string }{
		{"rules set nothing 5", "no setting"}, {"rules set appointment.near soon", "not a number"}, {"rules set appointment.near 99999", "not between"},
		{"rules set detention.clock never", "not one of"},
	} {
		code, _, errs := d.run(strings.Fields(row.args)...)
		if code != 1 || !strings.Contains(errs, row.says) {
			t.Errorf("%s: exit %d, want 1 with %q: %s", row.args, code, row.says, errs)
		}
	}
}

// TestPreview: what a change would have flagged, without changing anything.
func TestPreview(t *testing.T) {
	d := late(t)
	d.bring("arrived.csv", eventsHead+"L1,carrier,arrived,1,2026-03-18 07:00,,,,,,,\n", 0) // 12:00 UTC: near was told at 11:45
	kind := func(out any) any {
		for _, k := range pick(out, "kinds").([]any) {
			if pick(k, "kind") == "appointment.near" {
				return k
			}
		}
		return nil
	}
	out := d.ask("rules", "preview", "appointment.near", "30", "--days", "2", "--at", at(60))
	d.want("loads", pick(out, "loads"), 1)
	d.want("before", pick(out, "before"), "75")
	k := kind(out)
	d.want("counts", []any{pick(k, "before"), pick(k, "after"), pick(k, "onlyBefore", 0, "load"), pick(k, "onlyBefore", 0, "at")}, []any{1, 0, "L1", "2026-03-18T11:45:00Z"})
	k = kind(d.ask("rules", "preview", "appointment.near", "90", "--at", at(60)))
	d.want("sooner", []any{pick(k, "before"), pick(k, "after"), pick(k, "sooner"), len(pick(k, "onlyAfter").([]any))}, []any{1, 1, 1, 0})
	out = d.ask("rules", "preview", "appointment.near", "30", "--customer", "Nobody", "--at", at(60))
	d.want("another customer's", []any{pick(out, "loads"), pick(out, "says")}, []any{0, "Nothing would have been different on 0 loads."})
	d.want("nothing changed", pick(d.rule("appointment.near"), "value"), "75")
}
