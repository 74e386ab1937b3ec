package cli

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"tracedesk/app/api"
	"tracedesk/backend/desk/load"
	"tracedesk/backend/desk/papers"
	"tracedesk/backend/desk/sources"
	"tracedesk/backend/desk/work"
	"tracedesk/backend/freight"
)

// setFact states a fact by hand.
func setFact(c *call) error {
	stop, err := c.number("stop", 0)
	if err != nil {
		return err
	}
	e := load.Edit{Stop: stop, Fact: freight.Fact(c.args[1]), Type: c.flags["type"], At: c.flags["when"], Note: c.flags["note"], As: c.as, Now: c.now()}
	if len(c.args) > 2 {
		e.Value = c.args[2]
	}
	var out load.Stated
	if err := c.tell("/api/loads/"+url.PathEscape(c.args[0])+"/claims", e, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s\nTo take it back: tracedesk undo %s\n", out.Says, out.Observation)
	})
}

func undo(c *call) error {
	var out work.Undone
	if err := c.tell("/api/undo", work.UndoRequest{Observation: c.args[0], As: c.as, Now: c.now()}, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { fmt.Fprintln(w, out.Says) })
}

// quarantine lists what waits, or settles an item.
func quarantine(c *call) error {
	if len(c.args) == 0 {
		return c.listQuarantine()
	}
	if c.args[0] == "retry" {
		var out api.Retried
		if err := c.tell("/api/quarantine/retry", struct{}{}, &out); err != nil {
			return err
		}
		return c.print(out, func(w io.Writer) { fmt.Fprintf(w, "%d found their load.\n", out.Matched) })
	}
	d := sources.Decision{Action: sources.QuarantineAction(c.args[0]), As: c.as, Now: c.now()}
	if len(c.args) < 2 {
		return wrong("use: tracedesk quarantine %s ID", c.args[0])
	}
	if len(c.args) > 2 {
		d.Load, d.Text = c.args[2], c.args[2]
	}
	switch d.Action {
	case sources.Assign:
		d.Text = ""
	case sources.Fix:
		d.Load = ""
	case sources.Drop, sources.Wait:
	default:
		return wrong("%q is nothing to do with quarantine: assign, fix, drop, wait or retry", c.args[0])
	}
	var out sources.Decided
	if err := c.tell("/api/quarantine/"+url.PathEscape(c.args[1]), d, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { fmt.Fprintln(w, out.Says) })
}

func (c *call) listQuarantine() error {
	limit, err := c.number("limit", 10000)
	if err != nil {
		return err
	}
	q := c.when()
	q.Set("limit", strconv.Itoa(limit))
	var out sources.Quarantine
	if err := c.ask("/api/quarantine/at", q, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		if len(out.Items) == 0 {
			fmt.Fprintln(w, "Nothing is in quarantine: everything was read and found its load.")
		}
		for _, it := range out.Items {
			fmt.Fprintf(w, "%s  %s  %s\n", it.ID, it.Where, it.Reason)
			for _, cand := range it.Candidates {
				fmt.Fprintf(w, "      perhaps %s: %s\n", cand.Load, cand.Why)
			}
		}
	})
}

// docs files, lists and judges papers.
func docs(c *call) error {
	switch rest := c.args[1:]; c.args[0] {
	case "read":
		return c.readDocs(rest)
	case "score":
		return c.scoreDocs(rest)
	case "add":
		return c.addDocs(rest)
	case "list":
		return c.listDocs()
	case "queue":
		return c.queueDocs()
	case "export":
		return c.exportDocs(rest)
	case "packet":
		return c.packetOf(rest)
	case "verify", "reject":
		return c.judgeDoc(rest)
	}
	return wrong("docs read, score, add, list, queue, verify, reject, export or packet, not %q", c.args[0])
}

func (c *call) addDocs(files []string) error {
	if len(files) == 0 {
		return wrong("use: tracedesk docs add FILE... [--load REF]")
	}
	f := papers.Filing{Load: c.flags["load"], Wait: true, As: c.as, Now: c.now()}
	for _, path := range files {
		abs, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		f.Paths = append(f.Paths, abs)
	}
	var out papers.Documents
	if err := c.tell("/api/documents", f, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { sayDocs(w, &out) })
}

func (c *call) listDocs() error {
	if err := c.onlyNow("docs list"); err != nil {
		return err
	}
	var out papers.Documents
	if err := c.ask("/api/documents", url.Values{"load": {c.flags["load"]}, "state": {c.flags["state"]}}, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { sayDocs(w, &out) })
}

func sayDocs(w io.Writer, out *papers.Documents) {
	for i := range out.Documents {
		d := &out.Documents[i]
		where := "no load yet"
		if d.Load != "" {
			where = "load " + d.Load
		}
		fmt.Fprintf(w, "%s  %s  %s  %s  %s  %s\n", shortID(d.Hash), d.Name, d.Kind, d.State, where, d.Note)
		for _, cand := range d.Candidates {
			if d.Load == "" {
				fmt.Fprintf(w, "      perhaps %s: %s\n", cand.Load, cand.Why)
			}
		}
	}
}

func (c *call) judgeDoc(rest []string) error {
	if len(rest) != 1 {
		return wrong("use: tracedesk docs %s HASH", c.args[0])
	}
	v := papers.Verdict{Load: c.flags["load"], Kind: papers.PaperKind(c.flags["kind"]), Verdict: papers.Verified, Note: c.flags["note"], As: c.as, Now: c.now()}
	if c.args[0] == "reject" {
		v.Verdict = papers.Rejected
	}
	cl, err := c.writing()
	if err != nil {
		return err
	}
	hash, err := cl.wholeHash(rest[0])
	var out papers.Judged
	if err == nil {
		err = cl.post("/api/documents/"+hash+"/verdict", v, &out)
	}
	if err = errors.Join(err, cl.close()); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { fmt.Fprintln(w, out.Says) })
}

// wholeHash completes the beginning of a paper's hash, as docs list shows it.
func (cl *client) wholeHash(begin string) (string, error) {
	var all papers.Documents
	if err := cl.get("/api/documents", nil, &all); err != nil {
		return "", err
	}
	hash, part, _ := strings.Cut(begin, ".")
	var found []string
	for i := range all.Documents {
		id, of, _ := strings.Cut(all.Documents[i].Hash, ".")
		if strings.HasPrefix(id, hash) && of == part {
			found = append(found, all.Documents[i].Hash)
		}
	}
	if len(found) != 1 {
		return "", fmt.Errorf("%d papers have a hash that begins with %q; see: tracedesk docs list", len(found), begin)
	}
	return found[0], nil
}
