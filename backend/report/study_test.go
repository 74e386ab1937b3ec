package report

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
	"tracedesk/backend/report/pdf"
)

// weekStudy is a week of a customer after 13 weeks of history, n loads a week, always the same for the same n and seed.
func weekStudy(n int, seed uint64) Study {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	s := Study{Customer: "Żabka Łódź & Ωmega Foods", From: Day{2026, time.November, 16}, To: Day{2026, time.November, 22}, Weeks: WeeksOfTrend, Before: 7 * (WeeksOfTrend - 1), Zone: chicago,
		AsOf: time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC), Sources: []SourceNote{{Name: "tms", LastNews: time.Date(2026, 11, 23, 13, 48, 0, 0, time.UTC)}, {Name: "project44", LastNews: time.Date(2026, 11, 22, 9, 5, 0, 0, time.UTC)}},
		FreeTimes: map[string]int{"Store 2": 60}}
	for w := range WeeksOfTrend {
		monday := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -7*w)
		for i := range n {
			s.Loads = append(s.Loads, studyLoad(r, fmt.Sprintf("L%02d%04d", WeeksOfTrend-w, i), monday))
		}
	}
	return s
}

func studyLoad(r *rand.Rand, name string, monday time.Time) kpi.Load {
	carriers := []string{"Blue Ridge Lines", "Przewozy Gdańskie Sp. z o.o.", "Транс Восток", "上海远洋物流有限公司", "Ελληνικές Μεταφορές"}
	lanes := [][2]string{{"Dallas, TX", "Atlanta, GA"}, {"Laredo, TX", "Memphis, TN"}, {"Tucson, AZ", "Truth or Consequences, NM"}, {"Winston-Salem, NC", "Milwaukee, WI"}}
	lane := lanes[r.IntN(len(lanes))]
	due := monday.AddDate(0, 0, r.IntN(7)).Add(time.Duration(14+r.IntN(8)) * time.Hour)
	told := func(t time.Time) freight.TimeFacts {
		return freight.TimeFacts{At: t, Told: t.Add(time.Duration(r.IntN(200)) * time.Minute), By: freight.Project44, Auto: true}
	}
	window := func(t time.Time) freight.DueFacts { return freight.DueFacts{Start: t.Add(-2 * time.Hour), End: t} }
	late := r.IntN(8) == 0
	arrived := due.Add(-time.Duration(r.IntN(300)) * time.Minute)
	if late {
		arrived = due.Add(time.Duration(1+r.IntN(600)) * time.Minute)
	}
	picked := due.Add(-30 * time.Hour)
	l := kpi.Load{LoadFacts: freight.LoadFacts{Load: name, Account: "tms", Customer: "Żabka Łódź & Ωmega Foods", Carrier: carriers[r.IntN(len(carriers))], Origin: lane[0], Dest: lane[1], State: freight.Delivered, First: picked.AddDate(0, 0, -2),
		Tender: []string{"accepted", "declined", ""}[r.IntN(3)], Accepted: true, POD: freight.PaperFacts{State: freight.PaperVerified, Received: arrived.Add(5 * time.Hour), Verified: arrived.Add(time.Duration(5+r.IntN(60)) * time.Hour)},
		Dispatched: told(picked.Add(-5 * time.Hour)), Compared: 4, Equal: 3, Differ: []string{"arrived/2"},
		Stops: []freight.StopFacts{
			{Seq: 1, Kind: "pickup", Zone: chicago, Place: "Acme DC, " + lane[0], Facility: "Acme DC", Window: window(picked), Original: window(picked), Arrived: told(picked.Add(time.Duration(r.IntN(120)-90) * time.Minute)), Loaded: told(picked.Add(2 * time.Hour)), Departed: told(picked.Add(time.Duration(150+r.IntN(200)) * time.Minute)), Done: true},
			{Seq: 2, Kind: "delivery", Zone: newYork, Place: "Store " + strconv.Itoa(r.IntN(3)) + ", " + lane[1], Facility: "Store " + strconv.Itoa(r.IntN(3)), Window: window(due), Original: window(due), Arrived: told(arrived), Unloaded: told(arrived.Add(time.Hour)), Departed: told(arrived.Add(time.Duration(60+r.IntN(240)) * time.Minute)), Done: true}}}}
	d := &l.Stops[1]
	switch r.IntN(12) {
	case 0:
		d.Arrived, d.Unloaded, d.Departed, d.Done, l.State = freight.TimeFacts{}, freight.TimeFacts{}, freight.TimeFacts{}, false, freight.InTransit
	case 1:
		d.Original, d.Moved, d.MovedBy = window(due.Add(-20*time.Hour)), 1, "customer asked, dock closed"
	case 2:
		l.State = freight.Cancelled
	case 3:
		l.POD = freight.PaperFacts{State: freight.PaperReceived, Received: arrived.Add(5 * time.Hour)}
	case 4:
		d.Window, d.Original = freight.DueFacts{}, freight.DueFacts{}
	}
	if late || r.IntN(9) == 0 {
		x := kpi.Exception{ID: name + "/x", Kind: "appointment.missed", Words: "Appointment missed", Stop: 2, Severity: freight.Major, Detected: due, Shown: due.Add(3 * time.Minute), Acknowledged: due.Add(9 * time.Minute), Resolved: due.Add(5 * time.Hour), Owner: []string{"Ana Ruiz", "Ben Cole", ""}[r.IntN(3)], Why: "No arrival by the end of the window"}
		if k := r.IntN(4); k > 0 {
			x.Cause, x.Party = []string{"Weather", "Mechanical breakdown", "Held at the shipper"}[k-1], []string{"nobody", "carrier", "shipper"}[k-1]
			x.Correction = "New appointment agreed, driver swapped"
		}
		if r.IntN(6) == 0 {
			x.Resolved = time.Time{}
		}
		l.Exceptions = append(l.Exceptions, x)
		l.Calls = append(l.Calls, kpi.Call{Key: "c", Stop: 2, Due: due, Ended: due.Add(time.Minute), How: []string{"covered", "answered", "lapsed"}[r.IntN(3)]})
	}
	return l
}

// papersOf are the papers that are made of a study.
func papersOf(s Study) map[string]*Paper {
	card := s
	card.Carrier, card.Before = "Blue Ridge Lines", 0
	card.Loads = slices.DeleteFunc(slices.Clone(s.Loads), func(l kpi.Load) bool { return l.Carrier != card.Carrier })
	own := s
	own.Before, own.People = 0, []PersonWork{{"Ana Ruiz", "exception acknowledged", 31}, {"Ben Cole", "call logged", 12}}
	return map[string]*Paper{"weekly": MakeWeekly(s), "scorecard": MakeScorecard(card), "performance": MakePerformance(own)}
}

func TestGoldenStudies(t *testing.T) {
	for name, p := range papersOf(weekStudy(9, 3)) {
		golden(t, name+".json", []byte(asJSON(t, p)+"\n"))
		golden(t, name+".pdf", printed(t, p, PDFOptions{Author: "North Desk"}))
	}
}

func printed(t *testing.T, p *Paper, opt PDFOptions) []byte {
	t.Helper()
	b, err := PaperPDF(p, opt)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// tie fails where a number on top of a paper is not the length of the list that it names.
func tie(t interface {
	Helper()
	Fatalf(string, ...any)
}, p *Paper) {
	t.Helper()
	for i := range p.Parts {
		for _, f := range p.Parts[i].Figures {
			if f.Of == "" {
				continue
			}
			l, err := p.Named(f.Of)
			if err != nil {
				t.Fatalf("%s: %v", f.Label, err)
			}
			if f.Value != strconv.Itoa(len(l.Rows)) || f.N != len(l.Rows) {
				t.Fatalf("%s, %s says %s (%d) and its list %s has %d rows", p.Kind, f.Label, f.Value, f.N, f.Of, len(l.Rows))
			}
		}
	}
}

// column sums a numeric column.
func column(l *List, title string) float64 {
	at := slices.IndexFunc(l.Columns, func(c Column) bool { return c.Title == title })
	sum := 0.0
	for i := range l.Rows {
		if v, ok := l.Rows[i].Cells[at].Value.(float64); ok {
			sum += v
		}
	}
	return sum
}

func named(t *rapid.T, p *Paper, id string) *List {
	l, err := p.Named(id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// figureOf is the value and n of a figure in a paper's table.
func figureOf(t *rapid.T, p *Paper, name string) (value, n float64) {
	l := named(t, p, "figures")
	at := slices.IndexFunc(l.Columns, func(c Column) bool { return c.Title == "Name" })
	for i := range l.Rows {
		if c := l.Rows[i].Cells; c[at].Value == name {
			v, _ := c[1].Value.(float64)
			return v, c[2].Value.(float64)
		}
	}
	t.Fatalf("no figure %s", name)
	return 0, 0
}

// TestStudiesTie: every number on top is the length of its list; lanes, carriers and the list of all stops add up to the
// figures; late lists are as long as the lates in lanes and in carriers; causes add up to the late stops.
func TestStudiesTie(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := weekStudy(rapid.IntRange(0, 9).Draw(t, "loads a week"), uint64(rapid.IntRange(0, 1000).Draw(t, "seed")))
		for _, p := range papersOf(s) {
			tie(t, p)
		}
		p := MakeWeekly(s)
		share, n := figureOf(t, p, "otd.current")
		for _, id := range []string{"lanes", "carriers"} {
			l := named(t, p, id)
			if got := column(l, "Deliveries"); got != n {
				t.Fatalf("%s count %v deliveries, the figure %v", id, got, n)
			}
			if late := column(l, "Late"); late != float64(len(named(t, p, "late-deliveries").Rows)) {
				t.Fatalf("%s have %v late, the list %d", id, late, len(named(t, p, "late-deliveries").Rows))
			}
		}
		onTime := 0
		stops := named(t, p, "stops")
		for i := range stops.Rows {
			if c := stops.Rows[i].Cells; c[2].Text == "delivery" && c[12].Text == kpi.OnTime {
				onTime++
			}
		}
		if n > 0 && float64(onTime)/n != share {
			t.Fatalf("%d of %v stops are on time, the figure says %v", onTime, n, share)
		}
		c := s.count()
		sum := 0
		lates := []*List{named(t, p, "late-deliveries"), named(t, p, "late-pickups")}
		for _, cause := range c.causes(lates...) {
			sum += cause.n
		}
		if sum != len(lates[0].Rows)+len(lates[1].Rows) {
			t.Fatalf("the causes add up to %d of %d late stops", sum, len(lates[0].Rows)+len(lates[1].Rows))
		}
		counted, _ := c.weekly("otd.current")
		if counted[WeeksOfTrend-1] != int(n) {
			t.Fatalf("the trend's last week counts %d, the figure %v", counted[WeeksOfTrend-1], n)
		}
		usd, _ := figureOf(t, p, "detention.usd")
		if got := column(named(t, p, "facilities"), "Detention, USD"); got-usd > 0.001 || usd-got > 0.001 {
			t.Fatalf("facilities cost %v, the figure says %v", got, usd)
		}
	})
}

// TestStudiesDoNotDependOnOrder: the same loads in any order give the same bytes, in every format.
func TestStudiesDoNotDependOnOrder(t *testing.T) {
	s, turned := weekStudy(6, 5), weekStudy(6, 5)
	slices.Reverse(turned.Loads)
	one, two := papersOf(s), papersOf(turned)
	for name := range one {
		if !bytes.Equal(printed(t, one[name], PDFOptions{Paper: pdf.A4}), printed(t, two[name], PDFOptions{Paper: pdf.A4})) {
			t.Errorf("%s: the PDFs differ", name)
		}
		a, err := Workbook(one[name])
		if err != nil {
			t.Fatal(err)
		}
		b, err := Workbook(two[name])
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: the workbooks differ, %v", name, err)
		}
	}
}

// TestWorkbook: real types, frozen headers, filters, a sheet of definitions, and no formula from outside.
func TestWorkbook(t *testing.T) {
	at := time.Date(2026, 11, 23, 14, 30, 0, 0, location(chicago))
	p := &Paper{Kind: "weekly", Title: "T", About: "=HYPERLINK(\"http://x\")", AsOf: Moment{At: at, Text: "now"}, Definitions: []string{"what it means"},
		Parts: []Part{{List: &List{ID: "rows", Title: "Rows: a/b", Columns: []Column{{Title: "Name"}, {Title: "N", Form: Number}, {Title: "Share", Form: Share}, {Title: "When", Form: When}, {Title: "Day", Form: Date}},
			Rows: []Row{{Cells: []Cell{words("=1+1"), number(7), part(3, 4), calendar{}.when(&at), calendar{}.dated(20000)}}, {Cells: []Cell{words("-3"), {}, part(0, 0), {}, {}}}}}}}}
	body, err := Workbook(p)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Summary", "Rows- a-b", "Definitions"}) {
		t.Fatalf("%q", got)
	}
	sheet := "Rows- a-b"
	for cell, want := range map[string]struct {
		raw  string
		kind excelize.CellType
	}{"A2": {"=1+1", excelize.CellTypeInlineString}, "B2": {"7", excelize.CellTypeUnset}, "C2": {"0.75", excelize.CellTypeUnset}, "E2": {"CST", excelize.CellTypeInlineString}, "A3": {"-3", excelize.CellTypeInlineString}, "C3": {"", excelize.CellTypeUnset}} {
		raw, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		kind, kindErr := f.GetCellType(sheet, cell)
		if raw != want.raw || kind != want.kind || cmp.Or(err, kindErr) != nil {
			t.Errorf("%s is %q of type %d, want %q of %d", cell, raw, kind, want.raw, want.kind)
		}
		if formula, err := f.GetCellFormula(sheet, cell); formula != "" || err != nil {
			t.Errorf("%s is a formula %q", cell, formula)
		}
	}
	if got, err := f.GetCellValue(sheet, "D2"); got != "2026-11-23 14:30" || err != nil {
		t.Errorf("the instant is %q, %v", got, err)
	}
	if panes, err := f.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("%+v, %v", panes, err)
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := z.Open("xl/worksheets/sheet2.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer part.Close()
	if xml, err := io.ReadAll(part); err != nil || !bytes.Contains(xml, []byte(`<autoFilter ref="$A$1:$F$3"`)) && !bytes.Contains(xml, []byte(`<autoFilter ref="A1:F3"`)) {
		t.Errorf("the sheet has no filter, %v", err)
	}
}

// TestCSV: what is written is read back as it was by any reader of RFC 4180; formulas are disarmed, numbers stay numbers.
func TestCSV(t *testing.T) {
	at := time.Date(2026, 11, 23, 14, 30, 0, 0, location(chicago))
	l := &List{Columns: []Column{{Title: "Name"}, {Title: "N", Form: Number}, {Title: "When", Form: When}},
		Rows: []Row{{Cells: []Cell{words("Łódź, \"Acme\"\nsecond"), decimal(-2.5), calendar{}.when(&at)}}, {Cells: []Cell{words("@SUM(A1)"), {}, {}}}}}
	body, err := CSV(l)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(body), "Name,N,When\r\n\"Łódź, \"\"Acme\"\"\r\nsecond\",-2.5,2026-11-23T14:30:00-06:00\r\n") {
		t.Errorf("%q", body)
	}
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil || len(rows) != 3 || rows[2][0] != "'@SUM(A1)" {
		t.Errorf("%q, %v", rows, err)
	}
}

func TestWeek(t *testing.T) {
	for s, want := range map[string]string{"2026-W47": "2026-11-16 2026-11-22", "2026-W01": "2025-12-29 2026-01-04", "2026-W53": "2026-12-28 2027-01-03", "2025-W53": "", "2026-W00": "", "2026-47": "", "W47": "", "2026-W477": ""} {
		from, to, err := Week(s)
		if got := from.String() + " " + to.String(); want != "" && (err != nil || got != want) || want == "" && err == nil {
			t.Errorf("%s: %s, %v", s, got, err)
		}
		if want != "" && WeekOf(from) != s {
			t.Errorf("%s begins in %s", s, WeekOf(from))
		}
	}
}

// TestBrand: a logo and an ink are printed; an ink too pale to be read colours the bar and not the headings.
func TestBrand(t *testing.T) {
	p := MakeWeekly(weekStudy(2, 1))
	plain := printed(t, p, PDFOptions{})
	if inked := printed(t, p, PDFOptions{Brand: pdf.Brand{Ink: pdf.Ink{R: 0x0b, G: 0x57, B: 0xc2}}}); bytes.Equal(plain, inked) {
		t.Error("the ink changes nothing")
	}
}
