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
}

// Upkeep is what is done to the desk as such.
type Upkeep interface {
	Rebuild(ctx context.Context) (Rebuilt, error)
	QuarantineAt(ctx context.Context, asOf time.Time, limit int) (sources.Quarantine, error)
	Retry(ctx context.Context) (int, error)
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
	mux.HandleFunc("GET /api/quarantine/at", l.quarantine)
	mux.HandleFunc("POST /api/rebuild", l.rebuild)
	mux.HandleFunc("POST /api/quarantine/retry", l.retry)
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
