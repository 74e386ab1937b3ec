package project44

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/sim/standin"
)

// tracked is the answer of the history calls; what a call does not tell is absent.
type tracked struct {
	Shipment  any     `json:"shipment"`
	States    []state `json:"states,omitempty"`
	Events    []event `json:"events,omitempty"`
	Positions []any   `json:"positions,omitempty"`
}

type event struct {
	Type        string     `json:"type"`
	Stop        string     `json:"stopId,omitempty"`
	Segment     string     `json:"routeSegmentId,omitempty"`
	Planned     string     `json:"plannedDateTime,omitempty"`
	PlannedEnd  string     `json:"plannedEndDateTime,omitempty"`
	Estimate    string     `json:"estimateDateTime,omitempty"`
	Calculated  string     `json:"estimateLastCalculatedDateTime,omitempty"`
	At          string     `json:"dateTime,omitempty"`
	Received    string     `json:"receivedDateTime,omitempty"`
	Times       []dateTime `json:"dateTimes,omitempty"`
	Description string     `json:"description,omitempty"`
}

type dateTime struct {
	Type     string `json:"type"`
	Source   string `json:"source"`
	At       string `json:"dateTime"`
	Selected bool   `json:"selected"`
}

type state struct {
	Type    string `json:"type"`
	Start   string `json:"startDateTime"`
	End     string `json:"endDateTime,omitempty"`
	Stop    string `json:"stopId,omitempty"`
	Segment string `json:"routeSegmentId,omitempty"`
}

// history answers eventhistory, positionhistory, tracking and tracking/history.
func (s *Server) history(w http.ResponseWriter, r *http.Request, e *standin.Entry) {
	id, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/api/v4/shipments/"), "/")
	x := s.byID[id]
	if x == nil || x.master != id || x.deleted || s.Wire().Before(x.readable) {
		s.fail(w, http.StatusNotFound, "Not Found", "The shipment is not known, or cannot be read yet.")
		return
	}
	e.Load = x.number()
	route := e.Ask == "route" || e.Ask == "history"
	if v := r.URL.Query().Get("includeRouteInfo"); v != "" {
		route = v == "true"
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(s.told(x, e.Facts, e.Ask, route))
}

// kept is an answer that holds until something more is known.
type kept struct {
	known int
	body  []byte
}

// told is the answer as bytes; between two news it is the same and made once.
func (s *Server) told(x *shipment, now time.Time, ask string, route bool) []byte {
	known := 0
	if x.truth != nil {
		known = len(x.truth.Known(now))
	}
	key := ask
	if route {
		key += " route"
	}
	if k, ok := x.kept[key]; ok && k.known == known {
		return k.body
	}
	b, err := json.Marshal(s.tracked(x, now, ask, route))
	if err != nil {
		panic(err) // our own types
	}
	if x.kept == nil {
		x.kept = map[string]kept{}
	}
	x.kept[key] = kept{known, b}
	return b
}

func (s *Server) tracked(x *shipment, now time.Time, ask string, route bool) tracked {
	out := tracked{Shipment: s.block(x, route)}
	facts := s.facts(x, now)
	if ask == "events" || ask == "history" {
		out.Events = s.events(x, facts)
	}
	if ask == "history" {
		out.States = s.states(x, facts)
	}
	if ask == "positions" || ask == "history" {
		out.Positions = s.positions(facts)
	}
	return out
}

// block is the shipment as every answer of unified tracking begins with it.
func (s *Server) block(x *shipment, route bool) map[string]any {
	ids := slices.Clone(x.body.Identifiers)
	if c := x.body.Carrier; c != nil && c.Type == "SCAC" {
		ids = append(ids, typed{"CARRIER_SCAC", c.Value})
	}
	if x.truth != nil && len(s.facts(x, s.Facts())) > 0 {
		ids = append(ids, typed{"PRO", x.truth.PRO})
	}
	attributes := []named{}
	for _, a := range x.body.Attributes {
		if a.Values == nil {
			a.Values = []string{a.Value}
		}
		attributes = append(attributes, named{Name: a.Name, Values: a.Values})
	}
	b := map[string]any{"id": x.master, "identifiers": ids, "attributes": attributes, "shipmentShareLink": "https://movement.project44.com/share/" + x.master,
		"createdDateTime": x.begun.UTC().Format(stamp), "relatedShipments": []any{}, "accessGroups": []any{}}
	if route {
		b["routeInfo"] = routeInfo(x)
	}
	return b
}

func routeInfo(x *shipment) map[string]any {
	stops, segments := []any{}, []any{}
	if x.truth == nil {
		return map[string]any{"stops": stops, "routeSegments": segments}
	}
	last := len(x.truth.Stops)
	for i := range x.truth.Stops {
		t := &x.truth.Stops[i]
		kind := strings.ToUpper(t.Kind)
		switch t.Seq {
		case 1:
			kind = "ORIGIN"
		case last:
			kind = "DESTINATION"
		}
		stops = append(stops, map[string]any{"id": stopID(x, t.Seq), "type": kind,
			"location": map[string]any{"name": t.Name, "identifiers": []any{}, "coordinates": point{t.Lat, t.Lon}}})
		if t.Seq < last {
			segments = append(segments, map[string]any{"id": segmentID(x, t.Seq), "fromStopId": stopID(x, t.Seq), "toStopId": stopID(x, t.Seq+1),
				"transportationMode": "TRUCKLOAD", "identifiers": []any{}})
		}
	}
	return map[string]any{"stops": stops, "routeSegments": segments}
}

func segmentID(x *shipment, from int) string { return x.master[:8] + "-s" + string(rune('0'+from)) }

// events is the whole list, every time.
func (s *Server) events(x *shipment, facts []standin.Fact) []event {
	var list []event
	told := func(f *standin.Fact, kind string) event {
		return event{Type: kind, At: standin.In(f.At, f.Zone).Format(stamp), Received: standin.In(f.Told, f.Zone).Format(stamp)}
	}
	m := s.modal(x, s.Facts())
	for i := range facts {
		f := &facts[i]
		switch f.Kind {
		case standin.Started:
			began := *f
			began.At, began.Told = latest(f.At, x.begun), latest(f.Told, x.begun)
			if s.cfg.KeepHistory {
				began = *f
			}
			list = append(list, told(&began, "TRACKING_START"))
		case standin.Failed:
			list = append(list, s.failed(x, told(f, "")))
		case standin.TimedOut:
			list = append(list, told(f, "TRACKING_END_DUE_TO_TIMEOUT"))
		case standin.Departed:
			ev := told(f, "DEPARTURE_FROM_STOP")
			ev.Stop = stopID(x, f.Stop)
			list = append(list, ev)
			if f.Stop == len(x.truth.Stops) {
				ev.Type = "DELIVERY"
				list = append(list, ev)
			}
		case standin.Stale:
			list = append(list, told(f, "IDLE"))
		}
	}
	list = append(list, s.arrivals(x, m, facts)...)
	if !x.cancelled.IsZero() {
		at := standin.In(x.cancelled, m.zone).Format(stamp)
		list = append(list, event{Type: "TRACKING_END_BY_USER", At: at, Received: at})
	}
	if s.cfg.Shuffled {
		for i := range list {
			k := int(spread(uint64(x.id)+uint64(i)) % uint64(i+1))
			list[i], list[k] = list[k], list[i]
		}
	}
	return list
}

// failed is the event of a shipment that cannot be tracked.
func (s *Server) failed(x *shipment, ev event) event {
	switch x.truth.Course {
	case standin.Denied:
		ev.Type = "DRIVER_DENY_TRACKING"
	case standin.OutOfNetwork:
		ev.Type, ev.Description = "WARNING", "The carrier is out of network."
	case standin.Uninstalled:
		ev.Type = "TRACKING_END_DUE_TO_TIMEOUT"
	default:
		ev.Type, ev.Description = "UNKNOWN_EQUIPMENT_IDENTIFIER", "The phone number cannot be tracked."
	}
	return ev
}

// arrivals are the events of stops: planned from the beginning, estimated on the way, told once they happened. One load in forty
// tells something that no list names.
func (s *Server) arrivals(x *shipment, m *standing, facts []standin.Fact) (list []event) {
	if x.truth == nil {
		return nil
	}
	told := map[int]time.Time{}
	for i := range facts {
		if facts[i].Kind == standin.Arrived {
			told[facts[i].Stop] = facts[i].Told
		}
	}
	for i := range x.truth.Stops {
		zone := x.truth.Stops[i].Zone
		show := func(t time.Time) string { return standin.In(t, zone).Format(stamp) }
		ev := event{Type: "ARRIVAL_AT_STOP", Stop: stopID(x, i+1)}
		start, end, ok := appointment(x, i)
		if ok {
			ev.Planned, ev.PlannedEnd = show(start), show(end)
			ev.Times = append(ev.Times, dateTime{"PLANNED", "BROKER", ev.Planned, false})
		}
		if f := m.expected[i]; f.Kind != "" {
			ev.Estimate, ev.Calculated = show(f.Expected), show(f.At)
			ev.Times = append(ev.Times, dateTime{"ESTIMATE", "P44", ev.Estimate, false})
		}
		if at := m.arrived[i]; !at.IsZero() {
			ev.At, ev.Received = show(at), show(told[i+1])
			ev.Times = append(ev.Times, dateTime{"ACTUAL", "GEOFENCE", ev.At, false})
		}
		if k := len(ev.Times); k > 0 {
			ev.Times[k-1].Selected = true
		}
		list = append(list, ev)
		if s.cfg.Unlisted != "-" && i == 0 && x.id%40 == 7 && ev.At != "" {
			list = append(list, event{Type: s.cfg.Unlisted, Stop: ev.Stop, At: ev.At, Received: ev.Received})
		}
	}
	return list
}

// states are the spans of the trip: scheduled, at a stop, on the way, done.
func (s *Server) states(x *shipment, facts []standin.Fact) (list []state) {
	begin := func(kind string, f *standin.Fact) *state {
		at := standin.In(f.At, f.Zone).Format(stamp)
		if k := len(list); k > 0 {
			list[k-1].End = at
		}
		list = append(list, state{Type: kind, Start: at})
		return &list[len(list)-1]
	}
	for i := range facts {
		f := &facts[i]
		switch f.Kind {
		case standin.Started:
			began := *f
			if !s.cfg.KeepHistory {
				began.At = latest(f.At, x.begun)
			}
			begin("SCHEDULED", &began)
		case standin.Arrived:
			begin("AT_STOP", f).Stop = stopID(x, f.Stop)
		case standin.Departed:
			if f.Stop == len(x.truth.Stops) {
				begin("COMPLETED", f)
				continue
			}
			begin("IN_TRANSIT", f).Segment = segmentID(x, f.Stop)
		}
	}
	return list
}

// positions are ascending by time and thinned; once told, a position stays.
func (s *Server) positions(facts []standin.Fact) []any {
	var list []any
	var last time.Time
	for i := range facts {
		f := &facts[i]
		slot := f.At.Truncate(s.cfg.PositionEvery)
		if f.Kind != standin.Position || slot.Equal(last) {
			continue
		}
		last = slot
		list = append(list, map[string]any{s.cfg.Positions[0]: point{f.Lat, f.Lon}, s.cfg.Positions[1]: standin.In(f.At, f.Zone).Format(stamp)})
	}
	return list
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
