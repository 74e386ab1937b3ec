package x12

import (
	"fmt"
	"strings"
)

// node is a segment or a loop in the structure of a set; a loop begins with its first segment.
type node struct {
	tag       string
	must, any bool // required; may repeat
	loop      []*node
}

// readStructure reads "214: ST! B10! L11* (LX (AT7 MS1)* ...)* SE!".
func (d *dictionary) readStructure(line string) error {
	kind, rest, ok := strings.Cut(line, ": ")
	if !ok {
		return fmt.Errorf("%q should be a set and its segments behind a colon", line)
	}
	rest = strings.NewReplacer("(", " ( ", ")", " ) ").Replace(rest)
	root := &node{}
	stack := []*node{root}
	for _, word := range strings.Fields(rest) {
		top := stack[len(stack)-1]
		switch {
		case word == "(":
			loop := &node{}
			top.loop = append(top.loop, loop)
			stack = append(stack, loop)
		case word == ")":
			if len(stack) == 1 || len(top.loop) == 0 {
				return fmt.Errorf("%q closes a loop that was not opened or is empty", line)
			}
			top.tag = top.loop[0].tag
			stack = stack[:len(stack)-1]
		case word == "*":
			top.loop[len(top.loop)-1].any = true
		default:
			tag, any := strings.CutSuffix(word, "*")
			tag, must := strings.CutSuffix(tag, "!")
			top.loop = append(top.loop, &node{tag: tag, must: must, any: any})
		}
	}
	if len(stack) != 1 {
		return fmt.Errorf("%q leaves a loop open", line)
	}
	d.sets[kind] = root
	return nil
}

// holds reports whether a segment stands anywhere in the structure.
func (n *node) holds(tag string) bool {
	if n.loop == nil {
		return n.tag == tag
	}
	for _, part := range n.loop {
		if part.holds(tag) {
			return true
		}
	}
	return false
}

// matching lays the segments of a set along its structure.
type matching struct {
	tags   []string
	at     int // the next segment
	root   *node
	report func(segment int, tag, loop, fault string) // fault is a code of element 720
}

// along follows a loop once; its first segment is the next one (or n is the whole set).
func (m *matching) along(n *node, loop string) {
	for _, part := range n.loop {
		used := 0
		for m.at < len(m.tags) {
			m.skipStrangers(loop)
			if m.at == len(m.tags) || m.tags[m.at] != part.tag {
				break
			}
			if used == 1 && n != m.root && part == n.loop[0] {
				return // the loop begins anew; whoever follows it sees to that
			}
			used++
			if used == 2 && !part.any {
				if part.loop != nil || !m.later(n, part) {
					m.report(m.at, part.tag, loop, faultTooOften)
				} else {
					break
				}
			}
			if part.loop != nil {
				m.along(part, part.tag)
			} else {
				m.at++
			}
		}
		if used == 0 && part.must {
			m.report(m.at, part.tag, loop, faultMissing)
		}
	}
}

// later reports whether the same segment may stand in a later place of the loop.
func (m *matching) later(n, than *node) bool {
	behind := false
	for _, part := range n.loop {
		if behind && part.tag == than.tag {
			return true
		}
		behind = behind || part == than
	}
	return false
}

// Codes of element 720.
const (
	faultUnknown  = "1"
	faultMissing  = "3"
	faultTooOften = "5"
	faultNotOfSet = "6"
	faultSequence = "7"
	faultElements = "8"
	faultExcess   = "10"
)

// skipStrangers passes segments that the set does not have at all.
func (m *matching) skipStrangers(loop string) {
	for m.at < len(m.tags) && !m.root.holds(m.tags[m.at]) {
		fault := faultNotOfSet
		if dict().segments[m.tags[m.at]] == nil {
			fault = faultUnknown
		}
		m.report(m.at, m.tags[m.at], loop, fault)
		m.at++
	}
}

// run lays all segments along the structure. What stands where it should not is told, passed, and the rest is tried again.
func (m *matching) run() {
	m.along(m.root, "")
	for m.at < len(m.tags) {
		m.skipStrangers("")
		if m.at == len(m.tags) {
			return
		}
		m.report(m.at, m.tags[m.at], "", faultSequence)
		m.at++
	}
}
