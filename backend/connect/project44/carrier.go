package project44

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// The carrier's side: a desk that dispatches trucks reports to its customer's project44
// (developers.project44.com/guides/carriers/visibility/ftl; path and body as public integrations use them).

const reportPath = "/api/v4/capacityproviders/tl/shipments/statusUpdates"

type carrierReport struct {
	CustomerID string   `json:"customerId"`
	Carrier    *wireID  `json:"carrierIdentifier,omitempty"`
	Numbers    []wireID `json:"shipmentIdentifiers"`
	Latitude   *float64 `json:"latitude,omitempty"`
	Longitude  *float64 `json:"longitude,omitempty"`
	At         string   `json:"utcTimestamp"` // UTC without a mark
	Type       string   `json:"eventType"`
	StopNumber int      `json:"eventStopNumber,omitempty"`
}

var reportTypes = map[freight.Fact]string{
	freight.FactArrived: "ARRIVED", freight.FactDeparted: "DEPARTED", freight.FactDelivered: "DELIVERED", freight.FactPosition: "POSITION",
}

// report pushes an event or a position as the carrier.
func (c *Connector) report(ctx context.Context, e connect.Errand) (connect.Receipt, error) {
	says := &e.Says
	kind := reportTypes[says.Fact]
	if e.Kind == connect.WritePlace {
		kind = "POSITION"
	}
	if kind == "" {
		return connect.Receipt{}, fmt.Errorf("%w: project44 takes arrivals, departures, deliveries and positions of a carrier, no %s", connect.ErrWordless, says.Fact)
	}
	if says.At.IsZero() {
		return connect.Receipt{}, fmt.Errorf("%w: it is not said when it happened", connect.ErrRefused)
	}
	r := carrierReport{CustomerID: c.config.values["customerId"], Numbers: []wireID{number(e.Load)}, At: says.At.UTC().Format(localLayout), Type: kind, StopNumber: says.Stop}
	if id, known := c.carrier(&e.Load.Line); known {
		r.Carrier = &id
	}
	if says.Place.HasPoint() {
		r.Latitude, r.Longitude = &says.Place.Lat, &says.Place.Lon
	} else if kind == "POSITION" {
		return connect.Receipt{}, fmt.Errorf("%w: a position needs coordinates", connect.ErrRefused)
	}
	body, err := wire.Encode(r)
	if err != nil {
		return connect.Receipt{}, err
	}
	if _, err := c.ask(ctx, wire.Question{Method: http.MethodPost, Path: reportPath, Body: body, Media: "application/json"}); err != nil {
		return connect.Receipt{}, err
	}
	return connect.Receipt{Says: "reported to project44 as " + kind, Later: true}, nil
}

// carrierEvent reads such a report where it comes by a relay.
func (r *reader) carrierEvent(p wire.Piece, where string) {
	var e carrierEvent
	if !r.into(p, where, &e) {
		return
	}
	r.name(&shipment{Numbers: e.Numbers}, ids{})
	o := r.Observation(p, where)
	at := r.when(p, where, "utcTimestamp", e.At)
	if at.Basis == freight.Local { // UTC without a mark
		at = freight.At(time.Unix(at.Sec, 0).UTC())
	}
	means := r.codes.Find("carrier", e.Type.String())
	stop := r.stop("", e.StopNumber)
	o.Text = string(p.Bytes)
	if means.Fact != "" {
		on := stop
		if on.Kind != freight.OfStop {
			on = freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Side: means.Side}}
		}
		o.Claims = append(o.Claims, freight.Claim{Subject: on, Fact: means.Fact, At: at})
	}
	o.Claims = append(o.Claims, freight.Claim{Subject: stop, Fact: freight.FactStatus, At: at, Value: freight.Value{Text: e.Type.String(), Type: "project44 carrier", Note: means.Words}})
	o.Claims = append(o.Claims, tracking(means, at, "")...)
	if lat, lon, ok := wire.Point(e.Latitude, e.Longitude); ok {
		o.Claims = append(o.Claims, freight.Claim{Fact: freight.FactPosition, At: at, Value: freight.Value{Place: freight.Place{Lat: lat, Lon: lon}}})
	}
	if e.Carrier != nil {
		if c, ok := r.identity(identifier{"CARRIER_" + e.Carrier.Type, e.Carrier.Value}); ok {
			o.Claims = append(o.Claims, c)
		}
	}
	r.Say(o)
}

// TrackingMethod is a way in which project44 can see a carrier's trucks, the best first.
type TrackingMethod struct {
	Type  string `json:"type"` // of equipment identifier: VEHICLE_ID, MOBILE_PHONE_NUMBER ...
	Value string `json:"value"`
}

// TrackingMethods asks in which ways a load's carrier can be tracked, and what project44 remarks on it.
func (c *Connector) TrackingMethods(ctx context.Context, l connect.Tracked) (methods []TrackingMethod, remarks string, err error) {
	carrier, ok := c.carrier(&l.Line)
	if !ok {
		return nil, "", fmt.Errorf("%w: the carrier's %s is not known yet", connect.ErrLacks, carrier.Type)
	}
	path := wire.Fill(c.config.values["methodsPath"], map[string]string{"carrierType": carrier.Type, "carrier": carrier.Value})
	a, err := c.askJSON(ctx, wire.Question{Method: http.MethodGet, Path: path})
	if err != nil {
		return nil, "", err
	}
	var said struct {
		Methods wire.List[struct {
			Equipment identifier `json:"equipmentIdentifier"`
		}] `json:"trackingMethods"`
	}
	if err := wire.Whole(a.Body).Into(&said); err != nil {
		return nil, "", err
	}
	for _, m := range said.Methods {
		methods = append(methods, TrackingMethod{m.Equipment.Type.String(), m.Equipment.Value.String()})
	}
	return methods, messagesIn(a.Body), nil
}
