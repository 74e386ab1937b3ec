package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCompare: a page pasted, a word accepted and taken back, all on the command line.
func TestCompare(t *testing.T) {
	d := late(t)
	d.bring("events.csv", eventsHead+"L1,tms,arrived,1,2026-03-18 09:40,,,,,,,\n", 180)
	page := filepath.Join(d.files, "page.txt")
	if err := os.WriteFile(page, []byte("Arrived at shipper: 03/18/2026 07:50\nThank you\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	read := d.ask("paste", "L1", "--from", page, "--at", at(200))
	d.want("a preview", []any{pick(read, "stored"), pick(read, "claims", 0, "fact"), pick(read, "claims", 0, "stop"), pick(read, "unread", 0, "text")}, []any{false, "arrived", 1, "Thank you"})
	kept := d.ask("paste", "L1", "--from", page, "--keep", "--at", at(200))
	d.want("kept", pick(kept, "source"), "carrier/BLUL")

	row := func() map[string]any {
		for _, r := range pick(d.ask("compare", "L1", "--at", at(240)), "rows").([]any) {
			if pick(r, "key") == "arrived/1" {
				return r.(map[string]any)
			}
		}
		t.Fatal("nobody tells of the arrival")
		return nil
	}
	r := row()
	d.want("contradiction", pick(r, "contradiction"), "Portal of BLUL says arrived Wed 18 Mar 07:50 CDT; TMS says arrived Wed 18 Mar 09:40 CDT")
	d.want("question", []any{pick(r, "askWhom"), pick(r, "question")}, []any{"facility", "When did the truck arrive at Dallas, TX?"})
	tms := pick(r, "cells", 0, "observation").(string)
	if code, _, errs := d.run("compare", "L1", "accept", "arrived", tms, "--stop", "1", "--at", at(241)); code != couldNot || !strings.Contains(errs, "Say why") {
		t.Errorf("without a reason: exit %d, %s", code, errs)
	}
	done := d.ask("compare", "L1", "accept", "arrived", tms, "--stop", "1", "--reason", "gate log", "--at", at(241))
	d.want("as it was before", pick(row(), "contradiction") != "", true)
	after := d.ask("compare", "L1", "--at", at(242))
	for _, r := range pick(after, "rows").([]any) {
		if pick(r, "key") == "arrived/1" {
			d.want("settled", []any{pick(r, "contradiction"), pick(r, "accepted", "column")}, []any{"", "user"})
		}
	}
	d.ask("undo", pick(done, "observation").(string), "--at", at(243))
	d.ask("compare", "L1", "dismiss", "arrived", "--stop", "1", "--reason", "known", "--at", at(244))
	_, text, _ := d.run("compare", "L1", "--at", at(245))
	if !strings.Contains(text, "Known to ") {
		t.Errorf("what is known is not told:\n%s", text)
	}
}

func TestPortalsAndTrust(t *testing.T) {
	d := late(t)
	if code, _, errs := d.run("portals", "set", "carrier/BLUL", "http://x.example/{pro}"); code != couldNot || !strings.Contains(errs, "https://") {
		t.Errorf("exit %d: %s", code, errs)
	}
	d.ask("portals", "set", "carrier/BLUL", "https://track.example/bol/{bol}")
	urls := map[any]any{}
	for _, c := range pick(d.ask("compare", "L1"), "columns").([]any) {
		urls[pick(c, "key")] = pick(c, "url")
	}
	d.want("a page that nobody has read", urls["carrier/BLUL via portal"], "https://track.example/bol/B-1")
	out := d.ask("trust", "actuals", "user > tms > carrier, platform")
	d.want("trust", []any{pick(out, "orders", 0, "shipped"), pick(out, "orders", 0, "ranks", 2, "kinds", 1)}, []any{false, "platform"})
	if code, _, errs := d.run("trust", "actuals", "tms > user"); code != couldNot || !strings.Contains(errs, "user alone") {
		t.Errorf("exit %d: %s", code, errs)
	}
	d.want("shipped again", pick(d.ask("trust", "actuals", "shipped"), "orders", 0, "shipped"), true)
}

// TestShift: an exception without an owner blocks; the sheet is handed over, taken and printed.
func TestShift(t *testing.T) {
	d := late(t)
	x := d.appointment("--at", at(120))
	if code, _, errs := d.run("handover", "give", "Bo", "--at", at(120)); code != couldNot || !strings.Contains(errs, "no owner") {
		t.Errorf("exit %d: %s", code, errs)
	}
	for _, it := range d.exceptions("--at", at(120)) {
		d.ask("exceptions", "assign", "L1", pick(it, "id").(string), "--owner", "Ida", "--at", at(120))
	}
	given := d.ask("handover", "give", "Bo", "--note", "quiet", "--at", at(121))
	id := pick(given, "id").(string)
	d.want("given", []any{pick(given, "to"), pick(given, "open"), pick(given, "lines", 0, "load")}, []any{"Bo", 1, "L1"})
	took := d.ask("handover", "take", id, "L1", "--as", "Bo", "--at", at(121))
	d.want("given back", d.ask("handover", "back", id, "L1", "--as", "Bo", "--at", at(121))["open"], took["open"].(float64)+1)
	took = d.ask("handover", "take", id, "L1", "--as", "Bo", "--at", at(122))
	d.want("taken", []any{pick(took, "closed"), pick(took, "lines", 0, "takenBy")}, []any{true, "Bo"})
	if _, text, _ := d.run("handover", "show", id); !strings.Contains(text, "[x] Bo") {
		t.Errorf("the sheet does not say who took the line:\n%s", text)
	}

	sheet := d.ask("checklist", "L1", pick(x, "id").(string), "--at", at(122))
	step := pick(sheet, "steps", 0, "key").(string)
	d.ask("checklist", "L1", pick(x, "id").(string), "done", step, "--at", at(123))
	d.want("a step done", pick(d.ask("checklist", "L1", pick(x, "id").(string), "--at", at(124)), "done"), 1)
}

func TestPlaybookAndMilestonesCommands(t *testing.T) {
	d := late(t)
	_, text, _ := d.run("playbook", "late")
	if !strings.HasPrefix(text, "kind: late\n") {
		t.Fatalf("playbook late prints %q", text)
	}
	own := filepath.Join(d.files, "late.txt")
	if err := os.WriteFile(own, []byte(strings.Replace(text, "title: ", "title: Our ", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	d.want("edited", pick(d.ask("playbook", "--from", own), "version"), 1)
	d.want("shipped again", pick(d.ask("playbook", "late", "--shipped"), "shipped"), true)

	if code, _, errs := d.run("milestones", "L1", "close"); code != couldNot || !strings.Contains(errs, "POD") {
		t.Errorf("exit %d: %s", code, errs)
	}
	for _, m := range pick(d.ask("milestones", "L1"), "milestones").([]any) {
		if pick(m, "closed") == false {
			d.ask("milestones", "L1", "gap", pick(m, "key").(string), "customer waived it")
		}
	}
	d.want("closed", pick(d.ask("milestones", "L1", "close"), "list", "state"), "closed")
}
