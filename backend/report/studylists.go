package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
)

// figureList is figures by name: this period beside the one before, with how many were counted and what was left out.
func (c *studyOf) figureList(title string, names ...string) *List {
	l := &List{ID: "figures", Title: title, Unnumbered: true, Columns: []Column{{Title: "Figure", Width: 30}, {Title: "Value", Width: 10, Form: Share}, {Title: "n", Width: 6, Form: Number},
		{Title: "95 %", Width: 11}, {Title: "Before", Width: 10, Form: Share}, {Title: "n before", Width: 7, Form: Number}, {Title: "Change", Width: 9}, {Title: "Left out of it", Width: 34},
		{Title: "Unit", Aside: true}, {Title: "Name", Aside: true}, {Title: "Definition", Aside: true}}}
	for _, name := range names {
		k, ok := c.figures[name]
		if !ok {
			continue
		}
		was := c.earlier[name]
		left := leftOutWords(k.Excluded)
		if k.Reason != "" {
			left = sentence(strings.TrimSuffix(k.Reason, ".")+";", left)
			left = strings.TrimSuffix(left, ";")
		}
		l.Rows = append(l.Rows, Row{Cells: []Cell{words(k.Title), figureCell(k), number(k.N), words(band(k)), figureCell(was), number(was.N), words(c.change(k, was)), faintly(left),
			words(k.Unit), words(k.Name), words(k.Definition)}})
	}
	return l
}

// figureCell is a figure's value, grey below five.
func figureCell(k kpi.KPI) Cell {
	cell := Cell{Text: valueWords(k), Faint: k.Small, Bold: !k.Small}
	if k.Value != nil {
		cell.Value = *k.Value
	}
	return cell
}

// lateStops are the stops that were late against the window now or the first one.
func (c *studyOf) lateStops(id, title, side string) *List {
	l := &List{ID: id, Title: title, None: "None was late.", Columns: []Column{{Title: "Load", Width: 11}, {Title: "Lane", Width: 20}, {Title: "Carrier", Below: true},
		{Title: "Stop", Width: 20}, {Title: "Stop number", Form: Number, Aside: true}, {Title: "Due", Width: 15, Form: When}, {Title: "Due day", Form: Date, Below: true},
		{Title: "First due", Form: When, Aside: true}, {Title: "Arrived", Width: 15, Form: When}, {Title: "Arrived on", Form: Date, Below: true},
		{Title: "Minutes late", Width: 11, Form: Mins}, {Title: "Against the first window", Below: true},
		{Title: "Cause", Width: 22}, {Title: "Responsible", Below: true}, {Title: "Correction", Width: 22}}}
	first := map[string]*kpi.KPIRow{}
	for i := range c.rows[side+".original"] {
		r := &c.rows[side+".original"][i]
		first[rowKey(r)] = r
	}
	var late []*kpi.KPIRow
	for i := range c.rows[side+".current"] {
		if r := &c.rows[side+".current"][i]; r.Excluded == "" && r.Outcome == kpi.Late {
			late = append(late, r)
		}
	}
	slices.SortStableFunc(late, func(a, b *kpi.KPIRow) int { return cmp.Compare(*b.Value, *a.Value) })
	for _, r := range late {
		cause, done := c.causeAt(r)
		var original Cell
		if o := first[rowKey(r)]; o != nil {
			original = c.cal.when(o.Due)
		}
		l.Rows = append(l.Rows, Row{Cells: []Cell{bold(r.Load), words(r.Lane), words(r.Carrier), words(r.Place), number(r.Stop), c.cal.when(r.Due), c.dayCell(r.DueDay), original,
			c.cal.when(r.Actual), c.dayCell(r.Day), {Text: length(minutes(*r.Value)), Value: *r.Value, Alarm: true}, words(againstFirst(r, first[rowKey(r)])), cause, words(partyWords(r.Party)), done}})
	}
	return l
}

func rowKey(r *kpi.KPIRow) string { return fmt.Sprintf("%s\x00%s\x00%d", r.Account, r.Load, r.Stop) }

func (c *studyOf) dayCell(day string) Cell {
	if d, err := ParseDay(day); err == nil {
		return Cell{Text: c.cal.dayWords(d) + ", by day", Value: d}
	}
	return Cell{}
}

// againstFirst is how a stop stood to its first window where that is another story.
func againstFirst(now, r *kpi.KPIRow) string {
	switch {
	case r == nil || r.Excluded != "" || r.Outcome == now.Outcome && *r.Value == *now.Value:
		return ""
	case r.Outcome == kpi.Late:
		return "first window: " + length(minutes(*r.Value)) + " late"
	}
	return "first window: on time"
}

func partyWords(party string) string {
	if party == "" {
		return "responsible: not filed"
	}
	return "responsible: " + party
}

// noCause is said where nobody filed why: it is not guessed.
const noCause = "no cause filed"

// causeAt is why a stop was late as a person filed it, and what was done about it.
func (c *studyOf) causeAt(r *kpi.KPIRow) (cause, correction Cell) {
	l := c.load(r)
	if l == nil {
		return faintly(noCause), Cell{}
	}
	var why, done []string
	for i := range l.Exceptions {
		x := &l.Exceptions[i]
		if x.Stop != r.Stop || strings.HasPrefix(x.Kind, "paper.") {
			continue
		}
		if x.Cause != "" && !slices.Contains(why, x.Cause) {
			why = append(why, x.Cause)
		}
		if x.Correction != "" && !slices.Contains(done, x.Correction) {
			done = append(done, x.Correction)
		}
	}
	cause, correction = faintly(noCause), words(strings.Join(done, "; "))
	if len(why) > 0 {
		cause = words(strings.Join(why, "; "))
	}
	return cause, correction
}

// causes counts the late deliveries and pickups by their cause, the most frequent first.
func (c *studyOf) causes(lists ...*List) []causeCount {
	of := map[string]int{}
	for _, l := range lists {
		at := slices.IndexFunc(l.Columns, func(col Column) bool { return col.Title == "Cause" })
		for i := range l.Rows {
			of[l.Rows[i].Cells[at].Text]++
		}
	}
	var out []causeCount
	for _, name := range slices.Sorted(maps.Keys(of)) {
		out = append(out, causeCount{name, of[name]})
	}
	slices.SortStableFunc(out, func(a, b causeCount) int { return b.n - a.n })
	return out
}

type causeCount struct {
	name string
	n    int
}

// overdueStops are the stops whose window is over and that nobody is known to have reached.
func (c *studyOf) overdueStops() *List {
	l := &List{ID: "overdue", Title: "Overdue, no arrival known", None: "None is overdue.", Columns: []Column{{Title: "Load", Width: 12}, {Title: "Lane", Width: 26}, {Title: "Carrier", Width: 22},
		{Title: "Stop", Width: 26}, {Title: "Stop number", Form: Number, Aside: true}, {Title: "Due", Width: 20, Form: When}, {Title: "Due day", Form: Date, Below: true}}}
	for _, side := range []string{"otp.current", "otd.current"} {
		for i := range c.rows[side] {
			if r := &c.rows[side][i]; r.Excluded == kpi.Overdue {
				l.Rows = append(l.Rows, Row{Cells: []Cell{bold(r.Load), words(r.Lane), words(r.Carrier), words(r.Place), number(r.Stop), c.cal.when(r.Due), c.dayCell(r.DueDay)}})
			}
		}
	}
	return l
}

// lanes is on-time delivery by lane and week: the darker, the worse.
func (c *studyOf) lanes() *List {
	labels, _ := c.weekLabels()
	shown := min(len(labels), 8)
	l := &List{ID: "lanes", Title: "Lanes", Columns: []Column{{Title: "Lane", Width: 30}, {Title: "Loads", Width: 8, Form: Number}, {Title: "Pickups", Width: 9, Form: Number}, {Title: "Pickups on time", Width: 9, Form: Share},
		{Title: "Deliveries", Width: 11, Form: Number}, {Title: "Deliveries on time", Width: 11, Form: Share}, {Title: "Late", Width: 6, Form: Number}, {Title: "Mean late", Width: 11, Form: Mins}}}
	for _, w := range labels[len(labels)-shown:] {
		l.Columns = append(l.Columns, Column{Title: w, Width: 7, Form: Share})
	}
	all := c.by(func(r *kpi.KPIRow) string { return r.Lane })
	l.Most, l.Total = 20, append(append([]Cell{bold("All lanes")}, together(all).cells()...), make([]Cell, shown)...)
	for _, p := range all {
		cells := append([]Cell{words(p.name)}, p.cells()...)
		for w := len(labels) - shown; w < len(labels); w++ {
			cell := part(p.weekOnTime[w], p.weekCounted[w])
			if n := p.weekCounted[w]; n > 0 {
				cell.Shade = float64(n-p.weekOnTime[w]) / float64(n)
				cell.Faint = cell.Faint && cell.Shade == 0 // grey on grey cannot be read; the number below says how few
				cell.Text += fmt.Sprintf("\n%d", n)
			}
			cells = append(cells, cell)
		}
		l.Rows = append(l.Rows, Row{Cells: cells})
	}
	return l
}

func (p *punctuality) cells() []Cell {
	late := Cell{Text: "–"}
	if p.lateDrops > 0 {
		mean := p.lateMinutes / float64(p.lateDrops)
		late = mins(&mean)
	}
	return []Cell{number(len(p.loads)), number(p.picks), part(p.picked, p.picks), number(p.drops), part(p.dropped, p.drops), number(p.lateDrops), late}
}

// together is several groups as one.
func together(all []*punctuality) *punctuality {
	sum := &punctuality{loads: map[loadKey]bool{}}
	for _, p := range all {
		maps.Copy(sum.loads, p.loads)
		sum.picks, sum.picked, sum.drops, sum.dropped = sum.picks+p.picks, sum.picked+p.picked, sum.drops+p.drops, sum.dropped+p.dropped
		sum.lateDrops, sum.lateMinutes = sum.lateDrops+p.lateDrops, sum.lateMinutes+p.lateMinutes
	}
	return sum
}

// carriers is on time by carrier.
func (c *studyOf) carriers() *List {
	l := &List{ID: "carriers", Title: "Carriers", Columns: []Column{{Title: "Carrier", Width: 34}, {Title: "Loads", Width: 8, Form: Number}, {Title: "Pickups", Width: 8, Form: Number}, {Title: "Pickups on time", Width: 9, Form: Share},
		{Title: "Deliveries", Width: 9, Form: Number}, {Title: "Deliveries on time", Width: 9, Form: Share}, {Title: "Late", Width: 7, Form: Number}, {Title: "Mean late", Width: 12, Form: Mins}}}
	all := c.by(func(r *kpi.KPIRow) string { return r.Carrier })
	l.Most, l.Total = 40, append([]Cell{bold("All carriers")}, together(all).cells()...)
	for _, p := range all {
		l.Rows = append(l.Rows, Row{Cells: append([]Cell{words(p.name)}, p.cells()...)})
	}
	return l
}

// facilities is how long trucks stood, by facility, with detention in money.
func (c *studyOf) facilities() *List {
	type place struct {
		name     string
		stops    []float64
		detained int
		over     float64
		usd      float64
	}
	of := map[string]*place{}
	at := func(r *kpi.KPIRow) *place {
		if of[r.Place] == nil {
			of[r.Place] = &place{name: cmp.Or(r.Place, "place not told")}
		}
		return of[r.Place]
	}
	for _, name := range []string{"dwell.pickup", "dwell.delivery", "detention.minutes", "detention.usd"} {
		for i := range c.rows[name] {
			r := &c.rows[name][i]
			if r.Excluded != "" || r.Value == nil {
				continue
			}
			switch p := at(r); name {
			case "detention.minutes":
				p.detained++
				p.over += *r.Value
			case "detention.usd":
				p.usd += *r.Value
			default:
				p.stops = append(p.stops, *r.Value)
			}
		}
	}
	all := slices.SortedFunc(maps.Values(of), func(a, b *place) int {
		return firstOf(cmp.Compare(b.usd, a.usd), len(b.stops)-len(a.stops), cmp.Compare(a.name, b.name))
	})
	l := &List{ID: "facilities", Title: "Time at facilities", None: "Arrival and departure are known of no stop.", Columns: []Column{{Title: "Facility", Width: 44}, {Title: "Stops", Width: 8, Form: Number}, {Title: "Median stay", Width: 12, Form: Mins},
		{Title: "Longest", Width: 12, Form: Mins}, {Title: "With detention", Width: 9, Form: Number}, {Title: "Beyond free time", Width: 12, Form: Mins}, {Title: "Detention, USD", Width: 11, Form: Money}}}
	l.Most = 30
	stops, detained, beyond, usd := 0, 0, 0.0, 0.0
	for _, p := range all {
		stops, detained, beyond, usd = stops+len(p.stops), detained+p.detained, beyond+p.over, usd+p.usd
		slices.Sort(p.stops)
		var middle, longest, over *float64
		if n := len(p.stops); n > 0 {
			middle, longest = new(float64), &p.stops[n-1]
			*middle = (p.stops[(n-1)/2] + p.stops[n/2]) / 2
		}
		if p.detained > 0 {
			over = &p.over
		}
		l.Rows = append(l.Rows, Row{Cells: []Cell{words(p.name), number(len(p.stops)), mins(middle), mins(longest), number(p.detained), mins(over), money(p.usd)}})
	}
	if len(all) > 0 {
		l.Total = []Cell{bold("All facilities"), number(stops), {}, {}, number(detained), {Text: "–"}, money(usd)}
		if detained > 0 {
			l.Total[5] = mins(&beyond)
		}
	}
	return l
}

// openPODs are the delivered loads whose POD is not verified yet.
func (c *studyOf) openPODs() *List {
	l := &List{ID: "pod", Title: "Delivered, POD not verified", None: "Every POD of the period is verified.", Columns: []Column{{Title: "Load", Width: 14}, {Title: "Lane", Width: 34}, {Title: "Carrier", Width: 28}, {Title: "Delivered", Width: 22, Form: When}, {Title: "POD", Width: 14}}}
	for i := range c.rows["pod.cycle"] {
		r := &c.rows["pod.cycle"][i]
		if r.Excluded != kpi.PODOpen {
			continue
		}
		state, left := freight.PaperMissing, Cell{}
		if load := c.load(r); load != nil {
			state = cmp.Or(load.POD.State, freight.PaperMissing)
			left = c.cal.when(kpi.Delivered(load))
		}
		l.Rows = append(l.Rows, Row{Cells: []Cell{bold(r.Load), words(r.Lane), words(r.Carrier), left, {Text: string(state), Value: string(state), Bold: state == freight.PaperMissing, Alarm: state == freight.PaperException}}})
	}
	return l
}

// exceptionKinds are exceptions by kind, how soon they were seen, taken and settled.
func (c *studyOf) exceptionKinds() *List {
	type kind struct {
		name                 string
		n                    int
		detect, taken, ended []float64
	}
	of := map[string]*kind{}
	for i := range c.rows["exceptions.per1000"] {
		r := &c.rows["exceptions.per1000"][i]
		if of[r.What] == nil {
			of[r.What] = &kind{name: c.kindWords(r.What)}
		}
		of[r.What].n++
	}
	for _, name := range []string{"exceptions.detect", "exceptions.acknowledge", "exceptions.resolve"} {
		for i := range c.rows[name] {
			r := &c.rows[name][i]
			k := of[r.What]
			if r.Value == nil || k == nil {
				continue
			}
			switch name {
			case "exceptions.detect":
				k.detect = append(k.detect, *r.Value)
			case "exceptions.acknowledge":
				k.taken = append(k.taken, *r.Value)
			default:
				k.ended = append(k.ended, *r.Value)
			}
		}
	}
	all := slices.SortedFunc(maps.Values(of), func(a, b *kind) int { return firstOf(b.n-a.n, cmp.Compare(a.name, b.name)) })
	l := &List{ID: "exceptions", Title: "Exceptions by kind", Unnumbered: true, None: "None was found.", Columns: []Column{{Title: "Kind", Width: 44}, {Title: "Opened", Width: 9, Form: Number}, {Title: "Resolved", Width: 9, Form: Number},
		{Title: "Seen after, median", Width: 14, Form: Mins}, {Title: "Taken after, median", Width: 14, Form: Mins}, {Title: "Resolved after, median", Width: 15, Form: Mins}}}
	for _, k := range all {
		l.Rows = append(l.Rows, Row{Cells: []Cell{words(k.name), number(k.n), number(len(k.ended)), mins(median(k.detect)), mins(median(k.taken)), mins(median(k.ended))}})
	}
	return l
}

func median(v []float64) *float64 {
	n := len(v)
	if n == 0 {
		return nil
	}
	slices.Sort(v)
	m := (v[(n-1)/2] + v[n/2]) / 2
	return &m
}

func (c *studyOf) kindWords(kind string) string {
	for i := range c.Loads {
		for k := range c.Loads[i].Exceptions {
			if x := &c.Loads[i].Exceptions[k]; x.Kind == kind && x.Words != "" {
				return x.Words
			}
		}
	}
	return kind
}

// moved are the stops whose window was set otherwise, and by whom as far as was told.
func (c *studyOf) moved() *List {
	l := &List{ID: "appointments", Title: "Appointments changed", None: "No window was changed.", Columns: []Column{{Title: "Load", Width: 12}, {Title: "Stop", Width: 30}, {Title: "First", Width: 24}, {Title: "Now", Width: 24},
		{Title: "Changes", Width: 8, Form: Number}, {Title: "Last change: who asked, or who said so", Width: 32}}}
	for _, side := range []string{"otp.current", "otd.current"} {
		for i := range c.rows[side] {
			r := &c.rows[side][i]
			load := c.load(r)
			if load == nil {
				continue
			}
			for k := range load.Stops {
				s := &load.Stops[k]
				if s.Seq != r.Stop || s.Moved == 0 {
					continue
				}
				l.Rows = append(l.Rows, Row{Cells: []Cell{bold(r.Load), words(s.Place), words(c.dueWords(s.Original, s.Zone)), words(c.dueWords(s.Window, s.Zone)), number(s.Moved), words(cmp.Or(s.MovedBy, "not told"))}})
			}
		}
	}
	return l
}

func (c *studyOf) dueWords(d freight.DueFacts, zone string) string {
	w := freight.Window{Start: d.Start, End: d.End, DayOnly: d.LastDay != 0, FirstDay: d.FirstDay, LastDay: d.LastDay}
	if p := c.cal.period(w, zone); p != nil {
		return p.Text
	}
	return "none"
}

// leftOut is every stop that is in no on-time figure, with its cause.
func (c *studyOf) leftOut() *List {
	l := &List{ID: "left-out", Title: "Stops left out of on time", None: "No stop was left out.", SheetOnly: true, Columns: []Column{{Title: "Load"}, {Title: "Stop", Form: Number}, {Title: "Side"}, {Title: "Lane"}, {Title: "Carrier"}, {Title: "Place"}, {Title: "Due", Form: When}, {Title: "Cause"}}}
	for _, side := range []string{"otp.current", "otd.current"} {
		for i := range c.rows[side] {
			if r := &c.rows[side][i]; r.Excluded != "" {
				l.Rows = append(l.Rows, Row{Cells: []Cell{words(r.Load), number(r.Stop), words(sideWords(side)), words(r.Lane), words(r.Carrier), words(r.Place), c.cal.when(r.Due), words(r.Excluded)}})
			}
		}
	}
	return l
}

func sideWords(figure string) string {
	if strings.HasPrefix(figure, "otp") {
		return "pickup"
	}
	return "delivery"
}

// stops is every stop of the period with its judgement: what the figures are counted from.
func (c *studyOf) stops() *List {
	l := &List{ID: "stops", Title: "Stops", SheetOnly: true, Columns: []Column{{Title: "Load"}, {Title: "Stop", Form: Number}, {Title: "Side"}, {Title: "Customer"}, {Title: "Carrier"}, {Title: "Lane"}, {Title: "Place"}, {Title: "Counts to", Form: Date},
		{Title: "Due", Form: When}, {Title: "Due day", Form: Date}, {Title: "Arrived", Form: When}, {Title: "Arrived on", Form: Date}, {Title: "Outcome"}, {Title: "Minutes from due", Form: Mins}, {Title: "Responsible"}, {Title: "Left out"}}}
	for _, side := range []string{"otp.current", "otd.current"} {
		for i := range c.rows[side] {
			r := &c.rows[side][i]
			value := Cell{}
			if r.Value != nil {
				value = decimal(*r.Value)
			}
			l.Rows = append(l.Rows, Row{Cells: []Cell{words(r.Load), number(r.Stop), words(sideWords(side)), words(r.Customer), words(r.Carrier), words(r.Lane), words(r.Place), c.cal.dated(r.On),
				c.cal.when(r.Due), c.dayCell(r.DueDay), c.cal.when(r.Actual), c.dayCell(r.Day), words(r.Outcome), value, words(r.Party), words(r.Excluded)}})
		}
	}
	return l
}
