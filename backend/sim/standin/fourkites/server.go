// Package fourkites is a stand-in of FourKites' gateway and of its legacy tracking API, written from what is published of them.
// What could not be verified is a setting of Config.
package fourkites

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/sim/standin"
)

// Generations of the API that a stand-in may speak.
const (
	Gateway = "gateway"
	Legacy  = "legacy"
	Both    = "both"
)

// Config is how the stand-in behaves. The zero value of a field means what its comment says.
type Config struct {
	World  []*standin.Load // what carriers know; loads are joined to it by their numbers
	Step   time.Duration   // of the world; 15 minutes
	Wire   func() time.Time
	Facts  func() time.Time
	Faults *standin.Faults
	Seed   uint64

	Generation string            // Gateway, Legacy or Both; Both
	Keys       map[string]string // apikey -> secret, for OAuth2 and signed addresses; {"fk-key": "fk-secret"}
	Users      map[string]string // Basic: user -> password; {"desk": "desk-secret"}
	TokenLife  time.Duration     // of OAuth2; 1 hour

	ListedAfter       time.Duration // how long after its creation a load can be read; 30 seconds, -1 at once
	SinceCreation     bool          // tell nothing that happened before the load was created here
	DispatchPerMinute int           // 60
	DetailsPerSecond  int           // 1
	MostPerPage       int           // 100

	// Unverified, hence settings.
	ListPerMinute     int               // 60, -1 none
	TrackingPerMinute int               // creating, changing, deleting, documents; 60, -1 none
	OneBucket         bool              // all calls of a key share one limit of 60 a minute
	NoRetryAfter      bool              // 429 comes with the two documented headers only
	Shape             string            // of the list: "data.shipments", "data", "shipments" or "bare"
	OneShape          string            // of one shipment: "data" or "bare"
	TotalKey          string            // "totalCount"
	LoadIDKey         string            // of the create answer: "loadId" or "fourKitesLoadId"
	Words             map[string]string // other words for statuses, by ours: see status.go
	Messages          map[string]string // other names of callbacks, by ours: see callbacks.go
	SignedFor         time.Duration     // how far the timestamp of a signed address may be off; 15 minutes
	AnyZone           bool              // appointments may bear a zone

	Push  standin.Target // takes callbacks; nil for none
	Twice float64        // share of callbacks sent twice
	Swap  float64        // share of callbacks sent after their follower
}

func (c *Config) settle() {
	c.Generation = cmp.Or(c.Generation, Both)
	c.Shape = cmp.Or(c.Shape, "data.shipments")
	c.OneShape = cmp.Or(c.OneShape, "data")
	c.TotalKey = cmp.Or(c.TotalKey, "totalCount")
	c.LoadIDKey = cmp.Or(c.LoadIDKey, "loadId")
	c.DispatchPerMinute = max(cmp.Or(c.DispatchPerMinute, 60), 0)
	c.DetailsPerSecond = max(cmp.Or(c.DetailsPerSecond, 1), 0)
	c.MostPerPage = max(cmp.Or(c.MostPerPage, 100), 0)
	c.ListPerMinute = max(cmp.Or(c.ListPerMinute, 60), 0)
	c.TrackingPerMinute = max(cmp.Or(c.TrackingPerMinute, 60), 0)
	c.Step = cmp.Or(c.Step, 15*time.Minute)
	c.TokenLife = cmp.Or(c.TokenLife, time.Hour)
	c.ListedAfter = cmp.Or(c.ListedAfter, 30*time.Second)
	c.SignedFor = cmp.Or(c.SignedFor, 15*time.Minute)
	if c.Keys == nil {
		c.Keys = map[string]string{"fk-key": "fk-secret"}
	}
	if c.Users == nil {
		c.Users = map[string]string{"desk": "desk-secret"}
	}
}

// Server is the stand-in. Safe for concurrent use.
type Server struct {
	*standin.Gate
	cfg                             Config
	dispatch, details, list, tracks standin.Limit
	push                            standin.Emitter

	mu       sync.Mutex
	tokens   map[string]time.Time
	loads    []*load
	names    map[string]*standin.Load
	received []standin.Receipt
	requests int
	pushed   time.Time
}

// New makes a stand-in.
func New(cfg Config) *Server {
	cfg.settle()
	s := &Server{Gate: standin.NewGate(cfg.Wire, cfg.Facts, cfg.Faults), cfg: cfg, tokens: map[string]time.Time{}, names: map[string]*standin.Load{}}
	s.dispatch = standin.Limit{Most: cfg.DispatchPerMinute, Per: time.Minute}
	s.details = standin.Limit{Most: cfg.DetailsPerSecond, Per: time.Second}
	s.list = standin.Limit{Most: cfg.ListPerMinute, Per: time.Minute}
	s.tracks = standin.Limit{Most: cfg.TrackingPerMinute, Per: time.Minute}
	// Retries as the vendor tells them: only on 5xx, after 1 and 15 minutes, 1 and 24 hours.
	s.push = standin.Emitter{To: cfg.Push, Retry: []time.Duration{time.Minute, 15 * time.Minute, time.Hour, 24 * time.Hour}, Only5x: true,
		Twice: cfg.Twice, Swap: cfg.Swap, Seed: cfg.Seed}
	for _, l := range cfg.World {
		for _, n := range []string{l.Number, l.BOL, l.PRO} {
			s.names[strings.ToUpper(n)] = l
		}
	}
	s.Sort, s.Refuse, s.Answer, s.Expires = s.sort, s.refuse, s.answer, standin.Bearer
	s.Limits = func(h http.Header, _ *standin.Entry) { limits(h, 60, 0) }
	s.pushed = s.Facts()
	return s
}

// limits sets the two documented headers.
func limits(h http.Header, most, left int) {
	h.Set("X-RateLimit-Limit-minute", strconv.Itoa(most))
	h.Set("X-RateLimit-Remaining-minute", strconv.Itoa(left))
}

// sort says what a request asks and against which limit of its key it counts.
func (s *Server) sort(r *http.Request) (ask, bucket string) {
	p := r.URL.Path
	switch {
	case p == "/shipments/oauth2/token":
		return standin.AskToken, "token"
	case p == "/shipments" || p == "/api/v1/tracking" && r.Method == http.MethodGet || p == "/api/v1/tracking/search":
		ask = "list"
	case strings.HasPrefix(p, "/shipments/"):
		ask = "one"
	case p == "/load/update/dispatcher-api/async":
		ask = "dispatch"
	case legacyUpdates[p]:
		ask = "legacyUpdate"
	case p == "/document-data/upload":
		ask = "document"
	case p == "/api/v1/tracking/delete_loads":
		ask = "delete"
	case p == "/api/v1/tracking" && r.Method == http.MethodPost:
		ask = "create"
	case strings.HasPrefix(p, "/api/v1/tracking/") && r.Method == http.MethodPatch:
		ask = "update"
	default:
		ask = "unknown"
	}
	bucket = map[string]string{"list": "list", "one": "details", "dispatch": "dispatch", "legacyUpdate": "dispatch"}[ask]
	if bucket == "" {
		bucket = "tracking"
	}
	if s.cfg.OneBucket {
		bucket = "all"
	}
	return ask, bucket + " " + caller(r)
}

var legacyUpdates = map[string]bool{"/api/v1/tracking/dispatcher_updates": true, "/api/v1/tracking/locations": true, "/api/v1/tracking/batch_locations": true, "/api/v1/tracking/truck_assignment": true}

// take counts a request against its limit; false when the answer is 429.
func (s *Server) take(w http.ResponseWriter, e *standin.Entry) bool {
	limit := &s.tracks
	switch word, _, _ := strings.Cut(e.Bucket, " "); word {
	case "list":
		limit = &s.list
	case "details":
		limit = &s.details
	case "dispatch", "all":
		limit = &s.dispatch
	}
	ok, left, wait := limit.Take(e.Bucket, e.At)
	if e.Remaining = left; left >= 0 && limit.Per == time.Minute {
		limits(w.Header(), limit.Most, left)
	}
	if ok {
		return true
	}
	if !s.cfg.NoRetryAfter {
		w.Header().Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	}
	limits(w.Header(), limit.Most, 0)
	s.fail(w, http.StatusTooManyRequests, "API rate limit exceeded")
	return false
}

func (s *Server) refuse(w http.ResponseWriter, status int, text string) { s.fail(w, status, text) }

// fail writes the error body of the tracking family.
func (s *Server) fail(w http.ResponseWriter, status int, text string, wrong ...string) {
	if wrong == nil {
		wrong = []string{text}
	}
	reply(w, status, map[string]any{"errors": wrong, "message": text, "requestId": s.requestID(), "statusCode": status})
}

// failUpdate writes the error body of dispatcher updates.
func (s *Server) failUpdate(w http.ResponseWriter, text string) {
	reply(w, http.StatusBadRequest, map[string]any{"requestId": s.requestID(), "status": "400", "message": text, "timestamp": s.Wire().UTC().Format(time.RFC3339)})
}

func (s *Server) requestID() string {
	return fmt.Sprintf("sim-%x", s.Wire().UnixMicro())
}

func reply(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(b)
}

// answer answers one request whose faults are settled.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, body []byte, e *standin.Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.Ask == standin.AskToken {
		s.token(w, r, body)
		return
	}
	if !s.speaks(r.URL.Path) {
		s.fail(w, http.StatusNotFound, "Not Found")
		return
	}
	if !s.known(r) {
		s.fail(w, http.StatusUnauthorized, "Invalid authentication credentials")
		return
	}
	if !s.take(w, e) {
		return
	}
	switch {
	case e.Ask == "list":
		s.shipments(w, r, body)
	case e.Ask == "one" && r.Method == http.MethodGet:
		s.shipment(w, r, e)
	case e.Ask == "create":
		s.create(w, body, e)
	case e.Ask == "update":
		s.update(w, r, body, e)
	case e.Ask == "delete" && r.Method == http.MethodPost:
		s.remove(w, body, e)
	case e.Ask == "dispatch" && r.Method == http.MethodPost:
		s.dispatcher(w, body, e)
	case e.Ask == "legacyUpdate" && r.Method == http.MethodPost:
		s.legacyUpdate(w, r, body, e)
	case e.Ask == "document" && r.Method == http.MethodPost:
		s.document(w, body, e)
	default:
		s.fail(w, http.StatusNotFound, "Not Found")
	}
}

// speaks reports whether the generation has a path. Loads are created and deleted under the same path in both.
func (s *Server) speaks(path string) bool {
	switch {
	case s.cfg.Generation == Both, path == "/api/v1/tracking", path == "/api/v1/tracking/delete_loads":
		return true
	case path == "/api/v1/tracking/search", legacyUpdates[path]:
		return s.cfg.Generation == Legacy
	case strings.HasPrefix(path, "/api/v1/tracking/"):
		return true
	}
	return s.cfg.Generation == Gateway
}

// Held is a load as the stand-in has it.
type Held struct {
	ID         int64
	LoadNumber string
	Load       string // number of the world's load; empty when none fits
	Begun      time.Time
	Status     string
	Deleted    bool
}

// Loads are all loads, in the order in which they were created.
func (s *Server) Loads() []Held {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Held
	for _, x := range s.loads {
		v := s.view(x, s.Facts())
		list = append(list, Held{ID: x.id, LoadNumber: x.body.Number, Load: x.number(), Begun: x.begun, Status: v.status, Deleted: !x.deleted.IsZero()})
	}
	return list
}

// Received is all that was pushed to the stand-in and taken.
func (s *Server) Received() []standin.Receipt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]standin.Receipt(nil), s.received...)
}

// Forget drops all tokens.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.tokens)
}

// Tick sends the callbacks that are due by the facts' clock and answers how many were taken.
func (s *Server) Tick(ctx context.Context) int {
	now := s.Facts()
	s.mu.Lock()
	s.plan(now)
	s.mu.Unlock()
	return s.push.Send(ctx, now)
}

// Pushed are the callbacks that went out.
func (s *Server) Pushed() []standin.Sent { return s.push.Sent() }
