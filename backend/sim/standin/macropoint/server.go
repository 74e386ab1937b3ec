// Package macropoint is a stand-in of Descartes MacroPoint: orders by XML, callbacks by itself, and the side on which carriers
// push positions and stop events. It is written from what is published; what could not be verified is a setting of Config.
package macropoint

import (
	"cmp"
	"context"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/sim/standin"
)

// Base is the path under which all calls lie.
const Base = "/api/1.0/"

// Config is how the stand-in behaves. The zero value of a field means what its comment says.
type Config struct {
	World  []*standin.Load // what drivers' phones know; orders are joined to it by IDNumber
	Step   time.Duration   // of the world; 15 minutes
	Wire   func() time.Time
	Facts  func() time.Time
	Faults *standin.Faults
	Seed   uint64

	Users map[string]string // Basic: user -> password; {"desk": "desk-secret"}
	MPID  string            // whose orders are taken; "SIM-MPID"

	KeepHistory bool          // call back what happened before the order was made, too
	AskAgain    time.Duration // how long after a fresh location was asked for it may be asked again; 10 minutes
	FreshAfter  time.Duration // how long after it was asked for it is called back; 2 minutes
	NoFunds     bool          // updatelocation answers 1001
	NoFeature   bool          // updatelocation answers 3000

	// Unverified, hence settings.
	PerMinute     int       // 0 none
	Root          string    // of an answer; "OrderResult"
	ErrorStatus   int       // HTTP status of an answer that holds an error code; 400
	InvalidCode   int       // for an order that is not valid; 9999
	StopPath      string    // "orders/stoporder/{id}"
	ChangePath    string    // "orders/changeorder/{id}"
	StopEventPath string    // "tms/data/stopevent"
	AssignPath    string    // "order/trackingnumberassignment"
	Unique        bool      // a second order for the same IDNumber is refused; else it is another one
	Form          string    // of callbacks: "query" (GET), "form" (POST) or "xml" (POST); "query"
	Dates         string    // of callbacks: "us", "iso" or "isoz"; "us"
	Silent        bool      // arrivals and departures are not called back
	EventNames    [2]string // values of arrival and departure; {"Arrived", "Departed"}
	// Paths of callbacks by name: location, status, alert, event; "/mp/location" and so on.
	Paths map[string]string

	Push     standin.Target  // takes callbacks; nil for none
	Retry    []time.Duration // after a refusal; 1, 5 and 15 minutes, the last for ever
	Twice    float64         // share of callbacks sent twice
	Swap     float64         // share sent after their follower
	Interval time.Duration   // least time between two locations of an order that asks for none; 1 hour
}

func (c *Config) settle() {
	c.MPID = cmp.Or(c.MPID, "SIM-MPID")
	c.Root = cmp.Or(c.Root, "OrderResult")
	c.StopPath = cmp.Or(c.StopPath, "orders/stoporder/{id}")
	c.ChangePath = cmp.Or(c.ChangePath, "orders/changeorder/{id}")
	c.StopEventPath = cmp.Or(c.StopEventPath, "tms/data/stopevent")
	c.AssignPath = cmp.Or(c.AssignPath, "order/trackingnumberassignment")
	c.Form = cmp.Or(c.Form, "query")
	c.Dates = cmp.Or(c.Dates, "us")
	c.EventNames[0] = cmp.Or(c.EventNames[0], "Arrived")
	c.EventNames[1] = cmp.Or(c.EventNames[1], "Departed")
	c.ErrorStatus = cmp.Or(c.ErrorStatus, http.StatusBadRequest)
	c.InvalidCode = cmp.Or(c.InvalidCode, unexpected)
	c.Step = cmp.Or(c.Step, 15*time.Minute)
	c.AskAgain = cmp.Or(c.AskAgain, 10*time.Minute)
	c.FreshAfter = cmp.Or(c.FreshAfter, 2*time.Minute)
	c.Interval = cmp.Or(c.Interval, time.Hour)
	if c.Users == nil {
		c.Users = map[string]string{"desk": "desk-secret"}
	}
	if c.Retry == nil {
		c.Retry = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute}
	}
}

// Server is the stand-in. Safe for concurrent use.
type Server struct {
	*standin.Gate
	cfg   Config
	limit standin.Limit
	push  standin.Emitter

	mu       sync.Mutex
	orders   []*order
	names    map[string]*standin.Load
	received []standin.Receipt
}

// New makes a stand-in.
func New(cfg Config) *Server {
	cfg.settle()
	s := &Server{Gate: standin.NewGate(cfg.Wire, cfg.Facts, cfg.Faults), cfg: cfg, limit: standin.Limit{Most: cfg.PerMinute, Per: time.Minute}, names: map[string]*standin.Load{}}
	s.push = standin.Emitter{To: cfg.Push, Retry: cfg.Retry, Stubborn: true, Twice: cfg.Twice, Swap: cfg.Swap, Seed: cfg.Seed}
	for _, l := range cfg.World {
		for _, n := range []string{l.Number, l.BOL} {
			s.names[strings.ToUpper(n)] = l
		}
	}
	s.Sort, s.Refuse, s.Answer = s.sort, s.refuse, s.answer
	return s
}

// Codes of updatelocation.
const (
	noFunds     = 1001
	notValid    = 2000
	overAlready = 2001
	noFeature   = 3000
	notNow      = 5000
	unexpected  = 9999
)

// refuse writes an error that is no code of the API: transport and login.
func (s *Server) refuse(w http.ResponseWriter, status int, text string) {
	s.fail(w, status, unexpected, text)
}

type failure struct {
	Code    int    `xml:"Code"`
	Message string `xml:"Message"`
}

// fail writes an answer with an error code. Answers bear no namespace.
func (s *Server) fail(w http.ResponseWriter, status, code int, text string) {
	s.reply(w, status, struct {
		Errors []failure `xml:"Errors>Error"`
	}{[]failure{{code, text}}})
}

// reply writes an answer under the root that is configured.
func (s *Server) reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.WriteHeader(status)
	if err := xml.NewEncoder(w).EncodeElement(v, xml.StartElement{Name: xml.Name{Local: s.cfg.Root}}); err != nil {
		panic(err) // our own types
	}
}

// sort says what a request asks; all share one limit.
func (s *Server) sort(r *http.Request) (ask, bucket string) {
	p, ok := strings.CutPrefix(r.URL.Path, Base)
	switch {
	case !ok:
		ask = "unknown"
	case p == "orders/createorder":
		ask = "create"
	case strings.HasPrefix(p, "orders/updatelocation/"):
		ask = "fresh"
	case p == "tms/data/location":
		ask = "location"
	case p == s.cfg.StopEventPath:
		ask = "stopEvent"
	case p == s.cfg.AssignPath:
		ask = "assign"
	case matches(s.cfg.StopPath, p) != "":
		ask = "stop"
	case matches(s.cfg.ChangePath, p) != "":
		ask = "change"
	default:
		ask = "unknown"
	}
	return ask, "macropoint"
}

func matches(pattern, path string) string {
	before, after, ok := strings.Cut(pattern, "{id}")
	id, has := strings.CutPrefix(path, before)
	if !ok || !has {
		return ""
	}
	if id, has = strings.CutSuffix(id, after); !has || strings.Contains(id, "/") {
		return ""
	}
	return id
}

// answer answers one request whose faults are settled.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, body []byte, e *standin.Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	user, password, ok := r.BasicAuth()
	if want, known := s.cfg.Users[user]; !ok || !known || want != password {
		w.Header().Set("WWW-Authenticate", `Basic realm="MacroPoint"`)
		s.fail(w, http.StatusUnauthorized, unexpected, "The API user or password is not valid")
		return
	}
	ok, left, wait := s.limit.Take(e.Bucket, e.At)
	if e.Remaining = left; !ok {
		w.Header().Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
		s.fail(w, http.StatusTooManyRequests, unexpected, "Too many requests")
		return
	}
	if r.Method != http.MethodPost {
		s.fail(w, http.StatusNotFound, unexpected, "There is nothing to read here; positions come by callback")
		return
	}
	path := strings.TrimPrefix(r.URL.Path, Base)
	switch e.Ask {
	case "create":
		s.create(w, r, body, e)
	case "fresh":
		s.fresh(w, strings.TrimPrefix(path, "orders/updatelocation/"), e)
	case "stop":
		s.stop(w, matches(s.cfg.StopPath, path), e)
	case "change":
		s.change(w, r, matches(s.cfg.ChangePath, path), body, e)
	case "location":
		s.location(w, body, e)
	case "stopEvent":
		s.stopEvent(w, body, e)
	case "assign":
		s.assign(w, body, e)
	default:
		s.fail(w, http.StatusNotFound, unexpected, "Not found")
	}
}

// Held is an order as the stand-in has it.
type Held struct {
	OrderID  string
	IDNumber string
	Load     string // number of the world's load; empty when none fits
	Begun    time.Time
	Status   int // the last code that was called back
	Stopped  bool
}

// Loads are all orders, in the order in which they were made.
func (s *Server) Loads() []Held {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Held
	for _, x := range s.orders {
		list = append(list, Held{OrderID: x.id, IDNumber: x.name, Load: x.number(), Begun: x.begun, Status: x.status, Stopped: x.stopped})
	}
	return list
}

// Received is all that was pushed to the stand-in and taken.
func (s *Server) Received() []standin.Receipt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]standin.Receipt(nil), s.received...)
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

// Waiting is how many callbacks are still to be sent.
func (s *Server) Waiting() int { return s.push.Waiting() }
