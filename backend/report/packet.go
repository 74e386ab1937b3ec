package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/pdf"
)

// MakePacket is the audit file of a load: every paper, status, message and correction, the appointments, the exceptions, what
// is missing, and the proof that nothing was changed afterwards.
func MakePacket(f LoadFile) *Paper {
	f.order()
	p := f.paper("packet", "Load packet")
	missing, papers, told, exceptions := f.missing(), f.papers(), f.told("told", "Calls, messages and promises", 0), f.exceptionList(0)
	log := f.log("log", "Every word on file, as the desk learned it", func(o *FileLine) bool { return o.Fact != freight.FactPosition })
	corrections := f.log("corrections", "Corrections", func(o *FileLine) bool { return o.TakenBack || o.TakesBack != "" || corrected(o) })
	corrections.None = "Nothing was corrected or taken back by a person."
	p.add(Part{Figures: []Figure{
		{Label: "State", Value: stateWords(f.Timeline.State), Note: "by facts, not by a status word"},
		{Label: "Missing", Value: fmt.Sprint(len(missing.Rows)), Note: "items, listed below", Alarm: len(missing.Rows) > 0, Of: missing.ID, N: len(missing.Rows)},
		{Label: "Papers", Value: fmt.Sprint(len(papers.Rows)), Note: fmt.Sprintf("POP %s, POD %s", paperOf(&f.Timeline, freight.POP), paperOf(&f.Timeline, freight.POD)), Of: papers.ID, N: len(papers.Rows)},
		{Label: "Words on file", Value: fmt.Sprint(len(log.Rows)), Note: fmt.Sprintf("and %s", count(f.positions(), "position")), Of: log.ID, N: len(log.Rows)},
		{Label: "Exceptions", Value: fmt.Sprint(len(exceptions.Rows)), Of: exceptions.ID, N: len(exceptions.Rows), Note: "with what was done"},
	}})
	p.add(Part{List: missing})
	p.add(Part{List: f.identity()})
	p.add(Part{List: f.stops()})
	if strip, ok := f.strip(); ok {
		p.add(Part{Charts: []pdf.Chart{strip}})
	}
	p.add(Part{List: f.appointments(0)})
	p.add(Part{List: papers})
	p.add(Part{List: exceptions})
	p.add(Part{List: told})
	p.add(Part{List: corrections})
	p.add(Part{List: f.outgoing()})
	p.add(Part{List: log})
	p.add(Part{Heading: "Proof", Text: f.proof(), Alert: f.Chain.Broken != 0})
	p.add(Part{List: f.acts()})
	p.add(Part{Pages: f.Scans})
	p.Definitions = []string{
		"On time, by the definition \"" + f.Definition.Name + "\": " + lowerFirst(f.Definition.OnTimeWords("current")),
		"Learned is when the desk first had it; happened is when it happened as its source told it. Times are local to the stop, with the letters of its zone. Nothing on file is ever overwritten: a correction stands beside what it corrects.",
		"US brokers keep the records of a transaction for three years, open to the parties (49 CFR 371.3). Compensation, its payer and the dates of payment are kept in the TMS and are not in this file.",
	}
	return p
}

// corrected reports whether a person of the desk stated a fact by hand.
func corrected(o *FileLine) bool {
	kind, _, _ := strings.Cut(o.Source, "/")
	if kind != string(freight.User) {
		return false
	}
	switch o.Fact {
	case freight.FactContact, freight.FactPromise, freight.FactHandled, freight.FactCause, freight.FactParty, freight.FactEvidence, freight.FactGap, freight.FactStep, freight.FactDismissed, freight.FactMoney, "document", "note":
		return false
	}
	return true
}

func (f *LoadFile) positions() int {
	n := 0
	for i := range f.Log {
		n += oneIf(f.Log[i].Fact == freight.FactPosition)
	}
	return n
}

// missing is what an auditor would look for and not find.
func (f *LoadFile) missing() *List {
	l := &List{ID: "missing", Title: "Missing", None: "Nothing that the plan and the record-keeping rule ask for is missing.", Columns: []Column{{Title: "What", Width: 34}, {Title: "Why it is asked for", Width: 60}}}
	ask := func(there bool, what, why string) {
		if !there {
			l.Rows = append(l.Rows, Row{Cells: []Cell{bold(what), words(why)}})
		}
	}
	t := &f.Timeline
	if out(t.State) {
		ask(len(f.Documents) > 0 || f.said(freight.FactNote) || f.said(freight.FactReason), "a reason for the cancellation", "the load was cancelled or its truck was not used")
		return l
	}
	ask(t.Customer.Value != "", "the customer", "who pays for the load")
	ask(t.Carrier.Value != "", "the carrier's name", "originating carrier, 49 CFR 371.3")
	ask(t.MC.Value != "" || t.DOT.Value != "" || t.SCAC.Value != "", "the carrier's registration number", "MC, DOT or SCAC, 49 CFR 371.3")
	ask(f.hasRef(freight.RefBOL) || f.hasRef(freight.RefPRO), "a bill of lading or freight bill number", "49 CFR 371.3")
	ask(f.said(freight.FactTender), "the tender and its answer", "who accepted the load and when")
	for i := range t.Stops {
		f.missingAt(&t.Stops[i], ask)
	}
	done := t.State.Done()
	ask(!done || paperOf(t, freight.POP) == freight.PaperVerified, "a verified POP", "proof of pickup; it is "+string(paperOf(t, freight.POP)))
	ask(!done || paperOf(t, freight.POD) == freight.PaperVerified, "a verified POD", "proof of delivery; it is "+string(paperOf(t, freight.POD)))
	if t.TempMinF != nil || t.TempMaxF != nil {
		ask(len(t.Readings) > 0, "a temperature log", "the load has a temperature range")
	}
	for i := range f.Exceptions {
		if x := &f.Exceptions[i]; strings.HasPrefix(x.Kind, "appointment.") {
			ask(x.Cause != "" && x.Party != "", "cause and responsible party", fmt.Sprintf("of the exception %s at stop %d", lowerFirst(firstWord(x.Words, x.Kind)), x.Stop))
		}
	}
	return l
}

func firstWord(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (f *LoadFile) missingAt(s *freight.StopLine, ask func(bool, string, string)) {
	at := lowerFirst(stopWords(s.Kind, s.Seq))
	ask(s.Place.Facility != "" && s.Place.CityState() != "", "name and place, "+at, "consignor and consignee, 49 CFR 371.3")
	ask(!s.Window.IsZero(), "a window, "+at, "without it the stop is in no on-time figure")
	if !f.Timeline.State.Done() {
		return
	}
	ask(s.Arrived != nil, "the arrival, "+at, "on time and detention are counted from it")
	ask(s.Departed != nil, "the departure, "+at, "detention is counted to it")
}

func (f *LoadFile) said(fact freight.Fact) bool {
	for i := range f.Log {
		if f.Log[i].Fact == fact {
			return true
		}
	}
	return false
}

func (f *LoadFile) hasRef(kind freight.RefType) bool {
	for _, r := range f.Timeline.Refs {
		if r.Type == kind {
			return true
		}
	}
	return false
}

// strip is where the stops are and where the truck was; ok is false where no place is known on the map.
func (f *LoadFile) strip() (s pdf.Strip, ok bool) {
	s = pdf.Strip{Title: "Where the truck was", Note: fmt.Sprintf("%s on file; dashed: straight from stop to stop; line: positions in the order of time", count(len(f.Timeline.Trail), "position"))}
	for i := range f.Timeline.Stops {
		t := &f.Timeline.Stops[i]
		if t.Lat == 0 && t.Lon == 0 {
			continue
		}
		note := "no arrival known"
		if c := f.happened(t, t.Arrived); c.Text != "" {
			note = "arrived " + c.Text
		}
		s.Stops = append(s.Stops, pdf.Place{Name: fmt.Sprintf("%d  %s", t.Seq, town(t.Place)), Note: note, Lat: t.Lat, Lon: t.Lon})
	}
	for i := range f.Timeline.Trail {
		q := &f.Timeline.Trail[i]
		s.Trail = append(s.Trail, [2]float64{float64(q.Lat), float64(q.Lon)})
	}
	return s, len(s.Stops) > 0
}

// outgoing is what was written to others.
func (f *LoadFile) outgoing() *List {
	l := &List{ID: "outgoing", Title: "Written to others", None: "Nothing was written to others.", Columns: []Column{{Title: "Made", Width: 20, Form: When}, {Title: "To", Width: 14}, {Title: "What", Width: 12, Below: true}, {Title: "Text", Width: 44}, {Title: "State", Width: 12}, {Title: "By", Width: 14}, {Title: "Settled", Below: true, Form: When}}}
	for i := range f.Outgoing {
		o := &f.Outgoing[i]
		l.Rows = append(l.Rows, Row{Cells: []Cell{f.at(o.Created, 0), words(o.Target), words(o.Kind), short(o.Text), words(o.State), words(firstWord(o.SettledBy, o.By)), f.at(o.Settled, 0)}})
	}
	return l
}

// acts are the lines of the audit chain about the load.
func (f *LoadFile) acts() *List {
	l := &List{ID: "chain", Title: "Lines of the audit chain", None: "The audit chain has no line about this load.", Columns: []Column{{Title: "Line", Width: 7, Form: Number}, {Title: "When", Width: 20, Form: When}, {Title: "Who", Width: 14}, {Title: "Act", Width: 16}, {Title: "Detail", Below: true},
		{Title: "Digest of what left", Width: 20}, {Title: "Hash before", Aside: true}, {Title: "Hash", Width: 22}}}
	for i := range f.Acts {
		a := &f.Acts[i]
		l.Rows = append(l.Rows, Row{Cells: []Cell{number(int(a.Seq)), f.at(a.At, 0), words(a.Who), words(a.Act), words(a.Detail), words(a.Digest), words(a.Before), words(a.Hash)}})
	}
	return l
}

// proof says what holds the file together.
func (f *LoadFile) proof() []string {
	digest := sha256.New()
	for i := range f.Log {
		digest.Write([]byte(f.Log[i].ID))
	}
	said := []string{fmt.Sprintf("Each observation's id is a digest of its source and content. The SHA-256 over the ids of all %s of this load, in the order in which they were learned, is %s.", count(len(f.Log), "word"), hex.EncodeToString(digest.Sum(nil)))}
	if f.Chain.Broken != 0 {
		return append(said, "THE AUDIT CHAIN DOES NOT HOLD: "+f.Chain.Why+".")
	}
	text := "The audit chain was checked from its first line on for this file: every line holds."
	if n := len(f.Acts); n > 0 {
		text += fmt.Sprintf(" The newest one about this load is line %d, with the hash %s.", f.Acts[n-1].Seq, f.Acts[n-1].Hash)
	}
	return append(said, text+" Each hash covers its line (number, time, person, act, subject, detail, digest) and the hash before it; a line that is changed, removed or put in breaks every hash that follows.")
}
