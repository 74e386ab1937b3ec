package x12

import (
	"strings"

	"tracedesk/backend/freight"
)

// readAnswer reads a 997 or 999: a partner's word on what was sent to it. It speaks of no load. What was accepted is a note;
// what was rejected, or accepted with errors, is a fault, so that a person sees it with the partner's reasons.
func (e *envelope) readAnswer(s *set) freight.Record {
	s.source = e.carrier("")
	a := answer{kind: s.segment(0).at(1)}
	for i := 1; i < len(s.spans); i++ {
		a.segment(s.segment(i))
	}
	if a.group == "" {
		s.fail(s.segment(0), 0, "this "+a.kind+" does not say which group it answers (AK1)")
	}
	switch {
	case len(a.bad) > 0 || a.whole == "R" || a.whole == "P":
		s.fail(s.segment(0), 0, e.isa.sender+" answers to what was sent to it: "+a.says())
	case a.group != "":
		e.notes.add(e.isa.sender+" answers to what was sent to it: "+a.says(), s.where())
	}
	for i := range s.faults {
		s.faults[i].Raw = []byte(s.text)
	}
	return freight.Record{Faults: s.faults}
}

// answer gathers a 997 or 999.
type answer struct {
	kind, group, number, whole string
	set                        string // "214 0001"
	of                         []string
	bad                        []string
}

func (a *answer) segment(seg *segment) {
	switch seg.tag() {
	case "AK1":
		a.group, a.number = seg.at(1), seg.at(2)
	case "AK2":
		a.set, a.of = strings.TrimSpace(seg.at(1)+" "+seg.at(2)), nil
	case "AK3", "IK3":
		a.of = append(a.of, "segment "+seg.at(2)+" ("+seg.at(1)+")"+coded("620", seg.at(4)))
	case "AK4", "IK4":
		a.of = append(a.of, "element "+seg.at(1)+coded("621", seg.at(3))+quoted(seg.at(4)))
	case "AK5", "IK5":
		if word := seg.at(1); word != "A" {
			text := "set " + a.set + " " + meaning("717", word)
			for n := 2; n <= 6; n++ {
				text += coded("618", seg.at(n))
			}
			if len(a.of) > 0 {
				text += " (" + strings.Join(a.of, "; ") + ")"
			}
			a.bad = append(a.bad, text)
		}
	case "AK9":
		a.whole = seg.at(1)
	}
}

func (a *answer) says() string {
	text := "group " + a.number + " of " + meaning("479", a.group) + " is " + meaning("715", a.whole)
	if len(a.bad) > 0 {
		text += "; " + strings.Join(a.bad, "; ")
	}
	return text
}

// meaning is what a code means, else the code.
func meaning(list, code string) string {
	if w := codeWords(list, code); w != "" {
		return w
	}
	return quote(code)
}

func coded(list, code string) string {
	if code == "" {
		return ""
	}
	if w := codeWords(list, code); w != "" {
		return ": " + w
	}
	return ": code " + readable(code)
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return " " + quote(s)
}
