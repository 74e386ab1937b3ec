package watch

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// States of an exception.
const (
	Detected     = "detected"
	Acknowledged = "acknowledged"
	Worked       = "worked"
	Resolved     = "resolved"
)

// ByRule is who resolved an exception whose cause went away.
const ByRule = "rule"

// Exception is what a person works: findings of one topic at one stop (of one field, where a finding names one), from the
// first detection on for as long as the load lives. It is derived from the walk's episodes and what people did; what is stored
// of it is a cache.
type Exception struct {
	ID       string // ten hex digits; acts name it in their Scope
	Topic    string
	Part     string           // the field or other part a finding speaks of, where it does
	Kind     string           // the worst kind that holds; the worst since it opened when none holds
	Also     []string         // what else holds
	Severity freight.Severity // the worst of what holds
	Level    freight.Level    // the most urgent of what holds
	Stop     int

	Since      time.Time // since when it holds in the world
	DetectedAt time.Time // first detected
	KindAt     time.Time // when the kind that speaks for it was detected: a missed appointment is detected after the near one
	OpenedAt   time.Time // detected, or detected again after it was resolved
	ClearedAt  time.Time // zero while the cause holds
	Rules      string    // code and settings under which it was detected

	State    string
	Owner    string
	Why      string
	Evidence []freight.ObservationID
	Inputs   []freight.Input
	Next     freight.Next

	NeedsCause bool   // a service failure: closed only with cause, responsible party and evidence
	CauseType  string // 1651 or own
	Cause      string // the code
	Party      string
	Proof      []string // evidence that people filed

	ResolvedBy   string
	ResolvedNote string
	ResolvedAt   time.Time
	Reopened     int
	SnoozedUntil time.Time // zero when not snoozed now
	Escalated    string    // "", lead, manager
	NextDue      time.Time // when the clock alone next changes this; zero never

	History []Change // oldest first
}

// Change is one line of an exception's life.
type Change struct {
	At   time.Time
	By   string
	What string // detected, superseded, cleared, reopened, acknowledged, worked, resolved, refused, assigned, snoozed, cause, party, evidence, ...
	Old  string
	New  string
}

// Open reports whether a person still has to do something about it.
func (e *Exception) Open() bool { return e.State != Resolved }

// Exceptions are the exceptions of a load at an instant: open ones first, the worst first. The order in which acts were
// learned does not matter, only when they were done.
func Exceptions(load freight.LoadID, c freight.Course, t *freight.Timeline, now time.Time, rules *Rules) []Exception {
	if len(c.Episodes) == 0 {
		return nil
	}
	var lives []*life
	for i := range c.Episodes {
		lives = joinLife(lives, &c.Episodes[i])
	}
	out := make([]Exception, 0, len(lives))
	for _, l := range lives {
		out = append(out, l.tell(load, t, now, rules))
	}
	slices.SortStableFunc(out, func(a, b Exception) int {
		return cmp.Or(boolRank(b.Open())-boolRank(a.Open()), cmp.Compare(a.Level.Rank(), b.Level.Rank()),
			cmp.Compare(a.Severity.Rank(), b.Severity.Rank()), a.Next.Due.Compare(b.Next.Due), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// exceptionID is stable for a load, topic, stop, part and first detection.
func exceptionID(load freight.LoadID, topic string, stop int, part string, detected time.Time) string {
	b := append(make([]byte, 0, 96), load[:]...)
	b = append(append(append(b, topic...), 0), part...)
	b = strconv.AppendInt(append(b, 0), int64(stop), 10)
	b = strconv.AppendInt(append(b, 0), detected.Unix(), 10)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:5])
}

// worstOf is the episode whose kind is listed first; of equals the earlier.
func worstOf(list []*freight.Episode) *freight.Episode {
	return slices.MinFunc(list, func(a, b *freight.Episode) int {
		return cmp.Or(cmp.Compare(kindRank(a.Kind), kindRank(b.Kind)), a.DetectedAt.Compare(b.DetectedAt), cmp.Compare(a.Key, b.Key))
	})
}

// kindRank is the place of a kind in the order of lists; an unknown one comes last.
func kindRank(name string) int {
	for i := range kinds {
		if kinds[i].Name == name {
			return i
		}
	}
	return len(kinds)
}

// CheckResolve reports in plain words why an exception may not be resolved yet; nil when it may.
func CheckResolve(e *Exception) error {
	if e.State == Resolved {
		return errors.New("it is resolved already")
	}
	return missing(e)
}

// missing names what a service failure still lacks.
func missing(e *Exception) error {
	if lacks := lacking(e); len(lacks) > 0 {
		return errors.New("a service failure is closed with cause, responsible party and evidence: file " + and(lacks))
	}
	return nil
}

// lacking is what a service failure still lacks before it may be closed.
func lacking(e *Exception) (lacks []string) {
	if !e.NeedsCause {
		return nil
	}
	if e.Cause == "" || CheckCause(e.CauseType, e.Cause) != nil {
		lacks = append(lacks, "its cause")
	}
	if e.Party == "" || CheckParty(e.Party) != nil {
		lacks = append(lacks, "the responsible party")
	}
	if len(e.Proof) == 0 {
		lacks = append(lacks, "evidence")
	}
	return lacks
}

// and joins words: "a, b and c".
func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
