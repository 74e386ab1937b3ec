package watch

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestFacilityClosed(t *testing.T) {
	hours := func(s string) *freight.FacilityFile {
		h, err := freight.ParseHours(s)
		if err != nil {
			t.Fatal(err)
		}
		return &freight.FacilityFile{Name: "Dock", Hours: h, HoursGiven: s}
	}
	// 23 November 2026 is a Monday; Thursday the 26th is Thanksgiving.
	at := func(day, from, to int, f *freight.FacilityFile, kind string) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, a *freight.Around) {
			l.Stops[1].Window, l.Stops[1].ApptType = freight.Window{Start: central(24*day+from, 0), End: central(24*day+to, 0)}, kind
			a.Facilities[1] = f
		}
	}
	week, always := "Mon-Fri 07:00-15:00", "24/7"
	closedOn := func(days ...string) *freight.FacilityFile {
		f := hours(week)
		f.Closed = days
		return f
	}
	found := []string{"facility.closed/2 verify minor"}
	now := central(10, 0)
	table(t, []row{
		{"open", at(1, 8, 10, hours(week), ""), now, nil},
		{"opens within the window", at(1, 5, 8, hours(week), ""), now, found},
		{"closes within the window", at(1, 14, 16, hours(week), ""), now, found},
		{"appointed for closing time", at(1, 15, 15, hours(week), ""), now, nil},
		{"appointed for a minute that it opens", at(1, 7, 7, hours(week), ""), now, nil},
		{"a day was told", func(l *freight.Timeline, a *freight.Around) {
			at(1, 0, 23, hours(week), "")(l, a)
			l.Stops[1].WindowsOf = []freight.ToldWindow{{Provenance: by(tmsSource, central(1, 0)), Window: freight.Window{Start: central(24, 0), End: central(47, 0), DayOnly: true}}}
		}, now, nil},
		{"window before it opens", at(1, 4, 6, hours(week), ""), now, found},
		{"window from closing time on", at(1, 15, 16, hours(week), ""), now, found},
		{"window to closing time", at(1, 14, 15, hours(week), ""), now, nil},
		{"Saturday", at(5, 8, 10, hours(week), ""), now, found},
		{"the whole weekend and Monday", at(5, 8, 60, hours(week), ""), now, nil},
		{"Saturday to Sunday", at(5, 8, 40, hours(week), ""), now, found},
		{"closed that day", at(1, 8, 10, closedOn("2026-11-24"), ""), now, found},
		{"closed another day", at(1, 8, 10, closedOn("2026-11-25"), ""), now, nil},
		{"closed on the first of two days", at(1, 8, 34, closedOn("2026-11-24"), ""), now, nil},
		{"Thanksgiving, first come", at(3, 8, 10, hours(week), "fcfs"), now, found},
		{"Thanksgiving by appointment", at(3, 8, 10, hours(week), "appointment"), now, nil},
		{"Thanksgiving where it never closes", at(3, 8, 10, hours(always), "fcfs"), now, nil},
		{"nothing on file", at(5, 8, 10, nil, ""), now, nil},
		{"the truck is there", func(l *freight.Timeline, a *freight.Around) {
			at(5, 8, 10, hours(week), "")(l, a)
			l.Stops[1].Arrived = happened(freight.FactArrived, central(9, 50))
		}, now, nil},
		{"the zone is not known", func(l *freight.Timeline, a *freight.Around) {
			at(5, 8, 10, hours(week), "")(l, a)
			l.Stops[1].Zone = ""
		}, now, nil},
		{"an ETA at night where there is no window", func(l *freight.Timeline, a *freight.Around) {
			l.Stops[1].Window, l.Stops[1].ApptType, a.Facilities[1] = freight.Window{}, "fcfs", hours(week)
			l.Stops[1].ETA = &freight.Estimate{At: central(22, 0), Claims: []freight.ToldTime{{At: central(22, 0), Provenance: by(carrier, central(9, 0))}}}
		}, now, found},
		{"an ETA at night where an appointment is still to be made", func(l *freight.Timeline, a *freight.Around) {
			l.Stops[1].Window, l.Stops[1].ApptType, a.Facilities[1] = freight.Window{}, "appointment", hours(week)
			l.Stops[1].ETA = &freight.Estimate{At: central(22, 0), Claims: []freight.ToldTime{{At: central(22, 0), Provenance: by(carrier, central(9, 0))}}}
		}, now, []string{"appointment.unset/2 waiting minor"}},
	})
}

func TestClosedSaysWhy(t *testing.T) {
	l, around := load(), &freight.Around{Facilities: make([]*freight.FacilityFile, 2)}
	h, _ := freight.ParseHours("Mon-Fri 07:00-15:00")
	around.Facilities[1] = &freight.FacilityFile{Name: "Dock", Hours: h, HoursGiven: "Mon-Fri 07:00-15:00"}
	l.Stops[1].Window = freight.Window{Start: central(18, 0), End: central(19, 0)}
	l.Stops[1].WindowsOf = []freight.ToldWindow{window(tmsSource, central(1, 0), central(18, 0), central(19, 0))}
	f := rulesOnly(l, around, central(10, 0)).Findings[0]
	if want := "Delivery window at Dallas, TX Mon 23 Nov 18:00 CST: outside its hours (Mon-Fri 07:00-15:00)"; f.Why != want {
		t.Errorf("why %q", f.Why)
	}
	if !f.Due.Equal(central(18, 0)) || !f.Since.Equal(central(1, 0)) {
		t.Errorf("since %v, due %v", f.Since, f.Due.Sub(time.Time{}))
	}
}
