// Package sample is the sample desk: a simulated freight world whose files reach a desk as real ones would, so that a
// newcomer sees the main job in a minute.
package sample

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/sim"
)

// seed makes every newcomer see the same world.
const seed = 7

// Import takes files into the desk with its clock at an instant.
type Import func(ctx context.Context, at time.Time, paths []string) error

// World is a simulated day and the clock it runs by.
type World struct {
	home  string
	speed float64
	start time.Time // the world's present when the desk was opened
	world *sim.World
	began atomic.Pointer[time.Time] // wall time at which the world's clock began to run; nil while history is replayed
	past  atomic.Pointer[time.Time] // how far history is replayed
}

// New is a world whose present is at now (the computer's, when zero) and which runs speed times as fast as ours.
func New(home string, now time.Time, speed float64) *World {
	if now.IsZero() {
		now = time.Now().UTC()
	}
	now = now.Truncate(time.Minute)
	return &World{home: home, speed: speed, start: now, world: sim.New(seed, now)}
}

// Home is where a sample desk lies, beside the person's own.
func Home() (string, error) {
	dir, err := desk.DefaultDir()
	return dir + "-sample", err
}

// Clock is the world's clock, and so the desk's. It follows the history that is being replayed: a desk that stood at the present
// already would show all of it as overdue.
func (w *World) Clock() time.Time {
	began := w.began.Load()
	if began == nil {
		if past := w.past.Load(); past != nil {
			return *past
		}
		return w.start.Add(-historyReach)
	}
	return w.start.Add(time.Duration(float64(time.Since(*began)) * w.speed))
}

// markName marks a folder as a sample desk's, which may be thrown away.
const markName = "sample-desk.txt"

// Clear throws the last sample desk away. A folder that holds anything else is refused.
func (w *World) Clear() error {
	if err := os.MkdirAll(w.home, 0o700); err != nil {
		return err
	}
	entries, err := os.ReadDir(w.home)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(w.home, markName)); err != nil && len(entries) > 0 {
		return errors.New("the folder " + w.home + " holds something else than a sample desk; choose another with --home")
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(w.home, e.Name())); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(w.home, markName), []byte("A sample desk of simulated freight. It is made anew at every start of: tracedesk demo\n"), 0o600)
}

// History is replayed in steps of an hour, with an export of the TMS every few steps: enough to look back on, and done in
// seconds.
const (
	historyReach = 72 * time.Hour
	historyStep  = time.Hour
	exportEvery  = 4
)

// History hands in what the desk received up to the world's present; then the clock runs on from there.
func (w *World) History(ctx context.Context, take Import) error {
	step := 0
	for at := w.start.Add(-historyReach); at.Before(w.start); at = at.Add(historyStep) {
		to := at.Add(historyStep)
		w.past.Store(&to)
		step++
		if err := w.take(ctx, take, to, w.world.Files(at, to, step%exportEvery == 0)); err != nil {
			return err
		}
	}
	now := time.Now()
	w.began.Store(&now)
	return nil
}

// Live hands in what the desk would receive, as the world's time passes, until ctx ends. Call it after History.
func (w *World) Live(ctx context.Context, take Import) error {
	player := sim.NewPlayer(w.world, w.start, *w.began.Load(), w.speed)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for ctx.Err() == nil {
		at, files, ok := player.Next(w.Clock())
		if ok {
			if err := w.take(ctx, take, at, files); err != nil {
				return err
			}
			continue
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
	return nil
}

// take lays the files of one instant down as they would arrive.
func (w *World) take(ctx context.Context, take Import, at time.Time, files []sim.File) error {
	if len(files) == 0 {
		return nil
	}
	dir, err := os.MkdirTemp(w.home, "incoming-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var paths []string
	for _, f := range files {
		path := filepath.Join(dir, f.Name)
		if err := os.WriteFile(path, f.Bytes, 0o600); err != nil {
			return err
		}
		if err := os.Chtimes(path, at, at); err != nil {
			return err
		}
		paths = append(paths, path)
	}
	return take(ctx, at, paths)
}
