package feeds

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// hidden is what stands in place of a secret.
const hidden = "***"

// plainHeaders are shown as they are; any other header of a request is hidden, since its maker may have put a key there.
var plainHeaders = map[string]bool{"Accept": true, "Content-Type": true, "Content-Length": true, "User-Agent": true, "Date": true, "Retry-After": true,
	"Server": true, "Idempotency-Key": true, "Etag": true, "Location": true, "Cache-Control": true, "Vary": true, "Content-Encoding": true, "Www-Authenticate": true}

// redact is headers as people may see them.
func redact(h http.Header) map[string]string {
	out := map[string]string{}
	for name, values := range h {
		if plainHeaders[name] || strings.HasPrefix(name, "X-Ratelimit") || strings.HasPrefix(name, "Ratelimit") {
			out[name] = strings.Join(values, ", ")
		} else {
			out[name] = hidden
		}
	}
	return out
}

// secretQuery are names of parameters whose values may be secret.
var secretQuery = regexp.MustCompile(`(?i)(key|token|secret|signature|password|pass|auth|client_id|user|pwd|code)`)

// redactURL is an address without a user and without the values of parameters that may be secret.
func redactURL(u *url.URL) string {
	c := *u
	c.User = nil
	q := c.Query()
	for name := range q {
		if secretQuery.MatchString(name) {
			q.Set(name, hidden)
		}
	}
	c.RawQuery = strings.ReplaceAll(q.Encode(), "%2A%2A%2A", hidden)
	return c.String()
}

var inText = regexp.MustCompile(`(?i)([?&][a-z_-]*(?:key|token|secret|signature|password|pass|auth|client_id|user|pwd|code)[a-z_-]*=)[^&\s"]*`)

// redactText takes secrets out of addresses within a sentence, such as the error of a call.
func redactText(s string) string { return inText.ReplaceAllString(s, "${1}"+hidden) }

// sentence ends a reason as one and begins it with a capital.
func sentence(s string) string {
	if s = redactText(strings.TrimSpace(s)); s == "" {
		return ""
	}
	s = strings.ToUpper(s[:1]) + s[1:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}
