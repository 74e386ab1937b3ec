package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// HandoverSheet is what goes over at a shift's end.
type HandoverSheet struct {
	At       time.Time
	Zone     string // in which the sheet's own times are printed; "" is UTC
	By, To   string
	Note     string
	Quiet    int      // live loads that need no word
	Blocked  []string // what keeps the shift from closing
	Kept     bool     // the sheet was handed over; else it is a draft
	Lines    []HandoverLine
	Silences []SourceNote
}

// HandoverLine is one load as it goes over.
type HandoverLine struct {
	Load, Customer, Carrier, State, Zone     string
	StopClock, Next, Owner, Reefer, Money    string
	NextDue                                  time.Time
	Open, Promised, Meters, Fragile, Decided []string
	Rejected                                 string
	Happened                                 []string
	TakenBy                                  string
	TakenAt                                  time.Time
}

// MakeHandover is the sheet on paper: one row a load, with a box for who takes it.
func MakeHandover(h HandoverSheet) *Paper {
	t := h.At.In(location(h.Zone))
	p := &Paper{Kind: "handover", Title: "Shift handover", About: handoverTitle(&h), Period: t.Format("Mon 2 Jan 2006 15:04 ") + letters(t), AsOf: Moment{At: t, Zone: t.Location().String(), Text: t.Format("Mon 2 Jan 2006 15:04 ") + letters(t)},
		Sources: sourcesAt(h.Silences, h.At, t.Location().String(), DayOf(t))}
	if !h.Kept {
		p.Days = "a draft: nothing was handed over yet"
	}
	loads := h.loads()
	open, taken, exceptions := 0, 0, 0
	for i := range h.Lines {
		exceptions += len(h.Lines[i].Open)
		taken += oneIf(h.Lines[i].TakenBy != "")
		open += oneIf(h.Lines[i].TakenBy == "")
	}
	p.add(Part{Figures: []Figure{
		{Label: "Loads that go over", Value: fmt.Sprint(len(loads.Rows)), Note: fmt.Sprintf("%d more are quiet", h.Quiet), Of: loads.ID, N: len(loads.Rows)},
		{Label: "Open exceptions", Value: fmt.Sprint(exceptions), Note: "on these loads", Alarm: exceptions > 0},
		{Label: "Taken", Value: fmt.Sprint(taken), Note: fmt.Sprintf("%d not taken yet", open)},
		{Label: "Blocks the close", Value: fmt.Sprint(len(h.Blocked)), Note: "exceptions without an owner", Alarm: len(h.Blocked) > 0}}})
	if h.Note != "" {
		p.add(Part{Heading: "Note", Text: []string{h.Note}})
	}
	if n := len(h.Blocked); n > 0 {
		first := slices.Clone(h.Blocked[:min(n, mostBlocked)])
		if n > mostBlocked {
			first = append(first, fmt.Sprintf("and %d more: each stands below as nobody's", n-mostBlocked))
		}
		p.add(Part{Heading: "Blocks the close", Text: first})
	}
	p.add(Part{List: loads})
	return p
}

// mostBlocked is how many of the exceptions without an owner are named on top.
const mostBlocked = 8

func handoverTitle(h *HandoverSheet) string {
	if h.To == "" {
		return cmp.Or(h.By, "The desk")
	}
	return h.By + " to " + h.To
}

func (h *HandoverSheet) loads() *List {
	l := &List{ID: "loads", Title: "Loads", None: "No load needs a word.", Columns: []Column{{Title: "Load", Width: 13}, {Title: "Customer", Below: true}, {Title: "Carrier", Below: true}, {Title: "Stands", Width: 17}, {Title: "Stop clock", Below: true},
		{Title: "Next", Width: 18}, {Title: "Due", Below: true, Form: When}, {Title: "Owner", Below: true}, {Title: "Open", Width: 38}, {Title: "Promised", Below: true}, {Title: "Decided, fragile", Width: 17}, {Title: "Rejected", Below: true},
		{Title: "Happened, meters", Width: 27}, {Title: "Reefer", Below: true}, {Title: "Money", Below: true}, {Title: "Taken", Width: 10}, {Title: "Taken at", Below: true, Form: When}}}
	for i := range h.Lines {
		n := &h.Lines[i]
		taken := words("☐ taken")
		if n.TakenBy != "" {
			taken = words("☑ " + n.TakenBy)
		}
		open := words(strings.Join(n.Open, "\n"))
		l.Rows = append(l.Rows, Row{Cells: []Cell{bold(n.Load), words(n.Customer), words(n.Carrier), words(stateWords(freight.LoadState(n.State))), words(n.StopClock), words(n.Next), whenIn(n.NextDue, n.Zone), words(ownedBy(n.Owner)), open, words(prefixed("promised: ", n.Promised)),
			words(strings.Join(append(append([]string{}, n.Decided...), n.Fragile...), "\n")), words(prefixed("rejected: ", []string{n.Rejected})), words(strings.Join(append(append([]string{}, n.Happened...), n.Meters...), "\n")), words(n.Reefer), words(n.Money), taken, whenIn(n.TakenAt, n.Zone)}})
	}
	return l
}

func ownedBy(name string) string { return cmp.Or(name, "nobody's") }

func prefixed(word string, list []string) string {
	text := strings.Trim(strings.Join(list, "; "), "; ")
	if text == "" {
		return ""
	}
	return word + text
}

func whenIn(t time.Time, zone string) Cell {
	if t.IsZero() {
		return Cell{}
	}
	t = t.In(location(zone))
	return calendar{}.when(&t)
}
