package api

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	desk "tracedesk/backend/desk/exceptions"
)

// Exceptions lists what the rules found and takes what people do about it.
type Exceptions interface {
	List(ctx context.Context, q desk.ExceptionQuery) (desk.Exceptions, error)
	// Act does one thing about one or many exceptions; one that refuses is named and does not hold up the others.
	Act(ctx context.Context, acts desk.ExceptionActs) (desk.ExceptionsActed, error)
	Causes(ctx context.Context) (desk.Causes, error)
}

type exceptions struct{ exceptions Exceptions }

func (e exceptions) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/exceptions", e.list)
	mux.HandleFunc("POST /api/exceptions/acts", e.act)
	mux.HandleFunc("GET /api/causes", e.causes)
}

func exceptionQuery(r *http.Request) (query desk.ExceptionQuery, err error) {
	q := r.URL.Query()
	query = desk.ExceptionQuery{Load: q.Get("load"), Customer: q.Get("customer"), Carrier: q.Get("carrier"), Owner: q.Get("owner"),
		Kind: q.Get("kind"), Severity: q.Get("severity")}
	switch q.Get("state") {
	case "", "open":
	case "all":
		query.All = true
	default:
		return query, invalid("state must be open or all, not " + strconv.Quote(q.Get("state")) + ".")
	}
	when, err := whenOf(r)
	if err != nil {
		return query, err
	}
	query.AsOf, query.At = when.AsOf, when.At
	err = numbers(q, into{"days": &query.Days, "offset": &query.Offset, "limit": &query.Limit})
	return query, err
}

func (e exceptions) list(w http.ResponseWriter, r *http.Request) {
	query, err := exceptionQuery(r)
	if err != nil {
		fail(w, err)
		return
	}
	list, err := e.exceptions.List(r.Context(), query)
	answer(w, list, err)
}

func (e exceptions) act(w http.ResponseWriter, r *http.Request) {
	acts, err := command[desk.ExceptionActs](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	acted, err := e.exceptions.Act(r.Context(), acts)
	answer(w, acted, err)
}

func (e exceptions) causes(w http.ResponseWriter, r *http.Request) {
	causes, err := e.exceptions.Causes(r.Context())
	answer(w, causes, err)
}

// into says where whole numbers of a query go, by their names.
type into map[string]*int

// numbers reads whole numbers that may be left out.
func numbers(q url.Values, list into) error {
	for name, to := range list {
		n, err := number(q, name, 0)
		if err != nil {
			return err
		}
		*to = int(min(n, 1<<30))
	}
	return nil
}
