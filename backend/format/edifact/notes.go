package edifact

import (
	"fmt"
	"strings"
)

// notes gathers what was odd and lost nothing: each kind once, with where it was first and how often.
type notes struct {
	order []string
	first map[string]string
	count map[string]int
}

func (n *notes) add(what, where string) {
	if n.count == nil {
		n.first, n.count = map[string]string{}, map[string]int{}
	}
	if n.count[what] == 0 {
		n.order, n.first[what] = append(n.order, what), where
	}
	n.count[what]++
}

func (n *notes) tell(to func(string)) {
	if to == nil {
		return
	}
	for _, what := range n.order {
		text := what
		if where := strings.TrimSpace(n.first[what]); where != "" {
			text += ": " + where
		}
		if c := n.count[what]; c > 1 {
			text += fmt.Sprintf(", and %d more", c-1)
		}
		to(text)
	}
}
