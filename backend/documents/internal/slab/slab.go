// Package slab lends memory to sandboxes, one after the other, and takes it back: a sandbox that grows by itself leaves its
// former, smaller memories behind for the collector, tens of megabytes a page.
package slab

import (
	"context"
	"sync"

	"github.com/tetratelabs/wazero/experimental"
)

// Slabs are memories that wait for the next sandbox. Safe for several goroutines.
type Slabs struct {
	Most  int // how many wait at most
	Keeps int // bytes; a larger one is let go when its sandbox ends
	mu    sync.Mutex
	free  [][]byte // zeroed
}

// For is ctx for making sandboxes whose memory comes from here.
func (s *Slabs) For(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(s.lend))
}

// Drop lets go of what waits.
func (s *Slabs) Drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free = nil
}

func (s *Slabs) lend(capacity, most uint64) experimental.LinearMemory {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &memory{slabs: s, most: int(most)}
	if n := len(s.free); n > 0 {
		m.bytes, s.free = s.free[n-1][:0], s.free[:n-1]
	}
	if cap(m.bytes) > m.most {
		m.bytes = m.bytes[:0:m.most]
	}
	return m
}

// memory is what one sandbox has. What lies behind its length is zero.
type memory struct {
	slabs *Slabs
	bytes []byte
	most  int
}

// Reallocate makes the memory so large. It never shrinks.
func (m *memory) Reallocate(size uint64) []byte {
	if want := int(size); want > cap(m.bytes) {
		larger := make([]byte, want, max(want, min(cap(m.bytes)*3/2, m.most)))
		copy(larger, m.bytes)
		m.bytes = larger
	}
	m.bytes = m.bytes[:max(int(size), len(m.bytes))]
	return m.bytes
}

// Free takes the memory back for the next sandbox.
func (m *memory) Free() {
	bytes := m.bytes
	m.bytes = nil
	if cap(bytes) == 0 || cap(bytes) > m.slabs.Keeps {
		return
	}
	clear(bytes)
	m.slabs.mu.Lock()
	defer m.slabs.mu.Unlock()
	if len(m.slabs.free) < m.slabs.Most {
		m.slabs.free = append(m.slabs.free, bytes)
	}
}
