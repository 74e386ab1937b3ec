package fourkites

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"tracedesk/backend/sim/standin"
)

// Names of callbacks. Those that were never seen literally can be replaced by Config.Messages.
const (
	loadCreated  = "LOAD_CREATION"
	trackingNews = "TRACKING_UPDATE"
	locationNews = "LOCATION_UPDATE"
	stopArrival  = "STOP_ARRIVAL"
	stopDeparts  = "STOP_DEPARTURE" // unverified
	etaNews      = "STOP_ETA_UPDATED"
	deliveredNow = "LOAD_DELIVERED" // unverified
	docAdded     = "DOCUMENT_ADDED" // unverified
)

// plan queues a callback for everything that was told since the last time.
func (s *Server) plan(now time.Time) {
	since := s.pushed
	s.pushed = now
	if s.push.To == nil {
		return
	}
	for _, x := range s.loads {
		if !x.announced {
			x.announced = true
			s.call(x, now, loadCreated, map[string]any{"Success": true, "Errors": []string{}})
		}
		for _, f := range s.facts(x, now) {
			if f.Told.After(since) {
				s.fact(x, now, &f)
			}
		}
		if t := x.truth; t != nil && t.Proof != nil && t.Paper.After(since) && !t.Paper.After(now) {
			s.call(x, now, docAdded, map[string]any{"DocumentType": "DR", "Timestamp": show(t.Paper)})
		}
	}
}

// fact queues the callback of one fact, if it has one.
func (s *Server) fact(x *load, now time.Time, f *standin.Fact) {
	more := map[string]any{"Timestamp": show(f.At), "Timezone": f.Zone}
	local := standin.In(f.At, f.Zone)
	more["TimezoneShortName"], more["TimezoneOffset"] = local.Format("MST"), local.Format("-07:00")
	if f.Lat != 0 || f.Lon != 0 {
		more["Latitude"], more["Longitude"] = strconv.FormatFloat(f.Lat, 'f', 6, 64), strconv.FormatFloat(f.Lon, 'f', 6, 64)
	}
	if st := x.truth.Stop(f.Stop); st != nil {
		more["StopReferenceId"], more["StopName"], more["StopType"], more["StopSequence"] = "S"+strconv.Itoa(st.Seq), st.Name, st.Kind, st.Seq
		more["City"], more["State"] = st.City, st.State
		if f.Stop-1 < len(x.body.Stops) && x.body.Stops[f.Stop-1].Ref != "" {
			more["StopReferenceId"] = x.body.Stops[f.Stop-1].Ref
		}
	}
	switch f.Kind {
	case standin.Ready:
		more["DriverPhone"], more["TruckNumber"], more["TrailerNumber"] = x.truth.Phone, x.truth.Truck, x.truth.Trailer
		s.call(x, now, trackingNews, more)
	case standin.Position:
		s.call(x, now, locationNews, more)
	case standin.Arrived:
		more["StopStatus"] = s.word(arrived)
		s.call(x, now, stopArrival, more)
	case standin.Departed:
		more["StopStatus"] = s.word(departed)
		s.call(x, now, stopDeparts, more)
		if f.Stop == len(x.truth.Stops) {
			s.call(x, now, deliveredNow, more)
		}
	case standin.ETA:
		more["Eta"] = show(f.Expected) // unverified name
		s.call(x, now, etaNews, more)
	}
}

// call queues one callback with the fields that all have.
func (s *Server) call(x *load, now time.Time, kind string, more map[string]any) {
	if other, ok := s.cfg.Messages[kind]; ok {
		kind = other
	}
	out := map[string]any{"MessageType": kind, "FourKitesLoadId": x.id, "LoadNumber": x.body.Number, "ReferenceNumbers": slices.Clone(x.body.References),
		"Scac": x.carrier, "Tags": []string{}, "Timestamp": show(x.begun)}
	if x.truth != nil {
		out["Shipper"], out["ProNumber"], out["Scac"] = x.truth.Customer, x.truth.PRO, x.truth.SCAC
	}
	for k, v := range more {
		out[k] = v
	}
	b, err := json.Marshal(out)
	if err != nil {
		panic(err) // our own types
	}
	s.push.Add(standin.Callback{Due: now, Name: "fourkites", Load: x.number(), Method: http.MethodPost, ContentType: "application/json", Body: b, Ext: ".json"})
}
