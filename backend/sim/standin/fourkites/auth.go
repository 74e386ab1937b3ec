package fourkites

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// caller tells one key or user from another, for limits.
func caller(r *http.Request) string {
	if key := r.Header.Get("apikey"); key != "" {
		return key
	}
	if user, _, ok := r.BasicAuth(); ok {
		return user
	}
	if id := r.URL.Query().Get("client_id"); id != "" {
		return id
	}
	return r.Header.Get("Authorization")
}

// token answers OAuth2 client credentials of the gateway: a JSON body, the key as client id.
func (s *Server) token(w http.ResponseWriter, r *http.Request, body []byte) {
	var b struct {
		Grant  string `json:"grant_type"`
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}
	if r.Method != http.MethodPost || s.cfg.Generation == Legacy {
		s.fail(w, http.StatusNotFound, "Not Found")
		return
	}
	if json.Unmarshal(body, &b) != nil || b.Grant != "client_credentials" {
		s.fail(w, http.StatusBadRequest, "grant_type must be client_credentials")
		return
	}
	if want, ok := s.cfg.Keys[b.ID]; !ok || want != b.Secret {
		s.fail(w, http.StatusUnauthorized, "Invalid client credentials")
		return
	}
	s.requests++
	token := fmt.Sprintf("simfk-%x-%d", s.cfg.Seed, s.requests)
	s.tokens[token] = s.Wire().Add(s.cfg.TokenLife)
	reply(w, http.StatusOK, map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": int(s.cfg.TokenLife.Seconds())})
}

// known reports whether a request bears credentials of the generation: a key or a token at the gateway, a signed address at
// the legacy API, Basic at both.
func (s *Server) known(r *http.Request) bool {
	if user, password, ok := r.BasicAuth(); ok {
		want, known := s.cfg.Users[user]
		return known && want == password
	}
	if s.cfg.Generation != Legacy {
		if _, ok := s.cfg.Keys[r.Header.Get("apikey")]; ok {
			return true
		}
		if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			until, known := s.tokens[token]
			return known && s.Wire().Before(until)
		}
	}
	return s.cfg.Generation != Gateway && s.signed(r)
}

// signed checks a signed address: HMAC-SHA1 over path, question mark and query before the signature, in URL-safe Base64.
func (s *Server) signed(r *http.Request) bool {
	q := r.URL.Query()
	secret, ok := s.cfg.Keys[q.Get("client_id")]
	query, _, has := strings.Cut(r.URL.RawQuery, "&signature=")
	if !ok || !has || !s.timely(q.Get("timestamp")) {
		return false
	}
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write([]byte(r.URL.EscapedPath() + "?" + query))
	want := base64.URLEncoding.EncodeToString(mac.Sum(nil))
	return hmac.Equal([]byte(strings.TrimRight(want, "=")), []byte(strings.TrimRight(q.Get("signature"), "=")))
}

// timely reads both forms that were seen: Unix seconds and yyyyMMddHHmmss.
func (s *Server) timely(stamp string) bool {
	at, err := time.Parse("20060102150405", stamp)
	if n, bad := strconv.ParseInt(stamp, 10, 64); bad == nil && len(stamp) < 12 {
		at, err = time.Unix(n, 0), nil
	}
	return err == nil && s.Wire().Sub(at).Abs() <= s.cfg.SignedFor
}
