package serve

import (
	"crypto/subtle"
	"encoding/json"
	"html"
	"io"
	"net"
	"net/http"
	"strings"
)

// TokenHeader carries Server.Token on requests of the command line.
const TokenHeader = "X-TraceDesk-Token"

const (
	enterPath = "/enter"      // exchanges a link's ticket for a session
	raisePath = "/desk/raise" // a second start hands over its arguments
)

// Handler is the guarded whole: screens, /api and the second start's door.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/api/", s.screens.API)
	mux.Handle("POST "+raisePath, http.HandlerFunc(s.raise))
	mux.Handle("/", Assets(s.screens.Assets))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Protect(w.Header())
		switch {
		case !s.hosts[r.Host]:
			refuse(w, "This address is not TraceDesk's. Open the link that TraceDesk printed.")
		case foreign(r):
			refuse(w, "Another web page tried to reach TraceDesk and was refused.")
		case r.URL.Path == enterPath:
			s.enter(w, r)
		case !s.knows(r):
			refuse(w, "Open TraceDesk by the link it printed. A link works once; starting TraceDesk again makes a new one.")
		default:
			mux.ServeHTTP(w, r)
		}
	})
}

// Protect sets the headers that every answer carries, in the window and in the
// browser alike: our own files only, nothing guessed, nothing leaked.
func Protect(h http.Header) {
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "SAMEORIGIN")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
	h.Set("Cache-Control", "no-store")
}

// contentPolicy: inline styles are allowed because row heights and zoom are set
// on elements; WebAssembly because the PDF viewer decodes images with it; blob
// because it starts its worker and shows rendered pages that way.
const contentPolicy = "default-src 'self'; " +
	"script-src 'self' 'wasm-unsafe-eval'; " +
	"style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data: blob:; font-src 'self' data:; " +
	"worker-src 'self' blob:; frame-src 'self' blob:; connect-src 'self'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

// foreign reports a request that another site's page caused. The command line
// sends neither header and proves itself by the token; a browser that changes
// something always sends its Origin.
func foreign(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		// The link itself may be clicked anywhere: it is worth one use only.
		if r.URL.Path != enterPath || r.Method != http.MethodGet {
			return true
		}
	}
	origin := r.Header.Get("Origin")
	if origin != "" {
		return origin != "http://"+r.Host
	}
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	return !reads && r.Header.Get(TokenHeader) == ""
}

// knows reports whether the caller holds the token or a session.
func (s *Server) knows(r *http.Request) bool {
	if given := r.Header.Get(TokenHeader); given != "" {
		return subtle.ConstantTimeCompare([]byte(given), []byte(s.token)) == 1
	}
	cookie, err := r.Cookie(s.cookieName())
	if err != nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions[cookie.Value]
}

// enter trades a ticket for a session. It answers with a page that goes on by
// itself, not with a redirect: after a click in a mail or chat program a browser
// would hold back a strict cookie on the redirected request.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet || !s.takeTicket(r.URL.Query().Get("ticket")) {
		refuse(w, "This link was used already or is not complete. Start TraceDesk again: it makes a new one.")
		return
	}
	session := secret()
	s.mu.Lock()
	s.sessions[session] = true
	s.mu.Unlock()
	http.SetCookie(w, &http.Cookie{
		Name: s.cookieName(), Value: session, Path: "/",
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	page(w, http.StatusOK, "Opening TraceDesk …", `<meta http-equiv="refresh" content="0;url=/">`)
}

func (s *Server) takeTicket(ticket string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.tickets[ticket] {
		return false
	}
	delete(s.tickets, ticket)
	return true
}

// cookieName holds the port: browsers share cookies between ports of a host, and
// two desks may run side by side.
func (s *Server) cookieName() string {
	_, port, _ := net.SplitHostPort(s.Addr())
	return "tracedesk-" + port
}

// raise answers a second start: the window came forward, or here is a link. The
// token is asked for, so that a page in the browser cannot call it.
func (s *Server) raise(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get(TokenHeader) == "" {
		refuse(w, "Only TraceDesk itself may hand over a second start.")
		return
	}
	var start Start
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&start); err != nil {
		http.Error(w, "the second start could not be read: "+err.Error(), http.StatusBadRequest)
		return
	}
	var raised Raised
	if s.screens.Raise != nil && s.screens.Raise(start) {
		raised.Window = true
	} else {
		raised.Link = s.Link()
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(raised)
}

func refuse(w http.ResponseWriter, why string) { page(w, http.StatusForbidden, why, "") }

func page(w http.ResponseWriter, code int, text, head string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(code)
	io.WriteString(w, strings.Join([]string{
		`<!doctype html><html lang="en"><meta charset="utf-8"><title>TraceDesk</title>`, head,
		`<body style="font:16px system-ui;margin:4em auto;max-width:36em"><h1>TraceDesk</h1><p>`,
		html.EscapeString(text), "</p>\n",
	}, ""))
}
