package watch

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestAppointmentUnset(t *testing.T) {
	planned := func(l *freight.Timeline) {
		l.State, l.Stops[0].Arrived, l.Stops[0].Departed, l.LastNews = freight.Planned, nil, nil, nil
		l.FirstAt = central(-100, 0)
		l.Stops[0].Window = freight.Window{Start: central(80, 0), End: central(90, 0)}
		l.Stops[1].Window = freight.Window{}
	}
	none := func(l *freight.Timeline, _ *freight.Around) { l.Stops[1].Window = freight.Window{} }
	weekdays, err := freight.ParseHours("Mon-Fri 07:00-15:00")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"appointment.unset/2 waiting minor"}
	table(t, []row{
		{"under way", none, central(10, 0), want},
		{"under way, the truck is there", func(l *freight.Timeline, _ *freight.Around) {
			l.Stops[1].Window, l.Stops[1].Arrived = freight.Window{}, happened(freight.FactArrived, central(9, 50))
		}, central(10, 0), nil},
		{"a relay needs none", func(l *freight.Timeline, _ *freight.Around) {
			l.Stops[1].Window, l.Stops[1].Kind = freight.Window{}, "relay"
		}, central(10, 0), nil},
		{"planned, more than a day ahead", func(l *freight.Timeline, _ *freight.Around) { planned(l) }, central(55, 59), []string{"appointment.unset/2 onPlan watch"}},
		{"planned, a day ahead", func(l *freight.Timeline, _ *freight.Around) { planned(l) }, central(56, 0), want},
		{"planned, no window at all", func(l *freight.Timeline, _ *freight.Around) {
			planned(l)
			l.Stops[0].Window = freight.Window{}
		}, central(56, 0), []string{"appointment.unset/1 onPlan watch", "appointment.unset/2 onPlan watch"}},
		{"first come with hours on file", func(l *freight.Timeline, a *freight.Around) {
			none(l, a)
			l.Stops[1].ApptType, a.Facilities[1] = "fcfs", &freight.FacilityFile{Hours: weekdays}
		}, central(10, 0), nil},
		{"first come without hours", func(l *freight.Timeline, a *freight.Around) {
			none(l, a)
			l.Stops[1].ApptType = "fcfs"
		}, central(10, 0), want},
		{"on hold", func(l *freight.Timeline, a *freight.Around) { none(l, a); l.State = freight.OnHold }, central(10, 0), nil},
	})
	l := load()
	l.Stops[1].Window = freight.Window{}
	l.Stops[1].WindowsOf = []freight.ToldWindow{{Provenance: by(tmsSource, central(0, 0)), Note: "zone unknown: 2026-11-23T14:00:00"}}
	v := evaluate(l, central(10, 0))
	if want := "Delivery at Dallas, TX has an appointment that cannot be placed in time: its zone is not known"; v.Attention.Why != want || v.Findings[0].Next.Act != "correct" {
		t.Errorf("%+v", v.Findings[0])
	}
}

func TestAppointmentInThePast(t *testing.T) {
	told := func(at time.Time, before ...freight.ToldWindow) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			s := &l.Stops[1]
			s.Window = freight.Window{Start: central(10, 0), End: central(12, 0)}
			s.WindowsOf = []freight.ToldWindow{window(tmsSource, at, central(10, 0), central(12, 0))}
			s.History = append(before, s.WindowsOf...)
			l.LastNews.At = at
		}
	}
	other := window(tmsSource, central(1, 0), central(17, 0), central(18, 0))
	late := "appointment.missed/2 actNow major"
	table(t, []row{
		{"told at its end", told(central(12, 0), other), central(12, 1), []string{late}},
		{"moved into the past", told(central(12, 1), other), central(12, 1), []string{late, "appointment.past/2 verify minor"}},
		{"a first window told a little late", told(central(16, 0)), central(12, 1), []string{late}},
		{"a first window of long ago", told(central(16, 1)), central(12, 1), []string{late, "appointment.past/2 verify minor"}},
		{"another source gave another", told(central(12, 30), window(carrier, central(1, 0), central(17, 0), central(18, 0))), central(12, 1), []string{late}},
		{"moved when the truck was there", func(l *freight.Timeline, a *freight.Around) {
			told(central(12, 1), other)(l, a)
			l.Stops[1].Arrived = happened(freight.FactArrived, central(11, 0))
		}, central(12, 1), nil},
		{"delivery before pickup", func(l *freight.Timeline, _ *freight.Around) {
			l.Stops[1].Window = freight.Window{Start: central(5, 0), End: central(7, 59)}
		}, central(6, 0), []string{"appointment.past/2 verify minor"}},
		{"delivery at the pickup's start", func(l *freight.Timeline, _ *freight.Around) {
			l.Stops[1].Window = freight.Window{Start: central(5, 0), End: central(8, 0)}
		}, central(6, 0), nil},
	})
}
