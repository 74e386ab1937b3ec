package replay

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/sim/trial"
	"tracedesk/backend/watch"
)

// Trial is which simulated world the rules are tried on.
type Trial struct {
	Seed        uint64
	Loads, Days int
	Start       time.Time
	Quiet       bool // a world without incidents
}

// Score is how well the rules did on a world whose truth is known.
type Score struct {
	Seed     uint64            `json:"seed"` // the first world's
	Worlds   int               `json:"worlds"`
	Loads    int               `json:"loads"` // of each world
	Days     int               `json:"days"`
	Kinds    []trial.KindScore `json:"kinds"`
	Total    trial.KindScore   `json:"total"`    // over the service-affecting kinds
	Findings int               `json:"findings"` // episodes of any kind but appointment.near, which the clock gives of every stop
	Calls    Calls             `json:"calls"`
}

// Sum adds the scores of several worlds up.
func Sum(scores []Score) Score {
	if len(scores) == 0 {
		return Score{}
	}
	sum := scores[0]
	kinds := make([][]trial.KindScore, len(scores))
	sum.Worlds, sum.Findings, sum.Calls = len(scores), 0, Calls{}
	for i, s := range scores {
		kinds[i] = s.Kinds
		sum.Findings += s.Findings
		sum.Calls.Due += s.Calls.Due
		sum.Calls.Covered += s.Calls.Covered
	}
	sum.Calls.settle()
	sum.Kinds = trial.Merge(kinds...)
	sum.Total = trial.Total(sum.Kinds)
	return sum
}

// Calls counts the check calls that were due, and those that nobody had to make.
type Calls struct {
	Due     int     `json:"due"`
	Covered int     `json:"covered"`
	Ratio   float64 `json:"ratio"` // 0 to 1
}

// trialStart is when a trial's world begins unless told: a Monday on which clocks change in no zone.
var trialStart = time.Date(2026, 11, 16, 6, 0, 0, 0, time.UTC)

// Begins is the first instant of the trial's world.
func (t Trial) Begins() time.Time {
	if t.Start.IsZero() {
		return trialStart
	}
	return t.Start
}

func (t Trial) world() *trial.World { return trial.New(t.Seed, t.Loads, t.Days, t.Begins(), !t.Quiet) }

// Wrong lists what was missed and what was found without cause, a line each, for whoever looks into a score.
func (t Trial) Wrong(found []Finding) []string {
	var lines []string
	missed, unfounded := trial.Wrong(t.world().Truth(), episodesOf(found))
	for _, in := range missed {
		lines = append(lines, fmt.Sprintf("missed  %-22s %s stop %d detectable %s: %s", in.Kind, in.Load, in.Stop, in.Detectable.Format(time.RFC3339), in.Why))
	}
	for _, i := range unfounded {
		f := &found[i]
		lines = append(lines, fmt.Sprintf("false   %-22s %s stop %d detected %s: %s", f.Kind, f.Load, f.Stop, f.DetectedAt.Format(time.RFC3339), f.Why))
	}
	return lines
}

// WriteJSON writes a value to a file, for people to look at.
func WriteJSON(path string, v any) error {
	body, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(body, '\n'), 0o644)
}

// Prepare writes the files of a trial's world to a folder. It returns the manifest's path.
func (t Trial) Prepare(dir string) (string, *trial.World, error) {
	w := t.world()
	manifest, err := w.Write(dir)
	return manifest, w, err
}

// Try runs a scratch desk through a trial's world and scores it.
func (t Trial) Try(ctx context.Context, scratch *desk.Desk, imp Import, dir string, progress func(done, total int)) (Score, Outcome, error) {
	manifest, world, err := t.Prepare(dir)
	if err != nil {
		return Score{}, Outcome{}, err
	}
	m, err := Read(manifest)
	if err != nil {
		return Score{}, Outcome{}, err
	}
	out, err := Run(ctx, scratch, imp, m, progress)
	if err != nil {
		return Score{}, Outcome{}, err
	}
	s := Score{Seed: t.Seed, Worlds: 1, Loads: t.Loads, Days: t.Days, Kinds: trial.Score(world.Truth(), episodesOf(out.Findings)), Calls: callsOf(out.Errands)}
	s.Total = trial.Total(s.Kinds)
	for i := range out.Findings {
		if out.Findings[i].Kind != "appointment.near" {
			s.Findings++
		}
	}
	return s, out, nil
}

func episodesOf(found []Finding) []trial.Episode {
	out := make([]trial.Episode, len(found))
	for i, f := range found {
		out[i] = trial.Episode{Load: f.Load, Stop: f.Stop, Kind: f.Kind, DetectedAt: f.DetectedAt}
		if f.ClearedAt != nil {
			out[i].ClearedAt = *f.ClearedAt
		}
	}
	return out
}

// callsOf counts the check calls of all loads; one that data answered only after it was due counts as made.
func callsOf(errands []Errand) Calls {
	all := make([]freight.Errand, len(errands))
	for i := range errands {
		all[i] = errands[i].Errand
	}
	n := watch.CountCalls(all, time.Time{}, endOfTime)
	c := Calls{Due: n.Due, Covered: n.Covered}
	c.settle()
	return c
}

func (c *Calls) settle() {
	if c.Due > 0 {
		c.Ratio = float64(c.Covered) / float64(c.Due)
	}
}

var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
