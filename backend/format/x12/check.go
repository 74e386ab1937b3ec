package x12

import (
	"strings"
	"unicode/utf8"
)

// SegmentFault is what is wrong with one segment of a set, as a 997 or 999 tells it.
type SegmentFault struct {
	Segment  int    // place in the set, ST being 1
	Tag      string // segment
	Loop     string // first segment of the loop it stands in, empty outside any
	Code     string // of element 720; empty where only elements are at fault
	Elements []ElementFault
}

// ElementFault is what is wrong with one element.
type ElementFault struct {
	Element   int    // place in the segment
	Component int    // place in a composite, 0 for none
	Number    string // of the data element, empty where it is not known
	Code      string // of element 723
	Value     string // as received
	serious   bool   // the business needs it
}

// findings keeps the faults of a set in the order of its segments.
type findings struct {
	list []SegmentFault
}

func (r *findings) of(number int, tag, loop string) *SegmentFault {
	for i := range r.list {
		if f := &r.list[i]; f.Segment == number && f.Tag == tag {
			return f
		}
	}
	r.list = append(r.list, SegmentFault{Segment: number, Tag: tag, Loop: loop})
	return &r.list[len(r.list)-1]
}

// check lays a set along the dictionary: its structure, where the desk knows it, and the elements of its segments.
func check(s *set) []SegmentFault {
	r := structureOf(s)
	for i := range s.spans {
		r.elements(s.segment(i))
	}
	return sorted(r.list)
}

// checkElements is check without the structure, for segments that were taken out of their set.
func checkElements(s *set) []SegmentFault {
	var r findings
	for i := range s.spans {
		r.elements(s.segment(i))
	}
	return r.list
}

func structureOf(s *set) (r findings) {
	tags := make([]string, len(s.spans))
	for i := range s.spans {
		tags[i] = s.segment(i).tag()
	}
	if root := dict().sets[s.segment(0).at(1)]; root != nil {
		m := matching{tags: tags, root: root}
		m.report = func(at int, tag, loop, fault string) {
			f := r.of(at+1, tag, loop)
			f.Code = fault
		}
		m.run()
	}
	return r
}

// sorted puts faults in the order of their segments; those of one segment stay as they came.
func sorted(list []SegmentFault) []SegmentFault {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j].Segment < list[j-1].Segment; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	return list
}

// elements checks the elements of one segment.
func (r *findings) elements(seg *segment) {
	def := dict().segments[seg.tag()]
	if def == nil {
		return
	}
	var found []ElementFault
	last := len(seg.elements) - 1
	if last > 0 && seg.elements[last] == "" {
		if f := r.of(seg.number, seg.tag(), ""); f.Code == "" {
			f.Code = faultExcess
		}
		for last > 0 && seg.elements[last] == "" {
			last--
		}
	}
	for n := 1; n <= max(last, len(def.elements)); n++ {
		e, value := def.element(n), seg.at(n)
		if e == nil {
			found = append(found, ElementFault{Element: n, Code: "3", Value: value})
			break
		}
		if code := e.wrong(value); code != "" {
			found = append(found, ElementFault{Element: n, Number: e.number, Code: code, Value: value,
				serious: code == "1" || code == "8" || code == "9"})
		}
	}
	found = append(found, together(seg)...)
	if len(found) == 0 {
		return
	}
	f := r.of(seg.number, seg.tag(), "")
	if f.Code == "" || f.Code == faultExcess {
		f.Code = faultElements
	}
	f.Elements = append(f.Elements, found...)
}

// wrong is the code of element 723 for a value, "" where nothing is wrong with it.
func (e *element) wrong(value string) string {
	size := utf8.RuneCountInString(value)
	switch {
	case value == "" && e.must:
		return "1"
	case value == "" || e.typ == asComposite:
		return ""
	case e.typ == asDate:
		if _, _, _, ok := readDate(value, ""); !ok {
			return "8"
		}
		return ""
	case e.typ == asClock:
		if _, _, _, ok := readClock(value); !ok {
			return "9"
		}
		return ""
	case e.typ == asCount || e.typ == asDecimal:
		digits := strings.TrimPrefix(value, "-")
		if e.typ == asDecimal {
			digits = strings.Replace(digits, ".", "", 1)
		}
		if !digitsOnly(digits) || digits == "" {
			return "6"
		}
		size = len(digits)
	}
	switch {
	case size > e.most && e.most > 0:
		return "5"
	case size < e.least:
		return "4"
	case e.typ == asCode && closedLists[e.number] && !knows(e.number, value):
		return "7"
	}
	return ""
}

// closedLists are those of which this desk knows every code that motor freight uses: another code is worth a remark to its sender.
var closedLists = map[string]bool{"1650": true, "1652": true, "163": true, "623": true, "353": true, "715": true, "717": true}

func knows(list, code string) bool {
	_, ok := Known(list, code)
	return ok
}

// pairs are the rules of the dictionary by which elements require each other, by segment: with the first the second must be given.
var pairs = map[string][][2]int{
	"AT7": {{2, 1}, {4, 3}, {6, 5}, {7, 6}},
	"G62": {{1, 2}, {2, 1}, {3, 4}, {4, 3}},
	"MS1": {{2, 1}, {4, 5}, {5, 4}},
	"L11": {{1, 2}, {2, 1}},
	"B10": {{5, 6}, {6, 5}},
	"N1":  {{3, 4}, {4, 3}},
	"AT8": {{1, 3}, {2, 3}},
}

// together checks the rules between elements: those of pairs, and that an AT7 says one of status and appointment.
func together(seg *segment) (found []ElementFault) {
	def := dict().segments[seg.tag()]
	for _, p := range pairs[seg.tag()] {
		if seg.at(p[0]) != "" && seg.at(p[1]) == "" {
			found = append(found, ElementFault{Element: p[1], Number: def.element(p[1]).number, Code: "2"})
		}
	}
	if seg.tag() != "AT7" {
		return found
	}
	switch status, appointment := seg.at(1), seg.at(3); {
	case status == "" && appointment == "":
		found = append(found, ElementFault{Element: 1, Number: "1650", Code: "2", serious: true})
	case status != "" && appointment != "":
		found = append(found, ElementFault{Element: 3, Number: "1652", Code: "10", Value: appointment})
	}
	return found
}

// says is an element fault in words.
func (f *ElementFault) says() string {
	text := codeWords("723", f.Code)
	if e := codeWords("723", f.Code); e == "" {
		text = "code " + f.Code
	}
	if f.Value != "" {
		text += " " + quote(f.Value)
	}
	return text
}
