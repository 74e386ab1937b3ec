package api

import (
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// maxCommand is the most a JSON command may weigh: a mapping of a very wide sheet is some 100 KB.
const maxCommand = 1 << 20

// Fault is every error as the screens and commands receive it.
type Fault struct {
	Code    Code   `json:"code"`
	Message string `json:"message"` // what happened, and what it means
	Hint    string `json:"hint"`    // what to do; may be empty
}

// Code is the kind of an error.
type Code string

// The closed list of codes.
const (
	Invalid  Code = "invalid"
	NotFound Code = "not_found"
	Conflict Code = "conflict"
	Denied   Code = "denied"
	Internal Code = "internal"
)

// coded is an error that knows its kind; hinted knows what to do.
type (
	coded  interface{ Code() string }
	hinted interface{ Hint() string }
)

type fault struct {
	code    Code
	message string
	hint    string
}

func (f fault) Error() string { return f.message }
func (f fault) Code() string  { return string(f.code) }
func (f fault) Hint() string  { return f.hint }

func invalid(message string) error  { return fault{code: Invalid, message: message} }
func notFound(message string) error { return fault{code: NotFound, message: message} }

// faultOf turns any error into what a person receives. An error without a code of ours is internal.
func faultOf(err error) Fault {
	f := Fault{Code: Internal, Message: err.Error()}
	var c coded
	if errors.As(err, &c) {
		f.Code = known(Code(c.Code()))
	}
	var h hinted
	if errors.As(err, &h) {
		f.Hint = h.Hint()
	}
	return f
}

func known(c Code) Code {
	switch c {
	case Invalid, NotFound, Conflict, Denied:
		return c
	}
	return Internal
}

func (c Code) status() int {
	switch c {
	case Invalid:
		return http.StatusBadRequest
	case NotFound:
		return http.StatusNotFound
	case Conflict:
		return http.StatusConflict
	case Denied:
		return http.StatusForbidden
	}
	return http.StatusInternalServerError
}

func fail(w http.ResponseWriter, err error) {
	f := faultOf(err)
	write(w, f.Code.status(), f)
}

// answer writes what a use case gave, or its error.
func answer(w http.ResponseWriter, value any, err error) {
	if err != nil {
		fail(w, err)
		return
	}
	write(w, http.StatusOK, value)
}

func write(w http.ResponseWriter, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		status = http.StatusInternalServerError
		body, _ = json.Marshal(Fault{Code: Internal, Message: "the answer could not be written: " + err.Error()})
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the other side may have gone
}

// command reads a JSON command; anything but JSON is refused, so that no form on a foreign page can send one.
func command[T any](w http.ResponseWriter, r *http.Request) (T, error) {
	var v T
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		return v, invalid("A command must be sent as application/json.")
	}
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxCommand))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&v); err != nil {
		return v, fault{code: Invalid, message: "The command could not be read: " + err.Error() + "."}
	}
	return v, nil
}

// number reads a whole number from the query; def where it is not given.
func number(q url.Values, name string, def int64) (int64, error) {
	s := q.Get(name)
	if s == "" {
		return def, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0, invalid(name + " must be a whole number, not " + strconv.Quote(s) + ".")
	}
	return n, nil
}

// instant reads an RFC 3339 time from the query; zero where it is not given.
func instant(q url.Values, name string) (time.Time, error) {
	s := q.Get(name)
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, invalid(name + " must be a time such as 2026-11-23T14:30:00-06:00, not " + strconv.Quote(s) + ".")
	}
	return t, nil
}
