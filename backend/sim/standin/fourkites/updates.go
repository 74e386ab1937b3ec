package fourkites

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/sim/standin"
)

var (
	identifierTypes = []string{"loadNumber", "proNumber", "loadReferenceNumber", "loadTrackingNumber", "carrierReferenceNumber"}
	zulu            = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`)
)

// change is one entry of a dispatcher update.
type change struct {
	Zone   string `json:"timeZone"`
	BillTo string `json:"billToCode"`
	Keys   []struct {
		Value string `json:"identifier"`
		Type  string `json:"identifierType"`
	} `json:"identifierKeys"`
	Loads []struct {
		Location *struct {
			Lat json.RawMessage `json:"latitude"`
			Lon json.RawMessage `json:"longitude"`
			At  string          `json:"locatedAt"`
		} `json:"locationUpdate"`
		Event *struct {
			Code string `json:"statusCode"`
			At   string `json:"eventTimeStamp"`
		} `json:"eventUpdate"`
		Stop json.RawMessage `json:"stopUpdate"` // here it is taken and does nothing
	} `json:"loadUpdate"`
	Stop       json.RawMessage `json:"stopUpdate"`
	Assignment json.RawMessage `json:"assignmentUpdate"`
}

// maxUpdates is how many updates one source says a call may hold.
const maxUpdates = 200

// dispatcher takes dispatcher updates: 202 at once, whether or not a load fits.
func (s *Server) dispatcher(w http.ResponseWriter, body []byte, e *standin.Entry) {
	var b struct {
		Updates []json.RawMessage `json:"updates"`
	}
	if json.Unmarshal(body, &b) != nil {
		s.failUpdate(w, "Invalid JSON")
		return
	}
	if len(b.Updates) == 0 {
		s.failUpdate(w, "updates array is empty")
		return
	}
	if len(b.Updates) > maxUpdates {
		s.failUpdate(w, "too many updates")
		return
	}
	changes := make([]change, len(b.Updates))
	for i, raw := range b.Updates {
		if err := json.Unmarshal(raw, &changes[i]); err != nil {
			s.failUpdate(w, fmt.Sprintf("updates[%d]: %v", i, err))
			return
		}
		if wrong := changes[i].wrong(); wrong != "" {
			s.failUpdate(w, fmt.Sprintf("updates[%d]: %s", i, wrong))
			return
		}
	}
	var errands []string
	for i := range changes {
		c := &changes[i]
		number := s.found(c)
		errand := fmt.Sprintf("dispatch %s %s", c.Keys[0].Value, c.about())
		errands = append(errands, errand)
		e.Load = number
		kind := "dispatch"
		if ignored(c) {
			kind = "ignored"
		}
		s.received = append(s.received, standin.Receipt{At: e.Facts, Kind: kind, Load: number, Errand: errand, Body: slices.Clone(b.Updates[i])})
	}
	e.Batch, e.Took = errands, true
	reply(w, http.StatusAccepted, map[string]any{"requestId": s.requestID(), "status": "202", "message": "Accepted", "timestamp": e.At.UTC().Format(time.RFC3339)})
}

// ignored reports whether all an update says is a stopUpdate inside loadUpdate, which is taken and does nothing.
func ignored(c *change) bool {
	for _, l := range c.Loads {
		if l.Location != nil || l.Event != nil || len(l.Stop) == 0 {
			return false
		}
	}
	return len(c.Loads) > 0 && len(c.Stop) == 0 && len(c.Assignment) == 0
}

func (c *change) wrong() string {
	if len(c.Keys) == 0 || len(c.Keys) > 4 {
		return "identifierKeys must hold 1 to 4 keys"
	}
	for _, k := range c.Keys {
		if !slices.Contains(identifierTypes, k.Type) || k.Value == "" {
			return "identifierType is invalid"
		}
	}
	var text string
	for _, l := range c.Loads {
		if at := l.Location; at != nil {
			if json.Unmarshal(at.Lat, &text) != nil || json.Unmarshal(at.Lon, &text) != nil {
				return "latitude and longitude must be strings"
			}
			if !zulu.MatchString(at.At) {
				return "locatedAt must be UTC with Z"
			}
		}
		if ev := l.Event; ev != nil && (ev.Code == "" || !zulu.MatchString(ev.At)) {
			return "eventUpdate needs statusCode and eventTimeStamp in UTC with Z"
		}
	}
	return ""
}

// about is what an update says, for telling errands apart.
func (c *change) about() string {
	var parts []string
	for _, l := range c.Loads {
		if l.Location != nil {
			parts = append(parts, "position "+l.Location.At)
		}
		if l.Event != nil {
			parts = append(parts, l.Event.Code+" "+l.Event.At)
		}
	}
	for _, raw := range []json.RawMessage{c.Stop, c.Assignment} {
		if len(raw) > 0 {
			parts = append(parts, fmt.Sprintf("%x", sum(raw)))
		}
	}
	return strings.Join(parts, ", ")
}

// found tries the keys in order; without a billToCode any load of the network may answer to them, with one only its own.
func (s *Server) found(c *change) string {
	for _, k := range c.Keys {
		l := s.names[strings.ToUpper(k.Value)]
		if l != nil && (c.BillTo == "" || c.BillTo == l.BillTo) {
			return l.Number
		}
	}
	return ""
}

// legacyUpdate takes the legacy API's updates.
func (s *Server) legacyUpdate(w http.ResponseWriter, r *http.Request, body []byte, e *standin.Entry) {
	var b struct {
		Updates []struct {
			Shipper string `json:"shipper"`
			BOL     string `json:"billOfLading"`
			At      string `json:"locatedAt"`
		} `json:"updates"`
	}
	if json.Unmarshal(body, &b) != nil || len(b.Updates) == 0 {
		s.fail(w, http.StatusBadRequest, "updates array is empty")
		return
	}
	for _, u := range b.Updates {
		if u.Shipper == "" || u.BOL == "" {
			s.fail(w, http.StatusBadRequest, "shipper and billOfLading are required")
			return
		}
		if l := s.names[strings.ToUpper(u.BOL)]; l != nil {
			e.Load = l.Number
		}
	}
	word := strings.TrimPrefix(r.URL.Path, "/api/v1/tracking/")
	s.keep(e, word, e.Load, fmt.Sprintf("%s %s %x", word, b.Updates[0].BOL, sum(body)), body)
	reply(w, http.StatusOK, map[string]any{"requestId": s.requestID(), "statusCode": 200, "message": "Updates accepted"})
}

var documentTypes = []string{"BL", "BLD", "DR", "PS", "PSD", "CD", "IV", "WC", "WI", "WP", "FB", "PO", "OD", "FA", "LR"}

// mostUpload is the documents' size in one call.
const mostUpload = 10 << 20

// document takes papers in Base64.
func (s *Server) document(w http.ResponseWriter, body []byte, e *standin.Entry) {
	var b struct {
		Load struct {
			Identifier string `json:"identifier"`
			Value      string `json:"value"`
		} `json:"load"`
		Documents []struct {
			Type    string `json:"type"`
			Kind    string `json:"document_type"`
			Content string `json:"base64_content"`
		} `json:"documents"`
	}
	switch {
	case json.Unmarshal(body, &b) != nil:
		s.fail(w, http.StatusBadRequest, "Invalid JSON")
		return
	case len(body) > mostUpload:
		s.fail(w, http.StatusRequestEntityTooLarge, "The documents exceed 10 MB")
		return
	case b.Load.Identifier != "loadNumber" || b.Load.Value == "" || len(b.Documents) == 0:
		s.fail(w, http.StatusBadRequest, "load and documents are required")
		return
	}
	l := s.names[strings.ToUpper(b.Load.Value)]
	if l != nil {
		e.Load = l.Number
	}
	var taken []standin.Receipt
	for _, d := range b.Documents {
		content, err := base64.StdEncoding.DecodeString(d.Content)
		if err != nil || len(content) == 0 || !slices.Contains(documentTypes, d.Kind) || !slices.Contains([]string{"pdf", "jpeg", ".tiff"}, d.Type) {
			s.fail(w, http.StatusBadRequest, "document_type, type or base64_content is invalid")
			return
		}
		errand := fmt.Sprintf("document %s %s %x", b.Load.Value, d.Kind, sum(content))
		e.Batch = append(e.Batch, errand)
		taken = append(taken, standin.Receipt{At: e.Facts, Kind: "document", Load: e.Load, Errand: errand, Body: content})
	}
	e.Took = true
	s.received = append(s.received, taken...)
	reply(w, http.StatusOK, map[string]any{"requestId": s.requestID(), "statusCode": 200, "message": "Documents uploaded"})
}
