package report

import (
	"fmt"
	"math"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
	"tracedesk/backend/report/pdf"
)

// What a dispute is about.
const (
	OTIFFine      = "otif"
	DetentionBill = "detention"
)

// MakeDispute is what stands against or for an OTIF fine or a detention bill of one stop: what was agreed, what was known when,
// and who was told when. Stop 0 is the stop it is about by itself: the last delivery, or the first with detention.
func MakeDispute(f LoadFile, about string, stop int) (*Paper, error) {
	f.order()
	s, err := f.disputed(about, stop)
	if err != nil {
		return nil, err
	}
	title := "Dispute packet: OTIF fine"
	if about == DetentionBill {
		title = "Dispute packet: detention bill"
	}
	p := f.paper("dispute", title)
	cal := calendar{}
	known := f.log("known", "What was known when", func(o *FileLine) bool { return o.Stop == s.Seq && speaksOf(o) })
	known.None = "No source said anything of this stop."
	told := f.told("told", "Who was told when", s.Seq)
	p.add(Part{Heading: stopWords(s.Kind, s.Seq) + ", " + placeWords(s.Place), Text: f.question(about, s)})
	p.add(Part{Figures: f.disputeFigures(about, s, known, told)})
	if about == DetentionBill {
		p.add(Part{List: f.clock(s)})
	}
	p.add(Part{List: f.appointments(s.Seq)})
	p.add(Part{List: f.etas(s)})
	p.add(Part{List: known})
	p.add(Part{List: told})
	p.add(Part{List: f.exceptionList(s.Seq)})
	p.add(Part{List: f.papers()})
	if strip, ok := f.strip(); ok {
		p.add(Part{Charts: []pdf.Chart{strip}})
	}
	p.add(Part{Heading: "Proof", Text: f.proof(), Alert: f.Chain.Broken != 0})
	p.add(Part{List: f.acts()})
	p.add(Part{Pages: f.Scans})
	p.Definitions = []string{"On time, by the definition \"" + f.Definition.Name + "\": " + lowerFirst(f.Definition.OnTimeWords("current")), f.Definition.ClockWords(),
		"Learned is when the desk first had it; happened is when it happened as its source told it. What is inferred from positions is no arrival. Where sources differ each stands with its own word."}
	if w := cal.period(s.Window, s.Zone); w == nil {
		p.Definitions = append(p.Definitions, "No window is on file for this stop, so nothing can be held against it.")
	}
	return p, nil
}

// disputed is the stop that a dispute is about.
func (f *LoadFile) disputed(about string, seq int) (*freight.StopLine, error) {
	if about != OTIFFine && about != DetentionBill {
		return nil, fmt.Errorf("a dispute is about otif or detention, not about %q", about)
	}
	t := &f.Timeline
	var best *freight.StopLine
	for i := range t.Stops {
		s := &t.Stops[i]
		switch {
		case seq != 0 && s.Seq == seq:
			return s, nil
		case seq != 0:
		case about == OTIFFine && s.Delivery():
			best = s
		case about == DetentionBill && (best == nil || f.detention(s).Over > f.detention(best).Over):
			best = s
		}
	}
	if best == nil {
		return nil, fmt.Errorf("load %s has no such stop", t.Number)
	}
	return best, nil
}

func (f *LoadFile) detention(s *freight.StopLine) kpi.Detention {
	facts := stopFacts(s)
	facts.Facility, facts.Window, facts.Departed = s.Place.Facility, s.Window.Facts(), s.Departed.Facts()
	return f.Definition.Detention(&facts, f.FreeTimes)
}

// speaksOf reports whether a word may matter to a dispute about a stop.
func speaksOf(o *FileLine) bool {
	switch o.Fact {
	case freight.FactPosition, freight.FactContact, freight.FactPromise:
		return false
	}
	return true
}

// question says in a sentence what the file shows.
func (f *LoadFile) question(about string, s *freight.StopLine) []string {
	now, was := Judge(&f.Definition, f.Timeline.State, s, s.Window, f.AsOf), Judge(&f.Definition, f.Timeline.State, s, s.Original, f.AsOf)
	if about == OTIFFine {
		text := fmt.Sprintf("Against the window now the arrival was %s; against the first window it was %s.", now.Text, was.Text)
		if s.Pieces == nil || len(s.Pieces.Claims) == 0 {
			return []string{text, "How many pieces were ordered and received is not on file."}
		}
		return []string{text, "In full: " + f.fullWords(s)}
	}
	d := f.detention(s)
	switch {
	case d.Cause != "":
		return []string{"Detention cannot be counted: " + d.Cause + "."}
	case d.Forfeit:
		return []string{"The truck arrived after the window; by the rules in force it has no detention."}
	case d.Over == 0:
		return []string{"The truck left within its free time: there is no detention."}
	}
	return []string{fmt.Sprintf("The truck stood %s, %s beyond its free time: %.2f USD by the rules in force, at %.2f USD an hour, each quarter hour begun.", length(d.Left.Sub(d.Arrived)), length(d.Over), d.USD(&f.Definition), f.Definition.RateUSD)}
}

// counted reports whether somebody counted what was received at a stop.
func (f *LoadFile) counted(seq int) bool {
	for i := range f.Load.Stops {
		if f.Load.Stops[i].Seq == seq && f.Load.Stops[i].Counted {
			return true
		}
	}
	return false
}

// fullWords is what each source says of the pieces.
func (f *LoadFile) fullWords(s *freight.StopLine) string {
	var said []string
	for i := range s.Pieces.Claims {
		c := &s.Pieces.Claims[i]
		said = append(said, fmt.Sprintf("%s %s (learned %s)", c.Source.String(), c.Value, f.at(c.ReceivedAt, s.Seq).Text))
	}
	text := strings.Join(said, ", ")
	if !f.counted(s.Seq) {
		text += "; what was received was not counted by anybody"
	}
	if !s.Pieces.Agree {
		text += "; they differ"
	}
	return text + "."
}

func (f *LoadFile) disputeFigures(about string, s *freight.StopLine, known, told *List) []Figure {
	arrived, left := f.happened(s, s.Arrived), f.happened(s, s.Departed)
	out := []Figure{{Label: "Arrived", Value: clockOf(arrived), Note: arrived.Text}, {Label: "Left", Value: clockOf(left), Note: left.Text}}
	now := Judge(&f.Definition, f.Timeline.State, s, s.Window, f.AsOf)
	if about == OTIFFine {
		out = append(out, Figure{Label: "On time", Value: outcomeWords(now.Outcome), Note: now.Text, Alarm: now.Outcome == Late || now.Outcome == Early})
	} else if d := f.detention(s); d.Cause == "" {
		over := Figure{Label: "Beyond free time", Value: length(d.Over), Note: fmt.Sprintf("%.2f USD", d.USD(&f.Definition))}
		switch {
		case d.Forfeit:
			over.Value, over.Note = "forfeited", "arrived after the window"
		case d.Over == 0:
			over.Value, over.Note = "none", "left within free time"
		}
		out = append(out, over)
	}
	return append(out, Figure{Label: "Words on this stop", Value: fmt.Sprint(len(known.Rows)), Note: "below, by when they were learned", Of: known.ID, N: len(known.Rows)},
		Figure{Label: "Times told", Value: fmt.Sprint(len(told.Rows)), Note: "calls, messages, promises", Of: told.ID, N: len(told.Rows)})
}

func outcomeWords(o Outcome) string {
	switch o {
	case OnTime:
		return "yes"
	case NotCounted:
		return "not counted"
	}
	return "no: " + string(o)
}

// clockOf is the time of day of a cell that holds an instant.
func clockOf(c Cell) string {
	if t, ok := c.Value.(time.Time); ok {
		return t.Format("15:04 ") + letters(t)
	}
	return "–"
}

// clock is the arithmetic of detention, line by line.
func (f *LoadFile) clock(s *freight.StopLine) *List {
	l := &List{ID: "clock", Title: "The detention clock", Unnumbered: true, Columns: []Column{{Title: "Step", Width: 34}, {Title: "Value", Width: 26}, {Title: "From where", Width: 40}}}
	d := f.detention(s)
	say := func(step, value, from string) {
		l.Rows = append(l.Rows, Row{Cells: []Cell{words(step), bold(value), faintly(from)}})
	}
	say("arrived", f.happened(s, s.Arrived).Text, sourceOf(s.Arrived))
	if w := (calendar{}).period(s.Window, s.Zone); w != nil {
		say("window", w.Text, s.WindowBy.String())
	}
	if d.Cause != "" {
		say("stopped here", d.Cause, "")
		return l
	}
	say("free time counts from", f.at(d.From, s.Seq).Text, "the rule: "+f.Definition.DetentionClock)
	say("free time", length(d.Free), d.FreeOf)
	say("free time ended", f.at(d.From.Add(d.Free), s.Seq).Text, "")
	say("left", f.happened(s, s.Departed).Text, sourceOf(s.Departed))
	if d.Forfeit {
		say("detention", "none", "arrived after the window ended")
		return l
	}
	say("beyond free time", length(d.Over), "")
	if d.Over > 0 {
		say("quarter hours begun", fmt.Sprint(int(math.Ceil(d.Over.Minutes()/15))), "")
		say("money", fmt.Sprintf("%.2f USD", d.USD(&f.Definition)), fmt.Sprintf("%.2f USD an hour", f.Definition.RateUSD))
		warned := "nobody was told of it, as far as is on record"
		for _, at := range f.Load.Told {
			if !at.Before(d.Arrived) && !at.After(d.From.Add(d.Free)) {
				warned = "the customer was told at " + f.at(at, s.Seq).Text
			}
		}
		say("told before free time ended", warned, "")
	}
	return l
}

func sourceOf(k *freight.KnownTime) string {
	if k == nil {
		return ""
	}
	if !k.Agree {
		return k.Source.String() + "; others say otherwise, see below"
	}
	return k.Source.String()
}

// etas is what was said of the arrival before it, each beside the window's end of today.
func (f *LoadFile) etas(s *freight.StopLine) *List {
	l := &List{ID: "etas", Title: "Arrival times told beforehand", None: "No arrival time was told beforehand.", Columns: []Column{{Title: "Learned", Width: 22, Form: When}, {Title: "Said", Width: 22, Form: When}, {Title: "Source", Width: 15}, {Title: "Expected", Width: 22, Form: When}, {Title: "Against the end of the window now", Width: 24}, {Title: "Learned before the end of the window", Width: 22}}}
	for i := range f.Log {
		o := &f.Log[i]
		said := o.Received
		if o.Occurred != nil {
			said = *o.Occurred
		}
		if o.Fact != freight.FactETA || o.Stop != s.Seq || o.Expected == nil || s.Arrived != nil && !s.Arrived.At.IsZero() && said.After(s.Arrived.At) {
			continue
		}
		against, ahead := Cell{}, Cell{}
		if !s.Window.IsZero() {
			if late := o.Expected.Sub(Deadline(s.Window)); late > 0 {
				against = alarming(length(late) + " after it")
			} else {
				against = words(length(-late) + " to spare")
			}
			if left := Deadline(s.Window).Sub(o.Received); left > 0 {
				ahead = words(length(left) + " before")
			} else {
				ahead = words(length(-left) + " after")
			}
		}
		l.Rows = append(l.Rows, Row{Cells: []Cell{f.at(o.Received, s.Seq), f.at(said, s.Seq), words(o.Source), f.at(*o.Expected, s.Seq), against, ahead}})
	}
	return l
}
