package inbox

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"
)

// opens reports whether a request brings the shared secret, and gives its query without it. Systems differ in where they can
// put one: in a header (Authorization: Bearer or Basic, X-API-Key, apikey), or, where only an address can be registered, in
// the query as key.
func (l *Listener) opens(r *http.Request) (query string, ok bool) {
	query, inQuery := withoutKey(r.URL.RawQuery)
	if l.Key == "" {
		return query, true
	}
	brought := append(inQuery, r.Header.Get("X-API-Key"), r.Header.Get("apikey"))
	if token, is := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); is {
		brought = append(brought, token)
	}
	if _, password, is := r.BasicAuth(); is {
		brought = append(brought, password)
	}
	for _, b := range brought {
		if l.same(b) {
			ok = true
		}
	}
	return query, ok
}

// same compares in a time that does not tell how much of it is right.
func (l *Listener) same(brought string) bool {
	want, got := sha256.Sum256([]byte(l.Key)), sha256.Sum256([]byte(brought))
	return subtle.ConstantTimeCompare(want[:], got[:]) == 1
}

// withoutKey takes the values named key out of a query and leaves the rest as it came.
func withoutKey(query string) (rest string, keys []string) {
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		if name != "key" {
			kept = append(kept, part)
			continue
		}
		if key, err := url.QueryUnescape(value); err == nil {
			keys = append(keys, key)
		}
	}
	return strings.Join(kept, "&"), keys
}
