package watch

import (
	"strings"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// A trouble is what may be wrong with a delivery or its paper.
type trouble struct {
	name     string
	level    freight.Level
	severity freight.Severity
	codes    []string // of X12 1650 (A7), Q7 and 1651, as an exception's type
	words    []string // in lower case, on their own in the text
	act, ask string
}

// troubles are the worst first: one word of a source counts for the first that fits.
var troubles = [...]trouble{
	{"refused", freight.ActNow, freight.Major, []string{"A7", "Q7 E", "BS"}, []string{"refused", "refusal", "rejected", "turned away"},
		"call", "Ask the consignee what was refused and why, and the customer for its disposition; the driver waits"},
	{"damaged", freight.ActNow, freight.Major, []string{"A9", "Q7 D"}, []string{"damaged", "damage", "damages", "crushed"},
		"call", "Ask for photos, counts and the noted POD, and tell the customer"},
	{"short", freight.ActNow, freight.Major, []string{"Q7 0", "Q7 A"}, []string{"short", "shortage", "shorted", "pieces missing", "pallets missing", "cartons missing",
		"cases missing", "missing pieces", "missing pallets", "missing cartons", "missing cases", "missing freight"},
		"call", "Ask for the count at the dock against the BOL and the noted POD, and tell the customer"},
	{"over", freight.Verify, freight.Minor, []string{"Q7 O"}, []string{"overage"},
		"call", "Ask what is over, by how much and on whose order, before the driver leaves"},
	{"other load", freight.Verify, freight.Minor, []string{"Q7 W"}, []string{"other load", "another load", "wrong load", "wrong pod", "wrong bol", "wrong product", "wrong document"},
		"askPaper", "Ask for the POD of this load: the one on file names another"},
	{"unsigned", freight.Verify, freight.Minor, nil, []string{"unsigned", "not signed", "no signature", "without signature", "signature missing", "missing signature"},
		"askPaper", "Ask for the POD with signature, printed name, date and time"},
}

// podProblem is paper.podProblem: the POD on file was refused, or a source says of the delivery that the freight was
// refused, damaged, short or over, or that the paper is unsigned or another load's.
func podProblem(e *evaluation) {
	if e.t.Papers[freight.POD] == freight.PaperException {
		e.podRefused()
	}
	told := e.exceptions(func(*freight.Word) bool { return true })
	for i := range e.t.Statuses {
		w := &e.t.Statuses[i]
		if n := e.troubleOf(w); n >= 0 && told[n] == nil {
			told[n] = w
		}
	}
	e.tellTroubles(told)
}

// podNoted is paper.podProblem of a load whose POD was verified: what the paper itself notes (short, damaged ...) stays until a
// person has dealt with it. What others said of the delivery is answered by the paper.
func podNoted(e *evaluation) {
	e.tellTroubles(e.exceptions(func(w *freight.Word) bool { return w.Source.Kind == freight.Paper }))
}

// toldTroubles are the words that tell of each trouble; nil where none does.
type toldTroubles [len(troubles)]*freight.Word

// exceptions are the oldest exceptions for each trouble among those that count.
func (e *evaluation) exceptions(counts func(*freight.Word) bool) (told toldTroubles) {
	for i := range e.t.Exceptions {
		w := &e.t.Exceptions[i]
		if n := e.troubleOf(w); n >= 0 && counts(w) {
			told[n] = w // newest first: the oldest stays
		}
	}
	return told
}

func (e *evaluation) tellTroubles(told toldTroubles) {
	for n, w := range told {
		if w != nil {
			e.troubled(&troubles[n], w)
		}
	}
}

func (e *evaluation) podRefused() {
	at := e.deliveredAt()
	stop, zone := e.only((*freight.StopLine).Delivery)
	f := freight.Finding{Kind: "paper.podProblem", Level: freight.Verify, Severity: freight.Minor, Stop: stop, Since: at,
		Why:    "Delivered " + timeline.Stamp(at, zone) + " and the POD was refused",
		Inputs: inputs("problem", "refused paper", "delivered", timeline.Stamp(at, zone)),
		Next:   freight.Next{Act: "askPaper", Text: "Ask the carrier for a POD that is complete: signature, name, date, pieces, this load's numbers", Due: at}}
	for i := range e.t.Documents {
		d := &e.t.Documents[i]
		if d.Kind != freight.POD || d.State != "rejected" && d.State != "exception" {
			continue
		}
		f.Evidence = append(f.Evidence, d.Observation)
		if d.Note != "" {
			f.Inputs = append(f.Inputs, inputs("note", d.Note)...)
		}
	}
	e.addOf("paper", f, at)
}

func (e *evaluation) troubled(t *trouble, w *freight.Word) {
	stop, zone := e.only((*freight.StopLine).Delivery)
	if w.Stop != 0 {
		stop = w.Stop
	}
	since := w.At
	if since.IsZero() || since.After(w.ReceivedAt) {
		since = saidAt(&w.Provenance)
	}
	why := w.Source.String() + " says of the delivery: " + t.name
	if !strings.EqualFold(w.Text, t.name) {
		why += " (" + w.Text + ")"
	}
	e.addOf(t.name, freight.Finding{
		Kind: "paper.podProblem", Level: t.level, Severity: t.severity, Stop: stop, Since: since,
		Why:      why,
		Evidence: []freight.ObservationID{w.Observation},
		Inputs:   inputs("problem", t.name, "source", w.Source.String(), "said", timeline.Stamp(saidAt(&w.Provenance), zone), "code", w.Type),
		Next:     freight.Next{Act: t.act, Text: t.ask, Due: since},
	}, since)
}

// troubleOf is which trouble a word tells of the delivery; -1 when none. Codes count before words.
func (e *evaluation) troubleOf(w *freight.Word) int {
	if e.atPickup(w) {
		return -1
	}
	coded := w.Fact == freight.FactException || w.Fact == freight.FactReason
	for n := range troubles {
		for _, code := range troubles[n].codes {
			if coded && (strings.EqualFold(w.Type, code) || w.Fact == freight.FactReason && strings.EqualFold(w.Text, code)) {
				return n
			}
		}
	}
	if w.Stop == 0 && !e.cameToDelivery() {
		return -1 // what is said of the road speaks of the truck
	}
	text := strings.ToLower(w.Text)
	for n := range troubles {
		for _, word := range troubles[n].words {
			if said(text, word) {
				return n
			}
		}
	}
	return -1
}

// atPickup reports whether a word speaks of a stop at which nothing is delivered.
func (e *evaluation) atPickup(w *freight.Word) bool {
	for i := range e.t.Stops {
		if stop := &e.t.Stops[i]; stop.Seq == w.Stop {
			return !stop.Delivery()
		}
	}
	return false
}

func (e *evaluation) cameToDelivery() bool {
	for i := range e.t.Stops {
		if stop := &e.t.Stops[i]; stop.Delivery() && (stop.Arrived != nil || stop.Done()) {
			return true
		}
	}
	return false
}

// said reports whether a text in lower case says some words on their own, not denied ("no damage") and not of the time
// ("short delay").
func said(text, words string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return false
		}
		i += from
		before, after := text[:i], text[i+len(words):]
		from = i + len(words)
		if letterAtEnd(before) || letterAtStart(after) || denied(before) || words == "short" && ofTime(after) {
			continue
		}
		return true
	}
}

func letterAtEnd(s string) bool   { return s != "" && letter(s[len(s)-1]) }
func letterAtStart(s string) bool { return s != "" && letter(s[0]) }
func letter(c byte) bool          { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c > 127 }

func denied(before string) bool {
	before = strings.TrimRight(before, " ")
	for _, no := range [...]string{"no", "not", "without", "zero", "0", "nothing", "never", "non"} {
		if rest, ok := strings.CutSuffix(before, no); ok && !letterAtEnd(rest) {
			return true
		}
	}
	return false
}

func ofTime(after string) bool {
	after = strings.TrimLeft(after, " -")
	for _, word := range [...]string{"delay", "stop", "break", "notice", "of hours", "on hours", "of time", "on time", "wait", "haul", "staff", "term"} {
		if strings.HasPrefix(after, word) {
			return true
		}
	}
	return false
}
