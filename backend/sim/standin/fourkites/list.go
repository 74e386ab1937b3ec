package fourkites

import (
	"encoding/json"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/sim/standin"
)

// shipments answers a page of the list, in the order of creation. There is no filter on what changed.
func (s *Server) shipments(w http.ResponseWriter, r *http.Request, body []byte) {
	q := r.URL.Query()
	legacy := r.URL.Path != "/shipments"
	page, per, only := number(q.Get("page"), 1), number(q.Get("perPage"), 20), ""
	if legacy {
		per, only = number(q.Get("per_page"), 20), q.Get("load_status")
		var b struct {
			Page   int    `json:"page"`
			Per    int    `json:"per_page"`
			Status string `json:"load_status"`
		}
		if len(body) > 0 && json.Unmarshal(body, &b) != nil {
			s.fail(w, http.StatusBadRequest, "Invalid JSON")
			return
		}
		page, per = max(page, b.Page), max(b.Per, per)
		if b.Status != "" {
			only = b.Status
		}
	}
	per = min(per, s.cfg.MostPerPage)
	all := s.listed(only)
	total := len(all)
	from, to := min((page-1)*per, total), min(page*per, total)
	rows := make([]any, 0, to-from)
	for _, x := range all[from:to] {
		rows = append(rows, s.row(x))
	}
	if legacy {
		reply(w, http.StatusOK, map[string]any{"loads": rows, "pagination": map[string]any{"page": page, "per_page": per, "total_count": total, "total_pages": (total + per - 1) / per}})
		return
	}
	reply(w, http.StatusOK, s.shape(rows, total))
}

// shape is the list as one of the forms that clients have met.
func (s *Server) shape(rows []any, total int) any {
	switch s.cfg.Shape {
	case "data":
		return map[string]any{"data": rows, s.cfg.TotalKey: total}
	case "shipments":
		return map[string]any{"shipments": rows, s.cfg.TotalKey: total}
	case "bare":
		return rows
	}
	return map[string]any{"data": map[string]any{"shipments": rows, s.cfg.TotalKey: total}}
}

// listed are the loads that can be read by now, those of some statuses only when asked so.
func (s *Server) listed(only string) (list []*load) {
	words := strings.Split(only, ",")
	for _, x := range s.loads {
		if s.Wire().Before(x.readable) || only != "" && !slices.Contains(words, s.view(x, s.Facts()).status) {
			continue
		}
		list = append(list, x)
	}
	return list
}

func number(s string, otherwise int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return otherwise
	}
	return n
}

// shipment answers one shipment by its id, or by its load number where the query says so.
func (s *Server) shipment(w http.ResponseWriter, r *http.Request, e *standin.Entry) {
	id := strings.TrimPrefix(r.URL.Path, "/shipments/")
	byNumber := r.URL.Query().Get("identifierType") == "loadNumber"
	for _, x := range s.listed("") {
		if byNumber && !strings.EqualFold(x.body.Number, id) || !byNumber && strconv.FormatInt(x.id, 10) != id {
			continue
		}
		e.Load = x.number()
		if s.cfg.OneShape == "bare" {
			reply(w, http.StatusOK, s.row(x))
			return
		}
		reply(w, http.StatusOK, map[string]any{"data": s.row(x)})
		return
	}
	s.fail(w, http.StatusNotFound, "Shipment not found")
}

const utc = "2006-01-02T15:04:05Z"

// show is a time as the API tells it: UTC with Z, null for none.
func show(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(utc)
}

// row is a shipment as it is read back; between two news it is the same and made once.
func (s *Server) row(x *load) json.RawMessage {
	known := 0
	if x.truth != nil {
		known = len(x.truth.Known(s.Facts()))
	}
	if x.kept == nil || x.keptAt != known {
		b, err := json.Marshal(s.fields(x))
		if err != nil {
			panic(err) // our own types
		}
		x.kept, x.keptAt = b, known
	}
	return x.kept
}

func (s *Server) fields(x *load) map[string]any {
	v := s.view(x, s.Facts())
	po, scac, zone := []string{}, x.carrier, "UTC"
	if x.truth != nil {
		po, scac, zone = append(po, x.truth.PO), x.truth.SCAC, x.truth.Stops[0].Zone
	}
	refs := x.body.References
	if refs == nil {
		refs = []string{}
	}
	deliveries := 0
	stops := []any{}
	for i := range v.arrived {
		stops = append(stops, s.stopRow(x, v, i))
	}
	for i := range x.body.Stops {
		if x.body.Stops[i].Type == "delivery" {
			deliveries++
		}
	}
	out := map[string]any{"fourKitesShipmentID": strconv.FormatInt(x.id, 10), "loadNumber": x.body.Number, "status": v.status, "SCAC": scac, "timeZone": zone,
		"fourKitesETA": show(v.eta), "numberOfDeliveryStops": deliveries, "updatedAt": show(v.updated), "deleted": !x.deleted.IsZero(), "deletedAt": show(x.deleted),
		"identifiers": map[string]any{"referenceNumbers": refs, "purchaseOrderNumbers": po}, "stops": stops, "latestLocation": nil, "stakeholders": map[string]any{}}
	if x.truth != nil {
		out["stakeholders"] = map[string]any{"shipper": x.truth.Customer, "carrier": x.truth.Carrier}
		out["totalDistanceInMeters"] = distance(x.truth, 0, nil)
	}
	if v.at != nil {
		near := x.truth.Stop(max(v.place, 1))
		out["latestLocation"] = map[string]any{"latitude": v.at.Lat, "longitude": v.at.Lon, "name": near.City + ", " + near.State, "updatedTime": show(v.at.At), "timeZone": v.at.Zone}
		out["remainingDistanceInMeters"] = distance(x.truth, v.place, v.at)
	}
	return out
}

func (s *Server) stopRow(x *load, v *view, i int) map[string]any {
	out := map[string]any{"fourKitesStopID": strconv.FormatInt(x.id*10+int64(i), 10), "sequence": i + 1, "deleted": false,
		"status": s.word(scheduled), "arrivalTime": show(v.arrived[i]), "departureTime": show(v.departed[i]), "externalAddressID": nil}
	switch {
	case !v.departed[i].IsZero():
		out["status"] = s.word(departed)
	case !v.arrived[i].IsZero():
		out["status"] = s.word(arrived)
	}
	loc, zone := time.UTC, "UTC"
	if x.truth != nil && i < len(x.truth.Stops) {
		t := &x.truth.Stops[i]
		loc, zone = t.Location(), t.Zone
		out["latitude"], out["longitude"] = t.Lat, t.Lon
	}
	if i < len(x.body.Stops) {
		b := &x.body.Stops[i]
		out["stopType"], out["stopName"], out["city"], out["state"], out["country"], out["postalCode"], out["stopReferenceId"] = b.Type, b.Name, b.City, b.State, b.Country, b.Postal, b.Ref
		if at, err := time.ParseInLocation("2006-01-02T15:04:05", b.Earliest, loc); err == nil {
			out["schedule"] = map[string]any{"appointmentTime": show(at)}
		}
	}
	out["timeZone"] = zone
	return out
}

// distance is the way in metres over the stops from number seq on, begun at a position where there is one.
func distance(l *standin.Load, seq int, from *standin.Fact) int {
	sum := 0.0
	lat, lon, known := 0.0, 0.0, false
	if from != nil {
		lat, lon, known = from.Lat, from.Lon, true
	}
	for i := seq; i < len(l.Stops); i++ {
		s := &l.Stops[i]
		if known {
			sum += metres(lat, lon, s.Lat, s.Lon)
		}
		lat, lon, known = s.Lat, s.Lon, true
	}
	return int(sum)
}

// metres between two points of the globe, a fifth added for the road.
func metres(lat1, lon1, lat2, lon2 float64) float64 {
	const radius, deg = 6371008.8, math.Pi / 180
	x, y := math.Sin((lat2-lat1)*deg/2), math.Sin((lon2-lon1)*deg/2)
	return 1.2 * 2 * radius * math.Asin(math.Sqrt(x*x+math.Cos(lat1*deg)*math.Cos(lat2*deg)*y*y))
}
