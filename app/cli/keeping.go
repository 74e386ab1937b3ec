package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"tracedesk/app/api"
	"tracedesk/app/start"
	"tracedesk/backend/desk"
	"tracedesk/backend/store"
)

func rebuild(c *call) error {
	var out api.Rebuilt
	if err := c.tell("/api/rebuild", struct{}{}, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { fmt.Fprintf(w, "%d loads were drawn anew from the log.\n", out.Loads) })
}

// checkup is what doctor found.
type checkup struct {
	Sound    bool     `json:"sound"`
	Problems []string `json:"problems"`
	Audit    struct {
		Lines  int    `json:"lines"`
		Broken int64  `json:"broken"` // 0: none
		Why    string `json:"why"`
	} `json:"audit"`
	Loads int `json:"loads"`
	Live  int `json:"live"`
}

// doctor checks the desk file. It reads only, so it may run beside a running desk.
func doctor(c *call) error {
	dir, err := c.dir()
	if err != nil {
		return err
	}
	st, err := store.Open(c.ctx, dir, store.ReadOnly)
	var damaged *store.DamagedError
	if errors.As(err, &damaged) {
		return c.diagnosed(checkup{Problems: []string{damaged.Error() + ". Start TraceDesk: it keeps the file aside and takes over what can be read."}})
	}
	if err != nil {
		return err
	}
	defer st.Close()
	out := checkup{Problems: []string{}}
	if out.Problems, err = st.Check(c.ctx); err != nil {
		out.Problems = append(out.Problems, err.Error())
	}
	if out.Audit.Lines, out.Audit.Broken, out.Audit.Why, err = st.VerifyAudit(c.ctx); err != nil {
		out.Problems = append(out.Problems, err.Error())
	}
	if out.Audit.Broken > 0 {
		out.Problems = append(out.Problems, out.Audit.Why)
	}
	out.Loads, out.Live, err = st.Counts(c.ctx)
	if err != nil {
		out.Problems = append(out.Problems, err.Error())
	}
	return c.diagnosed(out)
}

func (c *call) diagnosed(out checkup) error {
	out.Sound = len(out.Problems) == 0
	if out.Problems == nil {
		out.Problems = []string{}
	}
	err := c.print(out, func(w io.Writer) {
		for _, p := range out.Problems {
			fmt.Fprintln(w, "Problem:", p)
		}
		fmt.Fprintf(w, "%d loads, %d live; %d lines of the audit chain hold.\n", out.Loads, out.Live, out.Audit.Lines)
	})
	if err == nil && !out.Sound {
		err = errors.New("the desk is not sound")
	}
	return err
}

func backup(c *call) error {
	dir, err := c.dir()
	if err != nil {
		return err
	}
	to, err := filepath.Abs(c.args[0])
	if err != nil {
		return err
	}
	st, err := store.Open(c.ctx, dir, store.ReadOnly)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := st.Backup(c.ctx, to); err != nil {
		return err
	}
	return c.print(map[string]string{"backup": to}, func(w io.Writer) {
		fmt.Fprintf(w, "The desk file is copied to %s. Papers and raw files lie beside it in %s: copy those folders too.\n", to, dir)
	})
}

// restore puts a backup in the desk file's place; the present file is kept aside.
func restore(c *call) error {
	dir, err := c.dir()
	if err != nil {
		return err
	}
	if _, running := desk.Find(dir); running {
		return errors.New("a desk runs on this data folder; close it first")
	}
	kept, err := store.Restore(c.ctx, dir, c.args[0], time.Now())
	if err != nil {
		return err
	}
	return c.print(map[string]string{"restored": c.args[0], "kept": kept}, func(w io.Writer) {
		fmt.Fprintf(w, "Restored. The file before it is kept as %s.\n", kept)
	})
}

// demo shows a simulated day in a data folder of its own, clearly marked.
func demo(c *call) error {
	speed, err := c.number("speed", 20)
	if err != nil {
		return err
	}
	home := c.home
	if home == "" {
		dir, err := desk.DefaultDir()
		if err != nil {
			return err
		}
		home = dir + "-sample"
	}
	if err := os.MkdirAll(home, 0o700); err != nil {
		return err
	}
	d := newDemo(home, c.at, float64(max(speed, 1)))
	open := func(ctx context.Context) (start.Desk, error) { return d.open(ctx, c) }
	if c.has("serve") || c.has("addr") {
		return start.Browser(c.ctx, open, c.addr(), start.Terminal{Out: c.stdout, Browse: func(string) error { return nil }})
	}
	return start.Window(c.ctx, open, start.Terminal{Out: c.stdout})
}
