package macropoint

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/sim/standin"
)

// messages are the texts of order statuses.
var messages = map[int]string{1001: "Requesting installation", 1020: "Ready to track", 1021: "Tracking now", 1022: "Tracking completed successfully",
	1050: "Tracking stopped by creator", 1052: "Denied by driver", 1060: "Tracking, waiting for update", 1062: "Invalid number, not trackable",
	1063: "Landline, not trackable", 1070: "Expired without installation", 1071: "Expired without location",
	1110: "Trip sheet deployed", 1111: "Trip sheet in progress", 1112: "Trip sheet completed"}

// plan queues what was told since the last time, and fresh locations that were asked for.
func (s *Server) plan(now time.Time) {
	for _, x := range s.orders {
		if x.truth == nil || x.stopped {
			continue
		}
		known := x.truth.Known(now)
		for i := x.seen; i < len(known); i++ {
			s.fact(x, &known[i])
		}
		x.seen = len(known)
		if x.wanting && !now.Before(x.asked.Add(s.cfg.FreshAfter)) {
			x.wanting = false
			if x.last != nil {
				s.position(x, x.last, x.asked.Add(s.cfg.FreshAfter))
			}
		}
	}
}

// fact calls back one fact, if it is one that is called back.
func (s *Server) fact(x *order, f *standin.Fact) {
	before := f.At.Before(x.begun) && !s.cfg.KeepHistory
	due := f.Told
	if due.Before(x.begun) {
		due = x.begun
	}
	switch f.Kind {
	case standin.Asked:
		s.status(x, due, 1001, 1110)
	case standin.Ready:
		s.status(x, due, 1020)
	case standin.Started:
		s.status(x, due, 1021, 1111)
	case standin.Failed:
		s.status(x, due, map[standin.Course]int{standin.Denied: 1052, standin.BadNumber: 1062, standin.Uninstalled: 1070, standin.OutOfNetwork: 1063}[x.truth.Course])
		x.over = true
	}
	if before {
		return
	}
	switch f.Kind {
	case standin.Position:
		x.last = f
		slot := f.At.Truncate(x.every)
		if slot.Equal(x.slot) || f.At.Before(x.from) || f.At.After(x.until) {
			return
		}
		x.slot = slot
		s.position(x, f, due)
	case standin.Stale:
		s.status(x, due, 1060)
	case standin.Resumed:
		s.status(x, due, 1021)
	case standin.Completed:
		s.status(x, due, 1022, 1112)
		x.over = true
	case standin.TimedOut:
		s.status(x, due, 1071)
		x.over = true
	case standin.ETA:
		s.alert(x, f, due)
	case standin.Arrived, standin.Departed:
		s.event(x, f, due)
	}
}

// pair is one parameter; they keep their order.
type pair struct{ name, value string }

func (s *Server) status(x *order, due time.Time, codes ...int) {
	for _, code := range codes {
		if code < 1100 {
			x.status = code
		}
		s.call(x, due, "status", pair{"Code", strconv.Itoa(code)}, pair{"Message", messages[code]})
	}
}

func (s *Server) position(x *order, f *standin.Fact, due time.Time) {
	near := x.truth.Stop(1)
	for i := range x.truth.Stops {
		if st := &x.truth.Stops[i]; apart(st, f) < apart(near, f) {
			near = st
		}
	}
	s.call(x, due, "location", pair{"Latitude", decimal(f.Lat)}, pair{"Longitude", decimal(f.Lon)}, pair{"Uncertainty", "1.2"},
		pair{"Street1", ""}, pair{"Street2", ""}, pair{"Neighborhood", ""}, pair{"City", near.City}, pair{"State", near.State}, pair{"Postal", near.Postal}, pair{"Country", country(near.Country)},
		pair{"LocationDateTimeUTC", s.date(f.At.UTC(), true)}, pair{"ApproxLocationDateTimeInLocalTime", s.date(standin.In(f.At, f.Zone), false)})
}

// apart is how far a fact is from a stop, for comparing only.
func apart(st *standin.Stop, f *standin.Fact) float64 {
	return (st.Lat-f.Lat)*(st.Lat-f.Lat) + (st.Lon-f.Lon)*(st.Lon-f.Lon)
}

func country(code string) string {
	if long := map[string]string{"US": "USA", "CA": "CAN", "MX": "MEX"}[code]; long != "" {
		return long
	}
	return code
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// date is a time as callbacks write it. What is in UTC is so whatever it looks like.
func (s *Server) date(t time.Time, utc bool) string {
	switch {
	case s.cfg.Dates == "isoz" && utc:
		return t.Format("2006-01-02T15:04:05Z")
	case s.cfg.Dates != "us":
		return t.Format("2006-01-02T15:04:05")
	}
	return t.Format("1/2/2006 3:04:05 PM")
}

// alert tells how a stop's schedule stands, when that changes.
func (s *Server) alert(x *order, f *standin.Fact, due time.Time) {
	st := x.truth.Stop(f.Stop)
	code, text := 1, "On time or ahead of schedule"
	switch {
	case f.At.After(st.End):
		code, text = 4, "Past the appointment"
	case f.Expected.After(st.End):
		code, text = 3, "Behind schedule, will most likely miss the appointment"
	case f.Expected.After(st.End.Add(-30 * time.Minute)):
		code, text = 2, "Behind schedule, can still make the appointment"
	}
	if last, ok := x.alerts[f.Stop]; ok && last == code {
		return
	}
	x.alerts[f.Stop] = code
	s.call(x, due, "alert", append(s.stopPairs(x, st), pair{"ScheduleAlertCode", strconv.Itoa(code)},
		pair{"ScheduledStartTimeInLocalTimeForStop", s.date(st.Start.In(st.Location()), false)}, pair{"ScheduledEndTimeInLocalTimeForStop", s.date(st.End.In(st.Location()), false)},
		pair{"ScheduleAlertText", text})...)
}

func (s *Server) stopPairs(x *order, st *standin.Stop) []pair {
	kind, id := "DropOff", ""
	if st.Kind == "pickup" {
		kind = "Pickup"
	}
	if st.Seq <= len(x.stops) {
		id = x.stops[st.Seq-1]
	}
	return []pair{{"StopType", kind}, {"StopID", id}, {"StopName", st.Name}, {"AddressLine1", st.Address}, {"City", st.City}, {"State", st.State}, {"PostalCode", st.Postal}}
}

// event tells of an arrival or a departure. That it exists is known; its parameters are not.
func (s *Server) event(x *order, f *standin.Fact, due time.Time) {
	if s.cfg.Silent {
		return
	}
	st, name := x.truth.Stop(f.Stop), s.cfg.EventNames[0]
	if f.Kind == standin.Departed {
		name = s.cfg.EventNames[1]
	}
	s.call(x, due, "event", append(s.stopPairs(x, st), pair{"EventName", name},
		pair{"EventDateTimeUTC", s.date(f.At.UTC(), true)}, pair{"ApproxEventDateTimeInLocalTime", s.date(standin.In(f.At, st.Zone), false)})...)
}

// call queues one callback in the form that is configured.
func (s *Server) call(x *order, due time.Time, name string, more ...pair) {
	pairs := append([]pair{{"ID", x.name}, {"MPOrderID", x.id}}, more...)
	path := "/mp/" + name
	if other, ok := s.cfg.Paths[name]; ok {
		path = other
	}
	c := standin.Callback{Due: due, Name: "macropoint-" + name, Load: x.number(), Method: http.MethodGet, Path: path, Ext: ".txt"}
	switch s.cfg.Form {
	case "xml":
		c.Method, c.ContentType, c.Body, c.Ext = http.MethodPost, "text/xml; charset=utf-8", inXML(name, pairs), ".xml"
	case "form":
		c.Method, c.ContentType, c.Body = http.MethodPost, "application/x-www-form-urlencoded", []byte(query(pairs))
	default:
		c.Query = query(pairs)
	}
	s.push.Add(c)
}

func query(pairs []pair) string {
	var b strings.Builder
	for i, p := range pairs {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(p.name + "=" + strings.ReplaceAll(url.QueryEscape(p.value), "+", "%20"))
	}
	return b.String()
}

// inXML writes the parameters as elements; the roots' names are a guess.
func inXML(name string, pairs []pair) []byte {
	root := map[string]string{"location": "LocationUpdate", "status": "OrderStatusChange", "alert": "ScheduleAlert", "event": "TripEvent"}[name]
	var b strings.Builder
	b.WriteString("<" + root + ` xmlns="` + namespace + `">`)
	for _, p := range pairs {
		b.WriteString("<" + p.name + ">")
		if err := xml.EscapeText(&b, []byte(p.value)); err != nil {
			panic(err) // a builder takes all
		}
		b.WriteString("</" + p.name + ">")
	}
	b.WriteString("</" + root + ">")
	return []byte(b.String())
}
