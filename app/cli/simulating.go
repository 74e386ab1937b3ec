package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"tracedesk/backend/desk/replay"
)

// simulate runs the rules over a simulated world whose truth is known, or writes such a world down.
func simulate(c *call) error {
	seed, err := c.number("seed", 1)
	if err != nil {
		return err
	}
	loads, err := c.number("loads", 500)
	if err != nil {
		return err
	}
	days, err := c.number("days", 3)
	if err != nil {
		return err
	}
	trial := replay.Trial{Seed: uint64(seed), Loads: loads, Days: days, Quiet: c.has("quiet")}
	if trial.Start, err = c.instant("start"); err != nil {
		return err
	}
	switch c.args[0] {
	case "score":
		return c.score(trial)
	case "world":
		return c.writeWorld(trial)
	case "papers":
		return c.makePapers(uint64(seed))
	case "serve":
		return c.servePlatforms(uint64(seed), trial.Start)
	}
	return wrong("use: tracedesk sim score | world | papers | serve")
}

// score tries the rules on worlds of consecutive seeds, each in a desk of its own, and adds them up.
func (c *call) score(t replay.Trial) error {
	worlds, err := c.number("worlds", 1)
	if err != nil {
		return err
	}
	var scores []replay.Score
	for n := range max(worlds, 1) {
		one := t
		one.Seed += uint64(n)
		score, err := c.scoreOne(one)
		if err != nil {
			return err
		}
		scores = append(scores, score)
	}
	sum := replay.Sum(scores)
	return c.print(sum, func(w io.Writer) { sayScore(w, &sum) })
}

func (c *call) scoreOne(t replay.Trial) (score replay.Score, err error) {
	dir, err := os.MkdirTemp("", "tracedesk-trial-*")
	if err != nil {
		return score, err
	}
	defer os.RemoveAll(dir)
	err = c.inScratch(t.Begins(), func(a *areas) error {
		var out replay.Outcome
		score, out, err = t.Try(c.ctx, a.desk, a.arrive, dir, c.showSteps)
		if err == nil && c.has("wrong") {
			for _, line := range t.Wrong(out.Findings) {
				fmt.Fprintln(c.stderr, line)
			}
		}
		return err
	})
	return score, err
}

func sayScore(w io.Writer, s *replay.Score) {
	fmt.Fprintf(w, "%-24s %6s %6s %6s %9s %7s %10s\n", "kind", "truth", "found", "hit", "precision", "recall", "delay min")
	for _, k := range append(s.Kinds, s.Total) {
		fmt.Fprintf(w, "%-24s %6d %6d %6d %9.3f %7.3f %10.1f\n", k.Kind, k.Truth, k.Found, k.Hit, k.Precision, k.Recall, k.MedianDelayMin)
	}
	fmt.Fprintf(w, "%d worlds of %d loads over %d days from seed %d; %d findings", s.Worlds, s.Loads, s.Days, s.Seed, s.Findings)
	if s.Worlds > 0 && s.Loads > 0 {
		fmt.Fprintf(w, ", %.2f for 200 loads", float64(s.Findings)*200/float64(s.Worlds*s.Loads))
	}
	fmt.Fprintf(w, "\ncheck calls due %d, covered by data %d (%.0f %%)\n", s.Calls.Due, s.Calls.Covered, 100*s.Calls.Ratio)
}

// writeWorld writes a simulated world's files, their manifest for replay, and the truth.
func (c *call) writeWorld(t replay.Trial) error {
	dir := c.flags["out"]
	if dir == "" {
		return wrong("sim world needs --out DIR")
	}
	manifest, world, err := t.Prepare(dir)
	if err != nil {
		return err
	}
	truth := filepath.Join(dir, "TRUTH.json")
	if err := replay.WriteJSON(truth, world.Truth()); err != nil {
		return err
	}
	return c.print(map[string]string{"manifest": manifest, "truth": truth}, func(w io.Writer) {
		fmt.Fprintf(w, "Written: %s, and what is true of it: %s\nTry: tracedesk replay %s\n", manifest, truth, manifest)
	})
}
