package cli

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// figure finds a figure in an answer.
func figure(t *testing.T, answer map[string]any, name string) map[string]any {
	t.Helper()
	list, _ := answer["kpis"].([]any)
	for _, k := range list {
		if pick(k, "name") == name {
			return k.(map[string]any)
		}
	}
	t.Fatalf("there is no %s among %d figures", name, len(list))
	return nil
}

// Deliveries of years, by the day, read by a mapping profile: the figures are those that the file's own column of days late
// gives, although many countries have no zone of their own and dates beside stand in words.
func TestKPIOfRealDeliveries(t *testing.T) {
	lateDays := scmsDaysLate(t)
	var lates []string
	sum, words := 0, 0
	for _, row := range lateDays {
		if row.late > 0 {
			lates, sum = append(lates, row.load), sum+row.late
		}
		if row.words {
			words++
		}
	}
	d := newDesk(t)
	done := d.ask("import", filepath.Join("testdata", "scms", "scms_excerpt.csv"), "--profile", filepath.Join("testdata", "scms", "profile.json"))
	if n := pick(done, "loads", "new"); n != float64(len(lateDays)) {
		t.Fatalf("%v loads of %d lines", n, len(lateDays))
	}
	quarantined, _ := pick(done, "files", 0, "quarantined").([]any)
	if len(quarantined) == 0 {
		t.Error("words in number columns are not in quarantine")
	}
	for _, q := range quarantined {
		if why, _ := pick(q, "reason").(string); !strings.Contains(why, "the rest of the row was read") {
			t.Errorf("a row is lost: %v", q)
		}
	}

	got := d.ask("kpi", "--from", "2006-01-01", "--to", "2016-12-31", "--rows", "otd.original.late")
	otd := figure(t, got, "otd.original")
	want := 1 - float64(len(lates))/float64(len(lateDays))
	if v, _ := otd["value"].(float64); math.Abs(v-want) > 1e-9 || otd["n"] != float64(len(lateDays)) || len(otd["excluded"].([]any)) != 0 {
		t.Errorf("otd.original is %v of %v, left out %v; by the file %v of %d", otd["value"], otd["n"], otd["excluded"], want, len(lateDays))
	}
	if v := figure(t, got, "otd.original.late")["value"]; v != float64(len(lates)) {
		t.Errorf("%v late, by the file %d", v, len(lates))
	}
	mean := float64(sum) / float64(len(lates))
	if v, _ := figure(t, got, "otd.original.lateMinutes")["value"].(float64); math.Abs(v/1440-mean) > 1e-9 {
		t.Errorf("late ones %v days on average, by the file %v", v/1440, mean)
	}
	var rows []string
	for _, r := range got["rows"].([]any) {
		rows = append(rows, pick(r, "load").(string))
	}
	slices.Sort(rows)
	slices.Sort(lates)
	if !slices.Equal(rows, lates) {
		t.Errorf("rows behind the late ones: %v, by the file %v", rows, lates)
	}
	if n := loadsWithWords(t, d, lateDays); n != words || words == 0 {
		t.Errorf("dates in words are on %d loads, in the file on %d", n, words)
	}
}

type scmsLine struct {
	load  string
	late  int
	words bool // in one of the dates beside
}

func scmsDaysLate(t *testing.T) []scmsLine {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "scms", "scms_excerpt.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int { return slices.Index(lines[0], name) }
	var out []scmsLine
	for _, line := range lines[1:] {
		late, err := strconv.Atoi(line[at("days_late")])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, scmsLine{line[at("line_id")], late, isWords(line[at("quote_sent")]) || isWords(line[at("po_sent")])})
	}
	return out
}

func isWords(s string) bool { return s != "" && strings.Trim(s, "0123456789-") != "" }

// loadsWithWords counts the loads on which a date in words is kept.
func loadsWithWords(t *testing.T, d testDesk, lines []scmsLine) (n int) {
	t.Helper()
	for _, line := range lines {
		found := false
		seen, _ := d.ask("load", "LOAD:"+line.load)["observations"].([]any)
		for _, o := range seen {
			value, _ := pick(o, "value").(string)
			for _, column := range []string{"quote_sent", "po_sent"} {
				if i := strings.Index(value, column+":"); i >= 0 && isWords(strings.TrimSpace(value[i+len(column)+1:])) {
					found = true
				}
			}
		}
		if found {
			n++
		}
	}
	return n
}

const kpiLoads = `load_number,customer,carrier,stop,kind,city,state,appt_start,appt_end,arrived,departed
K1,Acme Foods,Swift,1,pickup,Dallas,TX,2026-03-17 08:00,2026-03-17 09:00,2026-03-17 08:30,2026-03-17 09:30
K1,Acme Foods,Swift,2,delivery,Memphis,TN,2026-03-18 08:00,2026-03-18 09:00,2026-03-18 09:10,2026-03-18 10:00
K2,Acme Foods,Swift,1,pickup,Dallas,TX,2026-03-17 08:00,2026-03-17 09:00,2026-03-17 08:30,2026-03-17 09:30
K2,Acme Foods,Swift,2,delivery,Memphis,TN,2026-03-18 10:00,2026-03-18 11:00,,
K3,Beta,Knight,1,pickup,Dallas,TX,2026-03-17 08:00,2026-03-17 09:00,2026-03-17 08:30,2026-03-17 09:30
K3,Beta,Knight,2,delivery,Memphis,TN,2026-03-18 08:00,2026-03-18 09:00,2026-03-18 08:10,2026-03-18 10:00
`

// Figures by customer, carrier and definition; what is overdue is so at the clock; looking back hides what came later.
func TestKPIByCustomerAndDefinition(t *testing.T) {
	d := newDesk(t)
	d.bring("loads.csv", kpiLoads, 240) // 16:00 UTC: 11:00 in Memphis
	week := []string{"kpi", "--from", "2026-03-16", "--to", "2026-03-22", "--at", at(300)}
	for _, c := range []struct {
		name  string
		args  []string
		value any
		n     float64
	}{
		{"everybody", nil, 0.5, 2},
		{"one customer, whatever its case", []string{"--customer", "acme foods"}, 0.0, 1},
		{"another", []string{"--customer", "Beta"}, 1.0, 1},
		{"one carrier", []string{"--carrier", "knight"}, 1.0, 1},
		{"with grace", []string{"--definition", "grace15"}, 1.0, 2},
		{"another week", []string{"--from", "2026-03-23", "--to", "2026-03-29"}, nil, 0},
		{"before it was known", []string{"--as-of", at(60)}, nil, 0},
	} {
		otd := figure(t, d.ask(append(slices.Clone(week), c.args...)...), "otd.current")
		if otd["value"] != c.value || otd["n"] != c.n {
			t.Errorf("%s: %v of %v, want %v of %v", c.name, otd["value"], otd["n"], c.value, c.n)
		}
	}
	all := d.ask(append(slices.Clone(week), "--weeks", "2")...)
	if v := figure(t, all, "otd.current.overdue")["value"]; v != 1.0 {
		t.Errorf("%v overdue, want K2", v)
	}
	if from := pick(all, "trend", 1, "from"); from != "2026-03-16" || len(all["trend"].([]any)) != 2 {
		t.Errorf("the trend's last week begins %v", from)
	}
	if again := d.ask(append(slices.Clone(week), "--weeks", "2")...); !sameJSON(t, all, again) {
		t.Error("the same question twice has two answers")
	}
}

func sameJSON(t *testing.T, a, b any) bool {
	t.Helper()
	x, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(x) == string(y)
}

// A definition of one's own is kept under its name, chosen for a customer, and named with the figures.
func TestKPIDefinitions(t *testing.T) {
	d := newDesk(t)
	d.bring("loads.csv", kpiLoads, 240)
	own := pick(d.ask("kpi", "definitions"), "definitions", 0).(map[string]any)
	own["name"], own["grace"] = "acme contract", 10
	body, err := json.Marshal(own)
	if err != nil {
		t.Fatal(err)
	}
	path := d.file("acme.json", string(body), 0)
	d.ask("kpi", "define", "--from", path)
	d.ask("kpi", "use", "acme contract", "--customer", "Acme Foods")
	for customer, want := range map[string]string{"Acme Foods": "acme contract", "Beta": "standard"} {
		got := d.ask("kpi", "--customer", customer, "--from", "2026-03-16", "--to", "2026-03-22", "--at", at(300))
		if name := pick(got, "definition", "name"); name != want {
			t.Errorf("%s is counted by %v, want %s", customer, name, want)
		}
	}
	if v := figure(t, d.ask("kpi", "--customer", "Acme Foods", "--from", "2026-03-16", "--to", "2026-03-22"), "otd.current")["value"]; v != 1.0 {
		t.Errorf("09:10 with 10 min of grace to 09:00: %v on time", v)
	}
	for _, bad := range [][]string{{"kpi", "--customer", "Nobody"}, {"kpi", "--definition", "none"}, {"kpi", "--rows", "none"}, {"kpi", "--from", "2026-03-22", "--to", "2026-03-16"},
		{"kpi", "--from", "soon"}, {"kpi", "use", "none"}, {"kpi", "define", "--from", filepath.Join(d.files, "gone.json")}} {
		if code, _, errs := d.run(bad...); code != 1 || strings.Count(errs, "\n") != 1 {
			t.Errorf("%v: exit %d, %q", bad, code, errs)
		}
	}
	if code, _, _ := d.run("kpi", "what"); code != 2 {
		t.Errorf("kpi what: exit %d, want 2", code)
	}
}

// What comes later counts from then on: at an earlier instant the stop is overdue as it was, and stated arrival times are held
// against the arrival once the load is delivered.
func TestKPIAsKnownThen(t *testing.T) {
	d := newDesk(t)
	d.bring("loads.csv", kpiLoads, 240)
	d.bring("events.csv", `load,source,event,stop,at,value
K2,carrier,eta,2,2026-03-18T08:00:00-05:00,2026-03-18T10:30:00-05:00
K2,carrier,eta,2,2026-03-18T10:45:00-05:00,2026-03-18T11:40:00-05:00
K2,carrier,arrived,2,2026-03-18T11:30:00-05:00,
K2,carrier,delivered,2,2026-03-18T12:00:00-05:00,
`, 400)
	ask := func(minutes int) map[string]any {
		return d.ask("kpi", "--customer", "Acme Foods", "--from", "2026-03-16", "--to", "2026-03-22", "--at", at(minutes))
	}
	before, after := ask(300), ask(500)
	for _, c := range []struct {
		answer map[string]any
		when   string
		name   string
		value  any
	}{
		{before, "before", "otd.current.overdue", 1.0}, {before, "before", "otd.current.late", 1.0}, {before, "before", "eta.2h.mae", nil},
		{after, "after", "otd.current.overdue", 0.0}, {after, "after", "otd.current.late", 2.0},
		// arrived 11:30; 2 h before, 10:30 was the last word: 60 min; before the arrival it was 11:40: 10 min later
		{after, "after", "eta.2h.mae", 60.0}, {after, "after", "eta.2h.bias", -60.0}, {after, "after", "eta.last.bias", 10.0},
	} {
		if v := figure(t, c.answer, c.name)["value"]; v != c.value {
			t.Errorf("%s the arrival was told %s is %v, want %v", c.when, c.name, v, c.value)
		}
	}
	d.ask("rebuild")
	if again := ask(500); !sameJSON(t, after["kpis"], again["kpis"]) {
		for i, k := range after["kpis"].([]any) {
			if !sameJSON(t, k, pick(again, "kpis", i)) {
				t.Errorf("drawn anew %v is %v, was %v", pick(k, "name"), pick(again, "kpis", i), k)
			}
		}
	}
}

// A facility's own free time counts as soon as it is on file, without the loads being drawn anew.
func TestKPIFreeTimeOfFacilities(t *testing.T) {
	d := newDesk(t)
	d.bring("loads.csv", `load_number,customer,stop,kind,facility,city,state,appt_start,appt_end,arrived,departed
F1,Acme Foods,1,pickup,Acme DC,Dallas,TX,2026-03-17 08:00,2026-03-17 09:00,2026-03-17 08:00,2026-03-17 09:00
F1,Acme Foods,2,delivery,Slow Dock,Memphis,TN,2026-03-18 08:00,2026-03-18 09:00,2026-03-18 08:00,2026-03-18 09:50
`, 240)
	ask := func(minutes int) any {
		return figure(t, d.ask("kpi", "--from", "2026-03-16", "--to", "2026-03-22", "--at", at(minutes)), "detention.usd")["value"]
	}
	if v := ask(300); v != nil {
		t.Errorf("110 min within 120 of free time cost %v", v)
	}
	d.bring("facilities.csv", "facility,city,state,free_time_min\nSlow Dock,Memphis,TN,60\n", 310)
	if v := ask(320); v != 75.0 {
		t.Errorf("50 min beyond 60 of free time are four quarters at 75 USD an hour: %v", v)
	}
	if v := ask(300); v != nil {
		t.Errorf("before its free time was known the dock cost %v", v)
	}
}
