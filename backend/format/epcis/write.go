package epcis

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// ownPrefix stands before the fields that only this desk writes: the number of the stop, and its place as people write it.
const ownPrefix = "tracedesk:"

// History is what happened to a load.
type History struct {
	Load    string
	Refs    []freight.Reference
	Written time.Time
	Happenings
}

// Happenings are events in their order.
type Happenings []Happening

// Happening is a fact of a stop (arrived, loaded, picked_up, departed, unloaded, delivered), or a position. At is in the zone of its stop.
type Happening struct {
	ID    string // of the observation that tells it; empty for none
	Fact  freight.Fact
	At    time.Time
	Stop  int // 0 for a position
	Place freight.Place
}

// steps are the words of the vocabulary for facts. A pickup has none: it is written as a word of our own.
var steps = map[freight.Fact]string{freight.FactArrived: "arriving", freight.FactDeparted: "departing", freight.FactLoaded: "loading", freight.FactUnloaded: "unloading",
	freight.FactDelivered: "receiving", freight.FactPosition: "transporting", freight.FactPickedUp: "urn:tracedesk:bizstep:picked_up"}

// written is an event as it stands in the document; the order of its fields is that of the standard's examples.
type written struct {
	ID          string        `json:"eventID,omitempty"`
	Type        string        `json:"type"`
	Time        string        `json:"eventTime"`
	Offset      string        `json:"eventTimeZoneOffset"`
	EPCs        []string      `json:"epcList"`
	Action      string        `json:"action"`
	Step        string        `json:"bizStep"`
	Disposition string        `json:"disposition,omitempty"`
	ReadPoint   *writtenID    `json:"readPoint,omitempty"`
	Deals       []writtenDeal `json:"bizTransactionList,omitempty"`
	Stop        int           `json:"tracedesk:stop,omitempty"`
	Place       *writtenPlace `json:"tracedesk:place,omitempty"`
}

type writtenID struct {
	ID string `json:"id"`
}

type writtenDeal struct {
	Type string `json:"type"`
	ID   string `json:"bizTransaction"`
}

type writtenPlace struct {
	Facility string `json:"facility,omitempty"`
	Address  string `json:"address,omitempty"`
	City     string `json:"city,omitempty"`
	State    string `json:"state,omitempty"`
	Postal   string `json:"postal,omitempty"`
	Country  string `json:"country,omitempty"`
}

// Write writes a load's history as an EPCIS 2.0 document in JSON-LD, an event a line. What stands in the vocabulary is written with its
// words; the stop's number and its place as people write it are extensions of this desk.
func Write(w io.Writer, h History) error {
	if h.Load == "" {
		return errors.New("a history needs the number of its load")
	}
	if len(h.Happenings) == 0 {
		return errors.New("nothing has happened to load " + h.Load + " yet that an EPCIS event could say")
	}
	head, err := json.Marshal(h.Written.UTC().Format(time.RFC3339))
	if err != nil {
		return err
	}
	var page bytes.Buffer
	page.WriteString("{\n  \"@context\": [\"https://ref.gs1.org/standards/epcis/epcis-context.jsonld\", {\"tracedesk\": \"urn:tracedesk:epcis:\"}],\n" +
		"  \"type\": \"EPCISDocument\",\n  \"schemaVersion\": \"2.0\",\n  \"creationDate\": " + string(head) + ",\n  \"epcisBody\": {\"eventList\": [")
	for i := range h.Happenings {
		e, err := h.event(&h.Happenings[i])
		if err != nil {
			return err
		}
		line, err := plainJSON(e)
		if err != nil {
			return err
		}
		if i > 0 {
			page.WriteByte(',')
		}
		page.WriteString("\n    ")
		page.Write(line)
	}
	page.WriteString("\n  ]}\n}\n")
	_, err = w.Write(page.Bytes())
	return err
}

func (h *History) event(x *Happening) (*written, error) {
	step := steps[x.Fact]
	if step == "" || x.At.IsZero() {
		return nil, fmt.Errorf("%q at %s is nothing that an EPCIS event says", x.Fact, x.At)
	}
	e := &written{Type: "ObjectEvent", Time: x.At.Format(time.RFC3339), Offset: x.At.Format("-07:00"), EPCs: []string{"urn:tracedesk:load:" + escaped(h.Load)}, Action: "OBSERVE", Step: step, Stop: x.Stop}
	if x.ID != "" {
		e.ID = "urn:tracedesk:observation:" + x.ID
	}
	e.Disposition = "in_transit"
	if x.Fact == freight.FactDelivered || x.Fact == freight.FactUnloaded {
		e.Disposition = "in_progress"
	}
	p := x.Place
	if p.HasPoint() {
		e.ReadPoint = &writtenID{fmt.Sprintf("geo:%s,%s", degrees(p.Lat), degrees(p.Lon))}
	} else if x.Stop > 0 {
		e.ReadPoint = &writtenID{fmt.Sprintf("urn:tracedesk:stop:%d", x.Stop)}
	}
	if named := (writtenPlace{p.Facility, p.Address, p.City, p.State, p.Postal, p.Country}); named != (writtenPlace{}) {
		e.Place = &named
	}
	e.Deals = []writtenDeal{{"urn:tracedesk:btt:load", "urn:tracedesk:bt:" + escaped(h.Load)}}
	for _, ref := range h.Refs {
		if kind := deals[ref.Type]; kind != "" {
			e.Deals = append(e.Deals, writtenDeal{kind, "urn:tracedesk:bt:" + escaped(ref.Value)})
		}
	}
	return e, nil
}

// deals are the kinds of business documents for the numbers of a load.
var deals = map[freight.RefType]string{freight.RefBOL: "bol", freight.RefPO: "po", freight.RefPRO: "urn:tracedesk:btt:pro", freight.RefBooking: "urn:tracedesk:btt:booking", freight.RefOrder: "urn:tracedesk:btt:order"}

// degrees is a coordinate with six digits behind the point: a tenth of a metre.
func degrees(v float64) string {
	s := strings.TrimRight(fmt.Sprintf("%.6f", v), "0")
	return strings.TrimSuffix(s, ".")
}

const kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

// escaped is a number as a part of a URI.
func escaped(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte(kept, s[i]) >= 0 {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, "%%%02X", s[i])
		}
	}
	return b.String()
}

// plainJSON is a value in one line, its characters as they are: & is no HTML here.
func plainJSON(v any) ([]byte, error) {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimRight(line.Bytes(), "\n"), err
}
