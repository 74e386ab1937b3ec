package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"tracedesk/app/api"
	"tracedesk/backend/desk"
)

func rebuild(c *call) error {
	var out api.Rebuilt
	if err := c.tell("/api/rebuild", struct{}{}, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { fmt.Fprintf(w, "%d loads were drawn anew from the log.\n", out.Loads) })
}

// doctor checks the desk file. It reads only, so it may run beside a running desk.
func doctor(c *call) error {
	dir, err := c.dir()
	if err != nil {
		return err
	}
	out, err := desk.Check(c.ctx, dir)
	if err != nil {
		return err
	}
	err = c.print(out, func(w io.Writer) {
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
	if err := desk.Backup(c.ctx, dir, to); err != nil {
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
	kept, err := desk.Restore(c.ctx, dir, c.args[0])
	if err != nil {
		return err
	}
	return c.print(map[string]string{"restored": c.args[0], "kept": kept}, func(w io.Writer) {
		fmt.Fprintln(w, "Restored.")
		if kept != "" {
			fmt.Fprintf(w, "The file before it is kept as %s.\n", kept)
		}
	})
}
