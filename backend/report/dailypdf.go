package report

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/pdf"
)

// PDFOptions are what is not in the report itself.
type PDFOptions struct {
	Paper    pdf.Paper // Letter when zero
	Author   string    // the desk's name; "TraceDesk" when empty
	Language string    // BCP 47; en-US when empty
	Brand    pdf.Brand // the customer's logo and ink
}

// DailyPDF prints the report. The same report and options give the same bytes.
func DailyPDF(d Daily, opt PDFOptions) ([]byte, error) {
	p := dailyPaper{d: &d, doc: pdf.New(pdf.Setup{
		Title:     "Daily tracking report: " + d.customer() + ", " + d.Day.String(),
		Author:    cmp.Or(opt.Author, "TraceDesk"),
		Subject:   d.Summary.Words(),
		Language:  cmp.Or(opt.Language, "en-US"),
		AsOf:      d.AsOf.At,
		Paper:     opt.Paper,
		Brand:     opt.Brand,
		Landscape: true,
		Body:      8,
		Head:      d.customer() + " · Daily tracking report · " + d.DayWords,
		Foot:      "Data as of " + d.AsOf.Text + " · " + cmp.Or(opt.Author, "TraceDesk"),
	})}
	p.top()
	if d.Summary.Loads == 0 {
		p.doc.Heading("Nothing on this day", "")
		p.doc.Paragraph(pdf.Plain("No load of this customer is due, on the road, picked up or delivered on this day, as far as was known at the as-of time."))
	} else {
		p.sections()
	}
	p.end()
	return p.doc.Bytes()
}

func (d *Daily) customer() string { return cmp.Or(d.Customer, "All customers") }

type dailyPaper struct {
	d   *Daily
	doc *pdf.Document
}

// Inks of the levels; each has a sign and a word too, so that nothing is lost in grey.
var (
	actNow = pdf.Ink{R: 0xb3, G: 0x12, B: 0x1d}
	atRisk = pdf.Ink{R: 0x8a, G: 0x4b, B: 0x00}
	verify = pdf.Ink{R: 0x6a, G: 0x2c, B: 0x91}
)

var (
	strong  = pdf.Style{Bold: true}
	muted   = pdf.Style{Ink: pdf.Muted}
	warning = pdf.Style{Bold: true, Ink: actNow}
)

func (p *dailyPaper) top() {
	d := p.d
	zone := "each stop's own day"
	if d.DayZone != "" {
		zone = "day in " + d.DayZone
	}
	p.doc.Banner(
		pdf.Rich{
			{Text: "Daily tracking report\n", Style: muted},
			{Text: d.customer(), Style: pdf.Style{Size: 18, Bold: true}},
		},
		pdf.Rich{
			{Text: d.DayWords + "\n", Style: pdf.Style{Size: 12, Bold: true}},
			{Text: zone + "\n", Style: muted},
			{Text: "Data as of " + d.AsOf.Text},
		})
	p.doc.Gap(6)
	p.doc.Paragraph(p.sources())
}

func (p *dailyPaper) sources() pdf.Rich {
	if len(p.d.Sources) == 0 {
		return pdf.Rich{{Text: "Sources: none is set up.", Style: warning}}
	}
	return freshness(p.d.Sources)
}

// freshness is each source with its age; a stale one says so.
func freshness(sources []DailySource) pdf.Rich {
	r := pdf.Rich{{Text: "Sources: ", Style: muted}}
	for i, s := range sources {
		if i > 0 {
			r = append(r, pdf.Span{Text: "  ·  ", Style: muted})
		}
		r = append(r, pdf.Span{Text: s.Name + " ", Style: strong})
		r = append(r, pdf.Span{Text: s.Age})
		if s.Stale {
			word := cmp.Or(s.Word, "stale")
			r = append(r, pdf.Span{Text: " ▲\u00a0" + strings.ToUpper(word), Style: warning})
		}
	}
	return r
}

func (p *dailyPaper) figures() []pdf.Figure {
	s := &p.d.Summary
	alarm := pdf.Ink{}
	if s.Exceptions > 0 {
		alarm = actNow
	}
	return []pdf.Figure{
		{Label: "Loads", Value: strconv.Itoa(s.Loads), Note: "in the lists below"},
		{Label: "Exceptions", Value: strconv.Itoa(s.Exceptions), Note: count(s.Overdue, "overdue stop"), Ink: alarm},
		{Label: "In transit", Value: strconv.Itoa(s.InTransit), Note: "picked up, not delivered"},
		{Label: "Still due today", Value: strconv.Itoa(s.DueToday), Note: fmt.Sprintf("stops; tomorrow %d", s.DueTomorrow)},
		{Label: "Picked up today", Value: strconv.Itoa(s.PickedUp), Note: hold("on time " + s.Pickups.Words())},
		{Label: "Delivered today", Value: strconv.Itoa(s.Delivered), Note: deliveryNote(s)},
		{Label: "Deliveries on time", Value: share(s.Current), Note: hold(scoreNote(s)), Ink: faint(s.Current)},
		{Label: "POD in hand", Value: podShare(s), Note: podNote(s.POD)},
	}
}

func deliveryNote(s *DailySummary) string {
	if s.PODOpen == 0 {
		return "stops"
	}
	return fmt.Sprintf("stops; %s of earlier days", count(s.PODOpen, "open POD"))
}

func scoreNote(s *DailySummary) string {
	if s.Current.Counted == 0 && s.Original.Counted == 0 {
		return "nothing to count"
	}
	note := fmt.Sprintf("%d of %d in the current window; original %s", s.Current.OnTime, s.Current.Counted, s.Original.Words())
	if s.Current.Counted < few {
		note += "; few"
	}
	return note
}

func podShare(s *DailySummary) string {
	if s.Delivered == 0 {
		return "–"
	}
	return fmt.Sprintf("%d of %d", s.POD.Verified+s.POD.Received, s.Delivered)
}

func podNote(n PODs) string {
	if n == (PODs{}) {
		return "nothing delivered"
	}
	note := fmt.Sprintf("%d verified, %d received, %d missing", n.Verified, n.Received, n.Missing)
	if n.Exception > 0 {
		note += fmt.Sprintf(", %d with exception", n.Exception)
	}
	return note
}

func share(s Score) string {
	if s.Ratio == nil {
		return "–"
	}
	return percent(s.OnTime, s.Counted)
}

// few is the number of stops below which a percentage says little and is printed in grey.
const few = 5

func faint(s Score) pdf.Ink {
	if s.Counted < few {
		return pdf.Muted
	}
	return pdf.Black
}

func (p *dailyPaper) sections() {
	p.doc.Gap(7)
	p.doc.Figures(p.figures())
	p.exceptions()
	p.transit()
	p.due()
	p.served("Picked up today", "POP", p.d.PickedUp, false)
	p.served("Delivered today", "POD", p.d.Delivered, true)
	p.openPODs()
	p.others()
}

// section prints a heading with the length of its list, and the list.
func (p *dailyPaper) section(title, none string, n int, columns []pdf.Column, rows []pdf.Row) {
	p.doc.Heading(fmt.Sprintf("%s: %d", title, n), "")
	if n == 0 {
		p.doc.Paragraph(pdf.Plain(none))
		return
	}
	p.doc.Table(pdf.Table{Name: title, Columns: columns, Rows: rows})
}

func (p *dailyPaper) exceptions() {
	members := map[freight.Level]int{}
	for i := range p.d.Exceptions {
		members[p.d.Exceptions[i].Level]++
	}
	var rows []pdf.Row
	var group freight.Level
	for i := range p.d.Exceptions {
		r := &p.d.Exceptions[i]
		if r.Level != group {
			group = r.Level
			rows = append(rows, groupRow(levelWords[group].sign, members[group], levelWords[group].ink))
		}
		rows = append(rows, pdf.Row{Cells: []pdf.Rich{
			loadCell(&r.Head), laneCell(&r.Head), stopCell(r.Stop, r.Window, r.Original), etaCell(r.ETA),
			whyCell(r.Why), newsCell(r.News),
		}})
	}
	p.section("Exceptions", "None is open.", len(p.d.Exceptions), []pdf.Column{
		{Title: "Load", Width: 15}, {Title: "Lane, carrier", Width: 18}, {Title: "Window, stop", Width: 20},
		{Title: "ETA", Width: 16}, {Title: "Why", Width: 26}, {Title: "Last position or news", Width: 16},
	}, rows)
}

// mostReasons is how many reasons a row gives: the page is read in a minute.
const mostReasons = 3

// whyCell is the first reasons, and how many more there are.
func whyCell(why []string) pdf.Rich {
	shown := why[:min(len(why), mostReasons)]
	r := pdf.Plain(hold(strings.Join(shown, "\n")))
	if rest := len(why) - len(shown); rest > 0 {
		r = append(r, pdf.Span{Text: fmt.Sprintf("\nand %d more on the load", rest), Style: muted})
	}
	return r
}

// levelWords are the levels of exceptions with their sign and ink.
var levelWords = map[freight.Level]struct {
	sign string
	ink  pdf.Ink
}{
	freight.ActNow: {"■ Act now", actNow},
	freight.AtRisk: {"▲ At risk", atRisk},
	freight.Verify: {"◆ Verify", verify},
}

func groupRow(title string, n int, ink pdf.Ink) pdf.Row {
	return pdf.Row{Group: true, Cells: []pdf.Rich{{{Text: fmt.Sprintf("%s: %d", title, n), Style: pdf.Style{Bold: true, Ink: ink}}}}}
}

func (p *dailyPaper) transit() {
	rows := make([]pdf.Row, 0, len(p.d.InTransit))
	for i := range p.d.InTransit {
		r := &p.d.InTransit[i]
		state := pdf.Span{Text: stateWords(r.State) + " · ", Style: strong}
		rows = append(rows, pdf.Row{Cells: []pdf.Rich{
			loadCell(&r.Head), laneCell(&r.Head), append(pdf.Rich{state}, newsCell(r.News)...), stopCell(r.Next, r.Window, nil), etaCell(r.ETA),
		}})
	}
	p.section("In transit", "No load is on the road.", len(rows), []pdf.Column{
		{Title: "Load", Width: 16}, {Title: "Lane, carrier", Width: 22}, {Title: "State, last position or news", Width: 24},
		{Title: "Window, next stop", Width: 25}, {Title: "ETA", Width: 18},
	}, rows)
}

func stateWords(s freight.LoadState) string {
	switch s {
	case freight.Loaded:
		return "loaded"
	case freight.InTransit:
		return "in transit"
	case freight.AtDelivery:
		return "at delivery"
	case freight.OnHold:
		return "on hold"
	case freight.AtPickup:
		return "at pickup"
	case freight.PapersIn:
		return "papers in"
	case freight.NotUsed:
		return "not used"
	}
	return string(s)
}

func (p *dailyPaper) due() {
	day := calendar{p.d.Day}
	titles := map[DueGroup]string{
		Overdue:     "Overdue: the window has ended, no arrival is known",
		DueToday:    "Today, " + day.dayWords(p.d.Day),
		DueTomorrow: "Tomorrow, " + day.dayWords(p.d.Day.Next()),
		DueLater:    "Window already open or opening tomorrow, due later",
	}
	members := map[DueGroup]int{}
	for i := range p.d.Due {
		members[p.d.Due[i].Group]++
	}
	var rows []pdf.Row
	var group DueGroup
	for i := range p.d.Due {
		r := &p.d.Due[i]
		if r.Group != group {
			group = r.Group
			rows = append(rows, groupRow(titles[group], members[group], pdf.Black))
		}
		rows = append(rows, pdf.Row{Cells: []pdf.Rich{
			stopCell(&r.Stop, r.Window, r.Original), appointment(r.ApptType), loadCell(&r.Head), laneCell(&r.Head), arrivalCell(r),
		}})
	}
	p.section("Due today and tomorrow", "No stop is still to be served today or tomorrow.", len(p.d.Due), []pdf.Column{
		{Title: "Window, stop", Width: 28}, {Title: "Appointment", Width: 11}, {Title: "Load", Width: 17},
		{Title: "Lane, carrier", Width: 26}, {Title: "ETA or arrival", Width: 20},
	}, rows)
}

func appointment(kind string) pdf.Rich {
	switch kind {
	case "fcfs":
		return pdf.Plain("first come")
	case "":
		return pdf.Rich{{Text: "not said", Style: muted}}
	}
	return pdf.Plain(kind)
}

func arrivalCell(r *DueRow) pdf.Rich {
	if r.Arrived != nil {
		return pdf.Rich{{Text: "arrived " + r.Arrived.Text, Style: strong}}
	}
	return etaCell(r.ETA)
}

func (p *dailyPaper) served(title, paper string, list []ServedRow, always bool) {
	if len(list) == 0 && !always {
		return
	}
	rows := make([]pdf.Row, 0, len(list))
	for i := range list {
		r := &list[i]
		rows = append(rows, pdf.Row{Cells: []pdf.Rich{
			loadCell(&r.Head), laneCell(&r.Head), stopCell(&r.Stop, r.Window, r.Original), servedCell(r), judgementCell(r), paperCell(r.Paper),
		}})
	}
	p.section(title, "Nothing was completed on this day as far as is known.", len(rows), []pdf.Column{
		{Title: "Load", Width: 17}, {Title: "Lane, carrier", Width: 24}, {Title: "Window, stop", Width: 27},
		{Title: "Arrived, done", Width: 16}, {Title: "On time", Width: 15}, {Title: paper, Width: 11},
	}, rows)
}

func servedCell(r *ServedRow) pdf.Rich {
	if r.Arrived == nil {
		return pdf.Rich{{Text: "no arrival time\n", Style: warning}, {Text: "done " + r.Served.Text, Style: muted}}
	}
	return pdf.Rich{{Text: r.Arrived.Text + "\n"}, {Text: "done " + r.Served.Text, Style: muted}}
}

// judgementCell prints the outcome against the current window, and the other one where it differs.
func judgementCell(r *ServedRow) pdf.Rich {
	out := pdf.Rich{judgement(r.Current)}
	if r.AgainstOrig.Outcome != r.Current.Outcome || r.AgainstOrig.Minutes != r.Current.Minutes {
		out = append(out, pdf.Span{Text: "\noriginal: " + r.AgainstOrig.Text, Style: muted})
	}
	return out
}

func judgement(j Judgement) pdf.Span {
	switch j.Outcome {
	case Late, Early:
		return pdf.Span{Text: "■\u00a0" + j.Text, Style: warning}
	case OnTime:
		return pdf.Span{Text: j.Text}
	}
	return pdf.Span{Text: j.Text, Style: muted}
}

func paperCell(state freight.PaperState) pdf.Rich {
	switch state {
	case freight.PaperMissing:
		return pdf.Rich{{Text: "missing", Style: strong}}
	case freight.PaperException:
		return pdf.Rich{{Text: "■\u00a0exception", Style: warning}}
	}
	return pdf.Plain(string(state))
}

func (p *dailyPaper) openPODs() {
	if len(p.d.PODOpen) == 0 {
		return
	}
	rows := make([]pdf.Row, 0, len(p.d.PODOpen))
	for i := range p.d.PODOpen {
		r := &p.d.PODOpen[i]
		rows = append(rows, pdf.Row{Cells: []pdf.Rich{
			loadCell(&r.Head), laneCell(&r.Head), pdf.Plain(r.Delivered.Text), pdf.Plain(r.Age), paperCell(r.POD),
		}})
	}
	p.section("Delivered before, POD still open", "", len(rows), []pdf.Column{
		{Title: "Load", Width: 20}, {Title: "Lane, carrier", Width: 40}, {Title: "Delivered", Width: 20}, {Title: "Age", Width: 15}, {Title: "POD", Width: 12},
	}, rows)
}

func (p *dailyPaper) others() {
	if len(p.d.Others) == 0 {
		return
	}
	rows := make([]pdf.Row, 0, len(p.d.Others))
	for i := range p.d.Others {
		r := &p.d.Others[i]
		rows = append(rows, pdf.Row{Cells: []pdf.Rich{
			loadCell(&r.Head), laneCell(&r.Head), stopCell(&r.Stop, r.Window, nil), pdf.Plain(r.What),
		}})
	}
	p.section("Also touching this day", "", len(rows), []pdf.Column{
		{Title: "Load", Width: 16}, {Title: "Lane, carrier", Width: 25}, {Title: "Window now, stop", Width: 28}, {Title: "What happened", Width: 28},
	}, rows)
}

// end prints what was left out, and the definitions.
func (p *dailyPaper) end() {
	if len(p.d.LeftOut) > 0 {
		p.doc.Heading("Left out", "")
		for _, s := range p.d.LeftOut {
			p.doc.Paragraph(pdf.Plain(s))
		}
	}
	p.doc.Heading("How this is counted", "")
	counted := strings.Join(p.d.Definitions, "\n")
	if n := p.doc.Replaced(); n > 0 {
		counted += fmt.Sprintf("\n\uFFFD stands for a character that cannot be printed here; there are %d. The data has them as received.", n)
	}
	p.doc.Paragraph(pdf.Rich{{Text: counted, Style: pdf.Style{Size: 7.5, Ink: pdf.Muted}}})
}

func loadCell(h *Head) pdf.Rich {
	r := pdf.Rich{{Text: h.Load, Style: strong}}
	if len(h.Refs) > 0 {
		r = append(r, pdf.Span{Text: "\n" + refWords(h.Refs), Style: muted})
	}
	if h.Remark != "" {
		r = append(r, pdf.Span{Text: "\n" + h.Remark, Style: strong})
	}
	return r
}

// refWords are the first references, and how many more there are.
func refWords(refs []string) string {
	const shown = 4
	rest := ""
	if len(refs) > shown {
		rest = fmt.Sprintf(" and %d more", len(refs)-shown)
		refs = refs[:shown]
	}
	held := make([]string, len(refs))
	for i, ref := range refs {
		held[i] = strings.ReplaceAll(ref, " ", "\u00a0")
	}
	return strings.Join(held, ", ") + rest
}

func laneCell(h *Head) pdf.Rich {
	return pdf.Rich{
		{Text: hold(cmp.Or(h.From, "?") + " → " + cmp.Or(h.To, "?"))},
		{Text: "\n" + cmp.Or(h.Carrier, "no carrier"), Style: muted},
	}
}

// stopCell is the window, what it was first, and the stop.
func stopCell(s *StopHead, w, original *Period) pdf.Rich {
	if s == nil {
		return pdf.Rich{{Text: "–", Style: muted}}
	}
	r := pdf.Rich{{Text: "no window", Style: muted}}
	if w != nil {
		r = pdf.Plain(w.Text)
	}
	if original != nil {
		r = append(r, pdf.Span{Text: "\noriginal " + original.Text, Style: muted})
	}
	return append(r, pdf.Span{Text: "\n" + hold(stopWords(s.Kind, s.Seq)+" · "+cmp.Or(s.Place, "place not known")), Style: muted})
}

func etaCell(e *ETA) pdf.Rich {
	if e == nil {
		return pdf.Rich{{Text: "no ETA", Style: muted}}
	}
	r := pdf.Rich{{Text: e.At.Text}}
	switch {
	case e.Slack != nil && *e.Slack < 0:
		r = append(r, pdf.Span{Text: "\n" + hold(e.Text), Style: warning})
	case e.Text != "":
		r = append(r, pdf.Span{Text: "\n" + hold(e.Text)})
	}
	r = append(r, pdf.Span{Text: "\n" + sourceWords(e.Source) + ", " + hold(e.Age), Style: muted})
	if e.Stale {
		r = append(r, pdf.Span{Text: " ▲\u00a0stale", Style: warning})
	}
	return r
}

func newsCell(n News) pdf.Rich {
	r := pdf.Plain(hold(n.Text))
	if n.At != nil {
		r = append(r, pdf.Span{Text: "\n" + sourceWords(n.By) + ", " + hold(n.Age), Style: muted})
	}
	if n.Stale {
		r = append(r, pdf.Span{Text: " ▲\u00a0stale", Style: warning})
	}
	return r
}

var (
	measures  = regexp.MustCompile(`(\d) (h|min|days|of|%)`)
	stateCode = regexp.MustCompile(`, ([A-Z]{2})\b`)
)

// hold keeps a number with its unit and a city with its state on one line, and puts a dot between words at a line's end.
func hold(text string) string {
	text = measures.ReplaceAllString(text, "$1\u00a0$2")
	text = stateCode.ReplaceAllString(text, ",\u00a0$1")
	return strings.NewReplacer(" ago", "\u00a0ago", " · ", "\u00a0· ").Replace(text)
}

// sourceWords is a kind of source as people write it.
func sourceWords(kind string) string {
	switch freight.SourceKind(kind) {
	case freight.TMS, freight.ELD:
		return strings.ToUpper(kind)
	case freight.FourKites:
		return "FourKites"
	case freight.MacroPoint:
		return "MacroPoint"
	}
	return kind
}
