package sheet

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestDatesInAnyForm(t *testing.T) {
	us := dateRules{order: MonthFirst, received: received}
	eu := dateRules{order: DayFirst, received: received}
	ymd := dateRules{order: YearFirst, received: received}
	open := dateRules{received: received}
	for _, c := range []struct {
		in    string
		rules dateRules
		want  string // When.String; "" for nothing; "!" for a fault
	}{
		{"2026-11-23", open, "2026-11-23"},
		{"2026-11-23 14:30", open, "2026-11-23T14:30:00"},
		{"2026-11-23T14:30:15", open, "2026-11-23T14:30:15"},
		{"2026-11-23T14:30:15.123Z", open, "2026-11-23T14:30:15Z"},
		{"2026-11-23T14:30:15-06:00", open, "2026-11-23T14:30:15-06:00"},
		{"2026-11-23T14:30-0600", open, "2026-11-23T14:30:00-06:00"},
		{"2026-11-23 14:30:00+02", open, "2026-11-23T14:30:00+02:00"},
		{"2026-11-23 14:30 -0600", open, "2026-11-23T14:30:00-06:00"},
		{"2026/11/23 2:30 PM", open, "2026-11-23T14:30:00"},
		{"2026.11.23", open, "2026-11-23"},
		{"20261123", open, "2026-11-23"},
		{"202611231430", open, "2026-11-23T14:30:00"},
		{"20261123 0930", open, "2026-11-23T09:30:00"},
		{"20261123T093000Z", open, "2026-11-23T09:30:00Z"},
		{"46349", open, "2026-11-23"},
		{"46349.604167", open, "2026-11-23T14:30:00"},
		{"1795444200", open, "2026-11-23T14:30:00Z"},
		{"1795444200000", open, "2026-11-23T14:30:00Z"},
		{"11/23/2026", open, "2026-11-23"},
		{"23/11/2026", open, "2026-11-23"},
		{"11/23/26 2:30p", open, "2026-11-23T14:30:00"},
		{"11/23/26 2:30 P.M.", open, "2026-11-23T14:30:00"},
		{"11/23/2026 12:05 AM", open, "2026-11-23T00:05:00"},
		{"11/23/2026 12:05 pm", open, "2026-11-23T12:05:00"},
		{"11/23/2026 0930", open, "2026-11-23T09:30:00"},
		{"11/23 1930", open, "2026-11-23T19:30:00"},
		{"11/23/2026 14.30 Uhr", open, "2026-11-23T14:30:00"},
		{"11/23/2026 14h30", open, "2026-11-23T14:30:00"},
		{"11/23/2026 9am", open, "2026-11-23T09:00:00"},
		{"11/23/2026 @ 9:15", open, "2026-11-23T09:15:00"},
		{"11/23/2026, 09:15", open, "2026-11-23T09:15:00"},
		{"11-23-2026 09:15", open, "2026-11-23T09:15:00"},
		{"23.11.2026 09:15", open, "2026-11-23T09:15:00"},
		{"23.11.26", open, "2026-11-23"},
		{"03/04/2026", us, "2026-03-04"},
		{"03/04/2026", eu, "2026-04-03"},
		{"03/04/26", ymd, "2003-04-26"},
		{"26-11-03", ymd, "2026-11-03"},
		{"03/04/2026", open, "!"},
		{"04/04/2026", open, "2026-04-04"},
		{"11/23", open, "2026-11-23"},
		{"1/5", us, "2027-01-05"},
		{"23-Nov", open, "2026-11-23"},
		{"Nov-23", open, "2026-11-23"},
		{"23-Nov-26", open, "2026-11-23"},
		{"23-NOV-2026 14:30:00", open, "2026-11-23T14:30:00"},
		{"Nov 23, 2026", open, "2026-11-23"},
		{"November 23rd, 2026 at 2:30 PM", open, "2026-11-23T14:30:00"},
		{"Mon Nov 23 2026", open, "2026-11-23"},
		{"Mon, 23 Nov 2026 14:30:00 +0000", open, "2026-11-23T14:30:00Z"},
		{"Monday, 23. November 2026", open, "2026-11-23"},
		{"Mo 23.11.2026 08:00", open, "2026-11-23T08:00:00"},
		{"23 de noviembre de 2026 14:30", open, "2026-11-23T14:30:00"},
		{"23 novembre 2026 14h30", open, "2026-11-23T14:30:00"},
		{"23. März 2026", open, "2026-03-23"},
		{"23 déc. 2026", open, "2026-12-23"},
		{"11/23/2026 14:30 CST", open, "2026-11-23T14:30:00 America/Chicago"},
		{"11/23/2026 14:30 (ET)", open, "2026-11-23T14:30:00 America/New_York"},
		{"11/23/2026 2:30 PM Pacific Standard Time", open, "2026-11-23T14:30:00 America/Los_Angeles"},
		{"07/23/2026 14:30 MST", open, "2026-07-23T14:30:00 UTC-07:00"},
		{"11/23/2026 14:30 MST", open, "2026-11-23T14:30:00 America/Denver"},
		{"11/23/2026 14:30Z", open, "2026-11-23T14:30:00Z"},
		{"11/23/2026 14:30 UTC", open, "2026-11-23T14:30:00Z"},
		{"11/23/2026 14:30 UTC-6", open, "2026-11-23T14:30:00-06:00"},
		{"2026-11-23T14:30:00 America/Chicago", open, "2026-11-23T14:30:00 America/Chicago"},
		{"14:30 11/23/2026", open, "2026-11-23T14:30:00"},
		{"11/23/2026 2400", open, "2026-11-24T00:00:00"},
		{"11/23/2026 24:00", open, "2026-11-24T00:00:00"},
		{"11/23/2026 noon", open, "2026-11-23T12:00:00"},
		{"1/0/1900", open, "!"},
		{"01/01/1900", open, ""},
		{"0001-01-01T00:00:00", open, ""},
		{"12/30/1899", open, ""},
		{"31/12/9999", open, ""},
		{"02/30/2026", open, "!"},
		{"13/13/2026", open, "!"},
		{"11/23/2026 25:00", open, "!"},
		{"11/23/2026 14:61", open, "!"},
		{"tomorrow", open, "!"},
		{"after 11/23/2026", open, "!"},
		{"11/2026", open, "!"},
		{"5", open, "!"},
		{"75201", open, "!"},
		{"PO 11232026", open, "!"},
		{"", open, "!"},
	} {
		w, err := parseWhen(c.in, c.rules)
		got := w.String()
		if err != nil {
			got = "!"
		}
		if got != c.want {
			t.Errorf("%q (%s): got %q (%v), want %q", c.in, c.rules.order, got, err, c.want)
		}
	}
}

func TestWindowsInOneCell(t *testing.T) {
	for in, want := range map[string]string{
		"2026-11-23T08:00:00-06:00/2026-11-23T10:00:00-06:00": "2026-11-23T08:00:00-06:00 2026-11-23T10:00:00-06:00",
		"2026-11-23 08:00/2026-11-23 10:00":                   "2026-11-23T08:00:00 2026-11-23T10:00:00",
		"11/23/2026 08:00 - 12:00":                            "2026-11-23T08:00:00 2026-11-23T12:00:00",
		"11/23/2026 0800-1200":                                "2026-11-23T08:00:00 2026-11-23T12:00:00",
		"11/23/2026 08:00-10:00":                              "2026-11-23T08:00:00 2026-11-23T10:00:00",
		"11/23 8a to 11/24 2p":                                "2026-11-23T08:00:00 2026-11-24T14:00:00",
		"11/23/2026 22:00-02:00":                              "2026-11-23T22:00:00 2026-11-24T02:00:00",
		"11/23/2026 – 11/25/2026":                             "2026-11-23 2026-11-25",
		"2026-11-23":                                          "2026-11-23 ",
	} {
		start, end, err := parseSpan(in, dateRules{order: MonthFirst, received: received})
		if got := start.String() + " " + end.String(); err != nil || got != want {
			t.Errorf("%q: got %q (%v), want %q", in, got, err, want)
		}
	}
}

func TestClocks(t *testing.T) {
	for in, want := range map[string]string{"0930": "9:30", "930": "9:30", "9:30": "9:30", "2:30p": "14:30", "14h30": "14:30", "9 AM": "9:00", "noon": "12:00", "0.604167": "14:30",
		"1899-12-30 14:30:00": "14:30", "14": "14:00", "143000": "14:30", "2400": "24:00", "8:00 a.m.": "8:00", "2575": "", "soon": "", "99": ""} {
		r, ok := parseClock(in)
		got := ""
		if ok {
			got = time.Date(2026, 1, 1, r.hour%24, r.minute, 0, 0, time.UTC).Format("15:04")
			if got[0] == '0' {
				got = got[1:]
			}
			if r.hour == 24 {
				got = "24:00"
			}
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		in    string
		comma bool
		want  float64
	}{{"1,200.50", false, 1200.5}, {"1.200,50", true, 1200.5}, {"1.200,50", false, 1200.5}, {"$1,200", false, 1200}, {"42,000 lbs", false, 42000}, {"-10°F", false, -10},
		{"38.5", false, 38.5}, {"38,5", false, 38.5}, {"1.234", true, 1234}, {"1 250,5", true, 1250.5}, {"1'250", false, 1250}, {"0", false, 0}, {"12 plts", false, 12}} {
		if got, err := parseNumber(c.in, c.comma); err != nil || got != c.want {
			t.Errorf("%q: got %v (%v), want %v", c.in, got, err, c.want)
		}
	}
	for _, bad := range []string{"abc", "", "-", "1-2", "12 x 34", "See 5"} {
		if n, err := parseNumber(bad, false); err == nil {
			t.Errorf("%q was read as %v", bad, n)
		}
	}
}

func FuzzParseWhen(f *testing.F) {
	for _, s := range []string{"11/23/26 2:30p", "2026-11-23T14:30:15-06:00", "23. März 2026", "46349.6", "14:30 UTC-6", "11/23/2026 0800-1200", "0001-01-01", "24:00 1/1"} {
		f.Add(s, byte(0))
	}
	orders := []Order{"", MonthFirst, DayFirst, YearFirst}
	f.Fuzz(func(t *testing.T, s string, o byte) {
		rules := dateRules{order: orders[int(o)%len(orders)], received: received}
		w, err := parseWhen(s, rules)
		if err != nil && !w.IsZero() {
			t.Fatalf("%q is a fault and a time %v", s, w)
		}
		if year := w.Wall().Year(); !w.IsZero() && (year < 1969 || year > 2101) {
			t.Fatalf("%q was read as the year %d", s, year)
		}
		if !w.IsZero() && w.Basis != freight.InZone && w.Written == "" {
			if again, err := parseWhen(w.String(), rules); err != nil || again.Sec != w.Sec {
				t.Fatalf("%q: %q read again is %q (%v)", s, w, again, err)
			}
		}
		_, _, _ = parseSpan(s, rules)
		_, _ = parseClock(s)
		_, _ = parseNumber(s, o%2 == 0)
	})
}
