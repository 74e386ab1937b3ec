// Package connect is the contract between an outside system and the room that runs it (feeds). One folder below it is one
// system: its wire types, its way of signing in, its mapping, and no policy. When to ask, how often, what to do after a
// fault and where an answer goes are the engine's business.
package connect

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// Kind names a system and how to make a connector of it.
type Kind struct {
	Name     string // project44, fourkites, macropoint
	Title    string // as its maker writes it
	Source   freight.SourceKind
	Settings []Setting // what a person fills in
	New      func(Account) (Connector, error)
}

// Setting is one thing that a person says about an account.
type Setting struct {
	Key     string   `json:"key"` // camelCase
	Label   string   `json:"label"`
	Help    string   `json:"help"`
	Secret  bool     `json:"secret"` // goes to the key store and nowhere else
	Needed  bool     `json:"needed"`
	Default string   `json:"default"`
	Choices []string `json:"choices"`
}

// Account is one sign-in at one system. HTTP, Now and Secret are given by the engine, so that a connector has no clock, no
// sockets and no key store of its own.
type Account struct {
	Name   string // the account's name on this desk: the account of its observations' source
	Values map[string]string
	Secret func(key string) (string, error)
	HTTP   *http.Client     // keeps to limits, records calls, checks TLS, honours Retry-After; its Transport may fail with a *Held
	Now    func() time.Time // the transport's clock: token life, signatures
}

// Connector speaks with one account. It implements those of Lister, Follower, Writer and Receiver that its system can do.
// Safe for use by several goroutines.
type Connector interface {
	// Probe signs in and asks the cheapest question there is.
	Probe(ctx context.Context) (Probe, error)
	// Limits is what the system allows, as far as is known before it is asked.
	Limits() Limits
	// Read draws observations from a body as it was received or recorded. It is pure: the same body, the same records; a
	// changed mapping can be run over stored bodies again. What cannot be read is a fault with its place.
	Read(body Body) iter.Seq2[freight.Record, error]
}

// Probe is what a test of the connection found out.
type Probe struct {
	Host     string        `json:"host"`
	Proxy    string        `json:"proxy"`    // the proxy on the way there as host:port, without its sign-in; empty: directly. The engine says it
	Identity string        `json:"identity"` // whom the system takes us for
	May      []string      `json:"may"`      // what it may do, in words
	Skew     time.Duration `json:"-"`        // the system's clock minus ours
	Notes    []string      `json:"notes"`
}

// Limits is what a system allows.
type Limits struct {
	PerMinute int           // requests; 0 unknown: the engine keeps to 60 until the system's own headers say otherwise
	AtOnce    int           // open requests; 0 means 2
	Interval  time.Duration // how often there can be news; 0 means 15 minutes
}

// Body is what a system said, byte for byte.
type Body struct {
	Media string // application/json, text/xml, application/x-www-form-urlencoded
	About string // what was asked, for the reader of the body: "events/5b0f2f2e-...", "shipments", "callback/location"
	Bytes []byte
	At    time.Time // when it was received
}

// AboutPaper begins Body.About of a document itself: "paper/<its id>/<its name>". Such a body goes to the documents' room; Read
// draws nothing from it.
const AboutPaper = "paper/"

// Page is one answer and where to go on.
type Page struct {
	Bodies []Body
	Cursor string // opaque, kept by the engine in the transaction that stores the bodies; "" keeps the one before
	More   bool   // ask again at once with Cursor
	Remote string // the system's own id of the load, where it became known (Follow only)
	Gone   bool   // the system will say nothing more of this load
}

// Lister is a system that can be asked for everything that changed, page by page.
type Lister interface {
	List(ctx context.Context, cursor string) (Page, error)
}

// Follower is a system that has to be asked load by load.
type Follower interface {
	Follow(ctx context.Context, l Tracked, cursor string) (Page, error)
}

// Tracked is a load that an account is asked about or told of, as the desk knows it.
type Tracked struct {
	Load     int64
	Number   string
	Customer string
	Remote   string // the system's own id of it, "" before it is known there; from create's receipt, Page.Remote or a number on file
	IDType   string // by which number the customer knows it there (BILL_OF_LADING, ORDER), from the account's customers
	BillTo   string
	Line     freight.Timeline
}

// Writer is a system that can be told things.
type Writer interface {
	// CanWrite says whether an errand of this kind makes sense here, in words if not.
	CanWrite(kind string) (ok bool, why string)
	// Repeatable reports whether sending an errand of this kind twice leaves one there: the system keeps to the key, or the
	// request says a state (PUT) and not an event. An errand that is not and whose acknowledgement was cut is looked up by
	// Written, and shown to a person where that cannot tell either.
	Repeatable(kind string) bool
	// Write carries one errand out. The key is the same at every try. Errors of the HTTP client are passed on wrapped (%w):
	// by them the engine tells a request that never left from one whose answer was cut. ErrNotYet has the errand wait.
	Write(ctx context.Context, e Errand) (Receipt, error)
	// Written looks an errand up that may already have arrived: its acknowledgement was cut. known is false where the
	// system offers no way to find out.
	Written(ctx context.Context, e Errand) (r Receipt, arrived, known bool, err error)
}

// The kinds of errand.
const (
	CreateLoad   = "create" // the platform does not have the load yet
	UpdateLoad   = "update" // appointments, equipment or references changed
	CancelLoad   = "cancel"
	WriteStatus  = "status" // an event at a stop, a status word, an expected arrival
	WritePlace   = "position"
	WriteWindow  = "window"
	WriteNote    = "note"
	SendDocument = "document"
	AskPosition  = "askPosition" // ask for a fresh fix
)

// Errand is one intent as a connector sees it.
type Errand struct {
	Key   string // the same at every try, unlike any other; letters, digits and hyphens, at most 64
	Kind  string
	Load  Tracked
	Says  Saying // what is told; empty for create, update, cancel and askPosition, which speak of the load as it is
	Paper []byte // of SendDocument
	Media string // of SendDocument
}

// Saying is what somebody of the desk stated and a platform is told.
type Saying struct {
	Fact   freight.Fact  `json:"fact,omitempty"` // arrived, departed, loaded, unloaded, picked_up, delivered, eta, status, position, appointment, note, document
	Stop   int           `json:"stop,omitempty"` // number of the stop on the desk; 0 the whole load
	At     time.Time     `json:"at,omitzero"`    // when it happened; of eta the expected instant
	Zone   string        `json:"zone,omitempty"` // IANA zone of the stop, "" unknown
	Start  time.Time     `json:"start,omitzero"` // of appointment
	End    time.Time     `json:"end,omitzero"`
	Place  freight.Place `json:"place,omitzero"`   // of position: point, city, state
	Text   string        `json:"text,omitempty"`   // a status word or a note
	Code   string        `json:"code,omitempty"`   // the text's code list: "1650", "1651"
	Paper  string        `json:"paper,omitempty"`  // of document: pop, pod, other
	Name   string        `json:"name,omitempty"`   // of document: its file's name
	Digest string        `json:"digest,omitempty"` // of document: its id in the desk
	By     string        `json:"by,omitempty"`     // the person
}

// Receipt is what the system answered.
type Receipt struct {
	Remote string // id of what was made there
	Says   string // in words, for the person
	Twice  bool   // the system already had it
	Later  bool   // accepted, and worked on later
}

// Whole is a system of which some bodies list all that it holds to have happened: what stood on one and does not stand on the next one
// about the same, it has taken back.
type Whole interface {
	// Whole reports whether bodies about that are such lists.
	Whole(about string) bool
	// Listed says what an observation drawn from such a body is about ("ARRIVAL_AT_STOP 2"), by which a correction is told from something
	// that was taken back; "" where it is no entry of the list.
	Listed(o *freight.Observation) string
}

// Receiver is a system that calls back.
type Receiver interface {
	// Callback turns a request, whatever its form, into a body that Read understands.
	Callback(method, path, query, media string, body []byte) (Body, error)
}

// The kinds of failure the engine tells apart.
var (
	ErrSignIn  = errors.New("the system refused the sign-in") // asks a person; not tried again until settings change
	ErrRefused = errors.New("the system refused this")        // this request will never pass: parked with the reason
	ErrGone    = errors.New("the system does not know this load")
	ErrNotYet  = errors.New("the system is not ready to tell this yet") // asynchronous visibility: ask again later
	ErrLacks   = error(lacking{})                                       // an ErrNotYet that no waiting mends: the load lacks what the system asks for
)

// ErrWordless is an ErrRefused before anything left: the system has no word for what would be told, so that there is nothing to send.
var ErrWordless = error(wordless{})

type wordless struct{}

func (wordless) Error() string        { return "the system has no word for this" }
func (wordless) Is(target error) bool { return target == ErrRefused }

type lacking struct{}

func (lacking) Error() string        { return "the load lacks what the system asks for" }
func (lacking) Is(target error) bool { return target == ErrNotYet }

// CustomerRule says by which number a customer's loads go at a platform.
type CustomerRule struct {
	Customer string `json:"customer"`
	IDType   string `json:"idType"` // BILL_OF_LADING, ORDER; "" where the account did not say
	BillTo   string `json:"billTo"`
}

// ParseCustomers reads an account's customers setting: "Acme=BILL_OF_LADING;Borden=ORDER:BT77".
func ParseCustomers(text string) ([]CustomerRule, error) {
	var out []CustomerRule
	for part := range strings.SplitSeq(text, ";") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		name, how, _ := strings.Cut(part, "=")
		idType, billTo, _ := strings.Cut(how, ":")
		rule := CustomerRule{Customer: strings.TrimSpace(name), IDType: strings.ToUpper(strings.TrimSpace(idType)), BillTo: strings.TrimSpace(billTo)}
		if rule.Customer == "" {
			return nil, fmt.Errorf("customers: %q names no customer; write Acme=BILL_OF_LADING;Borden=ORDER:BT77", part)
		}
		out = append(out, rule)
	}
	return out, nil
}

// Held says that the system wants to be left alone for a while.
type Held struct {
	Until  time.Time
	Reason string
}

func (h *Held) Error() string {
	return fmt.Sprintf("%s; asked to wait until %s", h.Reason, h.Until.UTC().Format(time.RFC3339))
}
