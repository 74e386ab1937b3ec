package papers

import (
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// Pictures of pages come and go by the hundred megabytes, and the collector lets the heap grow to twice what lives. While papers are read
// it is told to keep closer: a bundle of any length is read beside the desk within 600 MB. What the desk holds already counts on top, so
// that a desk with very many loads is not collected without end.
const (
	thriftAim  = 400 << 20 // bytes of Go's memory, for a desk that holds little
	thriftRoom = 320 << 20 // what reading may have beyond what the desk holds
)

// thrift is whether the collector keeps close, and its limit before. Safe for several goroutines.
type thrift struct {
	mu     sync.Mutex
	on     bool
	before int64
}

func (t *thrift) begin() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.on {
		return
	}
	limit := max(thriftAim, living()+thriftRoom)
	if t.before = debug.SetMemoryLimit(limit); t.before < limit {
		debug.SetMemoryLimit(t.before) // who started the program wants it closer still
	}
	t.on = true
}

func (t *thrift) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.on {
		debug.SetMemoryLimit(t.before)
	}
	t.on = false
}

// living is what the heap held after the last collection, in bytes.
func living() int64 {
	held := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(held)
	return int64(held[0].Value.Uint64())
}
