package papers

import (
	"runtime/debug"
	"testing"
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
