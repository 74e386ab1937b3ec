package papers

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"tracedesk/backend/desk"
)

func TestTheCollectorKeepsCloseWhilePapersAreRead(t *testing.T) {
	limit := func() int64 { return debug.SetMemoryLimit(-1) }
	usual := limit()
	defer debug.SetMemoryLimit(usual)
	var th thrift
	th.begin()
	close := limit()
	if close < thriftAim || close > living()+thriftAim+thriftRoom {
		t.Errorf("the limit is %d MB", close>>20)
	}
	held := make([]byte, 64<<20)
	if th.begin(); limit() != close {
		t.Error("the next paper moves the limit: what the papers before it hold would count as the desk's")
	}
	clear(held)
	if th.end(); limit() != usual {
		t.Errorf("after reading the limit is %d, not %d", limit(), usual)
	}
	debug.SetMemoryLimit(100 << 20)
	if th.begin(); limit() != 100<<20 {
		t.Errorf("a closer limit that was asked for gives way to %d MB", limit()>>20)
	}
	if th.end(); limit() != 100<<20 {
		t.Errorf("and it is %d MB afterwards", limit()>>20)
	}
}

// The engines rest a minute after the last page, when the desk may be closed already.
func TestRestAfterTheDeskIsClosed(t *testing.T) {
	d, err := desk.Open(t.Context(), desk.Options{Dir: t.TempDir(), Person: "Ida", Now: time.Now, Scratch: true})
	if err != nil {
		t.Fatal(err)
	}
	a := New(d)
	a.thrift.begin()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for a.idle.Reset(0); a.thrifty() && t.Context().Err() == nil; {
		runtime.Gosched()
	}
}

func (a *Area) thrifty() bool {
	a.thrift.mu.Lock()
	defer a.thrift.mu.Unlock()
	return a.thrift.on
}
