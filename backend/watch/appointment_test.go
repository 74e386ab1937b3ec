package watch

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// Zones of the trade: with and without clock changes, on whole and on half hours.
var zones = []string{"America/Chicago", "America/New_York", "America/Denver", "America/Los_Angeles", "America/Phoenix", "America/St_Johns", "America/Halifax"}

// Both nights of clock changes of 2026.
func changeNights(loc *time.Location) []time.Time {
	return []time.Time{time.Date(2026, 3, 8, 0, 0, 0, 0, loc), time.Date(2026, 11, 1, 0, 0, 0, 0, loc)}
}

// toTheMinute are the edges of the three rules, as instants from D.
var toTheMinute = []struct {
	after time.Duration
	kind  string
}{
	{-76 * time.Minute, ""}, {-75*time.Minute - time.Second, ""}, {-75 * time.Minute, "appointment.near"}, {0, "appointment.near"},
	{59 * time.Second, "appointment.near"}, {time.Minute, "appointment.missed"}, {105*time.Minute - time.Second, "appointment.missed"},
	{105 * time.Minute, "appointment.missedLate"}, {48 * time.Hour, "appointment.missedLate"},
}

// lateRuleAt is the appointment rule that speaks of a stop; empty when none does.
func lateRuleAt(t *testing.T, v freight.Verdict, stop int) string {
	t.Helper()
	kind := ""
	for _, f := range v.Findings {
		if KindOf(f.Kind).Topic == "late" && f.Stop == stop {
			if kind != "" {
				t.Fatalf("both %s and %s", kind, f.Kind)
			}
			kind = f.Kind
		}
	}
	return kind
}

// The appointment rules are exact to the minute in every zone, also in the nights of clock changes.
func TestAppointmentToTheMinute(t *testing.T) {
	for _, zone := range zones {
		loc, _ := freight.Location(zone)
		for _, day := range changeNights(loc) {
			for quarter := range 26 {
				d := day.Add(time.Duration(quarter) * 15 * time.Minute)
				l := load()
				l.Stops[0].Window, l.LastNews.At = freight.Window{}, d.UTC()
				// The seconds of D do not count.
				l.Stops[1].Zone, l.Stops[1].Window = zone, freight.Window{Start: d.Add(-time.Hour).UTC(), End: d.Add(37 * time.Second).UTC()}
				for _, at := range toTheMinute {
					if kind := lateRuleAt(t, evaluate(l, d.Add(at.after).UTC()), 2); kind != at.kind {
						t.Fatalf("%s, %v after %v: %q, want %q", zone, at.after, d, kind, at.kind)
					}
				}
			}
		}
	}
}

// The same with windows as a TMS writes them, on the clocks of the stop: D is the instant at which those clocks show it.
func TestAppointmentOnTheClocksOfTheStop(t *testing.T) {
	tms := freight.Source{Kind: freight.TMS, Account: "tms"}
	for _, zone := range zones {
		loc, _ := freight.Location(zone)
		for _, night := range changeNights(loc) {
			for quarter := range 26 {
				wall := time.Date(night.Year(), night.Month(), night.Day(), 0, 15*quarter, 0, 0, time.UTC)
				stated := night.Add(-24 * time.Hour).UTC()
				obs := []freight.Observation{{Source: tms, StatedAt: stated, ReceivedAt: stated, Names: []freight.Reference{{Type: freight.RefLoad, Value: "L1"}},
					Claims: []freight.Claim{
						{Subject: freight.Stop(1), Fact: freight.FactStopKind, Value: freight.Value{Text: "delivery"}},
						{Subject: freight.Stop(1), Fact: freight.FactPlace, Value: freight.Value{Place: freight.Place{City: "Here", Zone: zone}}},
						{Subject: freight.Stop(1), Fact: freight.FactWindow, Value: freight.Value{
							Start: freight.Wall(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), 0)}},
					}}}
				l := timeline.Fold(obs, nil, timeline.DefaultConfig())
				d := l.Stops[0].Window.End
				if shown := d.In(loc); shown.Hour()*60+shown.Minute() != 15*quarter && time.Date(2026, wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), 0, 0, loc).Hour() == wall.Hour() {
					t.Fatalf("%s: %v is shown as %v", zone, wall, shown)
				}
				for _, at := range toTheMinute {
					if kind := lateRuleAt(t, evaluate(&l, d.Add(at.after)), 1); kind != at.kind {
						t.Fatalf("%s, %v after %v: %q, want %q", zone, at.after, d.In(loc), kind, at.kind)
					}
				}
			}
		}
	}
}

// What counts as known and as done, and what never does.
func TestWhatIsKnownOfAStop(t *testing.T) {
	when := central(13, 0)
	event := func(f freight.Fact) func(*freight.Timeline) {
		return func(l *freight.Timeline) {
			s := &l.Stops[1]
			*map[freight.Fact]**freight.KnownTime{freight.FactArrived: &s.Arrived, freight.FactDeparted: &s.Departed, freight.FactLoaded: &s.Loaded,
				freight.FactUnloaded: &s.Unloaded, freight.FactPickedUp: &s.PickedUp, freight.FactDelivered: &s.Delivered}[f] = happened(f, when)
		}
	}
	cases := []struct {
		name         string
		change       func(*freight.Timeline)
		missed, late string // at D+1 min and at D+105 min
	}{
		{"nothing", func(*freight.Timeline) {}, "appointment.missed", "appointment.missedLate"},
		{"arrived", event(freight.FactArrived), "", "appointment.missedLate"},
		{"departed", event(freight.FactDeparted), "", ""},
		{"loaded", event(freight.FactLoaded), "", ""},
		{"unloaded", event(freight.FactUnloaded), "", ""},
		{"picked up", event(freight.FactPickedUp), "", ""},
		{"delivered", event(freight.FactDelivered), "", ""},
		{"arrived by the TMS only", func(l *freight.Timeline) {
			event(freight.FactArrived)(l)
			l.Stops[1].Arrived.Source = freight.Source{Kind: freight.TMS}
		}, "", "appointment.missedLate"},
		{"arrived at a time that cannot be told", func(l *freight.Timeline) {
			event(freight.FactArrived)(l)
			l.Stops[1].Arrived.At, l.Stops[1].Arrived.Claims[0].At = time.Time{}, time.Time{}
		}, "", "appointment.missedLate"},
		{"a position at the gate", func(l *freight.Timeline) {
			l.Position = &freight.Position{At: when, Place: l.Stops[1].Place}
		}, "appointment.missed", "appointment.missedLate"},
		{"a status word", func(l *freight.Timeline) {
			l.Statuses = []freight.Word{{Fact: freight.FactStatus, Text: "Delivered", Provenance: freight.Provenance{Source: carrier, StatedAt: when, ReceivedAt: when}}}
		}, "appointment.missed", "appointment.missedLate"},
		{"a load that is delivered by another stop's events", func(l *freight.Timeline) {
			l.State = freight.Delivered
		}, "appointment.missed", "appointment.missedLate"},
		{"first come", func(l *freight.Timeline) { l.Stops[1].ApptType = "fcfs" }, "appointment.missed", "appointment.missedLate"},
		{"a start only", func(l *freight.Timeline) {
			l.Stops[1].Window = freight.Window{Start: l.Stops[1].Window.End}
		}, "appointment.missed", "appointment.missedLate"},
		{"cancelled", func(l *freight.Timeline) { l.State = freight.Cancelled }, "", ""},
		{"closed", func(l *freight.Timeline) { l.State = freight.Closed }, "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := load()
			c.change(l)
			if kind := lateRuleAt(t, evaluate(l, central(14, 1)), 2); kind != c.missed {
				t.Errorf("D+1 min: %q, want %q", kind, c.missed)
			}
			if kind := lateRuleAt(t, evaluate(l, central(15, 45)), 2); kind != c.late {
				t.Errorf("D+105 min: %q, want %q", kind, c.late)
			}
		})
	}
}

// A day without a time ends with the day.
func TestAppointmentOnADay(t *testing.T) {
	l := load()
	l.Stops[1].Window = freight.Window{Start: central(0, 0), End: central(24, 0).Add(-time.Second), DayOnly: true}
	for _, c := range []struct {
		at   time.Time
		kind string
	}{{central(22, 43), ""}, {central(22, 44), "appointment.near"}, {central(23, 59), "appointment.near"}, {central(24, 0), "appointment.missed"}} {
		if kind := lateRuleAt(t, evaluate(l, c.at), 2); kind != c.kind {
			t.Errorf("%v: %q, want %q", c.at, kind, c.kind)
		}
	}
}

func TestMissedScanIsNoMissedPickup(t *testing.T) {
	l := load()
	l.Stops[0].Arrived, l.Stops[0].Departed = nil, nil
	l.Stops[1].Arrived, l.State = happened(freight.FactArrived, central(13, 0)), freight.AtDelivery
	v := evaluate(l, central(13, 5))
	if v.Attention.Level != freight.Verify || v.Attention.Rule != "appointment.missedLate" {
		t.Errorf("%+v", v.Attention)
	}
}
