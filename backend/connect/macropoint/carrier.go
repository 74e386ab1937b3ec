package macropoint

import (
	"context"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/codes"
	"tracedesk/backend/freight"
)

// locationData is a carrier's word on where its truck is.
type locationData struct {
	XMLName   xml.Name  `xml:"http://macropoint-lite.com/xml/1.0 TMSLocationData"`
	Sender    sender    `xml:"Sender"`
	Requestor requestor `xml:"Requestor"`
	Access    []string  `xml:"AllowAccessFrom>MPID"`
	Location  located   `xml:"Location"`
}

type sender struct {
	LoadID    string `xml:"LoadID"`
	VehicleID string `xml:"VehicleID,omitempty"`
}

type requestor struct {
	MPID   string `xml:"MPID"`
	LoadID string `xml:"LoadID"`
}

type located struct {
	Coordinates *point   `xml:"Coordinates,omitempty"`
	Address     *address `xml:"Address,omitempty"`
	Created     string   `xml:"CreatedDateTime"` // 2006-01-02T15:04:05Z
}

type point struct {
	Latitude  string `xml:"Latitude"`
	Longitude string `xml:"Longitude"`
}

// stopEventData is a carrier's word on what happened at a stop.
type stopEventData struct {
	XMLName   xml.Name  `xml:"http://macropoint-lite.com/xml/1.0 TMSStopEventData"`
	Sender    sender    `xml:"Sender"`
	Requestor requestor `xml:"Requestor"`
	Stop      eventStop `xml:"Stop"`
	Event     happened  `xml:"Event"`
}

type eventStop struct {
	Name     string  `xml:"Name"`
	StopType string  `xml:"StopType"` // PickUp, DropOff
	Address  address `xml:"Address"`
	Start    string  `xml:"StartDateTime,omitempty"`
	End      string  `xml:"EndDateTime,omitempty"`
	Sequence int     `xml:"SequenceNumber"`
	StopID   string  `xml:"StopID"`
}

type happened struct {
	Name      string `xml:"Name"`
	Completed string `xml:"CompletedDateTime"` // 2006-01-02T15:04:05Z
}

// parties are who tells and who asked: our load number, the customer's MPID and the number by which they know the load.
func (c *Connector) parties(l *connect.Tracked) (sender, requestor, error) {
	if l.BillTo == "" {
		return sender{}, requestor{}, fmt.Errorf("%w: the MPID of %s is not known; write it behind a colon in customers: %s=ORDER:MPID", connect.ErrRefused, l.Customer, l.Customer)
	}
	id, err := idOf(l)
	return sender{LoadID: l.Number, VehicleID: l.Line.Equipment["TRUCK"].Value}, requestor{MPID: l.BillTo, LoadID: id}, err
}

// tellPlace tells a customer's MacroPoint where the truck is.
func (c *Connector) tellPlace(ctx context.Context, e *connect.Errand) (connect.Receipt, error) {
	from, to, err := c.parties(&e.Load)
	if err != nil {
		return connect.Receipt{}, err
	}
	from.VehicleID = ""
	data := locationData{Sender: from, Requestor: to, Access: []string{to.MPID}, Location: located{Created: e.Says.At.UTC().Format(time.RFC3339)}}
	switch p := e.Says.Place; {
	case e.Says.At.IsZero():
		return connect.Receipt{}, fmt.Errorf("%w: the position has no time", connect.ErrRefused)
	case p.HasPoint():
		data.Location.Coordinates = &point{degrees(p.Lat), degrees(p.Lon)}
	case p.City != "" || p.Postal != "":
		a := addressOf(p)
		data.Location.Address = &a
	default:
		return connect.Receipt{}, fmt.Errorf("%w: the position has neither a point nor a city", connect.ErrRefused)
	}
	return c.tell(ctx, c.config.locationPath, data, "position told to "+to.MPID)
}

// degrees have six decimals: a hand's breadth.
func degrees(v float64) string { return strconv.FormatFloat(v, 'f', 6, 64) }

// eventWords are the meanings by which the codes' table says how an event is called there.
var eventWords = map[freight.Fact]string{freight.FactArrived: codes.AtStop, freight.FactDeparted: codes.Departed}

// tellEvent tells a customer's MacroPoint what happened at a stop: arrivals and departures, which are all it knows.
func (c *Connector) tellEvent(ctx context.Context, e *connect.Errand) (connect.Receipt, error) {
	word, known := eventWords[e.Says.Fact]
	name := c.config.book.CodeFor("event", word)
	if !known || name == "" {
		return connect.Receipt{}, fmt.Errorf("%w: MacroPoint is told arrivals and departures only, not %s", connect.ErrWordless, strings.ReplaceAll(string(e.Says.Fact), "_", " "))
	}
	if e.Says.At.IsZero() {
		return connect.Receipt{}, fmt.Errorf("%w: the event has no time", connect.ErrRefused)
	}
	i := slices.IndexFunc(e.Load.Line.Stops, func(s freight.StopLine) bool { return s.Seq == e.Says.Stop })
	if i < 0 {
		return connect.Receipt{}, fmt.Errorf("%w: load %s has no stop %d", connect.ErrRefused, e.Load.Number, e.Says.Stop)
	}
	from, to, err := c.parties(&e.Load)
	if err != nil {
		return connect.Receipt{}, err
	}
	data := stopEventData{Sender: from, Requestor: to, Stop: c.eventStop(&e.Load.Line.Stops[i]), Event: happened{name, e.Says.At.UTC().Format(time.RFC3339)}}
	return c.tell(ctx, c.config.eventPath, data, strings.ToLower(name)+" told to "+to.MPID)
}

func (c *Connector) eventStop(s *freight.StopLine) eventStop {
	out := eventStop{Name: nameOf(s), StopType: c.config.delivery, Address: addressOf(s.Place), Sequence: s.Seq, StopID: stopPrefix + strconv.Itoa(s.Seq)}
	out.Address.CountryCode = s.Place.Country
	if !s.Delivery() {
		out.StopType = c.config.pickup
	}
	out.Start, out.End = windowOf(s)
	return out
}

func (c *Connector) tell(ctx context.Context, path string, data any, says string) (connect.Receipt, error) {
	body, err := document(data)
	if err != nil {
		return connect.Receipt{}, err
	}
	_, err = c.post(ctx, path, body)
	return connect.Receipt{Says: says}, err
}
