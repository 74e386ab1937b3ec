package report

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
)

// Every row is computed by hand from the definition: arrival, not departure, no later than the window's end.
func TestJudge(t *testing.T) {
	morning := window("2026-11-23 08:00", "2026-11-23 12:00", chicago)
	exact := freight.Window{Start: at("2026-11-23 14:00", chicago)} // a start without an end ends at its start
	for _, c := range []struct {
		name    string
		zone    string
		w       freight.Window
		arrived *freight.KnownTime
		rules   kpi.Definition
		want    Outcome
		minutes int
	}{
		{"inside", chicago, morning, known(at("2026-11-23 10:00", chicago)), kpi.Definition{}, OnTime, 0},
		{"exactly at the end", chicago, morning, known(at("2026-11-23 12:00", chicago)), kpi.Definition{}, OnTime, 0},
		{"half a minute after", chicago, morning, known(at("2026-11-23 12:00", chicago).Add(30 * time.Second)), kpi.Definition{}, Late, 1},
		{"an hour after", chicago, morning, known(at("2026-11-23 13:00", chicago)), kpi.Definition{}, Late, 60},
		{"the end in another zone", chicago, morning, known(at("2026-11-23 13:00", newYork)), kpi.Definition{}, OnTime, 0},
		{"after the end in another zone", chicago, morning, known(at("2026-11-23 13:01", newYork)), kpi.Definition{}, Late, 1},
		{"at the edge of grace", chicago, morning, known(at("2026-11-23 12:15", chicago)), kpi.Definition{Grace: 15}, OnTime, 0},
		{"beyond grace, late from the window's end", chicago, morning, known(at("2026-11-23 12:16", chicago)), kpi.Definition{Grace: 15}, Late, 16},
		{"early is on time", chicago, morning, known(at("2026-11-23 06:00", chicago)), kpi.Definition{}, OnTime, 0},
		{"early fails where the customer says so", chicago, morning, known(at("2026-11-23 06:00", chicago)), kpi.Definition{EarlyFails: true}, Early, 120},
		{"exactly at the start", chicago, morning, known(at("2026-11-23 08:00", chicago)), kpi.Definition{EarlyFails: true}, OnTime, 0},
		{"start only, at it", chicago, exact, known(at("2026-11-23 14:00", chicago)), kpi.Definition{}, OnTime, 0},
		{"start only, after it", chicago, exact, known(at("2026-11-23 14:05", chicago)), kpi.Definition{}, Late, 5},
		{"no window", chicago, freight.Window{}, known(at("2026-11-23 14:05", chicago)), kpi.Definition{}, NotCounted, 0},
		{"no arrival", chicago, morning, nil, kpi.Definition{}, NotCounted, 0},
		{"arrival without a zone", "", morning, known(time.Time{}), kpi.Definition{}, NotCounted, 0},

		// 1 November 2026 has 25 hours in Chicago: 00:30 CDT to 02:30 CST are three hours.
		{"night of 25 hours, inside", chicago, window("2026-11-01 00:30", "2026-11-01 02:30", chicago), known(at("2026-11-01 00:30", chicago).Add(3 * time.Hour)), kpi.Definition{}, OnTime, 0},
		{"night of 25 hours, after", chicago, window("2026-11-01 00:30", "2026-11-01 02:30", chicago), known(at("2026-11-01 00:30", chicago).Add(3*time.Hour + time.Minute)), kpi.Definition{}, Late, 1},
		{"day of 25 hours, by day", chicago, days("2026-11-01", "2026-11-01", chicago), known(at("2026-11-01 23:59", chicago)), kpi.Definition{}, OnTime, 0},
		{"day of 23 hours, the minute after", chicago, days("2026-03-08", "2026-03-08", chicago), known(at("2026-03-09 00:00", chicago)), kpi.Definition{}, Late, 1},

		{"day, its last minute", phoenix, days("2026-11-22", "2026-11-23", phoenix), known(at("2026-11-23 23:59", phoenix)), kpi.Definition{}, OnTime, 0},
		{"day, half past the next midnight", phoenix, days("2026-11-22", "2026-11-23", phoenix), known(at("2026-11-24 00:30", phoenix)), kpi.Definition{}, Late, 30},
		{"day told as the next midnight", phoenix, freight.Window{Start: at("2026-11-23 00:00", phoenix), End: at("2026-11-24 00:00", phoenix), DayOnly: true, FirstDay: dayNumber("2026-11-23"), LastDay: dayNumber("2026-11-23")},
			known(at("2026-11-24 00:00", phoenix)), kpi.Definition{}, Late, 1},
		{"arrival by day, on the window's day", chicago, days("2026-11-23", "2026-11-23", chicago), knownDay("2026-11-23", chicago), kpi.Definition{}, OnTime, 0},
		{"arrival by day, the day after", chicago, days("2026-11-23", "2026-11-23", chicago), knownDay("2026-11-24", chicago), kpi.Definition{}, Late, 1440},
		{"arrival by day, the window has times", chicago, morning, knownDay("2026-11-23", chicago), kpi.Definition{}, NotCounted, 0},
		{"arrival by day, the day before", chicago, morning, knownDay("2026-11-22", chicago), kpi.Definition{}, OnTime, 0},
		{"arrival by day, two days after", chicago, morning, knownDay("2026-11-25", chicago), kpi.Definition{}, Late, 2880},
		{"arrival by day, early fails", chicago, morning, knownDay("2026-11-22", chicago), kpi.Definition{EarlyFails: true}, Early, 1440},
	} {
		s := freight.StopLine{Zone: c.zone, Arrived: c.arrived}
		got := Judge(&c.rules, freight.Delivered, &s, c.w, at("2026-12-01 00:00", chicago))
		if got.Outcome != c.want || got.Minutes != c.minutes {
			t.Errorf("%s: %s by %d min (%s), want %s by %d", c.name, got.Outcome, got.Minutes, got.Text, c.want, c.minutes)
		}
	}
}

func TestScoreLeavesOutWithACause(t *testing.T) {
	s := score([]Judgement{{Outcome: OnTime}, {Outcome: Late, Minutes: 3}, {Outcome: Early}, notCounted("no arrival time"), notCounted("no appointment"), notCounted("no arrival time"), {Outcome: OnTime}})
	if s.Words() != "2/4 = 50 %" {
		t.Errorf("%s", s.Words())
	}
	if len(s.Excluded) != 2 || s.Excluded[0] != (Excluded{"no appointment", 1}) || s.Excluded[1] != (Excluded{"no arrival time", 2}) {
		t.Errorf("%+v", s.Excluded)
	}
	if none := score(nil); none.Ratio != nil || none.Words() != "–" {
		t.Errorf("%+v", none)
	}
}

func TestPercentIsNeverAllOrNothingByRounding(t *testing.T) {
	for _, c := range []struct {
		n, of int
		want  string
	}{{0, 7, "0 %"}, {7, 7, "100 %"}, {999, 1000, "99 %"}, {1, 1000, "1 %"}, {2, 3, "67 %"}, {1, 8, "13 %"}, {9138, 10324, "89 %"}} {
		if got := percent(c.n, c.of); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.n, c.of, got, c.want)
		}
	}
}

func TestPeriodInWords(t *testing.T) {
	cal := calendar{Day{2026, time.November, 23}}
	for _, c := range []struct {
		w    freight.Window
		zone string
		want string
	}{
		{window("2026-11-23 08:00", "2026-11-23 12:00", chicago), chicago, "08:00–12:00 CST"},
		{window("2026-11-24 08:00", "2026-11-24 08:00", newYork), newYork, "Tue 24 Nov 08:00 EST"},
		{window("2026-11-23 22:00", "2026-11-24 02:00", phoenix), phoenix, "Mon 23 Nov 22:00 – Tue 24 Nov 02:00 MST"},
		{window("2026-11-01 00:30", "2026-11-01 02:30", chicago), chicago, "Sun 1 Nov 00:30 CDT – Sun 1 Nov 02:30 CST"},
		{window("2026-11-23 08:00", "2026-11-23 12:00", chicago), "", "14:00–18:00 UTC"},
		{window("2026-11-23 08:00", "2026-11-23 12:00", "America/Sao_Paulo"), "America/Sao_Paulo", "08:00–12:00 UTC-03"},
		{days("2026-11-23", "2026-11-23", chicago), chicago, "Mon 23 Nov, any time"},
		{days("2026-12-31", "2027-01-01", chicago), chicago, "Thu 31 Dec – Fri 1 Jan 2027, any time"},
		{freight.Window{End: at("2026-11-23 12:00", chicago)}, chicago, "by 12:00 CST"},
	} {
		if got := cal.period(c.w, c.zone); got.Text != c.want {
			t.Errorf("%q, want %q", got.Text, c.want)
		}
	}
	if cal.period(freight.Window{}, chicago) != nil {
		t.Error("an unknown window has words")
	}
}

func TestLengthInWords(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "under 1 min", 59 * time.Second: "under 1 min", 35 * time.Minute: "35 min", time.Hour: "1 h", 310 * time.Minute: "5 h 10 min",
		47 * time.Hour: "47 h", 48 * time.Hour: "2 days", 76 * time.Hour: "3 days 4 h",
	} {
		if got := length(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
