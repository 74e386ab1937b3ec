package secrets

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
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
	for before := range 3 {
		if inside := within(secret, before); len(inside) >= shortest {
			s.seen[inside] = struct{}{}
		}
	}
}

// within is how a secret reads inside a longer text in base64, such as "user:secret" of a Basic sign-in: without the letters that
// also depend on what stands around it. before is how many bytes stand before it, modulo three.
func within(secret string, before int) string {
	all := base64.RawStdEncoding.EncodeToString([]byte("\x00\x00"[:before] + secret))
	return all[(before*8+5)/6 : (before+len(secret))*8/6]
}

// Hide replaces every secret that this store has read or kept by Hidden, in whatever form it stands. The longest forms go first: a shorter
// one inside a longer one would leave the ends of it.
func (s *Store) Hide(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	longest := func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) }
	for _, form := range slices.SortedFunc(maps.Keys(s.seen), longest) {
		text = strings.ReplaceAll(text, form, Hidden)
	}
	return text
}
