package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// step is one check. Its note is a figure worth showing in the summary.
type step struct {
	name string
	what string
	run  func(p *project) (note string, err error)

	// elsewhere: may be left out in CI too, because no setting up helps there.
	elsewhere bool
}

type outcome struct {
	step step
	note string
	err  error
	took time.Duration
}

func (o outcome) word(ci bool) string {
	var m *missing
	switch {
	case o.err == nil:
		return "ok"
	case errors.As(o.err, &m) && (!ci || o.step.elsewhere):
		return "not run"
	}
	return "FAILED"
}

// runSteps runs all steps, also after a failed one, and sums them up.
func runSteps(p *project, steps []step) error {
	began := time.Now()
	var done []outcome
	for _, s := range steps {
		fmt.Printf("\n== %s: %s\n", s.name, s.what)
		start := time.Now()
		note, err := s.run(p)
		o := outcome{s, note, err, time.Since(start)}
		done = append(done, o)
		fmt.Printf("-- %s: %s in %.1f s %s\n", s.name, o.word(p.ci), o.took.Seconds(), reason(o))
	}
	return summary(p, done, time.Since(began))
}

func reason(o outcome) string {
	if o.err != nil {
		return "(" + o.err.Error() + ")"
	}
	return o.note
}

func summary(p *project, done []outcome, took time.Duration) error {
	fmt.Printf("\n== summary (%.0f s)\n", took.Seconds())
	var failed []string
	for _, o := range done {
		word := o.word(p.ci)
		fmt.Printf("%-8s %-12s %7.1f s  %s\n", word, o.step.name, o.took.Seconds(), reason(o))
		if word == "FAILED" {
			failed = append(failed, o.step.name)
		}
	}
	fmt.Println(tests.goLine())
	fmt.Printf("%d passed, %d failed\n", tests.passed+count(p, done, "ok"), tests.failed+len(failed))
	if len(failed) > 0 {
		return fmt.Errorf("failed: %s (each says why above; go run ./build test %s runs it alone)", strings.Join(failed, ", "), failed[0])
	}
	return nil
}

func count(p *project, done []outcome, word string) int {
	n := 0
	for _, o := range done {
		if o.word(p.ci) == word {
			n++
		}
	}
	return n
}

// choose keeps the named steps, in their order; no names: all.
func choose(steps []step, names []string) ([]step, error) {
	if len(names) == 0 {
		return steps, nil
	}
	var chosen []step
	for _, s := range steps {
		if slices.Contains(names, s.name) {
			chosen = append(chosen, s)
		}
	}
	if len(chosen) == len(names) {
		return chosen, nil
	}
	var known []string
	for _, s := range steps {
		known = append(known, s.name)
	}
	return nil, fmt.Errorf("the steps are: %s", strings.Join(known, ", "))
}
