package fields

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tracedesk/backend/documents/paper"
)

// Options is how pages are read.
type Options struct {
	DayFirst bool     // 03/04/2026 is the third of April; where a month cannot be meant the other way is taken anyhow
	Once     bool     // no second readings, even where a page can be read again
	Taught   []Lesson // by people, on any layout
}

// Facts is what one page says.
type Facts struct {
	Page       int
	Blank      bool
	Type       paper.Type
	Subtype    string
	Confidence float64                // of the type
	Scores     map[paper.Type]float64 // how strongly the page looks like each type
	Title      string                 // the wording that speaks most for the type, as printed
	Nth, Of    int                    // of "page 2 of 3"; 0 where it does not say
	Fields     paper.Fields
	Signatures map[string]paper.Signature
	Notations  []paper.Notation
	Unread     []paper.Writing // that no place of the form asks for and that could not be read
	Codes      []paper.Code
	Rotation   int
}

// ReadPage reads one page by itself.
func ReadPage(page paper.Page, known *Known, opt Options) Facts {
	if known == nil {
		known = Learn(nil)
	}
	facts := Facts{Page: page.Number, Codes: page.Codes, Rotation: page.Rotation, Fields: paper.Fields{}, Signatures: map[string]paper.Signature{}}
	var stamped []paper.Box
	if !opt.Once {
		page, stamped = withStamps(page)
	}
	sheet := lay(page)
	if page.Blank || len(sheet.rows) == 0 || len(sheet.rows) <= 2 && len(page.Words) < 3 && len(page.Codes) == 0 {
		facts.Blank, facts.Type, facts.Confidence = true, paper.Blank, 0.9
		return facts
	}
	f := &finder{sheet: sheet, closer: !opt.Once, stamped: stamped, known: known, dayFirst: opt.DayFirst, found: map[string][]candidate{}, inTable: map[int]bool{}}
	judged := f.judge()
	f.kind, facts.Subtype, facts.Confidence = judged.decide()
	facts.Type, facts.Scores, facts.Title = f.kind, judged.scores, judged.title
	facts.Nth, facts.Of = pageMark(sheet)
	f.named = judged.title != "" || page.Number == 1 && facts.Nth <= 1
	f.notations()
	f.findTables()
	f.tornDates()
	f.atLabels()
	f.fromTables()
	f.axles()
	f.knownRefs()
	f.bareNumber()
	f.parties()
	f.names()
	f.looseDate()
	f.ruledOff()
	if !opt.Once && page.Again != nil {
		f.again()
	}
	f.unsure()
	f.dayThere()
	f.onlyDayThere()
	f.assign()
	facts.Signatures = f.signatures()
	for i := range f.notes {
		f.notes[i].Text = unruled(f.notes[i].Text)
	}
	facts.Notations = f.notes
	facts.Unread = f.unread(facts.Signatures)
	facts.Fields = f.values()
	f.taught(facts.Fields, opt.Taught)
	origins(facts.Fields, &page)
	return facts
}

var pageOf = regexp.MustCompile(`\b(?:page|pg|pagina|pag|hoja|sheet|p) ?(\d{1,3}) ?(?:of|de|/|out of) ?(\d{1,3})\b|^(\d{1,2}) (?:of|de) (\d{1,2})$`)

func pageMark(s *sheet) (nth, of int) {
	for _, r := range s.rows {
		for _, cell := range r.cells() {
			m := pageOf.FindStringSubmatch(asProse(strings.ReplaceAll(textOf(cell), "/", " of ")))
			if m == nil {
				continue
			}
			nth, _ = strconv.Atoi(m[1] + m[3])
			of, _ = strconv.Atoi(m[2] + m[4])
			if nth >= 1 && nth <= of {
				return nth, of
			}
		}
	}
	return 0, 0
}

// assign gives dates, times and money without a field of their own the meaning that the document's type has.
func (f *finder) assign() {
	date := paper.DeliveryDate
	switch f.kind {
	case paper.BOL, paper.POP, paper.Weight:
		date = paper.PickupDate
	}
	move := func(from, to string, factor float64) {
		for _, c := range f.found[from] {
			c.score *= factor
			f.found[to] = append(f.found[to], c)
		}
		delete(f.found, from)
	}
	f.plannedMeaning()
	factor := 1.0
	if len(f.found[date]) > 0 {
		factor = 0.7
	}
	if f.kind == paper.Other { // of an invoice, a confirmation: of no pickup and no delivery
		delete(f.found, anyDate)
	}
	if f.kind == paper.Other && f.named {
		f.countsNothing()
	}
	move(anyDate, date, factor)
	f.timeBesideDate()
	move(anyTime, paper.In, 0.9)
	if f.kind == paper.Lumper {
		factor = 1
		if len(f.found[paper.Amount]) > 0 {
			factor = 0.8
		}
		move(anyAmount, paper.Amount, factor)
	}
	delete(f.found, anyAmount)
	f.weightsNoCounts()
	f.eitherDate()
	f.asPlanned()
	f.sober()
}

// weightsNoCounts takes a count back that stands where the weight does.
func (f *finder) weightsNoCounts() {
	weights := settle(paper.Weighed, f.found[paper.Weighed])
	f.found[paper.Pieces] = slices.DeleteFunc(f.found[paper.Pieces], func(c candidate) bool {
		return len(weights) > 0 && weights[0].score >= c.score && weights[0].value == c.value && touches(c.box, weights[0].box)
	})
}

// countsNothing takes the counts back that an invoice, tender or confirmation has: nothing was counted there. A weight is said where a
// label says it.
func (f *finder) countsNothing() {
	delete(f.found, paper.Pieces)
	delete(f.found, paper.Pallets)
	f.found[paper.Weighed] = slices.DeleteFunc(f.found[paper.Weighed], func(c candidate) bool { return !c.label })
}

// longestStay is the most hours between in and out that handwriting alone is believed.
const longestStay = 12

// asPlanned takes a day by hand that differs from the planned one by digits that look alike, and is later, for the planned: a pen's
// one is read as a seven every time. An earlier one stands, since it may speak against the paper.
func (f *finder) asPlanned() {
	for _, field := range []string{paper.PickupDate, paper.DeliveryDate} {
		for i := range f.found[field] {
			c := &f.found[field][i]
			if !f.byHand(*c) && !c.twice || f.sheet.page.FromText {
				continue
			}
			for day := range f.expected(field) {
				if c.value > day && apart(solid(c.value), solid(day)) <= alikeLetter {
					c.value = day
				}
			}
		}
	}
}

// sober takes back what only handwriting says and what cannot be: out before in, delivered before picked up or long after,
// a year that no other date of the page has.
func (f *finder) sober() {
	first := func(field string) (candidate, bool) {
		if best := settle(field, f.found[field]); len(best) > 0 {
			return best[0], true
		}
		return candidate{}, false
	}
	in, hasIn := first(paper.In)
	out, hasOut := first(paper.Out)
	if hasIn && hasOut {
		if stay := minutes(out.value) - minutes(in.value); stay < 0 && stay > -18*60 || stay > longestStay*60 {
			for _, s := range []struct {
				field string
				c     candidate
			}{{paper.In, in}, {paper.Out, out}} {
				if !f.sheet.page.FromText {
					f.lower(s.field, s.c.value, 0.4) // which of the two was misread nobody knows
				}
			}
		}
	}
	for _, field := range []string{paper.PickupDate, paper.DeliveryDate} {
		c, ok := first(field)
		if !ok || !f.byHand(c) {
			continue
		}
		for _, other := range f.otherDates(field) {
			if away := days(c.value) - days(other); away > 45 || away < -45 || field == paper.DeliveryDate && away < 0 && !c.firm {
				f.lower(field, c.value, 0.4)
				break
			}
		}
	}
}

// otherDates are the page's surer dates, and those of the loads seen on it.
func (f *finder) otherDates(field string) []string {
	other := paper.PickupDate
	if field == other {
		other = paper.DeliveryDate
	}
	var out []string
	for _, c := range f.found[other] {
		if !f.byHand(c) && c.score > 0.5 {
			out = append(out, c.value)
		}
	}
	for _, l := range f.loadsSeen() {
		if v := f.known.loads[l].Values[paper.PickupDate]; v != "" {
			out = append(out, v)
		}
	}
	return out
}

func minutes(clock string) int { return number(clock[:2])*60 + number(clock[3:]) }

// days counts roughly: months have 30 of them.
func days(iso string) int {
	if len(iso) != 10 {
		return 0
	}
	return number(iso[:4])*365 + number(iso[5:7])*30 + number(iso[8:])
}

// timeBesideDate reads the time that stands right behind a date on a weight ticket.
func (f *finder) timeBesideDate() {
	if f.kind != paper.Weight {
		return
	}
	for _, c := range f.found[paper.PickupDate] {
		for _, r := range f.sheet.rows {
			if overlap(r.box[1], r.box[3], c.box[1], c.box[3]) < 0.5*f.sheet.height {
				continue
			}
			var after []token
			for _, t := range r.tokens {
				if t.box[0] > c.box[2]-0.002 {
					after = append(after, t)
				}
			}
			if times := readTimes(after); len(times) > 0 {
				f.found[anyTime] = append(f.found[anyTime], candidate{read: times[0], score: 0.8 * times[0].quality, why: "behind the date", label: true})
			}
		}
	}
}

// eitherDate reads a date that may be day first the other way, where a load known by the page's numbers says so.
func (f *finder) eitherDate() {
	loads := f.loadsSeen()
	for _, field := range []string{paper.PickupDate, paper.DeliveryDate} {
		for i := range f.found[field] {
			c := &f.found[field][i]
			if c.either == "" {
				continue
			}
			for _, l := range loads {
				if f.known.loads[l].Values[field] == c.either && f.known.loads[l].Values[field] != c.value {
					c.value, c.either = c.either, c.value
					break
				}
			}
		}
	}
}

// loadsSeen are the loads that at least two different numbers of the page belong to.
func (f *finder) loadsSeen() []int {
	votes := map[int]int{}
	for _, field := range []string{paper.Load, paper.Bill, paper.PRO, paper.PO} {
		best := settle(field, f.found[field])
		if len(best) == 0 {
			continue
		}
		for _, l := range f.known.exact[field][squash(best[0].value)] {
			votes[l]++
		}
	}
	var out []int
	for l, n := range votes {
		if n >= 2 {
			out = append(out, l)
		}
	}
	slices.Sort(out)
	return out
}

// floor is the least score a first value needs: below it nothing is said.
var floor = map[string]float64{paper.Load: 0.4, paper.Bill: 0.4, paper.PRO: 0.4, paper.PO: 0.4, paper.Seal: 0.45, paper.Trailer: 0.45,
	paper.Pieces: 0.45, paper.Pallets: 0.45, paper.Weighed: 0.45, paper.Name: 0.5, paper.In: 0.6, paper.Out: 0.6}

const (
	usualFloor    = 0.4
	mostCandidate = 5
)

// values are the fields as a document tells them.
func (f *finder) values() paper.Fields {
	out := paper.Fields{}
	for field, all := range f.found {
		best := settle(field, all)
		least := floor[field]
		if least == 0 {
			least = usualFloor
		}
		if len(best) == 0 || best[0].score < least {
			continue
		}
		for _, c := range best[:min(len(best), mostCandidate)] {
			v := paper.Value{Value: c.value, Confidence: min(c.score, 0.99), Page: f.sheet.page.Number, Box: c.box, Hand: f.byHand(c) || c.came, Why: c.why, Labelled: c.label, Known: f.known.has(field, squash(c.value))}
			if c.text != c.value {
				v.Text = c.text
			}
			if field == paper.Weighed && c.unit == "kg" {
				v.Text = c.text
			}
			out[field] = append(out[field], v)
		}
	}
	return out
}

// byHand guesses whether a value was written by hand: its letters are taller than print and less sure.
func (f *finder) byHand(c candidate) bool {
	if f.sheet.page.FromText || c.sum {
		return false
	}
	return c.box[3]-c.box[1] > 1.45*f.sheet.height && c.sure < 0.93
}

// Read reads the pages of one document.
func Read(pages []paper.Page, known *Known, opt Options) paper.Document {
	all := make([]Facts, len(pages))
	for i, p := range pages {
		all[i] = ReadPage(p, known, opt)
	}
	return Join(all)
}

// Join makes one document of the facts of its pages: the type of the page that is surest of it, the best value of every
// field, and every signature and notation. A bill of lading that the consignee signed is a POD.
func Join(pages []Facts) paper.Document {
	doc := paper.Document{Type: paper.Blank, Rotation: map[int]int{}, Fields: paper.Fields{}, Signatures: map[string]paper.Signature{}}
	for _, p := range pages {
		doc.Pages = append(doc.Pages, p.Page)
		doc.Rotation[p.Page] = p.Rotation
		doc.Barcodes = append(doc.Barcodes, p.Codes...)
		if !p.Blank && (doc.Type == paper.Blank || p.Confidence > doc.TypeConfidence && p.Nth <= 1) {
			doc.Type, doc.Subtype, doc.TypeConfidence = p.Type, p.Subtype, p.Confidence
		}
		for field, values := range p.Fields {
			doc.Fields[field] = mergeValues(doc.Fields[field], values)
		}
		for role, s := range p.Signatures {
			if had, ok := doc.Signatures[role]; !ok || s.Present && !had.Present {
				doc.Signatures[role] = s
			}
		}
		doc.Unread = append(doc.Unread, p.Unread...)
		for _, n := range p.Notations {
			if !slices.ContainsFunc(doc.Notations, func(o paper.Notation) bool { return o.Kind == n.Kind && o.Text == n.Text }) {
				doc.Notations = append(doc.Notations, n)
			}
		}
	}
	if doc.Type == paper.Blank {
		doc.TypeConfidence = 0.9
	}
	SignOff(&doc)
	return doc
}

func mergeValues(had, more []paper.Value) []paper.Value {
	out := slices.Clone(had)
	for _, v := range more {
		i := slices.IndexFunc(out, func(o paper.Value) bool { return o.Value == v.Value })
		switch {
		case i < 0:
			out = append(out, v)
		case v.Learned == out[i].Learned && v.Confidence > out[i].Confidence, out[i].Learned && !v.Learned:
			out[i] = v
		}
	}
	behindKnown(out)
	slices.SortStableFunc(out, func(a, b paper.Value) int {
		switch {
		case a.Confidence > b.Confidence:
			return -1
		case a.Confidence < b.Confidence:
			return 1
		}
		return 0
	})
	return bounded(out)
}
