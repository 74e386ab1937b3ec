package timeline

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestWallClockTimesBecomeInstants(t *testing.T) {
	cases := []struct {
		name  string
		zone  string
		when  freight.When
		want  string // in UTC, "" when it cannot be told
		basis string
	}{
		{"plain winter", "America/Chicago", freight.Wall(2026, 11, 23, 14, 0, 0), "2026-11-23T20:00:00Z", "local America/Chicago (stated)"},
		{"plain summer", "America/Chicago", freight.Wall(2026, 7, 1, 14, 0, 0), "2026-07-01T19:00:00Z", "local America/Chicago (stated)"},
		{"last minute before the gap", "America/Chicago", freight.Wall(2026, 3, 8, 1, 59, 0), "2026-03-08T07:59:00Z", "local America/Chicago (stated)"},
		{"in the gap: the offset before the change", "America/Chicago", freight.Wall(2026, 3, 8, 2, 30, 0), "2026-03-08T08:30:00Z", "local America/Chicago (stated) · skipped that night"},
		{"first minute after the gap", "America/Chicago", freight.Wall(2026, 3, 8, 3, 0, 0), "2026-03-08T08:00:00Z", "local America/Chicago (stated)"},
		{"twice: the first", "America/Chicago", freight.Wall(2026, 11, 1, 1, 30, 0), "2026-11-01T06:30:00Z", "local America/Chicago (stated) · twice that night"},
		{"before the overlap", "America/Chicago", freight.Wall(2026, 11, 1, 0, 59, 0), "2026-11-01T05:59:00Z", "local America/Chicago (stated)"},
		{"after the overlap", "America/Chicago", freight.Wall(2026, 11, 1, 2, 0, 0), "2026-11-01T08:00:00Z", "local America/Chicago (stated)"},
		{"half an hour of change", "Australia/Lord_Howe", freight.Wall(2026, 4, 5, 1, 45, 0), "2026-04-04T14:45:00Z", "local Australia/Lord_Howe (stated) · twice that night"},
		{"half-hour zone", "Asia/Kolkata", freight.Wall(2026, 11, 1, 1, 30, 0), "2026-10-31T20:00:00Z", "local Asia/Kolkata (stated)"},
		{"no clock change", "America/Phoenix", freight.Wall(2026, 11, 1, 1, 30, 0), "2026-11-01T08:30:00Z", "local America/Phoenix (stated)"},
		{"zone of its own", "America/Chicago", freight.WallIn("America/Denver", 2026, 11, 23, 14, 0, 0), "2026-11-23T21:00:00Z", "zone America/Denver"},
		{"fixed offset of its own", "America/Chicago", freight.WallIn("UTC-05:00", 2026, 7, 1, 14, 0, 0), "2026-07-01T19:00:00Z", "zone UTC-05:00"},
		{"zone of its own that is none", "America/Chicago", freight.WallIn("Mars/Base", 2026, 7, 1, 14, 0, 0), "", "zone Mars/Base is not known"},
		{"offset", "America/Chicago", freight.At(time.Date(2026, 7, 1, 14, 0, 0, 0, time.FixedZone("", -7*3600))), "2026-07-01T21:00:00Z", "offset"},
		{"day only: its end", "America/Chicago", freight.Day(2026, 11, 23), "2026-11-24T05:59:59Z", "day only America/Chicago (stated)"},
		{"day only of 25 hours", "America/Chicago", freight.Day(2026, 11, 1), "2026-11-02T05:59:59Z", "day only America/Chicago (stated)"},
		{"zone unknown", "", freight.Wall(2026, 11, 23, 14, 0, 0), "", "local, zone unknown"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			claims := append(stopIs(1, "delivery", freight.Place{City: "Somewhere", Zone: c.zone}), happened(1, freight.FactArrived, c.when))
			got := fold(says(tms, clockAt(0, 0), claims...)).Stops[0].Arrived
			if c.want == "" {
				if !got.At.IsZero() || got.Claims[0].Written == "" {
					t.Errorf("at %v, written %q: want none, with the words kept", got.At, got.Claims[0].Written)
				}
			} else {
				wantTime(t, "arrived", got.At, c.want)
			}
			if got.Claims[0].Basis != c.basis {
				t.Errorf("basis %q, want %q", got.Claims[0].Basis, c.basis)
			}
			if got.Claims[0].DayOnly != (c.when.Basis == freight.DayOnly) {
				t.Errorf("day only = %v", got.Claims[0].DayOnly)
			}
		})
	}
}

// Every minute of the days around all clock changes of a year is read as a clock would show it, or marked.
func TestEveryMinuteAroundClockChanges(t *testing.T) {
	for _, zone := range []string{"America/Chicago", "America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Phoenix", "Asia/Kolkata"} {
		c := newClock(zone, "")
		for _, from := range []time.Time{time.Date(2026, 3, 6, 0, 0, 0, 0, time.UTC), time.Date(2026, 10, 30, 0, 0, 0, 0, time.UTC)} {
			for m := 0; m < 4*24*60; m++ {
				wall := from.Unix() + int64(m)*60
				sec, mark := c.instant(wall)
				shown := time.Unix(sec, 0).In(c.loc)
				_, off := shown.Zone()
				if again := sec+int64(off) == wall; again == (mark == skippedThatNight) {
					t.Fatalf("%s %v is %v, marked %q", zone, time.Unix(wall, 0).UTC(), shown, mark)
				}
			}
		}
	}
}

func TestDayOnlyIsNeverMidnight(t *testing.T) {
	got := fold(says(tms, clockAt(0, 0), append(stopIs(1, "delivery", city("Dallas", "TX")), window(1, freight.Day(2026, 11, 23), freight.Day(2026, 11, 24)))...))
	w := got.Stops[0].Window
	wantTime(t, "start", w.Start, "2026-11-23T06:00:00Z")
	wantTime(t, "end", w.End, "2026-11-25T05:59:59Z")
	if !w.DayOnly {
		t.Error("the window was given as days")
	}
}

func TestExactTimeRefinesADay(t *testing.T) {
	obs := []freight.Observation{plan(),
		says(driver, clockAt(21, 0), happened(2, freight.FactDelivered, freight.Day(2026, 11, 23))),
		says(carrier, clockAt(22, 0), happened(2, freight.FactDelivered, wall(23, 13, 5)))}
	got := fold(obs...).Stops[1].Delivered
	wantTime(t, "delivered", got.At, "2026-11-23T20:05:00Z")
	if got.Source != carrier || !got.Agree {
		t.Errorf("source %v, agree %v", got.Source, got.Agree)
	}
	obs[2] = says(carrier, clockAt(22, 0), happened(2, freight.FactDelivered, wall(22, 13, 5)))
	got = fold(obs...).Stops[1].Delivered
	if got.Source != driver || got.Agree || !got.Claims[0].DayOnly {
		t.Errorf("source %v, agree %v: another day does not refine", got.Source, got.Agree)
	}
}

func TestAddressCorrectionMovesEveryTime(t *testing.T) {
	obs := []freight.Observation{plan(), says(carrier, clockAt(14, 0), happened(1, freight.FactArrived, wall(23, 8, 30)))}
	before := fold(obs...)
	wantTime(t, "arrived", before.Stops[0].Arrived.At, "2026-11-23T14:30:00Z")
	after := fold(append(obs, says(user, clockAt(15, 0), stopIs(1, "pickup", city("Denver", "CO"))...))...)
	wantTime(t, "arrived", after.Stops[0].Arrived.At, "2026-11-23T15:30:00Z")
	wantTime(t, "window", after.Stops[0].Window.End, "2026-11-23T17:00:00Z")
	wantTime(t, "original", after.Stops[0].Original.End, "2026-11-23T17:00:00Z")
}

func TestLocalTimeWithoutZoneStaysUnresolved(t *testing.T) {
	got := fold(says(tms, clockAt(0, 0), append(stopIs(1, "pickup", city("Nowhere", "")), window(1, wall(23, 8, 0), freight.When{}), happened(1, freight.FactArrived, wall(23, 8, 0)))...))
	stop := got.Stops[0]
	if stop.Zone != "" || !stop.Window.IsZero() || !stop.Arrived.At.IsZero() || stop.Arrived.Claims[0].Written != "2026-11-23T08:00:00" {
		t.Errorf("%+v", stop)
	}
	if len(stop.History) != 1 || stop.History[0].Note == "" {
		t.Errorf("history %+v keeps no words", stop.History)
	}
}

func TestMidnight(t *testing.T) {
	read := func(s string) freight.When {
		w, err := freight.ParseWhen(s)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	for _, tt := range []struct {
		when string
		want bool
	}{
		{"2026-11-23T00:00:00", true},
		{"2026-11-23T00:00:01", false},
		{"2026-11-23T00:01:00", false},
		{"2026-11-23", false},
		{"2026-11-23T00:00:00Z", true},       // as written
		{"2026-11-23T06:00:00Z", true},       // in Dallas
		{"2026-07-23T05:00:00Z", true},       // in Dallas in summer
		{"2026-07-23T06:00:00Z", false},      // one o'clock there
		{"2026-11-23T00:00:00-05:00", true},  // as written
		{"2026-11-23T12:00:00-06:00", false}, // noon
	} {
		got := fold(plan(), says(carrier, clockAt(15, 0), happened(1, freight.FactArrived, read(tt.when)))).Stops[0].Arrived.Claims[0]
		if got.Midnight != tt.want {
			t.Errorf("%s: midnight %v, want %v", tt.when, got.Midnight, tt.want)
		}
	}
}
