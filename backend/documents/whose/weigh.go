package whose

import (
	"math"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
)

// State is how a document stands to a load in one field.
type State string

// The closed list of states.
const (
	Same    State = "same"    // the paper says what the desk has
	Close   State = "close"   // the paper's reading may well be a misreading of what the desk has
	Other   State = "other"   // the paper legibly says something else
	Unknown State = "unknown" // the paper does not say, or not legibly, or the desk does not know
)

// Term is how a document stands to a load in one field.
type Term struct {
	Field    string
	State    State
	Paper    paper.Value // the reading, with its place; Value "" where there is none
	Desk     string      // what the desk has; "" where it knows nothing
	Weight   float64     // natural logarithm of how many times likelier the reading is if the paper is this load's
	Sole     bool        // it is the number of this load alone, read without any doubt
	Labelled bool        // and stands behind its own label, or in a barcode
	Exact    bool        // and cannot have been misread: typed behind its own label, or a code with check digits that names it
}

// numberField is a field that holds a reference.
type numberField struct {
	name    string
	named   bool    // loads are found by it
	weight  float64 // for, when it is the load's
	against float64 // against, when another is legible behind its label
}

// numberFields in the order of what they tell. A PO may be on many loads, a trailer goes from load to load.
var numberFields = []numberField{
	{paper.Load, true, 9, 6},
	{paper.Bill, true, 8.5, 5},
	{paper.PRO, true, 8.5, 5},
	{paper.PO, true, 7.5, 4},
	{paper.Seal, true, 6, 2.5},
	{paper.Trailer, false, 2.5, 1},
}

const (
	legible     = 0.6  // confidence from which a reading can speak against a load
	clear       = 0.8  // and in fields that are often written by hand or stand among others: seal, trailer, weight, pallets
	sureOfIt    = 0.85 // and for dates that differ by a single digit, and for handwriting
	loose       = 0.9  // how much a number tells that stands in the text without its label
	mislabelled = 0.8  // or behind another label
	nameOnly    = 0.92
	handSpeaks  = 0.4 // how much of its word handwriting has against a load
	shortTells  = 2.5 // weight of a number of less than six characters without its label
)

// legible is the confidence from which another number in the field speaks against a load.
func (f numberField) legible() float64 {
	if identity[f.name] {
		return legible
	}
	return clear
}

// Weigh holds a document against one load. Holders says how many loads share a number (Found.Holders).
func Weigh(s Signs, load *paper.Expected, holders map[string]int) []Term {
	w := weigher{signs: s, load: load, holders: holders}
	for _, f := range numberFields {
		w.number(f)
	}
	text := plainWords(s.Words)
	w.party(paper.Consignee, paper.ConsigneeAddr, text, 2.5, 3)
	w.party(paper.Shipper, paper.ShipperAddr, text, 2, 2)
	w.party(paper.Carrier, "", text, 1, 0.5)
	w.amount(paper.Pieces, legible, 0, 2, 1)
	w.amount(paper.Weighed, clear, 0.001, 3, 1)
	w.amount(paper.Pallets, clear, 0, 0.7, 0.3)
	w.date(paper.PickupDate)
	w.date(paper.DeliveryDate)
	return w.terms
}

type weigher struct {
	signs   Signs
	load    *paper.Expected
	holders map[string]int
	terms   []Term
}

func (w *weigher) desk(field string) []string {
	var out []string
	v := w.load.Values[field]
	if v == "" && field == paper.Load {
		v = w.load.Load
	}
	if v != "" {
		out = append(out, v)
	}
	return append(out, w.load.Also[field]...)
}

// owns reports whether a number is the load's under any label: papers label loosely.
func (w *weigher) owns(key string) bool {
	for _, f := range numberFields {
		for _, v := range w.desk(f.name) {
			if Misread(key, freight.NormalRef(v)) <= costPrefix {
				return true
			}
		}
	}
	return false
}

// number weighs a reference: the best of all numbers of the paper for it, and what the label says against it.
func (w *weigher) number(f numberField) {
	values := w.desk(f.name)
	if len(values) == 0 {
		return
	}
	best := Term{Field: f.name, State: Unknown, Desk: values[0], Weight: math.Inf(-1)}
	for _, v := range values {
		key := freight.NormalRef(v)
		for _, n := range w.signs.Numbers {
			if t, ok := w.one(f, n, key, v); ok && t.Weight > best.Weight {
				best = t
			}
		}
	}
	if best.State == Unknown || best.State == Other {
		if against, ok := w.contradiction(f, values); ok {
			best = against
		} else if best.State == Other {
			best.State = Unknown
		}
	}
	if v, ok := w.learnedOther(f, values); ok && best.State == Unknown {
		best.State, best.Paper = Other, v
	}
	if math.IsInf(best.Weight, -1) {
		best.Weight = 0
	}
	w.terms = append(w.terms, best)
}

// one weighs one number of the paper for one reference of the load. Close readings count behind their own label only.
func (w *weigher) one(f numberField, n *Number, key, desk string) (Term, bool) {
	v, own := n.Labels[f.name]
	cost := farApart
	if n.Key == key {
		cost = 0
	} else if own || n.Code || len(n.Labels) == 0 && len(key) >= shortestFuzzy || body(key) == n.Key {
		cost = Misread(n.Key, key)
	}
	t := Term{Field: f.name, Paper: v, Desk: desk}
	if !own {
		t.Paper = n.spot()
	}
	if t.Paper.Value == "" {
		t.Paper.Value = n.Key
	}
	if cost <= costPrefix {
		t = w.same(t, f, n, own, cost)
		t.Exact = n.exact(f.name, cost)
		return t, true
	}
	if cost > mostConfusion && n.exact(f.name, 0) {
		return t, false // another digit was meant, since none can have been misread
	}
	if !own && !n.Code && cost > mostConfusion || cost >= f.weight+2 {
		return t, false
	}
	t.Weight = f.weight - cost
	t.State = Close
	if cost > mostConfusion {
		// One digit apart may be a misreading, or the load next to it: the clearer the reading, the more it is the latter.
		sure := v.Confidence
		if v.Hand {
			sure *= handSpeaks
		}
		t.Weight -= f.against * sure
		if t.Weight < 0 && !v.Hand && v.Confidence >= f.legible() {
			t.State = Other
		}
	}
	if !own {
		t.Weight *= loose
	}
	return t, true
}

func (w *weigher) same(t Term, f numberField, n *Number, own bool, cost float64) Term {
	t.State = Same
	t.Weight = f.weight
	switch {
	case own || n.Code:
	case len(n.Labels) > 0:
		t.Weight *= mislabelled
	case n.Text.Value == "" && n.Name:
		t.Weight *= nameOnly
	default:
		t.Weight *= loose
	}
	if len(n.Key) < shortestFuzzy && !own && !n.Code && !n.Name {
		t.Weight = min(t.Weight, shortTells)
	}
	if len(n.Key) < shortest {
		t.Weight = min(t.Weight, shortTells)
	}
	shared := max(w.holders[n.Key], 1)
	t.Weight -= math.Log(float64(shared)) + cost
	t.Labelled = own || n.Code
	t.Sole = shared == 1 && f.named && len(n.Key) >= shortest
	return t
}

// learnedOther is what stands legibly behind a label that a person taught and is no number of this load. It weighs nothing, so
// that it can speak for no other load; it keeps the paper from this one.
func (w *weigher) learnedOther(f numberField, values []string) (paper.Value, bool) {
	for _, v := range w.signs.Fields[f.name] {
		if v.Learned && !v.Hand && w.speaks(f, v, values) {
			return v, true
		}
	}
	return paper.Value{}, false
}

// speaks reports whether a reading is legible and no number of this load, nor a part of one.
func (w *weigher) speaks(f numberField, v paper.Value, values []string) bool {
	key := freight.NormalRef(v.Value)
	return v.Confidence >= f.legible() && len(key) >= shortestLabel && hasDigit(key) && !w.owns(key) && !partOf(key, values)
}

// contradiction is what stands legibly behind the field's label and is no number of this load.
func (w *weigher) contradiction(f numberField, values []string) (Term, bool) {
	for _, v := range w.signs.Fields[f.name] {
		if v.Learned || !w.speaks(f, v, values) {
			continue
		}
		sure := v.Confidence
		if v.Hand {
			sure *= handSpeaks
		}
		state := Other
		if v.Hand {
			state = Unknown // handwriting alone contradicts nothing
		}
		return Term{Field: f.name, State: state, Paper: v, Desk: values[0], Weight: -f.against * sure}, true
	}
	return Term{}, false
}

// partOf reports whether a reading is a part of a number: the rest was not read.
func partOf(key string, values []string) bool {
	for _, v := range values {
		whole := freight.NormalRef(v)
		if len(key) < len(whole) && (strings.HasPrefix(whole, key) || strings.HasSuffix(whole, key)) {
			return true
		}
	}
	return false
}

// party weighs a name, helped by its address.
func (w *weigher) party(name, address string, text []string, weight, against float64) {
	values := w.desk(name)
	t := Term{Field: name, State: Unknown}
	if len(values) > 0 {
		t.Desk = values[0]
	}
	var read paper.Value
	alike := 0.0
	for _, v := range w.signs.Fields[name] {
		for _, desk := range values {
			if a := Alike(v.Value, desk); a > alike {
				alike, read, t.Desk = a, v, desk
			}
		}
	}
	if read.Value == "" && len(w.signs.Fields[name]) > 0 {
		read = w.signs.Fields[name][0]
	}
	near := w.address(address)
	t.Paper = read
	switch {
	case len(values) == 0:
	case alike >= sameName:
		t.State, t.Weight = Same, weight
	case near >= sameName:
		t.State, t.Weight = Same, weight*0.8
	case w.named(values, text):
		// Somewhere on the paper: the party, unless another stands legibly where it should.
		t.Weight = weight * 0.5
		if read.Value == "" || alike > otherName || read.Confidence < legible {
			t.State = Same
		}
	case read.Value != "" && alike <= otherName && read.Confidence >= legible && !read.Hand:
		t.State, t.Weight = Other, -against*read.Confidence
	}
	w.terms = append(w.terms, t)
}

// address is how alike the paper's address and the desk's are; 0 where one of the two is missing.
func (w *weigher) address(field string) float64 {
	best := 0.0
	if field == "" {
		return 0
	}
	for _, desk := range w.desk(field) {
		for _, v := range w.signs.Fields[field] {
			best = max(best, SameAddress(v.Value, desk))
		}
	}
	return best
}

func (w *weigher) named(values []string, text []string) bool {
	for _, v := range values {
		if says(text, v) {
			return true
		}
	}
	return false
}

// amount weighs a count or a weight; least is the confidence from which another one contradicts, within the part by which
// two may differ and still be the same.
func (w *weigher) amount(field string, least, within, weight, against float64) {
	values := w.signs.Fields[field]
	desk, ok := number(w.load.Values[field])
	if !ok {
		if hand, differs := countedOtherwise(field, values, printed(values)); differs {
			w.terms = append(w.terms, Term{Field: field, State: Other, Paper: hand})
		}
		return
	}
	t := Term{Field: field, State: Unknown, Desk: w.load.Values[field]}
	stands := false // the load's count, on the paper
	for i, v := range values {
		n, ok := number(v.Value)
		if !ok {
			continue
		}
		if stands = math.Abs(n-desk) <= within*desk; stands {
			t.agrees(v, values[0], weight)
			break
		}
		if i == 0 {
			t.Paper = v
			switch {
			case v.Confidence < clear && (v.Hand || Misread(v.Value, t.Desk) <= costOther), v.Hand && v.Confidence < sureOfIt, partOf(v.Value, []string{t.Desk}):
				t.State = Close
			case v.Confidence >= least:
				t.State, t.Weight = Other, -against*v.Confidence
			}
		}
	}
	if hand, differs := countedOtherwise(field, values, desk); differs && stands {
		t.State, t.Paper = Other, hand // what is printed on the form agrees; who counted says otherwise
	}
	w.terms = append(w.terms, t)
}

// countedOtherwise is the legible count by hand that is not the given one, where the given one stands on the paper in print or by
// hand: a form is printed before anybody counts, so print never outweighs the pen. A part of the number is a number read in part.
func countedOtherwise(field string, values []paper.Value, given float64) (paper.Value, bool) {
	if field == paper.Weighed || given == 0 {
		return paper.Value{}, false
	}
	for _, v := range values {
		n, ok := number(v.Value)
		if ok && v.Hand && v.Labelled && v.Confidence >= legible && n != given && !partOf(v.Value, []string{strconv.FormatFloat(given, 'f', -1, 64)}) {
			return v, true
		}
	}
	return paper.Value{}, false
}

// printed is the surest count in print; 0 where there is none that is legible.
func printed(values []paper.Value) float64 {
	for _, v := range values {
		if n, ok := number(v.Value); ok && !v.Hand && v.Confidence >= legible {
			return n
		}
	}
	return 0
}

func digits(date string) string { return strings.ReplaceAll(date, "-", "") }

// sureAs is how much less sure a further reading may be than the first to count as much.
const sureAs = 0.15

// agrees notes that a reading is what the desk has. Where it is not the first reading and clearly less sure, the paper
// rather says something else: that tells a little, and agrees with nothing.
func (t *Term) agrees(v, first paper.Value, weight float64) {
	t.Paper, t.State, t.Weight = v, Same, weight
	if v.Value != first.Value && v.Confidence < first.Confidence-sureAs {
		t.Paper, t.State, t.Weight = first, Unknown, weight/4
	}
}

func number(s string) (float64, bool) {
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && n > 0 && !math.IsInf(n, 0)
}

// Days from which a date is another trip's, and what dates tell.
const (
	nearDays   = 2
	farDays    = 14
	dateTells  = 1.5
	nearTells  = 0.5
	dateSpeaks = 1.0 // against
)

func (w *weigher) date(field string) {
	desk, err := time.Parse(time.DateOnly, w.load.Values[field])
	if err != nil {
		return
	}
	t := Term{Field: field, State: Unknown, Desk: w.load.Values[field]}
	for i, v := range w.signs.Fields[field] {
		day, err := time.Parse(time.DateOnly, v.Value)
		if err != nil {
			continue
		}
		apart := math.Abs(day.Sub(desk).Hours()) / 24
		switch {
		case apart == 0:
			t.agrees(v, w.signs.Fields[field][0], dateTells)
		case apart <= nearDays && v.Confidence >= w.signs.Fields[field][0].Confidence-sureAs:
			t.Paper, t.State, t.Weight = v, Close, nearTells
		case i == 0 && v.Confidence < sureOfIt && Misread(digits(v.Value), digits(t.Desk)) <= costOther:
			t.Paper = v
		case i == 0:
			t.Paper, t.State = v, Other
			if apart > farDays && v.Confidence >= legible && !v.Hand {
				t.Weight = -dateSpeaks
			}
		}
		if t.State == Same {
			break
		}
	}
	w.terms = append(w.terms, t)
}
