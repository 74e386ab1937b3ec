package watch

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Every number and choice of Rules has a setting that sets it and nothing else.
func TestEveryRuleHasASetting(t *testing.T) {
	rules := DefaultRules()
	had := map[any]string{}
	for i := range settingFields {
		f := &settingFields[i]
		p := f.field(&rules)
		if other, twice := had[p]; twice {
			t.Errorf("%s and %s set the same", other, f.key)
		}
		had[p] = f.key
	}
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch {
		case path == "Rules.Version":
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				walk(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case v.Kind() == reflect.Map:
			for _, role := range v.MapKeys() {
				if had[moneyOf(role.String())] == "" {
					t.Errorf("%s %s has no setting", path, role)
				}
			}
		case had[v.Addr().Interface()] == "":
			t.Errorf("%s has no setting", path)
		}
	}
	walk("Rules", reflect.ValueOf(&rules).Elem())
}

func TestSettingsDescribeThemselves(t *testing.T) {
	keys := map[string]bool{}
	for _, s := range Settings() {
		if s.Key == "" || s.Group == "" || s.Name == "" || s.Help == "" || s.Unit == "" || s.Default == "" {
			t.Errorf("%+v lacks something", s)
		}
		if keys[s.Key] {
			t.Errorf("%s twice", s.Key)
		}
		keys[s.Key] = true
		if err := CheckSetting(SettingValue{Scope: "global", Key: s.Key, Value: s.Default}); err != nil {
			t.Errorf("what ships is refused: %v", err)
		}
		rules := DefaultRules()
		if err := rules.set(s.Key, s.Default); err != nil || !reflect.DeepEqual(rules, DefaultRules()) {
			t.Errorf("%s: writing what was read changes the rules (%v)", s.Key, err)
		}
	}
}

func TestRulesAt(t *testing.T) {
	at := func(hour int) time.Time { return central(hour, 0) }
	values := []SettingValue{
		{"global", "silence", "180", at(1), 1},
		{"customer:ACME Foods", "silence", "120", at(2), 2},
		{"carrier:Swift", "silence", "60", at(3), 3},
		{"customer:ACME Foods", "silence", "", at(4), 4},
		{"global", "quiet.from", "22:30", at(5), 5},
		{"global", "detention.clock", "arrival", at(5), 6},
		{"global", "detention.lateForfeits", "no", at(5), 7},
		{"global", "money.lead", "750", at(5), 8},
		{"global", "no.such", "1", at(6), 9},
		{"global", "silence", "a while", at(7), 10},
	}
	cases := []struct {
		name, customer, carrier string
		hour                    int
		silence                 time.Duration
		version                 string
		problems                int
	}{
		{"before any edit", "ACME Foods", "Swift", 0, 4 * time.Hour, Shipped, 0},
		{"the desk's", "ACME Foods", "Swift", 1, 3 * time.Hour, "settings 2026-11-23T07:00:00Z", 0},
		{"the customer's before the desk's", "acme foods ", "Swift", 2, 2 * time.Hour, "settings 2026-11-23T08:00:00Z", 0},
		{"the carrier's before the customer's", "ACME Foods", "Swift", 3, time.Hour, "settings 2026-11-23T09:00:00Z", 0},
		{"the customer's taken back", "ACME Foods", "", 4, 3 * time.Hour, "settings 2026-11-23T10:00:00Z", 0},
		{"another customer", "Other", "", 3, 3 * time.Hour, "settings 2026-11-23T07:00:00Z", 0},
		{"a setting that is not known does not count", "", "", 6, 3 * time.Hour, "settings 2026-11-23T12:00:00Z", 1},
		{"nor a value that cannot be read", "", "", 7, 4 * time.Hour, "settings 2026-11-23T13:00:00Z", 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for range 2 {
				rules, problems := RulesAt(values, c.customer, c.carrier, at(c.hour))
				if rules.Silence != c.silence || rules.Version != c.version || len(problems) != c.problems {
					t.Errorf("silence %v, version %q, problems %v", rules.Silence, rules.Version, problems)
				}
				slices.Reverse(values)
			}
		})
	}
	rules, _ := RulesAt(values, "", "", at(5))
	if got := []any{rules.Cadence.QuietFrom, rules.DetentionClock, rules.LateForfeits, rules.Cadence.Money["lead"], rules.ValueOf("quiet.from")}; !cmp.Equal(got, []any{22*60 + 30, "arrival", false, 750.0, "22:30"}) {
		t.Errorf("%v", got)
	}
	if DefaultRules().Cadence.Money["lead"] != 0 {
		t.Error("what ships was changed")
	}
}

func TestSettingsAreRefusedInPlainWords(t *testing.T) {
	cases := []struct{ scope, key, value, want string }{
		{"lane:X", "silence", "60", `"lane:X" is no scope: say global, customer:NAME or carrier:NAME`},
		{"customer:", "silence", "60", `"customer:" is no scope`},
		{"global", "quiet", "60", `there is no setting "quiet"`},
		{"global", "quiet", "", `there is no setting "quiet"`},
		{"global", "silence", "four hours", `Silence: "four hours" is not a number of min such as 240`},
		{"global", "silence", "5", "Silence: 5 is not between 10 and 14400 min"},
		{"global", "silence", "NaN", "is not a number"},
		{"global", "falseFresh.count", "2.5", "Equal positions: 2.5 is not a whole number"},
		{"global", "quiet.from", "25:00", `From: "25:00" is not a time of day such as 23:00`},
		{"global", "call.on", "maybe", `Check calls: "maybe" is neither yes nor no`},
		{"global", "detention.clock", "dock", `Clock starts: "dock" is not one of later, arrival, appointment`},
		{"global", "quiet.days", "Christmas", `Holidays: "Christmas" is no holiday such as 12-25`},
	}
	for _, c := range cases {
		err := CheckSetting(SettingValue{Scope: c.scope, Key: c.key, Value: c.value})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %s=%q: %v, want %s", c.scope, c.key, c.value, err, c.want)
		}
	}
	if err := CheckSetting(SettingValue{Scope: "customer:ACME", Key: "silence"}); err != nil {
		t.Errorf("taking a value back is refused: %v", err)
	}
}

func TestHolidays(t *testing.T) {
	days := DefaultRules().Cadence.HolidayDays + ", 2026-12-24, 02-29"
	for day, want := range map[string]bool{
		"2026-01-01": true, "2026-05-25": true, "2026-05-18": false, "2026-07-04": true, "2026-09-07": true, "2026-09-14": false,
		"2026-11-26": true, "2026-11-19": false, "2026-12-25": true, "2026-12-24": true, "2027-12-24": false, "2028-02-29": true, "2027-05-31": true,
	} {
		at, _ := time.Parse(time.DateOnly, day)
		if Holiday(days, at) != want {
			t.Errorf("%s: holiday is %v", day, !want)
		}
	}
}

func TestQuietMovesToTheMorning(t *testing.T) {
	c := defaultCadence()
	chicago := central(0, 0).In(mustZone("America/Chicago")).Location()
	q := quiet{c: &c, loc: chicago}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, chicago) }
	cases := []struct {
		name     string
		at, want time.Time
	}{
		{"by day", at(23, 12, 0), at(23, 12, 0)},
		{"a minute before", at(23, 22, 59), at(23, 22, 59)},
		{"at night", at(23, 23, 0), at(24, 6, 0)},
		{"towards morning", at(24, 5, 59), at(24, 6, 0)},
		{"in the morning", at(24, 6, 0), at(24, 6, 0)},
		{"Saturday", at(21, 12, 0), at(23, 6, 0)},
		{"Friday night", at(20, 23, 30), at(23, 6, 0)},
		{"Thanksgiving", at(26, 9, 0), at(27, 6, 0)},
	}
	for _, k := range cases {
		if got := q.move(k.at); !got.Equal(k.want) {
			t.Errorf("%s: %v, want %v", k.name, got.In(chicago), k.want)
		}
	}
	c.Weekends, c.Holidays, c.QuietFrom, c.QuietTo = true, true, 0, 0
	for _, k := range cases {
		if got := q.move(k.at); !got.Equal(k.at) {
			t.Errorf("%s moved to %v though nothing is quiet", k.name, got)
		}
	}
}

func mustZone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}
