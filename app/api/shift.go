package api

import (
	"bytes"
	"context"
	"net/http"

	desk "tracedesk/backend/desk/shift"
)

// Shift hands the desk over at a shift's end.
type Shift interface {
	// Draft is the sheet as it would be handed over.
	Draft(ctx context.Context, when desk.When) (desk.Handover, error)
	// HandOver keeps the sheet; a conflict names what blocks it.
	HandOver(ctx context.Context, h desk.HandOver) (desk.Handover, error)
	Sheet(ctx context.Context, id string) (desk.Handover, error)
	Take(ctx context.Context, id string, take desk.TakeOver) (desk.Handover, error)
	List(ctx context.Context) (desk.Handovers, error)
}

type shifts struct{ shift Shift }

func (s shifts) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/handover", s.draft)
	mux.HandleFunc("POST /api/handover", s.handOver)
	mux.HandleFunc("GET /api/handover.txt", s.text)
	mux.HandleFunc("GET /api/handover/{id}", s.draft)
	mux.HandleFunc("GET /api/handover/{id}/text", s.text)
	mux.HandleFunc("POST /api/handover/{id}/take", s.take)
	mux.HandleFunc("GET /api/handovers", s.list)
}

func (s shifts) asked(r *http.Request) (desk.Handover, error) {
	if id := r.PathValue("id"); id != "" {
		return s.shift.Sheet(r.Context(), id)
	}
	when, err := whenOf(r)
	if err != nil {
		return desk.Handover{}, err
	}
	return s.shift.Draft(r.Context(), desk.When(when))
}

func (s shifts) draft(w http.ResponseWriter, r *http.Request) {
	sheet, err := s.asked(r)
	answer(w, sheet, err)
}

// text is a sheet as it goes on paper.
func (s shifts) text(w http.ResponseWriter, r *http.Request) {
	sheet, err := s.asked(r)
	if err != nil {
		fail(w, err)
		return
	}
	var page bytes.Buffer
	desk.Print(&page, &sheet)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(page.Bytes()) // the other side may have gone
}

func (s shifts) handOver(w http.ResponseWriter, r *http.Request) {
	h, err := command[desk.HandOver](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	sheet, err := s.shift.HandOver(r.Context(), h)
	answer(w, sheet, err)
}

func (s shifts) take(w http.ResponseWriter, r *http.Request) {
	take, err := command[desk.TakeOver](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	sheet, err := s.shift.Take(r.Context(), r.PathValue("id"), take)
	answer(w, sheet, err)
}

func (s shifts) list(w http.ResponseWriter, r *http.Request) {
	list, err := s.shift.List(r.Context())
	answer(w, list, err)
}
