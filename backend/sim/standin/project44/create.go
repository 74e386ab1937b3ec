package project44

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/sim/standin"
)

// typed is a value with its type.
type typed struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// wanted is the body of a truckload create.
type wanted struct {
	Carrier     *typed  `json:"carrierIdentifier"`
	Identifiers []typed `json:"shipmentIdentifiers"`
	Equipment   []typed `json:"equipmentIdentifiers,omitempty"`
	Stops       []stop  `json:"shipmentStops"`
	Attributes  []named `json:"attributes,omitempty"`
	Accounts    any     `json:"capacityProviderAccountGroup,omitempty"`
	Options     any     `json:"apiConfiguration,omitempty"`
}

type named struct {
	Name   string   `json:"name"`
	Value  string   `json:"value,omitempty"`
	Values []string `json:"values,omitempty"`
}

type stop struct {
	Number   int       `json:"stopNumber"`
	ID       string    `json:"id,omitempty"`
	Type     string    `json:"stopType,omitempty"`
	Window   *window   `json:"appointmentWindow"`
	Location *location `json:"location,omitempty"`
	Point    *point    `json:"geoCoordinates,omitempty"`
}

type window struct {
	Start string `json:"startDateTime"`
	End   string `json:"endDateTime"`
	Zone  string `json:"localTimeZoneIdentifier,omitempty"`
}

type location struct {
	Address *address `json:"address,omitempty"`
	Contact *contact `json:"contact,omitempty"`
}

type address struct {
	Postal  string   `json:"postalCode,omitempty"`
	Lines   []string `json:"addressLines,omitempty"`
	City    string   `json:"city,omitempty"`
	State   string   `json:"state,omitempty"`
	Country string   `json:"country,omitempty"`
}

type contact struct {
	Company string `json:"companyName,omitempty"`
}

type point struct {
	Lat float64 `json:"latitude"`
	Lon float64 `json:"longitude"`
}

// shipment is one that was created here.
type shipment struct {
	id        int64
	master    string
	body      wanted
	unified   bool
	truth     *standin.Load
	readable  time.Time // of the transport's clock
	begun     time.Time // of the facts' clock, floored to the world's step
	cancelled time.Time // the same
	deleted   bool
	kept      map[string]kept // answers, until something more is known or the shipment is changed
}

var (
	carrierTypes   = []string{"SCAC", "MC_NUMBER", "DOT_NUMBER", "SYSTEM", "VAT", "P44_EU"}
	equipmentTypes = []string{"MOBILE_PHONE_NUMBER", "VEHICLE_ID", "LICENSE_PLATE", "SENSITECH_DEVICE_ID", "TIVE_DEVICE_ID", "EMERSON_DEVICE_ID", "CONTAINER_ID"}
	stopTypes      = []string{"", "PICKUP", "DELIVERY", "DELIVERY_PICKUP"}
	statesNeeded   = []string{"US", "USA", "MX", "MEX", "CA", "CAN"}
)

// faults are what the API would refuse a body for.
func (b *wanted) faults() (wrong []string) {
	miss := func(bad bool, text string, args ...any) {
		if bad {
			wrong = append(wrong, fmt.Sprintf(text, args...))
		}
	}
	miss(b.Carrier == nil || b.Carrier.Value == "", "carrierIdentifier is required.")
	miss(b.Carrier != nil && !slices.Contains(carrierTypes, b.Carrier.Type), "carrierIdentifier.type must be one of %s.", strings.Join(carrierTypes, ", "))
	miss(len(b.Identifiers) == 0, "shipmentIdentifiers must have at least one entry.")
	for i, id := range b.Identifiers {
		miss(id.Type != "BILL_OF_LADING" && id.Type != "ORDER", "shipmentIdentifiers[%d].type must be BILL_OF_LADING or ORDER.", i)
		miss(id.Value == "", "shipmentIdentifiers[%d].value is required.", i)
	}
	for i, e := range b.Equipment {
		miss(!slices.Contains(equipmentTypes, e.Type), "equipmentIdentifiers[%d].type is not valid.", i)
	}
	miss(len(b.Stops) < 2, "shipmentStops must have at least two entries.")
	for i := range b.Stops {
		wrong = append(wrong, b.Stops[i].faults(i)...)
	}
	miss(len(b.Attributes) > 5, "At most 5 attributes are allowed.")
	seen := map[string]bool{}
	for _, a := range b.Attributes {
		miss(seen[a.Name], "The attribute name %s is not unique.", a.Name)
		seen[a.Name] = true
	}
	return wrong
}

func (st *stop) faults(i int) (wrong []string) {
	miss := func(bad bool, text string) {
		if bad {
			wrong = append(wrong, fmt.Sprintf("shipmentStops[%d].%s", i, text))
		}
	}
	miss(st.Number != i+1, "stopNumber must count from 1 in the order of the appointments.")
	miss(!slices.Contains(stopTypes, st.Type), "stopType must be PICKUP, DELIVERY or DELIVERY_PICKUP.")
	if st.Window == nil {
		miss(true, "appointmentWindow is required.")
	} else {
		start, first := clock(st.Window.Start, time.UTC)
		end, last := clock(st.Window.End, time.UTC)
		miss(!first, "appointmentWindow.startDateTime must be of the form yyyy-MM-ddTHH:mm:ss.")
		miss(!last, "appointmentWindow.endDateTime must be of the form yyyy-MM-ddTHH:mm:ss.")
		miss(first && last && end.Before(start), "appointmentWindow ends before it starts.")
	}
	var a *address
	if st.Location != nil {
		a = st.Location.Address
	}
	switch {
	case a == nil:
		miss(st.Point == nil, "location.address or geoCoordinates is required.")
	default:
		miss(a.Country == "", "location.address.country is required.")
		miss(a.City == "" && a.Postal == "", "location.address needs a city or a postalCode.")
		miss(a.State == "" && slices.Contains(statesNeeded, strings.ToUpper(a.Country)), "location.address.state is required in the United States, Mexico and Canada.")
	}
	return wrong
}

// clock reads a time of an appointment: local without an offset; with one it is an instant.
func clock(s string, loc *time.Location) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, s, loc); err == nil {
			return t, true
		}
	}
	for _, layout := range []string{stamp, time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// name is how a shipment is found again: carrier and identifier are unique together.
func name(carrier *typed, id typed) string {
	return carrier.Type + " " + strings.ToUpper(carrier.Value) + " " + id.Type + " " + strings.ToUpper(id.Value)
}

// create answers POST /api/v4/tl/shipments.
func (s *Server) create(w http.ResponseWriter, body []byte, e *standin.Entry) {
	var b wanted
	if err := json.Unmarshal(body, &b); err != nil {
		s.fail(w, http.StatusBadRequest, "Bad Request", "The body is not valid JSON: "+err.Error())
		return
	}
	if wrong := b.faults(); len(wrong) > 0 {
		s.fail(w, http.StatusBadRequest, "Bad Request", wrong...)
		return
	}
	for _, id := range b.Identifiers {
		if old := s.byName[name(b.Carrier, id)]; old != nil && !old.deleted {
			e.Load = old.number()
			s.fail(w, http.StatusBadRequest, "Bad Request", fmt.Sprintf("A shipment with %s %s exists for this carrier already.", id.Type, id.Value))
			return
		}
	}
	x := s.add(b)
	e.Load, e.Errand, e.Took = x.number(), "create "+name(b.Carrier, b.Identifiers[0]), true
	s.replyShipment(w, http.StatusOK, x)
}

// add files a new shipment.
func (s *Server) add(b wanted) *shipment {
	n := int64(len(s.all))
	x := &shipment{id: 88100 + n, master: masterID(s.cfg.Seed, n), body: b, readable: s.Wire().Add(s.cfg.ReadableAfter), begun: s.Facts().Truncate(s.cfg.Step)}
	for _, id := range b.Identifiers {
		if b.Carrier != nil {
			s.byName[name(b.Carrier, id)] = x
		}
		if l := s.names[id.Type+" "+id.Value]; l != nil && x.truth == nil && moves(b.Carrier, l) {
			x.truth = l
		}
	}
	s.byID[strconv.FormatInt(x.id, 10)], s.byID[x.master] = x, x
	s.all = append(s.all, x)
	return x
}

// moves reports whether a carrier is that of a load; a type of identifier that the world does not know decides nothing.
func moves(c *typed, l *standin.Load) bool {
	if c == nil || c.Value == "" {
		return true
	}
	switch c.Type {
	case "SCAC":
		return strings.EqualFold(c.Value, l.SCAC)
	case "MC_NUMBER", "MC":
		return strings.TrimPrefix(c.Value, "MC") == strings.TrimPrefix(l.MC, "MC")
	case "DOT_NUMBER":
		return c.Value == l.DOT
	}
	return true
}

// Share files a load as its shipper would have created it before: known here without our doing.
func (s *Server) Share(l *standin.Load) (id int64, master string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := wanted{Carrier: &typed{"SCAC", l.SCAC}, Identifiers: []typed{{"BILL_OF_LADING", l.BOL}, {"ORDER", l.Number}}, Equipment: []typed{{"MOBILE_PHONE_NUMBER", l.Phone}}}
	for i := range l.Stops {
		st := &l.Stops[i]
		b.Stops = append(b.Stops, stop{Number: st.Seq, Type: strings.ToUpper(st.Kind),
			Window:   &window{Start: st.Start.In(st.Location()).Format("2006-01-02T15:04:05"), End: st.End.In(st.Location()).Format("2006-01-02T15:04:05"), Zone: st.Zone},
			Location: &location{Address: &address{st.Postal, []string{st.Address}, st.City, st.State, st.Country}, Contact: &contact{st.Name}}})
	}
	x := s.add(b)
	x.readable, x.begun = time.Time{}, l.Booked
	return x.id, x.master
}

func (x *shipment) number() string {
	if x.truth != nil {
		return x.truth.Number
	}
	return ""
}

// masterID is a UUID that follows from the seed and a number (version 4 in form).
func masterID(seed uint64, n int64) string {
	a, b := spread(seed^uint64(n)*0x9e3779b97f4a7c15), spread(seed+uint64(n)*0xd1342543de82ef95+1)
	return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", a>>32, a>>16&0xffff, a&0xfff, b>>48&0xfff, b&0xffffffffffff)
}

func spread(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// echo is the create body with the ids that project44 gave it.
type echo struct {
	ID     int64  `json:"id"`
	Master string `json:"masterShipmentId"`
	wanted
}

func (s *Server) replyShipment(w http.ResponseWriter, status int, x *shipment) {
	e := echo{x.id, x.master, x.body}
	if s.cfg.Flat {
		reply(w, status, e)
		return
	}
	reply(w, status, map[string]any{"shipment": e, "infoMessages": []fault{}})
}

// addressed is the shipment that a request names: by id in the path, or by carrier and identifier in the query.
func (s *Server) addressed(r *http.Request, id string) *shipment {
	if id != "" {
		return s.byID[id]
	}
	q := r.URL.Query()
	carrier := typed{q.Get("carrierIdentifier.type"), q.Get("carrierIdentifier.value")}
	return s.byName[name(&carrier, typed{q.Get("shipmentIdentifiers.type"), q.Get("shipmentIdentifiers.value")})]
}

// found answers the shipment that can be read by now, else writes 404.
func (s *Server) found(w http.ResponseWriter, r *http.Request, id string, e *standin.Entry) *shipment {
	x := s.addressed(r, id)
	if x == nil || s.Wire().Before(x.readable) {
		s.fail(w, http.StatusNotFound, "Not Found", "The shipment is not known.")
		return nil
	}
	e.Load = x.number()
	return x
}

// update answers PUT: the whole body anew. Windows are judged as they stand from then on.
func (s *Server) update(w http.ResponseWriter, r *http.Request, body []byte, e *standin.Entry) {
	x := s.found(w, r, matches("/api/v4/tl/shipments/{id}", r.URL.Path), e)
	if x == nil {
		return
	}
	var b wanted
	if err := json.Unmarshal(body, &b); err != nil {
		s.fail(w, http.StatusBadRequest, "Bad Request", "The body is not valid JSON: "+err.Error())
		return
	}
	if wrong := b.faults(); len(wrong) > 0 {
		s.fail(w, http.StatusBadRequest, "Bad Request", wrong...)
		return
	}
	x.body, x.kept = b, nil
	for _, id := range b.Identifiers {
		s.byName[name(b.Carrier, id)] = x
	}
	e.Errand, e.Took = fmt.Sprintf("update %d %x", x.id, sum(body)), true
	s.received = append(s.received, standin.Receipt{At: e.Facts, Kind: "update", Load: x.number(), Errand: e.Errand, Body: body})
	s.replyShipment(w, http.StatusOK, x)
}

func (s *Server) cancel(w http.ResponseWriter, r *http.Request, e *standin.Entry) {
	x := s.found(w, r, matches(s.cfg.CancelPath, r.URL.Path), e)
	if x == nil {
		return
	}
	if x.cancelled.IsZero() {
		x.cancelled, x.kept = e.Facts.Truncate(s.cfg.Step), nil
	}
	e.Errand, e.Took = fmt.Sprintf("cancel %d", x.id), true
	s.replyShipment(w, http.StatusOK, x)
}

func (s *Server) remove(w http.ResponseWriter, r *http.Request, e *standin.Entry) {
	x := s.found(w, r, matches("/api/v4/tl/shipments/{id}", r.URL.Path), e)
	if x == nil {
		return
	}
	x.deleted = true
	e.Errand, e.Took = fmt.Sprintf("delete %d", x.id), true
	w.WriteHeader(http.StatusNoContent)
}

// createUnified answers the create of unified tracking. Only its operation is known, so it takes what it needs: identifiers.
func (s *Server) createUnified(w http.ResponseWriter, body []byte, e *standin.Entry) {
	var b struct {
		Identifiers []typed `json:"identifiers"`
		Attributes  []named `json:"attributes"`
	}
	if err := json.Unmarshal(body, &b); err != nil || len(b.Identifiers) == 0 || len(b.Attributes) > 25 {
		s.fail(w, http.StatusBadRequest, "Bad Request", "identifiers must have at least one entry; at most 25 attributes are allowed.")
		return
	}
	carrier := &typed{}
	for _, id := range b.Identifiers {
		if short, ok := strings.CutPrefix(id.Type, "CARRIER_"); ok {
			carrier = &typed{strings.TrimPrefix(short, "US_"), id.Value}
		}
	}
	for _, id := range b.Identifiers {
		if old := s.byName[name(carrier, id)]; old != nil && !old.deleted {
			s.fail(w, http.StatusBadRequest, "Bad Request", fmt.Sprintf("A shipment with %s %s exists already.", id.Type, id.Value))
			return
		}
	}
	x := s.add(wanted{Carrier: carrier, Identifiers: b.Identifiers, Attributes: b.Attributes})
	x.unified = true
	e.Load, e.Errand, e.Took = x.number(), "create "+name(carrier, b.Identifiers[0]), true
	reply(w, http.StatusOK, map[string]any{"id": x.master, "identifiers": b.Identifiers, "attributes": b.Attributes})
}
