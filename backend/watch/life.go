package watch

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// A life is the episodes of one topic, stop and part, and what happens to the exception made of them.
type life struct {
	Exception
	episodes []*freight.Episode
	holds    []*freight.Episode // open at the instant told up to
	seen     []*freight.Episode // since it opened
}

// wordTopic joins findings about being heard of at all: the load's, whatever stop it heads for.
const wordTopic = "word"

// joinLife puts an episode to those of its topic, stop and part.
func joinLife(lives []*life, e *freight.Episode) []*life {
	topic, stop, part := KindOf(e.Kind).Topic, e.Stop, partOf(&e.Finding)
	if topic == wordTopic {
		stop = 0
	}
	for _, l := range lives {
		if l.Topic == topic && l.Stop == stop && l.Part == part {
			l.episodes = append(l.episodes, e)
			return lives
		}
	}
	return append(lives, &life{Exception: Exception{Topic: topic, Stop: stop, Part: part}, episodes: []*freight.Episode{e}})
}

// partOf is what a finding's key names beyond its kind and stop.
func partOf(f *freight.Finding) string {
	rest := strings.TrimPrefix(f.Key, f.Kind)
	if f.Stop != 0 {
		rest = strings.TrimPrefix(rest, "/"+strconv.Itoa(f.Stop))
	}
	return strings.TrimPrefix(rest, "/")
}

// A turn is one thing that happens to an exception. Turns of one instant go by rank: a detection before a clearing, so that
// a finding that follows another at once does not resolve between them; what is filed before what is decided.
type turn struct {
	at      time.Time
	rank    int
	episode *freight.Episode
	act     *freight.Act
}

// Ranks of turns at one instant; what people decide follows in the order of handledOrder.
const (
	turnDetected = iota
	turnCleared
	turnFiled
	turnHandled
)

var handledOrder = []string{"acknowledge", "work", "assign", "snooze", "resolve", "reopen"}

func (l *life) tell(load freight.LoadID, t *freight.Timeline, now time.Time, rules *Rules) Exception {
	first := slices.MinFunc(l.episodes, func(a, b *freight.Episode) int { return a.DetectedAt.Compare(b.DetectedAt) })
	l.ID = exceptionID(load, l.Topic, l.Stop, l.Part, first.DetectedAt)
	l.Owner, l.DetectedAt, l.Rules = t.Owner, first.DetectedAt, first.Rules
	for _, turn := range l.turns(t.Acts) {
		switch turn.rank {
		case turnDetected:
			l.detect(turn.episode)
		case turnCleared:
			l.clear(turn.episode)
		default:
			l.act(turn.act, turn.at)
		}
	}
	l.describe()
	l.clock(now, &rules.Cadence)
	return l.Exception
}

func (l *life) turns(acts []freight.Act) []turn {
	out := make([]turn, 0, 2*len(l.episodes))
	for _, e := range l.episodes {
		out = append(out, turn{at: e.DetectedAt, rank: turnDetected, episode: e})
		if !e.Open() {
			out = append(out, turn{at: latest(e.ClearedAt, e.DetectedAt), rank: turnCleared, episode: e}) // it ends after it began
		}
	}
	for i := range acts {
		a := &acts[i]
		if a.Scope != l.ID {
			continue
		}
		rank := turnFiled
		if a.Fact == freight.FactHandled {
			rank = turnHandled + slices.Index(handledOrder, a.Type)
		}
		out = append(out, turn{at: latest(doneBy(a), l.DetectedAt), rank: rank, act: a})
	}
	slices.SortStableFunc(out, func(a, b turn) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.rank, b.rank), compareEpisodes(a.episode, b.episode), compareActs(a.act, b.act))
	})
	return out
}

// doneBy is when a person did it: when it was stated, never later than it was learned.
func doneBy(a *freight.Act) time.Time {
	if a.StatedAt.IsZero() || !a.ReceivedAt.IsZero() && a.StatedAt.After(a.ReceivedAt) {
		return a.ReceivedAt
	}
	return a.StatedAt
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func compareEpisodes(a, b *freight.Episode) int {
	if a == nil || b == nil {
		return 0
	}
	return cmp.Compare(a.Key, b.Key)
}

func compareActs(a, b *freight.Act) int {
	if a == nil || b == nil {
		return 0
	}
	return cmp.Or(cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Type, b.Type), cmp.Compare(a.Text, b.Text), cmp.Compare(a.By, b.By),
		a.At.Compare(b.At), bytes.Compare(a.Observation[:], b.Observation[:]))
}

// detect opens the exception, or opens it again; one that is open is superseded by a worse kind and joined by a milder one.
func (l *life) detect(e *freight.Episode) {
	old := l.Kind
	switch {
	case l.State == "":
		l.open(e)
		l.note(e.DetectedAt, ByRule, "detected", "", e.Kind)
	case l.State == Resolved:
		l.Reopened++
		l.open(e)
		l.note(e.DetectedAt, ByRule, "reopened", Resolved, e.Kind)
	default:
		worse := kindRank(e.Kind) < kindRank(old)
		what := "joined"
		if worse {
			what = "superseded"
			l.SnoozedUntil = time.Time{}
		}
		l.note(e.DetectedAt, ByRule, what, old, e.Kind)
	}
	l.holds, l.seen = append(l.holds, e), append(l.seen, e)
	l.ClearedAt = time.Time{}
	l.Kind = worstOf(l.holds).Kind
	l.NeedsCause = l.NeedsCause || failed(e)
}

// open starts the exception's time on the desk. What still held when it was resolved holds on.
func (l *life) open(e *freight.Episode) {
	l.State, l.OpenedAt, l.SnoozedUntil = Detected, e.DetectedAt, time.Time{}
	l.ResolvedBy, l.ResolvedNote, l.ResolvedAt = "", "", time.Time{}
	l.NeedsCause = false
	l.seen = slices.Clone(l.holds)
	for _, h := range l.holds {
		l.NeedsCause = l.NeedsCause || failed(h)
	}
}

// failed reports whether an episode is a service failure; what is only watched is none.
func failed(e *freight.Episode) bool { return KindOf(e.Kind).Service && e.Severity != freight.Watched }

// clear ends a cause. When none is left the exception resolves by itself, unless it is a service failure: that waits for
// its cause, party and evidence.
func (l *life) clear(e *freight.Episode) {
	l.holds = slices.DeleteFunc(l.holds, func(h *freight.Episode) bool { return h == e })
	if len(l.holds) > 0 {
		l.Kind = worstOf(l.holds).Kind
		l.note(e.ClearedAt, ByRule, "eased", e.Kind, l.Kind)
		return
	}
	l.ClearedAt = e.ClearedAt
	l.note(e.ClearedAt, ByRule, "cleared", e.Kind, "")
	l.Kind = worstOf(l.seen).Kind
	if l.NeedsCause || l.State == Resolved {
		return
	}
	l.resolve(e.ClearedAt, ByRule, "cleared: it no longer holds")
}

func (l *life) resolve(at time.Time, by, note string) {
	l.note(at, by, "resolved", l.State, note)
	l.State, l.ResolvedBy, l.ResolvedNote, l.ResolvedAt = Resolved, by, note, at
	l.SnoozedUntil = time.Time{}
}

func (l *life) note(at time.Time, by, what, old, now string) {
	l.History = append(l.History, Change{At: at, By: by, What: what, Old: old, New: now})
}

// act is what a person did.
func (l *life) act(a *freight.Act, at time.Time) {
	switch a.Fact {
	case freight.FactHandled:
		l.handle(a, at)
	case freight.FactCause:
		l.note(at, a.By, "cause", causeText(l.CauseType, l.Cause), causeText(a.Type, a.Text))
		l.CauseType, l.Cause = a.Type, a.Text
	case freight.FactParty:
		l.note(at, a.By, "party", l.Party, a.Text)
		l.Party = a.Text
	case freight.FactEvidence:
		l.note(at, a.By, "evidence", "", a.Text)
		if a.Text != "" && !slices.Contains(l.Proof, a.Text) {
			l.Proof = append(l.Proof, a.Text)
		}
	default:
		l.note(at, a.By, string(a.Fact), a.Type, a.Text)
	}
}

func (l *life) handle(a *freight.Act, at time.Time) {
	switch a.Type {
	case "acknowledge":
		l.move(Acknowledged, a, at)
	case "work":
		l.move(Worked, a, at)
	case "assign":
		l.note(at, a.By, "assigned", l.Owner, a.Text)
		l.Owner = a.Text
	case "snooze":
		l.note(at, a.By, "snoozed", stampUTC(l.SnoozedUntil), stampUTC(a.At))
		l.SnoozedUntil = a.At
	case "resolve":
		if err := missing(&l.Exception); err != nil {
			l.note(at, a.By, "refused", Resolved, err.Error())
			return
		}
		l.resolve(at, a.By, cmp.Or(a.Note, a.Text))
	case "reopen":
		if l.State != Resolved {
			l.note(at, a.By, a.Type, l.State, l.State)
			return
		}
		l.Reopened++
		l.note(at, a.By, "reopened", Resolved, cmp.Or(a.Note, a.Text))
		l.State, l.OpenedAt = Detected, at
		l.ResolvedBy, l.ResolvedNote, l.ResolvedAt = "", "", time.Time{}
	default:
		l.note(at, a.By, a.Type, "", cmp.Or(a.Text, a.Note))
	}
}

// move carries the state on, never back: who acknowledges what is worked changes nothing.
func (l *life) move(state string, a *freight.Act, at time.Time) {
	if l.State == Resolved || l.State == state || l.State == Worked {
		l.note(at, a.By, a.Type, l.State, l.State)
		return
	}
	l.note(at, a.By, state, l.State, cmp.Or(a.Text, a.Note))
	l.State = state
	if l.Owner == "" {
		l.Owner = a.By
	}
}

func stampUTC(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

// describe takes the words from the finding that speaks for the rest.
func (l *life) describe() {
	told := l.holds
	if len(told) == 0 {
		told = l.seen
	}
	head := worstOf(told)
	l.KindAt = head.DetectedAt
	l.Kind, l.Since, l.Why, l.Evidence, l.Inputs = head.Kind, head.Since, head.Why, head.Evidence, head.Inputs
	l.Severity, l.Level, l.Stop = head.Severity, head.Level, head.Stop
	for _, e := range told {
		if e.Severity.Rank() < l.Severity.Rank() {
			l.Severity = e.Severity
		}
		if e.Level.Rank() < l.Level.Rank() {
			l.Level = e.Level
		}
		if e.Kind != l.Kind && !slices.Contains(l.Also, e.Kind) {
			l.Also = append(l.Also, e.Kind)
		}
	}
	slices.SortFunc(l.Also, func(a, b string) int { return cmp.Compare(kindRank(a), kindRank(b)) })
	l.Next = head.Next
	if l.Next.Due.IsZero() {
		l.Next.Due = head.Due
	}
	switch lacks := lacking(&l.Exception); {
	case !l.Open():
		l.Next = freight.Next{}
	case !l.ClearedAt.IsZero() && len(lacks) > 0:
		l.Next = freight.Next{Act: "close", Text: "Over: file " + and(lacks) + ", then resolve it", Due: l.ClearedAt}
	case !l.ClearedAt.IsZero():
		l.Next = freight.Next{Act: "close", Text: "Resolve it: cause, party and evidence are on file", Due: l.ClearedAt}
	}
}

// clock sets what time alone makes of it.
func (l *life) clock(now time.Time, c *Cadence) {
	if !l.Open() {
		return
	}
	ahead := func(at time.Time) bool {
		if !now.Before(at) {
			return false
		}
		if l.NextDue.IsZero() || at.Before(l.NextDue) {
			l.NextDue = at
		}
		return true
	}
	if !l.SnoozedUntil.IsZero() && !ahead(l.SnoozedUntil) {
		l.SnoozedUntil = time.Time{}
	}
	if !ahead(l.OpenedAt.Add(c.ToLead)) {
		l.Escalated = "lead"
	}
	if !ahead(l.OpenedAt.Add(c.ToManager)) {
		l.Escalated = "manager"
	}
}
