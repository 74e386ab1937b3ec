package cli

import (
	"fmt"
	"testing"
)

// trialWorld is a small world of a day.
func trialWorld(seed, loads int, more ...string) []string {
	return append([]string{"sim", "score", "--seed", fmt.Sprint(seed), "--loads", fmt.Sprint(loads), "--days", "1"}, more...)
}

// TestRulesOnTrialWorld holds the rules, by the real road of files, scratch desk and clock, to what a desk is promised: what
// harms freight or money is found and little else is cried, at the minute it can be known. Other and larger worlds:
// tracedesk sim score.
func TestRulesOnTrialWorld(t *testing.T) {
	t.Parallel()
	total := pick(newDesk(t).ask(trialWorld(105, 60)...), "total")
	truth, found, hit := pick(total, "truth").(float64), pick(total, "found").(float64), pick(total, "hit").(float64)
	if truth < 20 || hit < 0.95*truth || hit < 0.95*found {
		t.Errorf("of %v incidents %v were found, by %v findings", truth, hit, found)
	}
	if delay := pick(total, "medianDelayMin").(float64); delay > 1 {
		t.Errorf("%v min from detectable to detected", delay)
	}
}

// TestRulesOnAQuietWorld: where nothing happens little is said, and most check calls are needless.
func TestRulesOnAQuietWorld(t *testing.T) {
	t.Parallel()
	quiet := newDesk(t).ask(trialWorld(103, 25, "--quiet")...)
	if n := pick(quiet, "findings").(float64); n > 0 {
		t.Errorf("%v findings on loads of which there is nothing to tell", n)
	}
	if due, ratio := pick(quiet, "calls", "due").(float64), pick(quiet, "calls", "ratio").(float64); due < 40 || ratio < 0.7 {
		t.Errorf("of %v check calls %.0f %% were needless", due, 100*ratio)
	}
}
