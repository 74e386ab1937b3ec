package standin

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Entry is one request as the stand-in saw it.
type Entry struct {
	N          int
	At         time.Time // of the transport's clock
	Facts      time.Time // of the world's clock
	Method     string
	Path       string
	Query      string
	Ask        string // what it asked: token, create, events, positions, list, push ...
	Load       string // of which load, where it names one
	Bucket     string // whose limit it counts against
	Remaining  int    // of that limit after it; -1 without one
	Status     int    // 0 when no answer was begun
	Fault      Fault
	OverLimit  bool // the limit itself refused it
	RetryAfter time.Duration
	Early      bool     // it came before a Retry-After of its bucket was over
	Errand     string   // what a write was about; the same errand sent twice has the same words
	Batch      []string // the errands of a call that carries several; Errand is empty then
	Took       bool     // the write took effect
	Again      bool     // and so had an earlier one of the same errand
	Whole      bool     // the answer left whole and honest
	News       bool     // the answer says something else than the last whole one to the same question
	Bytes      int
	Key        string // Idempotency-Key, which no vendor documents
}

// String is one line of a log.
func (e *Entry) String() string {
	s := fmt.Sprintf("%s %s %s %d %s", e.At.UTC().Format("15:04:05"), e.Method, e.Path, e.Status, e.Ask)
	for _, mark := range []struct {
		is   bool
		word string
	}{{e.Fault != NoFault, "fault " + string(e.Fault)}, {e.OverLimit, "over limit"}, {e.Early, "before Retry-After"}, {e.Again, "done twice: " + strings.Join(e.errands(), " + ")}} {
		if mark.is {
			s += ", " + mark.word
		}
	}
	return s
}

// Log keeps every request. Safe for concurrent use.
type Log struct {
	Show func(*Entry) // when set, is shown each entry as it is written

	mu      sync.Mutex
	entries []Entry
	blocked map[string]span
	told    map[uint64]uint64 // question -> hash of the last whole answer
	done    map[string]int    // errand -> how often it took effect
	faint   map[string]int    // errand -> how often the answer to a write that took effect did not arrive whole
}

type span struct{ since, until time.Time }

func newLog() *Log {
	return &Log{blocked: map[string]span{}, told: map[uint64]uint64{}, done: map[string]int{}, faint: map[string]int{}}
}

// arrive judges whether a request came before its bucket may be asked again.
func (l *Log) arrive(e *Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.blocked[e.Bucket]
	e.Early = e.At.After(b.since) && e.At.Before(b.until)
}

// write files an entry once its answer is known. question and answer are hashes.
func (l *Log) write(e *Entry, question, answer uint64) {
	l.mu.Lock()
	e.N = len(l.entries) + 1
	if e.RetryAfter > 0 {
		l.blocked[e.Bucket] = span{e.At, e.At.Add(e.RetryAfter)}
	}
	if e.Method == http.MethodGet && e.Status == 200 && e.Whole {
		last, known := l.told[question]
		e.News = !known || last != answer
		l.told[question] = answer
	}
	for _, errand := range e.errands() {
		e.Again = e.Again || l.done[errand] > 0
		l.done[errand]++
		if !e.Whole {
			l.faint[errand]++
		}
	}
	l.entries = append(l.entries, *e)
	show := l.Show
	l.mu.Unlock()
	if show != nil {
		show(e)
	}
}

// errands are those of a request that took effect.
func (e *Entry) errands() []string {
	switch {
	case !e.Took:
		return nil
	case len(e.Batch) > 0:
		return e.Batch
	}
	return []string{e.Errand}
}

// Entries are all requests so far, in the order in which they were answered.
func (l *Log) Entries() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Entry(nil), l.entries...)
}

// Deliveries is how often each errand took effect.
func (l *Log) Deliveries() map[string]int { return l.copied(l.done) }

// Unconfirmed is how often an errand took effect and its sender did not get the whole answer.
func (l *Log) Unconfirmed() map[string]int { return l.copied(l.faint) }

func (l *Log) copied(m map[string]int) map[string]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make(map[string]int, len(m))
	for k, n := range m {
		out[k] = n
	}
	return out
}

// Sum counts a log.
type Sum struct {
	Requests  int
	Asked     map[string]int // by what was asked
	Faults    map[Fault]int
	OverLimit int // refused by the limit itself
	Early     int // before a Retry-After was over
	News      int // whole answers that said something new
	Errands   int // different ones that took effect
	Doubled   int // deliveries beyond the first of an errand
	// Excused are doubled deliveries of an errand whose earlier answers did not arrive whole.
	Excused int
}

// Sum counts the log so far.
func (l *Log) Sum() Sum {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := Sum{Requests: len(l.entries), Asked: map[string]int{}, Faults: map[Fault]int{}, Errands: len(l.done)}
	for i := range l.entries {
		e := &l.entries[i]
		s.Asked[e.Ask]++
		if e.Fault != NoFault {
			s.Faults[e.Fault]++
		}
		s.OverLimit += count(e.OverLimit)
		s.Early += count(e.Early)
		s.News += count(e.News)
	}
	for errand, n := range l.done {
		s.Doubled += n - 1
		s.Excused += min(n-1, l.faint[errand])
	}
	return s
}

// Least is the fewest requests by which the same could have been learned and done: one for each whole answer with news, one
// poll for each interval in which anything was asked, one for each errand.
func (l *Log) Least(every time.Duration) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	polled := map[time.Time]bool{}
	n := len(l.done)
	for i := range l.entries {
		e := &l.entries[i]
		if e.Method != http.MethodGet || e.Ask == AskToken {
			continue
		}
		n += count(e.News)
		polled[e.At.Truncate(every)] = true
	}
	return n + len(polled)
}

// AskToken is what a request for a token asks, at every stand-in.
const AskToken = "token"

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
