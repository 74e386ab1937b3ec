package api

import (
	"context"
	"net/http"

	desk "tracedesk/backend/desk/load"
)

// Loads reads one load and takes corrections.
type Loads interface {
	// Load finds a load by its id, its number or a reference. An ambiguous reference is a conflict that names the candidates.
	Load(ctx context.Context, ref string, when desk.When) (desk.Load, error)
	// Raw is the body of an observation as it came.
	Raw(ctx context.Context, observation string) (desk.RawBody, error)
	// State records what a person says about a load.
	State(ctx context.Context, ref string, edit desk.Edit) (desk.Stated, error)
	// StateMany records one thing of many loads.
	StateMany(ctx context.Context, edit desk.BulkEdit) (desk.BulkStated, error)
	// Trail is where the truck was.
	Trail(ctx context.Context, ref string, when desk.When) (desk.Trail, error)
}

type loads struct{ loads Loads }

func (l loads) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/loads/{ref}", l.load)
	mux.HandleFunc("GET /api/loads/{ref}/trail", l.trail)
	mux.HandleFunc("POST /api/loads/{ref}/claims", l.state)
	mux.HandleFunc("POST /api/claims", l.stateMany)
	mux.HandleFunc("GET /api/observations/{id}/raw", l.raw)
}

func whenOf(r *http.Request) (when desk.When, err error) {
	if when.AsOf, err = instant(r.URL.Query(), "asOf"); err == nil {
		when.At, err = instant(r.URL.Query(), "at")
	}
	return when, err
}

func (l loads) load(w http.ResponseWriter, r *http.Request) {
	when, err := whenOf(r)
	if err != nil {
		fail(w, err)
		return
	}
	load, err := l.loads.Load(r.Context(), r.PathValue("ref"), when)
	answer(w, load, err)
}

func (l loads) trail(w http.ResponseWriter, r *http.Request) {
	when, err := whenOf(r)
	if err != nil {
		fail(w, err)
		return
	}
	trail, err := l.loads.Trail(r.Context(), r.PathValue("ref"), when)
	answer(w, trail, err)
}

func (l loads) stateMany(w http.ResponseWriter, r *http.Request) {
	edit, err := command[desk.BulkEdit](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	stated, err := l.loads.StateMany(r.Context(), edit)
	answer(w, stated, err)
}

func (l loads) state(w http.ResponseWriter, r *http.Request) {
	edit, err := command[desk.Edit](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	stated, err := l.loads.State(r.Context(), r.PathValue("ref"), edit)
	answer(w, stated, err)
}

func (l loads) raw(w http.ResponseWriter, r *http.Request) {
	raw, err := l.loads.Raw(r.Context(), r.PathValue("id"))
	answer(w, raw, err)
}
