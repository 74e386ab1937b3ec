package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	desk "tracedesk/backend/desk/board"
)

// maxRows is the most rows one request may ask for.
const maxRows = 1000

// Status tells the state of the desk and what changed.
type Status interface {
	Status(ctx context.Context) (desk.DeskStatus, error)
	// Changes names what changed after since, at once.
	Changes(ctx context.Context, since int64) (desk.Changes, error)
	// Await is Changes, but waits until there is something after since; it returns the context's error when ctx ends.
	Await(ctx context.Context, since int64) (desk.Changes, error)
}

// Boards opens views and reads them.
type Boards interface {
	Open(ctx context.Context, spec desk.ViewSpec) (desk.View, error)
	// Rows reads [from, to) of a view; a view that was forgotten is not_found.
	Rows(ctx context.Context, view string, from, to int) (desk.Rows, error)
	Search(ctx context.Context, query string, limit int) (desk.Hits, error)
	Customers(ctx context.Context) (desk.Parties, error)
	Carriers(ctx context.Context) (desk.Parties, error)
}

type board struct {
	boards Boards
	status Status
}

func (b board) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/status", b.frame)
	mux.HandleFunc("POST /api/board/view", b.open)
	mux.HandleFunc("GET /api/board/rows", b.rows)
	mux.HandleFunc("GET /api/changes", b.changes)
	mux.HandleFunc("GET /api/events", b.events)
	mux.HandleFunc("GET /api/search", b.search)
	mux.HandleFunc("GET /api/customers", b.customers)
	mux.HandleFunc("GET /api/carriers", b.carriers)
}

func (b board) frame(w http.ResponseWriter, r *http.Request) {
	status, err := b.status.Status(r.Context())
	answer(w, status, err)
}

func (b board) open(w http.ResponseWriter, r *http.Request) {
	spec, err := command[desk.ViewSpec](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	view, err := b.boards.Open(r.Context(), spec)
	answer(w, view, err)
}

func (b board) rows(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	from, err := number(q, "from", 0)
	if err != nil {
		fail(w, err)
		return
	}
	to, err := number(q, "to", from+100)
	if err != nil || to < from || to-from > maxRows {
		fail(w, invalid(fmt.Sprintf("to must lie after from, at most %d rows away.", maxRows)))
		return
	}
	rows, err := b.boards.Rows(r.Context(), q.Get("view"), int(from), int(to))
	answer(w, rows, err)
}

func (b board) changes(w http.ResponseWriter, r *http.Request) {
	since, err := number(r.URL.Query(), "since", 0)
	if err != nil {
		fail(w, err)
		return
	}
	changes, err := b.status.Changes(r.Context(), since)
	answer(w, changes, err)
}

// events streams changes as server-sent events, each with its sequence number as id, until the other side goes. A browser
// that reconnects says the last id it saw; ?since= says it the first time.
func (b board) events(w http.ResponseWriter, r *http.Request) {
	since, err := lastSeen(r)
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	stream := http.NewResponseController(w)
	fmt.Fprint(w, ": listening\n\n")
	for stream.Flush() == nil {
		changes, err := b.status.Await(r.Context(), since)
		if err != nil {
			return
		}
		since = changes.Seq
		writeEvent(w, changes)
	}
}

func lastSeen(r *http.Request) (int64, error) {
	q := r.URL.Query()
	if id := r.Header.Get("Last-Event-ID"); id != "" {
		q.Set("since", id)
	}
	return number(q, "since", 0)
}

func writeEvent(w http.ResponseWriter, changes desk.Changes) {
	body, err := json.Marshal(changes)
	if err == nil {
		fmt.Fprintf(w, "id: %d\nevent: changes\ndata: %s\n\n", changes.Seq, body)
	}
}

func (b board) search(w http.ResponseWriter, r *http.Request) {
	limit, err := number(r.URL.Query(), "limit", 50)
	if err != nil {
		fail(w, err)
		return
	}
	hits, err := b.boards.Search(r.Context(), r.URL.Query().Get("q"), int(min(limit, maxRows)))
	answer(w, hits, err)
}

func (b board) customers(w http.ResponseWriter, r *http.Request) {
	parties, err := b.boards.Customers(r.Context())
	answer(w, parties, err)
}

func (b board) carriers(w http.ResponseWriter, r *http.Request) {
	parties, err := b.boards.Carriers(r.Context())
	answer(w, parties, err)
}
