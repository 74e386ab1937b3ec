package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk/practice"
)

// servePlatforms opens simulated visibility platforms on this machine and prints how a desk is tried against them. It ends
// with Ctrl-C.
func (c *call) servePlatforms(seed uint64, start time.Time) error {
	o := practice.Options{Seed: seed, Start: start, Speed: 1, Host: "127.0.0.1", Dir: c.flags["out"], TLS: c.has("tls"), Hooks: c.has("hooks")}
	if o.Start.IsZero() {
		o.Start = time.Now()
	}
	var err error
	for _, n := range []struct {
		flag      string
		otherwise int
		to        *int
	}{{"loads", 120, &o.Loads}, {"hours", 30, &o.Hours}, {"port", 0, &o.Port}} {
		if *n.to, err = c.number(n.flag, n.otherwise); err != nil {
			return err
		}
	}
	if o.Faults, err = c.share("faults"); err != nil {
		return err
	}
	if speed, err := c.number("speed", 1); err != nil {
		return err
	} else if speed > 0 {
		o.Speed = float64(speed)
	}
	if o.Dir == "" {
		if o.Dir, err = os.MkdirTemp("", "tracedesk-platforms-*"); err != nil {
			return err
		}
	}
	if o.Dir, err = filepath.Abs(o.Dir); err != nil {
		return err
	}
	if name := c.flags["log"]; name != "" {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		defer f.Close()
		o.Log = f
	}
	open, err := practice.Serve(o)
	if err != nil {
		return err
	}
	if err := c.print(open, func(w io.Writer) { sayPlatforms(w, open) }); err != nil {
		return err
	}
	if err := open.Run(c.ctx); err != nil {
		return err
	}
	for _, n := range open.Counts() {
		fmt.Fprintf(c.stderr, "%s: %d requests, %d over a limit, %d before a Retry-After was over, %d errands, %d done again (%d after an answer that did not arrive whole)\n",
			n.Kind, n.Requests, n.OverLimit, n.Early, n.Errands, n.Doubled, n.Excused)
	}
	return nil
}

// share is a number from 0 to 1.
func (c *call) share(flag string) (float64, error) {
	s, ok := c.flags[flag]
	if !ok {
		return 0, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 || f > 1 {
		return 0, wrong("--%s must be a number from 0 to 1, not %q", flag, s)
	}
	return f, nil
}

func sayPlatforms(w io.Writer, open *practice.Open) {
	fmt.Fprintln(w, "Simulated platforms are open until Ctrl-C. In another terminal, once:")
	fmt.Fprintln(w)
	for _, p := range open.Platforms {
		for name, value := range p.Env {
			fmt.Fprintf(w, "export %s=%s\n", name, value)
		}
	}
	if open.CA != "" {
		fmt.Fprintf(w, "export SSL_CERT_FILE=%s\n", open.CA)
	}
	quoted := make([]string, len(open.Files))
	for i, f := range open.Files {
		quoted[i] = strconv.Quote(f)
	}
	fmt.Fprintf(w, "tracedesk import %s\n", strings.Join(quoted, " "))
	for _, p := range open.Platforms {
		fmt.Fprintln(w, p.Command)
	}
	fmt.Fprintln(w, "tracedesk sync --once")
}
