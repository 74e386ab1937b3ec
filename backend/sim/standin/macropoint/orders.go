package macropoint

import (
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/sim/standin"
)

const namespace = "http://macropoint-lite.com/xml/1.0"

// wanted is the body of createorder.
type wanted struct {
	XMLName xml.Name
	Number  struct {
		Type  string `xml:"Type,attr"`
		Value string `xml:",chardata"`
	}
	Start  string `xml:"TrackStartDateTime"`
	Notify []struct {
		MPID     string `xml:"PartnerMPID"`
		Name     string `xml:"IDNumber"`
		Hours    string `xml:"TrackDurationInHours"`
		Interval string `xml:"TrackIntervalInMinutes"`
	} `xml:"Notifications>Notification"`
	Stops []struct {
		ID      string `xml:"StopID"`
		Name    string `xml:"Name"`
		Type    string `xml:"StopType"`
		Address struct {
			Line   string `xml:"Line1"`
			City   string `xml:"City"`
			State  string `xml:"StateOrProvince"`
			Postal string `xml:"PostalCode"`
		} `xml:"Address"`
		Start string `xml:"StartDateTime"`
		End   string `xml:"EndDateTime"`
	} `xml:"TripSheet>Stops>Stop"`
}

// order is one order for tracking.
type order struct {
	id, name string // OrderID and the partner's IDNumber
	truth    *standin.Load
	begun    time.Time // of the facts' clock, floored to the world's step
	from     time.Time // tracking is wanted from here
	until    time.Time // to here
	every    time.Duration
	stops    []string // StopIDs
	status   int
	stopped  bool
	over     bool
	seen     int           // facts of the load that were called back or left out
	slot     time.Time     // of the last location
	last     *standin.Fact // the newest position, called back or not
	alerts   map[int]int   // stop -> last schedule alert
	asked    time.Time     // a fresh location, by the facts' clock
	wanting  bool          // and it was not called back yet
}

func (x *order) number() string {
	if x.truth != nil {
		return x.truth.Number
	}
	return ""
}

// zones are the abbreviations of TrackStartDateTime.
var zones = map[string]string{"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
	"AT": "America/Halifax", "AKT": "America/Anchorage", "HT": "Pacific/Honolulu", "UTC": "UTC", "GMT": "UTC"}

// trackStart reads "2026-03-02 6:00 CT".
func trackStart(s string) (time.Time, bool) {
	cut := strings.LastIndexByte(s, ' ')
	if cut < 0 {
		return time.Time{}, false
	}
	loc, err := freight.Location(zones[s[cut+1:]])
	if err != nil {
		return time.Time{}, false
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", s[:cut], loc)
	if err != nil {
		t, err = time.ParseInLocation("2006-01-02 3:04", s[:cut], loc)
	}
	return t, err == nil
}

// faults are what an order is refused for.
func (s *Server) faults(b *wanted) (wrong []string) {
	miss := func(bad bool, text string) {
		if bad {
			wrong = append(wrong, text)
		}
	}
	miss(b.XMLName.Local != "Order" || b.XMLName.Space != namespace, "The root must be Order in the namespace "+namespace)
	miss(b.Number.Type != "Mobile" || strings.TrimSpace(b.Number.Value) == "", "Number of Type Mobile is required")
	_, ok := trackStart(b.Start)
	miss(!ok, "TrackStartDateTime must be of the form yyyy-MM-dd H:mm TZ")
	miss(len(b.Notify) == 0, "Notifications must hold a Notification")
	for _, n := range b.Notify {
		miss(n.MPID != s.cfg.MPID, "PartnerMPID is not known")
		miss(n.Name == "", "IDNumber is required")
		hours, bad := strconv.Atoi(n.Hours)
		miss(bad != nil || hours < 1, "TrackDurationInHours must be a number")
		every, bad := strconv.Atoi(n.Interval)
		miss(bad != nil || every < 1, "TrackIntervalInMinutes must be a number")
	}
	miss(len(b.Stops) == 1, "A TripSheet needs at least two stops")
	for i, st := range b.Stops {
		for _, at := range []string{st.Start, st.End} {
			_, err := time.Parse("2006-01-02T15:04Z", at)
			miss(err != nil, fmt.Sprintf("Stop %d: StartDateTime and EndDateTime must be of the form yyyy-MM-ddTHH:mmZ", i+1))
		}
		miss(st.ID == "", fmt.Sprintf("Stop %d: StopID is required", i+1))
		miss(st.Type != "Pickup" && st.Type != "DropOff", fmt.Sprintf("Stop %d: StopType must be Pickup or DropOff", i+1))
		miss(st.Address.City == "" && st.Address.Postal == "", fmt.Sprintf("Stop %d: Address needs a city or a postal code", i+1))
	}
	return wrong
}

func isXML(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && (kind == "text/xml" || kind == "application/xml")
}

// read reads an order, or answers what is wrong.
func (s *Server) read(w http.ResponseWriter, r *http.Request, body []byte) (b wanted, ok bool) {
	if !isXML(r) {
		s.fail(w, http.StatusBadRequest, s.cfg.InvalidCode, "The content type must be text/xml")
		return b, false
	}
	if err := xml.Unmarshal(body, &b); err != nil {
		s.fail(w, http.StatusBadRequest, s.cfg.InvalidCode, "The body is not valid XML: "+err.Error())
		return b, false
	}
	if wrong := s.faults(&b); len(wrong) > 0 {
		s.fail(w, http.StatusBadRequest, s.cfg.InvalidCode, strings.Join(wrong, "; "))
		return b, false
	}
	return b, true
}

// create makes an order. Another one for the same IDNumber is another order, unless the stand-in keeps them unique.
func (s *Server) create(w http.ResponseWriter, r *http.Request, body []byte, e *standin.Entry) {
	b, ok := s.read(w, r, body)
	if !ok {
		return
	}
	n := &b.Notify[0]
	if s.cfg.Unique && slices.ContainsFunc(s.orders, func(x *order) bool { return x.name == n.Name && !x.stopped }) {
		s.fail(w, s.cfg.ErrorStatus, s.cfg.InvalidCode, "An order with this IDNumber exists")
		return
	}
	x := &order{id: fmt.Sprintf("MP%07d", 1009900+len(s.orders)), name: n.Name, begun: e.Facts.Truncate(s.cfg.Step), truth: s.names[strings.ToUpper(n.Name)], alerts: map[int]int{}}
	s.fill(x, &b)
	s.orders = append(s.orders, x)
	e.Load, e.Errand, e.Took = x.number(), "create "+n.Name, true
	s.reply(w, http.StatusOK, struct{ OrderID string }{x.id})
}

// fill takes what an order asks for.
func (s *Server) fill(x *order, b *wanted) {
	n := &b.Notify[0]
	x.from, _ = trackStart(b.Start)
	if !x.from.After(s.Wire().Add(time.Minute)) { // from now on: like the order itself, from the beginning of its step
		x.from = x.begun
	}
	hours, _ := strconv.Atoi(n.Hours)      // was checked
	minutes, _ := strconv.Atoi(n.Interval) // was checked
	x.until, x.every = x.from.Add(time.Duration(hours)*time.Hour), max(time.Duration(minutes)*time.Minute, time.Minute)
	x.stops = nil
	for _, st := range b.Stops {
		x.stops = append(x.stops, st.ID)
	}
}

func (s *Server) byID(id string) *order {
	for _, x := range s.orders {
		if x.id == id {
			return x
		}
	}
	return nil
}

// fresh asks for a fresh location: 200 and nothing, or a code.
func (s *Server) fresh(w http.ResponseWriter, id string, e *standin.Entry) {
	x := s.byID(id)
	no := func(code int, text string) { s.fail(w, s.cfg.ErrorStatus, code, text) }
	switch {
	case x == nil:
		no(notValid, "Order ID is not valid")
	case s.cfg.NoFunds:
		no(noFunds, "Insufficient funds")
	case s.cfg.NoFeature:
		no(noFeature, "Feature is not provisioned")
	case x.stopped || x.over:
		no(overAlready, "Order is completed or expired")
	case x.truth == nil || !x.running(e.Facts) || e.Facts.Sub(x.asked) < s.cfg.AskAgain && !x.asked.IsZero():
		no(notNow, "Order is not eligible for an update now, try later")
	default:
		x.asked, x.wanting = e.Facts, true
		e.Load, e.Errand, e.Took = x.number(), "fresh "+id+" "+e.Facts.UTC().Format(time.RFC3339), true
		w.WriteHeader(http.StatusOK)
	}
}

// running reports whether the truck is tracked.
func (x *order) running(now time.Time) bool {
	for _, f := range x.truth.Known(now) {
		if f.Kind == standin.Position {
			return true
		}
	}
	return false
}

// stop ends an order: 1050 is called back.
func (s *Server) stop(w http.ResponseWriter, id string, e *standin.Entry) {
	x := s.byID(id)
	if x == nil {
		s.fail(w, s.cfg.ErrorStatus, notValid, "Order ID is not valid")
		return
	}
	if !x.stopped {
		x.stopped = true
		s.status(x, e.Facts.Truncate(s.cfg.Step), 1050)
	}
	e.Load, e.Errand, e.Took = x.number(), "stop "+id, true
	s.reply(w, http.StatusOK, struct{ OrderID string }{x.id})
}

// change replaces what an order asks for. The route itself stays as it was ordered.
func (s *Server) change(w http.ResponseWriter, r *http.Request, id string, body []byte, e *standin.Entry) {
	x := s.byID(id)
	if x == nil {
		s.fail(w, s.cfg.ErrorStatus, notValid, "Order ID is not valid")
		return
	}
	b, ok := s.read(w, r, body)
	if !ok {
		return
	}
	stops := x.stops
	s.fill(x, &b)
	x.stops = stops
	s.keep(e, "change", x.number(), fmt.Sprintf("change %s %x", id, sum(body)), body)
	s.reply(w, http.StatusOK, struct{ OrderID string }{x.id})
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
