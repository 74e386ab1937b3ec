package macropoint

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"

	"tracedesk/backend/connect"
)

const form = "application/x-www-form-urlencoded"

// Callback implements connect.Receiver. The method is not published, so GET and POST are taken; the values may stand in the
// query, in a form, or in both. About names what is spoken of (callback/order/MP1), so that the same said twice in a row is a
// repeat and the same said again after something else is news.
func (c *Connector) Callback(method, _, query, media string, body []byte) (connect.Body, error) {
	if method != http.MethodGet && method != http.MethodPost && method != http.MethodPut {
		return connect.Body{}, fmt.Errorf("%w: %s is no way in which MacroPoint calls back", connect.ErrRefused, method)
	}
	kind, _, _ := mime.ParseMediaType(media)
	said := bytes.TrimSpace(body)
	switch {
	case len(said) == 0 && query == "":
		return connect.Body{}, fmt.Errorf("%w: the callback is empty", connect.ErrRefused)
	case len(said) == 0:
		kind, said = form, []byte(query)
	case said[0] == '<':
		kind = "text/xml"
	case said[0] == '{':
		kind = "application/json"
	case query != "":
		kind, said = form, []byte(query+"&"+string(said))
	default:
		kind = form
	}
	out := connect.Body{Media: kind, Bytes: bytes.Clone(said), At: c.account.Now()}
	out.About = "callback/" + c.mapped(out).about()
	return out, nil
}
