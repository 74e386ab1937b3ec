package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
)

// LoadFile is everything on file of one load, as known at an instant: what a packet and a dispute are made of.
type LoadFile struct {
	Timeline   freight.Timeline
	Load       kpi.Load // its facts and exceptions as the figures count them
	AsOf       time.Time
	Definition kpi.Definition
	FreeTimes  map[string]int
	Log        []FileLine      // every word of every source, in any order
	Exceptions []FileException // in any order
	Documents  []FileDocument
	Outgoing   []FileIntent
	Acts       []FileAct // of the audit chain, oldest first
	Chain      ChainProof
	Scans      []Scan // pages of the papers
}

// FileLine is one word of a source about the load: one claim of one observation.
type FileLine struct {
	ID        string
	Received  time.Time
	Stated    time.Time  // zero: not told
	Occurred  *time.Time // nil: not told, or no zone makes it an instant
	Expected  *time.Time // of an arrival time told beforehand
	Source    string
	Channel   string
	By        string // the person, for what people did
	Fact      freight.Fact
	Type      string
	Stop      int
	Value     string
	Text      string // as received
	Where     string // row, segment, page
	TakenBack bool
	TakesBack string
}

// FileException is an exception with everything that was done about it.
type FileException struct {
	kpi.Exception
	State   string
	Money   string
	History []FileChange
}

// FileChange is one line of an exception's life.
type FileChange struct {
	At             time.Time
	By             string
	What, Old, New string
}

// FileDocument is a paper on the load.
type FileDocument struct {
	Hash, Name, Type, Kind, State, By, Note, From string
	Pages                                         int
	Received, Decided                             time.Time
}

// FileIntent is what was written to others, or should be.
type FileIntent struct {
	Kind, Target, Text, State, By, SettledBy string
	Created, Settled                         time.Time
}

// FileAct is a line of the audit chain about the load, or a report that its customer was given.
type FileAct struct {
	Seq              int64
	At               time.Time
	Who, Act, Detail string
	Digest           string // hex, of what was written out; "" none
	Before, Hash     string // hex
}

// ChainProof is what checking the whole audit chain found.
type ChainProof struct {
	Lines  int
	Broken int64 // 0: every line holds
	Why    string
}

// zone is that of a stop, else of the first stop that has one; "" is UTC.
func (f *LoadFile) zone(seq int) string {
	first := ""
	for i := range f.Timeline.Stops {
		s := &f.Timeline.Stops[i]
		if s.Seq == seq && s.Zone != "" {
			return s.Zone
		}
		first = cmp.Or(first, s.Zone)
	}
	return first
}

// at is an instant in the zone of a stop.
func (f *LoadFile) at(t time.Time, stop int) Cell {
	if t.IsZero() {
		return Cell{}
	}
	t = t.In(location(f.zone(stop)))
	return calendar{}.when(&t)
}

func (f *LoadFile) asOf() Moment {
	t := f.AsOf.In(location(f.zone(0)))
	return Moment{At: t, Zone: t.Location().String(), Text: t.Format("Mon 2 Jan 2006 15:04 ") + letters(t)}
}

// order puts what has no order of its own into one that does not depend on how it was handed in.
func (f *LoadFile) order() {
	slices.SortFunc(f.Log, func(a, b FileLine) int {
		return firstOf(a.Received.Compare(b.Received), a.Stated.Compare(b.Stated), cmp.Compare(a.ID, b.ID), a.Stop-b.Stop, cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Value, b.Value))
	})
	slices.SortFunc(f.Exceptions, func(a, b FileException) int {
		return firstOf(a.Detected.Compare(b.Detected), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(f.Documents, func(a, b FileDocument) int {
		return firstOf(a.Received.Compare(b.Received), cmp.Compare(a.Hash, b.Hash))
	})
	slices.SortStableFunc(f.Outgoing, func(a, b FileIntent) int { return a.Created.Compare(b.Created) })
}

// sources are how long each kind of source of the load has been silent. A load that is done waits for no word: then nothing is
// stale any more.
func (f *LoadFile) sources() []DailySource {
	newest := map[string]time.Time{}
	for i := range f.Log {
		kind, _, _ := strings.Cut(f.Log[i].Source, "/")
		if kind != string(freight.User) && f.Log[i].Received.After(newest[kind]) {
			newest[kind] = f.Log[i].Received
		}
	}
	var notes []SourceNote
	for kind, at := range newest {
		n := SourceNote{Name: kind, LastNews: at}
		if f.Timeline.State.Done() {
			n.Word = "ok"
		}
		notes = append(notes, n)
	}
	return sourcesAt(notes, f.AsOf, f.zone(0), DayOf(f.AsOf.In(location(f.zone(0)))))
}

// paper is the beginning that packet and dispute share.
func (f *LoadFile) paper(kind, title string) *Paper {
	t := &f.Timeline
	from, to := "?", "?"
	for i := range t.Stops {
		if t.Stops[i].Pickup() && from == "?" {
			from = town(t.Stops[i].Place)
		}
		if t.Stops[i].Delivery() {
			to = town(t.Stops[i].Place)
		}
	}
	p := &Paper{Kind: kind, Title: title, About: "Load " + t.Number, Period: from + " → " + to, AsOf: f.asOf(), Sources: f.sources(), Upright: true}
	p.Days = cmp.Or(t.Customer.Value, "customer not told") + "; " + cmp.Or(t.Carrier.Value, t.SCAC.Value, "no carrier")
	return p
}

// identity is who the load belongs to and by what numbers it goes.
func (f *LoadFile) identity() *List {
	t := &f.Timeline
	l := &List{ID: "load", Title: "The load", Unnumbered: true, Columns: []Column{{Title: "What", Width: 22}, {Title: "Value", Width: 50}, {Title: "Whose word", Width: 28}}}
	say := func(what string, k freight.Known) {
		if k.Value == "" {
			return
		}
		by := ""
		if len(k.Claims) > 0 {
			by = k.Claims[0].Source.String()
		}
		if !k.Agree && len(k.Claims) > 1 {
			by += "; others say otherwise"
		}
		l.Rows = append(l.Rows, Row{Cells: []Cell{faintly(what), words(k.Value), faintly(by)}})
	}
	l.Rows = append(l.Rows, Row{Cells: []Cell{faintly("load number, account"), bold(t.Number + ", " + t.Account), {}}}, Row{Cells: []Cell{faintly("state"), words(stateWords(t.State)), {}}})
	say("customer", t.Customer)
	say("carrier", t.Carrier)
	say("SCAC", t.SCAC)
	say("MC", t.MC)
	say("DOT", t.DOT)
	say("mode", t.Mode)
	for _, m := range []struct {
		name string
		of   map[string]freight.Known
	}{{"", t.Equipment}, {"driver ", t.Driver}} {
		for _, key := range sortedKeys(m.of) {
			say(m.name+strings.ToLower(key), m.of[key])
		}
	}
	say("value, USD", t.ValueUSD)
	refs := slices.Clone(t.Refs)
	slices.SortFunc(refs, func(a, b freight.KnownRef) int {
		return firstOf(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Value, b.Value))
	})
	for _, r := range refs {
		l.Rows = append(l.Rows, Row{Cells: []Cell{faintly("reference " + string(r.Type)), words(r.Value), faintly(r.Source.String())}})
	}
	return l
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// stops is each stop with its plan, what happened, and how on time it was.
func (f *LoadFile) stops() *List {
	l := &List{ID: "stops", Title: "Stops", Columns: []Column{{Title: "Stop", Width: 30}, {Title: "Place", Below: true}, {Title: "Window", Width: 26}, {Title: "First window", Below: true},
		{Title: "Arrived", Width: 19, Form: When}, {Title: "Source of arrival", Below: true}, {Title: "Departed", Width: 19, Form: When}, {Title: "Done", Below: true, Form: When}, {Title: "On time", Width: 20}, {Title: "Against the first window", Below: true}}}
	for i := range f.Timeline.Stops {
		s := &f.Timeline.Stops[i]
		cal := calendar{}
		window, first := "no window", ""
		if w := cal.period(s.Window, s.Zone); w != nil {
			window = w.Text
		}
		if w := cal.period(s.Original, s.Zone); w != nil && !s.Original.IsZero() && (!s.Original.Start.Equal(s.Window.Start) || !Deadline(s.Original).Equal(Deadline(s.Window))) {
			first = "first " + w.Text
		}
		now, was := Judge(&f.Definition, f.Timeline.State, s, s.Window, f.AsOf), Judge(&f.Definition, f.Timeline.State, s, s.Original, f.AsOf)
		said := Cell{Text: now.Text, Value: now.Text, Alarm: now.Outcome == Late || now.Outcome == Early, Faint: now.Outcome == NotCounted}
		other := Cell{}
		if first != "" {
			other = words("first window: " + was.Text)
		}
		by := Cell{}
		if s.Arrived != nil {
			by = words(s.Arrived.Source.String())
			if !s.Arrived.Agree {
				by = alarming(s.Arrived.Source.String() + "; others say otherwise")
			}
		}
		l.Rows = append(l.Rows, Row{Cells: []Cell{bold(stopWords(s.Kind, s.Seq)), words(placeWords(s.Place)), words(window), words(first), f.happened(s, s.Arrived), by, f.happened(s, s.Departed),
			f.happened(s, firstKnown(s.Delivered, s.Unloaded, s.PickedUp, s.Loaded)), said, other}})
	}
	return l
}

func placeWords(p freight.Place) string {
	if p.Address == "" {
		return cmp.Or(p.String(), "place not known")
	}
	return sentence(p.Facility+",", p.Address+",", p.CityState(), p.Postal)
}

func (f *LoadFile) happened(s *freight.StopLine, k *freight.KnownTime) Cell {
	if k == nil {
		return Cell{}
	}
	facts := k.Facts()
	switch {
	case facts.Day != 0:
		c := calendar{}.dated(facts.Day)
		return Cell{Text: c.Text + ", by day", Value: c.Value}
	case facts.NoZone:
		return alarming(k.Claims[0].Written + ", no zone known")
	}
	return f.at(k.At, s.Seq)
}

// appointments is every word on every window, oldest first.
func (f *LoadFile) appointments(stop int) *List {
	l := &List{ID: "appointments", Title: "Appointment history", None: "No window was ever told.", Columns: []Column{{Title: "Learned", Width: 22, Form: When}, {Title: "Stop", Width: 17}, {Title: "Window", Width: 28}, {Title: "Kind", Width: 15}, {Title: "Who said it", Width: 14}, {Title: "Who asked, why", Width: 20}, {Title: "Observation", Aside: true}}}
	type line struct {
		seq int
		at  time.Time
		row Row
	}
	var all []line
	for i := range f.Timeline.Stops {
		s := &f.Timeline.Stops[i]
		if stop != 0 && s.Seq != stop {
			continue
		}
		for k := range s.History {
			w := &s.History[k]
			text := "taken away"
			if p := (calendar{}).period(w.Window, s.Zone); p != nil {
				text = p.Text
			}
			all = append(all, line{s.Seq, w.ReceivedAt, Row{Cells: []Cell{f.at(w.ReceivedAt, s.Seq), words(stopWords(s.Kind, s.Seq)), words(text), words(w.Type), words(w.Source.String()), words(w.Note), words(w.Observation.String())}}})
		}
	}
	slices.SortStableFunc(all, func(a, b line) int { return firstOf(a.at.Compare(b.at), a.seq-b.seq) })
	for _, a := range all {
		l.Rows = append(l.Rows, a.row)
	}
	return l
}

// log is words of sources in the order in which the desk learned them.
func (f *LoadFile) log(id, title string, takes func(*FileLine) bool) *List {
	l := &List{ID: id, Title: title, Columns: []Column{{Title: "Learned", Width: 20, Form: When}, {Title: "Source", Width: 15}, {Title: "Person", Below: true}, {Title: "Channel", Aside: true}, {Title: "What", Width: 15}, {Title: "Stop", Below: true},
		{Title: "Happened", Width: 20, Form: When}, {Title: "Stated", Aside: true, Form: When}, {Title: "Value", Width: 32}, {Title: "As received", Aside: true}, {Title: "Where", Width: 14}, {Title: "Taken back", Below: true}, {Title: "Observation", Aside: true}}}
	for i := range f.Log {
		o := &f.Log[i]
		if !takes(o) {
			continue
		}
		happened, stop, back := Cell{}, "", ""
		if o.Occurred != nil {
			happened = calendar{}.when(o.Occurred)
		}
		if o.Stop != 0 {
			stop = fmt.Sprintf("stop %d", o.Stop)
		}
		if o.TakenBack {
			back = "taken back later"
		}
		if o.TakesBack != "" {
			back = "takes back " + o.TakesBack[:min(8, len(o.TakesBack))]
		}
		value := o.Value
		if value == "" && o.Occurred == nil {
			value = o.Text
		}
		l.Rows = append(l.Rows, Row{Cells: []Cell{f.at(o.Received, o.Stop), words(o.Source), words(o.By), words(o.Channel), words(strings.TrimSpace(string(o.Fact) + " " + o.Type)), words(stop), happened, f.at(o.Stated, o.Stop),
			short(value), short(o.Text), words(o.Where), {Text: back, Value: back, Alarm: back != ""}, words(o.ID)}})
	}
	return l
}

// short keeps a cell from filling a page; the workbook has it whole.
func short(s string) Cell {
	const most = 240
	if r := []rune(s); len(r) > most {
		return Cell{Text: string(r[:most-1]) + "…", Value: s}
	}
	return words(s)
}

// told is who was told or asked what, and when.
func (f *LoadFile) told(id, title string, stop int) *List {
	l := f.log(id, title, func(o *FileLine) bool {
		return (o.Fact == freight.FactContact || o.Fact == freight.FactPromise) && (stop == 0 || o.Stop == 0 || o.Stop == stop)
	})
	l.None = "No call, message or promise is on record."
	return l
}

// papers is every paper with its verdict.
func (f *LoadFile) papers() *List {
	l := &List{ID: "papers", Title: "Papers", None: "No paper is on file.", Columns: []Column{{Title: "Received", Width: 20, Form: When}, {Title: "Paper", Width: 24}, {Title: "File", Below: true}, {Title: "Pages", Width: 9, Form: Number}, {Title: "State", Width: 11}, {Title: "Decided by", Width: 14}, {Title: "Decided", Below: true, Form: When},
		{Title: "Note", Width: 20}, {Title: "SHA-256", Width: 18}}}
	for i := range f.Documents {
		d := &f.Documents[i]
		state := Cell{Text: d.State, Value: d.State, Alarm: d.State == "rejected"}
		l.Rows = append(l.Rows, Row{Cells: []Cell{f.at(d.Received, 0), bold(strings.ToUpper(cmp.Or(d.Kind, "not judged")) + typeWords(d)), words(d.Name), optional(d.Pages), state, words(d.By), f.at(d.Decided, 0), words(d.Note), words(d.Hash)}})
	}
	return l
}

func typeWords(d *FileDocument) string {
	if d.Type == "" || strings.EqualFold(d.Type, d.Kind) {
		return ""
	}
	return " (" + d.Type + ")"
}

// exceptionList is each exception with cause, party, and its life.
func (f *LoadFile) exceptionList(stop int) *List {
	l := &List{ID: "exceptions", Title: "Exceptions", None: "None was found.", Columns: []Column{{Title: "Found", Width: 20, Form: When}, {Title: "Resolved", Below: true, Form: When}, {Title: "Exception", Width: 26}, {Title: "Why", Below: true}, {Title: "Severity", Width: 11}, {Title: "Owner", Below: true},
		{Title: "Cause", Width: 20}, {Title: "Responsible", Below: true}, {Title: "What was done", Width: 32}, {Title: "Correction", Below: true}}}
	for i := range f.Exceptions {
		x := &f.Exceptions[i]
		if stop != 0 && x.Stop != 0 && x.Stop != stop {
			continue
		}
		var done []string
		for _, h := range x.History {
			at := h.At.In(location(f.zone(x.Stop)))
			done = append(done, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", at.Format("2 Jan 15:04"), h.By, h.What, h.New)))
		}
		cause := faintly(noCause)
		if x.Cause != "" {
			cause = words(x.Cause)
		}
		l.Rows = append(l.Rows, Row{Cells: []Cell{f.at(x.Detected, x.Stop), f.at(x.Resolved, x.Stop), bold(cmp.Or(x.Words, x.Kind)), words(x.Why), words(string(x.Severity)), words(cmp.Or(x.Owner, "nobody's")), cause, words(partyWords(x.Party)),
			words(strings.Join(done, "\n")), words(x.Correction)}})
	}
	return l
}
