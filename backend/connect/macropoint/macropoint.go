package macropoint

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/connect"
)

// Connector is one account at MacroPoint.
type Connector struct {
	account connect.Account
	config  *config

	mu   sync.Mutex
	last time.Time // instant of the last callback
}

// New checks an account's settings. Secrets are asked for only when something is sent.
func New(a connect.Account) (*Connector, error) {
	c, err := read(a.Values)
	if err != nil {
		return nil, fmt.Errorf("macropoint: %w", err)
	}
	return &Connector{account: a, config: c}, nil
}

// Limits implements connect.Connector. None are published; news come by themselves.
func (c *Connector) Limits() connect.Limits { return connect.Limits{Interval: c.config.every} }

// probeOrder is no order: asking for its position costs nothing and tells whether the sign-in is good.
const probeOrder = "0"

// Probe implements connect.Connector: it asks for the position of an order that does not exist. That MacroPoint refuses the
// order (2000) and not the sign-in is the answer looked for.
func (c *Connector) Probe(ctx context.Context) (connect.Probe, error) {
	p := connect.Probe{Host: c.config.base.Host, Identity: c.config.user, May: c.may()}
	a, err := c.post(ctx, orderPath("orders/updatelocation/{OrderID}", probeOrder), nil)
	if !a.date.IsZero() {
		p.Skew = a.date.Sub(c.account.Now())
	}
	switch {
	case err == nil, errors.Is(err, connect.ErrGone):
	case a.code != "" && !errors.Is(err, connect.ErrSignIn): // it knows us and says why it does not tell
		p.Notes = append(p.Notes, a.says)
	default:
		return p, err
	}
	p.Notes = append(p.Notes, "MacroPoint cannot be asked where a truck is: positions come as callbacks, into the inbox or the folder")
	return p, nil
}

func (c *Connector) may() []string {
	may := []string{"call back"}
	if c.config.orders() {
		may = append(may, "order the tracking of a driver's phone", "ask for a fresh position")
	}
	if c.config.updatePath != "" {
		may = append(may, "change an order")
	}
	if c.config.stopPath != "" {
		may = append(may, "stop an order")
	}
	if c.config.carries() {
		may = append(may, "tell customers where the truck is and what happened at a stop")
	}
	return may
}

// answer is what MacroPoint answered to a request.
type answer struct {
	status int
	date   time.Time // its own clock
	order  string    // OrderID, "" where none is named
	code   string    // of its first error
	says   string
}

// post sends one request. The error is of the contract's kinds where MacroPoint says which.
func (c *Connector) post(ctx context.Context, path string, body []byte) (answer, error) {
	password, err := c.account.Secret("password")
	if err != nil {
		return answer{}, fmt.Errorf("%w: the password cannot be had: %w", connect.ErrSignIn, err)
	}
	at, err := c.config.base.Parse(path)
	if err != nil || at.Host != c.config.base.Host || at.Scheme != c.config.base.Scheme {
		return answer{}, fmt.Errorf("%w: %q is no path below %s", connect.ErrRefused, path, c.config.base)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, at.String(), bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	req.SetBasicAuth(c.config.user, password)
	req.Header.Set("Content-Type", "text/xml; charset=utf-8")
	req.Header.Set("Accept", "text/xml, application/xml")
	resp, err := c.account.HTTP.Do(req)
	if err != nil {
		return answer{}, fmt.Errorf("MacroPoint did not answer: %w", err)
	}
	defer resp.Body.Close()
	return c.understand(resp)
}

// orderPath puts an order's id where a path has {OrderID}.
func orderPath(path, order string) string {
	return strings.ReplaceAll(path, "{OrderID}", url.PathEscape(order))
}
