package fourkites

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/sim/standin"
)

// wanted is the load of a create body.
type wanted struct {
	Number     string          `json:"loadNumber"`
	Carrier    json.RawMessage `json:"carrier"`
	Haul       json.RawMessage `json:"haulType"`
	References []string        `json:"referenceNumbers"`
	Tags       []string        `json:"tags"`
	Tracking   struct {
		Phone   string `json:"driverPhone"`
		Truck   string `json:"truckNumber"`
		Trailer string `json:"trailerNumber"`
	} `json:"trackingInfo"`
	Stops []stop `json:"stops"`
}

type stop struct {
	Type     string          `json:"stopType"`
	Name     string          `json:"name"`
	Line     string          `json:"addressLine1"`
	City     string          `json:"city"`
	State    string          `json:"state"`
	Postal   string          `json:"postalCode"`
	Country  string          `json:"country"`
	Lat      json.RawMessage `json:"latitude"`
	Lon      json.RawMessage `json:"longitude"`
	Earliest string          `json:"earliestAppointmentTime"`
	Latest   string          `json:"latestAppointmentTime"`
	Ref      string          `json:"stopReferenceId"`
	Sequence json.RawMessage `json:"sequence"`
}

// load is one load as it was created, or shared by its shipper.
type load struct {
	id        int64
	body      wanted
	carrier   string
	truth     *standin.Load
	readable  time.Time // of the transport's clock
	begun     time.Time // of the facts' clock, floored to the world's step
	deleted   time.Time // the same
	announced bool      // its creation was told by a callback
	kept      []byte    // its row in lists, made when so many facts were known
	keptAt    int
}

func (x *load) number() string {
	if x.truth != nil {
		return x.truth.Number
	}
	return ""
}

var (
	e164      = regexp.MustCompile(`^\+[1-9]\d{6,14}$`)
	stopTypes = []string{"pickup", "delivery", "transfer"}
)

// appointment reads a stop-local time without a zone.
func appointment(s string, anyZone bool) (time.Time, bool) {
	if t, err := time.Parse("2006-01-02T15:04:05", s); err == nil {
		return t, true
	}
	t, err := time.Parse(time.RFC3339, s)
	return t, err == nil && anyZone
}

// faults are what a create is refused for, in the vendor's words where they are known.
func (s *Server) faults(b *wanted, now time.Time) (wrong []string) {
	miss := func(bad bool, text string) {
		if bad {
			wrong = append(wrong, text)
		}
	}
	miss(b.Number == "", "loadNumber is required")
	var carrier string
	miss(json.Unmarshal(b.Carrier, &carrier) != nil || carrier == "", "Carrier not specified")
	var haul []string
	miss(len(b.Haul) > 0 && json.Unmarshal(b.Haul, &haul) != nil, "haulType must be an array")
	miss(b.Tracking.Phone != "" && !e164.MatchString(b.Tracking.Phone), "Driver phone is invalid")
	miss(slices.ContainsFunc(b.Tags, func(t string) bool { return len(t) > 50 }), "tags must not exceed 50 characters")
	miss(len(b.Stops) < 2, "At least two stops are required")
	for i := range b.Stops {
		wrong = append(wrong, s.stopFaults(&b.Stops[i], i+1, now)...)
	}
	return wrong
}

func (s *Server) stopFaults(st *stop, n int, now time.Time) (wrong []string) {
	miss := func(bad bool, text string) {
		if bad {
			wrong = append(wrong, fmt.Sprintf("Stop %d: %s", n, text))
		}
	}
	text := func(raw json.RawMessage) bool {
		var t string
		return len(raw) == 0 || json.Unmarshal(raw, &t) == nil
	}
	miss(!slices.Contains(stopTypes, st.Type), "stopType must be pickup, delivery or transfer")
	miss(!text(st.Lat) || !text(st.Lon), "latitude and longitude must be strings")
	miss(!text(st.Sequence), "sequence must be a string")
	point := len(st.Lat) > 2 && len(st.Lon) > 2
	miss(st.Line == "" && (st.City == "" || st.State == "" || st.Country == "") && !point, "Address needs line 1, or city, state and country, or latitude and longitude")
	for _, at := range []string{st.Earliest, st.Latest} {
		if at == "" {
			continue
		}
		t, ok := appointment(at, s.cfg.AnyZone)
		miss(!ok, "appointment times must be of the form yyyy-MM-ddTHH:mm:ss, local to the stop")
		miss(ok && t.Before(now.Add(-4*24*time.Hour)), "Appointment time cannot be earlier than 4 days")
	}
	return wrong
}

// create makes a load. A second POST makes a second one.
func (s *Server) create(w http.ResponseWriter, body []byte, e *standin.Entry) {
	var b struct {
		Load wanted `json:"load"`
	}
	if err := json.Unmarshal(body, &b); err != nil {
		s.fail(w, http.StatusBadRequest, "Invalid JSON", err.Error())
		return
	}
	if wrong := s.faults(&b.Load, e.Facts); len(wrong) > 0 {
		s.fail(w, http.StatusBadRequest, "Validation failed", wrong...)
		return
	}
	x := s.add(b.Load, e)
	e.Load, e.Errand, e.Took = x.number(), "create "+b.Load.Number, true
	reply(w, http.StatusOK, map[string]any{s.cfg.LoadIDKey: x.id, "requestId": s.requestID(), "statusCode": 200, "message": "Load created"})
}

func (s *Server) add(b wanted, e *standin.Entry) *load {
	x := &load{id: 626000100 + int64(len(s.loads)), body: b, readable: e.At.Add(s.cfg.ListedAfter), begun: e.Facts.Truncate(s.cfg.Step)}
	if json.Unmarshal(b.Carrier, &x.carrier) != nil {
		x.carrier = "" // only of loads that were shared
	}
	for _, n := range append([]string{b.Number}, b.References...) {
		if l := s.names[strings.ToUpper(n)]; l != nil && (strings.EqualFold(x.carrier, l.SCAC) || x.carrier == "") {
			x.truth = l
			break
		}
	}
	s.loads = append(s.loads, x)
	return x
}

// Share files a load as its shipper would have created it before: listed here without our doing.
func (s *Server) Share(l *standin.Load) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	carrier, err := json.Marshal(l.SCAC)
	if err != nil {
		panic(err) // a string
	}
	b := wanted{Number: l.Number, Carrier: carrier, References: []string{"TRIP-" + l.PRO, l.BOL}}
	b.Tracking.Phone, b.Tracking.Truck, b.Tracking.Trailer = l.Phone, l.Truck, l.Trailer
	for i := range l.Stops {
		st := &l.Stops[i]
		local := func(t time.Time) string { return t.In(st.Location()).Format("2006-01-02T15:04:05") }
		b.Stops = append(b.Stops, stop{Type: st.Kind, Name: st.Name, Line: st.Address, City: st.City, State: st.State, Postal: st.Postal, Country: st.Country,
			Earliest: local(st.Start), Latest: local(st.End), Ref: "S" + strconv.Itoa(st.Seq)})
	}
	x := s.add(b, &standin.Entry{Facts: l.Booked})
	x.readable = time.Time{}
	return x.id
}

// update changes a load: what the body has replaces what was there.
func (s *Server) update(w http.ResponseWriter, r *http.Request, body []byte, e *standin.Entry) {
	x := s.byID(strings.TrimPrefix(r.URL.Path, "/api/v1/tracking/"))
	if x == nil || !x.deleted.IsZero() {
		s.fail(w, http.StatusNotFound, "Load not found")
		return
	}
	var b struct {
		Load wanted `json:"load"`
	}
	if err := json.Unmarshal(body, &b); err != nil {
		s.fail(w, http.StatusBadRequest, "Invalid JSON", err.Error())
		return
	}
	var wrong []string
	for i := range b.Load.Stops {
		wrong = append(wrong, s.stopFaults(&b.Load.Stops[i], i+1, e.Facts)...)
	}
	if len(wrong) > 0 {
		s.fail(w, http.StatusBadRequest, "Validation failed", wrong...)
		return
	}
	x.kept = nil
	if len(b.Load.Stops) > 0 {
		x.body.Stops = b.Load.Stops
	}
	if b.Load.References != nil {
		x.body.References = b.Load.References
	}
	if b.Load.Tracking.Phone+b.Load.Tracking.Truck+b.Load.Tracking.Trailer != "" {
		x.body.Tracking = b.Load.Tracking
	}
	s.keep(e, "update", x.number(), fmt.Sprintf("update %d %x", x.id, sum(body)), body)
	reply(w, http.StatusOK, map[string]any{s.cfg.LoadIDKey: x.id, "requestId": s.requestID(), "statusCode": 200})
}

// remove deletes up to 100 loads.
func (s *Server) remove(w http.ResponseWriter, body []byte, e *standin.Entry) {
	var b struct {
		IDs []int64 `json:"trackingIds"`
	}
	if json.Unmarshal(body, &b) != nil || len(b.IDs) == 0 || len(b.IDs) > 100 {
		s.fail(w, http.StatusBadRequest, "trackingIds must hold 1 to 100 ids")
		return
	}
	for _, id := range b.IDs {
		if x := s.byID(strconv.FormatInt(id, 10)); x != nil {
			e.Load = x.number()
			if x.deleted.IsZero() {
				x.deleted, x.kept = e.Facts.Truncate(s.cfg.Step), nil
			}
		}
	}
	s.keep(e, "delete", e.Load, fmt.Sprintf("delete %v", b.IDs), body)
	reply(w, http.StatusOK, map[string]any{"requestId": s.requestID(), "statusCode": 200})
}

func (s *Server) byID(id string) *load {
	for _, x := range s.loads {
		if strconv.FormatInt(x.id, 10) == id {
			return x
		}
	}
	return nil
}

// keep remembers a write that took effect.
func (s *Server) keep(e *standin.Entry, kind, number, errand string, body []byte) {
	e.Load, e.Errand, e.Took = number, errand, true
	s.received = append(s.received, standin.Receipt{At: e.Facts, Kind: kind, Load: number, Errand: errand, Body: slices.Clone(body)})
}

func sum(b []byte) uint64 {
	h := fnv.New64a()
	h.Write(b)
	return h.Sum64()
}
