package fourkites

import (
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// Connector speaks with one account at FourKites. Safe for use by several goroutines.
type Connector struct {
	account connect.Account
	config  *config
	source  freight.Source
	token   wire.Token
	made    *wire.Settling // loads that were sent and not acknowledged
	listed  census
}

var (
	_ connect.Connector = (*Connector)(nil)
	_ connect.Lister    = (*Connector)(nil)
	_ connect.Writer    = (*Connector)(nil)
	_ connect.Receiver  = (*Connector)(nil)
)

// New is a connector for an account; it asks nothing yet.
func New(a connect.Account) (connect.Connector, error) {
	cfg, err := configOf(a.Values, func(key string) bool {
		if a.Secret == nil {
			return false
		}
		s, err := a.Secret(key)
		return err == nil && s != ""
	})
	if err != nil {
		return nil, err
	}
	var began time.Time
	if a.Now != nil {
		began = a.Now()
	}
	return &Connector{account: a, config: cfg, source: freight.Source{Kind: freight.FourKites, Account: a.Name}, made: wire.NewSettling(began, cfg.visible)}, nil
}

// Limits is 60 requests a minute and one at a time, as FourKites allows a key; the headers of its answers say how many are left.
func (c *Connector) Limits() connect.Limits {
	return connect.Limits{PerMinute: c.config.perMinute, AtOnce: 1, Interval: c.config.interval}
}

// idOf is the shipment's number at FourKites, "" where the desk does not know it.
func idOf(l connect.Tracked) string {
	if l.Remote != "" {
		return strings.TrimSpace(l.Remote)
	}
	for _, ref := range l.Line.Refs {
		if ref.Type == freight.RefFourKites {
			return ref.Value
		}
	}
	return ""
}

// number is by which number the load goes there: the desk's own, or the customer's bill of lading or order.
func number(l connect.Tracked) string {
	want := map[string]freight.RefType{"BILL_OF_LADING": freight.RefBOL, "ORDER": freight.RefOrder}[l.IDType]
	for _, ref := range l.Line.Refs {
		if want != "" && ref.Type == want {
			return ref.Value
		}
	}
	return l.Number
}
