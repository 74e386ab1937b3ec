package standin

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// Direct is a transport that hands requests to handlers by host, without a socket: two thousand loads over a day and more in
// seconds. A connection that breaks looks to the client as a real one does.
type Direct map[string]http.Handler

// RoundTrip answers a request from the handler of its host.
func (d Direct) RoundTrip(r *http.Request) (*http.Response, error) {
	h, ok := d[r.URL.Host]
	if !ok {
		return nil, fmt.Errorf("no stand-in answers at %s", r.URL.Host)
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in := r.Clone(r.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	in.RequestURI, in.Host = r.URL.RequestURI(), r.URL.Host
	out := &answer{header: http.Header{}}
	broke := serve(h, out, in)
	if r.Body != nil {
		r.Body.Close()
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if broke && out.code == 0 {
		return nil, errors.New("read: connection reset by peer")
	}
	res := &http.Response{StatusCode: out.status(), Status: strconv.Itoa(out.status()) + " " + http.StatusText(out.status()),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: out.header, Request: r, ContentLength: int64(out.body.Len())}
	if length, err := strconv.ParseInt(out.header.Get("Content-Length"), 10, 64); err == nil {
		res.ContentLength = length
	}
	var body io.Reader = bytes.NewReader(out.body.Bytes())
	if broke {
		body = io.MultiReader(body, brokenOff{})
	}
	res.Body = io.NopCloser(body)
	return res, nil
}

// serve runs a handler and reports whether it broke the connection.
func serve(h http.Handler, w http.ResponseWriter, r *http.Request) (broke bool) {
	defer func() {
		if p := recover(); p != nil {
			if p != http.ErrAbortHandler {
				panic(p)
			}
			broke = true
		}
	}()
	h.ServeHTTP(w, r)
	return false
}

type brokenOff struct{}

func (brokenOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
