package papers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/verdict"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// policyKey is where policies lie among the settings; their scope is global or customer:NAME.
const (
	policyKey     = "paper.policy"
	everybody     = "global"
	customerScope = "customer:"
)

// policy is what a customer asks of papers.
type policy struct {
	Checks     verdict.Policy `json:"checks"`
	SignedBOL  bool           `json:"signedBol"`
	AutoAccept bool           `json:"autoAccept"`
}

func shippedPolicy() policy { return policy{Checks: verdict.Shipped(), SignedBOL: true} }

// policyFor is the policy of a customer: its own, else everybody's, else the shipped one; and whose it is, "" for everybody's.
func (a *Area) policyFor(ctx context.Context, customer string) (policy, string, error) {
	versions, err := a.desk.Store.SettingVersions(ctx, policyKey)
	if err != nil {
		return policy{}, "", err
	}
	body := map[string]string{}
	for _, v := range versions {
		body[strings.ToUpper(v.Scope)] = v.Value
	}
	if own := body[strings.ToUpper(customerScope+customer)]; customer != "" && own != "" {
		p, err := parsePolicy(own)
		return p, customer, err
	}
	p, err := parsePolicy(body[strings.ToUpper(everybody)])
	return p, "", err
}

func parsePolicy(body string) (policy, error) {
	p := shippedPolicy()
	if body == "" {
		return p, nil
	}
	var parts struct {
		Checks     json.RawMessage `json:"checks"`
		SignedBOL  bool            `json:"signedBol"`
		AutoAccept bool            `json:"autoAccept"`
	}
	if err := json.Unmarshal([]byte(body), &parts); err != nil {
		return p, err
	}
	checks, err := verdict.ParsePolicy(parts.Checks)
	return policy{checks, parts.SignedBOL, parts.AutoAccept}, err
}

// Policies are everybody's policy and those of customers with one of their own.
func (a *Area) Policies(ctx context.Context) (PaperPolicies, error) {
	versions, err := a.desk.Store.SettingVersions(ctx, policyKey)
	if err != nil {
		return PaperPolicies{}, err
	}
	of := map[string][]store.SettingVersion{everybody: nil}
	order := []string{everybody}
	for _, v := range versions {
		if _, had := of[v.Scope]; !had {
			order = append(order, v.Scope)
		}
		of[v.Scope] = append(of[v.Scope], v)
	}
	slices.Sort(order[1:])
	out := PaperPolicies{Checks: freight.List[string](verdict.Checks())}
	for _, scope := range order {
		list := of[scope]
		if scope != everybody && list[len(list)-1].Value == "" {
			continue
		}
		p, err := shownPolicy(scope, list)
		if err != nil {
			return out, err
		}
		out.Policies = append(out.Policies, p)
	}
	return out, nil
}

func shownPolicy(scope string, versions []store.SettingVersion) (PaperPolicy, error) {
	var body string
	out := PaperPolicy{Customer: strings.TrimPrefix(strings.TrimPrefix(scope, everybody), customerScope)}
	for i := range versions {
		v := &versions[i]
		body, out.Version, out.At, out.By = v.Value, v.Version, desk.Moment(v.At), v.By
		says := "as for everybody"
		if v.Value != "" {
			p, err := parsePolicy(v.Value)
			if err != nil {
				return out, err
			}
			says = p.says()
		}
		out.History = append(out.History, PaperPolicyV{Version: v.Version, At: v.At, By: v.By, Says: says})
	}
	slices.Reverse(out.History)
	p, err := parsePolicy(body)
	c := &p.Checks
	out.Pickup, out.Delivery = freight.List[string](c.Pickup), freight.List[string](c.Delivery)
	out.Agreeing, out.WeightWithin, out.DaysWithin, out.Reservations = c.Agreeing, c.WeightWithin, c.DaysWithin, c.Reservations
	out.SignedBOL, out.AutoAccept = p.SignedBOL, p.AutoAccept
	return out, err
}

func (p policy) says() string {
	c := &p.Checks
	parts := []string{"pickup: " + strings.Join(c.Pickup, ", "), "delivery: " + strings.Join(c.Delivery, ", "), fmt.Sprintf("%d numbers agree", c.Agreeing),
		fmt.Sprintf("weight within %g %%, dates within %d days", c.WeightWithin*100, c.DaysWithin)}
	for words, on := range map[string]bool{"reservations accepted": c.Reservations, "a signed BOL is a POD": p.SignedBOL, "clean ones accepted by themselves": p.AutoAccept} {
		if on {
			parts = append(parts, words)
		}
	}
	slices.Sort(parts[4:])
	return strings.Join(parts, "; ")
}

// SetPolicy gives a customer, or everybody, a policy: a new version of the setting. What was judged before stays as it was
// judged until it is read or decided again.
func (a *Area) SetPolicy(ctx context.Context, e PaperPolicyEdit) (PaperPolicies, error) {
	scope := everybody
	if e.Customer != "" {
		scope = customerScope + e.Customer
		if err := a.sameScope(ctx, &scope); err != nil {
			return PaperPolicies{}, err
		}
	}
	p := policy{Checks: verdict.Policy{Pickup: e.Pickup, Delivery: e.Delivery, Agreeing: e.Agreeing, WeightWithin: e.WeightWithin, DaysWithin: e.DaysWithin, Reservations: e.Reservations},
		SignedBOL: e.SignedBOL, AutoAccept: e.AutoAccept}
	body, err := json.Marshal(p)
	if err == nil {
		_, err = parsePolicy(string(body))
	}
	if err != nil {
		return PaperPolicies{}, desk.Invalid("The policy cannot be kept: %s.", err)
	}
	if e.Reset {
		body = nil
	}
	who, at := a.desk.Person(e.As), a.desk.Now().UTC()
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting(scope, policyKey, string(body), at, who); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: at, Who: who, Act: "setting", Subject: policyKey, Detail: scope + ": " + string(body)})
	})
	if err != nil {
		return PaperPolicies{}, err
	}
	return a.Policies(ctx)
}

// sameScope writes a customer as it was written before.
func (a *Area) sameScope(ctx context.Context, scope *string) error {
	versions, err := a.desk.Store.SettingVersions(ctx, policyKey)
	for _, v := range versions {
		if strings.EqualFold(v.Scope, *scope) {
			*scope = v.Scope
		}
	}
	return err
}

// learned adds to a load what decisions taught about how papers write its values.
func (a *Area) learned(ctx context.Context, e *paper.Expected) error {
	for _, field := range learns {
		value := e.Values[field]
		if value == "" {
			continue
		}
		list, err := a.desk.Store.Aliases(ctx, field, value)
		if err != nil {
			return err
		}
		for _, alias := range list {
			if (alias.Customer == "" || strings.EqualFold(alias.Customer, e.Customer)) && !slices.Contains(e.Also[field], alias.Paper) {
				e.Also[field] = append(e.Also[field], alias.Paper)
			}
		}
	}
	return nil
}

// Aliases are what decisions taught.
func (a *Area) Aliases(ctx context.Context) (PaperAliases, error) {
	list, err := a.desk.Store.Aliases(ctx, "", "")
	var out PaperAliases
	for _, l := range list {
		out.Aliases = append(out.Aliases, PaperAlias{Customer: l.Customer, Field: l.Field, Desk: l.Desk, Paper: l.Paper, Times: l.Times, At: l.At, By: l.By})
	}
	return out, err
}

// ForgetAlias takes away what a decision taught.
func (a *Area) ForgetAlias(ctx context.Context, e PaperAliasEdit) (PaperAliases, error) {
	who, at := a.desk.Person(e.As), a.desk.Now().UTC()
	err := a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.ForgetAlias(&store.Alias{Customer: e.Customer, Field: e.Field, Desk: e.Desk, Paper: e.Paper}, true); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: at, Who: who, Act: "paper alias forgotten", Subject: "paper alias", Detail: e.Field + " " + e.Desk + " is not " + e.Paper})
	})
	if err != nil {
		return PaperAliases{}, err
	}
	return a.Aliases(ctx)
}

// clock is the instant at which an act happens.
func (a *Area) clock(now *time.Time) time.Time { return a.desk.LedgerAt(now).Now().UTC() }
