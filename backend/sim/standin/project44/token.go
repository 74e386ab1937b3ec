package project44

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

func isToken(path string) bool {
	return path == "/api/v4/oauth2/token" || path == "/api/v4/oauth/token" // the second is deprecated
}

// token answers OAuth2 client credentials: in a Basic header or in the form, never in both.
func (s *Server) token(w http.ResponseWriter, r *http.Request, body []byte) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	form, err := url.ParseQuery(string(body))
	switch {
	case r.Method != http.MethodPost:
		s.fail(w, http.StatusMethodNotAllowed, "Method Not Allowed")
		return
	case kind != "application/x-www-form-urlencoded" || err != nil:
		s.fail(w, http.StatusBadRequest, "Bad Request", "The body must be application/x-www-form-urlencoded.")
		return
	case form.Get("grant_type") != "client_credentials":
		s.fail(w, http.StatusBadRequest, "Bad Request", "grant_type must be client_credentials.")
		return
	}
	id, secret, basic := r.BasicAuth()
	inForm := form.Has("client_id") || form.Has("client_secret")
	switch {
	case basic && inForm:
		s.fail(w, http.StatusBadRequest, "Bad Request", "Client credentials were sent both as Basic header and in the body; use one of them.")
		return
	case !basic:
		id, secret = form.Get("client_id"), form.Get("client_secret")
	}
	if !s.allowed(id, secret, basic) {
		s.fail(w, http.StatusUnauthorized, "Unauthorized", "The client credentials are not known.")
		return
	}
	s.issued++
	token := fmt.Sprintf("sim44-%x-%d", s.cfg.Seed, s.issued)
	s.tokens[token] = s.Wire().Add(s.cfg.TokenLife)
	reply(w, http.StatusOK, map[string]any{"access_token": token, "token_type": "Bearer", s.cfg.LifeField: int(s.cfg.TokenLife.Seconds())})
}

func (s *Server) allowed(id, secret string, basic bool) bool {
	if want, ok := s.cfg.Clients[id]; ok && want == secret {
		return true
	}
	want, ok := s.cfg.Users[id]
	return basic && ok && want == secret
}

// known reports whether a request bears a token that still holds.
func (s *Server) known(r *http.Request) bool {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	until, known := s.tokens[token]
	return ok && known && s.Wire().Before(until)
}

// reply writes an answer as JSON.
func reply(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(b)
}

// stamp is the form of the API's times: a numeric offset without a colon.
const stamp = "2006-01-02T15:04:05-0700"
