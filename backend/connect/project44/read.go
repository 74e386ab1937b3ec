package project44

import (
	"fmt"
	"iter"
	"strconv"
	"strings"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/codes"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// Read draws observations from a tracking history (asked for or pushed), a truckload status, a list of papers, or an event
// pushed by a carrier. Which of them it is, is told by what stands in it.
func (c *Connector) Read(body connect.Body) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		if strings.HasPrefix(body.About, connect.AboutPaper) {
			return // a paper itself: it is looked at elsewhere
		}
		r := &reader{Records: wire.NewRecords(c.source, yield), codes: c.config.codes, positionNames: c.config.positions}
		if about, id, asked := strings.Cut(body.About, "/"); asked && (about == "history" || about == "status" || about == "documents") {
			r.about = id
		}
		r.body(wire.Whole(body.Bytes), "")
	}
}

// reader makes records of one body.
type reader struct {
	wire.Records
	codes         *codes.Book
	positionNames []string
	about         string         // the id that was asked for, where the body does not name it
	stops         map[string]int // its stops' numbers by project44's ids
	cut           bool           // the body breaks off
}

// parts are the fields of a body that the desk reads.
type parts struct {
	shipment, events, states, positions, troubles wire.Piece // history
	latest, updates, stopStatuses, messages       wire.Piece // status
	papers                                        wire.Piece
	identifiers, files, eventType                 wire.Piece
	has                                           bool
}

func (s *parts) of(name string) *wire.Piece {
	switch name {
	case "shipment":
		return &s.shipment
	case "events":
		return &s.events
	case "states":
		return &s.states
	case "positions":
		return &s.positions
	case "exceptions":
		return &s.troubles
	case "latestStatusUpdate":
		return &s.latest
	case "statusUpdates":
		return &s.updates
	case "latestStopStatuses":
		return &s.stopStatuses
	case "infoMessages":
		return &s.messages
	case "documents", "results", "items", "content":
		return &s.papers
	case "identifiers":
		return &s.identifiers
	case "files":
		return &s.files
	case "eventType":
		return &s.eventType
	}
	return nil
}

// body reads one answer; a list of answers one by one.
func (r *reader) body(p wire.Piece, where string) {
	if p.IsList() {
		r.items(p, where, func(p wire.Piece, where string) { r.body(p, where) })
		return
	}
	var s parts
	cut := wire.Fields(p, func(name string, v wire.Piece) bool {
		if field := s.of(name); field != nil && !v.IsNull() {
			*field, s.has = v, true
		}
		return true
	})
	r.cut = cut != nil
	switch {
	case len(s.latest.Bytes)+len(s.stopStatuses.Bytes)+len(s.updates.Bytes) > 0:
		r.status(&s)
	case len(s.papers.Bytes) > 0:
		r.items(s.papers, "documents", r.paper)
	case len(s.files.Bytes) > 0:
		r.paper(p, where)
	case len(s.eventType.Bytes) > 0:
		r.carrierEvent(p, where)
	case s.has:
		r.history(&s, p)
	case cut == nil:
		r.Fault(p, where, "this is no tracking history, no truckload status and no list of papers of project44")
	}
	if cut != nil {
		r.Fault(wire.Piece{Bytes: tail(p.Bytes), Offset: p.Offset + int64(len(p.Bytes)-len(tail(p.Bytes)))}, where,
			"the body breaks off or is no JSON ("+cut.Error()+"); what stands before that was read. Ask again")
	}
	r.Send()
}

// tail is the end of what could not be read whole: enough to see where it broke off.
func tail(b []byte) []byte { return b[max(0, len(b)-2000):] }

// items reads the items of a list one by one; what follows a break is left to the fault that names it.
func (r *reader) items(p wire.Piece, list string, each func(p wire.Piece, where string)) {
	if p.IsNull() {
		return
	}
	if !p.IsList() {
		r.Fault(p, list, list+" should be a list; it is kept as it came")
		r.Send()
		return
	}
	// A list that breaks off was already named by the object around it.
	_ = wire.Items(p, func(i int, v wire.Piece) bool {
		each(v, list+"["+strconv.Itoa(i)+"]")
		r.Send()
		return !r.Stopped()
	})
}

// into decodes a piece; what cannot be decoded is a fault.
func (r *reader) into(p wire.Piece, where string, v any) bool {
	if err := p.Into(v); err != nil {
		r.Fault(p, where, fmt.Sprintf("cannot be read (%v); it is kept as it came", err))
		return false
	}
	return true
}

// when reads a time; what is none is a fault, and the rest of its piece is read without it.
func (r *reader) when(p wire.Piece, where, field string, written wire.Text) freight.When {
	w, err := wire.When(written.String())
	if err != nil {
		where += "." + field
	}
	return r.When(p, where, w, err)
}

// stop is the stop that a message names by project44's id, by its number, or by both.
func (r *reader) stop(id wire.Text, number wire.Number) freight.Subject {
	seq := 0
	if number.Given && number.Value >= 1 && number.Value < 1000 {
		seq = int(number.Value)
	}
	if seq == 0 {
		seq = r.stops[id.String()]
	}
	if id == "" && seq == 0 {
		return freight.Subject{}
	}
	return freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Seq: seq, ID: id.String()}}
}

// name sets the numbers by which the body calls the load: the master id first, so that all that is told of a shipment goes by it.
func (r *reader) name(s *shipment, i ids) {
	r.Names, r.stops = nil, nil
	for _, id := range []string{i.master, i.truckload} {
		if id != "" {
			r.Names = append(r.Names, freight.Reference{Type: freight.RefP44, Value: id})
		}
	}
	for _, list := range []wire.List[identifier]{s.Identifiers, s.Numbers} {
		for _, id := range list {
			if t, known := r.codes.Find("reference", id.Type.String()).RefersTo(); known && id.Value != "" {
				r.Names = append(r.Names, freight.Reference{Type: t, Value: id.Value.String()})
			}
		}
	}
	if len(r.Names) == 0 && r.about != "" {
		r.Names = []freight.Reference{{Type: freight.RefP44, Value: r.about}}
	}
}

// place is a place as project44 writes it.
func placeOfLocation(l *location) freight.Place {
	var p freight.Place
	if l == nil {
		return p
	}
	p.Facility = l.Name.String()
	if l.Contact != nil && l.Contact.Company != "" {
		p.Facility = l.Contact.Company.String()
	}
	addTo(&p, l.Address)
	for _, c := range []*coordinates{l.Coordinates, l.Geo} {
		if c != nil && !p.HasPoint() {
			p.Lat, p.Lon, _ = wire.Point(c.Latitude, c.Longitude)
		}
	}
	return p
}

func addTo(p *freight.Place, a *address) {
	if a == nil {
		return
	}
	p.City, p.State, p.Postal, p.Country = a.City.String(), a.State.String(), a.Postal.String(), a.Country.String()
	lines := make([]string, 0, len(a.Lines))
	for _, l := range a.Lines {
		lines = append(lines, l.String())
	}
	p.Address = strings.Join(lines, ", ")
}
