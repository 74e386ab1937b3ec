package api

import (
	"context"
	"net/http"

	desk "tracedesk/backend/desk/milestones"
)

// Milestones is what a load's plan asks to be on record.
type Milestones interface {
	Milestones(ctx context.Context, ref string, when desk.When) (desk.MilestoneList, error)
	// Gap records why one may stay open.
	Gap(ctx context.Context, ref string, g desk.GapReason) (desk.MilestoneDone, error)
	// Close closes the load; a conflict names what is still open.
	Close(ctx context.Context, ref string, c desk.CloseLoad) (desk.MilestoneDone, error)
}

type milestones struct{ milestones Milestones }

func (m milestones) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/loads/{ref}/milestones", m.list)
	mux.HandleFunc("POST /api/loads/{ref}/milestones", m.gap)
	mux.HandleFunc("POST /api/loads/{ref}/close", m.close)
}

func (m milestones) list(w http.ResponseWriter, r *http.Request) {
	when, err := whenOf(r)
	if err != nil {
		fail(w, err)
		return
	}
	list, err := m.milestones.Milestones(r.Context(), r.PathValue("ref"), desk.When(when))
	answer(w, list, err)
}

func (m milestones) gap(w http.ResponseWriter, r *http.Request) {
	gap, err := command[desk.GapReason](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	done, err := m.milestones.Gap(r.Context(), r.PathValue("ref"), gap)
	answer(w, done, err)
}

func (m milestones) close(w http.ResponseWriter, r *http.Request) {
	c, err := command[desk.CloseLoad](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	done, err := m.milestones.Close(r.Context(), r.PathValue("ref"), c)
	answer(w, done, err)
}
