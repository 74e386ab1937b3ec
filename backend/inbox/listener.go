package inbox

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Limits of a request.
const (
	mostHeader  = 32 << 10
	mostAtOnce  = 32               // requests whose bodies are held in memory
	wholeIn     = 30 * time.Second // the request must be read by then
	answeredIn  = time.Minute
	MostBody    = 8 << 20 // of a body, unpacked: a load's whole history has some hundred kilobytes
	idleTimeout = 2 * time.Minute
)

// Prefix is the beginning of every address: /in/ACCOUNT and whatever a system puts behind it.
const Prefix = "/in/"

// Listener takes callbacks over HTTP.
type Listener struct {
	Door Door
	// Key is the shared secret; "" lets everybody in who reaches the address, which is right on loopback only.
	Key string
	// Hosts are the names by which a relay calls this computer; an address in numbers and localhost always count.
	Hosts []string
	// Tell is told in one sentence what a person may want to know; never a secret, a query or a body. May be nil.
	Tell func(string)

	slots chan struct{}
}

// Server is an HTTP server with the limits that callbacks need. The caller listens and serves.
func (l *Listener) Server() *http.Server {
	l.slots = make(chan struct{}, mostAtOnce)
	return &http.Server{Handler: l, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: wholeIn, WriteTimeout: answeredIn, IdleTimeout: idleTimeout, MaxHeaderBytes: mostHeader}
}

// ServeHTTP takes one callback. 200: it is on disk. 4xx: it never will be. 503: send it again.
func (l *Listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, says := l.take(r)
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	switch status {
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", "60")
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Basic realm="callbacks"`)
	}
	w.WriteHeader(status)
	io.WriteString(w, says+"\n")
}

func (l *Listener) take(r *http.Request) (status int, says string) {
	if !l.knows(r.Host) {
		return http.StatusMisdirectedRequest, "this computer does not go by that name"
	}
	if browser(r) {
		return http.StatusForbidden, "this is no page for a browser"
	}
	query, ok := l.opens(r)
	if !ok {
		return http.StatusUnauthorized, "the shared secret is missing or wrong"
	}
	account, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, Prefix), "/")
	if !strings.HasPrefix(r.URL.Path, Prefix) || account == "" {
		return http.StatusNotFound, "there is nothing here: callbacks go to " + Prefix + "ACCOUNT"
	}
	if r.Method != http.MethodGet && r.Method != http.MethodPost && r.Method != http.MethodPut {
		return http.StatusMethodNotAllowed, "callbacks come by GET or POST"
	}
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	case <-r.Context().Done():
		return http.StatusServiceUnavailable, "too many callbacks at once; send it again"
	}
	body, status, says := whole(r)
	if status != 0 {
		l.tell("A callback for " + account + " was refused: " + says + ".")
		return status, says
	}
	// What has come whole is kept, whether or not the caller still waits for the answer.
	err := l.Door(context.WithoutCancel(r.Context()), Callback{Account: account, Method: r.Method, Path: "/" + path, Query: query, Media: r.Header.Get("Content-Type"), Body: body})
	switch {
	case err == nil:
		return http.StatusOK, "kept"
	case errors.Is(err, ErrNobody):
		l.tell("A callback came for " + account + ", which is no account of this desk.")
		return http.StatusNotFound, "there is no such account"
	case errors.Is(err, ErrNothing):
		l.tell("A callback for " + account + " was refused: " + err.Error() + ".")
		return http.StatusBadRequest, err.Error()
	}
	l.tell("A callback for " + account + " could not be kept and is asked for again: " + err.Error() + ".")
	return http.StatusServiceUnavailable, "it cannot be kept now; send it again"
}

func (l *Listener) tell(says string) {
	if l.Tell != nil {
		l.Tell(says)
	}
}

// whole reads the body to its end, unpacked. status is 0 when it is whole.
func whole(r *http.Request) (body []byte, status int, says string) {
	var from io.Reader = r.Body
	switch packing := strings.ToLower(r.Header.Get("Content-Encoding")); packing {
	case "", "identity":
	case "gzip":
		unpacked, err := gzip.NewReader(io.LimitReader(r.Body, MostBody+1))
		if err != nil {
			return nil, http.StatusBadRequest, "its body is not packed as it says"
		}
		from = unpacked
	default:
		return nil, http.StatusUnsupportedMediaType, "its body is packed in a way that is not read here: gzip is"
	}
	body, err := io.ReadAll(io.LimitReader(from, MostBody+1))
	switch {
	case len(body) > MostBody:
		return nil, http.StatusRequestEntityTooLarge, "its body is larger than 8 MB"
	case err != nil:
		return nil, http.StatusBadRequest, "its body broke off"
	}
	return body, 0, ""
}

// knows reports whether a Host header names this computer. An address in numbers cannot be made to point here by somebody
// else's name server, which is what is guarded against.
func (l *Listener) knows(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return true
	}
	return strings.EqualFold(host, "localhost") || slices.ContainsFunc(l.Hosts, func(h string) bool { return strings.EqualFold(h, host) })
}

// browser reports whether a page in somebody's browser sends the request: no system that calls back does.
func browser(r *http.Request) bool {
	return r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != ""
}

// Loopback reports whether only this computer can reach an address such as 127.0.0.1:8377.
func Loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}
