package standin

import (
	"context"
	"hash/fnv"
	"sync"
	"time"
)

// Fault is something that goes wrong with a request.
type Fault string

// Faults. Those of a service that never saw the request, or refuses it: TooMany, Unavailable, Expired, TLS. Those that hit
// the answer of a request that took effect: Slow, Truncated, Garbage, WrongClock. Broken and Cut hit before or after, in turns.
const (
	NoFault     Fault = ""
	TooMany     Fault = "429"        // with Retry-After
	Broken      Fault = "500"        // half of them after the request took effect
	Unavailable Fault = "503"        // with Retry-After
	Slow        Fault = "slow"       // a whole answer, late
	Cut         Fault = "cut"        // the connection breaks: before anything was done, or in the middle of the answer
	Truncated   Fault = "truncated"  // an answer that ends in its middle and looks whole to HTTP
	WrongClock  Fault = "wrongClock" // the Date header is off
	Expired     Fault = "expired"    // the token is not accepted this time; keys and passwords do not end by themselves
	TLS         Fault = "tls"        // the handshake fails
	Garbage     Fault = "garbage"    // 200 and a proxy's page
)

// AllFaults is every fault.
var allFaults = []Fault{TooMany, Broken, Unavailable, Slow, Cut, Truncated, WrongClock, Expired, TLS, Garbage}

// AllFaults are the names of all faults.
func AllFaults() []Fault { return append([]Fault(nil), allFaults...) }

// Faults decides which request meets which fault: by seed, by the question asked and by how often it was asked, so that the
// order in which concurrent requests arrive changes nothing. Safe for concurrent use.
type Faults struct {
	RetryAfter time.Duration // of TooMany and Unavailable
	SlowBy     time.Duration
	Skew       time.Duration              // of WrongClock
	Streak     int                        // a question never meets more faults than this in a row
	While      func(facts time.Time) bool // when set, faults happen only at such instants of the facts' clock
	// Wait makes a slow answer late; nil waits on the machine's clock.
	Wait func(ctx context.Context, d time.Duration)

	mu     sync.Mutex
	seed   uint64
	share  map[Fault]float64
	forced []Fault
	asked  map[uint64]*asked
}

type asked struct{ times, row int }

// NewFaults has every fault switched off.
func NewFaults(seed uint64) *Faults {
	return &Faults{RetryAfter: 5 * time.Second, SlowBy: 3 * time.Second, Skew: 7 * time.Minute, Streak: 3,
		seed: seed, share: map[Fault]float64{}, asked: map[uint64]*asked{}}
}

// Set gives a fault its probability, from 0 to 1.
func (f *Faults) Set(kind Fault, probability float64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.share[kind] = probability
}

// All gives every fault the same part of a probability.
func (f *Faults) All(probability float64) {
	for _, kind := range allFaults {
		f.Set(kind, probability/float64(len(allFaults)))
	}
}

// Clear switches every fault off.
func (f *Faults) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.share)
	f.forced = nil
}

// Next makes the next requests meet these faults, one each; NoFault lets one through.
func (f *Faults) Next(kinds ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.forced = append(f.forced, kinds...)
}

// draw is the fault of a question that is asked now; after says that it hits after the request took effect.
func (f *Faults) draw(question string, facts time.Time) (kind Fault, after bool) {
	h := fnv.New64a()
	h.Write([]byte(question))
	key := h.Sum64()
	f.mu.Lock()
	defer f.mu.Unlock()
	a := f.asked[key]
	if a == nil {
		a = &asked{}
		f.asked[key] = a
	}
	a.times++
	if len(f.forced) > 0 {
		kind, f.forced = f.forced[0], f.forced[1:]
		return kind, a.times%2 == 0
	}
	if f.While != nil && !f.While(facts) || a.row >= f.Streak {
		a.row = 0
		return NoFault, false
	}
	dice := mix(f.seed ^ key ^ uint64(a.times)*0x9e3779b97f4a7c15)
	at := float64(dice>>11) / (1 << 53)
	for _, kind := range allFaults {
		if at -= f.share[kind]; at < 0 {
			a.row++
			return kind, dice&1 == 1
		}
	}
	a.row = 0
	return NoFault, false
}

// mix spreads the bits of a number (the finalizer of SplitMix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (f *Faults) wait(ctx context.Context) {
	if f.Wait != nil {
		f.Wait(ctx, f.SlowBy)
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(f.SlowBy):
	}
}
