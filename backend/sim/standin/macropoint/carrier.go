package macropoint

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"time"

	"tracedesk/backend/sim/standin"
)

// partner is who sent something and for whom.
type partner struct {
	Sender struct {
		Load string `xml:"LoadID"`
	} `xml:"Sender"`
	Requestor struct {
		MPID string `xml:"MPID"`
		Load string `xml:"LoadID"`
	} `xml:"Requestor"`
}

func (p *partner) wrong() string {
	if p.Requestor.MPID == "" || p.Requestor.Load == "" && p.Sender.Load == "" {
		return "Requestor MPID and a LoadID are required"
	}
	return ""
}

func (s *Server) of(p *partner) string {
	for _, n := range []string{p.Requestor.Load, p.Sender.Load} {
		if l := s.names[strings.ToUpper(n)]; l != nil {
			return l.Number
		}
	}
	return ""
}

// location takes a carrier's position.
func (s *Server) location(w http.ResponseWriter, body []byte, e *standin.Entry) {
	var b struct {
		XMLName xml.Name
		partner
		Location struct {
			Lat     string `xml:"Coordinates>Latitude"`
			Lon     string `xml:"Coordinates>Longitude"`
			Address *struct {
				City string `xml:"City"`
			} `xml:"Address"`
			At string `xml:"CreatedDateTime"`
		} `xml:"Location"`
	}
	if !s.readPush(w, body, &b, &b.XMLName, "TMSLocationData") {
		return
	}
	if wrong := b.partner.wrong(); wrong != "" || !instant(b.Location.At) || b.Location.Address == nil && (b.Location.Lat == "" || b.Location.Lon == "") {
		s.fail(w, http.StatusBadRequest, s.cfg.InvalidCode, strings.TrimSpace(wrong+" Location needs coordinates or an address, and CreatedDateTime"))
		return
	}
	s.keep(e, "location", s.of(&b.partner), fmt.Sprintf("location %s at %s", b.Requestor.Load, b.Location.At), body)
	w.WriteHeader(http.StatusCreated)
}

// stopEvent takes a carrier's arrival or departure.
func (s *Server) stopEvent(w http.ResponseWriter, body []byte, e *standin.Entry) {
	var b struct {
		XMLName xml.Name
		partner
		Stop struct {
			Type     string `xml:"StopType"`
			Sequence string `xml:"SequenceNumber"`
			ID       string `xml:"StopID"`
		} `xml:"Stop"`
		Event struct {
			Name string `xml:"Name"`
			At   string `xml:"CompletedDateTime"`
		} `xml:"Event"`
	}
	if !s.readPush(w, body, &b, &b.XMLName, "TMSStopEventData") {
		return
	}
	if wrong := b.partner.wrong(); wrong != "" || b.Event.Name == "" || !instant(b.Event.At) {
		s.fail(w, http.StatusBadRequest, s.cfg.InvalidCode, strings.TrimSpace(wrong+" Event needs Name and CompletedDateTime"))
		return
	}
	s.keep(e, "stopEvent", s.of(&b.partner), fmt.Sprintf("stopEvent %s stop %s%s %s at %s", b.Requestor.Load, b.Stop.Sequence, b.Stop.ID, b.Event.Name, b.Event.At), body)
	w.WriteHeader(http.StatusCreated)
}

// assign takes which phone, truck or trailer a load is tracked by.
func (s *Server) assign(w http.ResponseWriter, body []byte, e *standin.Entry) {
	var b struct {
		XMLName xml.Name
		partner
		Number struct {
			Type  string `xml:"Type,attr"`
			Value string `xml:",chardata"`
		}
	}
	if !s.readPush(w, body, &b, &b.XMLName, "TrackingNumberData") {
		return
	}
	if b.Number.Type == "" || strings.TrimSpace(b.Number.Value) == "" {
		s.fail(w, http.StatusBadRequest, s.cfg.InvalidCode, "Number with a Type is required")
		return
	}
	s.keep(e, "assign", s.of(&b.partner), fmt.Sprintf("assign %s %s %s", b.Requestor.Load, b.Number.Type, strings.TrimSpace(b.Number.Value)), body)
	w.WriteHeader(http.StatusCreated)
}

// readPush reads a body of a root, or answers 400.
func (s *Server) readPush(w http.ResponseWriter, body []byte, into any, name *xml.Name, root string) bool {
	if err := xml.Unmarshal(body, into); err != nil || name.Local != root || name.Space != namespace {
		s.fail(w, http.StatusBadRequest, s.cfg.InvalidCode, "The body must be "+root+" in the namespace "+namespace)
		return false
	}
	return true
}

// instant reports whether a text is a time with its zone.
func instant(s string) bool {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z", "2006-01-02T15:04-07:00"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}
