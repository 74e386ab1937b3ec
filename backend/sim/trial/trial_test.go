package trial

import (
	"bytes"
	"testing"
	"time"
)

// The week of the American spring change, so that a world crosses it.
var start = time.Date(2026, 3, 6, 6, 0, 0, 0, time.UTC)

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	a, b, c := New(7, 60, 2, start, true).Steps(), New(7, 60, 2, start, true).Steps(), New(8, 60, 2, start, true).Steps()
	if len(a) != len(b) {
		t.Fatalf("%d steps and %d", len(a), len(b))
	}
	same := true
	for i := range a {
		for k := range a[i].Files {
			if !bytes.Equal(a[i].Files[k].Body, b[i].Files[k].Body) {
				t.Fatalf("%s differs", a[i].Files[k].Name)
			}
			same = same && len(c) > i && len(c[i].Files) > k && bytes.Equal(a[i].Files[k].Body, c[i].Files[k].Body)
		}
	}
	if same {
		t.Error("another seed gives the same world")
	}
}

func TestAWorldWithoutIncidentsHasNone(t *testing.T) {
	for seed := range uint64(3) {
		for _, in := range New(seed, 150, 3, start, false).Truth() {
			if !in.Tolerated {
				t.Errorf("seed %d: %+v", seed, in)
			}
		}
	}
}
