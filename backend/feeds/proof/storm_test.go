package proof

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/sim/standin"
)

// TestFaultsOfEveryKindChangeNothing is the short form of BenchmarkStorm.
func TestFaultsOfEveryKindChangeNothing(t *testing.T) { storm(t, 45, 6) }

// BenchmarkStorm is 2,000 loads over 30 hours with every fault at once (-full).
func BenchmarkStorm(b *testing.B) {
	for range b.N {
		storm(b, cmp.Or(*stormLoads, size(45, 2000)), cmp.Or(*stormHours, size(6, 30)))
	}
}

func storm(t testing.TB, loads, hours int) {
	world := func() *standin.World { return standin.NewWorld(11, start, loads, hours) }
	began := time.Now()
	calm := begin(t, t.TempDir(), world(), false)
	calm.whole()
	calmTook := time.Since(began)
	began = time.Now()
	rough := begin(t, t.TempDir(), world(), true)
	rough.whole()
	fmt.Printf("%d loads, %d hours: calm %s, with faults %s; %d observations, %d and %d bodies\n", loads, hours, calmTook.Round(time.Second/10), time.Since(began).Round(time.Second/10),
		calm.sum.New, calm.sum.Pulled, rough.sum.Pulled)
	same(t, "with faults", calm.told(), rough.told())
	if apart := calm.sum.New - rough.sum.New; max(apart, -apart) > calm.sum.New/200 { // a value between two polls may be seen or not
		t.Errorf("%d observations with faults, %d without", rough.sum.New, calm.sum.New)
	}
	for i, s := range rough.systems {
		sum, quiet := s.gate.Log.Sum(), calm.systems[i].gate.Log.Sum()
		least := s.gate.Log.Least(world().Step)
		fmt.Printf("%s: %d requests (%d without faults), %v; faults %v; %d errands, %d doubled\n", s.name, sum.Requests, quiet.Requests, sum.Asked, sum.Faults, sum.Errands, sum.Doubled)
		if !line(s.name+": requests beside the least", float64(sum.Requests)/float64(least), "<=", 1.15) && *full {
			t.Errorf("%s: %d requests, %d would have done", s.name, sum.Requests, least)
		}
		line(s.name+": the same without faults", float64(quiet.Requests)/float64(calm.systems[i].gate.Log.Least(world().Step)), "<=", 1.15)
		errands := rough.errands(s.name)
		unsure := 0
		for state, n := range errands {
			if strings.HasSuffix(state, " unsure") {
				unsure += n
			}
		}
		fmt.Printf("%s: errands %v; without faults %v\n", s.name, errands, calm.errands(s.name))
		if cut := len(s.gate.Log.Unconfirmed()); unsure > cut+sum.Faults[standin.Broken]+sum.Faults[standin.Cut]+sum.Faults[standin.TLS] {
			t.Errorf("%s: %d errands are left to a person, only %d lost their answer", s.name, unsure, cut)
		}
		if sum.OverLimit > 0 || sum.Early > 0 {
			t.Errorf("%s: %d requests over the limit, %d within Retry-After", s.name, sum.OverLimit, sum.Early)
		}
		if sum.Doubled > sum.Excused {
			t.Errorf("%s: %d errands arrived twice, %d of them after an answer that arrived whole", s.name, sum.Doubled, sum.Doubled-sum.Excused)
		}
	}
}
