package x12

import (
	"fmt"
	"strconv"
	"strings"
)

// Control numbers and counts are checked, and what is odd about them is noted; nothing is refused for it.

// enoughNumbers is how many interchange numbers are remembered: beyond that the memory is worth more than the note.
const enoughNumbers = 10_000

// rememberInterchange notes a number that came before from the same sender.
func (e *envelope) rememberInterchange() (again bool) {
	key := e.isa.sender + "\x00" + e.isa.control
	again = e.seen[key]
	if again {
		e.notes.add("the same interchange number came more than once", e.isa.control)
	}
	if e.seen == nil {
		e.seen = map[string]bool{}
	}
	if len(e.seen) < enoughNumbers {
		e.seen[key] = true
	}
	e.checkGap()
	return again
}

// checkGap notes numbers that are missing between two interchanges of one sender to one receiver in the same stream.
func (e *envelope) checkGap() {
	n, err := strconv.Atoi(e.isa.control)
	if err != nil {
		return
	}
	key := e.isa.sender + "\x00" + e.isa.receiver
	if last, known := e.lastOf[key]; known && n > last+1 {
		e.notes.add("interchange numbers are missing before this one", fmt.Sprintf("%s: %d follows %d", e.isa.sender, n, last))
	}
	if e.lastOf == nil {
		e.lastOf = map[string]int{}
	}
	if len(e.lastOf) < enoughNumbers {
		e.lastOf[key] = max(n, e.lastOf[key])
	}
}

// checkOrder notes set numbers that repeat: the same sets may have come twice.
func (e *envelope) checkOrder(s *set) {
	n, err := strconv.Atoi(s.control)
	if err != nil {
		return
	}
	if n <= e.lastSet && e.group.sets > 1 {
		e.notes.add("set numbers repeat or go back within a group", s.where())
	} else if n > e.lastSet+1 && e.group.sets > 1 {
		e.notes.add("set numbers are missing within a group", s.where())
	}
	e.lastSet = n
}

func (e *envelope) checkCount(what string, where func() string, declared string, counted int) {
	if n, err := strconv.Atoi(declared); err != nil || n != counted {
		e.notes.add(what, fmt.Sprintf("%s: declares %q, has %d", where(), declared, counted))
	}
}

// notes gathers what was odd by kind, so that a file of a hundred thousand sets with one fault each says it once.
type notes struct {
	order []string
	first map[string]string
	count map[string]int
}

func (n *notes) add(what, where string) {
	what = strings.ToValidUTF8(what, "?")
	if n.count == nil {
		n.first, n.count = map[string]string{}, map[string]int{}
	}
	if n.count[what] == 0 {
		n.order = append(n.order, what)
		n.first[what] = strings.ToValidUTF8(where[:min(len(where), 200)], "?")
	}
	n.count[what]++
}

func (n *notes) tell(to func(string)) {
	if to == nil {
		return
	}
	for _, what := range n.order {
		text := what + " (" + n.first[what] + ")"
		if more := n.count[what] - 1; more > 0 {
			text += fmt.Sprintf(", and %d more like it", more)
		}
		to(text)
	}
}
