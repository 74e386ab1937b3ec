package cli

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// desk is a data folder of its own and a folder for the files that are brought to it.
type testDesk struct {
	t           *testing.T
	home, files string
}

func newDesk(t *testing.T) testDesk { return testDesk{t, t.TempDir(), t.TempDir()} }

// run is one command line in this process.
func (d testDesk) run(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = Main(append([]string{"--home", d.home}, args...), strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// ask runs a command that must succeed and reads its JSON.
func (d testDesk) ask(args ...string) map[string]any {
	d.t.Helper()
	code, out, errs := d.run(append(args, "--json")...)
	if code != 0 {
		d.t.Fatalf("%s: exit %d: %s", strings.Join(args, " "), code, errs)
	}
	var v map[string]any
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		d.t.Fatalf("%s: %v in %s", strings.Join(args, " "), err, out)
	}
	return v
}

// file writes a file whose time is minutes after the hour at which all examples begin.
func (d testDesk) file(name, text string, minutes int) string {
	d.t.Helper()
	path := filepath.Join(d.files, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	at := noon.Add(time.Duration(minutes) * time.Minute)
	if err := os.Chtimes(path, at, at); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// bring imports a text as a file, received at the same minute as the file's time unless args say otherwise.
func (d testDesk) bring(name, text string, minutes int, args ...string) map[string]any {
	d.t.Helper()
	return d.ask(append([]string{"import", d.file(name, text, minutes), "--at", at(minutes)}, args...)...)
}

var noon = time.Date(2026, 3, 18, 12, 0, 0, 0, time.UTC)

func at(minutes int) string {
	return noon.Add(time.Duration(minutes) * time.Minute).Format(time.RFC3339)
}

// pick follows keys and indexes into an answer: pick(v, "stops", 0, "window", "start").
func pick(v any, path ...any) any {
	for _, p := range path {
		switch key := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[key]
		case int:
			list, _ := v.([]any)
			if key >= len(list) {
				return nil
			}
			v = list[key]
		}
	}
	return v
}

func (d testDesk) want(what string, got, want any) {
	d.t.Helper()
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if string(a) != string(b) {
		d.t.Errorf("%s: %s, want %s", what, a, b)
	}
}

func (d testDesk) golden(name, got string) {
	d.t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			d.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			d.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		d.t.Errorf("%s differs; look at it and run with -update if it is right. Got:\n%s", path, got)
	}
}

const loadsHead = "load,customer,carrier,scac,stop,kind,facility,city,state,postal,country,appt_start,appt_end,refs,status,arrived,departed,eta,pieces\n"

// trip is a load from Dallas to Denver, in the columns of loadsHead.
func trip(number, refs, pickup, delivery string) string {
	return number + ",Acme,Blue Line,BLUL,1,pickup,DC 1,Dallas,TX,75201,US," + pickup + ",," + refs + ",Dispatched,,,,20\n" +
		number + ",Acme,Blue Line,BLUL,2,delivery,Store 9,Denver,CO,80202,US," + delivery + "," + refs + ",Dispatched,,,,20\n"
}

const eventsHead = "load,source,event,stop,at,received,lat,lon,city,state,value,text\n"

// TestShapes: what scripts read. Shapes are changed by adding only.
func TestShapes(t *testing.T) {
	d := newDesk(t)
	imported := d.bring("loads.csv", loadsHead+trip("L1", "BOL:B-1;PO:77", "2026-03-19 08:00", "2026-03-20 08:00,2026-03-20 10:00")+"L2,,,,1,pickup,,Nowhereville,,,,2026-03-19 09:00,,,,,,,\n", 0)
	imported["files"].([]any)[0].(map[string]any)["path"] = "loads.csv"
	show := func(v any) string {
		b, err := json.MarshalIndent(v, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		return string(b) + "\n"
	}
	d.golden("import.json", show(imported))
	d.bring("events.csv", eventsHead+"L1,carrier,arrived,1,2026-03-19 08:10,,,,,,,at shipper\nL1,driver,arrived,1,2026-03-19T08:20:00-05:00,,,,,,,\n"+
		"L1,project44,eta,2,2026-03-19T14:00:00Z,,,,,,2026-03-20T15:30:00Z,\nL1,project44,position,,2026-03-19T14:00:00Z,,32.9,-97.1,,,,\n"+
		"L1,macropoint,tracking,,2026-03-19T14:00:00Z,,,,,,tracking,\nPO:99,user,arrived,1,2026-03-19 08:10,,,,,,,which\n", 24*60+180)
	d.golden("board.json", show(d.ask("board", "--at", at(24*60+200))))
	d.golden("load.json", show(d.ask("load", "BOL:B-1", "--at", at(24*60+200))))
	d.golden("quarantine.json", show(d.ask("quarantine", "--at", at(24*60+200))))
}

func TestExitCodes(t *testing.T) {
	d := newDesk(t)
	d.bring("loads.csv", loadsHead+trip("L1", "PO:9", "2026-03-19 08:00", "2026-03-20 08:00,")+trip("L2", "PO:9", "2026-03-19 08:00", "2026-03-20 08:00,"), 0)
	for _, row := range []struct {
		args string
		code int
		says string
	}{
		{"bogus", 2, "no command"},
		{"board --bogus", 2, "--bogus"},
		{"load", 2, "load REF"},
		{"load L1 L2", 2, "load REF"},
		{"board --limit x", 2, "--limit"},
		{"board --at yesterday", 2, "--at"},
		{"search L1 --as-of 2026-03-19T08:00:00Z", 2, "as of now"},
		{"docs list --as-of 2026-03-19T08:00:00Z", 2, "as of now"},
		{"outbox --as-of 2026-03-19T08:00:00Z", 2, "as of now"},
		{"report daily", 2, "--customer"},
		{"report daily --customer Acme --date 22/03/2026", 2, "--date"},
		{"report daily --customer Nobody", 1, "Nobody"},
		{"load ZZZ", 1, "ZZZ"},
		{"load PO:9", 1, "L1"},
		{"load 9", 1, "L2"},
		{"import " + filepath.Join(d.files, "nothing.csv"), 1, "nothing.csv"},
		{"import " + d.file("bare.csv", "1001,Acme,Dallas,TX,2026-03-20\n1002,Acme,Austin,TX,2026-03-21\n", 0), 1, "names the columns"},
		{"import " + d.file("greek.csv", "Alpha,Beta,Gamma\nx,y,z\n", 0), 1, "load, stops and times"},
		{"--json load L1 --at " + at(1), 0, ""},
		{"load --at=" + at(1) + " L1 --json", 0, ""},
		{"load L1 --at " + at(-1), 1, "not known yet"},
	} {
		code, _, errs := d.run(strings.Fields(row.args)...)
		if code != row.code || !strings.Contains(errs, row.says) || strings.Count(errs, "\n") > 1 {
			t.Errorf("%s: exit %d, want %d with %q in one line: %s", row.args, code, row.code, row.says, errs)
		}
	}
}

// TestSameAgain: the same rows in another file, and the same message in another envelope, tell nothing new; a value that
// returns is told three times.
func TestSameAgain(t *testing.T) {
	d := newDesk(t)
	rows := loadsHead + trip("L1", "", "2026-03-20 10:00", "2026-03-21 08:00,")
	d.bring("a.csv", rows, 0)
	again := d.bring("b.csv", rows, 10)
	d.want("observations", pick(again, "files", 0, "observations"), 0)
	d.want("duplicates", pick(again, "files", 0, "duplicates"), 2)
	d.bring("c.csv", strings.Replace(rows, "20 10:00", "20 14:00", 1), 20)
	d.bring("d.csv", rows, 30)
	load := d.ask("load", "L1", "--at", at(40))
	d.want("told", len(pick(load, "stops", 0, "history").([]any)), 3)
	d.want("window", pick(load, "stops", 0, "window", "start"), "2026-03-20T10:00:00-05:00")
	d.want("window then", pick(d.ask("load", "L1", "--as-of", at(25)), "stops", 0, "window", "start"), "2026-03-20T14:00:00-05:00")

	bad := eventsHead + "L1,bogus,arrived,1,2026-03-20 10:00,,,,,,,\n"
	d.bring("e.csv", bad, 50)
	d.bring("f.csv", bad, 60)
	d.want("waiting", len(pick(d.ask("quarantine"), "items").([]any)), 1)
}

// TestAnyOrder: exports that arrive in any order come to the same, also when one only repeats what an earlier one said.
func TestAnyOrder(t *testing.T) {
	exports := []string{"10:00", "14:00", "10:00", "12:00"}
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {0, 2, 1, 3}, {2, 0, 3, 1}, {1, 3, 0, 2}, {0, 3, 2, 1}} {
		d := newDesk(t)
		for nth, export := range order {
			path := d.file("export.csv", loadsHead+trip("L1", "", "2026-03-20 "+exports[export], "2026-03-21 08:00,"), export)
			d.ask("import", path, "--at", at(100+nth))
		}
		load := d.ask("load", "L1", "--at", at(200))
		d.want("window", pick(load, "stops", 0, "window", "start"), "2026-03-20T12:00:00-05:00")
		d.want("original", pick(load, "stops", 0, "original", "start"), "2026-03-20T10:00:00-05:00")
	}
}

// TestFullExport: only a full export takes loads away, never a delivered one, and any export brings them back.
func TestFullExport(t *testing.T) {
	d := newDesk(t)
	a, b := trip("A", "", "2026-03-18 08:00", "2026-03-19 08:00,"), trip("B", "", "2026-03-18 08:00", "2026-03-19 08:00,")
	done := strings.Replace(trip("C", "", "2026-03-17 08:00", "2026-03-18 05:00,"), "Dispatched,,,,20\n", "Dispatched,2026-03-18 05:00,2026-03-18 05:30,,20\n", 2)
	gone := func(minutes int) string {
		var list []string
		for _, row := range pick(d.ask("board", "--at", at(minutes)), "rows").([]any) {
			if pick(row, "gone") == true {
				list = append(list, pick(row, "load").(string))
			}
		}
		return strings.Join(list, " ")
	}
	d.bring("1.csv", loadsHead+a+b+done, 0, "--full")
	second := d.bring("2.csv", loadsHead+a, 10, "--full")
	d.want("gone in the answer", pick(second, "loads", "gone"), 1)
	d.want("gone", gone(11), "B")
	d.bring("3.csv", loadsHead+b, 20)
	d.want("back", gone(21), "")
	d.want("as it was", gone(11), "B")
	late := d.file("0.csv", loadsHead+a, -10)
	d.ask("import", late, "--full", "--at", at(30))
	d.want("after an older full export", gone(31), "")
}

// TestKnownToTheCarrierFirst: events open a provisional load, the tender joins it, and looking back shows it as it was.
func TestKnownToTheCarrierFirst(t *testing.T) {
	d := newDesk(t)
	d.bring("events.csv", eventsHead+"L5,carrier,arrived,1,2026-03-18 06:10,,,,,,,\nPRO:555,carrier,delivered,2,2026-03-18 06:00,,,,Denver,CO,,\n", 0)
	d.want("rows", len(pick(d.ask("board", "--at", at(1)), "rows").([]any)), 2)
	d.want("provisional", pick(d.ask("load", "L5", "--at", at(1)), "provisional"), true)
	d.bring("loads.csv", loadsHead+trip("L5", "PRO:555", "2026-03-18 06:00", "2026-03-18 06:00,"), 60)
	load := d.ask("load", "PRO:555", "--at", at(61))
	d.want("number", pick(load, "load"), "L5")
	d.want("arrived", pick(load, "stops", 0, "arrived", "at"), "2026-03-18T06:10:00-05:00")
	d.want("delivered", pick(load, "stops", 1, "delivered", "at"), "2026-03-18T06:00:00-06:00")
	d.want("rows now", len(pick(d.ask("board", "--at", at(61)), "rows").([]any)), 1)
	d.want("rows then", len(pick(d.ask("board", "--at", at(1)), "rows").([]any)), 2)
	d.want("the load then", pick(d.ask("load", "L5", "--at", at(1)), "provisional"), true)
}

// TestTimes: local times are resolved at their stop, and again when its address is corrected.
func TestTimes(t *testing.T) {
	for _, row := range []struct{ city, state, written, want string }{
		{"New York", "NY", "2026-03-20 08:00", "2026-03-20T08:00:00-04:00"},
		{"New York", "NY", "2026-03-08 02:30", "2026-03-08T03:30:00-04:00"}, // skipped that night
		{"Chicago", "IL", "2026-11-01 01:30", "2026-11-01T01:30:00-05:00"},  // twice that night: the first
		{"Phoenix", "AZ", "2026-07-01 08:00", "2026-07-01T08:00:00-07:00"},
		{"Los Angeles", "CA", "03/20/2026 2:30 PM", "2026-03-20T14:30:00-07:00"},
		{"St. John's", "NL", "2026-03-20 08:00", "2026-03-20T08:00:00-02:30"},
		{"Chicago", "IL", "2026-03-20 2400", "2026-03-21T00:00:00-05:00"},
		{"Chicago", "IL", "2026-03-20T08:00:00Z", "2026-03-20T03:00:00-05:00"},
		{"Chicago", "IL", "2026-03-20T08:00:00+05:30", "2026-03-19T21:30:00-05:00"},
	} {
		d := newDesk(t)
		d.bring("l.csv", "load,stop,kind,city,state,appt_start\nL1,1,pickup,"+row.city+","+row.state+","+row.written+"\n", 0)
		load := d.ask("load", "L1", "--at", at(1))
		d.want(row.city+" "+row.written, pick(load, "stops", 0, "window", "start"), row.want)
		d.want(row.city+" "+row.written+" end", pick(load, "stops", 0, "window", "end"), row.want)
	}
	d := newDesk(t)
	d.bring("1.csv", "load,stop,kind,city,state,appt_start\nL1,1,pickup,Zzyzxville,,2026-03-20 08:00\n", 0)
	d.want("unknown place", pick(d.ask("load", "L1", "--at", at(1)), "stops", 0, "window"), nil)
	d.bring("2.csv", "load,stop,kind,city,state,appt_start\nL1,1,pickup,Denver,CO,2026-03-20 08:00\n", 10)
	d.want("corrected", pick(d.ask("load", "L1", "--at", at(11)), "stops", 0, "window", "start"), "2026-03-20T08:00:00-06:00")
	d.want("before", pick(d.ask("load", "L1", "--as-of", at(1)), "stops", 0, "window"), nil)
	d.bring("3.csv", "load,stop,kind,city,state,appt_start\nL2,1,pickup,Chicago,IL,2026-03-20\n", 20)
	d.want("a day is never midnight", pick(d.ask("load", "L2", "--at", at(21)), "stops", 0, "window", "end"), "2026-03-20T23:59:59-05:00")
}

// TestQuarantine: assigned, corrected and dropped items stay settled when their file comes again.
func TestQuarantine(t *testing.T) {
	d := newDesk(t)
	d.bring("l.csv", loadsHead+trip("L1", "PO:9", "2026-03-18 06:00", "2026-03-18 16:00,")+trip("L2", "PO:9", "2026-03-18 06:00", "2026-03-18 16:00,"), 0)
	events := eventsHead + "PO:9,carrier,arrived,1,2026-03-18 06:10,,,,,,,which\nL1,carrier,arrived,1,not a time,,,,,,,\nL2,carrier,departed,1,2026-13-45,,,,,,,\n"
	d.bring("e.csv", events, 10)
	items := pick(d.ask("quarantine", "--at", at(11)), "items").([]any)
	if len(items) != 3 || len(pick(items[0], "candidates").([]any)) != 2 {
		t.Fatalf("%v", items)
	}
	id := func(n int) string { return pick(items[n], "id").(string) }
	d.ask("quarantine", "assign", id(0), "L2", "--at", at(20))
	d.ask("quarantine", "fix", id(1), "L1,carrier,arrived,1,2026-03-18 06:22,,,,,,,", "--at", at(20))
	if code, _, errs := d.run("quarantine", "wait", id(2)); code != 1 || !strings.Contains(errs, "not dropped") {
		t.Errorf("what waits waits again: %d %s", code, errs)
	}
	d.ask("quarantine", "drop", id(2), "--at", at(17))
	d.ask("quarantine", "wait", id(2), "--at", at(18))
	d.want("waits again", len(pick(d.ask("quarantine", "--at", at(20)), "items").([]any)), 1)
	d.ask("quarantine", "drop", id(2), "--at", at(20))
	d.want("assigned", pick(d.ask("load", "L2", "--at", at(21)), "stops", 0, "arrived", "at"), "2026-03-18T06:10:00-05:00")
	d.want("corrected", pick(d.ask("load", "L1", "--at", at(21)), "stops", 0, "arrived", "at"), "2026-03-18T06:22:00-05:00")
	if code, _, errs := d.run("quarantine", "drop", id(2)); code != 1 || !strings.Contains(errs, "settled") {
		t.Errorf("dropped twice: %d %s", code, errs)
	}
	d.bring("again.csv", events, 30)
	d.want("waiting", len(pick(d.ask("quarantine", "--at", at(31)), "items").([]any)), 0)
	d.want("waiting then", len(pick(d.ask("quarantine", "--as-of", at(15)), "items").([]any)), 3)
	d.want("sound", d.ask("doctor")["sound"], true)
}
