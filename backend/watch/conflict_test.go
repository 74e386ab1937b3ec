package watch

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func claim(source freight.Source, said, at time.Time) freight.ToldTime {
	return freight.ToldTime{At: at, Provenance: by(source, said)}
}

func TestActualTimesInConflict(t *testing.T) {
	departed := func(claims ...freight.ToldTime) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			l.Stops[0].Departed = &freight.KnownTime{At: claims[0].At, Source: claims[0].Source, Fact: freight.FactDeparted, Claims: claims}
		}
	}
	first := claim(carrier, central(9, 35), central(9, 30))
	other := func(hour, minute int) freight.ToldTime {
		return claim(platform, central(10, 40), central(hour, minute))
	}
	day := freight.ToldTime{At: central(24, 0).Add(-time.Second), DayOnly: true, Provenance: by(tmsSource, central(10, 40))}
	before := freight.ToldTime{At: central(0, 0).Add(-time.Second), DayOnly: true, Provenance: by(tmsSource, central(10, 40))}
	now := central(11, 0)
	watched, sure := []string{"source.conflict/1/departed onPlan watch"}, []string{"source.conflict/1/departed verify minor"}
	table(t, []row{
		{"14 min", departed(first, other(9, 44)), now, nil},
		{"15 min", departed(first, other(9, 45)), now, watched},
		{"an hour", departed(first, other(10, 30)), now, watched},
		{"an hour and a minute", departed(first, other(10, 31)), now, sure},
		{"earlier", departed(first, other(8, 29)), now, sure},
		{"the two furthest apart of three", departed(first, other(9, 40), claim(tmsSource, central(10, 50), central(8, 35))), now, sure},
		{"a day holds any time on it", departed(first, day), now, nil},
		{"the day before", departed(first, before), now, sure},
		{"a time that cannot be told", departed(first, claim(platform, central(10, 40), time.Time{})), now, nil},
		{"accepted by a person since", departed(claim(person, central(10, 50), central(9, 30)), other(10, 31)), now, nil},
		{"accepted by a person, who settles it among the others too", departed(claim(person, central(10, 55), central(9, 30)), first, other(10, 31)), now, nil},
		{"a person, then another source", departed(claim(person, central(9, 50), central(9, 30)), other(10, 31)), now, sure},
		{"dismissed since", func(l *freight.Timeline, a *freight.Around) {
			departed(first, other(10, 31))(l, a)
			l.Acts = []freight.Act{{Provenance: by(person, central(10, 45)), Fact: freight.FactDismissed, Type: "departed", Stop: 1}}
		}, now, nil},
		{"dismissed before the other spoke", func(l *freight.Timeline, a *freight.Around) {
			departed(first, other(10, 31))(l, a)
			l.Acts = []freight.Act{{Provenance: by(person, central(10, 30)), Fact: freight.FactDismissed, Type: "departed", Stop: 1}}
		}, now, sure},
		{"another field was dismissed", func(l *freight.Timeline, a *freight.Around) {
			departed(first, other(10, 31))(l, a)
			l.Acts = []freight.Act{{Provenance: by(person, central(10, 45)), Fact: freight.FactDismissed, Type: "arrived", Stop: 1}}
		}, now, sure},
	})
	l := load()
	departed(first, other(10, 31))(l, nil)
	f := evaluate(l, now).Findings[0]
	if want := "Sources disagree on departed Fort Worth, TX: carrier/ABCD says Mon 23 Nov 09:30 CST, project44 says Mon 23 Nov 10:31 CST"; f.Why != want {
		t.Errorf("why %q", f.Why)
	}
	if !f.Since.Equal(central(10, 40)) || f.Inputs[0] != (freight.Input{Name: "field", Value: "departed"}) {
		t.Errorf("%+v", f)
	}
}

func TestETAsInConflict(t *testing.T) {
	etas := func(claims ...freight.ToldTime) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			l.Stops[1].ETA = &freight.Estimate{At: claims[0].At, Source: claims[0].Source, StatedAt: claims[0].StatedAt, Claims: claims}
		}
	}
	accepted := claim(carrier, central(9, 0), central(13, 0))
	now := central(10, 0)
	found := []string{"source.conflict/2/eta verify minor"}
	table(t, []row{
		{"2 h apart", etas(accepted, claim(platform, central(9, 0), central(11, 0))), now, nil},
		{"2 h and a minute", etas(accepted, claim(platform, central(9, 0), central(10, 59))), now, found},
		{"said an hour and a half before the accepted", etas(accepted, claim(platform, central(7, 30), central(10, 0))), now, found},
		{"said longer before it", etas(accepted, claim(platform, central(7, 29), central(10, 0))), now, nil},
		{"said long after it", etas(accepted, claim(platform, central(9, 55), central(10, 30))), now, found},
		{"a person's later word", etas(claim(person, central(9, 50), central(13, 0)), claim(platform, central(9, 40), central(10, 30))), now, nil},
		{"arrived", func(l *freight.Timeline, a *freight.Around) {
			etas(accepted, claim(platform, central(9, 0), central(10, 0)))(l, a)
			l.Stops[1].Arrived = happened(freight.FactArrived, central(9, 50))
		}, now, nil},
	})
}

func TestWindowsInConflict(t *testing.T) {
	windows := func(list ...freight.ToldWindow) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			l.Stops[1].WindowsOf, l.Stops[1].Window = list, list[0].Window
		}
	}
	ours := window(tmsSource, central(0, 0), central(12, 0), central(14, 0))
	day := window(platform, central(1, 0), central(0, 0), central(24, 0).Add(-time.Second))
	day.DayOnly = true
	tomorrow := window(platform, central(1, 0), central(24, 0), central(48, 0).Add(-time.Second))
	tomorrow.DayOnly = true
	now := central(10, 0)
	found := []string{"source.conflict/2/appointment verify minor"}
	table(t, []row{
		{"15 min", windows(ours, window(carrier, central(1, 0), central(12, 0), central(14, 15))), now, nil},
		{"16 min", windows(ours, window(carrier, central(1, 0), central(12, 0), central(14, 16))), now, found},
		{"another start only", windows(ours, window(carrier, central(1, 0), central(8, 0), central(14, 0))), now, nil},
		{"the day of it", windows(ours, day), now, nil},
		{"another day", windows(ours, tomorrow), now, found},
		{"one that cannot be told", windows(ours, freight.ToldWindow{Provenance: by(carrier, central(1, 0)), Note: "zone unknown"}), now, nil},
		{"a person's later word", windows(window(person, central(2, 0), central(12, 0), central(14, 0)), window(carrier, central(1, 0), central(8, 0), central(9, 0))), now, nil},
	})
}

func TestAmountsInConflict(t *testing.T) {
	amount := func(agree bool, values ...string) *freight.Amount {
		a := &freight.Amount{Agree: agree}
		for i, v := range values {
			a.Claims = append(a.Claims, freight.Told{Provenance: by([]freight.Source{tmsSource, carrier, platform}[i], central(9, i)), Value: v})
		}
		return a
	}
	now := central(9, 45)
	table(t, []row{
		{"pieces agree", func(l *freight.Timeline, _ *freight.Around) { l.Stops[0].Pieces = amount(true, "20", "20") }, now, nil},
		{"pieces", func(l *freight.Timeline, _ *freight.Around) { l.Stops[0].Pieces = amount(false, "20", "19") }, now, []string{"source.conflict/1/pieces verify minor"}},
		{"weight", func(l *freight.Timeline, _ *freight.Around) {
			l.Stops[0].Weight = amount(false, "42000 LB", "42100 LB", "17000 KG")
		}, now, []string{"source.conflict/1/weight verify minor"}},
	})
	l := load()
	l.Stops[0].Weight = amount(false, "42000 LB", "42100 LB", "17000 KG")
	if f := evaluate(l, now).Findings[0]; f.Why != "Sources disagree on weight at Fort Worth, TX: tms/tms says 42000 LB, project44 says 17000 KG" {
		t.Errorf("why %q", f.Why)
	}
}
