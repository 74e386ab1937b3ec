package kpi

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/freight"
)

// table reads a CSV with a header line.
func table(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		out = append(out, row)
	}
	return out
}

func day(t *testing.T, s string) int {
	t.Helper()
	at, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return int(at.Unix() / 86400)
}

func instantOf(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04Z07:00", s)
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC()
}

// window reads START/END, DAY, DAY..DAY, "!" (times without a zone) or nothing.
func window(t *testing.T, s, zone string) freight.DueFacts {
	t.Helper()
	switch {
	case s == "":
		return freight.DueFacts{}
	case s == "!":
		return freight.DueFacts{NoZone: true}
	case strings.Contains(s, "/"):
		start, end, _ := strings.Cut(s, "/")
		return freight.DueFacts{Start: instantOf(t, start), End: instantOf(t, end)}
	}
	first, last, two := strings.Cut(s, "..")
	if !two {
		last = first
	}
	from, err := time.ParseInLocation(time.DateOnly, first, location(zone))
	if err != nil {
		t.Fatal(err)
	}
	to, err := time.ParseInLocation(time.DateOnly, last, location(zone))
	if err != nil {
		t.Fatal(err)
	}
	return freight.DueFacts{Start: from.UTC(), End: to.AddDate(0, 0, 1).Add(-time.Second).UTC(), FirstDay: day(t, first), LastDay: day(t, last)}
}

// handLoads are the loads of testdata/stops.csv.
func handLoads(t *testing.T) []Load {
	t.Helper()
	var out []Load
	for _, row := range table(t, "testdata/stops.csv") {
		seq, err := strconv.Atoi(row["stop"])
		if err != nil {
			t.Fatal(err)
		}
		if n := len(out); n == 0 || out[n-1].Load != row["load"] {
			out = append(out, Load{LoadFacts: freight.LoadFacts{Load: row["load"], State: freight.LoadState(row["state"]), Carrier: "Hand Freight",
				First: instantOf(t, "2026-03-01T00:00Z")}})
		}
		l := &out[len(out)-1]
		s := freight.StopFacts{Seq: seq, Kind: row["kind"], Zone: row["zone"], Original: window(t, row["original"], row["zone"])}
		s.Window = s.Original
		if row["current"] != "=" {
			s.Window = window(t, row["current"], row["zone"])
		}
		switch at := row["arrived"]; {
		case at == "!":
			s.Arrived.NoZone = true
		case strings.Contains(at, "T"):
			s.Arrived.At = instantOf(t, at)
		case at != "":
			s.Arrived.Day = day(t, at)
		}
		if d := row["handover_day"]; d != "" {
			s.Done = true
			if s.Kind == "pickup" {
				s.Loaded.Day = day(t, d)
			} else {
				s.Unloaded.Day = day(t, d)
			}
		}
		if p := row["party"]; p != "" {
			l.Exceptions = append(l.Exceptions, Exception{ID: "x", Kind: "appointment.missed", Stop: seq, Severity: freight.Major, Party: p})
		}
		l.Stops = append(l.Stops, s)
	}
	return out
}

func handInput(t *testing.T, definition string) Input {
	t.Helper()
	in := Input{Loads: handLoads(t), From: day(t, "2026-03-01"), To: day(t, "2026-11-30"), AsOf: instantOf(t, "2026-11-23T12:00-06:00")}
	i := slices.IndexFunc(Shipped(), func(d Definition) bool { return d.Name == definition })
	if i < 0 {
		t.Fatalf("no definition %q", definition)
	}
	in.Definition = Shipped()[i]
	return in
}

// Each stop of the hand-made table comes out as its line says.
func TestStopsAgainstTheHand(t *testing.T) {
	standard := handInput(t, "standard")
	byStop := map[string]map[string]KPIRow{}
	for _, name := range []string{"otp.original", "otd.original", "otp.current", "otd.current"} {
		_, rows, ok := Rows(standard, name)
		if !ok {
			t.Fatalf("no rows of %s", name)
		}
		byStop[name] = map[string]KPIRow{}
		for _, r := range rows {
			byStop[name][fmt.Sprintf("%s/%d", r.Load, r.Stop)] = r
		}
	}
	for _, line := range table(t, "testdata/stops.csv") {
		for _, w := range []string{"original", "current"} {
			for _, side := range []struct{ name, not string }{{"otp", "delivery"}, {"otd", "pickup"}} {
				r, found := byStop[side.name+"."+w][line["load"]+"/"+line["stop"]]
				want := line[w+"_outcome"]
				if line["kind"] == side.not {
					want = "-"
				}
				got := "-"
				switch {
				case found && r.Excluded != "":
					got = "x " + r.Excluded
				case found:
					got = r.Outcome
				}
				if got != want {
					t.Errorf("%s/%s %s.%s: %q, by hand %q (%s)", line["load"], line["stop"], side.name, w, got, want, line["why"])
				}
				if minutes := line[w+"_minutes"]; minutes != "" && want != "-" && (r.Value == nil || fmt.Sprint(*r.Value) != minutes) {
					t.Errorf("%s/%s %s.%s: %v min, by hand %s (%s)", line["load"], line["stop"], side.name, w, r.Value, minutes, line["why"])
				}
			}
		}
	}
}

// quotient reads 22/44 or 22.
func quotient(t *testing.T, s string) float64 {
	t.Helper()
	over, under, divided := strings.Cut(s, "/")
	a, err := strconv.ParseFloat(over, 64)
	if err != nil {
		t.Fatal(err)
	}
	if !divided {
		return a
	}
	b, err := strconv.ParseFloat(under, 64)
	if err != nil {
		t.Fatal(err)
	}
	return a / b
}

// The figures are those computed by hand in testdata/expected.csv, where the arithmetic is shown.
func TestFiguresAgainstTheHand(t *testing.T) {
	figures := map[string][]KPI{}
	for _, line := range table(t, "testdata/expected.csv") {
		if figures[line["definition"]] == nil {
			figures[line["definition"]] = Compute(handInput(t, line["definition"]))
		}
		all := figures[line["definition"]]
		i := slices.IndexFunc(all, func(k KPI) bool { return k.Name == line["name"] })
		if i < 0 {
			t.Errorf("there is no %s", line["name"])
			continue
		}
		k := all[i]
		want := quotient(t, line["value"])
		if k.Value == nil || math.Abs(*k.Value-want) > 1e-9 || strconv.Itoa(k.N) != line["n"] {
			t.Errorf("%s %s: %v of %d, by hand %s of %s (%s)", line["definition"], k.Name, show(k.Value), k.N, line["value"], line["n"], line["arithmetic"])
		}
		if got := excludedText(k); line["excluded"] != "" && line["excluded"] != "*" && got != sortedText(line["excluded"]) {
			t.Errorf("%s %s leaves out\n%s\nby hand\n%s", line["definition"], k.Name, got, sortedText(line["excluded"]))
		}
	}
}

func show(v *float64) string {
	if v == nil {
		return "nothing"
	}
	return fmt.Sprint(*v)
}

func excludedText(k KPI) string {
	var list []string
	for _, x := range k.Excluded {
		list = append(list, fmt.Sprintf("%s %d", x.Cause, x.N))
	}
	return sortedText(strings.Join(list, "; "))
}

func sortedText(s string) string {
	list := strings.Split(s, "; ")
	slices.SortFunc(list, cmp.Compare[string])
	return strings.Join(list, "\n")
}
