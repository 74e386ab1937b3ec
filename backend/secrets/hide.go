package secrets

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
)

// Hidden stands where a secret stood.
const Hidden = "•••"

// shortest is the least length of what is hidden by its text: a shorter one would black out half of every sentence. Such
// secrets are kept from texts by field and header alone.
const shortest = 6

// saw notes the forms in which a secret could stand in a text.
func (s *Store) saw(secret string) {
	if len(secret) < shortest {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	quoted, _ := json.Marshal(secret)
	for _, form := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret), strings.Trim(string(quoted), `"`),
		base64.StdEncoding.EncodeToString([]byte(secret)), base64.URLEncoding.EncodeToString([]byte(secret))} {
		s.seen[form] = struct{}{}
	}
}

// Hide replaces every secret that this store has read or kept by Hidden, in whatever form it stands.
func (s *Store) Hide(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for form := range s.seen {
		text = strings.ReplaceAll(text, form, Hidden)
	}
	return text
}
