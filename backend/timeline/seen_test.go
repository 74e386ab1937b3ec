package timeline

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

func seenAt(at freight.When, lat, lon float64) freight.Claim {
	return freight.Claim{Fact: freight.FactPosition, At: at, Value: freight.Value{Place: freight.Place{Lat: lat, Lon: lon}}}
}

func degrees(at freight.When, f float64, unit string) freight.Claim {
	return freight.Claim{Fact: freight.FactTemperature, At: at, Value: freight.Value{Num: f, Has: 1, Unit: unit}}
}

func noLonger(c freight.Claim) freight.Claim {
	c.Value = freight.Value{None: true}
	return c
}

func TestTrailKeepsTheNewestFixOfFiveMinutes(t *testing.T) {
	got := fold(plan(),
		says(p44, clockAt(15, 0), seenAt(instant(14, 51), 33, -97)),
		says(p44, clockAt(15, 1), seenAt(instant(14, 54), 33.1, -97.1)),
		says(carrier, clockAt(15, 2), seenAt(instant(14, 52), 33.2, -97.2)),
		says(p44, clockAt(14, 0), seenAt(instant(13, 59), 32.9, -96.9)),
		says(p44, clockAt(15, 3), seenAt(instant(15, 0), 0, 0), degrees(instant(15, 0), 20, "F")),
		says(p44, clockAt(15, 4), freight.Claim{Fact: freight.FactPosition, At: instant(15, 4), Value: freight.Value{Place: city("Denver", "CO")}}))
	want := []struct {
		at  time.Time
		lat float32
		by  freight.Source
	}{{clockAt(13, 59), 32.9, p44}, {clockAt(14, 52), 33.2, carrier}, {clockAt(14, 54), 33.1, p44}}
	if len(got.Trail) != len(want) {
		t.Fatalf("trail %+v", got.Trail)
	}
	for i, w := range want {
		if f := got.Trail[i]; f.At != w.at.Unix() || f.Lat != w.lat || got.Tellers[f.By] != w.by {
			t.Errorf("fix %d is %+v by %v, want %+v", i, f, got.Tellers[f.By], w)
		}
	}
	if p := got.Position; !p.Coarse || p.Place.Lat != 39.74 || p.Place.City != "Denver" {
		t.Errorf("position %+v, want the middle of Denver", p)
	}
	if len(got.Readings) != 1 || got.Readings[0].F != 20 {
		t.Errorf("readings %+v", got.Readings)
	}
}

func TestReadings(t *testing.T) {
	obs := []freight.Observation{plan(), says(p44, clockAt(9, 59), degrees(instant(9, 59), 12, "")),
		says(carrier, clockAt(9, 0), degrees(instant(8, 0), -20, "C"), noLonger(degrees(instant(8, 30), 0, "")))}
	for i := range 6 {
		obs = append(obs, says(p44, clockAt(10+i, 0), degrees(instant(10+i, 0), float64(i), "F")))
	}
	again := says(p44, clockAt(15, 30), degrees(instant(15, 0), 7, "F")) // a correction of the last
	got := fold(append(obs, again)...)
	var fs []float32
	for _, r := range got.Readings {
		fs = append(fs, r.F)
	}
	if want := []float32{-4, 2, 3, 4, 7}; !slices.Equal(fs, want) {
		t.Errorf("readings %v, want %v", fs, want)
	}
	if got.Readings[4].Observation != again.ID {
		t.Error("the last reading should be the corrected one")
	}
}

func TestWhatWasTakenBackLeavesTheTrail(t *testing.T) {
	fix := says(p44, clockAt(15, 0), seenAt(instant(14, 51), 33, -97))
	other := says(p44, clockAt(16, 0), seenAt(instant(15, 51), 34, -98))
	undo := says(p44, clockAt(16, 30))
	undo.Retracts = other.ID
	undo.ID = undo.Identify()
	none := says(p44, clockAt(16, 10), noLonger(seenAt(instant(14, 51), 0, 0)))
	silent := says(p44, clockAt(15, 1), noLonger(seenAt(freight.When{}, 0, 0)))
	for _, tt := range []struct {
		name string
		obs  []freight.Observation
		want int
	}{
		{"both", []freight.Observation{fix, other}, 2},
		{"undone", []freight.Observation{fix, other, undo}, 1},
		{"taken back by its source", []freight.Observation{fix, other, none}, 1},
		{"no longer told, which undoes nothing", []freight.Observation{fix, other, silent}, 2},
		{"all", []freight.Observation{fix, other, undo, none}, 0},
	} {
		if got := fold(tt.obs...).Trail; len(got) != tt.want {
			t.Errorf("%s: trail %+v, want %d fixes", tt.name, got, tt.want)
		}
	}
}

// A wall clock is read in the zone of its stop, else of its place, else in that of all stops; else it counts when it was told.
func TestTrailOfWallClocks(t *testing.T) {
	inDenver := seenAt(wall(23, 10, 0), 39.7, -104.9)
	inDenver.Value.Place.City = "Denver"
	atStop := seenAt(wall(23, 10, 0), 32.8, -96.8)
	atStop.Subject = freight.Stop(1)
	nowhere := seenAt(wall(23, 10, 0), 35, -99)
	oneZone := says(tms, clockAt(0, 0), stopIs(1, "pickup", city("Dallas", "TX"))...)
	for _, tt := range []struct {
		name  string
		plan  freight.Observation
		claim freight.Claim
		want  time.Time
	}{
		{"zone of the place", plan(), inDenver, clockAt(17, 0)},
		{"zone of the stop", plan(), atStop, clockAt(16, 0)},
		{"zone of all stops", oneZone, nowhere, clockAt(16, 0)},
		{"no zone", plan(), nowhere, clockAt(18, 5)},
	} {
		got := fold(tt.plan, says(p44, clockAt(18, 5), tt.claim)).Trail
		if len(got) != 1 || got[0].At != tt.want.Unix() {
			t.Errorf("%s: trail %+v, want one fix at %v (%d)", tt.name, got, tt.want, tt.want.Unix())
		}
	}
}

// genPings are observations that together tell hundreds of fixes and readings, many of them in the same slots.
func genPings(t *rapid.T) []freight.Observation {
	seed := rapid.Uint64().Draw(t, "seed")
	rnd := rand.New(rand.NewPCG(seed, 2))
	span := rapid.SampledFrom([]int{30, 300, 3000}).Draw(t, "minutes")
	obs := make([]freight.Observation, rapid.IntRange(1, 12).Draw(t, "observations"))
	for i := range obs {
		o := &obs[i]
		o.Source = []freight.Source{tms, p44, kites, carrier}[rnd.IntN(4)]
		o.ReceivedAt, o.StatedAt = clockAt(0, rnd.IntN(4)), clockAt(0, rnd.IntN(4))
		for range rnd.IntN(70) {
			at := freight.At(clockAt(0, rnd.IntN(span)))
			if rnd.IntN(6) == 0 {
				at.Basis = freight.Local
			}
			c := seenAt(at, 30+float64(rnd.IntN(3)), -97)
			if rnd.IntN(4) == 0 {
				c = degrees(at, float64(rnd.IntN(3)), "F")
			}
			if rnd.IntN(8) == 0 {
				c = noLonger(c)
			}
			o.Claims = append(o.Claims, c)
		}
		o.ID = o.Identify()
	}
	return obs
}

func TestSeenDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		obs := genPings(t)
		all := Collect(obs)
		order := shuffledTwice(t, obs)
		same(t, "state", Collect(order), all)
		var s State
		for _, o := range order {
			before, kept := s, s.Summary.Seen.clone()
			s, _ = Add(s, o)
			if seen := before.Summary.Seen; !slices.Equal(seen.Fixes, kept.Fixes) || !slices.Equal(seen.Readings, kept.Readings) || !slices.Equal(seen.Walls, kept.Walls) {
				t.Fatal("the old state changed")
			}
		}
		same(t, "one at a time", s, all)
		data, _ := EncodeState(s)
		back, err := DecodeState(data)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "read back", back, s)
		same(t, "fixes", seenFixes(all.Summary.Seen), plainFixes(obs))
	})
}

type plainFix struct {
	At     int64
	Lat    float32
	Source freight.Source
}

func seenFixes(s Seen) (out []plainFix) {
	for _, f := range s.Fixes {
		out = append(out, plainFix{f.At, f.Lat, s.Tellers[f.By]})
	}
	return out
}

// plainFixes says in the simplest way what the fixes are: the greatest of each slot, of those the newest.
func plainFixes(obs []freight.Observation) (out []plainFix) {
	type told struct {
		freight.Fix
		source freight.Source
	}
	type slot struct {
		source freight.Source
		n      int64
	}
	best := map[slot]told{}
	for _, o := range obs {
		for _, c := range o.Claims {
			if c.Fact != freight.FactPosition || c.At.Basis != freight.Instant {
				continue
			}
			f := told{freight.Fix{At: c.At.Sec, Received: o.ReceivedAt.Unix(), Lat: float32(c.Value.Place.Lat), Observation: o.ID}, o.Source}
			key := slot{o.Source, c.At.Sec / 300}
			if old, ok := best[key]; !ok || compareFixes(old.Fix, f.Fix) <= 0 {
				best[key] = f
			}
		}
	}
	var all []told
	for _, f := range best {
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b told) int { return compareFixes(a.Fix, b.Fix) })
	for _, f := range all[max(0, len(all)-mostFixes):] {
		out = append(out, plainFix{f.At, f.Lat, f.source})
	}
	return out
}
