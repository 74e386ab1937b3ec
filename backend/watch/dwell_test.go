package watch

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestDwell(t *testing.T) {
	// Arrived 05:00, window from 05:00: asked at 05:30, warned at 06:15, free time ends at 07:00.
	asked, warned := "stop.notLoaded/1 waiting watch", "detention.running/1 waiting watch"
	long := []string{"stop.notLoaded/1 verify minor", "detention.running/1 verify minor", "dwell.extended/1 verify minor"}
	early := func(l *trip) { l.Stops[0].Arrived = happened(freight.FactArrived, central(3, 0)) }
	moments(t, []moment{
		{"just in", atMemphis(), central(5, 29), nil},
		{"30 min", atMemphis(), central(5, 30), []string{asked}},
		{"a minute before the warning", atMemphis(), central(6, 14), []string{asked}},
		{"45 min before free time ends", atMemphis(), central(6, 15), []string{asked, warned}},
		{"a minute before 2 h", atMemphis(), central(6, 59), []string{asked, warned}},
		{"2 h", atMemphis(), central(7, 0), long},
		{"who comes early waits at his own cost", changed(atMemphis(), early), central(5, 29), nil},
		{"and from the window's start", changed(atMemphis(), early), central(7, 0), long},
		{"loaded", changed(atMemphis(), func(l *trip) { l.Stops[0].Loaded = happened(freight.FactLoaded, central(5, 20)) }), central(9, 0), nil},
		{"a day without a time starts no clock", changed(atMemphis(), func(l *trip) { l.Stops[0].Arrived.Claims[0].DayOnly = true }), central(9, 0), nil},
	})
	l, rules := atMemphis().stand(time.Hour).drive(littleRock), DefaultRules()
	if got := found(moving(t, l.Timeline, nil, l.at, &rules)); slices.ContainsFunc(got, func(s string) bool { return slices.Contains(long, s) }) {
		t.Errorf("a truck seen away dwells on: %q", got)
	}
}

func TestDetention(t *testing.T) {
	late := func(l *trip) { l.Stops[0].Arrived = happened(freight.FactArrived, central(6, 1)) }
	cases := []struct {
		name   string
		change func(*trip, *freight.Around, *Rules)
		now    time.Time
		want   string // level and severity; empty: nothing
		input  string
	}{
		{"the facility's free time", func(_ *trip, a *freight.Around, _ *Rules) {
			a.Facilities = []*freight.FacilityFile{{FreeTime: time.Hour}}
		}, central(6, 0), "verify minor", "freeTimeBy facility"},
		{"no file on the place", func(_ *trip, a *freight.Around, _ *Rules) { a.Facilities = make([]*freight.FacilityFile, 2) }, central(7, 0), "verify minor", "rate 75 USD an hour, each quarter hour begun"},
		{"from arrival", func(l *trip, _ *freight.Around, r *Rules) {
			l.Stops[0].Arrived, r.DetentionClock = happened(freight.FactArrived, central(3, 0)), "arrival"
		}, central(5, 0), "verify minor", "clockStart Mon 23 Nov 03:00 CST"},
		{"from the appointment", func(l *trip, _ *freight.Around, r *Rules) {
			r.DetentionClock = "appointment"
			late(l)
			r.LateForfeits = false
		}, central(7, 0), "verify minor", "amountFrom Mon 23 Nov 07:00 CST"},
		{"who comes late forfeits", func(l *trip, _ *freight.Around, _ *Rules) { late(l) }, central(8, 1), "waiting watch", "lateForfeits yes"},
		{"and is not warned of", func(l *trip, _ *freight.Around, _ *Rules) { late(l) }, central(8, 0), "", ""},
		{"in the minute of the end he is in time", func(l *trip, _ *freight.Around, _ *Rules) {
			l.Stops[0].Arrived = happened(freight.FactArrived, central(6, 0))
		}, central(8, 0), "verify minor", "lateForfeits no"},
		{"unless the desk says otherwise", func(l *trip, _ *freight.Around, r *Rules) { late(l); r.LateForfeits = false }, central(8, 1), "verify minor", "lateForfeits no"},
		{"a relay has none", func(l *trip, _ *freight.Around, _ *Rules) { l.Stops[0].Kind = "relay" }, central(9, 0), "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l, around, rules := atMemphis(), &freight.Around{}, DefaultRules()
			c.change(l, around, &rules)
			got, inputs := "", ""
			for _, f := range moving(t, l.Timeline, around, c.now, &rules).Findings {
				if f.Kind != "detention.running" {
					continue
				}
				got = string(f.Level) + " " + string(f.Severity)
				for _, in := range f.Inputs {
					inputs += in.Name + " " + in.Value + "\n"
				}
			}
			if got != c.want || !strings.Contains(inputs, c.input) {
				t.Errorf("%q, want %q; inputs\n%s", got, c.want, inputs)
			}
		})
	}
}
