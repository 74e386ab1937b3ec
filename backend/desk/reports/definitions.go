package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/report/kpi"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// Where definitions are kept: each under its name for the desk, and the choice of one by customer.
const (
	definitionKey = "kpi/"
	choiceKey     = "kpi"
	ruleKey       = "rule."
)

// Definitions are the definitions by name, the shipped ones first, and who uses which.
func (a *Area) Definitions(ctx context.Context) (Definitions, error) {
	versions, err := a.desk.Store.SettingVersions(ctx, choiceKey)
	if err != nil {
		return Definitions{}, err
	}
	out := Definitions{Definitions: kpi.Shipped()}
	for _, v := range versions { // oldest first
		name, ours := strings.CutPrefix(v.Key, definitionKey)
		switch {
		case v.Key == choiceKey:
			customer, _ := strings.CutPrefix(v.Scope, "customer:")
			if v.Scope == "global" {
				customer = ""
			}
			out.Used = slices.DeleteFunc(out.Used, func(u DefinitionOf) bool { return u.Customer == customer })
			if v.Value != "" {
				out.Used = append(out.Used, DefinitionOf{customer, v.Value})
			}
		case ours:
			var d Definition
			if err := json.Unmarshal([]byte(v.Value), &d); err != nil {
				return out, fmt.Errorf("the definition %q on file cannot be read: %w", name, err)
			}
			out.Definitions = append(slices.DeleteFunc(out.Definitions, func(had Definition) bool { return had.Name == name }), d)
		}
	}
	return out, nil
}

// Define keeps a definition under its name, or chooses one for a customer. A shipped one stays as it is: figures printed
// under its name must go on meaning the same.
func (a *Area) Define(ctx context.Context, s SetDefinition) (Definitions, error) {
	all, err := a.Definitions(ctx)
	if err != nil {
		return all, err
	}
	scope, key, value := "global", choiceKey, ""
	switch {
	case s.Definition != nil:
		if slices.ContainsFunc(kpi.Shipped(), func(d Definition) bool { return d.Name == s.Definition.Name }) {
			return all, desk.Invalid("%q comes with the program and stays as it is; give yours another name.", s.Definition.Name)
		}
		if err := s.Definition.Check(); err != nil {
			return all, desk.Invalid("This definition cannot be kept: %s.", err)
		}
		body, err := json.Marshal(s.Definition)
		if err != nil {
			return all, err
		}
		key, value = definitionKey+s.Definition.Name, string(body)
	case s.Use != nil:
		if _, err := named(all.Definitions, s.Use.Definition); err != nil && s.Use.Definition != "" {
			return all, err
		}
		if s.Use.Customer != "" {
			customer, err := a.customerOf(ctx, s.Use.Customer)
			if err != nil {
				return all, err
			}
			scope = "customer:" + customer
		}
		value = s.Use.Definition
	default:
		return all, desk.Invalid("Say which definition to keep, or which one a customer uses.")
	}
	who, now := a.desk.Person(s.As), a.desk.LedgerAt(s.Now).Now().UTC()
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting(scope, key, value, now, who); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: scope, Detail: key + " " + value})
	})
	if err != nil {
		return all, err
	}
	return a.Definitions(ctx)
}

func named(all []Definition, name string) (Definition, error) {
	i := slices.IndexFunc(all, func(d Definition) bool { return strings.EqualFold(d.Name, name) })
	if i < 0 {
		names := make([]string, len(all))
		for k := range all {
			names[k] = all[k].Name
		}
		return Definition{}, desk.NotFound("There is no definition %q; there is %s.", name, strings.Join(names, ", "))
	}
	return all[i], nil
}

// definition is the one asked for, else the customer's, else the desk's. A shipped one counts detention by the rules that
// hold for the customer.
func (a *Area) definition(ctx context.Context, name, customer string, at time.Time) (Definition, error) {
	all, err := a.Definitions(ctx)
	if err != nil {
		return Definition{}, err
	}
	for _, who := range []string{customer, ""} {
		i := slices.IndexFunc(all.Used, func(u DefinitionOf) bool { return u.Customer == who })
		if name == "" && i >= 0 {
			name = all.Used[i].Definition
		}
	}
	if name == "" {
		name = kpi.DefaultName
	}
	d, err := named(all.Definitions, name)
	if err != nil || !slices.ContainsFunc(kpi.Shipped(), func(s Definition) bool { return s.Name == d.Name }) {
		return d, err
	}
	versions, err := a.desk.Store.SettingVersions(ctx, ruleKey)
	if err != nil {
		return d, err
	}
	values := make([]watch.SettingValue, len(versions))
	for i, v := range versions {
		values[i] = watch.SettingValue{Scope: v.Scope, Key: v.Key[len(ruleKey):], Value: v.Value, At: v.At, Version: v.Version}
	}
	rules, _ := watch.RulesAt(values, customer, "", at)
	d.DetentionClock, d.FreeMinutes, d.RateUSD, d.LateForfeits = rules.DetentionClock, int(rules.FreeTime/time.Minute), rules.DetentionRate, rules.LateForfeits
	return d, nil
}
