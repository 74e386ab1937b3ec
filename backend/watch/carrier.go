package watch

import (
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// insurance is carrier.insurance: the carrier's insurance has ended, or ends before the day of the last delivery. It holds
// to the end of its day where the freight is handed over.
func insurance(e *evaluation) {
	file := e.around.Carrier
	if file == nil || file.Insured.IsZero() {
		return
	}
	stop, last := e.lastDue()
	zone := e.zone()
	if stop != nil && stop.Zone != "" {
		zone = stop.Zone
	}
	ends := dayEnd(file.Insured, zone)
	f := freight.Finding{Kind: "carrier.insurance", Level: freight.ActNow, Severity: freight.Major, Since: later(ends, e.t.FirstAt), Evidence: file.Evidence,
		Inputs: inputs("carrier", file.Name, "insuredUntil", timeline.Stamp(file.Insured, ""))}
	due := f.Since
	// Asked in this order so that the clock matters only where it changes the answer.
	if e.reached(ends) {
		f.Why = file.Name + "'s insurance ended " + timeline.Stamp(file.Insured, "")
		f.Next = freight.Next{Act: "cover", Text: "Ask " + file.Name + " for the certificate in force before the freight moves; else cover the load with another carrier"}
	} else {
		if !last.After(ends) {
			return
		}
		due = ends
		f.Level, f.Severity, f.Since = freight.Verify, freight.Minor, e.t.FirstAt
		f.Why = file.Name + "'s insurance ends " + timeline.Stamp(file.Insured, "") + ", before the delivery" + where(stop) + ", " + timeline.Stamp(last, stop.Zone)
		f.Inputs = append(f.Inputs, inputs("delivery", timeline.Stamp(last, stop.Zone))...)
		f.Next = freight.Next{Act: "message", Text: "Ask " + file.Name + " for the certificate of the time after"}
	}
	f.Next.Due = due
	e.add(f, due)
}

// lastDue is the last delivery and when it is due: the later of its window's end and its ETA; zero when neither is known.
func (e *evaluation) lastDue() (stop *freight.StopLine, due time.Time) {
	for i := range e.t.Stops {
		s := &e.t.Stops[i]
		if !s.Delivery() {
			continue
		}
		at := deadline(s)
		if s.ETA != nil {
			at = later(at, s.ETA.At)
		}
		if stop == nil || at.After(due) {
			stop, due = s, at
		}
	}
	return stop, due
}

// dayEnd is the end, on the clocks of a zone, of the day that an instant shows on the clocks of UTC: insurers name a day.
func dayEnd(at time.Time, zone string) time.Time {
	loc, err := freight.Location(zone)
	if err != nil {
		return at
	}
	at = at.UTC()
	return time.Date(at.Year(), at.Month(), at.Day()+1, 0, 0, 0, 0, loc).UTC()
}

// operatingAuthority is carrier.authority: the carrier's operating authority is inactive or revoked, or the desk has blocked it.
func operatingAuthority(e *evaluation) {
	file := e.around.Carrier
	if file == nil {
		return
	}
	word := strings.ToLower(strings.TrimSpace(file.Authority))
	why := ""
	switch {
	case file.Blocked:
		why = file.Name + " is blocked"
	case word == "inactive", word == "revoked", word == "suspended", word == "none", word == "not authorized", word == "out of service":
		why = file.Name + "'s operating authority is " + word
	default:
		return
	}
	since := e.t.FirstAt
	e.add(freight.Finding{Kind: "carrier.authority", Level: freight.ActNow, Severity: freight.Major, Since: since, Why: why, Evidence: file.Evidence,
		Inputs: inputs("carrier", file.Name, "mc", file.MC, "dot", file.DOT, "authority", file.Authority, "blocked", strconv.FormatBool(file.Blocked)),
		Next:   freight.Next{Act: "cover", Text: "Ask the lead: look the carrier up in the federal register, and cover the load with another one unless it is cleared", Due: since},
	}, since)
}

// identity is carrier.identity: who drives is told in two ways, or the driver's phone is none of the carrier's and other
// things look wrong too (tracking refused soon after booking, two trucks). One sign on its own is no finding, since drivers
// have phones of their own and some refuse tracking.
func identity(e *evaluation) {
	phone, name := e.differ("PHONE", samePhone), e.differ("NAME", sharesName)
	if phone != nil || name != nil {
		e.twoDrivers(phone, name)
	}
	signs := e.signs()
	if len(signs) < 2 {
		return
	}
	k := e.t.Driver["PHONE"]
	since := later(e.t.FirstAt, saidAt(&k.Claims[0].Provenance))
	f := freight.Finding{Kind: "carrier.identity", Level: freight.ActNow, Severity: freight.Major, Since: since,
		Why:      "The carrier may not be who it says: " + strings.Join(signs, ", "),
		Evidence: append([]freight.ObservationID{k.Claims[0].Observation}, e.around.Carrier.Evidence...),
		Inputs:   inputs("carrier", e.around.Carrier.Name, "driverPhone", k.Value, "source", k.Claims[0].Source.String(), "said", timeline.Stamp(saidAt(&k.Claims[0].Provenance), e.zone())),
		Next:     freight.Next{Act: "call", Text: "Call the carrier back at a number from an independent register, not the one given; stop the handover until it is clear", Due: since}}
	e.addOf("signs", f, since)
}

// A doubt is a pair of words on one matter that do not agree.
type doubt struct{ a, b *freight.Told }

// differ holds the accepted word on the driver against the others; nil when they agree or a person has settled it.
func (e *evaluation) differ(kind string, same func(a, b string) bool) *doubt {
	if len(e.t.Driver) == 0 {
		return nil
	}
	k := e.t.Driver[kind]
	for i := 1; i < len(k.Claims); i++ {
		a, b := &k.Claims[0], &k.Claims[i]
		if !same(a.Value, b.Value) && !e.settled("driver", 0, &a.Provenance, &b.Provenance) {
			return &doubt{a, b}
		}
	}
	return nil
}

func (e *evaluation) twoDrivers(phone, name *doubt) {
	f := freight.Finding{Kind: "carrier.identity", Level: freight.Verify, Severity: freight.Minor, Why: "Sources name different drivers: "}
	field := "driver phone"
	first := phone
	if name != nil {
		field, first = "driver", name
	}
	f.Why += first.a.Source.String() + " says " + first.a.Value + ", " + first.b.Source.String() + " says " + first.b.Value
	if name != nil && phone != nil {
		f.Why += "; the phones differ too"
	} else if phone != nil {
		f.Why = "Sources give different phones of the driver: " + f.Why[len("Sources name different drivers: "):]
	}
	f.Since = later(saidAt(&first.a.Provenance), saidAt(&first.b.Provenance))
	f.Evidence = []freight.ObservationID{first.a.Observation, first.b.Observation}
	f.Inputs = inputs("field", field, "source", first.a.Source.String(), "said", timeline.Stamp(saidAt(&first.a.Provenance), e.zone()),
		"otherSource", first.b.Source.String(), "otherSaid", timeline.Stamp(saidAt(&first.b.Provenance), e.zone()))
	f.Next = freight.Next{Act: "call", Text: "Ask the carrier's dispatcher, at the number on file, who drives the load and at which phone", Due: f.Since}
	e.addOf("driver", f, f.Since)
}

// signs are what looks wrong about the carrier, the phone first; none where the driver's phone or the carrier's numbers are
// not known, or the phone is one of them.
func (e *evaluation) signs() (signs []string) {
	file := e.around.Carrier
	if file == nil || len(file.PhonesKnown) == 0 || len(e.t.Driver) == 0 {
		return nil
	}
	k := e.t.Driver["PHONE"]
	if len(k.Claims) == 0 || k.Claims[0].Source.Kind == freight.User {
		return nil
	}
	for _, known := range file.PhonesKnown {
		if samePhone(known, k.Value) {
			return nil
		}
	}
	signs = append(signs, "the driver's phone "+k.Value+" is none of its numbers on file")
	switch tr := &e.t.Tracking; tr.State {
	case freight.TrackDenied, freight.TrackHidden:
		if tr.At.Sub(e.t.FirstAt) <= e.rules.Refused {
			signs = append(signs, "tracking was refused soon after booking, "+timeline.Stamp(tr.At, e.zone()))
		}
	}
	for i := range e.t.Problems {
		if p := &e.t.Problems[i]; p.Kind == "twoTrucks" {
			signs = append(signs, "two trucks are named")
			break
		}
	}
	return signs
}

// samePhone compares the last ten digits: senders write +1, a leading 1 or nothing. A word without digits is no number.
func samePhone(a, b string) bool {
	a, b = lastTen(a), lastTen(b)
	return a == b || a == "" || b == ""
}

func lastTen(number string) string {
	digits := freight.Digits(number)
	return digits[max(0, len(digits)-10):]
}

// sharesName reports whether two names of a driver may be one person's: they share a word of more than one letter, in any
// order and case ("Smith, John" and "J. Smith").
func sharesName(a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	notLetter := func(r rune) bool { return r <= 127 && !letter(byte(r|0x20)) }
	for x := range strings.FieldsFuncSeq(a, notLetter) {
		for y := range strings.FieldsFuncSeq(b, notLetter) {
			if len(x) > 1 && strings.EqualFold(x, y) {
				return true
			}
		}
	}
	return strings.IndexFunc(a, func(r rune) bool { return !notLetter(r) }) < 0 || strings.IndexFunc(b, func(r rune) bool { return !notLetter(r) }) < 0
}
