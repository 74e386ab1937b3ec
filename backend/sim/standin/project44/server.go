// Package project44 is a stand-in of project44's API v4 (truckload and unified tracking, documents, webhooks), written from the
// vendor's published pages. What could not be verified there is a setting of Config.
package project44

import (
	"cmp"
	"context"
	"net/http"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/sim/standin"
)

// Config is how the stand-in behaves. The zero value of a field means what its comment says.
type Config struct {
	World  []*standin.Load // what carriers know; shipments are joined to it by their identifiers
	Step   time.Duration   // of the world; 15 minutes
	Wire   func() time.Time
	Facts  func() time.Time
	Faults *standin.Faults
	Seed   uint64

	Clients map[string]string // client id -> secret; {"desk": "desk-secret"}
	Users   map[string]string // the deprecated way to a token: user -> password

	TokenLife     time.Duration // 12 hours
	ReadableAfter time.Duration // how long after its creation a shipment can be read; 20 seconds, -1 at once
	PositionEvery time.Duration // positions are thinned to one in this; 30 minutes
	KeepHistory   bool          // tell what happened before the shipment was created, too
	Shuffled      bool          // event lists are in no order
	OpenFiles     bool          // files[].url needs no token
	Forbidden     bool          // the client application lacks its role: 403

	// Unverified, hence settings.
	PerMinute      int       // requests a client may make in a minute; 0 none. No limit is published
	LifeField      string    // of the token answer; "expires_in"
	CreatePath     string    // unified create; "/api/v4/shipments/tracking"
	StatusPath     string    // "/api/v4/tl/shipments/{id}/statuses"
	StatusByName   string    // "/api/v4/tl/shipments/statuses"
	CancelPath     string    // "/api/v4/tl/shipments/{id}/cancel"
	MethodsPath    string    // "/api/v4/tl/trackingmethods"
	SearchPath     string    // "/services/document/v1/documents/search"
	DocumentsField string    // of the search's answer; "documents"
	Flat           bool      // create answers the shipment itself, not {"shipment": ...}
	Positions      [2]string // names of point and time in a position; {"coordinates", "dateTime"}
	Unlisted       string    // an event type that no list names, told of one load in forty; "YARD_CHECK_LOGGED", "-" for none

	// Push takes webhook calls; nil sends them to the registered url.
	Push  standin.Target
	Twice float64 // share of webhook calls sent twice
}

func (c *Config) settle() {
	c.LifeField = cmp.Or(c.LifeField, "expires_in")
	c.CreatePath = cmp.Or(c.CreatePath, "/api/v4/shipments/tracking")
	c.StatusPath = cmp.Or(c.StatusPath, "/api/v4/tl/shipments/{id}/statuses")
	c.StatusByName = cmp.Or(c.StatusByName, "/api/v4/tl/shipments/statuses")
	c.CancelPath = cmp.Or(c.CancelPath, "/api/v4/tl/shipments/{id}/cancel")
	c.MethodsPath = cmp.Or(c.MethodsPath, "/api/v4/tl/trackingmethods")
	c.SearchPath = cmp.Or(c.SearchPath, "/services/document/v1/documents/search")
	c.DocumentsField = cmp.Or(c.DocumentsField, "documents")
	c.Positions[0] = cmp.Or(c.Positions[0], "coordinates")
	c.Positions[1] = cmp.Or(c.Positions[1], "dateTime")
	c.Unlisted = cmp.Or(c.Unlisted, "YARD_CHECK_LOGGED")
	c.Step = cmp.Or(c.Step, 15*time.Minute)
	c.TokenLife = cmp.Or(c.TokenLife, 12*time.Hour)
	c.ReadableAfter = cmp.Or(c.ReadableAfter, 20*time.Second)
	c.PositionEvery = cmp.Or(c.PositionEvery, 30*time.Minute)
	if c.Clients == nil {
		c.Clients = map[string]string{"desk": "desk-secret"}
	}
}

// Server is the stand-in. Safe for concurrent use.
type Server struct {
	*standin.Gate
	cfg   Config
	limit standin.Limit
	push  standin.Emitter

	mu        sync.Mutex
	tokens    map[string]time.Time // token -> until when it holds
	issued    int
	byID      map[string]*shipment // by number and by master id
	byName    map[string]*shipment // by carrier and identifier
	all       []*shipment
	received  []standin.Receipt
	documents []*document
	hook      *webhook
	names     map[string]*standin.Load // identifier -> load of the world
	pushed    time.Time                // webhooks are sent up to here
}

// New makes a stand-in.
func New(cfg Config) *Server {
	cfg.settle()
	s := &Server{Gate: standin.NewGate(cfg.Wire, cfg.Facts, cfg.Faults), cfg: cfg, limit: standin.Limit{Most: cfg.PerMinute, Per: time.Minute},
		tokens: map[string]time.Time{}, byID: map[string]*shipment{}, byName: map[string]*shipment{}, names: map[string]*standin.Load{}}
	s.push = standin.Emitter{To: cfg.Push, Retry: []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute}, Twice: cfg.Twice, Seed: cfg.Seed}
	for _, l := range cfg.World {
		s.names["BILL_OF_LADING "+l.BOL], s.names["ORDER "+l.Number], s.names["ORDER "+l.PO] = l, l, l
		s.names["PRO "+l.PRO] = l
	}
	s.Sort, s.Refuse, s.Answer, s.Expires = s.sort, s.refuse, s.answer, standin.Bearer
	s.pushed = s.Facts()
	return s
}

// refuse writes the standard error body.
func (s *Server) refuse(w http.ResponseWriter, status int, text string) {
	s.fail(w, status, text)
}

// fault is one row of an error body's errors.
type fault struct {
	Severity   string `json:"severity"`
	Message    string `json:"message"`
	Diagnostic string `json:"diagnostic,omitempty"`
	Source     string `json:"source"`
}

// fail writes the standard error body with what is wrong.
func (s *Server) fail(w http.ResponseWriter, status int, text string, wrong ...string) {
	body := struct {
		Status  int     `json:"httpStatusCode"`
		Message string  `json:"httpMessage"`
		Error   string  `json:"errorMessage"`
		Errors  []fault `json:"errors"`
		Support string  `json:"supportReferenceId"`
	}{status, http.StatusText(status), text, []fault{}, "sim-" + strconv.FormatInt(s.Wire().Unix(), 36)}
	for _, m := range wrong {
		body.Errors = append(body.Errors, fault{Severity: "ERROR", Message: m, Source: "SYSTEM"})
	}
	reply(w, status, body)
}

// sort says what a request asks. All calls of one client share one limit.
func (s *Server) sort(r *http.Request) (ask, bucket string) {
	p := r.URL.Path
	switch {
	case isToken(p):
		ask = standin.AskToken
	case strings.HasSuffix(p, "/eventhistory"):
		ask = "events"
	case strings.HasSuffix(p, "/positionhistory"):
		ask = "positions"
	case strings.HasSuffix(p, "/tracking/history"):
		ask = "history"
	case strings.HasPrefix(p, "/api/v4/shipments/") && strings.HasSuffix(p, "/tracking") && r.Method == http.MethodGet:
		ask = "route"
	case p == s.cfg.StatusByName || matches(s.cfg.StatusPath, p) != "":
		ask = "status"
	case p == "/api/v4/capacityproviders/tl/shipments/statusUpdates":
		ask = "statusUpdate"
	case p == s.cfg.MethodsPath:
		ask = "methods"
	case strings.HasPrefix(p, "/services/document"):
		ask = "documents"
	case p == "/api/v4/webhooks" || p == "/api/v4/tl/webhooks/endpoints":
		ask = "webhooks"
	case matches(s.cfg.CancelPath, p) != "":
		ask = "cancel"
	case strings.HasPrefix(p, "/api/v4/tl/shipments") || p == s.cfg.CreatePath:
		ask = map[string]string{"POST": "create", "PUT": "update", "DELETE": "delete"}[r.Method]
	}
	if ask == "" {
		ask = "unknown"
	}
	return ask, "project44"
}

// matches is what stands for {id} in a path of that pattern; empty when it does not fit.
func matches(pattern, path string) string {
	before, after, ok := strings.Cut(pattern, "{id}")
	id, has := strings.CutPrefix(path, before)
	if !ok || !has {
		return ""
	}
	id, has = strings.CutSuffix(id, after)
	if !has || id == "" || strings.Contains(id, "/") {
		return ""
	}
	return id
}

// answer answers one request whose faults are settled.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, body []byte, e *standin.Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ok, left, wait := s.limit.Take(e.Bucket, e.At)
	if e.Remaining = left; !ok {
		w.Header().Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
		s.fail(w, http.StatusTooManyRequests, "Too many requests")
		return
	}
	if e.Ask == standin.AskToken {
		s.token(w, r, body)
		return
	}
	open := s.cfg.OpenFiles && strings.HasPrefix(r.URL.Path, filesPath)
	if !open && !s.known(r) {
		s.fail(w, http.StatusUnauthorized, "Unauthorized", "The access token is missing, unknown or has expired.")
		return
	}
	if s.cfg.Forbidden {
		s.fail(w, http.StatusForbidden, "Forbidden", "The client application lacks the role or access group for this call.")
		return
	}
	s.route(w, r, body, e)
}

func (s *Server) route(w http.ResponseWriter, r *http.Request, body []byte, e *standin.Entry) {
	switch get, post := r.Method == http.MethodGet, r.Method == http.MethodPost; {
	case e.Ask == "create" && r.URL.Path == s.cfg.CreatePath:
		s.createUnified(w, body, e)
	case e.Ask == "create" && r.URL.Path == "/api/v4/tl/shipments":
		s.create(w, body, e)
	case e.Ask == "update":
		s.update(w, r, body, e)
	case e.Ask == "cancel" && post:
		s.cancel(w, r, e)
	case e.Ask == "delete":
		s.remove(w, r, e)
	case e.Ask == "status" && get:
		s.status(w, r, e)
	case get && (e.Ask == "events" || e.Ask == "positions" || e.Ask == "history" || e.Ask == "route"):
		s.history(w, r, e)
	case e.Ask == "methods" && get:
		s.methods(w, r)
	case e.Ask == "statusUpdate" && post:
		s.statusUpdate(w, body, e)
	case e.Ask == "documents":
		s.document(w, r, body, e)
	case e.Ask == "webhooks":
		s.webhooks(w, r, body)
	default:
		s.fail(w, http.StatusNotFound, "Not Found", "There is no "+r.Method+" "+r.URL.Path)
	}
}

// Held is a shipment as the stand-in has it.
type Held struct {
	ID          int64
	Master      string
	Load        string // number of the world's load; empty when none fits
	Identifiers map[string]string
	Begun       time.Time
	Status      string // statusCode/reason
	Cancelled   bool
	Deleted     bool
}

// Loads are all shipments, by id.
func (s *Server) Loads() []Held {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Held
	for _, x := range s.all {
		h := Held{ID: x.id, Master: x.master, Identifiers: map[string]string{}, Begun: x.begun, Cancelled: !x.cancelled.IsZero(), Deleted: x.deleted}
		if x.truth != nil {
			h.Load = x.truth.Number
		}
		for _, id := range x.body.Identifiers {
			h.Identifiers[id.Type] = id.Value
		}
		now := s.modal(x, s.Facts())
		h.Status = now.code + "/" + now.reason
		list = append(list, h)
	}
	sort.Slice(list, func(i, k int) bool { return list[i].ID < list[k].ID })
	return list
}

// Received is all that was pushed to the stand-in and taken.
func (s *Server) Received() []standin.Receipt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]standin.Receipt(nil), s.received...)
}

// Forget drops all tokens, as a restart of the vendor's service may.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.tokens)
}

// Tick sends the webhook calls that are due by the facts' clock and answers how many were taken.
func (s *Server) Tick(ctx context.Context) int {
	now := s.Facts()
	s.mu.Lock()
	s.plan(now)
	s.mu.Unlock()
	return s.push.Send(ctx, now)
}

// Pushed are the webhook calls that went out.
func (s *Server) Pushed() []standin.Sent { return s.push.Sent() }
