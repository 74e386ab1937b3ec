package api

import (
	"bytes"
	"context"
	"io"
	"net/http"

	desk "tracedesk/backend/desk/work"
)

// Work is what people did and what must still leave the desk.
type Work interface {
	Undo(ctx context.Context, u desk.UndoRequest) (desk.Undone, error)
	// History is the last acts of people, newest first.
	History(ctx context.Context, limit int) (desk.History, error)
	// Intents lists what is not settled, and what was settled lately.
	Intents(ctx context.Context) (desk.Intents, error)
	Settle(ctx context.Context, id string, change desk.IntentChange) (desk.Intent, error)
	// ExportIntents writes what waits as CSV.
	ExportIntents(ctx context.Context, out io.Writer) error
}

type deeds struct{ work Work }

func (d deeds) routes(mux *http.ServeMux) {
	mux.HandleFunc("POST /api/undo", d.undo)
	mux.HandleFunc("GET /api/history", d.history)
	mux.HandleFunc("GET /api/intents", d.intents)
	mux.HandleFunc("POST /api/intents/{id}", d.settle)
	mux.HandleFunc("GET /api/intents/export.csv", d.export)
}

func (d deeds) undo(w http.ResponseWriter, r *http.Request) {
	what, err := command[desk.UndoRequest](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	undone, err := d.work.Undo(r.Context(), what)
	answer(w, undone, err)
}

func (d deeds) history(w http.ResponseWriter, r *http.Request) {
	limit, err := number(r.URL.Query(), "limit", 50)
	if err != nil {
		fail(w, err)
		return
	}
	history, err := d.work.History(r.Context(), int(min(limit, maxRows)))
	answer(w, history, err)
}

func (d deeds) intents(w http.ResponseWriter, r *http.Request) {
	intents, err := d.work.Intents(r.Context())
	answer(w, intents, err)
}

func (d deeds) settle(w http.ResponseWriter, r *http.Request) {
	change, err := command[desk.IntentChange](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	intent, err := d.work.Settle(r.Context(), r.PathValue("id"), change)
	answer(w, intent, err)
}

func (d deeds) export(w http.ResponseWriter, r *http.Request) {
	var csv bytes.Buffer
	if err := d.work.ExportIntents(r.Context(), &csv); err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="outgoing.csv"`)
	_, _ = w.Write(csv.Bytes())
}
