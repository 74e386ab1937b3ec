package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/replay"
	"tracedesk/backend/desk/sources"
	"tracedesk/backend/freight"
)

// replayDay runs recorded files through a scratch desk with this desk's settings, and tells what the rules would have found.
func replayDay(c *call) error {
	m, err := replay.Read(c.args[0])
	if err != nil {
		return err
	}
	outcome, err := c.replay(m)
	if err != nil {
		return err
	}
	found := replay.Findings{Findings: outcome.Findings}
	return c.print(found, func(w io.Writer) { sayFindings(w, found.Findings) })
}

func sayFindings(w io.Writer, list []replay.Finding) {
	for _, f := range list {
		until := "still so at the end"
		if f.ClearedAt != nil {
			until = "until " + f.ClearedAt.UTC().Format("02 Jan 15:04")
		}
		fmt.Fprintf(w, "%s  %-12s %-24s %-8s %s (%s)\n", f.DetectedAt.UTC().Format("02 Jan 15:04 MST"), f.Load, f.Kind, f.Severity, f.Why, until)
	}
	fmt.Fprintf(w, "%d findings.\n", len(list))
}

// replay plays a manifest in a scratch desk with this desk's settings.
func (c *call) replay(m replay.Manifest) (out replay.Outcome, err error) {
	err = c.inScratch(m.Steps[0].At, func(a *areas) error {
		if err := c.inherit(a.desk); err != nil {
			return err
		}
		out, err = replay.Run(c.ctx, a.desk, a.arrive, m, c.showSteps)
		return err
	})
	return out, err
}

// inScratch opens a desk that is thrown away afterwards, with its clock at an instant.
func (c *call) inScratch(at time.Time, fn func(*areas) error) (err error) {
	dir, err := os.MkdirTemp("", "tracedesk-scratch-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	d, err := desk.Open(c.ctx, desk.Options{Dir: filepath.Join(dir, "desk"), Now: func() time.Time { return at }, Person: "replay", Scratch: true})
	if err != nil {
		return err
	}
	return errors.Join(fn(assemble(d)), d.Close())
}

// inherit gives the scratch desk the settings of the desk that this call is about, where there is one.
func (c *call) inherit(d *desk.Desk) error {
	dir, err := c.dir()
	if err != nil || !desk.Exists(dir) {
		return err
	}
	return replay.Inherit(c.ctx, d, dir)
}

// arrive imports one file of a replay: its clock and its receive time are the step's.
func (a *areas) arrive(ctx context.Context, f replay.Arrival) error {
	_, err := a.sources.ImportNow(ctx, sources.ImportRequest{Files: freight.List[sources.FileRef]{{Path: f.Path}}, Profile: f.Profile, Full: f.Full, Now: &f.At, Replayed: true}, nil)
	return err
}

func (c *call) showSteps(done, total int) {
	if c.onTerminal() {
		fmt.Fprintf(c.stderr, "\rstep %d of %d   ", done, total)
	}
	if done == total {
		c.erase()
	}
}
