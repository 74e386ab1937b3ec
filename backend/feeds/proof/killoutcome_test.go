package proof

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
	"tracedesk/backend/sim/standin"
	"tracedesk/backend/store"
)

// outcome is what a desk knows in the end and what platforms were told.
type outcome struct {
	lines        map[string]string
	log          map[string]int
	papers       map[string]int
	errands      map[string]map[string]int // by account: kind and state
	arrived      map[string]map[string]int // by account: what is no state, by the platform's words
	observations int
}

func (v *voyage) outcome() outcome {
	v.t.Helper()
	s := v.ashore()
	defer s.close()
	ctx := v.t.Context()
	if found, err := s.desk.Store.Check(ctx); err != nil || found != nil {
		v.t.Fatalf("the desk file: %v, %v", found, err)
	}
	out := outcome{log: map[string]int{}, papers: map[string]int{}, errands: map[string]map[string]int{}, arrived: map[string]map[string]int{}}
	r := &run{t: v.t, world: v.all.World, desk: s.desk}
	out.lines = r.told()
	for number, line := range out.lines {
		out.lines[number] = ownNumbers.ReplaceAllString(line, "OWN")
	}
	for _, l := range v.all.World.Loads {
		for _, line := range v.logOf(s, l) {
			out.observations++
			out.log[line]++
		}
	}
	docs, err := s.desk.Store.Documents(ctx, 0, "", 100_000)
	if err != nil {
		v.t.Fatal(err)
	}
	for i := range docs {
		d := &docs[i]
		on, err := s.desk.Store.Load(ctx, d.Load)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			v.t.Fatal(err)
		}
		out.papers[strings.Join([]string{d.Name, d.From, d.Kind, d.State, "on " + on.Number}, " ")]++
	}
	for i := range v.sources {
		name := v.sources[i].Name
		list, err := s.engine.Outbox(ctx, name, time.Time{}, 100_000)
		if err != nil {
			v.t.Fatal(err)
		}
		out.errands[name], out.arrived[name] = map[string]int{}, v.told(name)
		for j := range list {
			e := &list[j]
			state := e.State
			if state == "done" { // by the word of a person who looked
				state = "arrived"
			}
			out.errands[name][e.Load+" "+e.Kind+" "+state]++
		}
	}
	return out
}

// ownNumbers are those that platforms give to loads and stops, in the order in which they come to know them.
var ownNumbers = regexp.MustCompile(`\b(626000\d{3}|MP\d{7}|[0-9a-f]{8}-[0-9a-z-]+)\b`)

// logOf is every observation on file of a load in its own words, without when it was learned.
func (v *voyage) logOf(s *ship, l *standin.Load) (out []string) {
	v.t.Helper()
	known, err := s.desk.FindLoad(v.t.Context(), l.Number)
	var ambiguous interface{ Code() string }
	if errors.As(err, &ambiguous) {
		return nil // booked later
	}
	if err != nil {
		v.t.Fatal(err)
	}
	log, err := s.desk.Store.Observations(v.t.Context(), known.ID, time.Time{})
	if err != nil {
		v.t.Fatal(err)
	}
	seen := map[freight.ObservationID]bool{}
	for i := range log {
		if seen[log[i].ID] {
			v.t.Errorf("load %s: an observation is on file twice", l.Number)
		}
		seen[log[i].ID] = true
		var says []string
		for j := range log[i].Claims { // which stand-ins tell in an order that hangs on their own numbers
			c := &log[i].Claims[j]
			says = append(says, fmt.Sprintf("%s stop %d at %d %q %q %s %q %v %v %v", c.Fact, c.Subject.Stop.Seq, c.At.Sec, c.ValueText(), c.Value.Text, c.Value.Type, c.Value.Note, c.Value.Start.Sec, c.Value.End.Sec, c.Value.Place))
		}
		slices.Sort(says)
		line := "of " + l.Number + " by " + log[i].Source.String() + ": " + strings.Join(says, "; ")
		out = append(out, ownNumbers.ReplaceAllString(line, "OWN"))
	}
	return out
}

// there is how often an errand took effect, by the platform's log.
func (v *voyage) there(e *feeds.Errand) (n int) {
	for _, l := range v.all.World.Loads {
		if l.Number != e.Load {
			continue
		}
		for words, times := range v.told(e.Source) {
			if speaksOf(words, e, l) {
				n += times
			}
		}
	}
	return n
}

// told is how often each errand that is no state took effect at a platform, by its log's words.
func (v *voyage) told(source string) map[string]int {
	system, _, _ := strings.Cut(source, "-")
	out := v.all.Gates()[standin.System(system)].Log.Deliveries()
	maps.DeleteFunc(out, func(words string, _ int) bool { return strings.HasPrefix(words, "update ") })
	return out
}

// speaksOf reports whether a log's words are those of an errand.
func speaksOf(words string, e *feeds.Errand, l *standin.Load) bool {
	ours := map[string]string{connect.CreateLoad: "create ", connect.WriteStatus: "statusUpdate ", connect.SendDocument: "document "}[e.Kind]
	if e.Kind == connect.WriteStatus && strings.HasPrefix(e.Target, "fourkites/") {
		ours = "dispatch "
	}
	if ours == "" || !strings.HasPrefix(words, ours) || !slices.ContainsFunc(strings.Fields(words), func(w string) bool { return w == l.Number || w == l.BOL }) {
		return false
	}
	return e.Kind != connect.WriteStatus || strings.Contains(words, e.Says.At.UTC().Format("2006-01-02T15:04:05")) // nobody says two things of a load and an instant
}

// different tells where two counts differ.
func different(want, got map[string]int) (out []string) {
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if got[key] != want[key] {
			out = append(out, fmt.Sprintf("%s: %d, undisturbed %d", key, got[key], want[key]))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(got)) {
		if _, known := want[key]; !known {
			out = append(out, fmt.Sprintf("%s: %d, undisturbed none", key, got[key]))
		}
	}
	return out
}
