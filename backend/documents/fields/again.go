package fields

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// mostAgain bounds the second readings of a page.
const mostAgain = 48

// How a region is read a second time, the likeliest to help first. Handwriting is tall: it is not drawn larger.
var (
	asWriting = []paper.Closer{{Line: true, Scale: 1}, {Line: true, Scale: 1.6}, {Scale: 0.7}}
	asNote    = append(slices.Clone(asWriting), paper.Closer{Line: true, Scale: 0.5})
	asNumber  = []paper.Closer{{Line: true, Digits: true, Scale: 1.5}, {Line: true, Scale: 2}, {Digits: true, Scale: 1}}
	asName    = []paper.Closer{{Scale: 2}, {Line: true, Scale: 1}, {Scale: 0.7}} // printed as often as written
	asPrint   = []paper.Closer{{Scale: 2}, {Scale: 3}, {Line: true, Scale: 0.7}}
)

// asDigitsOnly is how writing that should say what the load says is read once more at last: digits and marks alone, in
// sizes in which scrawl comes out otherwise.
var asDigitsOnly = map[string][]paper.Closer{
	paper.Pieces:       {{Line: true, Digits: true, Scale: 0.5}},
	paper.DeliveryDate: {{Line: true, Digits: true, Scale: 1.4}, {Line: true, Digits: true, Scale: 0.7}},
	paper.PickupDate:   {{Line: true, Digits: true, Scale: 1.4}, {Line: true, Digits: true, Scale: 0.7}},
}

// closely are the fields that second readings are spent on, the weightier first.
var closely = []string{paper.Load, paper.Bill, paper.PRO, paper.PO, paper.Seal, paper.Pieces, paper.Weighed, paper.Gross, paper.DeliveryDate,
	paper.PickupDate, anyDate, paper.In, paper.Out, paper.Name, paper.Trailer, paper.Pallets, paper.Receipt, paper.Amount, paper.SCAC}

// How sure of themselves readings that agree have to be: scrawl is often misread alike, and nothing but itself speaks for a
// count or a time.
const (
	surelyAlike = 0.5
	aloneAlike  = 0.85
)

func alikeFrom(field string) float64 {
	if field == paper.Name {
		return clearlyRead
	}
	if field == paper.Pieces || field == paper.In || field == paper.Out {
		return aloneAlike
	}
	return surelyAlike
}

// clearlyRead is how sure a reading is that a single other one does not outweigh.
const clearlyRead = 0.75

// surelyNamed is how sure one reading of a name is that needs no other: a letter of a hand is easily another.
const surelyNamed = 0.94

// sureFrom is how sure a value is that is not read again. Nothing but itself speaks for a time.
func sureFrom(field string) float64 {
	switch field {
	case paper.In, paper.Out:
		return 0.9
	case paper.Name:
		return surelyNamed
	}
	return 0.75
}

// settled is the score from which a value is not read again.
const settled = 0.72

// again reads once more what is in doubt: places where a label promises a value that was not read or read badly, and
// writing that was not read at all, for notes.
func (f *finder) again() {
	k := inkOf(f.sheet.page.Grey)
	if k == nil {
		return
	}
	f.budget, f.polls = mostAgain, mostPolled
	for _, field := range closely {
		f.againField(k, field)
		f.dayByVote(k, field)
	}
	f.countsOfReceipt(k)
	f.contested()
	f.againNotes(k)
}

// means is the field that dates without one of their own come to have.
func (f *finder) means(field string) string {
	if field != anyDate {
		return field
	}
	switch f.kind {
	case paper.BOL, paper.POP, paper.Weight:
		return paper.PickupDate
	}
	return paper.DeliveryDate
}

func (f *finder) againField(k *ink, field string) {
	if f.byVote(k, field) {
		return
	}
	best := settle(field, append(slices.Clone(f.found[field]), f.found[f.means(field)]...))
	if len(best) > 0 && best[0].score >= settled && (best[0].sure >= sureFrom(field) || best[0].quality == 1 && !f.onlyShaped(field, best[0])) && !(field == paper.Pieces && f.against(best[0])) && !f.unlikePlan(field, best[0]) {
		return
	}
	if len(best) > 0 && !best[0].sum { // rows read as one number would say nothing: what was written is looked for
		c := best[0]
		h := f.sheet.height
		region := paper.Box{max(c.box[0]-0.005, 0), max(c.box[1]-0.5*h, 0), min(c.box[2]+0.03, 1), min(c.box[3]+0.5*h, 1)}
		f.vote(k, doubt{field: field, region: region, weight: min(c.score/0.8, 0.95)}, &c)
		return
	}
	tries := 0
	doubts := slices.Clone(f.doubts)
	slices.SortStableFunc(doubts, func(a, b doubt) int { return cmp.Compare(b.weight, a.weight) })
	for _, d := range doubts {
		if d.field != field || tries == 3 || !f.inked(k, d.region) {
			continue
		}
		tries++
		if f.vote(k, d, nil) {
			return
		}
	}
}

// onlyShaped tells whether a number that was hardly read has nothing for it but the form of those that are known.
func (f *finder) onlyShaped(field string, c candidate) bool {
	return c.sure < surelyAlike && slices.Contains(refFields, field) && !f.known.has(field, squash(c.value))
}

// unlikePlan tells whether a count or weight that was read once is not what the load has: it is looked at once more before the
// paper is said to contradict its load.
func (f *finder) unlikePlan(field string, c candidate) bool {
	if field != paper.Pieces && field != paper.Weighed || c.twice || f.sheet.page.FromText {
		return false
	}
	expected := f.expected(field)
	return len(expected) > 0 && !expected[c.value]
}

// against tells whether the rows of the goods add up to another count than one that was read beside a label.
func (f *finder) against(c candidate) bool {
	return c.label && !c.twice && !f.expected(paper.Pieces)[c.value] && slices.ContainsFunc(f.found[paper.Pieces], func(o candidate) bool {
		return !o.label && o.value != c.value && o.score > 0.4
	})
}

// inked tells whether there is anything in a region that is not read as a value yet.
func (f *finder) inked(k *ink, region paper.Box) bool {
	for _, r := range f.sheet.rows {
		for _, t := range r.tokens {
			x, y := (t.box[0]+t.box[2])/2, (t.box[1]+t.box[3])/2
			if !t.known && hasDigit(t.text) && x > region[0] && x < region[2] && y > region[1] && y < region[3] {
				return true // something was read that made no value
			}
		}
	}
	m := k.mask(k.rect(region))
	if m.r.Empty() {
		return false
	}
	m.rules(int(0.05*float64(k.w)), int(0.004*float64(k.h)))
	f.wipePrint(k, m, line{})
	tall := 0.5 * f.sheet.height * float64(k.h)
	for _, b := range m.blobs() {
		if float64(b.box.Dy()) >= tall && float64(b.box.Dx()) >= 0.1*tall {
			return true
		}
	}
	return false
}

// vote reads a region in several ways. Two readings that agree, or one that is what the load on the page should say, are
// taken; a single odd one is kept too low to be said.
func (f *finder) vote(k *ink, d doubt, first *candidate) bool {
	ways := asWriting
	switch d.field {
	case paper.Name:
		ways = asName
	case paper.Pieces, paper.Pallets, paper.Seal, paper.Trailer:
		ways = asNumber
	case paper.Load, paper.Bill, paper.PRO, paper.PO, paper.Weighed, paper.Gross, paper.Receipt, paper.Amount, paper.SCAC:
		ways = asPrint
	}
	votes := map[string]int{}
	seen := map[string]read{}
	var order []string
	sureSum := map[string]float64{}
	count := func(r read) {
		sureSum[r.value] += r.sure
		if votes[r.value] == 0 {
			order = append(order, r.value)
			seen[r.value] = r
		}
		votes[r.value]++
	}
	if first != nil {
		count(first.read)
	}
	expected := f.expected(d.field)
	regions := []paper.Box{d.region}
	if writtenAbove[d.field] {
		// A line of writing is read better as a whole: what stands beside the place is read with it, and left out again.
		regions = append(regions, paper.Box{max(d.region[0]-0.3, 0), d.region[1], min(d.region[2]+0.2, 1), d.region[3]})
	}
	asPlanned := 1 // readings that say what the load says
	if first != nil && first.sure >= clearlyRead && !f.byHand(*first) {
		asPlanned = 2
	}
	settledOn := false
	var said []heard
	type look struct {
		region paper.Box
		how    paper.Closer
	}
	var looks []look
	for _, region := range regions {
		for _, how := range ways {
			looks = append(looks, look{region, how})
		}
	}
	if len(expected) > 0 {
		for _, how := range asDigitsOnly[f.means(d.field)] {
			looks = append(looks, look{f.fitted(k, d.region), how})
		}
	}
	for i := 0; i < len(looks) && !settledOn && f.budget > 0; i++ {
		f.budget--
		words, err := f.sheet.page.Again(looks[i].region, looks[i].how)
		if err != nil {
			break
		}
		tokens := slices.DeleteFunc(f.tokensOf(words), func(t token) bool {
			mid := (t.box[0] + t.box[2]) / 2
			return mid < d.region[0] || mid > d.region[2]
		})
		said = hear(said, textOf(tokens), leastSureOf(tokens))
		r, ok := f.parse(d, tokens)
		if !ok {
			continue
		}
		count(r)
		settledOn = votes[r.value] >= 2 && sureSum[r.value] >= alikeFrom(d.field)*float64(votes[r.value]) || expected[r.value] && votes[r.value] >= asPlanned
	}
	if day := f.plannedDay(d, said); day != "" && votes[day] == 0 && !settledOn {
		f.add(d.field, candidate{read: read{value: day, text: string(said[0].text), box: d.region, sure: 0.6, quality: 0.9}, score: 0.85 * d.weight / 0.95,
			why: "the day that the load plans accounts best for the writing", label: true, twice: true})
		return true
	}
	taken := false
	for _, value := range order {
		score, why := 0.4, "read again"
		switch {
		case expected[value] && votes[value] >= asPlanned:
			score, why = 0.85, "read again, as the load says"
		case (d.field == paper.Pieces || d.field == paper.Pallets) && len(expected) > 0: // read alike and otherwise than planned: a person counts
		case votes[value] >= 2 && sureSum[value] >= alikeFrom(d.field)*float64(votes[value]):
			score, why = 0.8, "read twice alike"
		}
		r := seen[value]
		r.sure = max(r.sure, 0.6)
		if first != nil && value == first.value && votes[value] < 2 && !expected[value] && len(order) > 1 {
			f.lower(d.field, value, 0.75)
			continue
		}
		taken = taken || score > 0.5
		f.add(d.field, candidate{read: r, score: score * d.weight / 0.95, why: why, label: true, twice: score > 0.5, promised: d.weight})
	}
	if d.field == paper.Pieces && !taken && !d.total {
		f.doubts = append(f.doubts, d) // a sum of the rows does not stand for it
	}
	return taken
}

// plannedDay is the day that a load on the page plans where it is what accounts best for the readings of a date's place; else "".
func (f *finder) plannedDay(d doubt, said []heard) string {
	if isDay(d.field) {
		for _, day := range slices.Sorted(maps.Keys(f.expected(d.field))) {
			if writtenDay(said, day, f.dayFirst) == day {
				return day
			}
		}
	}
	return ""
}

// lower takes confidence from a value that a second reading contradicts.
func (f *finder) lower(field, value string, factor float64) {
	for i := range f.found[field] {
		if f.found[field][i].value == value {
			f.found[field][i].score *= factor
		}
	}
}

// expected are the values that the loads seen on the page say a field has.
func (f *finder) expected(field string) map[string]bool {
	out := map[string]bool{}
	fields := []string{f.means(field)}
	for _, l := range f.loadsSeen() {
		for _, name := range fields {
			if v := f.known.loads[l].Values[name]; v != "" {
				out[v] = true
			}
		}
	}
	return out
}

func (f *finder) parse(d doubt, tokens []token) (read, bool) {
	switch d.field {
	case paper.Pieces, paper.Pallets:
		return readCount(tokens)
	case paper.Weighed, paper.Gross:
		return readWeight(tokens)
	case paper.PickupDate, paper.DeliveryDate, anyDate:
		r, ok := f.readDateAt(tokens)
		if !ok && len(tokens) > 0 {
			text, value := textOf(tokens), ""
			if year := f.year(); year != "" {
				value = withYear(text, year)
			}
			for day := range f.expected(d.field) {
				if nearMonth(text, day) || likePlanned(text, day) {
					value = day
				}
			}
			r = read{value: value, text: text, box: boxOf(tokens), sure: leastSureOf(tokens), quality: 0.85}
			ok = r.value != ""
		}
		return r, ok
	case paper.In, paper.Out:
		if times := readTimes(tokens); d.nth < len(times) {
			return times[d.nth], true
		}
		return read{}, false
	case paper.Name:
		return f.readName(tokens)
	case paper.Amount:
		return readMoney(tokens)
	case paper.SCAC:
		r, ok := f.readSCAC(tokens)
		return r, ok && f.known.scacs[r.value] // any word in capitals looks like a code
	}
	return f.readRef(d.field, tokens)
}

// tokensOf are the words of a second reading, row by row.
func (f *finder) tokensOf(words []paper.Word) []token {
	words = slices.DeleteFunc(slices.Clone(words), func(w paper.Word) bool { return strings.TrimSpace(w.Text) == "" || w.Box[2] <= w.Box[0] })
	var out []token
	for _, group := range alignRows(words, f.sheet.height) {
		for _, w := range group {
			out = append(out, cut(w)...)
		}
	}
	return out
}

// byPen are the fields that are mostly written by hand.
var byPen = []string{paper.In, paper.Out, paper.Name, paper.Pieces, paper.DeliveryDate, paper.PickupDate, anyDate}

// halfLost is a time of the night without its zero in front: more likely one of the afternoon whose PM was not read.
var halfLost = regexp.MustCompile(`^[1-6]\s?[:;.]\s?\d{2}$`)

// tornTime is a time in figures alone with a blank among them.
var tornTime = regexp.MustCompile(`^\d{1,2}\s+\d{2,3}$|^\d{3}\s+\d$`)

// atNight tells whether a time was read, not surely, at which hardly a dock works: more likely a seven or a nine misread.
func atNight(c candidate) bool { return c.value < "05:00" && c.sure < surelyPrinted+0.2 }

// unsure takes back what one unsure reading alone says where handwriting stands: it is wrong too often.
func (f *finder) unsure() {
	for _, field := range byPen {
		for i := range f.found[field] {
			c := &f.found[field][i]
			switch {
			case halfLost.MatchString(c.text), (field == paper.In || field == paper.Out) && !c.twice && (tornTime.MatchString(c.text) || atNight(*c)):
				c.score *= 0.55
			case c.twice || !c.label || f.expected(field)[c.value]:
			case c.sure < 0.75, field == paper.Name && !f.sheet.page.FromText && c.sure < surelyNamed:
				c.score *= 0.55
			case field == paper.Pieces && c.sure < 0.9 && f.against(*c):
				c.score *= 0.6
			}
		}
	}
	f.unlikeLoad()
	if slices.ContainsFunc(f.doubts, func(d doubt) bool { return d.field == paper.Pieces && !d.total }) {
		for i := range f.found[paper.Pieces] {
			if c := &f.found[paper.Pieces][i]; !c.label {
				c.score *= 0.7 // a sum beside a count that could not be read
			}
		}
	}
}

// unlikeLoad takes back a seal or a trailer by hand that is not the load's: a figure of a hand is easily another, and nothing but the
// load tells what it is.
func (f *finder) unlikeLoad() {
	for _, field := range []string{paper.Seal, paper.Trailer} {
		ours := f.numbersOf(f.loadsHere(), field)
		for i := range f.found[field] {
			if c := &f.found[field][i]; len(ours) > 0 && !ours[squash(c.value)] && f.byHand(*c) {
				c.score *= 0.5
			}
		}
	}
}
