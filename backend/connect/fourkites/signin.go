package fourkites

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
)

// lasts is how long an OAuth token lives where its answer does not say.
const lasts = time.Hour

// signer signs requests in one of the four ways.
func (c *Connector) signer(ctx context.Context, cfg *config, refused string) (sign func(*http.Request) error, bearer string, err error) {
	switch cfg.auth {
	case "apikey":
		key, err := c.secret("apiKey")
		return func(r *http.Request) error { r.Header.Set("apikey", key); return nil }, "", err
	case "oauth":
		key, err := c.secret("apiKey")
		if err != nil {
			return nil, "", err
		}
		if bearer, err = c.bearer(ctx, cfg, key, refused); err != nil {
			return nil, "", err
		}
		return func(r *http.Request) error {
			r.Header.Set("apikey", key)
			r.Header.Set("Authorization", "Bearer "+bearer)
			return nil
		}, bearer, nil
	case "signed":
		secret, err := c.secret("clientSecret")
		return func(r *http.Request) error { c.signAddress(cfg, r, secret); return nil }, "", err
	}
	password, err := c.secret("password")
	return func(r *http.Request) error { r.SetBasicAuth(cfg.values["user"], password); return nil }, "", err
}

// secret is one that must be there.
func (c *Connector) secret(key string) (string, error) {
	s, err := c.account.Secret(key)
	if err == nil && s == "" {
		err = fmt.Errorf("%w: %s is not filled in", connect.ErrSignIn, key)
	}
	if err != nil {
		return "", fmt.Errorf("the secret %s: %w", key, err)
	}
	return s, nil
}

// signAddress puts client, time and signature into the address: HMAC-SHA1 over path and query, in the letters of web addresses.
func (c *Connector) signAddress(cfg *config, r *http.Request, secret string) {
	now := c.account.Now().UTC()
	stamp := strconv.FormatInt(now.Unix(), 10)
	if cfg.values["stampForm"] != "unix" {
		stamp = now.Format("20060102150405")
	}
	query := wire.Joined("&", r.URL.RawQuery, "client_id="+wire.Fill("{id}", map[string]string{"id": cfg.values["clientId"]})+"&timestamp="+stamp)
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write([]byte(r.URL.EscapedPath() + "?" + query))
	signature := strings.NewReplacer("+", "-", "/", "_").Replace(base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	r.URL.RawQuery = query + "&signature=" + strings.ReplaceAll(signature, "=", "%3D")
}

// bearer is a good OAuth token; refused names one that was just turned down.
func (c *Connector) bearer(ctx context.Context, cfg *config, key, refused string) (string, error) {
	return c.token.Good(c.account.Now, refused, lasts, func() (*wire.Answer, error) {
		secret, err := c.secret("clientSecret")
		if err != nil {
			return nil, err
		}
		body, err := wire.Encode(map[string]string{"grant_type": "client_credentials", "client_id": key, "client_secret": secret})
		if err != nil {
			return nil, err
		}
		q := wire.Question{Method: http.MethodPost, Path: cfg.values["oauthPath"], Body: body, Media: "application/json"}
		a, err := wire.Ask(ctx, c.account.HTTP, c.account.Now, cfg.base, q, nil, reasonOf)
		if r := (*wire.Refusal)(nil); errors.As(err, &r) && r.Kind != nil {
			r.Kind = connect.ErrSignIn
		}
		return a, err
	})
}

// ask puts a question, signed; where an OAuth token is turned down, once more with a new one.
func (c *Connector) ask(ctx context.Context, cfg *config, q wire.Question) (*wire.Answer, error) {
	refused := ""
	for {
		sign, bearer, err := c.signer(ctx, cfg, refused)
		if err != nil {
			return nil, err
		}
		a, err := wire.Ask(ctx, c.account.HTTP, c.account.Now, cfg.base, q, sign, reasonOf)
		if r := (*wire.Refusal)(nil); errors.As(err, &r) && r.Status == http.StatusUnauthorized && bearer != "" && refused == "" {
			refused = bearer
			continue
		}
		return a, err
	}
}

// askJSON puts a question of which the whole answer must be JSON.
func (c *Connector) askJSON(ctx context.Context, cfg *config, q wire.Question) (*wire.Answer, error) {
	a, err := c.ask(ctx, cfg, q)
	if err != nil {
		return a, err
	}
	return a, a.JSON()
}

// reasonOf is what an error body of either family says, with the number under which FourKites' support knows it.
func reasonOf(body []byte) string {
	var said struct {
		Message wire.Text            `json:"message"`
		Errors  wire.List[wire.Text] `json:"errors"`
		Request wire.Text            `json:"requestId"`
		Error   wire.Text            `json:"error"`
	}
	if wire.Whole(body).Into(&said) != nil {
		return ""
	}
	text := wire.Joined("; ", said.Message.String(), said.Error.String())
	for _, e := range said.Errors {
		if more := e.String(); !strings.Contains(text, more) { // often the message once more
			text = wire.Joined("; ", text, more)
		}
	}
	if said.Request != "" {
		text = wire.Joined(" ", text, "(request "+said.Request.String()+")")
	}
	return text
}
