package project44

import (
	"fmt"
	"net/http"

	"tracedesk/backend/connect"
)

// Callback takes what project44 pushes to a relay: the body of a history with all its events and only the latest position, or
// of the older truckload webhooks. The address it was pushed to says nothing more.
func (c *Connector) Callback(method, path, query, media string, body []byte) (connect.Body, error) {
	if method != http.MethodPost && method != http.MethodPut && method != "" {
		return connect.Body{}, fmt.Errorf("%w: project44 pushes with POST, not with %s", connect.ErrRefused, method)
	}
	if len(body) == 0 {
		return connect.Body{}, fmt.Errorf("%w: the push has no body", connect.ErrRefused)
	}
	return connect.Body{Media: "application/json", About: "callback", Bytes: body, At: c.account.Now()}, nil
}
