package project44

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"tracedesk/backend/sim/standin"
)

var pushTypes = []string{"ARRIVED", "LOADING", "DEPARTED", "SCANNED_AT_STOP", "UNLOADING", "DELIVERED", "CANCELLED", "POSITION", "GATE_IN", "GATE_OUT", "ARRIVED_AT_TERMINAL", "DEPARTED_TERMINAL"}

// statusUpdate takes a carrier's position or event. It is remembered; the world goes its own way.
func (s *Server) statusUpdate(w http.ResponseWriter, body []byte, e *standin.Entry) {
	var b struct {
		Customer    string   `json:"customerId"`
		Identifiers []typed  `json:"shipmentIdentifiers"`
		Lat         *float64 `json:"latitude"`
		Lon         *float64 `json:"longitude"`
		At          string   `json:"utcTimestamp"`
		Type        string   `json:"eventType"`
		Stop        int      `json:"eventStopNumber"`
	}
	var wrong []string
	if err := json.Unmarshal(body, &b); err != nil {
		s.fail(w, http.StatusBadRequest, "Bad Request", "The body is not valid JSON: "+err.Error())
		return
	}
	if b.Customer == "" {
		wrong = append(wrong, "customerId is required.")
	}
	if len(b.Identifiers) == 0 {
		wrong = append(wrong, "shipmentIdentifiers must have at least one entry.")
	}
	if _, err := time.Parse("2006-01-02T15:04:05", b.At); err != nil {
		wrong = append(wrong, "utcTimestamp must be of the form yyyy-MM-ddTHH:mm:ss, in UTC and without a zone.")
	}
	if !slices.Contains(pushTypes, b.Type) {
		wrong = append(wrong, "eventType is not valid.")
	}
	if b.Type == "POSITION" && (b.Lat == nil || b.Lon == nil) {
		wrong = append(wrong, "latitude and longitude are required.")
	}
	if len(wrong) > 0 {
		s.fail(w, http.StatusBadRequest, "Bad Request", wrong...)
		return
	}
	for _, id := range b.Identifiers {
		if l := s.names[id.Type+" "+id.Value]; l != nil {
			e.Load = l.Number
		}
	}
	e.Errand, e.Took = fmt.Sprintf("statusUpdate %s %s stop %d at %s", b.Identifiers[0].Value, b.Type, b.Stop, b.At), true
	s.received = append(s.received, standin.Receipt{At: e.Facts, Kind: "statusUpdate", Load: e.Load, Errand: e.Errand, Body: slices.Clone(body)})
	reply(w, http.StatusAccepted, map[string]any{"infoMessages": []fault{}})
}

// webhook is the registered receiver.
type webhook struct {
	Name    string `json:"configName"`
	URL     string `json:"url"`
	Method  string `json:"method"`
	Format  string `json:"payloadFormat"`
	Version string `json:"version,omitempty"`
	Auth    []struct {
		Type       string            `json:"type"`
		Parameters map[string]string `json:"parameters"`
	} `json:"authenticationMethods,omitempty"`
}

var webhookAuth = []string{"API_KEY", "BASIC", "OAUTH2", "MTLS", "AD_OAUTH2_CERT"}

// webhooks registers a receiver, or tells the one there is.
func (s *Server) webhooks(w http.ResponseWriter, r *http.Request, body []byte) {
	if r.Method == http.MethodPut {
		var h webhook
		if json.Unmarshal(body, &h) != nil || h.Name == "" || h.URL == "" || h.Format != "" && h.Format != "JSON" ||
			slices.ContainsFunc(h.Auth, func(a struct {
				Type       string            `json:"type"`
				Parameters map[string]string `json:"parameters"`
			}) bool {
				return !slices.Contains(webhookAuth, a.Type)
			}) {
			s.fail(w, http.StatusBadRequest, "Bad Request", "configName, url and a known authentication type are required.")
			return
		}
		s.hook = &h
		if s.cfg.Push == nil {
			s.push.To = &standin.URL{Base: h.URL}
		}
		reply(w, http.StatusOK, h)
		return
	}
	list := []*webhook{}
	if s.hook != nil {
		list = append(list, s.hook)
	}
	reply(w, http.StatusOK, map[string]any{"webhookEndpoints": list})
}

// lateBy is how late a fact may be learned and still cause a call: later ones are seen in pulls only.
const lateBy = 45 * time.Minute

// plan queues a call for each shipment of which a position or a status was told since the last time: all events, but only the
// latest position. Late news and what lies before the creation cause none.
func (s *Server) plan(now time.Time) {
	since := s.pushed
	s.pushed = now
	if s.push.To == nil {
		return
	}
	for _, x := range s.all {
		facts := s.facts(x, now)
		fresh := slices.ContainsFunc(facts, func(f standin.Fact) bool {
			return f.Told.After(since) && f.Told.Sub(f.At) < lateBy && !f.At.Before(x.begun)
		})
		if !fresh || x.deleted {
			continue
		}
		out := s.tracked(x, now, "history", true)
		if n := len(out.Positions); n > 1 {
			out.Positions = out.Positions[n-1:]
		}
		b, err := json.Marshal(out)
		if err != nil {
			panic(err) // our own types
		}
		c := standin.Callback{Due: now, Name: "project44", Load: x.number(), Method: http.MethodPost, ContentType: "application/json", Body: b, Ext: ".json"}
		s.push.Add(c)
	}
}
