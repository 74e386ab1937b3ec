package watch

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Setting is one number or choice of the rules as a person sees and edits it. Values are words: minutes, miles and USD as
// plain numbers, clocks as 06:00, yes or no, one of Choices.
type Setting struct {
	Key     string   `json:"key"`
	Group   string   `json:"group"`
	Name    string   `json:"name"`
	Help    string   `json:"help"`
	Unit    string   `json:"unit"` // min, miles, mph, USD, count, ratio, clock, yes/no, choice, days
	Default string   `json:"default"`
	Choices []string `json:"choices,omitempty"`
	Min     float64  `json:"min"`
	Max     float64  `json:"max"`
}

// SettingValue is one edit of a setting: kept for ever, so that the rules of a past instant can be told. An empty Value
// takes the scope's own value back.
type SettingValue struct {
	Scope   string // global, customer:NAME, carrier:NAME
	Key     string
	Value   string
	At      time.Time
	Version int // counts the edits of this key in this scope
}

// SettingProblem is an edit on file that does not count, and why.
type SettingProblem struct {
	Value SettingValue
	Why   string
}

// Units of settings.
const (
	unitMinutes = "min"
	unitClock   = "clock"
	unitYesNo   = "yes/no"
	unitChoice  = "choice"
	unitDays    = "days"
)

// Settings are all numbers and choices of the rules, in the order of the screen, with what ships.
func Settings() []Setting {
	shipped := DefaultRules()
	list := make([]Setting, len(settingFields))
	for i := range settingFields {
		list[i] = settingFields[i].setting(&shipped)
	}
	return list
}

// Shipped is the version of rules that nobody has changed.
const Shipped = "shipped"

// RulesAt are the rules in force at an instant for a load of a customer and carrier: what ships, then the desk's global
// values, then the customer's, then the carrier's; of each the last edit up to then. Version names the instant of the newest
// edit for this load. Edits that cannot be read do not count and are told. The answer is a new value; a caller with many
// loads keeps it for each customer and carrier.
func RulesAt(values []SettingValue, customer, carrier string, at time.Time) (*Rules, []SettingProblem) {
	rules := DefaultRules()
	rules.Version = Shipped
	var problems []SettingProblem
	last, newest := inForce(values, customer, carrier, at)
	for _, v := range last {
		if err := rules.set(v.Key, v.Value); err != nil {
			problems = append(problems, SettingProblem{Value: v, Why: err.Error()})
			continue
		}
		rules.Version = "settings " + newest.UTC().Format(time.RFC3339)
	}
	return &rules, problems
}

// inForce are the values that count, the weaker scope first, so that the stronger is set over it, and the instant of the
// newest edit, also of one that took a value back.
func inForce(values []SettingValue, customer, carrier string, at time.Time) (list []SettingValue, newest time.Time) {
	type place struct {
		scope int
		key   string
	}
	last := map[place]SettingValue{}
	for _, v := range values {
		scope := scopeRank(v.Scope, customer, carrier)
		if scope < 0 || v.At.After(at) {
			continue
		}
		newest = latest(newest, v.At)
		p := place{scope, v.Key}
		if had, ok := last[p]; !ok || cmp.Or(v.At.Compare(had.At), cmp.Compare(v.Version, had.Version)) > 0 {
			last[p] = v
		}
	}
	for _, p := range slices.SortedFunc(maps.Keys(last), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.scope, b.scope), cmp.Compare(a.key, b.key))
	}) {
		if last[p].Value != "" {
			list = append(list, last[p])
		}
	}
	return list, newest
}

// scopeRank is 0 for global, 1 for this customer, 2 for this carrier, -1 for a scope that is not the load's.
func scopeRank(scope, customer, carrier string) int {
	kind, name, _ := strings.Cut(scope, ":")
	switch {
	case scope == "global":
		return 0
	case kind == "customer" && sameName(name, customer):
		return 1
	case kind == "carrier" && sameName(name, carrier):
		return 2
	}
	return -1
}

func sameName(a, b string) bool {
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	return a != "" && strings.EqualFold(a, b)
}

// CheckSetting reports in plain words what is wrong with an edit; nil when it may be kept. An empty value is always right.
func CheckSetting(v SettingValue) error {
	kind, name, named := strings.Cut(v.Scope, ":")
	if v.Scope != "global" && (!named || strings.TrimSpace(name) == "" || kind != "customer" && kind != "carrier") {
		return fmt.Errorf("%q is no scope: say global, customer:NAME or carrier:NAME", v.Scope)
	}
	rules := DefaultRules()
	if v.Value == "" {
		if fieldOf(v.Key) == nil {
			return fmt.Errorf("there is no setting %q", v.Key)
		}
		return nil
	}
	return rules.set(v.Key, v.Value)
}

// ValueOf is a setting's value in these rules, as a person writes it; "" for a key that is not known.
func (r *Rules) ValueOf(key string) string {
	f := fieldOf(key)
	if f == nil {
		return ""
	}
	return f.read(r)
}

func (r *Rules) set(key, value string) error {
	f := fieldOf(key)
	if f == nil {
		return fmt.Errorf("there is no setting %q", key)
	}
	return f.write(r, strings.TrimSpace(value))
}

func fieldOf(key string) *settingField {
	for i := range settingFields {
		if settingFields[i].key == key {
			return &settingFields[i]
		}
	}
	return nil
}

// settingField ties a setting to the field of Rules it sets: a pointer to a duration, number, choice or switch, or a role
// whose limit it is.
type settingField struct {
	key, group, name, help, unit string
	min, max                     float64
	choices                      []string
	field                        func(*Rules) any
}

// moneyOf is the limit of one role.
type moneyOf string

func (f *settingField) setting(shipped *Rules) Setting {
	return Setting{Key: f.key, Group: f.group, Name: f.name, Help: f.help, Unit: f.unit, Default: f.read(shipped),
		Choices: f.choices, Min: f.min, Max: f.max}
}

func (f *settingField) read(r *Rules) string {
	switch p := f.field(r).(type) {
	case *time.Duration:
		return number(p.Minutes())
	case *float64:
		return number(*p)
	case *int:
		if f.unit == unitClock {
			return fmt.Sprintf("%02d:%02d", *p/60, *p%60)
		}
		return strconv.Itoa(*p)
	case *bool:
		if *p {
			return "yes"
		}
		return "no"
	case *string:
		return *p
	case moneyOf:
		return number(r.Cadence.Money[string(p)])
	}
	return ""
}

func (f *settingField) write(r *Rules, value string) error {
	switch p := f.field(r).(type) {
	case *string:
		return f.writeWords(p, value)
	case *bool:
		return f.writeSwitch(p, value)
	case *int:
		if f.unit == unitClock {
			return f.writeClock(p, value)
		}
		n, err := f.number(value)
		if err == nil && n != math.Trunc(n) {
			err = fmt.Errorf("%s: %s is not a whole number", f.name, value)
		}
		if err == nil {
			*p = int(n)
		}
		return err
	case *time.Duration:
		n, err := f.number(value)
		if err == nil {
			*p = time.Duration(math.Round(n * float64(time.Minute)))
		}
		return err
	case *float64:
		n, err := f.number(value)
		if err == nil {
			*p = n
		}
		return err
	case moneyOf:
		n, err := f.number(value)
		if err == nil {
			money := maps.Clone(r.Cadence.Money)
			money[string(p)] = n
			r.Cadence.Money = money
		}
		return err
	}
	return fmt.Errorf("%s cannot be set", f.name)
}

func (f *settingField) number(value string) (float64, error) {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(n) {
		return 0, fmt.Errorf("%s: %q is not a number of %s such as %s", f.name, value, f.unit, f.shipped())
	}
	if n < f.min || n > f.max {
		return 0, fmt.Errorf("%s: %s is not between %s and %s %s", f.name, value, number(f.min), number(f.max), f.unit)
	}
	return n, nil
}

func (f *settingField) writeWords(p *string, value string) error {
	if f.unit == unitDays {
		if err := CheckHolidays(value); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		*p = value
		return nil
	}
	if !slices.Contains(f.choices, value) {
		return fmt.Errorf("%s: %q is not one of %s", f.name, value, strings.Join(f.choices, ", "))
	}
	*p = value
	return nil
}

func (f *settingField) writeSwitch(p *bool, value string) error {
	switch strings.ToLower(value) {
	case "yes", "true", "on":
		*p = true
	case "no", "false", "off":
		*p = false
	default:
		return fmt.Errorf("%s: %q is neither yes nor no", f.name, value)
	}
	return nil
}

func (f *settingField) writeClock(p *int, value string) error {
	at, err := time.Parse("15:04", value)
	if err != nil {
		return fmt.Errorf("%s: %q is not a time of day such as %s", f.name, value, f.shipped())
	}
	*p = at.Hour()*60 + at.Minute()
	return nil
}

func (f *settingField) shipped() string {
	rules := DefaultRules()
	return f.read(&rules)
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
