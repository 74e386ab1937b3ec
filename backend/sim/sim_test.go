package sim

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/freight"
)

var noon = time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)

func readCSV(t *testing.T, b []byte) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, fields := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = fields[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func TestSameSeedSameWorld(t *testing.T) {
	a, b, other := New(7, noon), New(7, noon), New(8, noon)
	if !bytes.Equal(a.TMSExport(noon), b.TMSExport(noon)) {
		t.Error("one seed gave two worlds")
	}
	if bytes.Equal(a.TMSExport(noon), other.TMSExport(noon)) {
		t.Error("two seeds gave one world")
	}
}

// The truth must be possible: stops in order, windows not before one another, trucks within the speed limit and the driver's hours.
func TestTruthIsPossible(t *testing.T) {
	w := New(7, noon)
	for _, l := range w.Loads {
		for i := range l.Stops {
			s := &l.Stops[i]
			if s.Departed.Sub(s.Arrived) < 30*time.Minute || s.End.Before(s.Start) {
				t.Errorf("%s stop %d: %v to %v in window %v to %v", l.Number, s.Seq, s.Arrived, s.Departed, s.Start, s.End)
			}
			if i == 0 {
				continue
			}
			from := l.Stops[i-1]
			way := miles(from.Facility.Lat, from.Facility.Lon, s.Facility.Lat, s.Facility.Lon) * detour
			if hours := s.Arrived.Sub(from.Departed).Hours(); way/hours > 61 {
				t.Errorf("%s: %.0f miles in %.1f hours", l.Number, way, hours)
			}
		}
		if !strings.Contains(fmt.Sprint(l.Flags), "team") {
			checkHours(t, l)
		}
	}
}

// checkHours looks at every 20 hours of a driver's way: between two rests of ten there are at most eleven at the wheel, so
// within 20 hours no more than that, and what a rest spent waiting at a stop allows.
func checkHours(t *testing.T, l *Load) {
	t.Helper()
	for _, first := range l.way {
		end := first.begin.Add(20 * time.Hour)
		var wheel time.Duration
		for _, s := range l.way {
			if !s.begin.Before(first.begin) && s.begin.Before(end) {
				wheel += min(s.end.Sub(s.begin), end.Sub(s.begin))
			}
		}
		if wheel > 12*time.Hour {
			t.Errorf("%s: %v at the wheel within 20 hours", l.Number, wheel)
		}
	}
}

// A newcomer's board must have something of everything at the instant the world is made around.
func TestWorldIsMixed(t *testing.T) {
	w := New(1, noon)
	states, traits, kinds, countries := map[freight.LoadState]int{}, map[Trait]int{}, map[int]int{}, map[string]int{}
	late := 0
	for _, l := range w.Loads {
		states[l.State(noon)]++
		traits[l.Trait]++
		kinds[len(l.Stops)]++
		countries[l.Stops[0].Facility.Country+l.Last().Facility.Country]++
		if l.Last().Late() {
			late++
		}
	}
	t.Log(states, traits, kinds, countries, "late", late)
	for _, s := range []freight.LoadState{freight.Planned, freight.Dispatched, freight.AtPickup, freight.InTransit, freight.AtDelivery, freight.Delivered, freight.PapersIn} {
		if states[s] < 3 {
			t.Errorf("%d loads %s", states[s], s)
		}
	}
	for _, trait := range []Trait{Silent, NoPOD, CarrierOnly, Contradicts, Held, Moved, Cancelled, Warm} {
		if traits[trait] < 3 {
			t.Errorf("%d loads are %q", traits[trait], trait)
		}
	}
	if late < 20 || late > 120 || kinds[2] < 300 || kinds[3]+kinds[4] < 20 {
		t.Errorf("%d late, stops %v", late, kinds)
	}
}

// What the TMS says lags behind the truth, but is never ahead of it.
func TestTMSNeverKnowsTheFuture(t *testing.T) {
	w := New(7, noon)
	truth := map[string]*Load{}
	for _, l := range w.Loads {
		truth[l.Number] = l
	}
	for _, at := range []time.Time{noon.Add(-30 * time.Hour), noon, noon.Add(20 * time.Hour)} {
		rows := readCSV(t, w.TMSExport(at))
		if len(rows) < 100 {
			t.Errorf("%d loads at %v", len(rows), at)
		}
		for _, row := range rows {
			l := truth[row["Load #"]]
			if l.Trait == CarrierOnly {
				t.Errorf("the TMS lists %s", l.Number)
			}
			if row["Status"] == "Delivered" && at.Before(l.Delivered()) {
				t.Errorf("%s is delivered too early", l.Number)
			}
			if row["Status"] == "Delivered" && l.Trait == Contradicts {
				t.Errorf("%s: the TMS was to miss the delivery", l.Number)
			}
			loc := l.Last().location()
			if in := row["Del Arrived"]; in != "" && in != l.Last().Arrived.In(loc).Format("01/02/2006 15:04") {
				t.Errorf("%s: arrived %s, truth %v", l.Number, in, l.Last().Arrived.In(loc))
			}
		}
	}
}

func TestSheetsHaveTheirColumns(t *testing.T) {
	w := New(7, noon)
	for _, row := range readCSV(t, w.LoadsSheet(noon)) {
		if row["load"] == "" || row["stop"] == "" || row["kind"] == "" || row["appt_start"] == "" {
			t.Fatalf("%v", row)
		}
	}
	for _, row := range readCSV(t, w.EventsSheet(noon.Add(-24*time.Hour), noon)) {
		at, err := time.Parse(time.RFC3339, row["received"])
		if err != nil || at.After(noon) || row["source"] == "" || row["event"] == "" {
			t.Fatalf("%v %v", row, err)
		}
	}
	if n := len(readCSV(t, w.FacilitiesSheet())); n < 100 {
		t.Errorf("%d facilities", n)
	}
	if n := len(readCSV(t, w.CarriersSheet())); n != 25 {
		t.Errorf("%d carriers", n)
	}
}

// checkX12 reads an interchange with a reader of its own and checks counts and control numbers; it answers the sets.
func checkX12(t *testing.T, b []byte) (sets [][][]string) {
	t.Helper()
	for len(b) > 0 {
		if !bytes.HasPrefix(b, []byte("ISA*")) || len(b) < 106 {
			t.Fatalf("no ISA at %q", b[:min(len(b), 40)])
		}
		end := b[105:106]
		var isa, st []string
		var set [][]string
		closed := false
		for !closed {
			i := bytes.Index(b, end)
			if i < 0 {
				t.Fatal("the interchange does not end")
			}
			s := strings.Split(strings.TrimSpace(string(b[:i])), "*")
			b = bytes.TrimLeft(b[i+1:], "\r\n")
			switch s[0] {
			case "ISA":
				isa = s
			case "ST":
				st, set = s, nil
			case "SE":
				if s[1] != fmt.Sprint(len(set)+2) || s[2] != st[2] {
					t.Fatalf("SE %v for ST %v with %d segments", s, st, len(set)+2)
				}
				sets = append(sets, set)
				continue
			case "IEA":
				if s[2] != isa[13] {
					t.Fatalf("IEA %v for ISA %v", s, isa)
				}
				closed = true
			}
			if st != nil && s[0] != "ST" {
				set = append(set, s)
			}
		}
	}
	return sets
}

func TestStatusFilesAreX12(t *testing.T) {
	w := New(7, noon)
	files := w.X12Status(noon.Add(-24*time.Hour), noon)
	if len(files) < 10 {
		t.Fatalf("%d files", len(files))
	}
	events := 0
	for _, f := range files {
		for _, set := range checkX12(t, f.Bytes) {
			for _, s := range set {
				if s[0] == "AT7" {
					events++
					if s[1] == "" || len(s[5]) != 8 || len(s[6]) != 4 {
						t.Errorf("%s: %v", f.Name, s)
					}
				}
			}
		}
	}
	if events < 300 {
		t.Errorf("%d events in a day", events)
	}
}

func TestTendersAreX12(t *testing.T) {
	w := New(7, noon)
	sets := checkX12(t, w.X12Tender(noon.Add(-24*time.Hour), noon))
	if len(sets) < 5 {
		t.Fatalf("%d tenders in a day", len(sets))
	}
	for _, set := range sets {
		if set[0][0] != "B2" || !strings.HasPrefix(set[0][4], "104") {
			t.Errorf("%v", set[0])
		}
	}
}

func TestPODsNameTheirLoad(t *testing.T) {
	w := New(7, noon)
	files := w.PODs(noon.Add(-24*time.Hour), noon)
	if len(files) < 30 {
		t.Fatalf("%d papers in a day", len(files))
	}
	for _, f := range files {
		if !bytes.HasPrefix(f.Bytes, []byte("%PDF-1.4\n")) || !bytes.Contains(f.Bytes, []byte("(Load 104")) || !bytes.HasSuffix(f.Bytes, []byte("%%EOF\n")) {
			t.Errorf("%s: %.200q", f.Name, f.Bytes)
		}
	}
}

// However the time is cut, the player hands out every report once, in order.
func TestPlayerLosesNothing(t *testing.T) {
	w := New(7, noon)
	p := NewPlayer(w, noon.Add(-24*time.Hour), noon, 60)
	events, papers, exports := 0, 0, 0
	last := noon.Add(-24 * time.Hour)
	for _, until := range []time.Time{noon.Add(-20 * time.Hour), noon.Add(-20 * time.Hour), noon} {
		for {
			at, files, ok := p.Next(until)
			if !ok {
				break
			}
			if !at.After(last) || at.After(until) {
				t.Fatalf("%v after %v", at, last)
			}
			last = at
			for _, f := range files {
				switch f.Kind {
				case freight.EventsFile:
					events += len(readCSV(t, f.Bytes))
				case freight.DocumentFile:
					papers++
				case freight.LoadsFile:
					exports++
				}
			}
		}
	}
	if want := len(readCSV(t, w.EventsSheet(noon.Add(-24*time.Hour), noon))); events != want {
		t.Errorf("%d events played, %d told", events, want)
	}
	if want := len(w.PODs(noon.Add(-24*time.Hour), noon)); papers != want {
		t.Errorf("%d papers played, %d sent", papers, want)
	}
	if exports != 2*48 {
		t.Errorf("%d exports", exports)
	}
	if got := p.Time(noon.Add(time.Second)); got != noon.Add(time.Minute) {
		t.Errorf("a second of the wall clock is %v", got.Sub(noon))
	}
}

func TestBulkFiles(t *testing.T) {
	var sheet, edi, again bytes.Buffer
	if err := LoadsCSV(&sheet, 2000, 3); err != nil {
		t.Fatal(err)
	}
	rows := readCSV(t, sheet.Bytes())
	known := map[string]bool{}
	for _, row := range rows {
		known[row["load"]], known[row["scac"]+row["refs"][strings.Index(row["refs"], "PRO:"):]] = true, true
		known[strings.SplitN(row["refs"], ";", 2)[0]] = true
	}
	if len(rows) != 2000 {
		t.Errorf("%d rows", len(rows))
	}
	if err := Status214(&edi, 4000, 1000, 3); err != nil {
		t.Fatal(err)
	}
	sets := checkX12(t, edi.Bytes())
	found := 0
	for _, set := range sets {
		b10 := set[0]
		if known[b10[2]] || known[b10[3]+"PRO:"+b10[1]] || known["BOL:"+set[1][1]] {
			found++
		}
	}
	if len(sets) != 4000 || found != 3980 {
		t.Errorf("%d sets, %d known", len(sets), found)
	}
	if size := edi.Len() / 4000; size < 350 || size > 480 {
		t.Errorf("%d bytes a set", size)
	}
	if err := Status214(&again, 4000, 1000, 3); err != nil || !bytes.Equal(again.Bytes(), edi.Bytes()) {
		t.Error("one seed gave two files")
	}
}

func BenchmarkStatus214(b *testing.B) {
	var size counter
	for b.Loop() {
		size = 0
		if err := Status214(&size, 10000, 5000, 1); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(size))
}

type counter int

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }
