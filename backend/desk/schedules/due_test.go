package schedules

import (
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestDueInstants(t *testing.T) {
	const thanksgiving = "11 fourth Thu, 12-25"
	for name, c := range map[string]struct {
		time, days, zone, holidays string
		after, until               string
		want                       []string
	}{
		"a working week, none on Saturday and Sunday": {"07:30", "Mon-Fri", "America/Chicago", "", "2026-11-06T00:00:00Z", "2026-11-10T23:00:00Z",
			[]string{"2026-11-06T07:30:00-06:00", "2026-11-09T07:30:00-06:00", "2026-11-10T07:30:00-06:00"}},
		"the instant itself is due, the one before is over": {"07:30", "daily", "America/Chicago", "", "2026-11-09T13:30:00Z", "2026-11-10T13:30:00Z", []string{"2026-11-10T07:30:00-06:00"}},
		"a holiday is left out": {"07:30", "Mon-Fri", "America/Chicago", thanksgiving, "2026-11-25T00:00:00Z", "2026-11-28T00:00:00Z",
			[]string{"2026-11-25T07:30:00-06:00", "2026-11-27T07:30:00-06:00"}},
		"summer time begins: the same clock, an hour earlier": {"07:30", "daily", "America/Chicago", "", "2026-03-07T00:00:00Z", "2026-03-08T23:00:00Z",
			[]string{"2026-03-07T07:30:00-06:00", "2026-03-08T07:30:00-05:00"}},
		"a time that is skipped is due when the clock jumps": {"02:30", "daily", "America/Chicago", "", "2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z",
			[]string{"2026-03-08T03:00:00-05:00", "2026-03-09T02:30:00-05:00"}},
		"a time that comes twice is due the first time, once": {"01:30", "daily", "America/Chicago", "", "2026-10-31T12:00:00Z", "2026-11-02T12:00:00Z",
			[]string{"2026-11-01T01:30:00-05:00", "2026-11-02T01:30:00-06:00"}},
		"summer time ends: the same clock, an hour later": {"07:30", "daily", "Europe/Warsaw", "", "2026-10-24T00:00:00Z", "2026-10-25T23:00:00Z",
			[]string{"2026-10-24T07:30:00+02:00", "2026-10-25T07:30:00+01:00"}},
		"a clock that jumps at midnight": {"00:15", "daily", "America/Santiago", "", "2026-09-05T12:00:00Z", "2026-09-07T12:00:00Z",
			[]string{"2026-09-06T01:00:00-03:00", "2026-09-07T00:15:00-03:00"}},
		"half an hour of summer time": {"02:15", "daily", "Australia/Lord_Howe", "", "2026-10-03T00:00:00Z", "2026-10-04T12:00:00Z",
			[]string{"2026-10-04T02:30:00+11:00"}},
		"no summer time at all": {"07:30", "Sun", "America/Phoenix", "", "2026-03-07T00:00:00Z", "2026-03-09T00:00:00Z", []string{"2026-03-08T07:30:00-07:00"}},
		"days that wrap":        {"23:00", "Sat-Mon", "UTC", "", "2026-11-20T00:00:00Z", "2026-11-25T00:00:00Z", []string{"2026-11-21T23:00:00Z", "2026-11-22T23:00:00Z", "2026-11-23T23:00:00Z"}},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := rhythmOf(&Schedule{Time: c.time, Days: c.days}, c.zone, c.holidays)
			if err != nil {
				t.Fatal(err)
			}
			got := r.due(at(t, c.after), at(t, c.until))
			if len(got) != len(c.want) {
				t.Fatalf("got %v, want %v", got, c.want)
			}
			for i := range got {
				if !got[i].Equal(at(t, c.want[i])) {
					t.Errorf("got %v, want %v", got[i], c.want[i])
				}
			}
		})
	}
}

func TestWhatIsNoRhythm(t *testing.T) {
	for name, s := range map[string]Schedule{
		"no time":      {Time: "25:00", Days: "daily", Zone: "UTC"},
		"no day":       {Time: "07:30", Days: "Someday", Zone: "UTC"},
		"no zone":      {Time: "07:30", Days: "daily"},
		"unknown zone": {Time: "07:30", Days: "daily", Zone: "Nowhere/Land"},
	} {
		if _, err := rhythmOf(&s, s.Zone, ""); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	r, err := rhythmOf(&Schedule{Time: "07:30", Days: "Thu"}, "UTC", "01 first Thu")
	if err != nil {
		t.Fatal(err)
	}
	if got := r.next(at(t, "2026-01-01T00:00:00Z")); !got.Equal(at(t, "2026-01-08T07:30:00Z")) {
		t.Errorf("next after a holiday is %v", got)
	}
}

// However often and whenever it is looked, every due instant comes up once, and next is the first of them.
func TestDueComesUpOnceHoweverOftenItIsLooked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom([]string{"America/Chicago", "Europe/Warsaw", "Australia/Lord_Howe", "America/Phoenix", "Pacific/Apia"}).Draw(t, "zone")
		s := Schedule{Time: time.Unix(int64(rapid.IntRange(0, 1439).Draw(t, "minute"))*60, 0).UTC().Format("15:04"), Days: rapid.SampledFrom([]string{"daily", "Mon-Fri", "Sat,Sun"}).Draw(t, "days")}
		r, err := rhythmOf(&s, zone, "")
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 500*1440).Draw(t, "begin")) * time.Minute)
		looks := rapid.SliceOfN(rapid.IntRange(1, 4000), 1, 12).Draw(t, "looks")
		var got []time.Time
		last := begin
		for _, minutes := range looks {
			now := last.Add(time.Duration(minutes) * time.Minute)
			got = append(got, r.due(last, now)...)
			last = now
		}
		whole := r.due(begin, last)
		if len(whole) != len(got) {
			t.Fatalf("looked in parts %v, at once %v", got, whole)
		}
		for i := range whole {
			if !whole[i].Equal(got[i]) {
				t.Fatalf("looked in parts %v, at once %v", got, whole)
			}
		}
		if len(whole) > 0 && !r.next(begin).Equal(whole[0]) {
			t.Fatalf("next is %v, the first due %v", r.next(begin), whole[0])
		}
	})
}
