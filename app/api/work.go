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
	// Outgoing214 tells what Export214 would write and what it would leave out.
	Outgoing214(ctx context.Context) (desk.Outgoing214, error)
	// Export214 writes what waits and can be said so as X12 214. Each call takes a control number.
	Export214(ctx context.Context, out io.Writer) error
}

type deeds struct{ work Work }

func (d deeds) routes(mux *http.ServeMux) {
	mux.HandleFunc("POST /api/undo", d.undo)
	mux.HandleFunc("GET /api/history", d.history)
	mux.HandleFunc("GET /api/intents", d.intents)
	mux.HandleFunc("POST /api/intents/{id}", d.settle)
	mux.HandleFunc("GET /api/intents/export.csv", d.exportCSV)
	mux.HandleFunc("GET /api/intents/export.edi", d.exportX12)
	mux.HandleFunc("GET /api/intents/x12", d.outgoing214)
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

func (d deeds) outgoing214(w http.ResponseWriter, r *http.Request) {
	out, err := d.work.Outgoing214(r.Context())
	answer(w, out, err)
}

func (d deeds) exportCSV(w http.ResponseWriter, r *http.Request) {
	attach(w, r, "outgoing.csv", "text/csv; charset=utf-8", d.work.ExportIntents)
}

func (d deeds) exportX12(w http.ResponseWriter, r *http.Request) {
	attach(w, r, "outgoing.edi", "application/edi-x12", d.work.Export214)
}

// attach answers a whole file, or the error that kept it from being one.
func attach(w http.ResponseWriter, r *http.Request, name, kind string, export func(context.Context, io.Writer) error) {
	var file bytes.Buffer
	if err := export(r.Context(), &file); err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, _ = w.Write(file.Bytes())
}
