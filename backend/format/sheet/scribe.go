package sheet

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// Options are what the reader is told from outside.
type Options struct {
	TMSAccount string    // the account of the TMS; empty: freight.DefaultTMS
	Account    string    // of any other source whose rows do not name one
	ReceivedAt time.Time // when the file was received: supplies a year left out, and settles 03/04 when all else fails
	// TakeReceived makes an events sheet's received column the observation's receive time (replay, restoring our own export).
	TakeReceived bool
	Channel      freight.Channel  // empty: file
	Resolver     freight.Resolver // finds the zone of the places for times of the row itself (updated_at); may be nil
	Zone         string           // IANA zone for those times when the place does not give one; may be empty
}

func (o Options) tms() freight.Source {
	if o.TMSAccount == "" {
		return freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}
	}
	return freight.Source{Kind: freight.TMS, Account: o.TMSAccount}
}

func (o Options) channel() freight.Channel {
	if o.Channel == "" {
		return freight.ByFile
	}
	return o.Channel
}

// instant resolves a time of the row as such (not of a stop): the fold never sees it, so it is settled here or not at all.
func (o Options) instant(w freight.When, place freight.Place) (time.Time, bool) {
	zone := ""
	switch w.Basis {
	case freight.Instant:
		return time.Unix(w.Sec, 0).UTC(), true
	case freight.InZone:
		zone = w.Zone
	case freight.Local:
		zone = place.Zone
		if zone == "" && o.Resolver != nil && !place.IsZero() {
			zone, _ = o.Resolver.Zone(place)
		}
		if zone == "" {
			zone = o.Zone
		}
	}
	if zone == "" {
		return time.Time{}, false
	}
	loc, err := freight.Location(zone)
	if err != nil {
		return time.Time{}, false
	}
	c := w.Wall()
	return time.Date(c.Year(), c.Month(), c.Day(), c.Hour(), c.Minute(), c.Second(), 0, loc).UTC(), true
}

// scribe writes one row after another into claims. Its slices are cut from larger pieces, so that a file of a hundred
// thousand rows does not cost a million small allocations; what was handed out is never touched again.
type scribe struct {
	opt      Options
	header   []string
	rules    map[int]dateRules // by column
	decimal  bool              // decimals are written with a comma
	row      *row
	claims   []freight.Claim
	begun    int
	observed []freight.Observation
	faults   []freight.Fault
	source   freight.Source
}

func newScribe(b *Book, opt Options) *scribe {
	return &scribe{opt: opt, header: b.Header, rules: map[int]dateRules{}, source: opt.tms()}
}

// begin starts a row.
func (s *scribe) begin(r *row) {
	s.row, s.faults = r, nil
	room := 96 + len(r.cells)
	if cap(s.claims)-len(s.claims) < room {
		s.claims = make([]freight.Claim, 0, max(512, room))
	}
	s.begun = len(s.claims)
	if r.fault != "" {
		s.fault("", r.fault)
	}
}

// say adds a claim to the row's observation.
func (s *scribe) say(c freight.Claim) { s.claims = append(s.claims, c) }

// claim adds a claim to be filled in where it stands: a claim is large, and most of a reader's time would go into copying it.
func (s *scribe) claim(subject freight.Subject, fact freight.Fact) *freight.Claim {
	n := len(s.claims)
	if n == cap(s.claims) {
		s.claims = append(s.claims, freight.Claim{})
	}
	s.claims = s.claims[:n+1]
	c := &s.claims[n]
	c.Subject.Kind, c.Subject.Stop.Seq = subject.Kind, subject.Stop.Seq
	if subject.Key != "" || subject.Stop.Side != "" || subject.Stop.ID != "" || !subject.Stop.Place.IsZero() {
		c.Subject = subject
	}
	c.Fact = fact
	return c
}

// taken is the claims said since begin or the last taken.
func (s *scribe) taken() []freight.Claim {
	claims := s.claims[s.begun:len(s.claims):len(s.claims)]
	s.begun = len(s.claims)
	return claims
}

// silent reports whether the row has said nothing but its number; that is a fault, unless another one already says why.
func (s *scribe) silent() bool {
	if len(s.claims) > s.begun {
		return false
	}
	if len(s.faults) == 0 {
		s.fault("", "The row has a number but says nothing.")
	}
	return true
}

// observation is the row's envelope with the claims said since begin.
func (s *scribe) observation(source freight.Source) *freight.Observation {
	if len(s.observed) == cap(s.observed) {
		s.observed = make([]freight.Observation, 0, 64)
	}
	s.observed = append(s.observed, freight.Observation{
		Source: source, Channel: s.opt.channel(), Raw: freight.Raw{Where: s.where(), Offset: s.row.offset, Length: s.row.length},
		Text: s.row.text, Claims: s.taken(),
	})
	return &s.observed[len(s.observed)-1]
}

// record closes the row; from counts the observations made for it.
func (s *scribe) record(observations int) freight.Record {
	n := len(s.observed)
	return freight.Record{N: s.row.n, Observations: s.observed[n-observations : n : n], Faults: s.faults}
}

func (s *scribe) where() string { return "row " + strconv.Itoa(s.row.n) }

// fault puts the row in quarantine for one column (or as a whole when column is empty); what could be read of it stays read.
func (s *scribe) fault(column, reason string) {
	where := s.where()
	if column != "" {
		where += ", column " + column
	}
	s.faults = append(s.faults, freight.Fault{Where: where, Offset: s.row.offset, Reason: reason, Raw: []byte(s.row.text), Source: s.source})
}

// cell is a value that says something; a written nothing is empty, and kept as a note when it is in words.
func (s *scribe) cell(column int, subject freight.Subject) string {
	v := s.row.cell(column)
	if v == "" {
		return ""
	}
	nothing, words := isNothing(v)
	if !nothing {
		return v
	}
	if words {
		s.note(column, subject)
	}
	return ""
}

// figure is a cell of a time or a number; words that stand for nothing are kept as a note.
func (s *scribe) figure(column int, subject freight.Subject) string {
	if v := s.row.cell(column); isIdle(v) {
		if nothing, words := isNothing(v); !nothing || words {
			s.note(column, subject)
		}
		return ""
	}
	return s.cell(column, subject)
}

// word is a cell of a column of words, such as a status: Pending is one.
func (s *scribe) word(column int) string {
	v := s.row.cell(column)
	if nothings[strings.ToLower(v)] {
		return ""
	}
	return v
}

// note keeps a cell that has no word of ours under its column's name.
func (s *scribe) note(column int, subject freight.Subject) {
	c := s.claim(subject, freight.FactOther)
	c.Value.Type, c.Value.Text = s.header[column], s.row.cell(column)
}

// when reads a time cell; what is no time becomes a fault.
func (s *scribe) when(column int, subject freight.Subject) freight.When {
	v := s.row.cell(column)
	if v == "" {
		return freight.When{}
	}
	rules := s.rules[column]
	w, err := parseWhen(v, rules)
	if err == nil {
		return w
	}
	if s.figure(column, subject) == "" {
		return freight.When{}
	}
	s.fault(s.header[column], fmt.Sprintf("%v; the rest of the row was read", err))
	return freight.When{}
}

// number reads a numeric cell; what is no number becomes a fault.
func (s *scribe) number(column int, subject freight.Subject) (n float64, ok bool) {
	v := s.figure(column, subject)
	if v == "" {
		return 0, false
	}
	n, err := parseNumber(v, s.decimal)
	if err != nil {
		s.fault(s.header[column], fmt.Sprintf("%v; the rest of the row was read", err))
		return 0, false
	}
	return n, true
}

// text says a cell as a fact in words.
func (s *scribe) text(subject freight.Subject, fact freight.Fact, kind string, column int) {
	v := ""
	if fact == freight.FactStatus {
		v = s.word(column)
	} else {
		v = s.cell(column, subject)
	}
	if v != "" {
		c := s.claim(subject, fact)
		c.Value.Type, c.Value.Text = kind, v
	}
}

// amount says a cell as a number.
func (s *scribe) amount(subject freight.Subject, fact freight.Fact, unit string, column int) {
	if n, ok := s.number(column, subject); ok {
		c := s.claim(subject, fact)
		c.Value.Num, c.Value.Has, c.Value.Unit = n, 1, unit
	}
}

// actual says a cell as something that happened.
func (s *scribe) actual(subject freight.Subject, fact freight.Fact, column int) {
	if w := s.when(column, subject); !w.IsZero() {
		s.claim(subject, fact).At = w
	}
}
