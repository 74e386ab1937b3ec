package api

import (
	"context"
	"net/http"

	desk "tracedesk/backend/desk/rules"
)

// Rules reads and sets the numbers of the rules, tells what a change would have flagged, and keeps who works on the desk.
type Rules interface {
	List(ctx context.Context, when desk.RuleMoment) (desk.RuleSettings, error)
	Set(ctx context.Context, e desk.RuleEdit) (desk.RuleEdited, error)
	// Preview starts one that goes on after the request; it is asked for by its id.
	Preview(ctx context.Context, t desk.RuleTrial) (desk.RulePreview, error)
	Previewed(ctx context.Context, id string) (desk.RulePreview, error)
	CancelPreview(ctx context.Context, id string) (desk.RulePreview, error)
	People(ctx context.Context) (desk.People, error)
	SetPerson(ctx context.Context, e desk.PersonEdit) (desk.People, error)
}

type rules struct{ rules Rules }

func (u rules) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/rules", u.list)
	mux.HandleFunc("POST /api/rules", u.set)
	mux.HandleFunc("POST /api/rules/preview", u.preview)
	mux.HandleFunc("GET /api/rules/preview/{id}", u.previewed)
	mux.HandleFunc("POST /api/rules/preview/{id}/cancel", u.cancel)
	mux.HandleFunc("GET /api/people", u.people)
	mux.HandleFunc("POST /api/people", u.setPerson)
}

func (u rules) list(w http.ResponseWriter, r *http.Request) {
	when, err := whenOf(r)
	if err != nil {
		fail(w, err)
		return
	}
	list, err := u.rules.List(r.Context(), desk.RuleMoment{AsOf: when.AsOf, At: when.At})
	answer(w, list, err)
}

func (u rules) set(w http.ResponseWriter, r *http.Request) {
	edit, err := command[desk.RuleEdit](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	edited, err := u.rules.Set(r.Context(), edit)
	answer(w, edited, err)
}

func (u rules) preview(w http.ResponseWriter, r *http.Request) {
	trial, err := command[desk.RuleTrial](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	started, err := u.rules.Preview(r.Context(), trial)
	answer(w, started, err)
}

func (u rules) previewed(w http.ResponseWriter, r *http.Request) {
	preview, err := u.rules.Previewed(r.Context(), r.PathValue("id"))
	answer(w, preview, err)
}

func (u rules) cancel(w http.ResponseWriter, r *http.Request) {
	preview, err := u.rules.CancelPreview(r.Context(), r.PathValue("id"))
	answer(w, preview, err)
}

func (u rules) people(w http.ResponseWriter, r *http.Request) {
	people, err := u.rules.People(r.Context())
	answer(w, people, err)
}

func (u rules) setPerson(w http.ResponseWriter, r *http.Request) {
	edit, err := command[desk.PersonEdit](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	people, err := u.rules.SetPerson(r.Context(), edit)
	answer(w, people, err)
}
