package api

import (
	"context"
	"net/http"

	desk "tracedesk/backend/desk/compare"
)

// Compare holds what each source says of a load side by side, and takes what settles it.
type Compare interface {
	Compare(ctx context.Context, ref string, when desk.When) (desk.Comparison, error)
	// Paste reads what a portal's page says; nothing is stored unless it says so.
	Paste(ctx context.Context, ref string, p desk.Paste) (desk.Pasted, error)
	Accept(ctx context.Context, ref string, a desk.Accept) (desk.CompareDone, error)
	Dismiss(ctx context.Context, ref string, d desk.Dismiss) (desk.CompareDone, error)
	Portals(ctx context.Context) (desk.Portals, error)
	SetPortal(ctx context.Context, c desk.PortalChange) (desk.Portals, error)
	Trust(ctx context.Context) (desk.TrustOrders, error)
	SetTrust(ctx context.Context, c desk.TrustChange) (desk.TrustOrders, error)
}

type comparing struct{ compare Compare }

func (c comparing) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/loads/{ref}/compare", c.sides)
	mux.HandleFunc("POST /api/loads/{ref}/paste", c.paste)
	mux.HandleFunc("POST /api/loads/{ref}/accept", c.accept)
	mux.HandleFunc("POST /api/loads/{ref}/dismiss", c.dismiss)
	mux.HandleFunc("GET /api/portals", c.portals)
	mux.HandleFunc("POST /api/portals", c.setPortal)
	mux.HandleFunc("GET /api/trust", c.trust)
	mux.HandleFunc("POST /api/trust", c.setTrust)
}

func (c comparing) sides(w http.ResponseWriter, r *http.Request) {
	when, err := whenOf(r)
	if err != nil {
		fail(w, err)
		return
	}
	told, err := c.compare.Compare(r.Context(), r.PathValue("ref"), desk.When(when))
	answer(w, told, err)
}

func (c comparing) paste(w http.ResponseWriter, r *http.Request) {
	page, err := command[desk.Paste](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	read, err := c.compare.Paste(r.Context(), r.PathValue("ref"), page)
	answer(w, read, err)
}

func (c comparing) accept(w http.ResponseWriter, r *http.Request) {
	accept, err := command[desk.Accept](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	done, err := c.compare.Accept(r.Context(), r.PathValue("ref"), accept)
	answer(w, done, err)
}

func (c comparing) dismiss(w http.ResponseWriter, r *http.Request) {
	dismiss, err := command[desk.Dismiss](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	done, err := c.compare.Dismiss(r.Context(), r.PathValue("ref"), dismiss)
	answer(w, done, err)
}

func (c comparing) portals(w http.ResponseWriter, r *http.Request) {
	list, err := c.compare.Portals(r.Context())
	answer(w, list, err)
}

func (c comparing) setPortal(w http.ResponseWriter, r *http.Request) {
	change, err := command[desk.PortalChange](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	list, err := c.compare.SetPortal(r.Context(), change)
	answer(w, list, err)
}

func (c comparing) trust(w http.ResponseWriter, r *http.Request) {
	orders, err := c.compare.Trust(r.Context())
	answer(w, orders, err)
}

func (c comparing) setTrust(w http.ResponseWriter, r *http.Request) {
	change, err := command[desk.TrustChange](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	orders, err := c.compare.SetTrust(r.Context(), change)
	answer(w, orders, err)
}
