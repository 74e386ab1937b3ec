package api

import (
	"context"
	"net/http"
	"time"

	desk "tracedesk/backend/desk/board"
	"tracedesk/backend/desk/sources"
)

// Listings are answers that commands ask for as a whole, at any instant.
type Listings interface {
	At(ctx context.Context, m desk.Moment) (desk.Snapshot, error)
	Saved(ctx context.Context) (desk.SavedViews, error)
	Save(ctx context.Context, views desk.SavedViews) (desk.SavedViews, error)
}

// Upkeep is what is done to the desk as such.
type Upkeep interface {
	Rebuild(ctx context.Context) (Rebuilt, error)
	QuarantineAt(ctx context.Context, asOf time.Time, limit int) (sources.Quarantine, error)
	Retry(ctx context.Context) (int, error)
	Folders(ctx context.Context) (sources.Folders, error)
	ChangeFolder(ctx context.Context, c sources.FolderChange) (sources.Folders, error)
	SetZone(ctx context.Context, customer, zone, as string) error
	// SetX12 sets the ids of outgoing interchanges; an empty one stays as it is.
	SetX12(ctx context.Context, sender, receiver, as string) error
	SetPerson(ctx context.Context, name string) error
}

// Setting changes one setting of the desk: the person's display name, the zone in which a customer's day begins and ends
// ("" is each stop's own day), or the ids of sender and receiver in what is written as X12.
type Setting struct {
	Person      string `json:"person,omitempty"`
	Customer    string `json:"customer,omitempty"`
	Zone        string `json:"zone,omitempty"`
	X12Sender   string `json:"x12Sender,omitempty"`
	X12Receiver string `json:"x12Receiver,omitempty"`
	As          string `json:"as,omitempty"`
}

// Rebuilt is how many loads were drawn anew.
type Rebuilt struct {
	Loads int `json:"loads"`
}

// Retried is how many quarantined items found their load.
type Retried struct {
	Matched int `json:"matched"`
}

type listing struct {
	boards Listings
	upkeep Upkeep
}

func (l listing) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/board", l.board)
	mux.HandleFunc("GET /api/views", l.views)
	mux.HandleFunc("POST /api/views", l.saveViews)
	mux.HandleFunc("GET /api/quarantine/at", l.quarantine)
	mux.HandleFunc("POST /api/rebuild", l.rebuild)
	mux.HandleFunc("POST /api/quarantine/retry", l.retry)
	mux.HandleFunc("GET /api/folders", l.folders)
	mux.HandleFunc("POST /api/folders", l.changeFolder)
	mux.HandleFunc("POST /api/settings", l.set)
}

func moment(r *http.Request) (m desk.Moment, err error) {
	q := r.URL.Query()
	limit, err := number(q, "limit", 0)
	if err != nil {
		return m, err
	}
	m.Limit = int(limit)
	if m.At, err = instant(q, "at"); err == nil {
		m.AsOf, err = instant(q, "asOf")
	}
	return m, err
}

func (l listing) board(w http.ResponseWriter, r *http.Request) {
	m, err := moment(r)
	if err != nil {
		fail(w, err)
		return
	}
	snap, err := l.boards.At(r.Context(), m)
	answer(w, snap, err)
}

func (l listing) quarantine(w http.ResponseWriter, r *http.Request) {
	m, err := moment(r)
	if err != nil {
		fail(w, err)
		return
	}
	asOf := m.AsOf
	if asOf.IsZero() {
		asOf = m.At
	}
	if asOf.IsZero() {
		asOf = time.Now()
	}
	items, err := l.upkeep.QuarantineAt(r.Context(), asOf, max(m.Limit, 1))
	answer(w, items, err)
}

func (l listing) rebuild(w http.ResponseWriter, r *http.Request) {
	done, err := l.upkeep.Rebuild(r.Context())
	answer(w, done, err)
}

func (l listing) retry(w http.ResponseWriter, r *http.Request) {
	n, err := l.upkeep.Retry(r.Context())
	answer(w, Retried{n}, err)
}

func (l listing) folders(w http.ResponseWriter, r *http.Request) {
	list, err := l.upkeep.Folders(r.Context())
	answer(w, list, err)
}

func (l listing) changeFolder(w http.ResponseWriter, r *http.Request) {
	change, err := command[sources.FolderChange](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	list, err := l.upkeep.ChangeFolder(r.Context(), change)
	answer(w, list, err)
}

func (l listing) set(w http.ResponseWriter, r *http.Request) {
	s, err := command[Setting](w, r)
	switch {
	case err != nil:
	case s.Person != "":
		err = l.upkeep.SetPerson(r.Context(), s.Person)
	case s.Customer != "":
		err = l.upkeep.SetZone(r.Context(), s.Customer, s.Zone, s.As)
	case s.X12Sender != "" || s.X12Receiver != "":
		err = l.upkeep.SetX12(r.Context(), s.X12Sender, s.X12Receiver, s.As)
	default:
		err = invalid("Say what to set: person, customer and zone, or the X12 sender and receiver.")
	}
	answer(w, s, err)
}

func (l listing) views(w http.ResponseWriter, r *http.Request) {
	views, err := l.boards.Saved(r.Context())
	answer(w, views, err)
}

func (l listing) saveViews(w http.ResponseWriter, r *http.Request) {
	views, err := command[desk.SavedViews](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	views, err = l.boards.Save(r.Context(), views)
	answer(w, views, err)
}
