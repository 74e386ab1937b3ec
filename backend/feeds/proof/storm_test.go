package proof

import (
	"cmp"
	"fmt"
	"os"
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
	world := func() *standin.World { return standin.NewWorld(*stormSeed, start, loads, hours) }
	began := time.Now()
	calm := begin(t, t.TempDir(), world(), false)
	calm.whole()
	calmTook := time.Since(began)
	began = time.Now()
	rough := begin(t, t.TempDir(), world(), true)
	rough.whole()
	fmt.Printf("%d loads, %d hours: calm %s, with faults %s; %d and %d observations, %d and %d bodies; at most %.0f MB with stand-ins and logs\n", loads, hours,
		calmTook.Round(time.Second/10), time.Since(began).Round(time.Second/10), calm.sum.New, rough.sum.New, calm.sum.Pulled, rough.sum.Pulled, peakMB())
	line("loads whose timeline differs", float64(same(t, "with faults", calm.told(), rough.told())), "<=", 0)
	lost, doubled := compared(calm.fixes(), rough.fixes())
	if !line("positions lost", float64(lost), "<=", 0) || !line("positions doubled", float64(doubled), "<=", 0) {
		t.Errorf("%d positions are lost, %d doubled", lost, doubled)
	}
	if apart := calm.sum.New - rough.sum.New; max(apart, -apart) > calm.sum.New/200 { // a value between two polls may be seen or not
		t.Errorf("%d observations with faults, %d without", rough.sum.New, calm.sum.New)
	}
	for i, s := range rough.systems {
		rough.figures(s, calm.systems[i])
	}
}

// fixes are how often each bare position is on file, by load, instant and source.
func (r *run) fixes() map[string]int {
	r.t.Helper()
	db := rawDB(r.t, r.dir)
	defer db.Close()
	_, rows := rowsOf(r.t, db, "SELECT p.load, p.at, s.kind, s.account FROM position p JOIN source s ON s.id = p.source")
	out := map[string]int{}
	for _, row := range rows {
		out[fmt.Sprint(row...)]++
	}
	return out
}

// compared counts what is missing in got, and what is there more often than in want.
func compared(want, got map[string]int) (lost, doubled int) {
	for key, n := range want {
		lost += max(0, n-got[key])
	}
	for key, n := range got {
		doubled += max(0, n-max(1, want[key]))
	}
	return lost, doubled
}

// peakMB is the most memory that this process had, where the system tells (Linux); else 0.
func peakMB() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for text := range strings.Lines(string(status)) {
		var kb float64
		if n, _ := fmt.Sscanf(text, "VmHWM: %f kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	return 0
}

// figures prints and judges what a platform's log tells of the storm, beside the run without faults.
func (r *run) figures(s, calm *system) {
	t, sum := r.t, s.gate.Log.Sum()
	fmt.Printf("%s: %d requests of %d that would have done (without faults %d of %d; with a last look at everything %d), %v; faults %v\n", s.name, s.asked.Requests, s.least,
		calm.asked.Requests, calm.least, sum.Requests, s.asked.Asked, s.asked.Faults)
	fmt.Printf("%s: %d errands, %d doubled; %v; %d looked for by a person\n", s.name, sum.Errands, sum.Doubled, r.errands(s.name), r.unsure[s.name])
	if !line(s.name+": requests beside the least", float64(s.asked.Requests)/float64(s.least), "<=", 1.15) && *full {
		t.Errorf("%s: %d requests, %d would have done", s.name, s.asked.Requests, s.least)
	}
	r.showAges(s)
	if !line(s.name+": requests over the limit", float64(sum.OverLimit), "<=", 0) {
		t.Errorf("%s: %d requests over the limit", s.name, sum.OverLimit)
	}
	if !line(s.name+": requests within Retry-After", float64(sum.Early), "<=", 0) {
		t.Errorf("%s: %d requests within Retry-After", s.name, sum.Early)
	}
	if !line(s.name+": errands doubled after an answer that arrived", float64(sum.Doubled-sum.Excused), "<=", 0) {
		t.Errorf("%s: %d errands arrived twice, %d of them after an answer that arrived whole", s.name, sum.Doubled, sum.Doubled-sum.Excused)
	}
	lost := sum.Faults[standin.Broken] + sum.Faults[standin.Cut] + sum.Faults[standin.TLS] + sum.Faults[standin.Truncated] + sum.Faults[standin.Garbage]
	if !line(s.name+": errands left to a person, of those that lost an answer", float64(r.unsure[s.name]), "<=", float64(lost)) {
		t.Errorf("%s: %d errands were left to a person, only %d lost their answer", s.name, r.unsure[s.name], lost)
	}
}
