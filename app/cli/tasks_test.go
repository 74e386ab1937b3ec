package cli

import (
	"io"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/tasks"
)

// called is a load under way to its pickup with a driver whose number is known; its call before the pickup is due at 11:00
// UTC, an hour before the hour at which examples begin.
func called(t *testing.T) testDesk {
	d := late(t)
	d.bring("driver.csv", eventsHead+"L1,tms,driver,,2026-03-18T10:30:00Z,,,,,,NAME:Joe Diaz,\nL1,tms,driver,,2026-03-18T10:30:00Z,,,,,,PHONE:972-555-0143,\n", -85)
	return d
}

func (d testDesk) tasks(minute int) []any {
	d.t.Helper()
	return pick(d.ask("tasks", "--at", at(minute)), "items").([]any)
}

func (d testDesk) call(minute int) any {
	d.t.Helper()
	for _, task := range d.tasks(minute) {
		if kind := pick(task, "kind"); kind == "checkCall" || kind == "confirmETA" {
			return task
		}
	}
	return nil
}

// history is what people did, newest first, as the screens ask for it.
func (d testDesk) history() []any {
	d.t.Helper()
	c := &call{ctx: d.t.Context(), home: d.home, stderr: io.Discard}
	var out map[string]any
	if err := c.ask("/api/history", nil, &out); err != nil {
		d.t.Fatal(err)
	}
	return pick(out, "acts").([]any)
}

// TestContactLadder: after three tries without an answer the next step, at once after a wrong number; an undo steps back.
func TestContactLadder(t *testing.T) {
	d := called(t)
	task := d.call(0)
	key, _ := pick(task, "key").(string)
	d.want("first", []any{pick(task, "whom"), pick(task, "name"), pick(task, "phone"), pick(task, "attempts")}, []any{"driver", "Joe Diaz", "972-555-0143", 0})
	var last string
	for i, outcome := range []string{"noAnswer", "voicemail", "noAnswer"} {
		out := d.ask("tasks", outcome, "L1", key, "--at", at(1+i))
		last = pick(out, "observation").(string)
	}
	task = d.call(5)
	d.want("next step", []any{pick(task, "whom"), pick(task, "attempts")}, []any{"dispatcher", 3})
	d.ask("undo", last, "--at", at(6))
	d.want("stepped back", []any{pick(d.call(7), "whom"), pick(d.call(7), "attempts")}, []any{"driver", 2})
	d.ask("tasks", "wrongNumber", "L1", key, "--at", at(8))
	d.want("wrong number", pick(d.call(9), "whom"), "dispatcher")
}

// TestAnswers: what was said becomes facts told by the driver, the promise a timer, and one undo takes all of it back.
func TestAnswers(t *testing.T) {
	d := called(t)
	task := d.call(0)
	key, _ := pick(task, "key").(string)
	asked := map[string]bool{}
	for _, ask := range pick(task, "asks").([]any) {
		asked[pick(ask, "key").(string)] = true
	}
	for _, want := range []string{"eta", "position", "empty", "truck", "trailer", "pickupNumber", "tracking"} {
		if !asked[want] {
			t.Errorf("%s is not asked: %v", want, asked)
		}
	}
	if asked["driver"] || asked["phone"] {
		t.Error("asks what is known")
	}
	before := d.ask("load", "L1", "--at", at(2))
	out := d.ask("tasks", "reached", "L1", key, "--at", at(1), "--note", "sounds tired",
		"--answers", "eta=2026-03-18 08:20;position=Ennis, TX;empty=yes, since 6;truck=4411;trailer=no;pickupNumber=PU-9;tracking=yes",
		"--promise", "call back with the dock", "--to", "Acme", "--until", at(40))
	d.want("says", pick(out, "says"), "Load L1: reached driver, 7 answers, promised Acme: call back with the dock")
	load := d.ask("load", "L1", "--at", at(2))
	d.want("eta", []any{pick(load, "stops", 0, "eta", "at"), pick(load, "stops", 0, "eta", "source")}, []any{"2026-03-18T08:20:00-05:00", "driver/Joe Diaz"})
	d.want("position", []any{pick(load, "position", "place"), pick(load, "position", "source")}, []any{"Ennis, TX", "driver/Joe Diaz"})
	d.want("tracking", pick(load, "tracking", "state"), "ready")
	var notes, refs, facts []string
	for _, n := range pick(load, "notes").([]any) {
		notes = append(notes, pick(n, "text").(string))
	}
	for _, r := range pick(load, "refs").([]any) {
		refs = append(refs, pick(r, "type").(string)+":"+pick(r, "value").(string))
	}
	for _, f := range pick(load, "facts").([]any) {
		facts = append(facts, pick(f, "type").(string)+":"+pick(f, "value").(string))
	}
	for _, want := range []struct{ in, what string }{{strings.Join(notes, "|"), "Empty at the prior stop? yes, since 6"}, {strings.Join(notes, "|"), "Trailer number? no"},
		{strings.Join(refs, "|"), "PU-9"}, {strings.Join(facts, "|"), "TRUCK:4411"}} {
		if !strings.Contains(want.in, want.what) {
			t.Errorf("%q is not in %s", want.what, want.in)
		}
	}
	d.want("no call", d.call(2), nil)
	promise := d.tasks(25)[0]
	d.want("promise", []any{pick(promise, "kind"), pick(promise, "said"), pick(promise, "due")}, []any{"promise", "Acme", "2026-03-18T07:40:00-05:00"})

	act := d.history()[0]
	d.want("history", []any{pick(act, "observation"), pick(act, "canUndo")}, []any{pick(out, "observation"), true})
	if says := pick(act, "says").(string); !strings.Contains(says, "reached driver") || !strings.Contains(says, "promised Acme: call back with the dock") {
		t.Errorf("history says %q", says)
	}
	d.ask("undo", pick(out, "observation").(string), "--at", at(26))
	after := d.ask("load", "L1", "--at", at(26))
	for _, field := range []string{"facts", "refs", "notes", "position", "tracking", "stops"} {
		d.want("after the undo: "+field, pick(after, field), pick(before, field))
	}
	again := d.call(27)
	d.want("due again", pick(again, "key"), key)
	for _, task := range d.tasks(27) {
		if pick(task, "kind") == "promise" {
			t.Error("the promise stands")
		}
	}
}

// TestPromiseKept: a promise is a task until it is kept.
func TestPromiseKept(t *testing.T) {
	d := called(t)
	d.ask("tasks", "reached", "L1", "--whom", "customer", "--promise", "call back", "--to", "Acme", "--until", at(40), "--at", at(1))
	var promise any
	for _, task := range d.tasks(30) {
		if pick(task, "kind") == "promise" {
			promise = task
		}
	}
	d.want("said", pick(promise, "said"), "Acme")
	d.ask("tasks", "kept", "L1", pick(promise, "key").(string), "--at", at(31))
	for _, task := range d.tasks(32) {
		if pick(task, "kind") == "promise" {
			t.Error("a kept promise still waits")
		}
	}
}

// TestSaved: a fresh position and an ETA that holds cover the call, and it is counted.
func TestSaved(t *testing.T) {
	d := called(t)
	d.bring("seen.csv", eventsHead+"L1,project44,position,,2026-03-18T10:45:00Z,,32.5,-96.7,,,,\nL1,project44,eta,1,2026-03-18T10:45:00Z,,,,,,2026-03-18T12:15:00Z,\n", -74)
	list := d.ask("tasks", "--at", at(-55))
	saved := pick(list, "saved")
	d.want("counted", []any{pick(saved, "due"), pick(saved, "covered"), pick(saved, "ratio")}, []any{2, 2, 1})
	if why, _ := pick(list, "covered", 0, "why").(string); !strings.Contains(why, "Position 05:45") || !strings.Contains(why, "ETA 07:15") {
		t.Errorf("covered by %q", why)
	}
}

func TestOutcomesRefused(t *testing.T) {
	d := called(t)
	key := pick(d.call(0), "key").(string)
	for _, row := range []struct {
		says string
		args []string
	}{
		{"no task", []string{"reached", "L1", "call/9/never"}},
		{"No load goes by", []string{"reached", "L9", key}},
		{"Say whom", []string{"reached", "L1"}},
		{"Only somebody who was reached", []string{"noAnswer", "L1", key, "--answers", "eta=2026-03-18 08:20"}},
		{"is not a time", []string{"reached", "L1", key, "--answers", "eta=soon"}},
		{"is no place", []string{"reached", "L1", key, "--answers", "position=on I-45"}},
		{"still to come", []string{"reached", "L1", key, "--promise", "x", "--to", "y", "--until", at(-10)}},
		{"Only a promise", []string{"kept", "L1", key}},
		{"in a note how", []string{"done", "L1", key}},
	} {
		code, _, errs := d.run(append([]string{"tasks", "--at", at(1)}, row.args...)...)
		if code != 1 || !strings.Contains(errs, row.says) {
			t.Errorf("%v: exit %d, want 1 with %q: %s", row.args, code, row.says, errs)
		}
	}
}

// TestTasksOfARunningDesk: what a desk keeps in memory is what it would read anew, also after something was done.
func TestTasksOfARunningDesk(t *testing.T) {
	d := called(t)
	d.bring("more.csv", loadsHead+trip("L2", "", "2026-03-18 08:00", "2026-03-20 08:00,")+trip("L3", "", "2026-03-18 08:10", "2026-03-20 08:00,"), -70)
	d.bring("seen.csv", eventsHead+"L1,project44,position,,2026-03-18T10:45:00Z,,32.5,-96.7,,,,\nL1,project44,eta,1,2026-03-18T10:45:00Z,,,,,,2026-03-18T12:15:00Z,\n", -68)
	now := noon
	open, err := desk.Open(t.Context(), desk.Options{Dir: d.home, Person: "ann", Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	area := tasks.New(open)
	same := func(minute int) tasks.Tasks {
		t.Helper()
		now = noon.Add(time.Duration(minute) * time.Minute)
		kept, err := area.List(t.Context(), tasks.TaskQuery{})
		if err != nil {
			t.Fatal(err)
		}
		read, err := area.List(t.Context(), tasks.TaskQuery{At: now})
		if err != nil {
			t.Fatal(err)
		}
		d.want("tasks", kept, read)
		return kept
	}
	same(-59)
	list := same(5) // the clock has gone on without a tick
	if list.Saved.Covered == 0 || len(list.Items) < 2 {
		t.Fatalf("%+v", list)
	}
	if _, err := open.Ledger.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	same(5)
	if _, err := area.Settle(t.Context(), tasks.TaskSettled{Load: list.Items[0].LoadID, Key: list.Items[0].Key, Outcome: tasks.NoAnswer}); err != nil {
		t.Fatal(err)
	}
	same(6)
	same(25 * 60)
}
