package watch

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestFuture(t *testing.T) {
	id := freight.ObservationID{7}
	problems := func(stops ...int) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			for _, stop := range stops {
				l.Problems = append(l.Problems, freight.Problem{Kind: "future", Stop: stop, Why: "told before that time", Evidence: []freight.ObservationID{id}})
			}
			l.Stops[0].Departed.Claims[0].Observation = id
		}
	}
	now := central(9, 45)
	table(t, []row{
		{"at a stop", problems(1), now, []string{"data.future/1 verify minor"}},
		{"twice at a stop", problems(1, 1), now, []string{"data.future/1 verify minor"}},
		{"a position", problems(0), now, []string{"data.future verify minor"}},
		{"at two stops", problems(1, 2), now, []string{"data.future/1 verify minor", "data.future/2 verify minor"}},
	})
	l := load()
	problems(1)(l, nil)
	if f := evaluate(l, now).Findings[0]; !f.Since.Equal(central(9, 35)) {
		t.Errorf("since %v, want when it was received", f.Since)
	}
}

func TestSpeed(t *testing.T) {
	fix := func(minute int, lat, lon float32) freight.Fix {
		return freight.Fix{At: central(9, minute).Unix(), Received: central(9, minute+1).Unix(), Lat: lat, Lon: lon}
	}
	trail := func(fixes ...freight.Fix) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) { l.Trail, l.Tellers = fixes, []freight.Source{platform} }
	}
	now := central(10, 45)
	found := []string{"data.speed verify minor"}
	// A degree of latitude is 69 miles.
	table(t, []row{
		{"driving", trail(fix(0, 33, -97), fix(60, 34, -97)), now, nil},
		{"as fast as nobody drives", trail(fix(0, 33, -97), fix(30, 34, -97)), now, found},
		{"near, at once", trail(fix(0, 33, -97), fix(0, 33.7, -97)), now, nil},
		{"far, at once", trail(fix(0, 33, -97), fix(0, 34, -97)), now, found},
		{"there and back", trail(fix(0, 33, -97), fix(10, 40, -80), fix(20, 33, -97)), now, found},
		{"by air", func(l *freight.Timeline, a *freight.Around) {
			trail(fix(0, 33, -97), fix(30, 34, -97))(l, a)
			l.Mode.Value = "air"
		}, now, nil},
		{"named by the fold", func(l *freight.Timeline, _ *freight.Around) {
			l.Problems = []freight.Problem{{Kind: "speed", Why: "too far", Evidence: []freight.ObservationID{{7}}}, {Kind: "speed", Why: "and back", Evidence: []freight.ObservationID{{8}}}}
		}, now, found},
	})
	l := load()
	trail(fix(0, 33, -97), fix(30, 34, -97))(l, nil)
	if f := evaluate(l, now).Findings[0]; f.Why != "Positions of Mon 23 Nov 09:00 CST (project44) and Mon 23 Nov 09:30 CST (project44) lie 69 miles apart" || !f.Since.Equal(central(9, 31)) {
		t.Errorf("%+v", f)
	}
}

func TestMidnight(t *testing.T) {
	night := central(0, 0)
	at := func(claims ...freight.ToldTime) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			l.Stops[0].Arrived = &freight.KnownTime{At: claims[0].At, Fact: freight.FactArrived, Claims: claims}
		}
	}
	midnight := func(source freight.Source) freight.ToldTime {
		c := claim(source, central(9, 0), night)
		c.Midnight = true
		return c
	}
	found := []string{"data.midnight/1 verify minor"}
	now := central(9, 45)
	table(t, []row{
		{"a source that tells only midnights", at(midnight(platform)), now, found},
		{"of a source that tells times too", at(midnight(carrier)), now, found},
		{"told within the hour", at(func() freight.ToldTime {
			c := midnight(carrier)
			c.ReceivedAt = night.Add(time.Hour)
			return c
		}()), now, nil},
		{"it left an hour later", func(l *freight.Timeline, a *freight.Around) {
			at(midnight(carrier))(l, a)
			l.Stops[0].Departed = happened(freight.FactDeparted, night.Add(time.Hour))
		}, now, nil},
		{"a person's midnight", at(midnight(person)), now, nil},
		{"another source confirms it", at(midnight(platform), claim(carrier, central(9, 0), night.Add(20*time.Minute))), now, nil},
		{"another source tells the time", at(midnight(platform), claim(carrier, central(9, 0), central(8, 0))), now, found},
		{"a day is no midnight", at(freight.ToldTime{At: night, DayOnly: true, Provenance: by(platform, central(9, 0))}), now, nil},
	})
}
