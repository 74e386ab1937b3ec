package trial

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	_ "time/tzdata" // the zones of the towns, wherever the test runs

	"tracedesk/backend/freight"
)

// start is two days before the American spring change, so that a world crosses it.
var start = time.Date(2026, 3, 6, 6, 0, 0, 0, time.UTC)

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	a, b, c := New(7, 60, 2, start, true), New(7, 60, 2, start, true), New(8, 60, 2, start, true)
	if !slices.EqualFunc(a.Steps(), b.Steps(), sameStep) || !slices.Equal(a.Truth(), b.Truth()) {
		t.Error("the same seed gives another world")
	}
	if slices.EqualFunc(a.Steps(), c.Steps(), sameStep) {
		t.Error("another seed gives the same world")
	}
}

func sameStep(a, b Step) bool {
	return a.At.Equal(b.At) && slices.Equal(a.Full, b.Full) && slices.EqualFunc(a.Files, b.Files, func(x, y File) bool { return x.Name == y.Name && bytes.Equal(x.Body, y.Body) })
}

func TestAWorldWithoutIncidentsHasNone(t *testing.T) {
	for seed := range uint64(3) {
		for _, in := range New(seed, 120, 2, start, false).Truth() {
			if !in.Tolerated {
				t.Errorf("seed %d: %+v", seed, in)
			}
		}
	}
}

func TestDriversKeepTheLaw(t *testing.T) {
	for _, l := range New(2, 300, 3, start, true).loads {
		if l.trait == "twin's" {
			continue
		}
		begun := l.way[0].begin
		var driven, sprint time.Duration
		for i, s := range l.way {
			if i > 0 {
				off := s.begin.Sub(l.way[i-1].end)
				if off >= breakTime {
					sprint = 0
				}
				if off >= restTime {
					begun, driven = s.begin, 0
				}
			}
			driven, sprint = driven+s.end.Sub(s.begin), sprint+s.end.Sub(s.begin)
			if driven > maxDriving+time.Second || sprint > maxSprint+time.Second || s.end.Sub(begun) > maxDuty+time.Second {
				t.Errorf("load %s: %v at the wheel, %v without a break, on duty since %v at %v", l.number, driven, sprint, begun, s.end)
			}
			if mph := miles(s.from, s.to) / max(s.end.Sub(s.begin).Hours(), 1e-9); s.end.Sub(s.begin) > time.Minute && mph > 65 {
				t.Errorf("load %s: %.0f miles an hour", l.number, mph)
			}
		}
	}
}

// Words come after what they tell of; only what is expected, and clocks that are wrong by the hour, lie ahead.
func TestNobodyKnowsTheFuture(t *testing.T) {
	w := New(4, 400, 3, start, true)
	wrongClock := []string{"future stamp", "wrong zone", "hours mistyped"}
	for _, l := range w.loads {
		for _, x := range l.words {
			if x.received.Before(x.at) && !slices.Contains(wrongClock, l.trait) {
				t.Errorf("load %s (%s): %s of %v received %v", l.number, l.trait, x.fact, x.at, x.received)
			}
			if x.known().Before(w.start) || x.known().After(w.end) {
				t.Errorf("load %s: received %v, outside the world", l.number, x.received)
			}
		}
		for _, v := range l.versions {
			for i := range l.stops {
				if !slices.Contains(wrongClock, l.trait) && (v.arrived[i].After(v.at) || v.departs[i].After(v.at)) {
					t.Errorf("load %s: the TMS knew an actual of stop %d before it happened", l.number, i+1)
				}
			}
		}
	}
}

func TestStepsAreInReceiveOrder(t *testing.T) {
	w := New(5, 80, 2, start, true)
	steps := w.Steps()
	if !steps[0].At.Equal(w.start) || steps[0].Files[0].Name != "facilities.csv" || steps[0].Files[1].Name != "carriers.csv" {
		t.Fatalf("the first step is %v with %s", steps[0].At, steps[0].Files[0].Name)
	}
	for i, s := range steps {
		if i > 0 && !s.At.After(steps[i-1].At) {
			t.Errorf("step %v comes after %v", s.At, steps[i-1].At)
		}
		for _, f := range s.Files {
			rows, err := csv.NewReader(bytes.NewReader(f.Body)).ReadAll()
			if err != nil || len(rows) < 2 && f.Name[:3] != "tms" {
				t.Fatalf("%s: %d rows, %v", f.Name, len(rows), err)
			}
			if c := slices.Index(rows[0], "received"); c >= 0 {
				for _, row := range rows[1:] {
					if got, err := time.Parse(time.RFC3339, row[c]); row[c] != "" && (err != nil || got.After(s.At) || got.Before(s.At.Add(-5*time.Minute))) {
						t.Errorf("%s: received %s", f.Name, row[c])
					}
				}
			}
		}
		if s.At.Sub(w.start)%exportEvery == 0 && len(s.Full) != 1 {
			t.Errorf("no full list at %v", s.At)
		}
	}
}

func TestWriteMakesAReplayManifest(t *testing.T) {
	w := New(6, 20, 1, start, true)
	path, err := w.Write(filepath.Join(t.TempDir(), "world"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Profile *string
		Steps   []struct {
			At           time.Time
			Import, Full []string
		}
		End time.Time
	}
	if err := json.Unmarshal(b, &m); err != nil || m.Profile == nil || *m.Profile != "" || !m.End.Equal(w.end) || len(m.Steps) != len(w.Steps()) {
		t.Fatalf("%v %+v", err, m.End)
	}
	for i, s := range m.Steps {
		for k, name := range s.Import {
			body, err := os.ReadFile(filepath.Join(filepath.Dir(path), name))
			if err != nil || !bytes.Equal(body, w.Steps()[i].Files[k].Body) {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
}

func TestEveryTownHasItsZone(t *testing.T) {
	zones := map[string]bool{}
	for _, p := range towns {
		if _, err := freight.Location(p.zone); err != nil {
			t.Error(err)
		}
		zones[p.zone] = true
	}
	for _, zone := range []string{"America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "America/St_Johns"} {
		if !zones[zone] {
			t.Errorf("no town in %s", zone)
		}
	}
}
