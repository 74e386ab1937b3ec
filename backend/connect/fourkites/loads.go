package fourkites

import (
	"fmt"
	"strconv"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// The body of a load as FourKites takes it: the carrier a text, the haul type a list, coordinates and sequence texts, appointments
// the stop's own clock.
type loadBody struct {
	Additional   additional `json:"additionalData"`
	Load         wireLoad   `json:"load"`
	SimpleUpdate *bool      `json:"simpleUpdate,omitempty"` // of a change
	Shipper      string     `json:"shipper,omitempty"`      // legacy
	BOL          string     `json:"billOfLading,omitempty"` // legacy
}

type additional struct {
	Mode modeDetails `json:"modeDetails"`
}

type modeDetails struct {
	Shipper string `json:"shipperModes"`
	Carrier string `json:"carrierModes"`
}

type wireLoad struct {
	Number     string        `json:"loadNumber"`
	Carrier    string        `json:"carrier"`
	Name       string        `json:"carrierName,omitempty"`
	HaulType   []string      `json:"haulType"`
	References []string      `json:"referenceNumbers,omitempty"`
	Tracking   *wireTracking `json:"trackingInfo,omitempty"`
	Stops      []wireStop    `json:"stops"`
}

type wireTracking struct {
	Phone   string `json:"driverPhone,omitempty"`
	Truck   string `json:"truckNumber,omitempty"`
	Trailer string `json:"trailerNumber,omitempty"`
}

type wireStop struct {
	Type      string `json:"stopType"`
	Name      string `json:"name,omitempty"`
	Address   string `json:"addressLine1,omitempty"`
	City      string `json:"city,omitempty"`
	State     string `json:"state,omitempty"`
	Postal    string `json:"postalCode,omitempty"`
	Country   string `json:"country,omitempty"`
	Latitude  string `json:"latitude,omitempty"`
	Longitude string `json:"longitude,omitempty"`
	Earliest  string `json:"earliestAppointmentTime"`
	Latest    string `json:"latestAppointmentTime"`
	Reference string `json:"stopReferenceId"`
	Sequence  string `json:"sequence"`
}

// loadOf is a load as FourKites takes it. What is still missing makes it wait: ErrNotYet, with what is missing.
func (c *Connector) loadOf(l connect.Tracked) (*loadBody, error) {
	t := &l.Line
	if t.SCAC.Value == "" {
		return nil, fmt.Errorf("%w: the carrier's SCAC is not known yet", connect.ErrLacks)
	}
	if len(t.Stops) < 2 {
		return nil, fmt.Errorf("%w: the load has fewer than two stops", connect.ErrLacks)
	}
	mode := c.config.values["mode"]
	body := &loadBody{Additional: additional{modeDetails{mode, mode}},
		Load: wireLoad{Number: number(l), Carrier: t.SCAC.Value, Name: t.Carrier.Value, HaulType: []string{c.config.values["haulType"]}, References: references(l)}}
	if c.config.generation == legacy {
		body.Shipper, body.BOL = c.shipper(l), number(l)
	}
	info := wireTracking{Truck: t.Equipment["TRUCK"].Value, Trailer: t.Equipment["TRAILER"].Value}
	if phone := t.Driver["PHONE"].Value; phone != "" {
		info.Phone = wire.Dialled(phone)
	}
	if info != (wireTracking{}) {
		body.Load.Tracking = &info
	}
	for i := range t.Stops {
		s, err := stopOf(&t.Stops[i])
		if err != nil {
			return nil, err
		}
		body.Load.Stops = append(body.Load.Stops, s)
	}
	return body, nil
}

// shipper is the company under whom a legacy load goes.
func (c *Connector) shipper(l connect.Tracked) string {
	if l.BillTo != "" {
		return l.BillTo
	}
	return c.config.values["shipper"]
}

// references are the load's other numbers for the bag, the desk's own among them: by it the load is known when it is read back.
func references(l connect.Tracked) []string {
	out, told := []string{}, map[string]bool{number(l): true}
	add := func(v string) {
		if v != "" && !told[v] {
			told[v] = true
			out = append(out, v)
		}
	}
	add(l.Number)
	for _, want := range []freight.RefType{freight.RefBOL, freight.RefOrder, freight.RefPO, freight.RefPRO} {
		for _, ref := range l.Line.Refs {
			if ref.Type == want {
				add(ref.Value)
			}
		}
	}
	return out
}

// stopType is pickup, delivery or transfer; a stop where both is done is a delivery first.
func stopType(kind string) string {
	switch kind {
	case "pickup":
		return "pickup"
	case "relay":
		return "transfer"
	}
	return "delivery"
}

func stopOf(s *freight.StopLine) (wireStop, error) {
	p := s.Place
	out := wireStop{Type: stopType(s.Kind), Name: p.Facility, Address: p.Address, City: p.City, State: p.State, Postal: p.Postal, Country: country(p),
		Reference: stopID(s.Seq), Sequence: strconv.Itoa(s.Seq)}
	if p.HasPoint() {
		out.Latitude, out.Longitude = degrees(p.Lat), degrees(p.Lon)
	} else if s.Lat != 0 || s.Lon != 0 {
		out.Latitude, out.Longitude = degrees(s.Lat), degrees(s.Lon)
	}
	if out.Latitude == "" && (p.City == "" || p.State == "") {
		return out, fmt.Errorf("%w: stop %d has no city and state and no coordinates", connect.ErrLacks, s.Seq)
	}
	var err error
	out.Earliest, out.Latest, err = appointmentTimes(s.Seq, wire.Agreed(s), s.Zone)
	return out, err
}

// stopID is how the desk's stops are called there.
func stopID(seq int) string { return "S" + strconv.Itoa(seq) }

// appointmentTimes is a window on the stop's own clock.
func appointmentTimes(seq int, w freight.Window, zone string) (earliest, latest string, err error) {
	if w.Start.IsZero() && w.End.IsZero() {
		return "", "", fmt.Errorf("%w: stop %d has no appointment yet", connect.ErrLacks, seq)
	}
	loc, err := freight.Location(zone)
	if err != nil {
		return "", "", fmt.Errorf("%w: the time zone of stop %d is not known; FourKites takes the stop's local time. Complete its address", connect.ErrLacks, seq)
	}
	start, end := w.Start, w.End
	if start.IsZero() {
		start = end
	}
	if end.IsZero() {
		end = start
	}
	return start.In(loc).Format(appointmentLayout), end.In(loc).Format(appointmentLayout), nil
}

// degrees is a coordinate as FourKites takes it: a text with six decimals.
func degrees(v float64) string { return strconv.FormatFloat(v, 'f', 6, 64) }

// country is three letters, as FourKites writes it.
func country(p freight.Place) string {
	switch two := wire.Country(p); two {
	case "US":
		return "USA"
	case "CA":
		return "CAN"
	case "MX":
		return "MEX"
	default:
		return two
	}
}

func updateTime(t time.Time) string { return t.UTC().Format(updateLayout) }
