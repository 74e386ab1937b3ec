package watch

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

var someLoad = freight.LoadIDOf("tms", "L1")

func episode(kind string, stop int, from, to time.Time) freight.Episode {
	f := freight.Finding{Kind: kind, Stop: stop, Since: from, Due: from, Level: freight.AtRisk, Severity: freight.Minor, Why: kind}
	e := evaluation{}
	e.add(f, from)
	return freight.Episode{Finding: e.found[0], DetectedAt: from, ClearedAt: to, Rules: Version}
}

func deed(at time.Time, scope string, fact freight.Fact, kind, text string) freight.Act {
	return freight.Act{Provenance: freight.Provenance{StatedAt: at, ReceivedAt: at}, By: "Ann", Fact: fact, Type: kind, Scope: scope, Text: text}
}

// exceptions are those of episodes and acts at an instant; acts are given the id of the one exception they speak of.
func exceptions(t testing.TB, now time.Time, episodes []freight.Episode, acts ...freight.Act) []Exception {
	t.Helper()
	rules := DefaultRules()
	bare := Exceptions(someLoad, freight.Course{Episodes: episodes, At: now}, &freight.Timeline{}, now, &rules)
	for i := range acts {
		if acts[i].Scope == "" {
			acts[i].Scope = bare[0].ID
		}
	}
	return Exceptions(someLoad, freight.Course{Episodes: episodes, At: now}, &freight.Timeline{Acts: acts}, now, &rules)
}

func whats(e Exception) string {
	var out []string
	for _, c := range e.History {
		out = append(out, c.What)
	}
	return strings.Join(out, " ")
}

func TestLifeOfAnException(t *testing.T) {
	at := func(hour int) time.Time { return central(hour, 0) }
	open := time.Time{}
	near, missed, late := "appointment.near", "appointment.missed", "appointment.missedLate"
	filed := []freight.Act{deed(at(14), "", freight.FactCause, "1651", "AO"), deed(at(14), "", freight.FactParty, "", "nobody"),
		deed(at(14), "", freight.FactEvidence, "", "photo of the closed road"), deed(at(14), "", freight.FactHandled, "resolve", "")}
	cases := []struct {
		name     string
		episodes []freight.Episode
		acts     []freight.Act
		kind     string
		state    string
		reopened int
		needs    bool
		history  string
	}{
		{"near and arrived", []freight.Episode{episode(near, 2, at(9), at(10))}, nil, near, Resolved, 0, false, "detected cleared resolved"},
		{"near becomes missed becomes late: one exception", []freight.Episode{episode(near, 2, at(9), at(10)), episode(missed, 2, at(10), at(11)), episode(late, 2, at(11), open)}, nil,
			late, Detected, 0, true, "detected superseded eased superseded eased"},
		{"a missed one that is over waits for its cause", []freight.Episode{episode(near, 2, at(9), at(10)), episode(missed, 2, at(10), at(12))}, nil, missed, Detected, 0, true, "detected superseded eased cleared"},
		{"and is closed with it", []freight.Episode{episode(missed, 2, at(10), at(12))}, filed, missed, Resolved, 0, true, "detected cleared cause evidence party resolved"},
		{"closing without is refused", []freight.Episode{episode(missed, 2, at(10), at(12))}, filed[3:], missed, Detected, 0, true, "detected cleared refused"},
		{"comes back after it was resolved", []freight.Episode{episode(missed, 2, at(10), at(12)), episode(near, 2, at(16), open)}, filed, near, Detected, 1, false, "detected cleared cause evidence party resolved reopened"},
		{"resolved while it holds, then worse", []freight.Episode{episode(missed, 2, at(10), at(15)), episode(late, 2, at(15), open)}, filed, late, Detected, 1, true,
			"detected cause evidence party resolved reopened eased"},
		{"resolved while it holds stays resolved", []freight.Episode{episode("silence", 0, at(10), open)}, []freight.Act{deed(at(11), "", freight.FactHandled, "resolve", "")}, "silence", Resolved, 0, false, "detected resolved"},
		{"cleared after it was resolved", []freight.Episode{episode("silence", 0, at(10), at(12))}, []freight.Act{deed(at(11), "", freight.FactHandled, "resolve", "")}, "silence", Resolved, 0, false, "detected resolved cleared"},
		{"silence, lost and stale are one, whatever stop", []freight.Episode{episode("position.stale", 2, at(9), open), episode("silence", 0, at(10), open), episode("tracking.lost", 1, at(11), open)}, nil,
			"tracking.lost", Detected, 0, false, "detected joined superseded"},
		{"acknowledged, then worked", []freight.Episode{episode("silence", 0, at(10), open)},
			[]freight.Act{deed(at(11), "", freight.FactHandled, "acknowledge", ""), deed(at(12), "", freight.FactHandled, "work", ""), deed(at(13), "", freight.FactHandled, "acknowledge", "")},
			"silence", Worked, 0, false, "detected acknowledged worked acknowledge"},
		{"reopened by hand", []freight.Episode{episode("silence", 0, at(10), at(11))}, []freight.Act{deed(at(12), "", freight.FactHandled, "reopen", "")}, "silence", Detected, 1, false, "detected cleared resolved reopened"},
		{"what else people do is kept", []freight.Episode{episode("silence", 0, at(10), open)}, []freight.Act{deed(at(11), "", freight.FactContact, "voicemail", "driver")}, "silence", Detected, 0, false, "detected contact"},
		{"a kind of a later program", []freight.Episode{episode("customs.hold", 3, at(10), open)}, nil, "customs.hold", Detected, 0, false, "detected"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := exceptions(t, at(18), c.episodes, slices.Clone(c.acts)...)
			if len(got) != 1 {
				t.Fatalf("%d exceptions", len(got))
			}
			e := got[0]
			if e.Kind != c.kind || e.State != c.state || e.Reopened != c.reopened || e.NeedsCause != c.needs || whats(e) != c.history {
				t.Errorf("kind %s, state %s, reopened %d, needs %v, history %s", e.Kind, e.State, e.Reopened, e.NeedsCause, whats(e))
			}
		})
	}
}

func TestExceptionsApart(t *testing.T) {
	arrived, departed := episode("source.conflict", 1, central(9, 0), time.Time{}), episode("source.conflict", 1, central(9, 0), time.Time{})
	arrived.Key, departed.Key = "source.conflict/1/arrived", "source.conflict/1/departed"
	got := exceptions(t, central(10, 0), []freight.Episode{arrived, departed, episode("appointment.near", 1, central(9, 0), time.Time{}), episode("appointment.near", 2, central(9, 0), time.Time{})})
	ids := map[string]bool{}
	for _, e := range got {
		ids[e.ID] = true
	}
	if len(got) != 4 || len(ids) != 4 {
		t.Fatalf("%d exceptions, %d ids", len(got), len(ids))
	}
	rules := DefaultRules()
	other := Exceptions(freight.LoadIDOf("tms", "L2"), freight.Course{Episodes: []freight.Episode{arrived}}, &freight.Timeline{}, central(10, 0), &rules)
	if len(other[0].ID) != 10 || ids[other[0].ID] {
		t.Errorf("another load's exception has the id %s", other[0].ID)
	}
}

func TestOwnerSnoozeAndLadder(t *testing.T) {
	since := central(8, 0)
	snooze := deed(central(9, 0), "", freight.FactHandled, "snooze", "")
	snooze.At = central(11, 0)
	acts := []freight.Act{deed(central(8, 30), "", freight.FactHandled, "assign", "Bo"), snooze}
	cases := []struct {
		name           string
		now            time.Time
		snoozed, next  time.Time
		escalated, who string
	}{
		{"snoozed", central(10, 0), central(11, 0), central(11, 0), "", "Bo"},
		{"awake again", central(11, 0), time.Time{}, central(12, 0), "", "Bo"},
		{"to the lead", central(12, 0), time.Time{}, since.Add(24 * time.Hour), "lead", "Bo"},
		{"to the manager", since.Add(24 * time.Hour), time.Time{}, time.Time{}, "manager", "Bo"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e := exceptions(t, c.now, []freight.Episode{episode("silence", 0, since, time.Time{})}, slices.Clone(acts)...)[0]
			if !e.SnoozedUntil.Equal(c.snoozed) || !e.NextDue.Equal(c.next) || e.Escalated != c.escalated || e.Owner != c.who {
				t.Errorf("snoozed %v, next %v, escalated %q, owner %q", e.SnoozedUntil, e.NextDue, e.Escalated, e.Owner)
			}
		})
	}
	worse := []freight.Episode{episode("silence", 0, since, time.Time{}), episode("tracking.denied", 0, central(9, 30), time.Time{})}
	if e := exceptions(t, central(10, 0), worse, slices.Clone(acts)...)[0]; !e.SnoozedUntil.IsZero() {
		t.Error("a worse kind left it asleep")
	}
}

func TestCheckResolve(t *testing.T) {
	e := Exception{State: Worked, NeedsCause: true}
	if err := CheckResolve(&e); err == nil || err.Error() != "a service failure is closed with cause, responsible party and evidence: file its cause, the responsible party and evidence" {
		t.Error(err)
	}
	e.CauseType, e.Cause, e.Party = "1651", "BG", "carrier"
	if err := CheckResolve(&e); err == nil || !strings.HasSuffix(err.Error(), "file its cause and evidence") {
		t.Errorf("other is a cause: %v", err)
	}
	e.CauseType, e.Cause, e.Proof = "own", "traffic", []string{"note"}
	if err := CheckResolve(&e); err != nil {
		t.Error(err)
	}
	e.State = Resolved
	if CheckResolve(&e) == nil {
		t.Error("resolved twice")
	}
	if CheckCause("own", "other") == nil || CheckParty("") == nil || CheckParty("moon") == nil {
		t.Error("a cause or party outside the lists is taken")
	}
	for _, c := range Causes() {
		if CheckCause(c.Type, c.Code) != nil || c.Words == "" || c.Party != "" && CheckParty(c.Party) != nil {
			t.Errorf("%+v", c)
		}
	}
}

// The order in which episodes and acts are learned changes nothing; no episode and no act is lost; what comes back is open.
func TestExceptionsLaws(t *testing.T) {
	topics := []string{"appointment.near", "appointment.missed", "silence", "tracking.lost", "source.conflict", "paper.podMissing"}
	rapid.Check(t, func(t *rapid.T) {
		var episodes []freight.Episode
		busy := map[string]time.Time{}
		for range rapid.IntRange(1, 8).Draw(t, "episodes") {
			kind, stop := rapid.SampledFrom(topics).Draw(t, "kind"), rapid.IntRange(0, 2).Draw(t, "stop")
			from := central(0, rapid.IntRange(0, 1000).Draw(t, "from"))
			key := episode(kind, stop, from, from).Key
			if !from.After(busy[key]) {
				continue
			}
			to := from.Add(time.Duration(rapid.IntRange(1, 300).Draw(t, "length")) * time.Minute)
			busy[key] = to
			if rapid.IntRange(0, 3).Draw(t, "holds") == 0 {
				busy[key], to = farFuture, time.Time{}
			}
			episodes = append(episodes, episode(kind, stop, from, to))
		}
		rules, now := DefaultRules(), central(30, 0)
		tell := func(e []freight.Episode, acts []freight.Act) []Exception {
			return Exceptions(someLoad, freight.Course{Episodes: e}, &freight.Timeline{Acts: acts}, now, &rules)
		}
		var acts []freight.Act
		for _, e := range tell(episodes, nil) {
			for range rapid.IntRange(0, 6).Draw(t, "acts") {
				fact := rapid.SampledFrom([]freight.Fact{freight.FactHandled, freight.FactCause, freight.FactParty, freight.FactEvidence}).Draw(t, "fact")
				kind := ""
				if fact == freight.FactHandled {
					kind = rapid.SampledFrom(handledOrder).Draw(t, "type")
				}
				acts = append(acts, deed(central(0, rapid.IntRange(0, 1500).Draw(t, "at")), e.ID, fact, kind, rapid.SampledFrom([]string{"a", "b"}).Draw(t, "text")))
			}
		}
		want := tell(episodes, acts)
		shuffledE, shuffledA := slices.Clone(episodes), slices.Clone(acts)
		rnd := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		rnd.Shuffle(len(shuffledE), func(i, j int) { shuffledE[i], shuffledE[j] = shuffledE[j], shuffledE[i] })
		rnd.Shuffle(len(shuffledA), func(i, j int) { shuffledA[i], shuffledA[j] = shuffledA[j], shuffledA[i] })
		if d := cmp.Diff(want, tell(shuffledE, shuffledA)); d != "" {
			t.Fatalf("order matters:\n%s", d)
		}
		begun, done := 0, 0
		for _, e := range want {
			var last freight.Episode
			for _, c := range e.History {
				if c.By != ByRule {
					done++
				}
				switch c.What {
				case "detected", "superseded", "joined":
					begun++
				case "reopened":
					if c.By == ByRule {
						begun++
					}
				}
			}
			for _, ep := range episodes {
				if KindOf(ep.Kind).Topic == e.Topic && (ep.Stop == e.Stop || e.Topic == wordTopic) && ep.DetectedAt.After(last.DetectedAt) {
					last = ep
				}
			}
			if !e.Open() && e.ResolvedAt.Before(last.DetectedAt) {
				t.Fatalf("%s came back at %v and is resolved since %v", e.Kind, last.DetectedAt, e.ResolvedAt)
			}
			if e.NeedsCause && !e.Open() && missing(&e) != nil {
				t.Fatalf("a service failure is closed: %v", missing(&e))
			}
		}
		if begun != len(episodes) || done != len(acts) {
			t.Fatalf("%d episodes, %d told; %d acts, %d told", len(episodes), begun, len(acts), done)
		}
	})
}

func BenchmarkExceptions(b *testing.B) {
	c := freight.Course{Episodes: []freight.Episode{episode("appointment.near", 2, central(9, 0), central(10, 0)), episode("appointment.missed", 2, central(10, 0), time.Time{}),
		episode("silence", 0, central(10, 0), time.Time{})}}
	rules, t := DefaultRules(), &freight.Timeline{}
	b.ReportAllocs()
	for b.Loop() {
		Exceptions(someLoad, c, t, central(12, 0), &rules)
	}
}

// An episode whose clocks run backwards is over, and stops nobody from seeing the rest.
func TestAnEpisodeThatEndsBeforeItBeganIsOver(t *testing.T) {
	e := freight.Episode{Finding: freight.Finding{Key: "load.duplicate", Kind: "load.duplicate", Severity: freight.Minor}, DetectedAt: central(10, 0), ClearedAt: central(9, 0)}
	rules := DefaultRules()
	got := Exceptions(freight.LoadID{}, freight.Course{Episodes: []freight.Episode{e}}, load(), central(11, 0), &rules)
	if len(got) != 1 || got[0].Open() {
		t.Errorf("%+v", got)
	}
}
