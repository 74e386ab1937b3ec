package api

import (
	"context"
	"net/http"

	desk "tracedesk/backend/desk/tasks"
)

// Tasks lists what waits for a person and takes what came of it.
type Tasks interface {
	List(ctx context.Context, q desk.TaskQuery) (desk.Tasks, error)
	Settle(ctx context.Context, o desk.TaskSettled) (desk.TaskNoted, error)
}

type tasks struct{ tasks Tasks }

func (t tasks) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/tasks", t.list)
	mux.HandleFunc("POST /api/tasks/outcome", t.settle)
}

func (t tasks) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	query := desk.TaskQuery{Load: q.Get("load"), Customer: q.Get("customer"), Owner: q.Get("owner"), Kind: q.Get("kind")}
	when, err := whenOf(r)
	if err == nil {
		query.AsOf, query.At = when.AsOf, when.At
		err = numbers(q, into{"hours": &query.Hours, "offset": &query.Offset, "limit": &query.Limit})
	}
	if err != nil {
		fail(w, err)
		return
	}
	list, err := t.tasks.List(r.Context(), query)
	answer(w, list, err)
}

func (t tasks) settle(w http.ResponseWriter, r *http.Request) {
	outcome, err := command[desk.TaskSettled](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	noted, err := t.tasks.Settle(r.Context(), outcome)
	answer(w, noted, err)
}
