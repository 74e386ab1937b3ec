package compare

import (
	"context"
	"slices"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
)

// ofCustomer is the prefix of the scope of a customer's own settings.
const ofCustomer = "customer:"

// Trust is who is believed, by group of fields: the general orders, then those of single customers.
func (a *Area) Trust(ctx context.Context) (TrustOrders, error) {
	rows, err := a.desk.Store.SettingVersions(ctx, ledger.TrustKeys)
	if err != nil {
		return TrustOrders{}, err
	}
	set := map[[2]string]store.SettingVersion{} // scope and key, the newest
	var customers []string
	for _, v := range rows {
		set[[2]string{v.Scope, v.Key}] = v
		if name, of := strings.CutPrefix(v.Scope, ofCustomer); of && !slices.Contains(customers, name) {
			customers = append(customers, name)
		}
	}
	slices.Sort(customers)
	shipped := timeline.DefaultConfig()
	var out TrustOrders
	for _, g := range timeline.TrustGroups() {
		v := set[[2]string{global, ledger.TrustKeys + g.Key}]
		line := orderLine(g, "", *g.Of(&shipped.Orders))
		line.Shipped = true
		if order, err := timeline.ParseTrust(v.Value); err == nil {
			line = orderLine(g, "", order)
			line.At, line.By = desk.Moment(v.At), v.By
		}
		out.Orders = append(out.Orders, line)
	}
	for _, name := range customers {
		for _, g := range timeline.TrustGroups() {
			v := set[[2]string{ofCustomer + name, ledger.TrustKeys + g.Key}]
			if order, err := timeline.ParseTrust(v.Value); err == nil {
				line := orderLine(g, name, order)
				line.At, line.By = desk.Moment(v.At), v.By
				out.Orders = append(out.Orders, line)
			}
		}
	}
	for _, k := range timeline.TrustKinds() {
		out.Kinds = append(out.Kinds, string(k))
	}
	return out, nil
}

func orderLine(g timeline.TrustGroup, customer string, order timeline.Trust) TrustOrder {
	line := TrustOrder{Customer: customer, Group: g.Key, Name: g.Name}
	for _, rank := range order {
		var r TrustRank
		for _, k := range rank {
			r.Kinds = append(r.Kinds, string(k))
		}
		line.Ranks = append(line.Ranks, r)
	}
	return line
}

// SetTrust sets one order, and has every load on the board folded under it, in the background of a desk that runs.
func (a *Area) SetTrust(ctx context.Context, c TrustChange) (TrustOrders, error) {
	if !slices.ContainsFunc(timeline.TrustGroups(), func(g timeline.TrustGroup) bool { return g.Key == c.Group }) {
		return TrustOrders{}, desk.Invalid("%q is no group of fields: actuals, windows, etas, plan or equipment.", c.Group)
	}
	value := ""
	if len(c.Ranks) > 0 {
		order, err := timeline.ParseTrust(written(c.Ranks))
		if err != nil {
			return TrustOrders{}, desk.Invalid("The order is not kept: %s.", err)
		}
		value = order.String()
	}
	scope := global
	if name := strings.TrimSpace(c.Customer); name != "" {
		scope = ofCustomer + name
	}
	key := ledger.TrustKeys + c.Group
	who, now := a.desk.Person(c.As), a.desk.LedgerAt(c.Now).Now().UTC()
	err := a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting(scope, key, value, now, who); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: scope + " " + key, Detail: value})
	})
	if err != nil {
		return TrustOrders{}, err
	}
	l := a.desk.LedgerAt(c.Now)
	if err := l.TrustChanged(ctx); err != nil {
		return TrustOrders{}, err
	}
	if err := a.desk.FoldSoon(ctx, l); err != nil {
		return TrustOrders{}, err
	}
	return a.Trust(ctx)
}

func written(ranks freight.List[TrustRank]) string {
	list := make([]string, len(ranks))
	for i, r := range ranks {
		list[i] = strings.Join(r.Kinds, ", ")
	}
	return strings.Join(list, " > ")
}
