package cli

import (
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/exceptions"
	"tracedesk/backend/freight"
)

// late is a load to be picked up in Dallas at 08:00 Central, 13:00 UTC: 60 minutes after the hour at which examples begin.
func late(t *testing.T) testDesk {
	d := newDesk(t)
	d.bring("loads.csv", loadsHead+trip("L1", "BOL:B-1", "2026-03-18 08:00", "2026-03-20 08:00,2026-03-20 10:00"), -60)
	return d
}

func (d testDesk) exceptions(args ...string) []any {
	d.t.Helper()
	return pick(d.ask(append([]string{"exceptions"}, args...)...), "items").([]any)
}

// about are the exceptions of one topic, by the beginning of their kind.
func about(items []any, kind string) (list []any) {
	for _, it := range items {
		if strings.HasPrefix(pick(it, "kind").(string), kind) {
			list = append(list, it)
		}
	}
	return list
}

// appointment is the one exception about an appointment, nil when there is none.
func (d testDesk) appointment(args ...string) any {
	d.t.Helper()
	list := about(d.exceptions(args...), "appointment.")
	if len(list) > 1 {
		d.t.Fatalf("%v: %d exceptions about appointments", args, len(list))
	}
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// TestAppointmentToTheMinute: D is 13:00 UTC. Near in [D-75, D+1), missed in [D+1, D+105), missedLate from there on; the
// clock alone moves it, also in a desk that nobody keeps open.
func TestAppointmentToTheMinute(t *testing.T) {
	d := late(t)
	for _, row := range []struct {
		minute int
		kind   any
	}{{-16, nil}, {-15, "appointment.near"}, {60, "appointment.near"}, {61, "appointment.missed"}, {164, "appointment.missed"}, {165, "appointment.missedLate"}} {
		d.want(at(row.minute), pick(d.appointment("--at", at(row.minute)), "kind"), row.kind)
	}
	x := d.appointment("--at", at(70))
	d.want("since", pick(x, "since"), "2026-03-18T08:01:00-05:00")
	d.want("detected", []any{pick(x, "detectedAt"), pick(x, "firstAt")}, []any{"2026-03-18T13:01:00Z", "2026-03-18T11:45:00Z"})
	d.want("stop", pick(x, "stopName"), "DC 1 · Dallas, TX")
	d.want("service", pick(x, "service"), true)
	_, first, _ := d.run("exceptions", "--json", "--at", at(70))
	_, again, _ := d.run("exceptions", "--json", "--at", at(70))
	if first != again || first == "" {
		t.Error("the same store at the same instant prints other bytes")
	}
}

// TestLifeOfAnException: detected, acknowledged, worked, refused, resolved; each undone; back when its cause comes back.
func TestLifeOfAnException(t *testing.T) {
	d := late(t)
	id := pick(d.appointment("--at", at(70)), "id").(string)
	state := func(what string, minute int, want ...any) {
		t.Helper()
		x := d.appointment("--at", at(minute), "--state", "all")
		d.want(what, []any{pick(x, "state"), pick(x, "owner")}, want)
		d.want(what+": id", pick(x, "id"), id)
	}
	do := func(minute int, args ...string) string {
		t.Helper()
		out := d.ask(append([]string{"exceptions", args[0], id, "--at", at(minute), "--as", "ann"}, args[1:]...)...)
		d.want(args[0]+" refused", pick(out, "refused"), []any{})
		return pick(out, "observations", 0).(string)
	}
	state("found", 70, "detected", "")
	ack := do(71, "acknowledge")
	state("acknowledged", 72, "acknowledged", "ann")
	d.ask("undo", ack, "--at", at(73))
	state("not acknowledged", 74, "detected", "")
	do(75, "acknowledge")
	work := do(76, "work", "--note", "calling the carrier")
	state("worked", 77, "worked", "ann")
	d.ask("undo", work, "--at", at(77))
	state("not worked", 78, "acknowledged", "ann")
	do(79, "work")
	assign := do(80, "assign", "--owner", "bob")
	state("assigned", 81, "worked", "bob")
	d.ask("undo", assign, "--at", at(81))
	state("not assigned", 82, "worked", "ann")
	slept := d.ask("exceptions", "snooze", id, "--until", at(100), "--at", at(83), "--as", "ann")
	d.want("told on the stop's clock", slept["says"], "Snoozed 1 exception until Wed 18 Mar 08:40 CDT")
	d.want("snoozed", pick(d.appointment("--at", at(90)), "snoozedUntil"), "2026-03-18T13:40:00Z")
	d.want("awake", pick(d.appointment("--at", at(100)), "snoozedUntil"), nil)

	for _, row := range []struct{ args, says string }{
		{"resolve " + id, "cause, the responsible party and evidence"},
		{"resolve " + id + " --cause AI --party carrier", "evidence"},
		{"resolve " + id + " --cause BG --party carrier --evidence x", "no cause of the list"},
		{"resolve " + id + " --cause AI --party weather --evidence x", "no party"},
		{"acknowledge " + id, "worked already"},
		{"reopen " + id, "it is open"},
		{"work 0123456789", "no exception"},
	} {
		code, _, errs := d.run(append([]string{"exceptions", "--at", at(101)}, strings.Fields(row.args)...)...)
		if code != 1 || !strings.Contains(errs, row.says) {
			t.Errorf("%s: exit %d, want 1 with %q: %s", row.args, code, row.says, errs)
		}
	}
	resolve := do(102, "resolve", "--cause", "AI", "--party", "carrier", "--evidence", "driver's photo;call 13:20", "--note", "new truck at 14:00")
	state("resolved", 103, "resolved", "ann")
	d.want("none open", d.appointment("--at", at(103)), nil)
	x := d.appointment("--at", at(103), "--state", "all")
	d.want("cause", pick(x, "cause", "words"), "mechanical breakdown")
	d.want("proof", pick(x, "proof"), []any{"call 13:20", "driver's photo"})
	d.want("note", pick(x, "resolvedNote"), "new truck at 14:00")
	d.ask("undo", resolve, "--at", at(104))
	state("not resolved", 105, "worked", "ann")
	d.want("no cause", pick(d.appointment("--at", at(105)), "cause"), nil)
	do(106, "resolve", "--cause", "AI", "--party", "carrier", "--evidence", "photo")
	do(107, "reopen")
	d.want("opened by hand", pick(d.appointment("--at", at(108)), "reopened"), 1)
	do(109, "resolve")
	state("resolved by what is on file", 110, "resolved", "ann")

	d.bring("moved.csv", loadsHead+trip("L1", "BOL:B-1", "2026-03-18 12:00", "2026-03-20 08:00,2026-03-20 10:00"), 111)
	d.want("a later appointment", d.appointment("--at", at(112)), nil)
	back := d.appointment("--at", at(240)) // 16:00 UTC: near again from 15:45
	d.want("back", []any{pick(back, "id"), pick(back, "state"), pick(back, "kind"), pick(back, "reopened")}, []any{id, "detected", "appointment.near", 2})
	d.want("as it was", pick(d.appointment("--at", at(76), "--state", "all"), "state"), "worked")
}

// TestManyAtOnce: one deed on several loads, what refuses named, all taken back.
func TestManyAtOnce(t *testing.T) {
	d := late(t)
	d.bring("more.csv", loadsHead+trip("L2", "", "2026-03-18 08:00", "2026-03-20 08:00,")+trip("L3", "", "2026-03-18 08:10", "2026-03-20 08:00,"), -50)
	list := about(d.exceptions("--at", at(80)), "appointment.missed")
	if len(list) != 3 {
		t.Fatalf("%d missed", len(list))
	}
	args := []string{"exceptions", "assign", "--owner", "bob", "--at", at(81), "0000000000"}
	for _, x := range list {
		args = append(args, pick(x, "id").(string))
	}
	out := d.ask(args...)
	d.want("says", pick(out, "says"), "Assigned 3 exceptions on 3 loads to bob")
	d.want("refused", pick(out, "refused", 0, "id"), "0000000000")
	d.want("bob's", len(about(d.exceptions("--owner", "bob", "--at", at(82)), "appointment.")), 3)
	d.want("nobody's", len(about(d.exceptions("--owner", "none", "--at", at(82)), "appointment.")), 0)
	for _, id := range pick(out, "observations").([]any) {
		d.ask("undo", id.(string), "--at", at(83))
	}
	d.want("taken back", len(about(d.exceptions("--owner", "bob", "--at", at(84)), "appointment.")), 0)
	d.want("first page", len(d.exceptions("--limit", "1", "--at", at(84))), 1)
}

// TestNothingOpen: an empty list says why.
func TestNothingOpen(t *testing.T) {
	d := newDesk(t)
	d.want("no loads", d.ask("exceptions", "--at", at(0))["why"], "Nothing is open. No load is on the board; bring in an export of your TMS.")
	d.bring("loads.csv", loadsHead+trip("L1", "", "2026-03-25 08:00", "2026-03-26 08:00,"), 0)
	d.want("quiet", d.ask("exceptions", "--at", at(5))["why"], "Nothing is open. 1 live load judged at 12:05 UTC; newest word 5 min ago.")
	d.want("tasks", d.ask("tasks", "--at", at(5))["why"], "Nothing waits for you. 1 live load judged at 12:05 UTC; newest word 5 min ago.")
}

// TestEscalation: an open exception climbs, to whoever has that role.
func TestEscalation(t *testing.T) {
	d := late(t)
	d.ask("people", "set", "Lea", "--role", "lead", "--limit", "250", "--at", at(0))
	people := d.ask("people", "set", "Max", "--role", "manager", "--phone", "555-0100", "--at", at(0))
	d.want("order", []any{pick(people, "people", 0, "name"), pick(people, "people", 0, "mayUpTo"), pick(people, "people", 1, "name")}, []any{"Lea", 250, "Max"})
	x := d.appointment("--at", at(-15+4*60-1))
	d.want("not yet", pick(x, "escalated"), "")
	x = d.appointment("--at", at(-15+4*60))
	d.want("to the lead", []any{pick(x, "escalated"), pick(x, "escalatedTo", 0)}, []any{"lead", "Lea"})
	x = d.appointment("--at", at(-15+24*60))
	d.want("to the manager", []any{pick(x, "escalated"), pick(x, "escalatedTo", 0)}, []any{"manager", "Max"})
	d.want("gone", len(pick(d.ask("people", "remove", "lea"), "people").([]any)), 1)
}

func TestWrongUseOfTheWatch(t *testing.T) {
	d := newDesk(t)
	for _, args := range []string{
		"exceptions --state bogus", "exceptions --days x", "exceptions bogus", "exceptions resolve", "exceptions assign 0123456789", "exceptions snooze 0123456789",
		"exceptions --party carrier", "exceptions resolve 0123456789 --state all", "exceptions snooze 0123456789 --until soon",
		"tasks bogus", "tasks reached", "tasks --note x", "tasks reached L1 k --answers eta", "tasks reached L1 k --promise x", "tasks --hours x", "tasks reached L1 --limit 3",
		"rules bogus", "rules set silence", "rules set silence 5 --customer A --carrier B", "rules --customer A", "rules set silence 5 --days 3", "rules preview silence",
		"people set Ann", "people bogus", "people set Ann --role lead --limit lots",
	} {
		code, _, errs := d.run(strings.Fields(args)...)
		if code != 2 || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: exit %d: %s", args, code, errs)
		}
	}
}

// TestListOfARunningDesk: what a desk keeps in memory is what it would read anew, also after something was done.
func TestListOfARunningDesk(t *testing.T) {
	d := late(t)
	d.bring("more.csv", loadsHead+trip("L2", "", "2026-03-18 08:00", "2026-03-20 08:00,")+trip("L3", "", "2026-03-19 08:10", "2026-03-20 08:00,"), -50)
	now := noon
	open, err := desk.Open(t.Context(), desk.Options{Dir: d.home, Person: "ann", Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	area := exceptions.New(open)
	same := func(minute int) []exceptions.ExceptionItem {
		t.Helper()
		now = noon.Add(time.Duration(minute) * time.Minute)
		kept, err := area.List(t.Context(), exceptions.ExceptionQuery{})
		if err != nil {
			t.Fatal(err)
		}
		read, err := area.List(t.Context(), exceptions.ExceptionQuery{At: now})
		if err != nil {
			t.Fatal(err)
		}
		d.want("items", kept.Items, read.Items)
		d.want("counts", kept.Counts, read.Counts)
		return kept.Items
	}
	same(-49)
	first := same(70) // the clock has gone on without a tick
	if _, err := open.Ledger.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	same(70)
	if len(first) < 2 {
		t.Fatalf("%d items", len(first))
	}
	acted, err := area.Act(t.Context(), exceptions.ExceptionActs{Act: exceptions.Acknowledge, Items: freight.List[exceptions.ExceptionRef]{{Load: first[0].LoadID, ID: first[0].ID}}})
	if err != nil || len(acted.Observations) != 1 {
		t.Fatalf("%+v %v", acted, err)
	}
	if after := same(71); string(after[0].State) != "acknowledged" {
		t.Errorf("%+v", after[0])
	}
	page, err := area.List(t.Context(), exceptions.ExceptionQuery{Limit: 1, Offset: 1})
	if err != nil || len(page.Items) != 1 || page.MoreLater != len(first)-2 {
		t.Errorf("a page of %d with %d more of %d: %v", len(page.Items), page.MoreLater, len(first), err)
	}
}
