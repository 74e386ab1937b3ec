package api

import (
	"context"
	"net/http"

	desk "tracedesk/backend/desk/quality"
)

// Quality tells how clean the desk's data are.
type Quality interface {
	Quality(ctx context.Context, q desk.QualityQuery) (desk.Quality, error)
	// Corrections are what people corrected, newest first.
	Corrections(ctx context.Context, limit int) (desk.Corrections, error)
	// Check holds one number against the public form of its type.
	Check(ctx context.Context, kind, value string) (desk.NumberCheck, error)
}

type qualities struct{ quality Quality }

func (q qualities) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/quality", q.all)
	mux.HandleFunc("GET /api/quality/corrections", q.corrections)
	mux.HandleFunc("GET /api/quality/check", q.check)
}

func (q qualities) all(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	out, err := q.quality.Quality(r.Context(), desk.QualityQuery{Customer: v.Get("customer"), From: v.Get("from"), To: v.Get("to"), Kind: v.Get("kind")})
	answer(w, out, err)
}

func (q qualities) corrections(w http.ResponseWriter, r *http.Request) {
	limit, err := number(r.URL.Query(), "limit", 100)
	if err != nil {
		fail(w, err)
		return
	}
	out, err := q.quality.Corrections(r.Context(), int(min(limit, maxRows)))
	answer(w, out, err)
}

func (q qualities) check(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	out, err := q.quality.Check(r.Context(), v.Get("type"), v.Get("value"))
	answer(w, out, err)
}
