package api

import (
	"context"
	"net/http"

	desk "tracedesk/backend/desk/playbooks"
)

// Playbooks is what the desk does about each kind of exception.
type Playbooks interface {
	Books(ctx context.Context) (desk.Books, error)
	// Book is the one that serves a kind or topic.
	Book(ctx context.Context, kind string) (desk.Book, error)
	Save(ctx context.Context, e desk.BookEdit) (desk.Book, error)
	Checklist(ctx context.Context, ref, exception string, when desk.When) (desk.CheckSheet, error)
	Mark(ctx context.Context, ref, exception string, m desk.StepMark) (desk.StepMarked, error)
}

type books struct{ books Playbooks }

func (b books) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/playbooks", b.all)
	mux.HandleFunc("GET /api/playbooks/{kind}", b.book)
	mux.HandleFunc("POST /api/playbooks", b.save)
	mux.HandleFunc("GET /api/loads/{ref}/exceptions/{id}/playbook", b.checklist)
	mux.HandleFunc("POST /api/loads/{ref}/exceptions/{id}/playbook", b.mark)
}

func (b books) all(w http.ResponseWriter, r *http.Request) {
	all, err := b.books.Books(r.Context())
	answer(w, all, err)
}

func (b books) book(w http.ResponseWriter, r *http.Request) {
	book, err := b.books.Book(r.Context(), r.PathValue("kind"))
	answer(w, book, err)
}

func (b books) save(w http.ResponseWriter, r *http.Request) {
	edit, err := command[desk.BookEdit](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	book, err := b.books.Save(r.Context(), edit)
	answer(w, book, err)
}

func (b books) checklist(w http.ResponseWriter, r *http.Request) {
	when, err := whenOf(r)
	if err != nil {
		fail(w, err)
		return
	}
	sheet, err := b.books.Checklist(r.Context(), r.PathValue("ref"), r.PathValue("id"), desk.When(when))
	answer(w, sheet, err)
}

func (b books) mark(w http.ResponseWriter, r *http.Request) {
	mark, err := command[desk.StepMark](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	marked, err := b.books.Mark(r.Context(), r.PathValue("ref"), r.PathValue("id"), mark)
	answer(w, marked, err)
}
