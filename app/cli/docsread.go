package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/papers"
)

// memoryAim is what Go is to stay within while pages are read, where it can: pictures come and go quickly.
const memoryAim = 400 << 20

// readDocs reads papers without storing them and prints what is on them.
func (c *call) readDocs(paths []string) error {
	if len(paths) == 0 {
		return wrong("use: tracedesk docs read FILE|DIR... [--loads FILE] [--json]")
	}
	debug.SetMemoryLimit(memoryAim)
	o, done, err := c.offhand(paths)
	if err != nil {
		return err
	}
	out, err := o.Read(c.ctx)
	c.endTelling()
	if len(out.Files) > 0 || err == nil {
		err = errors.Join(c.print(out, func(w io.Writer) { sayRead(w, &out) }), err)
	}
	return errors.Join(err, done())
}

// scoreDocs reads a folder of papers whose truth is known and says how well.
func (c *call) scoreDocs(args []string) error {
	if len(args) != 1 {
		return wrong("use: tracedesk docs score DIR --truth truth.json --loads shipments.json [--misses] [--json]")
	}
	truth, loads := c.flags["truth"], c.flags["loads"]
	if truth == "" {
		truth = filepath.Join(args[0], "truth.json")
	}
	if loads == "" {
		loads = filepath.Join(args[0], "shipments.json")
	}
	list, err := papers.LoadsList(loads, c.instantNow())
	if err != nil {
		return err
	}
	debug.SetMemoryLimit(memoryAim)
	o := papers.Offhand{Paths: args, Known: papers.Known(list), Cache: c.cache(), Tell: c.tellReading()}
	s, err := o.Measure(c.ctx, truth, list, peakMB)
	c.endTelling()
	if err != nil {
		return err
	}
	return c.print(s, func(w io.Writer) { sayMeasured(w, &s, c.has("misses")) })
}

// offhand is the reading of papers against a list of loads, or against the open loads of the desk. done closes the desk.
func (c *call) offhand(paths []string) (o *papers.Offhand, done func() error, err error) {
	o = &papers.Offhand{Paths: paths, Cache: c.cache(), Tell: c.tellReading()}
	if file := c.flags["loads"]; file != "" {
		list, err := papers.LoadsList(file, c.instantNow())
		o.Known = papers.Known(list)
		return o, func() error { return nil }, err
	}
	dir, err := c.dir()
	if err != nil {
		return nil, nil, err
	}
	if !desk.Exists(dir) {
		return o, func() error { return nil }, nil // no desk, no loads: what is on the papers is read all the same
	}
	a, err := c.open(c.ctx, desk.Options{ReadOnly: true})
	if err != nil {
		return nil, nil, err
	}
	o.Known, o.Policy = a.papers.OpenLoads(), a.papers.ChecksFor(c.ctx)
	return o, a.desk.Close, nil
}

func (c *call) instantNow() time.Time {
	if !c.at.IsZero() {
		return c.at
	}
	return time.Now()
}

func (c *call) cache() string {
	dir, err := c.dir()
	if err != nil {
		return ""
	}
	return desk.CacheDir(dir)
}

// tellReading gives what shows on stderr how far reading is: one line that is written over.
func (c *call) tellReading() func(papers.ReadSoFar) {
	last := ""
	return func(at papers.ReadSoFar) {
		line := sayProgress(at)
		if line != last {
			fmt.Fprintf(c.stderr, "\r%-78.78s", line)
		}
		last = line
	}
}

func sayProgress(at papers.ReadSoFar) string {
	line := fmt.Sprintf("%d of %d files read", at.Done, at.Files)
	if at.Page > 0 {
		line += fmt.Sprintf(", %s page %d of %d", at.Name, at.Page, at.Pages)
	}
	return line
}

func (c *call) endTelling() { fmt.Fprintf(c.stderr, "\r%78s\r", "") }

func sayRead(w io.Writer, out *papers.ReadOffhand) {
	for _, f := range out.Files {
		if f.Error != "" {
			fmt.Fprintf(w, "%s: %s\n", f.File, f.Error)
		}
		for i := range f.Documents {
			d := &f.Documents[i]
			if len(d.Pages) == 0 {
				continue
			}
			fmt.Fprintf(w, "%s %s: %s, %s", f.File, pagesOf(d.Pages), strings.TrimSpace(string(d.Type)+" "+d.Subtype), strings.ReplaceAll(string(d.Verdict), "_", " "))
			if len(d.Reasons) > 0 {
				said := make([]string, len(d.Reasons))
				for i, r := range d.Reasons {
					said[i] = papers.SayReason(r)
				}
				fmt.Fprintf(w, " (%s)", strings.Join(said, "; "))
			}
			fmt.Fprintln(w)
			switch m := d.Match; {
			case m == nil:
			case m.Load != "":
				fmt.Fprintf(w, "    load %s: %s\n", m.Load, m.Why)
			case len(m.Candidates) > 0:
				fmt.Fprintf(w, "    no load yet: %s\n", m.Why)
				for _, cand := range m.Candidates {
					fmt.Fprintf(w, "      perhaps %s (%.0f %%): %s\n", cand.Load, cand.Score*100, cand.Why)
				}
			}
			for _, name := range slices.Sorted(mapKeys(d.Fields)) {
				fmt.Fprintf(w, "    %-15s %s\n", name, d.Fields[name][0].Value)
			}
		}
	}
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func pagesOf(pages []int) string {
	if len(pages) == 1 {
		return fmt.Sprintf("page %d", pages[0])
	}
	words := make([]string, len(pages))
	for i, p := range pages {
		words[i] = fmt.Sprint(p)
	}
	return "pages " + strings.Join(words, ", ")
}

func sayMeasured(w io.Writer, s *papers.Measured, misses bool) {
	percent := func(part, whole int) string {
		if whole == 0 {
			return "    -"
		}
		return fmt.Sprintf("%5.1f", float64(part)*100/float64(whole))
	}
	fmt.Fprintf(w, "%d files, %d pages, %.1f s (%.2f s a page), peak %.0f MB\n\n", s.Files, s.Pages, s.Seconds, s.PerPage, s.PeakMB)
	fmt.Fprintf(w, "%-16s %6s %7s %9s   %6s %7s %9s\n", "field", "typed", "recall", "precision", "hand", "recall", "precision")
	for _, f := range s.Fields {
		fmt.Fprintf(w, "%-16s %6d %7s %9s   %6d %7s %9s\n", f.Name, f.Typed.Truth, percent(f.Typed.Right, f.Typed.Truth), percent(f.Typed.Right, f.Typed.Given),
			f.Hand.Truth, percent(f.Hand.Right, f.Hand.Truth), percent(f.Hand.Right, f.Hand.Given))
	}
	fmt.Fprintln(w)
	for _, l := range []struct {
		name string
		n    papers.MeasuredCount
	}{{"type", s.Type}, {"signature", s.Signature}, {"notation", s.Notation}, {"rotation", s.Rotation}, {"barcode", s.Barcode}, {"split", s.Split},
		{"verdict", s.Verdict}, {"with reasons", s.Reasons}, {"clean, verified", s.Clean}} {
		fmt.Fprintf(w, "%-16s %6d %7s %9s\n", l.name, l.n.Truth, percent(l.n.Right, l.n.Truth), percent(l.n.Right, l.n.Given))
	}
	m := &s.Match
	fmt.Fprintf(w, "\nmatch: %d documents, right load first %s %%, named %s %%, wrong load accepted %d\n", m.Documents, percent(m.RightFirst, m.Documents), percent(m.Named, m.Documents), m.WrongAccepted)
	fmt.Fprintf(w, "verified that are not: %d %s\n\nverdict (true -> given):\n", len(s.VerifiedBad), strings.Join(s.VerifiedBad, " "))
	for _, truth := range slices.Sorted(mapKeys(plain(s.Confusion))) {
		row := plain(s.Confusion)[truth]
		var parts []string
		for _, given := range slices.Sorted(mapKeys(plain(row))) {
			parts = append(parts, fmt.Sprintf("%s %d", given, plain(row)[given]))
		}
		fmt.Fprintf(w, "  %-12s %s\n", truth, strings.Join(parts, ", "))
	}
	if !misses {
		return
	}
	fmt.Fprintln(w)
	for _, x := range s.Misses {
		hand := ""
		if x.Hand {
			hand = " (hand)"
		}
		fmt.Fprintf(w, "%s page %d %s%s: %q, not %q\n", x.File, x.Page, x.What, hand, x.Got, x.Want)
	}
}

// plain is a map by words as a map by strings.
func plain[K ~string, V any](m map[K]V) map[string]V {
	out := make(map[string]V, len(m))
	for k, v := range m {
		out[string(k)] = v
	}
	return out
}
