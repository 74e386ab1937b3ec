package fields

import (
	"cmp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// finder goes through one sheet.
type finder struct {
	sheet     *sheet
	known     *Known
	dayFirst  bool
	kind      paper.Type
	named     bool // the page's wording says its kind, or it is a first one: a second page says none
	notes     []paper.Notation
	uncounted []paper.Box // what may be remarks whose count was not read
	offers    []paper.Box // rows that offer to tick what may be wrong
	repeated  []paper.Box // where remarks stand whose kind was noted before
	scrawl    bool        // a note is read in writing that stands by itself: unsure words may be farther from what they say
	found     map[string][]candidate
	doubts    []doubt
	tables    []table
	inTable   map[int]bool // rows that a table reads
	budget    int          // second readings left
	polls     int          // readings of writing that votes, left
	closer    bool         // the page may be read a second time in part
	stamped   []paper.Box  // stamps that were read by themselves
	unknown   []paper.Box  // writing that second readings made nothing of
	years     []string     // of the dates on the page; nil where they were not looked for yet
}

// candidate is a value a field may have.
type candidate struct {
	read
	score    float64
	why      string
	label    bool    // a label says so
	twice    bool    // read twice alike, or as the load on the page says
	sum      bool    // of rows: its box is theirs, and nobody wrote it
	promised float64 // how surely the label of a second reading promises the field, however it was read
	firm     bool    // a day that accounts for all readings best, by far, though the load plans another
	came     bool    // written by who received, beside what was billed
}

// doubt is a place where a label promises a value that was not read, or was read badly.
type doubt struct {
	field  string
	region paper.Box
	weight float64
	nth    int  // of several values in the region
	total  bool // of a column, in print: its rows may stand for it
}

// How much a value's place beside its label counts.
const (
	besideIt  = 0.97
	farBeside = 0.85
	belowIt   = 0.9
	aboveIt   = 0.75
	afterwise = 0.85 // "13 skids"
	unlabeled = 0.72
)

func (f *finder) add(field string, c candidate) {
	c.score *= c.quality * (0.75 + 0.25*c.sure)
	f.found[field] = append(f.found[field], c)
}

// atLabels goes through the labels and reads what belongs to each.
func (f *finder) atLabels() {
	for i := range f.sheet.labels {
		l := f.sheet.labels[i]
		switch l.field {
		case paper.Receipt:
			if f.titled(l) {
				continue
			}
			f.labelled(l, func(t []token) (read, bool) { return f.readRef(l.field, t) })
		case paper.Bill, paper.PRO, paper.PO, paper.Load, paper.Seal, paper.Trailer:
			if f.sharedRefs(l) {
				continue
			}
			f.labelled(l, func(t []token) (read, bool) { return f.readRef(l.field, f.behindDate(t)) })
		case paper.SCAC:
			f.labelled(l, f.readSCAC)
		case paper.Pieces, paper.Pallets:
			f.counted(l)
		case paper.Weighed, paper.Gross:
			f.weighed(l)
		case paper.PickupDate, paper.DeliveryDate, anyDate:
			f.labelled(f.whichDate(l), f.readDateAt)
		case paper.In, paper.Out, anyTime:
			f.timesAt(l)
		case paper.Amount, anyAmount:
			if f.kind != paper.Other { // of an invoice the desk asks nothing
				f.labelled(l, readMoney)
			}
		}
	}
}

// titled tells whether a label of a receipt is the last word of a title ("Driver pickup receipt") with nothing behind it.
func (f *finder) titled(l found) bool {
	tokens := f.sheet.rows[l.row].tokens
	return l.to == l.from+1 && !l.ends && l.from > 0 && !f.sheet.apart(tokens, l.from) && len(f.beside(l)) == 0
}

// labelled reads a label's value beside it, else below, else above.
func (f *finder) labelled(l found, parse func([]token) (read, bool)) {
	beside := f.beside(l)
	if r, ok := parse(beside); ok {
		place := besideIt
		if f.sheet.across(l.box[2], r.box[0]) > 8*f.sheet.height {
			place = farBeside
		}
		f.add(l.field, candidate{read: r, score: l.weight * place, why: "beside “" + f.print(l) + "”", label: true})
		return
	}
	if f.inTable[l.row] && l.field != paper.PO && l.field != paper.In && l.field != paper.Out && !f.boxedIn(l) {
		return
	}
	below, _ := f.below(l)
	if r, ok := parse(below); ok && (len(beside) == 0 || f.sheet.across(l.box[2], beside[0].box[0]) > f.sheet.space(l.box, beside[0].box) || l.field == anyDate || l.field == paper.PickupDate) {
		f.add(l.field, candidate{read: r, score: l.weight * belowIt, why: "below “" + f.print(l) + "”", label: true})
		return
	}
	if above := f.above(l); len(above) > 0 && !l.ends && writtenAbove[l.field] {
		if r, ok := parse(above); ok {
			f.add(l.field, candidate{read: r, score: l.weight * aboveIt, why: "above “" + f.print(l) + "”", label: true})
			return
		}
	}
	f.doubt(l)
}

// writtenAbove are the fields that forms have written on a rule with the label under it.
var writtenAbove = map[string]bool{anyDate: true, paper.DeliveryDate: true, paper.PickupDate: true, paper.Name: true, paper.In: true, paper.Out: true}

func (s *sheet) across(from, to float64) float64 { return (to - from) * s.aspect }

func (f *finder) print(l found) string {
	return strings.Trim(textOf(f.sheet.rows[l.row].tokens[l.from:l.to]), " :.")
}

// labelAfter is the next label of a row that ends a value.
func (f *finder) labelAfter(l found) int {
	end := len(f.sheet.rows[l.row].tokens)
	for _, other := range f.sheet.labels {
		if other.row == l.row && other.from >= l.to && other.from < end {
			end = other.from
		}
	}
	return end
}

// farthest is how far across a value may stand from its label where nothing is between, in fractions of the page's width.
const farthest = 0.5

// beside are the tokens to the right of a label, up to the next label.
func (f *finder) beside(l found) []token {
	tokens := f.sheet.rows[l.row].tokens[l.to:f.labelAfter(l)]
	if len(tokens) == 0 {
		tokens = f.level(l)
	}
	for len(tokens) > 0 && strings.Trim(tokens[0].text, ":.-=_#*|—–~") == "" {
		tokens = tokens[1:]
	}
	if len(tokens) == 0 || tokens[0].box[0]-l.box[2] > farthest {
		return nil
	}
	return tokens
}

// lowest is how many lines below its label a value may begin.
const lowest = 3.6

// below are the tokens of the first row below a label that lie in its column.
func (f *finder) below(l found) (tokens []token, at int) {
	left, right := f.columnOf(l)
	for j := l.row + 1; j < len(f.sheet.rows); j++ {
		r := f.sheet.rows[j]
		if r.box[1]-l.box[3] > lowest*f.sheet.height {
			return nil, 0
		}
		var in []token
		for _, t := range r.tokens {
			if mid := (t.box[0] + t.box[2]) / 2; mid > left && mid < right && t.box[1] > l.box[1]+0.5*f.sheet.height {
				in = append(in, t)
			}
		}
		in = dropSpecks(in)
		if len(in) == 0 {
			continue
		}
		if in[0].known && !hasDigit(in[0].text) {
			return nil, 0
		}
		for k, t := range in {
			if t.known && !hasDigit(t.text) {
				in = in[:k]
				break
			}
		}
		return in, j
	}
	return nil, 0
}

// above are the tokens just above a label, as over the rule of a form.
func (f *finder) above(l found) []token {
	left, right := f.columnOf(l)
	for j := l.row - 1; j >= 0; j-- {
		r := f.sheet.rows[j]
		if l.box[1]-r.box[3] > 2*f.sheet.height {
			return nil
		}
		var in []token
		for _, t := range r.tokens {
			if mid := (t.box[0] + t.box[2]) / 2; mid > left && mid < right {
				in = append(in, t)
			}
		}
		if in = dropSpecks(in); len(in) == 0 {
			continue
		}
		if slices.ContainsFunc(in, func(t token) bool { return t.known && !hasDigit(t.text) }) {
			return nil
		}
		return in
	}
	return nil
}

func dropSpecks(tokens []token) []token {
	for len(tokens) > 0 && tokens[0].key == "" {
		tokens = tokens[1:]
	}
	return tokens
}

// columnOf is from where to where across the value below a label may lie: between the cells beside the label.
func (f *finder) columnOf(l found) (left, right float64) {
	tokens := f.sheet.rows[l.row].tokens
	left, right = l.box[0]-0.06, l.box[2]+0.3
	if l.from > 0 {
		before := tokens[l.from-1]
		left = max(left, (before.box[2]+l.box[0])/2)
		if first := min(f.slashed(l), f.captionOf(l)); first < l.from { // "TRACTOR/TRAILER" over its one value
			left = min(left, tokens[first].box[0]-0.01)
		}
	}
	if next := f.nextCell(l); next < len(tokens) {
		gap := tokens[next].box[0] - tokens[next-1].box[2]
		right = min(right, tokens[next].box[0]-min(0.02, gap/2))
	}
	return left, right
}

func (f *finder) nextCell(l found) int {
	tokens := f.sheet.rows[l.row].tokens
	for k := l.to; k < len(tokens); k++ {
		if tokens[k].key == "" {
			continue
		}
		if tokens[k].known || f.sheet.apart(tokens, k) {
			return k
		}
	}
	return len(tokens)
}

// inTitle is how much less a word promises a day where the words go on: "DRIVER PICKUP RECEIPT".
const inTitle = 0.75

func (f *finder) doubt(l found) {
	if isDay(l.field) && f.inProse(l) {
		return
	}
	if isDay(l.field) && f.goesOn(l) {
		l.weight *= inTitle
	}
	beside := paper.Box{l.box[2] + 0.004, l.box[1] - 0.8*f.sheet.height, min(l.box[2]+0.3, 1), l.box[3] + 0.8*f.sheet.height}
	tokens := f.sheet.rows[l.row].tokens
	end := f.labelAfter(l)
	if end < len(tokens) {
		beside[2] = min(beside[2], tokens[end].box[0]-0.004)
	}
	left, right := f.columnOf(l)
	under := paper.Box{max(left, 0), l.box[3] + 0.1*f.sheet.height, min(right, left+0.35, 1), min(l.box[3]+3.4*f.sheet.height, 1)}
	if beside[2]-beside[0] > 0.05 {
		f.doubts = append(f.doubts, doubt{field: l.field, region: beside, weight: l.weight})
	}
	if !f.inTable[l.row] {
		f.doubts = append(f.doubts, doubt{field: l.field, region: under, weight: l.weight * 0.9})
	}
}

// asLetters are the letters that digits of a word without digits stand for.
var asLetters = strings.NewReplacer("0", "O", "1", "I", "5", "S", "8", "B", "2", "Z")

func (f *finder) readSCAC(tokens []token) (read, bool) {
	for i := range min(len(tokens), maxSkip+1) {
		t := tokens[i]
		text := asLetters.Replace(strings.Trim(t.text, "():;,.-| "))
		if len(text) >= 2 && len(text) <= 4 && letters(text) == len([]rune(text)) && strings.ToUpper(text) == text {
			quality := 0.8
			if f.known.scacs[text] {
				quality = 1
			} else if code := f.known.likeCode(text); len(text) < 4 && code != "" {
				text, quality = code, 0.85 // a thin letter was lost: codes have four
			} else if len(text) < 4 {
				quality = 0.6
			}
			return read{value: text, text: text, box: t.box, sure: t.sure, quality: quality}, true
		}
		if code := f.known.likeCode(text); code != "" {
			return read{value: code, text: t.text, box: t.box, sure: t.sure, quality: 0.85}, true
		}
	}
	return read{}, false
}

// likeCode is the only known code of a carrier that letters are, but for one: "IwbDC" is IWDC.
func (k *Known) likeCode(text string) string {
	found := ""
	for code := range k.scacs {
		if len(code) < 4 || letters(text) != len([]rune(text)) || distance(strings.ToUpper(text), code, 1) > 1 {
			continue
		}
		if found != "" {
			return ""
		}
		found = code
	}
	return found
}

// timesAt reads the time of a label. Labels that stand together ("Arrived / departed") share the times beside them.
func (f *finder) timesAt(l found) {
	if slices.ContainsFunc(l.words, func(w string) bool { return appointed[w] }) && !f.withRelease(l) || f.inProse(l) {
		return
	}
	tokens := f.sheet.rows[l.row].tokens
	if isTime := func(o found) bool { return o.field == paper.In || o.field == paper.Out }; isTime(l) {
		for _, o := range f.sheet.labels {
			if o.row == l.row && isTime(o) && o.field != l.field && !f.sheet.apart(tokens, max(o.from, l.from)) && joined(tokens, l, o) {
				f.shared(l, o)
				return
			}
		}
	}
	weighing := l.field == anyTime && f.kind == paper.Weight // a ticket has one time
	if weighing {
		l.weight = 0.95
	}
	bare := l.field != anyTime || l.ends || weighing
	first := func(t []token) (read, bool) {
		if all := readTimes(t); len(all) > 0 && letterBefore(t, all[0]) {
			return all[0], bare || strings.Contains(all[0].text, ":")
		}
		return read{}, false
	}
	f.labelled(l, first)
}

// appointed are the words for an appointment, which is neither in nor out.
var appointed = map[string]bool{"appointment": true, "appt": true, "cita": true}

// withRelease tells whether an appointment has the time of release right below or beside it, as a confirmation of pickup has that
// prints the time of the visit so.
func (f *finder) withRelease(l found) bool {
	return f.kind == paper.POP && slices.ContainsFunc(f.sheet.labels, func(o found) bool {
		level := o.row == l.row && o.from != l.from
		under := o.row > l.row && o.box[1]-l.box[3] < lowest*f.sheet.height && max(o.box[0]-l.box[0], l.box[0]-o.box[0]) < 0.05
		return o.field == paper.Out && (level || under)
	})
}

// letterBefore tells that no prose stands between the label and the time.
func letterBefore(tokens []token, r read) bool {
	n := 0
	for _, t := range tokens {
		if t.box[0] >= r.box[0]-0.001 {
			break
		}
		n += letters(t.text)
	}
	return n <= 14
}

func joined(tokens []token, a, b found) bool {
	if a.from > b.from {
		a, b = b, a
	}
	for _, t := range tokens[a.to:b.from] {
		if t.key != "" && t.key != "y" && t.key != "and" {
			return false
		}
	}
	return true
}

func (f *finder) shared(l, other found) {
	last := l
	if other.from > l.from {
		last = other
	}
	nth := 0
	if last.from == l.from {
		nth = 1
	}
	times := readTimes(f.beside(last))
	if len(times) == 0 {
		below, _ := f.below(last)
		times = readTimes(below)
	}
	if nth < len(times) {
		f.add(l.field, candidate{read: times[nth], score: l.weight * besideIt, why: "beside “" + f.print(l) + "”", label: true})
		return
	}
	f.doubts = append(f.doubts, doubt{field: l.field, weight: l.weight, nth: nth,
		region: paper.Box{last.box[2] + 0.004, last.box[1] - f.sheet.height, min(last.box[2]+0.4, 1), last.box[3] + f.sheet.height}})
}

// known numbers, wherever they stand.
func (f *finder) knownRefs() {
	for _, r := range f.sheet.rows {
		for i := range r.tokens {
			for n := 1; n <= 3 && i+n <= len(r.tokens); n++ {
				part := r.tokens[i : i+n]
				if n > 1 && (f.sheet.apart(part, n-1) || part[0].known && !hasDigit(part[0].text)) {
					break
				}
				f.knownRef(part)
			}
		}
	}
	for _, c := range f.sheet.page.Codes {
		f.coded(c)
	}
}

// shortestAlone is how long a number is that counts without a label.
const shortestAlone = 6

func (f *finder) knownRef(part []token) {
	text := textOf(part)
	norm := squash(text)
	if len(norm) < shortestAlone || len(norm) > 24 || digits(norm) < 3 {
		return
	}
	if len(part) > 1 && len(squash(part[0].text)) >= shortestAlone {
		return
	}
	for _, field := range refFields {
		value, exact := f.known.lookup(field, norm)
		if value == "" {
			continue
		}
		quality := 1.0
		if !exact {
			quality = 0.9
		}
		f.add(field, candidate{read: read{value: f.known.print(field, value), text: text, box: boxOf(part), sure: max(leastSureOf(part), 0.6), quality: quality},
			score: unlabeled, why: "a number of an open load"})
	}
}

// coded takes what a barcode says: it is never misread.
func (f *finder) coded(c paper.Code) {
	norm := squash(c.Value)
	for _, field := range refFields {
		r := read{value: c.Value, text: c.Value, box: c.Box, sure: 1, quality: 1}
		switch {
		case f.known.has(field, norm):
			f.add(field, candidate{read: r, score: 0.9, why: "barcode, a number of an open load"})
		case len(norm) >= shortestAlone:
			for _, other := range f.found[field] {
				if o := squash(other.value); other.label && len(o) == len(norm) && differ(o, norm) <= 2 {
					f.add(field, candidate{read: r, score: 0.9, why: "barcode"})
					break
				}
			}
		}
	}
}

// settle joins candidates of one value and puts the best first.
func settle(field string, all []candidate) []candidate {
	byValue := map[string]int{}
	var out []candidate
	for _, c := range all {
		key := c.value
		if slices.Contains(refFields, field) {
			key = squash(c.value)
		}
		if i, ok := byValue[key]; ok {
			a, b := out[i], c
			if b.score > a.score {
				a, b = b, a
			}
			a.score = 1 - (1-a.score)*(1-0.5*b.score)
			a.label, a.firm = a.label || b.label, a.firm || b.firm
			if !strings.Contains(a.why, b.why) {
				a.why += "; " + b.why
			}
			out[i] = a
			continue
		}
		byValue[key] = len(out)
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return out
}
