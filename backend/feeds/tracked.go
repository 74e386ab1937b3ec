package feeds

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// newAtOnce is how many loads an account takes up in one transaction.
const newAtOnce = 500

// watch takes up the live loads of an account's customers that it has nothing on yet: they are asked about, or created there where
// the system can be told and nobody said so far that it has them.
func (e *Engine) watch(ctx context.Context, a *account) error {
	customers := a.customers()
	if len(customers) == 0 {
		return nil
	}
	for {
		fresh, err := e.opt.Store.UnknownToFeed(ctx, a.id, customers, newAtOnce)
		if err != nil || len(fresh) == 0 {
			return err
		}
		rows := make([]store.FeedLoad, 0, len(fresh))
		var create []creation
		for _, load := range fresh {
			line, err := e.opt.Poster.Known(ctx, load)
			if err != nil {
				return err
			}
			row := store.FeedLoad{Feed: a.id, Load: load, Remote: a.remoteOf(&line)}
			switch c, ok := e.creating(ctx, a, load, &line, &row); {
			case ok:
				create = append(create, c)
			case follows(a.conn):
				row.Due = e.opt.Now().UTC()
			}
			rows = append(rows, row)
		}
		now := e.opt.Now().UTC()
		err = e.opt.Store.Write(ctx, func(tx *store.Tx) error {
			for i := range rows {
				if err := tx.SaveFeedLoad(&rows[i]); err != nil {
					return err
				}
			}
			for i := range create {
				c := &create[i]
				in := store.Intent{Key: c.key, Load: c.load, Kind: connect.CreateLoad, Target: a.source().String(), Body: c.says, CreatedAt: now, By: a.source().String()}
				if _, err := tx.AddSending(&in, &store.Sending{Feed: a.id, Load: c.load, Kind: connect.CreateLoad, Says: "{}"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(fresh) < newAtOnce {
			return err
		}
	}
}

// creation is a load that has to be made at a platform.
type creation struct {
	load      int64
	key, says string
}

// creating reports whether the load has to be made at the account's system first. A load that its TMS does not know, that has ended,
// or that the system spoke of already, is not.
func (e *Engine) creating(ctx context.Context, a *account, load int64, t *freight.Timeline, row *store.FeedLoad) (creation, bool) {
	w, ok := a.conn.(connect.Writer)
	if !ok || row.Remote != "" || t.Provisional || t.State.Done() || a.spokeOf(t) {
		return creation{}, false
	}
	if can, _ := w.CanWrite(connect.CreateLoad); !can {
		return creation{}, false
	}
	l, err := e.opt.Store.Load(ctx, load)
	if err != nil {
		return creation{}, false
	}
	row.Told = planOf(t)
	return creation{load: load, key: fmt.Sprintf("%s%d create %s", store.ForFeed, a.id, l.UID), says: fmt.Sprintf("Load %s is to be made known to %s", t.Number, a.kind.Title)}, true
}

func follows(c connect.Connector) bool {
	_, ok := c.(connect.Follower)
	return ok
}

func (a *account) customers() []string {
	var out []string
	for _, r := range a.rules {
		out = append(out, r.Customer)
	}
	return out
}

// rule is how a customer's loads go at the account; ok is false where they do not live there.
func (a *account) rule(customer string) (connect.CustomerRule, bool) {
	at := slices.IndexFunc(a.rules, func(r connect.CustomerRule) bool { return strings.EqualFold(r.Customer, customer) })
	if at < 0 {
		return connect.CustomerRule{}, false
	}
	return a.rules[at], true
}

// tracked is a load as the connector is told of it.
func (a *account) tracked(t *freight.Timeline, row *store.FeedLoad) connect.Tracked {
	rule, _ := a.rule(t.Customer.Value)
	out := connect.Tracked{Load: row.Load, Number: t.Number, Customer: t.Customer.Value, Remote: row.Remote, IDType: rule.IDType, BillTo: rule.BillTo, Line: *t}
	if out.Remote == "" {
		out.Remote = a.remoteOf(t)
	}
	return out
}

// remoteOf is the system's own number of a load, where the system or the TMS told it.
func (a *account) remoteOf(t *freight.Timeline) string {
	var own freight.RefType
	switch a.kind.Source {
	case freight.Project44:
		own = freight.RefP44
	case freight.FourKites:
		own = freight.RefFourKites
	case freight.MacroPoint:
		own = freight.RefMacroPoint
	default:
		return ""
	}
	for i := range t.Refs {
		r := &t.Refs[i]
		if r.Type == own && (r.Source.Kind == freight.TMS || r.Source == a.source() || slices.Contains(r.Also, a.source())) {
			return r.Value
		}
	}
	return ""
}

// spokeOf reports whether the account said anything of the load: it has it then.
func (a *account) spokeOf(t *freight.Timeline) bool {
	src := a.source()
	if slices.Contains(t.Tellers, src) || t.Tracking.Source == src {
		return true
	}
	return slices.ContainsFunc(t.Statuses, func(w freight.Word) bool { return w.Source == src }) ||
		slices.ContainsFunc(t.Refs, func(r freight.KnownRef) bool { return r.Source == src || slices.Contains(r.Also, src) })
}
