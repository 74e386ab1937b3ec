package fourkites

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// Updates: events, positions, appointments and assignments of loads that FourKites has, up to a hundred in a request. They are
// accepted first and worked on later; what names no load there is dropped without a word.

// mostUpdates is how many updates go in a request. One source says two hundred, another that no limit is published.
const mostUpdates = 100

type dispatch struct {
	Updates []dispatched `json:"updates"`
}

type dispatched struct {
	TimeZone   string          `json:"timeZone"`
	BillTo     string          `json:"billToCode,omitempty"`
	Keys       []identifierKey `json:"identifierKeys"`
	Load       []loadUpdate    `json:"loadUpdate,omitempty"`
	Stop       *stopUpdate     `json:"stopUpdate,omitempty"` // beside loadUpdate: inside it, it is accepted and ignored
	Assignment *assignment     `json:"assignmentUpdate,omitempty"`
}

type identifierKey struct {
	Identifier string `json:"identifier"`
	Type       string `json:"identifierType"`
}

type loadUpdate struct {
	Location *locationUpdate `json:"locationUpdate,omitempty"`
	Event    *eventUpdate    `json:"eventUpdate,omitempty"`
}

type locationUpdate struct {
	Latitude  string `json:"latitude,omitempty"`
	Longitude string `json:"longitude,omitempty"`
	At        string `json:"locatedAt"`
	City      string `json:"city,omitempty"`
	State     string `json:"state,omitempty"`
}

type eventUpdate struct {
	Code        string `json:"statusCode"`
	At          string `json:"eventTimeStamp"`
	Description string `json:"statusDescription,omitempty"`
	Reason      string `json:"statusReasonCode,omitempty"`
	Delivered   bool   `json:"delivered,omitempty"`
}

type stopUpdate struct {
	Sequence string `json:"stopSequence"` // the stop's own name is known only of loads that this desk made
	Type     string `json:"stopType,omitempty"`
	Earliest string `json:"earliestAppointmentTime"`
	Latest   string `json:"latestAppointmentTime"`
}

type assignment struct {
	SCAC    string `json:"operatingCarrierScac,omitempty"`
	Phone   string `json:"driverPhone,omitempty"`
	Truck   string `json:"truckNumber,omitempty"`
	Trailer string `json:"trailerNumber,omitempty"`
}

// mostKeys is how many numbers name a load.
const mostKeys = 4

// keysOf are the numbers of a load in the order in which FourKites tries them: the one that it goes by, the bill of lading,
// the PRO, FourKites' own.
func keysOf(l connect.Tracked) []identifierKey {
	keys := []identifierKey{{number(l), "loadNumber"}}
	for _, want := range []struct {
		ref  freight.RefType
		kind string
	}{{freight.RefBOL, "loadReferenceNumber"}, {freight.RefPRO, "proNumber"}} {
		for _, ref := range l.Line.Refs {
			if ref.Type == want.ref && ref.Value != keys[0].Identifier {
				keys = append(keys, identifierKey{ref.Value, want.kind})
				break
			}
		}
	}
	if id := idOf(l); id != "" && len(keys) < mostKeys {
		keys = append(keys, identifierKey{id, "loadTrackingNumber"})
	}
	return keys
}

// updateOf is an errand as an update.
func (c *Connector) updateOf(e connect.Errand) (dispatched, error) {
	u := dispatched{TimeZone: "UTC", BillTo: e.Load.BillTo, Keys: keysOf(e.Load)}
	if e.Kind == connect.WriteWindow {
		s, err := c.stopUpdate(&e)
		u.Stop = s
		return u, err
	}
	if e.Kind == connect.UpdateLoad {
		a, err := assigned(&e.Load.Line)
		u.Assignment = a
		return u, err
	}
	if e.Says.At.IsZero() {
		return u, fmt.Errorf("%w: it is not said when it happened", connect.ErrRefused)
	}
	at := updateTime(e.Says.At)
	var l loadUpdate
	if p := e.Says.Place; p.HasPoint() || p.City != "" {
		l.Location = &locationUpdate{At: at, City: p.City, State: p.State}
		if p.HasPoint() {
			l.Location.Latitude, l.Location.Longitude = degrees(p.Lat), degrees(p.Lon)
		}
	}
	if e.Kind == connect.WriteStatus {
		code, delivered, err := c.eventCode(&e)
		if err != nil {
			return u, err
		}
		l.Event = &eventUpdate{Code: code, At: at, Description: e.Says.Text, Delivered: delivered}
	} else if l.Location == nil {
		return u, fmt.Errorf("%w: a position needs coordinates or a city", connect.ErrRefused)
	}
	u.Load = []loadUpdate{l}
	return u, nil
}

// assigned is by what the load is driven.
func assigned(t *freight.Timeline) (*assignment, error) {
	a := assignment{SCAC: t.SCAC.Value, Truck: t.Equipment["TRUCK"].Value, Trailer: t.Equipment["TRAILER"].Value}
	if phone := t.Driver["PHONE"].Value; phone != "" {
		a.Phone = wire.Dialled(phone)
	}
	if a == (assignment{SCAC: a.SCAC}) {
		return nil, fmt.Errorf("%w: no truck, trailer or driver's phone is known yet", connect.ErrLacks)
	}
	return &a, nil
}

// eventCode is the EDI code of what happened: by the side of its stop, or as the person wrote it.
func (c *Connector) eventCode(e *connect.Errand) (code string, delivered bool, err error) {
	if e.Says.Code == "1650" && e.Says.Text != "" {
		return e.Says.Text, e.Says.Text == "D1", nil
	}
	side := freight.DeliverySide
	for i := range e.Load.Line.Stops {
		if s := &e.Load.Line.Stops[i]; s.Seq == e.Says.Stop && s.Pickup() && !s.Delivery() {
			side = freight.PickupSide
		}
	}
	fact := e.Says.Fact
	if fact == freight.FactUnloaded {
		fact = freight.FactDelivered
	}
	for _, m := range c.config.codes.Rows() {
		if m.List == "edi" && m.Fact == fact && m.Side == side {
			return m.Code, fact == freight.FactDelivered, nil
		}
	}
	return "", false, fmt.Errorf("%w: FourKites has no code for %s at a %s", connect.ErrWordless, e.Says.Fact, side)
}

// stopUpdate is an appointment as it was moved.
func (c *Connector) stopUpdate(e *connect.Errand) (*stopUpdate, error) {
	for i := range e.Load.Line.Stops {
		s := &e.Load.Line.Stops[i]
		if s.Seq != e.Says.Stop {
			continue
		}
		zone := s.Zone
		if e.Says.Zone != "" {
			zone = e.Says.Zone
		}
		w := freight.Window{Start: e.Says.Start, End: e.Says.End}
		u := &stopUpdate{Sequence: strconv.Itoa(s.Seq), Type: stopType(s.Kind)}
		if c.config.values["stopUpdateTimes"] == "utc" {
			zone = "UTC"
		}
		var err error
		if u.Earliest, u.Latest, err = appointmentTimes(s.Seq, w, zone); err == nil && zone == "UTC" {
			u.Earliest, u.Latest = u.Earliest+"Z", u.Latest+"Z"
		}
		return u, err
	}
	return nil, fmt.Errorf("%w: the load has no stop %d", connect.ErrRefused, e.Says.Stop)
}

// Dispatch pushes up to a hundred errands of the kinds status, position, window and update (what drives the load) in one request.
func (c *Connector) Dispatch(ctx context.Context, errands ...connect.Errand) (connect.Receipt, error) {
	if len(errands) == 0 || len(errands) > mostUpdates {
		return connect.Receipt{}, fmt.Errorf("%w: from 1 to %d updates go in a request, not %d", connect.ErrRefused, mostUpdates, len(errands))
	}
	var body any
	var err error
	if c.config.generation == legacy {
		body, err = c.legacyUpdates(errands)
	} else {
		body, err = c.updates(errands)
	}
	if err != nil {
		return connect.Receipt{}, err
	}
	text, err := wire.Encode(body)
	if err != nil {
		return connect.Receipt{}, err
	}
	a, err := c.ask(ctx, c.config, wire.Question{Method: http.MethodPost, Path: c.config.values["dispatcherPath"], Body: text, Media: "application/json"})
	if err != nil {
		return connect.Receipt{}, err
	}
	var said struct {
		Request wire.Text `json:"requestId"`
		Message wire.Text `json:"message"`
	}
	_ = wire.Whole(a.Body).Into(&said) // it is accepted; what it says beside that is only shown
	return connect.Receipt{Says: wire.Joined(" ", wire.Joined(": ", "taken by FourKites", said.Message.String()), wire.Bracketed(wire.Joined(" ", "request", said.Request.String()))), Later: true}, nil
}

func (c *Connector) updates(errands []connect.Errand) (body dispatch, err error) {
	for i := range errands {
		u, err := c.updateOf(errands[i])
		if err != nil {
			return body, err
		}
		body.Updates = append(body.Updates, u)
	}
	return body, nil
}

type legacyDispatch struct {
	Updates []legacyUpdate `json:"updates"`
}

// legacyUpdate is an update of the older generation.
type legacyUpdate struct {
	Shipper     string `json:"shipper"`
	BOL         string `json:"billOfLading"`
	SCAC        string `json:"operatingCarrierScac,omitempty"`
	Truck       string `json:"truckNumber,omitempty"`
	Trailer     string `json:"trailerNumber,omitempty"`
	Latitude    string `json:"latitude,omitempty"`
	Longitude   string `json:"longitude,omitempty"`
	City        string `json:"city,omitempty"`
	State       string `json:"state,omitempty"`
	Located     string `json:"locatedAt,omitempty"`
	Code        string `json:"statusCode,omitempty"`
	Description string `json:"statusDescription,omitempty"`
	At          string `json:"eventTimestamp,omitempty"`
	Delivered   bool   `json:"delivered,omitempty"`
	DeliveredAt string `json:"deliveredAt,omitempty"`
}

func (c *Connector) legacyUpdates(errands []connect.Errand) (body legacyDispatch, err error) {
	for i := range errands {
		e := &errands[i]
		if e.Kind == connect.WriteWindow || e.Kind == connect.UpdateLoad {
			return body, fmt.Errorf("%w: the legacy API takes no appointments and assignments by themselves; change the load", connect.ErrRefused)
		}
		n, err := c.updateOf(*e)
		if err != nil {
			return body, err
		}
		t := &e.Load.Line
		u := legacyUpdate{Shipper: c.shipper(e.Load), BOL: number(e.Load), SCAC: t.SCAC.Value, Truck: t.Equipment["TRUCK"].Value, Trailer: t.Equipment["TRAILER"].Value}
		at := e.Says.At.UTC().Format(legacyLayout)
		if l := n.Load[0].Location; l != nil {
			u.Latitude, u.Longitude, u.City, u.State, u.Located = l.Latitude, l.Longitude, l.City, l.State, at
		}
		if ev := n.Load[0].Event; ev != nil {
			u.Code, u.Description, u.At, u.Delivered = ev.Code, ev.Description, at, ev.Delivered
			if ev.Delivered {
				u.DeliveredAt = at
			}
		}
		body.Updates = append(body.Updates, u)
	}
	return body, nil
}
