package project44

import (
	"net/http"
	"slices"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/sim/standin"
)

// standing is a shipment as modal truckload tracking tells it: the fold of what is known by now.
type standing struct {
	code, reason string
	stop         int // of AT_STOP
	at           time.Time
	zone         string
	lat, lon     float64
	updates      []update
	stops        []string // statusCode by stop
	arrived      []time.Time
	departed     []time.Time
	expected     []standin.Fact // the last ETA by stop
}

type update struct {
	Timestamp string  `json:"timestamp"`
	Code      string  `json:"statusCode"`
	Reason    *reason `json:"statusReason,omitempty"`
	Point     *point  `json:"geoCoordinates,omitempty"`
	Stop      int     `json:"stopNumber,omitempty"`
}

type reason struct {
	Code        string `json:"code"`
	Description string `json:"description,omitempty"`
}

// facts is what has been told of a shipment by now, in the order in which it happened. What lies before its creation is told
// only where the stand-in keeps history, and nothing after its cancellation.
func (s *Server) facts(x *shipment, now time.Time) []standin.Fact {
	if x.truth == nil {
		return nil
	}
	var list []standin.Fact
	for _, f := range x.truth.Known(now) {
		hidden := !s.cfg.KeepHistory && f.At.Before(x.begun)
		if hidden && f.Kind != standin.Asked && f.Kind != standin.Ready && f.Kind != standin.Started && f.Kind != standin.Failed {
			continue
		}
		if !x.cancelled.IsZero() && f.At.After(x.cancelled) {
			continue
		}
		list = append(list, f)
	}
	slices.SortStableFunc(list, func(a, b standin.Fact) int { return a.At.Compare(b.At) })
	return list
}

// modal folds.
func (s *Server) modal(x *shipment, now time.Time) *standing {
	n := len(x.body.Stops)
	if x.truth != nil {
		n = max(n, len(x.truth.Stops))
	}
	m := &standing{code: "DISPATCHED", reason: "PENDING_TRACKING_METHOD", at: x.begun, zone: "UTC", stops: make([]string, n),
		arrived: make([]time.Time, n), departed: make([]time.Time, n), expected: make([]standin.Fact, n)}
	if len(x.body.Equipment) > 0 {
		m.reason = "PENDING_CARRIER"
	}
	if x.truth != nil {
		m.zone = x.truth.Stops[0].Zone
		for _, f := range s.facts(x, now) {
			m.take(&f, x.truth.Course, len(x.truth.Stops))
		}
	}
	switch {
	case x.deleted:
		m.code, m.reason = "DELETED", ""
	case !x.cancelled.IsZero() && m.code != "COMPLETED":
		m.code, m.reason, m.at = "COMPLETED", "CANCELED", x.cancelled
	}
	m.settleStops()
	return m
}

// take folds one fact in.
func (m *standing) take(f *standin.Fact, course standin.Course, stops int) {
	var code, why string
	at := 0
	switch f.Kind {
	case standin.Asked:
		code, why = "DISPATCHED", "PENDING_APPROVAL"
	case standin.Ready:
		code, why = "DISPATCHED", "SCHEDULED"
	case standin.Started:
		code, why = "DISPATCHED", "ACQUIRING_LOCATION"
	case standin.Failed:
		code, why = failure(course)
	case standin.Arrived:
		m.arrived[f.Stop-1] = f.At
		code, why, at = "AT_STOP", "", f.Stop
	case standin.Departed:
		m.departed[f.Stop-1] = f.At
		if code, why = "IN_TRANSIT", "IN_MOTION"; f.Stop == stops {
			code, why = "COMPLETED", "DEPARTED_FINAL_STOP"
		}
	case standin.Position:
		if code, why, at = m.code, m.reason, m.stop; code != "AT_STOP" && code != "COMPLETED" {
			code, why = "IN_TRANSIT", "IN_MOTION"
		}
	case standin.Stale:
		code, why = "IN_TRANSIT", "IDLE"
	case standin.TimedOut:
		code, why = "COMPLETED", "TIMED_OUT"
	case standin.ETA:
		m.expected[f.Stop-1] = *f
		return
	default:
		return
	}
	m.code, m.reason, m.stop, m.at, m.zone = code, why, at, f.At, f.Zone
	u := update{Timestamp: standin.In(f.At, f.Zone).Format(stamp), Code: code, Stop: at}
	if why != "" {
		u.Reason = &reason{Code: why}
	}
	if f.Lat != 0 || f.Lon != 0 {
		m.lat, m.lon = f.Lat, f.Lon
		u.Point = &point{f.Lat, f.Lon}
	}
	m.updates = append(m.updates, u)
}

// failure is how a shipment that cannot be tracked is told.
func failure(course standin.Course) (code, why string) {
	switch course {
	case standin.Denied:
		return "COMPLETED", "APPROVAL_DENIED"
	case standin.OutOfNetwork:
		return "DISPATCHED", "PENDING_CARRIER"
	case standin.Uninstalled:
		return "COMPLETED", "TIMED_OUT"
	}
	return "TRACKING_FAILED", "FAILED_TO_ACQUIRE_LOCATION"
}

// settleStops keeps the rule: while the load is neither dispatched nor completed, exactly one stop is on its way to or arrived at.
func (m *standing) settleStops() {
	target := 0
	for i := range m.stops {
		m.stops[i] = "UNKNOWN"
		switch {
		case !m.departed[i].IsZero():
			target = i + 1
		case !m.arrived[i].IsZero():
			target = i
		}
	}
	for i := range m.stops[:min(target, len(m.stops))] {
		m.stops[i] = "DEPARTED"
	}
	if target == len(m.stops) || m.code == "DISPATCHED" || m.code == "COMPLETED" || m.code == "DELETED" {
		return
	}
	m.stops[target] = "EN_ROUTE"
	if !m.arrived[target].IsZero() {
		m.stops[target] = "ARRIVED"
	}
}

type stopStatus struct {
	Number   int       `json:"stopNumber"`
	ID       string    `json:"stopId"`
	Type     string    `json:"stopType,omitempty"`
	Code     string    `json:"statusCode"`
	Arrival  string    `json:"arrivalCode"`
	Estimate *estimate `json:"arrivalEstimate,omitempty"`
	Others   []any     `json:"additionalAppointmentWindowStatuses"`
}

type estimate struct {
	Window struct {
		Start string `json:"startDateTime"`
		End   string `json:"endDateTime"`
	} `json:"estimatedArrivalWindow"`
	Calculated string `json:"lastCalculatedDateTime"`
}

// status answers the modal status.
func (s *Server) status(w http.ResponseWriter, r *http.Request, e *standin.Entry) {
	x := s.found(w, r, matches(s.cfg.StatusPath, r.URL.Path), e)
	if x == nil {
		return
	}
	m := s.modal(x, e.Facts)
	latest := update{Timestamp: standin.In(m.at, m.zone).Format(stamp), Code: m.code, Stop: m.stop}
	if m.reason != "" {
		latest.Reason = &reason{Code: m.reason}
	}
	if m.lat != 0 || m.lon != 0 {
		latest.Point = &point{m.lat, m.lon}
	}
	out := map[string]any{"shipment": echo{x.id, x.master, x.body}, "latestStatusUpdate": latest, "latestStopStatuses": s.stopStatuses(x, m),
		"infoMessages": infos(x), "mapUrl": "https://movement.project44.com/share/" + x.master}
	if r.URL.Query().Get("includeStatusHistory") == "true" {
		out["statusUpdates"] = m.updates
	}
	reply(w, http.StatusOK, out)
}

func infos(x *shipment) []fault {
	if x.truth != nil && x.truth.Course == standin.OutOfNetwork {
		return []fault{{Severity: "INFO", Message: "The carrier is not in the network.", Source: "SYSTEM"}}
	}
	return []fault{}
}

func (s *Server) stopStatuses(x *shipment, m *standing) []stopStatus {
	list := make([]stopStatus, 0, len(m.stops))
	for i, code := range m.stops {
		st := stopStatus{Number: i + 1, ID: stopID(x, i+1), Code: code, Arrival: "UNKNOWN", Others: []any{}}
		start, end, ok := appointment(x, i)
		if i < len(x.body.Stops) {
			st.Type = x.body.Stops[i].Type
		}
		judged := m.arrived[i]
		if judged.IsZero() && code == "EN_ROUTE" && m.expected[i].Kind != "" {
			f := m.expected[i]
			st.Estimate = &estimate{Calculated: standin.In(f.At, f.Zone).Format(stamp)}
			st.Estimate.Window.Start = standin.In(f.Expected, f.Zone).Format(stamp)
			st.Estimate.Window.End = standin.In(f.Expected.Add(30*time.Minute), f.Zone).Format(stamp)
			judged = f.Expected
		}
		if ok && !judged.IsZero() {
			st.Arrival = arrivalCode(judged, start, end)
		}
		list = append(list, st)
	}
	return list
}

// arrivalCode judges an arrival against the window as it stands now.
func arrivalCode(at, start, end time.Time) string {
	switch {
	case at.Before(start):
		return "EARLY"
	case at.After(end):
		return "LATE"
	}
	return "ON_TIME"
}

// appointment is the appointment of stop i as it stands in the body, in the zone that body or world names; else the world's.
func appointment(x *shipment, i int) (start, end time.Time, ok bool) {
	loc := time.UTC
	if x.truth != nil && i < len(x.truth.Stops) {
		t := &x.truth.Stops[i]
		loc, start, end, ok = t.Location(), t.Start, t.End, true
	}
	if i >= len(x.body.Stops) || x.body.Stops[i].Window == nil {
		return start, end, ok
	}
	in := x.body.Stops[i].Window
	if named, err := freight.Location(in.Zone); err == nil {
		loc = named
	}
	from, first := clock(in.Start, loc)
	to, last := clock(in.End, loc)
	return from, to, first && last
}

// stopID is the id of a stop within its shipment.
func stopID(x *shipment, seq int) string { return x.master[:8] + "-" + string(rune('a'+seq-1)) }

// methods answers how a carrier may be tracked, the best way first.
func (s *Server) methods(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	carrier := typed{q.Get("carrierIdentifier.type"), q.Get("carrierIdentifier.value")}
	for _, l := range s.cfg.World {
		if carrier.Value == "" || !moves(&carrier, l) {
			continue
		}
		type method struct {
			Equipment typed `json:"equipmentIdentifier"`
		}
		reply(w, http.StatusOK, map[string]any{"trackingMethods": []method{{typed{"VEHICLE_ID", l.Truck}}, {typed{"MOBILE_PHONE_NUMBER", l.Phone}}}, "infoMessages": []fault{}})
		return
	}
	reply(w, http.StatusOK, map[string]any{"trackingMethods": []any{}, "infoMessages": []fault{{Severity: "INFO", Message: "No tracking method is known for this carrier.", Source: "SYSTEM"}}})
}
