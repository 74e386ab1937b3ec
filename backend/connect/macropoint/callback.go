package macropoint

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"

	"tracedesk/backend/connect"
)

const form = "application/x-www-form-urlencoded"

// Recorded begins the path of a callback that was recorded by somebody else; the instant at which it was received follows it.
const Recorded = "recorded/"

// Callback implements connect.Receiver. The method is not published, so GET and POST are taken; the values may stand in the
// query, in a form, or in both, and what a body is it says itself, whatever its media type. About names what is spoken of: callback/order/MP1.
//
// States and alerts come without a time, and the same one may come again and be news then: their bodies begin with the
// instant of receipt, so that the two differ. What carries its time stays as it came.
func (c *Connector) Callback(method, path, query, _ string, body []byte) (connect.Body, error) {
	if method != http.MethodGet && method != http.MethodPost && method != http.MethodPut {
		return connect.Body{}, fmt.Errorf("%w: %s is no way in which MacroPoint calls back", connect.ErrRefused, method)
	}
	kind := form
	said := bytes.TrimSpace(bytes.TrimPrefix(body, mark))
	switch {
	case len(said) == 0 && query == "":
		return connect.Body{}, fmt.Errorf("%w: the callback is empty", connect.ErrRefused)
	case len(said) == 0:
		said = []byte(query)
	case said[0] == '<':
		kind = "text/xml"
	case said[0] == '{':
		kind = "application/json"
	case query != "":
		said = []byte(query + "&" + string(said))
	}
	out := connect.Body{Media: kind, Bytes: bytes.Clone(said), At: c.now()}
	if text, ok := strings.CutPrefix(path, Recorded); ok {
		at, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return connect.Body{}, fmt.Errorf("%w: %q is no instant at which the callback was received", connect.ErrRefused, text)
		}
		out.At = at
	}
	m := c.mapped(out)
	out.About = "callback/" + m.about()
	if m.timeless() {
		out.Bytes = append([]byte(out.At.UTC().Format(time.RFC3339Nano)+" "), out.Bytes...)
	}
	return out, nil
}

// now is the transport's clock, never twice the same: of two states that came in one instant the second is the later.
func (c *Connector) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.account.Now().UTC()
	if !at.After(c.last) {
		at = c.last.Add(time.Nanosecond)
	}
	c.last = at
	return at
}

// mark is the sign by which some writers begin a text.
var mark = []byte("\xef\xbb\xbf")

// unstamped takes the instant of receipt off a body.
func unstamped(body connect.Body) (text []byte, at time.Time) {
	text, at = bytes.TrimSpace(bytes.TrimPrefix(body.Bytes, mark)), body.At
	word, rest, ok := bytes.Cut(text, []byte{' '})
	if stamp, err := time.Parse(time.RFC3339Nano, string(word)); ok && err == nil {
		return bytes.TrimSpace(rest), stamp.UTC()
	}
	return text, at
}
