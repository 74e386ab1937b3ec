package macropoint

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
)

// order is what createorder is sent. The namespace is that of every request.
type order struct {
	XMLName       xml.Name       `xml:"http://macropoint-lite.com/xml/1.0 Order"`
	Number        trackedNumber  `xml:"Number"`
	Start         string         `xml:"TrackStartDateTime"` // 2006-01-02 15:04 ET
	Notifications []notification `xml:"Notifications>Notification"`
	Stops         []orderStop    `xml:"TripSheet>Stops>Stop"`
}

type trackedNumber struct {
	Type string `xml:"Type,attr"`
	Text string `xml:",chardata"`
}

type notification struct {
	PartnerMPID string `xml:"PartnerMPID"`
	IDNumber    string `xml:"IDNumber"`
	Hours       int    `xml:"TrackDurationInHours"`
	Minutes     int    `xml:"TrackIntervalInMinutes"`
}

type orderStop struct {
	StopID   string  `xml:"StopID"`
	Name     string  `xml:"Name"`
	StopType string  `xml:"StopType"` // Pickup, DropOff
	Address  address `xml:"Address"`
	Start    string  `xml:"StartDateTime,omitempty"` // 2006-01-02T15:04Z
	End      string  `xml:"EndDateTime,omitempty"`
}

type address struct {
	Line1       string `xml:"Line1"`
	Line2       string `xml:"Line2"`
	City        string `xml:"City"`
	State       string `xml:"StateOrProvince"`
	Postal      string `xml:"PostalCode"`
	CountryCode string `xml:"CountryCode,omitempty"` // of a carrier's stop event
}

const (
	startLayout = "2006-01-02 15:04"
	stopLayout  = "2006-01-02T15:04Z"
)

// order is a load as MacroPoint is to track it.
func (c *Connector) order(l *connect.Tracked) (*order, error) {
	id, err := idOf(l)
	if err != nil {
		return nil, err
	}
	number, err := c.tracked(l)
	if err != nil {
		return nil, err
	}
	if len(l.Line.Stops) < 2 {
		return nil, fmt.Errorf("%w: load %s has not two stops yet", connect.ErrLacks, l.Number)
	}
	from, until := c.span(l)
	o := &order{Number: number, Start: from.In(c.config.zone).Format(startLayout) + " " + c.config.zoneWord}
	o.Notifications = []notification{{PartnerMPID: c.config.mpid, IDNumber: id, Hours: max(1, int(math.Ceil(until.Sub(from).Hours()))), Minutes: max(1, int(c.config.every.Minutes()))}}
	for i := range l.Line.Stops {
		if s := &l.Line.Stops[i]; s.Pickup() || s.Delivery() {
			o.Stops = append(o.Stops, stopOf(s))
		}
	}
	return o, nil
}

// tracked is the number whose phone or device is tracked. A load without one waits: carriers name the driver late.
func (c *Connector) tracked(l *connect.Tracked) (trackedNumber, error) {
	if c.config.number == "VehicleID" {
		if truck := l.Line.Equipment["TRUCK"].Value; truck != "" {
			return trackedNumber{c.config.number, truck}, nil
		}
		return trackedNumber{}, fmt.Errorf("%w: load %s has no truck number yet, by which MacroPoint tracks it", connect.ErrLacks, l.Number)
	}
	said := l.Line.Driver["PHONE"].Value
	if said == "" {
		return trackedNumber{}, fmt.Errorf("%w: load %s has no driver's phone yet, which MacroPoint tracks", connect.ErrLacks, l.Number)
	}
	digits, ok := phoneOf(said)
	if !ok {
		return trackedNumber{}, fmt.Errorf("%w: %q is no phone number with its area code; correct the driver's phone of load %s", connect.ErrRefused, said, l.Number)
	}
	return trackedNumber{c.config.number, digits}, nil
}

// span is from when to when a load is tracked: around its appointments, never from the past.
func (c *Connector) span(l *connect.Tracked) (from, until time.Time) {
	for i := range l.Line.Stops {
		w := l.Line.Stops[i].Window
		if w.Start.IsZero() {
			continue
		}
		if from.IsZero() || w.Start.Before(from) {
			from = w.Start
		}
		if end := later(w.Start, w.End); end.After(until) {
			until = end
		}
	}
	now := c.account.Now()
	if from = from.Add(-c.config.lead); from.Before(now) {
		from = now
	}
	return from, later(until, from).Add(c.config.after)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func stopOf(s *freight.StopLine) orderStop {
	out := orderStop{StopID: stopPrefix + strconv.Itoa(s.Seq), Name: nameOf(s), StopType: "DropOff", Address: addressOf(s.Place)}
	if !s.Delivery() {
		out.StopType = "Pickup"
	}
	out.Start, out.End = windowOf(s)
	return out
}

func nameOf(s *freight.StopLine) string {
	if s.Place.Facility != "" {
		return s.Place.Facility
	}
	return s.Place.CityState()
}

func addressOf(p freight.Place) address {
	return address{Line1: p.Address, City: p.City, State: p.State, Postal: p.Postal}
}

func windowOf(s *freight.StopLine) (start, end string) {
	if s.Window.Start.IsZero() {
		return "", ""
	}
	return s.Window.Start.UTC().Format(stopLayout), later(s.Window.Start, s.Window.End).UTC().Format(stopLayout)
}

// create orders the tracking of a load.
func (c *Connector) create(ctx context.Context, l *connect.Tracked) (connect.Receipt, error) {
	a, err := c.sendOrder(ctx, "orders/createorder", l)
	if err != nil {
		return connect.Receipt{}, err
	}
	if a.order == "" {
		return connect.Receipt{}, fmt.Errorf("MacroPoint answered without an OrderID: %w", io.ErrUnexpectedEOF)
	}
	return connect.Receipt{Remote: a.order, Says: "tracking ordered, order " + a.order}, nil
}

// sendOrder posts a load's order to a path.
func (c *Connector) sendOrder(ctx context.Context, path string, l *connect.Tracked) (answer, error) {
	o, err := c.order(l)
	if err != nil {
		return answer{}, err
	}
	body, err := document(o)
	if err != nil {
		return answer{}, err
	}
	return c.post(ctx, path, body)
}

func document(v any) ([]byte, error) {
	body, err := xml.Marshal(v)
	return append([]byte(xml.Header), body...), err
}
