package edifact

import (
	"strings"

	"tracedesk/backend/freight"
)

// readAnswer reads a CONTRL: a partner's word on what was sent to it. It speaks of no load. What was accepted is a note; what was
// rejected is a fault, so that a person sees it with the partner's reasons.
func readAnswer(t *told) freight.Record {
	m := t.m
	var said []string
	rejected, answers := false, false
	for i := 1; i < len(m.spans); i++ {
		s := m.segment(i)
		action, fault := "", ""
		switch s.tag() {
		case "UCI":
			answers = true
			action, fault = s.at(4), s.at(5)
			said = append(said, "interchange "+s.at(1)+coded("0083", action)+coded("0085", fault))
		case "UCF":
			action, fault = s.at(4), s.at(5)
			said = append(said, "group "+s.at(1)+coded("0083", action)+coded("0085", fault))
		case "UCM":
			action, fault = s.at(3), s.at(4)
			said = append(said, "message "+says(s.part(2, 1), s.at(1))+coded("0083", action)+coded("0085", fault))
		case "UCS":
			fault = s.at(2)
			said = append(said, "its segment "+s.at(1)+coded("0085", fault))
		case "UCD":
			fault = s.at(1)
			said = append(said, "its element "+strings.Join(s.parts(2), ", component ")+coded("0085", fault))
		}
		rejected = rejected || action == "4" || fault != ""
	}
	text := m.sender + " answers to what was sent to it: " + strings.Join(said, "; ")
	switch {
	case !answers:
		return m.unread("this CONTRL does not say which interchange it answers (UCI)")
	case rejected:
		return m.unread(text)
	}
	m.notes.add(text, m.where())
	return freight.Record{Faults: m.faults}
}

// coded is ": " and what a code means.
func coded(list, code string) string {
	if code == "" {
		return ""
	}
	if m := book().row(list, code); m != nil {
		return ": " + m.words
	}
	return ": code " + code
}
