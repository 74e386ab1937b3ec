package verdict

import (
	"fmt"
	"slices"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/whose"
	"tracedesk/backend/freight"
)

// The states of a check.
const (
	Passed  = "passed"
	Failed  = "failed"
	Unknown = "unknown"
)

// Reasons, in the words that lists and searches go by. A field that contradicts the load is FIELD_mismatch.
const (
	Unsigned             = "unsigned"
	LoadNotKnown         = "load_not_known"
	LoadNotSure          = "load_not_sure" // a person chooses among the candidates
	OtherLoad            = "other_load"    // its numbers are those of another load than it was filed on
	DeliveryBeforePickup = "delivery_before_pickup"
	TwoLoadsInFile       = "two_loads_in_file"
	OwnerLocked          = "owner_password_only" // the file is locked against changes, not against reading
	Illegible            = "illegible"
	UnreadWriting        = "unread_writing" // beside what the form asks for
	notRead              = "_not_read"      // behind the name of a required check that the paper does not answer
	mismatch             = "_mismatch"
)

// Case is a document to be judged.
type Case struct {
	Document paper.Document
	Match    paper.Match      // as whose.Decide has it
	Ranked   []whose.Standing // the loads it was weighed against, the best first
	Filed    string           // the load that a person filed it on; "" where nobody did
}

// Result is what a document is worth.
type Result struct {
	Verdict paper.Verdict
	Reasons []string
	Checks  []paper.Check
	Match   *paper.Match // nil for a wrong load, and where nothing speaks for any load
}

// Judge checks a document against its load.
func Judge(c Case, p Policy) Result {
	match := c.Match
	r := Result{Match: &match}
	if c.Match.Load == "" && len(c.Match.Candidates) == 0 {
		r.Match = nil
	}
	switch c.Document.Type {
	case paper.Lumper, paper.Weight, paper.OSD:
		r.Verdict = paper.Supporting
		return r
	case paper.BOL, paper.POP, paper.POD:
	default:
		r.Verdict = paper.NotAProof
		if r.Match != nil && r.Match.Load != "" {
			r.Match.Load = ""
			r.Match.Why = "no proof of anything, so a person files it: " + r.Match.Why
		}
		return r
	}
	if c.Filed != "" && c.Match.Load != "" && c.Match.Load != c.Filed {
		return Result{Verdict: paper.WrongLoad, Reasons: append([]string{OtherLoad}, mismatches(c.standing(c.Filed))...)}
	}
	if against := mismatches(c.standing(c.Filed)); c.Filed != "" && len(against) > 1 {
		return Result{Verdict: paper.WrongLoad, Reasons: against}
	}
	if c.Match.Load == "" {
		if reasons := c.foreign(); reasons != nil {
			return Result{Verdict: paper.WrongLoad, Reasons: reasons}
		}
	}
	j := judging{c: c, p: p, standing: c.standing(c.Match.Load), delivery: provesDelivery(c.Document)}
	r.Checks = j.all()
	r.Verdict, r.Reasons = j.conclude(r.Checks)
	return r
}

// Proves is what a document proves: freight.POP or freight.POD, "" for neither. A bill of lading proves the delivery once
// the consignee has signed it, the pickup before.
func Proves(d paper.Document) string {
	switch {
	case provesDelivery(d):
		return freight.POD
	case d.Type == paper.POP || d.Type == paper.BOL:
		return freight.POP
	}
	return ""
}

// provesDelivery reports whether a proof is one of delivery: a POD, or a bill of lading that the consignee signed.
func provesDelivery(d paper.Document) bool {
	return d.Type == paper.POD || d.Type == paper.BOL && d.Signatures[paper.SignsConsignee].Present
}

func (c Case) standing(load string) whose.Standing {
	for _, s := range c.Ranked {
		if s.Load.Load == load {
			return s
		}
	}
	return whose.Standing{}
}

// What makes a document foreign.
const (
	legible    = 0.6
	plainToSee = 0.8 // a single number so clear speaks for itself
	telling    = 5.0 // weight of a number that is the load's
	twoLegible = 2
	nearlyOurs = 2.0 // a number that may be a misreading of one of ours
)

// numbers are the fields whose values name a load.
var numbers = []string{paper.Load, paper.Bill, paper.PRO, paper.PO}

// foreign are the reasons for which a document that could not be matched belongs to no open load; nil where that is not
// certain. Either it has a number of a load and contradicts that load otherwise, or its own numbers are legible and
// nobody's.
func (c Case) foreign() []string {
	if len(c.Ranked) > 0 {
		best := c.Ranked[0]
		if slices.ContainsFunc(numbers, func(f string) bool { return best.Term(f).State == whose.Same }) {
			return mismatches(best) // none: two loads come close, or the signs are weak
		}
	}
	clear, plain := 0, false
	for _, field := range numbers {
		values := c.Document.Fields[field]
		if len(values) == 0 || values[0].Confidence < legible || c.nearlyOurs(field) {
			continue
		}
		clear++
		plain = plain || values[0].Confidence >= plainToSee
	}
	if clear >= twoLegible || clear == 1 && plain && len(c.Ranked) == 0 {
		return []string{LoadNotKnown}
	}
	return nil
}

// nearlyOurs reports whether a field reads nearly as that of a load on the desk.
func (c Case) nearlyOurs(field string) bool {
	return slices.ContainsFunc(c.Ranked, func(s whose.Standing) bool { return s.Term(field).Weight >= nearlyOurs })
}

// mismatches are the reasons for which a document is not this load's, those that tell the most last as people write them.
func mismatches(s whose.Standing) []string {
	var out []string
	for _, field := range []string{paper.Consignee, paper.PO, paper.Bill, paper.PRO, paper.Load} {
		if s.Term(field).State == whose.Other {
			out = append(out, field+mismatch)
		}
	}
	return out
}

// judging is one document under judgement.
type judging struct {
	c        Case
	p        Policy
	standing whose.Standing
	delivery bool
}

func (j *judging) required() []string {
	if j.delivery {
		return j.p.Delivery
	}
	return j.p.Pickup
}

// signers are the checks of signatures without which the document proves nothing.
func (j *judging) signers() []string {
	if j.delivery {
		return []string{SignedConsignee}
	}
	return []string{SignedShipper, SignedDriver}
}

// always are the checks that no policy can do without.
func (j *judging) always() []string { return append([]string{Matched, Writing}, j.signers()...) }

// conclude draws the verdict from the checks. What failed speaks against the document whether or not the policy asks for
// it; what the policy asks for has to be passed.
func (j *judging) conclude(checks []paper.Check) (paper.Verdict, []string) {
	var review, unread, noted []string
	add := func(list *[]string, reasons ...string) {
		for _, reason := range reasons {
			if !slices.Contains(*list, reason) {
				*list = append(*list, reason)
			}
		}
	}
	for _, c := range checks {
		switch {
		case c.State == Failed && c.Name == Clean:
			add(&noted, j.notations(exceptions)...)
		case c.State == Failed && c.Name == Unreserved:
			if !j.p.Reservations {
				add(&review, j.notations(reservations)...)
			}
		case c.State == Failed && c.Name == paper.Pieces && j.countExplained():
		case c.State == Failed:
			add(&review, j.reason(c.Name))
		case c.State == Unknown && (slices.Contains(j.required(), c.Name) && !j.notAsked(c) || slices.Contains(j.always(), c.Name)):
			add(&unread, j.unanswered(c.Name))
		}
	}
	if slices.Contains(unread, Unsigned) || slices.Contains(unread, LoadNotSure) {
		add(&review, unread...)
	}
	switch {
	case len(review) > 0:
		return paper.Review, append(review, noted...)
	case len(noted) > 0:
		return paper.Exception, noted // a person looks at it in any case; the checks tell what was not read
	case len(unread) > 0:
		return paper.Review, unread
	}
	return paper.Verified, nil
}

// notAsked reports whether a check has nothing to be held against: the desk does not know the value.
func (j *judging) notAsked(c paper.Check) bool {
	return c.Desk == "" && slices.Contains([]string{paper.Load, paper.Bill, paper.PRO, paper.PO, paper.Seal, paper.Trailer, paper.Consignee, paper.Shipper,
		paper.Carrier, paper.Pieces, paper.Pallets, paper.Weighed, paper.PickupDate, paper.DeliveryDate}, c.Name)
}

// countExplained reports whether a count that differs is the exception that the paper notes.
func (j *judging) countExplained() bool {
	return len(j.notations([]string{paper.Short, paper.Over, paper.Refused})) > 0
}

// reason is why a check failed.
func (j *judging) reason(name string) string {
	switch name {
	case SignedShipper, SignedDriver, SignedConsignee:
		return Unsigned
	case DateOrder:
		return DeliveryBeforePickup
	}
	return name + mismatch
}

// unanswered is why a required check has no answer.
func (j *judging) unanswered(name string) string {
	switch name {
	case Matched:
		return LoadNotSure
	case SignedShipper, SignedDriver, SignedConsignee:
		if _, printed := j.c.Document.Signatures[signRole[name]]; !printed {
			return Unsigned // no line to sign on was found at all
		}
	case Numbers:
		return Illegible
	case Writing:
		return UnreadWriting
	}
	return name + notRead
}

var signRole = map[string]string{SignedShipper: paper.SignsShipper, SignedDriver: paper.SignsDriver, SignedConsignee: paper.SignsConsignee}

// Says is a reason as a sentence's part.
func Says(reason string) string {
	if s, ok := sayings[reason]; ok {
		return s
	}
	for _, end := range []struct{ tail, says string }{{mismatch, "paper and load disagree on the %s"}, {notRead, "the %s could not be read"}} {
		if n := len(reason) - len(end.tail); n > 0 && reason[n:] == end.tail {
			return fmt.Sprintf(end.says, whose.Called(reason[:n]))
		}
	}
	return reason
}

var sayings = map[string]string{Unsigned: "not signed", LoadNotKnown: "no open load has its numbers", LoadNotSure: "it is not sure whose it is",
	OwnerLocked: "locked against changes only", OtherLoad: "its numbers are another load's", DeliveryBeforePickup: "delivered before it was picked up", TwoLoadsInFile: "two loads in one file",
	UnreadWriting: "something is written on it that could not be read", Illegible: "not legible enough", paper.SLC: "shipper's load and count", paper.STC: "said to contain, or subject to count", paper.Short: "short",
	paper.Over: "over", paper.Damaged: "damaged", paper.Refused: "refused", DateOrder + notRead: "the date could not be read"}
