package project44

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// Connector speaks with one account at project44. Safe for use by several goroutines.
type Connector struct {
	account connect.Account
	config  *config
	source  freight.Source
	token   wire.Token
	made    *wire.Settling // loads that were sent and not acknowledged
}

var (
	_ connect.Connector = (*Connector)(nil)
	_ connect.Follower  = (*Connector)(nil)
	_ connect.Writer    = (*Connector)(nil)
	_ connect.Receiver  = (*Connector)(nil)
)

// New is a connector for an account; it asks nothing yet.
func New(a connect.Account) (connect.Connector, error) {
	cfg, err := configOf(a.Values)
	if err != nil {
		return nil, err
	}
	return &Connector{account: a, config: cfg, source: freight.Source{Kind: freight.Project44, Account: a.Name}, made: wire.NewSettling(began(a), cfg.visible)}, nil
}

// began is when the account was opened.
func began(a connect.Account) (t time.Time) {
	if a.Now != nil {
		t = a.Now()
	}
	return t
}

// Limits is what the account's settings say: project44 publishes none.
func (c *Connector) Limits() connect.Limits {
	return connect.Limits{PerMinute: c.config.perMinute, AtOnce: 4, Interval: c.config.interval}
}

// Probe signs in and asks for the webhooks: small, and refused where the client application has no roles.
func (c *Connector) Probe(ctx context.Context) (connect.Probe, error) {
	p := connect.Probe{Host: c.config.base.Host, Identity: "app-" + c.config.clientID + "@client-applications.project44.com"}
	if _, err := c.bearer(ctx, ""); err != nil {
		return p, err
	}
	p.May = []string{"ask for tracking histories", "create, change and cancel truckload shipments", "send and fetch papers"}
	if c.config.values["customerId"] != "" {
		p.May = append(p.May, "report events and positions as the carrier")
	}
	a, err := c.ask(ctx, wire.Question{Method: http.MethodGet, Path: c.config.values["probePath"]})
	if a != nil && !a.Stamped().IsZero() {
		p.Skew = a.Stamped().Sub(a.At)
	}
	var r *wire.Refusal
	switch {
	case errors.As(err, &r) && r.Status == http.StatusForbidden:
		return p, fmt.Errorf("%s may not do this: have an administrator at project44 give it its roles and access groups: %w", p.Identity, err)
	case errors.As(err, &r) && errors.Is(err, connect.ErrGone):
		p.Notes = append(p.Notes, "signed in; the question "+c.config.values["probePath"]+" is not known there (setting probePath)")
		return p, nil
	}
	return p, err
}

// ids are the two numbers of a shipment at project44: the master id (a UUID), by which histories are asked for, and the
// truckload number, by which it is changed. Either may be unknown.
type ids struct{ master, truckload string }

// remote is how the ids stand in Receipt.Remote and Page.Remote: parted by a blank, the master id first.
func (i ids) remote() string { return wire.Joined(" ", i.master, i.truckload) }

// idsOf gathers what the desk knows of a load's ids.
func idsOf(l connect.Tracked) ids {
	var i ids
	for word := range strings.FieldsSeq(l.Remote) {
		i.take(word)
	}
	for _, ref := range l.Line.Refs {
		if ref.Type == freight.RefP44 {
			i.take(ref.Value)
		}
	}
	return i
}

// take sorts a number in: a UUID has hyphens, a truckload number only digits.
func (i *ids) take(id string) {
	switch {
	case id == "":
	case strings.Contains(id, "-"):
		if i.master == "" {
			i.master = id
		}
	case i.truckload == "":
		i.truckload = id
	}
}
