package report

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
	"tracedesk/backend/report/pdf"
)

// disputedLoad is a delivery that arrived 2 h 35 min late after a window that was moved once, stood four hours, and was argued
// about: small enough to check every line of its papers by eye.
func disputedLoad(t *testing.T) LoadFile {
	t.Helper()
	p := pickup(dallas, chicago, window("2026-11-20 08:00", "2026-11-20 10:00", chicago))
	p.Lat, p.Lon = 32.78, -96.80
	d := delivery(atlanta, newYork, window("2026-11-21 10:00", "2026-11-21 12:00", newYork))
	d.Original, d.Lat, d.Lon = window("2026-11-21 06:00", "2026-11-21 08:00", newYork), 33.75, -84.39
	src := func(kind freight.SourceKind, told string) freight.Provenance {
		return freight.Provenance{Source: freight.Source{Kind: kind}, ReceivedAt: at(told, newYork)}
	}
	d.History = []freight.ToldWindow{{Provenance: src(freight.TMS, "2026-11-18 09:00"), Window: d.Original, Type: "appointment"}, {Provenance: src(freight.Customer, "2026-11-20 16:10"), Window: d.Window, Type: "appointment", Note: "consignee asked, dock full"}}
	p = served(p, known(at("2026-11-20 09:10", chicago)), known(at("2026-11-20 10:40", chicago)))
	p.Departed = known(at("2026-11-20 10:55", chicago))
	d = served(d, known(at("2026-11-21 14:35", newYork)), known(at("2026-11-21 18:20", newYork)))
	d.Departed = known(at("2026-11-21 18:30", newYork))
	d.Pieces = &freight.Amount{Value: 240, Claims: []freight.Told{{Provenance: src(freight.TMS, "2026-11-18 09:00"), Value: "240"}, {Provenance: src(freight.Paper, "2026-11-22 08:00"), Value: "236"}}}
	l := load("L40123", freight.Delivered, p, d)
	l.Timeline.Customer = freight.Known{Value: "Żabka Łódź & Ωmega Foods", Agree: true, Claims: []freight.Told{{Provenance: src(freight.TMS, "2026-11-18 09:00")}}}
	l.Timeline.Refs = []freight.KnownRef{{Reference: freight.Reference{Type: freight.RefPO, Value: "PO-77"}}, {Reference: freight.Reference{Type: freight.RefBOL, Value: "B-1"}}}
	l.Timeline.Papers = map[string]freight.PaperState{freight.POD: freight.PaperReceived}
	for i := range 12 {
		l.Timeline.Trail = append(l.Timeline.Trail, freight.Fix{At: int64(i), Lat: 32.78 + float32(i)*0.09, Lon: -96.80 + float32(i)*1.1})
	}
	line := func(fact freight.Fact, kind freight.SourceKind, told string, value string) FileLine {
		return FileLine{ID: strings.Repeat("ab", 16), Received: at(told, newYork), Source: string(kind), Channel: "api", Fact: fact, Stop: 2, Value: value, Where: "row 4"}
	}
	eta := line(freight.FactETA, freight.Project44, "2026-11-21 09:40", "14:20")
	expected, said := at("2026-11-21 14:20", newYork), at("2026-11-21 09:38", newYork)
	eta.Expected, eta.Occurred = &expected, &said
	taken := line(freight.FactArrived, freight.User, "2026-11-21 14:50", "")
	taken.By, taken.TakenBack, taken.Occurred = "Ana Ruiz", true, &expected
	told := line(freight.FactContact, freight.User, "2026-11-21 09:52", "customer")
	told.By, told.Type = "Ana Ruiz", "sent"
	var picture bytes.Buffer
	page := image.NewGray(image.Rect(0, 0, 850, 1100))
	for i := range page.Pix {
		page.Pix[i] = 0xf4
	}
	page.Set(10, 10, color.Black)
	if err := jpeg.Encode(&picture, page, nil); err != nil {
		t.Fatal(err)
	}
	x := kpi.Exception{ID: "ab12", Kind: "appointment.missed", Words: "Appointment missed, work not done", Stop: 2, Severity: freight.Critical, Detected: at("2026-11-21 12:00", newYork), Resolved: at("2026-11-21 18:40", newYork), Owner: "Ana Ruiz", Why: "Delivery window ended and no arrival is known", Cause: "Held at the shipper", Party: "shipper", Correction: "Consignee took the load at 14:35"}
	f := LoadFile{Timeline: l.Timeline, AsOf: time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC), Definition: kpi.Shipped()[0], FreeTimes: map[string]int{"Peachtree Cold Storage": 90},
		Log: []FileLine{told, eta, taken, line(freight.FactArrived, freight.CarrierSrc, "2026-11-21 14:45", "")}, Exceptions: []FileException{{Exception: x, State: "resolved", History: []FileChange{{At: x.Detected, By: "rule", What: "detected"}, {At: x.Resolved, By: "Ana Ruiz", What: "resolved"}}}},
		Documents: []FileDocument{{Hash: strings.Repeat("5f", 32), Name: "pod.jpg", Type: "POD", Kind: "pod", State: "received", Pages: 1, Received: at("2026-11-22 08:00", newYork)}},
		Outgoing:  []FileIntent{{Kind: "status", Target: "tms", Text: "Set arrival at stop 2", State: "waiting", By: "Ana Ruiz", Created: at("2026-11-21 15:00", newYork)}},
		Acts:      []FileAct{{Seq: 17, At: at("2026-11-21 14:50", newYork), Who: "Ana Ruiz", Act: "stated", Detail: "arrived at stop 2", Before: strings.Repeat("0a", 32), Hash: strings.Repeat("1b", 32)}}, Chain: ChainProof{Lines: 40},
		Scans: []Scan{{Title: "POD pod.jpg, received, page 1 of 1", Sheet: pdf.Sheet{Picture: picture.Bytes(), Kind: "jpg", Width: 306, Height: 396, Words: []pdf.SheetWord{{Text: "RECEIVED", Box: [4]float64{.1, .1, .3, .13}}}}}}}
	f.Load = kpi.Load{LoadFacts: freight.LoadFacts{Load: "L40123", State: freight.Delivered, Told: []time.Time{at("2026-11-21 09:52", newYork)}, Stops: []freight.StopFacts{{Seq: 2, Counted: true}}}, Exceptions: []kpi.Exception{x}}
	return f
}

func handoverSheet() HandoverSheet {
	now := time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC)
	return HandoverSheet{At: now, Zone: chicago, By: "Ana Ruiz", To: "Ben Cole", Note: "Dallas yard closes at 22:00.", Quiet: 31, Kept: true, Silences: []SourceNote{{Name: "tms", LastNews: now.Add(-12 * time.Minute)}, {Name: "project44", LastNews: now.Add(-6 * time.Hour)}},
		Lines: []HandoverLine{
			{Load: "L40123", Customer: "Żabka Łódź", Carrier: "上海远洋物流有限公司", State: "inTransit", Zone: chicago, StopClock: "Delivery Atlanta, GA by 12:00 EST", Next: "Call the driver", NextDue: now.Add(20 * time.Minute), Owner: "Ana Ruiz", Open: []string{"Appointment missed (critical, Ana Ruiz's): no arrival is known"}, Promised: []string{"customer: new ETA by 18:30 CST"}, Fragile: []string{"reefer set to 34 F, reads 37"}, Happened: []string{"17:10 driver reached"}},
			{Load: "L40124", Customer: "Ωmega Foods", Carrier: "Blue Ridge Lines", State: "atDelivery", Zone: newYork, Next: "Detention runs from 18:00", TakenBy: "Ben Cole", TakenAt: now.Add(5 * time.Minute)}}}
}

// loadPapers are the papers of the disputed load and of a shift.
func loadPapers(t *testing.T) map[string]*Paper {
	t.Helper()
	out := map[string]*Paper{"packet": MakePacket(disputedLoad(t)), "handover": MakeHandover(handoverSheet())}
	for name, about := range map[string]string{"dispute": OTIFFine, "detention": DetentionBill} {
		p, err := MakeDispute(disputedLoad(t), about, 0)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = p
	}
	return out
}

func TestGoldenLoadPapers(t *testing.T) {
	for name, p := range loadPapers(t) {
		tie(t, p)
		golden(t, name+".json", []byte(asJSON(t, p)+"\n"))
		golden(t, name+".pdf", printed(t, p, PDFOptions{Author: "North Desk", Paper: pdf.A4}))
		if _, err := Workbook(p); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDispute: the arithmetic of the bill by hand. Arrived 14:35, after the window: forfeited where late arrivals have no
// detention; else free 90 min from 14:35 to 16:05, left 18:30: 2 h 25 min, ten quarter hours begun, 187.50 USD at 75.
func TestDispute(t *testing.T) {
	f := disputedLoad(t)
	p, err := MakeDispute(f, DetentionBill, 2)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(p.Parts[0].Text[0], "after the window") {
		t.Errorf("%q", p.Parts[0].Text)
	}
	f.Definition.LateForfeits = false
	if p, err = MakeDispute(f, DetentionBill, 2); err != nil {
		t.Fatal(err)
	}
	clock, err := p.Named("clock")
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for i := range clock.Rows {
		said = append(said, clock.Rows[i].Cells[0].Text+": "+clock.Rows[i].Cells[1].Text)
	}
	for _, want := range []string{"free time: 1 h 30 min", "free time ended: Sat 21 Nov 2026 16:05 EST", "beyond free time: 2 h 25 min", "quarter hours begun: 10", "money: 187.50 USD"} {
		if !slices.Contains(said, want) {
			t.Errorf("the clock does not say %q: %q", want, said)
		}
	}
	for about, stop := range map[string]int{"weather": 0, OTIFFine: 9} {
		if _, err := MakeDispute(f, about, stop); err == nil {
			t.Errorf("a dispute about %s at stop %d was made", about, stop)
		}
	}
}

// TestPacketSaysWhatIsMissing: only what is not there.
func TestPacketSaysWhatIsMissing(t *testing.T) {
	f := disputedLoad(t)
	missing := func() []string {
		l, err := MakePacket(f).Named("missing")
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for i := range l.Rows {
			out = append(out, l.Rows[i].Cells[0].Text)
		}
		return out
	}
	if got := missing(); !slices.Equal(got, []string{"the carrier's registration number", "the tender and its answer", "a verified POP", "a verified POD"}) {
		t.Errorf("%q", got)
	}
	f.Timeline.Stops[1].Departed, f.Timeline.Papers[freight.POD] = nil, freight.PaperVerified
	if got := missing(); !slices.Equal(got, []string{"the carrier's registration number", "the tender and its answer", "the departure, delivery, stop 2", "a verified POP"}) {
		t.Errorf("%q", got)
	}
	f.Chain = ChainProof{Lines: 40, Broken: 7, Why: "line 7 was changed after it was written"}
	p := MakePacket(f)
	at := slices.IndexFunc(p.Parts, func(part Part) bool { return part.Heading == "Proof" })
	if !p.Parts[at].Alert || !strings.Contains(strings.Join(p.Parts[at].Text, " "), "DOES NOT HOLD") {
		t.Errorf("%+v", p.Parts[at])
	}
}

// TestStaleIsPrintedAsStale: a source that has been silent for long says so on every kind of paper.
func TestStaleIsPrintedAsStale(t *testing.T) {
	for name, p := range papersOf(weekStudy(2, 1)) {
		if !slices.ContainsFunc(p.Sources, func(s DailySource) bool { return s.Name == "project44" && s.Stale }) {
			t.Errorf("%s: %+v", name, p.Sources)
		}
	}
	if p := MakeHandover(handoverSheet()); !slices.ContainsFunc(p.Sources, func(s DailySource) bool { return s.Stale }) {
		t.Errorf("%+v", p.Sources)
	}
	f := disputedLoad(t)
	f.Timeline.State = freight.InTransit
	if p := MakePacket(f); !slices.ContainsFunc(p.Sources, func(s DailySource) bool { return s.Stale }) {
		t.Errorf("%+v", p.Sources)
	}
}
