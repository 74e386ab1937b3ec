package fourkites

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
)

// Probe asks for one shipment of the list. Where the account's generation turns it down, the other one is tried with what is
// filled in: keys of one generation are often used at the other's address, and who sets the account up is told which answers.
func (c *Connector) Probe(ctx context.Context) (connect.Probe, error) {
	p, err := c.probe(ctx, c.config)
	if err == nil {
		return p, nil
	}
	other := map[string]string{gateway: legacy, legacy: gateway}[c.config.generation]
	cfg, wrong := c.config.of(other)
	if wrong != nil {
		return p, err
	}
	if _, e := c.probe(ctx, cfg); e == nil {
		return p, fmt.Errorf("the %s API turns this down, and the %s API at %s answers: set the generation to %s: %w", c.config.generation, other, cfg.base.Host, other, err)
	}
	return p, err
}

func (c *Connector) probe(ctx context.Context, cfg *config) (connect.Probe, error) {
	p := connect.Probe{Host: cfg.base.Host, Identity: identity(cfg)}
	a, err := c.askJSON(ctx, cfg, c.listQuestion(cfg, 1, 1))
	if a != nil && !a.Stamped().IsZero() {
		p.Skew = a.Stamped().Sub(a.At)
	}
	var r *wire.Refusal
	if errors.As(err, &r) && r.Status == http.StatusForbidden {
		return p, fmt.Errorf("this key may not read shipments; ask FourKites to allow it: %w", err)
	}
	if err != nil {
		return p, err
	}
	p.May = []string{"read shipments", "create, change and delete loads", "push events, positions and appointments", "send papers"}
	p.Notes = []string{"answered by the " + cfg.generation + " API, signed in with " + cfg.auth}
	return p, nil
}

// identity is whom FourKites takes us for, as far as it can be told without a secret.
func identity(cfg *config) string {
	switch cfg.auth {
	case "basic":
		return cfg.values["user"]
	case "signed":
		return cfg.values["clientId"]
	}
	return "the holder of the API key"
}
