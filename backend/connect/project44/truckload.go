package project44

import (
	"fmt"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// The body of a truckload shipment as project44 takes it
// (developers.project44.com/guides/shippers/visibility/ftl/create-shipment).
type truckload struct {
	Carrier   wireID        `json:"carrierIdentifier"`
	Numbers   []wireID      `json:"shipmentIdentifiers"`
	Equipment []wireID      `json:"equipmentIdentifiers,omitempty"`
	Stops     []wireStop    `json:"shipmentStops"`
	Accounts  *accountGroup `json:"capacityProviderAccountGroup,omitempty"`
}

type wireID struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

type accountGroup struct {
	Accounts []struct {
		Code string `json:"code"`
	} `json:"accounts"`
}

type wireStop struct {
	Number   int           `json:"stopNumber"`
	Type     string        `json:"stopType,omitempty"`
	Window   *wireWindow   `json:"appointmentWindow"`
	Location *wireLocation `json:"location,omitempty"`
	Geo      *wirePoint    `json:"geoCoordinates,omitempty"`
}

type wireWindow struct {
	Start string `json:"startDateTime"`
	End   string `json:"endDateTime"`
}

type wireLocation struct {
	Address wireAddress  `json:"address"`
	Contact *wireContact `json:"contact,omitempty"`
}

type wireAddress struct {
	Postal  string   `json:"postalCode,omitempty"`
	Lines   []string `json:"addressLines,omitempty"`
	City    string   `json:"city,omitempty"`
	State   string   `json:"state,omitempty"`
	Country string   `json:"country"`
}

type wireContact struct {
	Company string `json:"companyName"`
}

type wirePoint struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// truckloadOf is a load as project44 takes it. What is still missing makes it wait: ErrNotYet, with what is missing.
func (c *Connector) truckloadOf(l connect.Tracked, moved *connect.Saying) ([]byte, error) {
	carrier, ok := c.carrier(&l.Line)
	if !ok {
		return nil, fmt.Errorf("%w: the carrier's %s is not known yet", connect.ErrLacks, carrier.Type)
	}
	if len(l.Line.Stops) < 2 {
		return nil, fmt.Errorf("%w: the load has fewer than two stops", connect.ErrLacks)
	}
	t := truckload{Carrier: carrier, Numbers: []wireID{number(l)}, Equipment: equipment(&l.Line)}
	for i := range l.Line.Stops {
		s, err := stopOf(&l.Line.Stops[i], moved)
		if err != nil {
			return nil, err
		}
		t.Stops = append(t.Stops, s)
	}
	if code := c.config.values["accountGroup"]; code != "" {
		t.Accounts = &accountGroup{Accounts: []struct {
			Code string `json:"code"`
		}{{code}}}
	}
	return wire.Encode(t)
}

// carrier is the load's carrier by the number that the account uses.
func (c *Connector) carrier(t *freight.Timeline) (id wireID, ok bool) {
	id.Type = c.config.values["carrierIdType"]
	switch id.Type {
	case "SCAC":
		id.Value = t.SCAC.Value
	case "MC_NUMBER":
		id.Value = t.MC.Value
	case "DOT_NUMBER":
		id.Value = t.DOT.Value
	default:
		id.Value = t.Carrier.Value
	}
	return id, id.Value != ""
}

// number is the number by which the customer knows the load there: its bill of lading or order, else the desk's own number in
// that place, as loads often have no other.
func number(l connect.Tracked) wireID {
	id := wireID{l.IDType, l.Number}
	if id.Type == "" {
		id.Type = "BILL_OF_LADING"
	}
	want := freight.RefBOL
	if id.Type == "ORDER" {
		want = freight.RefOrder
	}
	for _, ref := range l.Line.Refs {
		if ref.Type == want {
			id.Value = ref.Value
			break
		}
	}
	return id
}

// equipment is by what the truck can be seen: trailers first, as project44 takes the first that is valid and recommends them.
func equipment(t *freight.Timeline) []wireID {
	var out []wireID
	for _, kind := range []string{"TRAILER", "TRUCK"} {
		if v := t.Equipment[kind].Value; v != "" {
			out = append(out, wireID{"VEHICLE_ID", v})
		}
	}
	if phone := t.Driver["PHONE"].Value; phone != "" {
		out = append(out, wireID{"MOBILE_PHONE_NUMBER", wire.Dialled(phone)})
	}
	return out
}

var stopTypes = map[string]string{"pickup": "PICKUP", "delivery": "DELIVERY", "pickup_delivery": "DELIVERY_PICKUP"}

// stopOf is a stop, with its window as it stands or as it was just moved.
func stopOf(s *freight.StopLine, moved *connect.Saying) (wireStop, error) {
	out := wireStop{Number: s.Seq, Type: stopTypes[s.Kind]}
	win, zone := wire.Agreed(s), s.Zone
	if moved != nil && moved.Stop == s.Seq {
		win = freight.Window{Start: moved.Start, End: moved.End}
		if moved.Zone != "" {
			zone = moved.Zone
		}
	}
	var err error
	if out.Window, err = appointmentOf(s.Seq, win, zone); err != nil {
		return out, err
	}
	p := s.Place
	a := wireAddress{Postal: p.Postal, City: p.City, State: p.State, Country: wire.Country(p)}
	if p.Address != "" {
		a.Lines = []string{p.Address}
	}
	switch {
	case a.City != "" && a.State != "", a.Postal != "" && a.State != "":
		out.Location = &wireLocation{Address: a}
		if p.Facility != "" {
			out.Location.Contact = &wireContact{p.Facility}
		}
	case p.HasPoint():
		out.Geo = &wirePoint{p.Lat, p.Lon}
	case s.Lat != 0 || s.Lon != 0:
		out.Geo = &wirePoint{s.Lat, s.Lon}
	default:
		return out, fmt.Errorf("%w: stop %d has no city and state and no coordinates", connect.ErrLacks, s.Seq)
	}
	return out, nil
}

// idsIn are the ids in an answer: of the shipment itself, or of what stands in "shipment"; of a list those of its first.
func idsIn(body []byte) ids {
	type named struct {
		ID     wire.Text `json:"id"`
		Master wire.Text `json:"masterShipmentId"`
	}
	type answer struct {
		named
		Shipment named `json:"shipment"`
	}
	var list wire.List[answer]
	if wire.Whole(body).Into(&list) != nil || len(list) == 0 {
		return ids{}
	}
	var i ids
	for _, n := range []named{list[0].Shipment, list[0].named} {
		i.take(n.Master.String())
		i.take(n.ID.String())
	}
	return i
}
