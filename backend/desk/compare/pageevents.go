package compare

import (
	"regexp"
	"strings"

	"tracedesk/backend/freight"
)

// mostWhen is how many words a written time has at most: Mon, Nov 23, 2026 1:05 PM CST.
const mostWhen = 8

var word = regexp.MustCompile(`\S+`)

// findWhen finds the first written time in a line: the longest run of words that reads as one.
func (p *page) findWhen(s string) (from, to int, when freight.When, ok bool) {
	words := word.FindAllStringIndex(s, -1)
	for i := range words {
		if !strings.ContainsAny(s[words[i][0]:words[i][1]], "0123456789") && !startsDate(s[words[i][0]:words[i][1]]) {
			continue
		}
		for j := min(len(words), i+mostWhen); j > i; j-- {
			part := s[words[i][0]:words[j-1][1]]
			if !strings.ContainsAny(part, "/-:.") && j-i < 2 {
				continue // a bare number is a number
			}
			if when, ok = p.when(part); ok {
				return words[i][0], words[j-1][1], when, true
			}
		}
	}
	return 0, 0, when, false
}

var months = regexp.MustCompile(`(?i)^(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[.,]?$`)

func startsDate(s string) bool { return months.MatchString(s) }

// doubt are words that turn an event into something else: what is planned, tried or refused did not happen.
var doubt = regexp.MustCompile(`(?i)\b(?:not|no|attempt\w*|refus\w*|cancel\w*|pending|estimat\w*|schedul\w*|expect\w*|project\w*|plan\w*|will|exception|late|due|appointment|appt|eta|est|terminal|missed|reject\w*)\b`)

// lead are words that may stand before an event without changing it.
var lead = regexp.MustCompile(`(?i)^(?:load|shipment|freight|truck|driver|has|was|been|is|the)\s+`)

// filler are words that may stand between an event, its time and its place.
var filler = regexp.MustCompile(`(?i)^(?:on|at|in|the|@|-|,|:|to)(?:\s+|$)`)

// readEvent reads free words with a time in them: an event, its time and perhaps its place, in any order, and nothing else.
// "Delivered 11/23/2026 13:05 PHOENIX, AZ", "11/23/2026 13:05 Departed shipper", "ETA 11/24 08:00".
func (p *page) readEvent(text, where string, at freight.StopRef) bool {
	from, to, when, ok := p.findWhen(text)
	if !ok {
		return false
	}
	before, after := strings.TrimSpace(text[:from]), strings.TrimSpace(text[to:])
	l, rest := p.eventIn(before)
	if l == nil && before == "" {
		l, rest = p.eventIn(after)
		after = ""
	}
	if l == nil {
		return false
	}
	rest = unfill(rest)
	after = unfill(after)
	if l.kind != fieldETA && doubt.MatchString(rest+" "+after) {
		return false
	}
	stop := p.stopFor(l, at)
	for _, part := range []*string{&rest, &after} {
		if place, ok := cityState(*part); ok {
			stop.Place, *part = place, ""
		}
	}
	if rest != "" {
		return false
	}
	if l.kind == fieldETA {
		stop, known := p.stopAhead(stop)
		if !known {
			return false
		}
		p.say(freight.Claim{Subject: p.subject(stop), Fact: l.fact, Value: freight.Value{Start: when}}, where)
	} else {
		p.say(freight.Claim{Subject: p.subject(stop), Fact: l.fact, At: when}, where)
	}
	if after != "" {
		p.leave(after)
	}
	return true
}

// eventIn is the event with which some words begin, and what follows it.
func (p *page) eventIn(s string) (*label, string) {
	for lead.MatchString(s) {
		s = lead.ReplaceAllString(s, "")
	}
	words := word.FindAllStringIndex(s, -1)
	for n := min(4, len(words)); n > 0; n-- {
		if l := labelOf(s[:words[n-1][1]]); l != nil && (l.kind == fieldTime || l.kind == fieldETA) {
			return l, strings.TrimSpace(s[words[n-1][1]:])
		}
	}
	return nil, ""
}

func unfill(s string) string {
	for filler.MatchString(s) {
		s = filler.ReplaceAllString(s, "")
	}
	for _, end := range []string{" on", " at", " in", " -", ",", ":"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, end))
	}
	return s
}

// readLoose reads what needs no colon to be understood: a status word alone, "PRO 12345", "22 pieces", "weight 18,000 lb".
func (p *page) readLoose(part string) bool {
	if isStatus(part) {
		p.say(freight.Claim{Fact: freight.FactStatus, Value: freight.Value{Text: part}}, part)
		return true
	}
	if m := amount.FindStringSubmatch(part); m != nil && m[3] != "" {
		l := labelOf(m[3])
		if l == nil {
			l = labelOf("lbs")
		}
		return p.readAmount(l, part, part, p.under)
	}
	words := word.FindAllStringIndex(part, -1)
	for n := min(4, len(words)-1); n > 0; n-- {
		l := labelOf(part[:words[n-1][1]])
		if l == nil {
			continue
		}
		value := part[words[n][0]:]
		switch l.kind {
		case fieldRef, fieldEquipment, fieldAmount, fieldWindow:
			return p.readField(l, value, part, p.under)
		case fieldDriver:
			return phone.MatchString(value) && p.readField(l, value, part, p.under)
		}
		return false
	}
	return false
}
