package rules

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// Area is the settings of the rules.
type Area struct {
	desk *desk.Desk

	mu       sync.Mutex
	previews map[string]*preview
	next     int
}

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{desk: d, previews: map[string]*preview{}} }

// keys is how the rules' settings begin among all settings of the desk; global is the scope of everybody.
const (
	keys   = "rule."
	global = "global"
)

// List is all settings as they were at an instant.
func (a *Area) List(ctx context.Context, m RuleMoment) (RuleSettings, error) {
	known, now := a.desk.Sight(m.At, m.AsOf)
	if known.IsZero() {
		known = now
	}
	versions, err := a.versions(ctx, known)
	if err != nil {
		return RuleSettings{}, err
	}
	out := RuleSettings{AsOf: known}
	for _, s := range watch.Settings() {
		if !slices.Contains(out.Groups, s.Group) {
			out.Groups = append(out.Groups, s.Group)
		}
		setting := settingOf(s, versions)
		out.Settings = append(out.Settings, setting)
		out.Problems = append(out.Problems, problems(&setting)...)
	}
	return out, nil
}

// versions are all edits up to an instant, oldest first.
func (a *Area) versions(ctx context.Context, known time.Time) ([]store.SettingVersion, error) {
	list, err := a.desk.Store.SettingVersions(ctx, keys)
	return slices.DeleteFunc(list, func(v store.SettingVersion) bool { return v.At.After(known) }), err
}

func settingOf(s watch.Setting, versions []store.SettingVersion) RuleSetting {
	out := RuleSetting{Key: s.Key, Group: s.Group, Name: s.Name, Help: s.Help, Unit: s.Unit, Choices: s.Choices, Min: s.Min, Max: s.Max, Default: s.Default, Value: s.Default}
	for _, v := range versions {
		if v.Key != keys+s.Key {
			continue
		}
		value := RuleValue{Scope: v.Scope, Value: v.Value, Version: v.Version, At: v.At, By: v.By}
		out.History = append(out.History, value)
		out.Scopes = slices.DeleteFunc(out.Scopes, func(o RuleValue) bool { return o.Scope == v.Scope })
		if v.Value != "" {
			out.Scopes = append(out.Scopes, value)
		}
	}
	slices.Reverse(out.History)
	slices.SortFunc(out.Scopes, func(x, y RuleValue) int {
		return cmp.Or(scopeRank(x.Scope)-scopeRank(y.Scope), cmp.Compare(x.Scope, y.Scope))
	})
	if own := out.own(global); own != "" && watch.CheckSetting(watch.SettingValue{Scope: global, Key: s.Key, Value: own}) == nil {
		out.Value = own
	}
	return out
}

// scopeRank puts everybody first, then customers, then carriers.
func scopeRank(scope string) int {
	switch {
	case scope == global:
		return 0
	case strings.HasPrefix(scope, "customer:"):
		return 1
	}
	return 2
}

// own is a scope's own value, "" when it has none.
func (s *RuleSetting) own(scope string) string {
	for _, v := range s.Scopes {
		if v.Scope == scope {
			return v.Value
		}
	}
	return ""
}

func problems(s *RuleSetting) (list []RuleProblem) {
	for _, v := range s.Scopes {
		if err := watch.CheckSetting(watch.SettingValue{Scope: v.Scope, Key: s.Key, Value: v.Value}); err != nil {
			list = append(list, RuleProblem{Key: s.Key, Scope: v.Scope, Value: v.Value, Why: err.Error()})
		}
	}
	return list
}

// Set gives a setting a value in a scope, "" the next wider scope's again, and has every live load judged under it.
func (a *Area) Set(ctx context.Context, e RuleEdit) (RuleEdited, error) {
	edit, err := a.checked(ctx, e.Scope, e.Key, e.Value)
	if err != nil {
		return RuleEdited{}, err
	}
	l := a.desk.LedgerAt(e.Now)
	who, now := a.desk.Person(e.As), l.Now().UTC()
	before, err := a.desk.Store.Setting(ctx, edit.Scope, keys+edit.Key)
	if err != nil {
		return RuleEdited{}, err
	}
	out := RuleEdited{Scope: edit.Scope, Before: before}
	if before != edit.Value {
		err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
			if err := tx.SetSetting(edit.Scope, keys+edit.Key, edit.Value, now, who); err != nil {
				return err
			}
			return tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: keys + edit.Key, Detail: edit.Scope + ": " + cmp.Or(edit.Value, "as wider") + ", before " + cmp.Or(before, "as wider")})
		})
		if err == nil {
			err = l.RulesChanged(ctx)
		}
		if err != nil {
			return out, err
		}
		a.desk.Ledger.News().Announce(nil)
	}
	versions, err := a.versions(ctx, now)
	if err != nil {
		return out, err
	}
	for _, s := range watch.Settings() {
		if s.Key == edit.Key {
			out.Setting = settingOf(s, versions)
		}
	}
	out.Says = says(&out, edit.Value)
	return out, nil
}

// checked is an edit with its scope's name as it is on file, or why it cannot be.
func (a *Area) checked(ctx context.Context, scope, key, value string) (watch.SettingValue, error) {
	v := watch.SettingValue{Scope: cmp.Or(strings.TrimSpace(scope), global), Key: strings.TrimSpace(key), Value: strings.TrimSpace(value)}
	if err := watch.CheckSetting(v); err != nil {
		return v, desk.Invalid("%s.", sentence(err.Error()))
	}
	err := a.asOnFile(ctx, &v)
	return v, err
}

// asOnFile writes a scope's name as it is written on file, so that "acme" and "Acme" are one scope.
func (a *Area) asOnFile(ctx context.Context, v *watch.SettingValue) error {
	kind, name, named := strings.Cut(v.Scope, ":")
	if !named {
		return nil
	}
	v.Scope = kind + ":" + strings.TrimSpace(name)
	edits, err := a.desk.Store.SettingVersions(ctx, keys)
	for _, e := range edits {
		if strings.EqualFold(e.Scope, v.Scope) {
			v.Scope = e.Scope
			return err
		}
	}
	if err != nil || kind != "customer" {
		return err
	}
	list, err := a.desk.Store.Customers(ctx)
	for _, n := range list {
		if strings.EqualFold("customer:"+n.Name, v.Scope) {
			v.Scope = "customer:" + n.Name
		}
	}
	return err
}

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func says(e *RuleEdited, value string) string {
	whose := "everybody"
	if e.Scope != global {
		whose = strings.Replace(e.Scope, ":", " ", 1)
	}
	was := cmp.Or(e.Before, "the wider value")
	switch {
	case value == e.Before:
		return e.Setting.Name + " for " + whose + " is that already."
	case value == "":
		return e.Setting.Name + " for " + whose + " is the wider value again; it was " + was + "."
	}
	return e.Setting.Name + " for " + whose + " is now " + value + " " + e.Setting.Unit + "; it was " + was + "."
}

// People are who works on this desk.
func (a *Area) People(ctx context.Context) (People, error) {
	list, err := a.desk.Colleagues(ctx)
	if err != nil {
		return People{}, err
	}
	rules, err := a.desk.Ledger.Suppose(ctx, a.desk.Now())
	if err != nil {
		return People{}, err
	}
	money := rules.At("", "").Cadence.Money
	out := People{You: a.desk.Person("")}
	for _, c := range list {
		p := Person{Name: c.Name, Role: PersonRole(c.Role), Limit: c.Limit, Phone: c.Phone, MayUpTo: money[moneyRole[c.Role]], IsYou: strings.EqualFold(c.Name, out.You)}
		if c.Limit != nil {
			p.MayUpTo = *c.Limit
		}
		out.People = append(out.People, p)
	}
	return out, nil
}

// moneyRole is how the settings call a role.
var moneyRole = map[string]string{desk.OnDesk: "specialist", desk.Lead: "lead", desk.Manager: "manager"}

// SetPerson adds, changes or takes off somebody.
func (a *Area) SetPerson(ctx context.Context, e PersonEdit) (People, error) {
	c := desk.Colleague{Name: e.Name, Role: string(e.Role), Limit: e.Limit, Phone: e.Phone}
	if err := a.desk.SetColleague(ctx, c, e.Remove, e.As, e.Now); err != nil {
		return People{}, err
	}
	return a.People(ctx)
}
