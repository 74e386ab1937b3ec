package project44

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
)

// bearer is a good token: kept and used again until shortly before it ends, as project44 asks
// (developers.project44.com/api-reference/authentication). refused names one that was just turned down.
func (c *Connector) bearer(ctx context.Context, refused string) (string, error) {
	return c.token.Good(c.account.Now, refused, c.config.tokenLife, func() (*wire.Answer, error) { return c.askToken(ctx) })
}

// askToken signs in: with the secret in the header or in the body, never in both, which project44 refuses.
func (c *Connector) askToken(ctx context.Context) (*wire.Answer, error) {
	secret, err := c.account.Secret("clientSecret")
	if err != nil {
		return nil, fmt.Errorf("the client secret: %w", err)
	}
	form := url.Values{"grant_type": {"client_credentials"}}
	sign := func(r *http.Request) error {
		r.SetBasicAuth(c.config.clientID, secret)
		return nil
	}
	if c.config.inBody {
		form.Set("client_id", c.config.clientID)
		form.Set("client_secret", secret)
		sign = nil
	}
	q := wire.Question{Method: http.MethodPost, Path: c.config.values["tokenPath"], Body: []byte(form.Encode()), Media: "application/x-www-form-urlencoded"}
	a, err := wire.Ask(ctx, c.account.HTTP, c.account.Now, c.config.base, q, sign, reasonOf)
	if r := (*wire.Refusal)(nil); errors.As(err, &r) && r.Kind != nil {
		r.Kind = connect.ErrSignIn
	}
	return a, err
}

// ask puts a question with the token; where that is turned down, once more with a new one.
func (c *Connector) ask(ctx context.Context, q wire.Question) (*wire.Answer, error) {
	refused := ""
	for {
		bearer, err := c.bearer(ctx, refused)
		if err != nil {
			return nil, err
		}
		a, err := wire.Ask(ctx, c.account.HTTP, c.account.Now, c.config.base, q, func(r *http.Request) error {
			r.Header.Set("Authorization", "Bearer "+bearer)
			return nil
		}, reasonOf)
		if r := (*wire.Refusal)(nil); errors.As(err, &r) && r.Status == http.StatusUnauthorized && refused == "" {
			refused = bearer
			continue
		}
		return a, err
	}
}

// askJSON puts a question of which the whole answer must be JSON.
func (c *Connector) askJSON(ctx context.Context, q wire.Question) (*wire.Answer, error) {
	a, err := c.ask(ctx, q)
	if err != nil {
		return a, err
	}
	return a, a.JSON()
}

// reasonOf is what project44's error body says: its messages with their hints, and the number under which its support knows it.
func reasonOf(body []byte) string {
	var said struct {
		Message string `json:"errorMessage"`
		Errors  wire.List[struct {
			Message    wire.Text `json:"message"`
			Diagnostic wire.Text `json:"diagnostic"`
		}] `json:"errors"`
		Support     wire.Text `json:"supportReferenceId"`
		OAuth       wire.Text `json:"error"`
		Description wire.Text `json:"error_description"`
	}
	if wire.Whole(body).Into(&said) != nil {
		return ""
	}
	text := said.Message
	for _, e := range said.Errors {
		text = wire.Joined("; ", text, wire.Joined(" ", e.Message.String(), wire.Bracketed(e.Diagnostic.String())))
	}
	text = wire.Joined("; ", text, wire.Joined(": ", said.OAuth.String(), said.Description.String()))
	if said.Support != "" {
		text += " (support reference " + said.Support.String() + ")"
	}
	return strings.TrimSpace(text)
}
