package slab

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

func TestMemoryComesBackZeroed(t *testing.T) {
	s := &Slabs{Most: 1, Keeps: 1 << 10}
	one := s.lend(0, 1<<20)
	first := one.Reallocate(100)
	copy(first, bytes.Repeat([]byte{7}, 100))
	one.Free()
	two := s.lend(0, 1<<20)
	second := two.Reallocate(100)
	if &first[0] != &second[0] {
		t.Error("the memory was not used again")
	}
	if !bytes.Equal(second, make([]byte, 100)) {
		t.Error("the next sandbox sees what the one before left")
	}
	three := s.lend(0, 1<<20)
	if other := three.Reallocate(100); &other[0] == &second[0] {
		t.Error("two sandboxes have one memory")
	}
}

func TestLargeAndManyAreLetGo(t *testing.T) {
	s := &Slabs{Most: 1, Keeps: 1 << 10}
	large, one, two := s.lend(0, 1<<20), s.lend(0, 1<<20), s.lend(0, 1<<20)
	large.Reallocate(2 << 10)
	one.Reallocate(10)
	two.Reallocate(10)
	for _, m := range []interface{ Free() }{large, one, two} {
		m.Free()
	}
	if len(s.free) != 1 || cap(s.free[0]) > 1<<10 {
		t.Errorf("%d wait", len(s.free))
	}
	if s.Drop(); len(s.free) != 0 {
		t.Error("they wait after they were dropped")
	}
}

// TestGrowingKeepsWhatIsThere grows a memory as sandboxes do, by any steps, and one after the other.
func TestGrowingKeepsWhatIsThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &Slabs{Most: 2, Keeps: 1 << 14}
		for range rapid.IntRange(1, 4).Draw(t, "sandboxes") {
			most := rapid.IntRange(1, 1<<14).Draw(t, "most")
			m, size := s.lend(0, uint64(most)), 0
			var want []byte
			for size < most && rapid.Bool().Draw(t, "grows") {
				size += rapid.IntRange(1, most-size).Draw(t, "by")
				got := m.Reallocate(uint64(size))
				want = append(want, make([]byte, size-len(want))...)
				if !bytes.Equal(got, want) {
					t.Fatalf("at %d bytes something else is there", size)
				}
				at := rapid.IntRange(0, size-1).Draw(t, "at")
				got[at], want[at] = 1, 1
			}
			m.Free()
		}
	})
}
