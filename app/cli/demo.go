package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"tracedesk/app/start"
	"tracedesk/backend/desk"
	"tracedesk/backend/desk/sources"
	"tracedesk/backend/freight"
	"tracedesk/backend/sim"
)

// demoDesk lives on a simulated freight world whose clock runs faster than ours.
type demoDesk struct {
	home  string
	speed float64
	began time.Time // wall
	start time.Time // the world's instant at began
	world *sim.World
}

// demoSeed makes every newcomer see the same day.
const demoSeed = 7

func newDemo(home string, at time.Time, speed float64) *demoDesk {
	now := time.Now().UTC()
	if !at.IsZero() {
		now = at
	}
	return &demoDesk{home: home, speed: speed, began: time.Now(), start: now.Truncate(time.Minute), world: sim.New(demoSeed, now.Truncate(time.Minute))}
}

// clock is the world's clock: it stands at the start until history has been replayed, then runs.
func (d *demoDesk) clock() time.Time {
	return d.start.Add(time.Duration(float64(time.Since(d.began)) * d.speed))
}

// open makes the sample desk anew and replays its history; the world then lives on beside the screens.
func (d *demoDesk) open(ctx context.Context, c *call) (start.Desk, error) {
	if _, running := desk.Find(d.home); !running {
		if err := d.clear(); err != nil {
			return start.Desk{}, err
		}
	}
	a, err := c.open(ctx, desk.Options{Dir: d.home, Demo: true, Now: d.clock})
	if err != nil {
		return start.Desk{}, err
	}
	if err := d.history(ctx, a); err != nil {
		return start.Desk{}, errors.Join(err, a.desk.Close())
	}
	d.began = time.Now()
	if err := a.start(ctx); err != nil {
		return start.Desk{}, errors.Join(err, a.desk.Close())
	}
	a.desk.Work(func(ctx context.Context) { d.live(ctx, a) })
	return a.shown()
}

// clear removes the last sample desk. Only what a sample desk makes is removed, and only in a folder marked as one.
func (d *demoDesk) clear() error {
	mark := filepath.Join(d.home, "sample-desk.txt")
	entries, err := os.ReadDir(d.home)
	if err != nil {
		return err
	}
	if _, err := os.Stat(mark); err != nil && len(entries) > 0 {
		return errors.New("the folder " + d.home + " holds something else than a sample desk; choose another with --home")
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(d.home, e.Name())); err != nil {
			return err
		}
	}
	return os.WriteFile(mark, []byte("A sample desk of simulated freight. It is made anew at every start of: tracedesk demo\n"), 0o600)
}

// History is replayed in steps of an hour, with an export of the TMS every few steps: enough to look back on, and done in
// seconds.
const (
	historyReach = 72 * time.Hour
	historyStep  = time.Hour
	exportEvery  = 4
)

func (d *demoDesk) history(ctx context.Context, a *areas) error {
	step := 0
	for at := d.start.Add(-historyReach); at.Before(d.start); at = at.Add(historyStep) {
		to := at.Add(historyStep)
		step++
		if err := d.take(ctx, a, to, d.world.Files(at, to, step%exportEvery == 0)); err != nil {
			return err
		}
	}
	return nil
}

// live hands in what a desk would receive, as the world's time passes.
func (d *demoDesk) live(ctx context.Context, a *areas) {
	player := sim.NewPlayer(d.world, d.start, d.began, d.speed)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for ctx.Err() == nil {
		at, files, ok := player.Next(d.clock())
		if ok {
			if err := d.take(ctx, a, at, files); err != nil && ctx.Err() == nil {
				a.desk.Notice("The simulated world stopped: " + err.Error())
				return
			}
			continue
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// take imports the files of one instant, with the desk's clock at it.
func (d *demoDesk) take(ctx context.Context, a *areas, at time.Time, files []sim.File) error {
	if len(files) == 0 {
		return nil
	}
	dir, err := os.MkdirTemp(d.home, "incoming-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	req := sources.ImportRequest{Now: &at}
	for _, f := range files {
		path := filepath.Join(dir, f.Name)
		if err := os.WriteFile(path, f.Bytes, 0o600); err != nil {
			return err
		}
		if err := os.Chtimes(path, at, at); err != nil {
			return err
		}
		req.Files = append(req.Files, sources.FileRef{Path: path})
	}
	_, err = a.sources.ImportNow(ctx, req, func(freight.Progress, string) {})
	return err
}
