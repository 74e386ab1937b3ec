package cli

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/papers"
)

// queueDocs lists the documents as the workbench does, what needs a person first; with --accept it accepts the clean ones.
func (c *call) queueDocs() error {
	if err := c.onlyNow("docs queue"); err != nil {
		return err
	}
	if c.has("accept") {
		var done papers.PaperDone
		if err := c.tell("/api/documents/accept", papers.PaperBatch{As: c.as, Now: c.now()}, &done); err != nil {
			return err
		}
		return c.print(done, func(w io.Writer) { fmt.Fprintln(w, done.Says) })
	}
	limit, err := c.number("limit", 200)
	if err != nil {
		return err
	}
	q := url.Values{"stage": {c.flags["state"]}, "load": {c.flags["load"]}, "customer": {c.flags["customer"]}, "words": {c.flags["words"]}, "limit": {strconv.Itoa(limit)}}
	var out papers.PaperQueue
	if err := c.ask("/api/documents/queue", q, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		n := out.Counts
		fmt.Fprintf(w, "%d being read, %d need eyes, %d clean, %d with a problem, %d unreadable, %d filed\n", n.Reading, n.Eyes, n.Clean, n.Problem, n.Unreadable, n.Filed)
		for i := range out.Items {
			it := &out.Items[i]
			where := "no load yet"
			switch {
			case it.Load != "":
				where = "load " + it.Load
			case it.Guess != "":
				where = "perhaps load " + it.Guess
			}
			fmt.Fprintf(w, "%s  %-10s %s  %s  %s  %s\n", shortID(it.ID), it.Stage, it.Name, it.Type, where, it.Says)
		}
	})
}

// shortID is enough of a document's id to name it: of a bundle's further documents with their number.
func shortID(id string) string {
	hash, part, _ := strings.Cut(id, ".")
	if part == "" {
		return hash[:min(12, len(hash))]
	}
	return hash[:min(12, len(hash))] + "." + part
}

// exportDocs writes papers into a folder under names made by a rule.
func (c *call) exportDocs(rest []string) error {
	if len(rest) != 1 {
		return wrong("use: tracedesk docs export FOLDER [--load REF] [--customer NAME] [--rule \"{load}_{type}_{date}\"] [--state any] [--copies]")
	}
	folder, err := filepath.Abs(rest[0])
	if err != nil {
		return err
	}
	e := papers.PaperExport{Folder: folder, Rule: c.flags["rule"], Load: c.flags["load"], Customer: c.flags["customer"], State: c.flags["state"], Copies: c.has("copies"), As: c.as}
	var out papers.PaperExported
	if err := c.tell("/api/documents/export", e, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		for _, f := range out.Files {
			said := ""
			if f.Known {
				said = "  (there already)"
			}
			fmt.Fprintf(w, "%s%s\n", filepath.Join(out.Folder, f.Name), said)
		}
		for _, left := range out.Left {
			fmt.Fprintf(w, "not written: %s\n", left)
		}
		if len(out.Files)+len(out.Left) == 0 {
			fmt.Fprintln(w, "There is no such paper to export. Without --state only verified ones are taken; --state any takes all.")
		}
	})
}

// packed is the answer of docs packet.
type packed struct {
	Load string `json:"load"`
	Out  string `json:"out"`
	Size int    `json:"size"`
}

// packetOf writes all papers of a load into one file: a searchable PDF, or a ZIP where the name ends so.
func (c *call) packetOf(rest []string) error {
	out := c.flags["out"]
	if len(rest) != 1 || out == "" {
		return wrong("use: tracedesk docs packet LOAD --out FILE.pdf (or FILE.zip)")
	}
	as := "pdf"
	if strings.EqualFold(filepath.Ext(out), ".zip") {
		as = "zip"
	}
	cl, err := c.writing() // what leaves the desk is noted
	if err != nil {
		return err
	}
	body, err := cl.raw(c.ctx, http.MethodGet, "/api/documents/packet", url.Values{"load": {rest[0]}, "as": {as}}, nil)
	if err = errors.Join(err, cl.close()); err != nil {
		return err
	}
	if dir := filepath.Dir(out); dir != "." {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	if err := desk.WriteFile(out, body, 0o644); err != nil {
		return err
	}
	return c.print(packed{rest[0], out, len(body)}, func(w io.Writer) { fmt.Fprintf(w, "Papers of load %s: %s\n", rest[0], out) })
}
