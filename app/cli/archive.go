package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"text/tabwriter"

	"tracedesk/app/start"
	"tracedesk/backend/desk"
	"tracedesk/backend/desk/archive"
)

const archiveUse = "--until DAY [--out FILE] [--keep] [--unsettled] | list [--load NUMBER] | show FILE | unpack FILE DIR | open FILE [--addr ADDR]"

var archiveFlags = []string{"until=", "out=", "keep", "unsettled", "load=", "addr="}

// makeArchive takes a closed period out of the desk file, or opens one that was taken out.
func makeArchive(c *call) error {
	switch {
	case len(c.args) == 0 && c.has("until"):
		return c.archivePeriod()
	case len(c.args) == 1 && c.args[0] == "list":
		var all archive.Archives
		if err := c.ask("/api/archives", url.Values{"load": {c.flags["load"]}}, &all); err != nil {
			return err
		}
		return c.print(all, func(w io.Writer) { sayArchives(w, &all) })
	case len(c.args) == 2 && c.args[0] == "show":
		m, err := archive.Read(c.args[1])
		if err != nil {
			return err
		}
		return c.print(m, func(w io.Writer) {
			fmt.Fprintf(w, "Archive of what ended before %s, written %s by %s: %d loads, %d observations, %d positions, %d papers in %d files.\n", m.Until, m.At.Format("2 Jan 2006 15:04 MST"), m.By, m.Loads, m.Observations, m.Positions, m.Documents, len(m.Files))
		})
	case len(c.args) == 3 && c.args[0] == "unpack":
		m, err := archive.Unpack(c.ctx, c.args[1], c.args[2])
		if err != nil {
			return err
		}
		return c.print(m, func(w io.Writer) {
			fmt.Fprintf(w, "%d loads lie in %s, checked. Read them with --home %s: tracedesk load NUMBER --home %s\n", m.Loads, c.args[2], c.args[2], c.args[2])
		})
	case len(c.args) == 2 && c.args[0] == "open":
		return c.openArchive(c.args[1])
	}
	return wrong("use: tracedesk archive %s", archiveUse)
}

func (c *call) archivePeriod() error {
	r := archive.ArchiveRequest{Until: c.flags["until"], Keep: c.has("keep"), Unsettled: c.has("unsettled"), As: c.as, Now: c.now()}
	if out := c.flags["out"]; out != "" {
		whole, err := filepath.Abs(out)
		if err != nil {
			return err
		}
		r.Out = whole
	}
	var done archive.ArchiveDone
	if err := c.tell("/api/archives", r, &done); err != nil {
		return err
	}
	return c.print(done, func(w io.Writer) {
		fmt.Fprintf(w, "Before %s: %d loads, %d observations, %d positions, %d papers.\n", done.Until, done.Loads, done.Observations, done.Positions, done.Documents)
		switch {
		case done.Loads == 0:
			fmt.Fprintln(w, "Nothing is to be archived.")
		case done.File == "":
			fmt.Fprintln(w, "Nothing was written; --out FILE writes the archive and takes them out of the desk file.")
		case done.Left:
			fmt.Fprintf(w, "They lie in %s (%d bytes, sha256 %s), read back and checked, and have left the desk file.\n", done.File, done.Size, done.Digest)
		default:
			fmt.Fprintf(w, "They lie in %s (%d bytes, sha256 %s), read back and checked, and stay in the desk file too.\n", done.File, done.Size, done.Digest)
		}
		if done.Unsettled > 0 {
			fmt.Fprintf(w, "%d loads of the period stay, because something is left to do about them; --unsettled takes them too.\n", done.Unsettled)
		}
		if done.Young {
			fmt.Fprintln(w, "Part of it is younger than three years: US brokers keep such records open to the parties (49 CFR 371.3). Keep the file at hand.")
		}
	})
}

func sayArchives(w io.Writer, all *archive.Archives) {
	if len(all.Archives) == 0 {
		fmt.Fprintln(w, "No archive was written from this desk that holds it.")
		return
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "UNTIL\tLOADS\tBYTES\tWRITTEN\tBY\tFILE")
	for _, a := range all.Archives {
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\t%s\t%s\n", a.Until, a.Loads, a.Size, a.At.Format("2 Jan 2006 15:04 MST"), a.By, a.File)
	}
	t.Flush()
}

// openArchive shows an archive in a browser, for reading only, out of a folder that goes when it is closed.
func (c *call) openArchive(path string) error {
	dir, err := os.MkdirTemp("", "tracedesk-archive-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if _, err := archive.Unpack(c.ctx, path, dir); err != nil {
		return err
	}
	open := func(ctx context.Context) (start.Desk, error) {
		a, err := c.open(ctx, desk.Options{Dir: dir, ReadOnly: true})
		if err != nil {
			return start.Desk{}, err
		}
		a.desk.Notice("This is the archive " + filepath.Base(path) + ", for reading only: nothing in it can be changed.")
		shown, err := a.shown()
		if err != nil {
			return start.Desk{}, errors.Join(err, a.desk.Close())
		}
		shown.Title = "TraceDesk: archive " + filepath.Base(path) + ", for reading only"
		shown.Publish = func(string, string) error { return nil }
		return shown, nil
	}
	return start.Browser(c.ctx, open, c.addr(), start.Terminal{Out: c.stdout, Browse: func(string) error { return nil }})
}

const exportUse = "--customer NAME --out FILE.zip"

// exportCustomer writes everything of one customer into a zip.
func exportCustomer(c *call) error {
	if c.flags["customer"] == "" || c.flags["out"] == "" {
		return wrong("use: tracedesk export %s", exportUse)
	}
	out, err := filepath.Abs(c.flags["out"])
	if err != nil {
		return err
	}
	var done archive.ExportDone
	if err := c.tell("/api/export", archive.ExportRequest{Customer: c.flags["customer"], Out: out}, &done); err != nil {
		return err
	}
	return c.print(done, func(w io.Writer) {
		fmt.Fprintf(w, "Wrote everything of %s to %s (%d bytes, sha256 %s).\n", done.Customer, done.File, done.Size, done.Digest)
	})
}
