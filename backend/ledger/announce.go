package ledger

import (
	"slices"
	"sync"
)

// Change says that loads changed; their sequence numbers only grow, and a listener that was away asks for what it missed.
type Change struct {
	Seq   int64
	Loads []int64
}

// remembered is how many changes are kept for listeners that were away; who was away longer is told to ask for all anew.
const remembered = 512

// listed is how many loads one change names; more than that is "everything".
const listed = 2000

// Announcer tells listeners what changed, after the commit. A slow listener misses the middle, never the end: it sees the
// gap in the numbers and asks.
type Announcer struct {
	mu        sync.Mutex
	seq       int64
	ring      []Change
	listeners map[chan int64]struct{}
}

func newAnnouncer() *Announcer { return &Announcer{listeners: map[chan int64]struct{}{}} }

// Announce tells that loads changed; nil loads says that the desk around them did (quarantine, documents, sources).
func (a *Announcer) Announce(loads []int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seq++
	c := Change{Seq: a.seq, Loads: slices.Clone(loads)}
	if len(loads) > listed {
		a.ring, c.Loads = nil, nil
	} else {
		a.ring = append(a.ring, c)
	}
	if len(a.ring) > remembered {
		a.ring = a.ring[len(a.ring)-remembered:]
	}
	for ch := range a.listeners {
		select {
		case <-ch:
		default:
		}
		ch <- a.seq
	}
}

// Seq is the number of the last change.
func (a *Announcer) Seq() int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.seq
}

// Since is what changed after n. all says that the list does not reach back that far.
func (a *Announcer) Since(n int64) (seq int64, loads []int64, all bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if n == a.seq {
		return a.seq, nil, false
	}
	if n > a.seq || len(a.ring) == 0 || a.ring[0].Seq > n+1 {
		return a.seq, nil, true
	}
	for _, c := range a.ring {
		if c.Seq > n {
			loads = append(loads, c.Loads...)
		}
	}
	slices.Sort(loads)
	return a.seq, slices.Compact(loads), false
}

// Listen is a channel that carries the newest sequence number after each change; stop ends it.
func (a *Announcer) Listen() (changes <-chan int64, stop func()) {
	ch := make(chan int64, 1)
	a.mu.Lock()
	a.listeners[ch] = struct{}{}
	a.mu.Unlock()
	return ch, func() {
		a.mu.Lock()
		delete(a.listeners, ch)
		a.mu.Unlock()
	}
}
