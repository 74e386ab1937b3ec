package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"tracedesk/backend/desk/sources"
	"tracedesk/backend/freight"
)

// importFiles imports files and waits, telling how far it is on a terminal. Ctrl+C takes everything of the file back.
func importFiles(c *call) error {
	req := sources.ImportRequest{Full: c.has("full"), As: c.as, Now: c.now()}
	for _, path := range c.args {
		abs, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		if _, err := os.Stat(abs); err != nil {
			return fmt.Errorf("%s cannot be read: %w", path, err)
		}
		req.Files = append(req.Files, sources.FileRef{Path: abs})
	}
	if p := c.flags["profile"]; p != "" {
		req.Profile = p
		if abs, err := filepath.Abs(p); err == nil {
			if _, err := os.Stat(abs); err == nil {
				req.Profile = abs
			}
		}
	}
	cl, err := c.writing()
	if err != nil {
		return err
	}
	job, err := c.watchImport(cl, req)
	err = errors.Join(err, cl.close())
	if err != nil {
		return err
	}
	c.asTyped(job.Result)
	if job.State == sources.JobCancelled {
		return errors.New("cancelled; nothing of the file was kept")
	}
	if job.Result != nil {
		if err := c.print(job.Result, func(w io.Writer) { sayImport(w, job.Result) }); err != nil {
			return err
		}
	}
	if job.State == sources.JobFailed {
		return errors.New(job.Error)
	}
	return nil
}

// asTyped names the files in the result as they were typed.
func (c *call) asTyped(res *sources.ImportResult) {
	if res == nil || len(res.Files) != len(c.args) {
		return
	}
	for i := range res.Files {
		res.Files[i].Path = c.args[i]
	}
}

// watchImport starts the job and follows it to its end.
func (c *call) watchImport(cl *client, req sources.ImportRequest) (sources.Job, error) {
	var started sources.Started
	if err := cl.post("/api/import", req, &started); err != nil {
		return sources.Job{}, err
	}
	tick := time.NewTicker(30 * time.Millisecond)
	defer tick.Stop()
	for {
		var job sources.Job
		if err := cl.doWith(context.WithoutCancel(c.ctx), http.MethodGet, "/api/jobs/"+started.Job, nil, nil, &job); err != nil {
			return job, err
		}
		if job.State != sources.JobRunning {
			c.erase()
			return job, nil
		}
		c.showProgress(&job)
		select {
		case <-tick.C:
		case <-c.ctx.Done():
			if err := cl.doWith(context.WithoutCancel(c.ctx), http.MethodPost, "/api/jobs/"+started.Job+"/cancel", nil, struct{}{}, &job); err != nil {
				return job, err
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
}

// onTerminal reports whether progress can be shown: stderr is a terminal and no JSON was asked for.
func (c *call) onTerminal() bool {
	f, ok := c.stderr.(*os.File)
	if !ok || c.json {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (c *call) showProgress(j *sources.Job) {
	if !c.onTerminal() {
		return
	}
	part := ""
	if j.Total > 0 {
		part = fmt.Sprintf(" %3.0f %%", 100*float64(j.Done)/float64(j.Total))
	}
	fmt.Fprintf(c.stderr, "\r%s %s: %d (%.0f/s)%s    ", filepath.Base(j.File), j.Stage, j.Records, j.Rate, part)
}

func (c *call) erase() {
	if c.onTerminal() {
		fmt.Fprintf(c.stderr, "\r%70s\r", "")
	}
}

func sayImport(w io.Writer, res *sources.ImportResult) {
	for _, f := range res.Files {
		fmt.Fprintf(w, "%s: %s, %d records, %d new facts, %d said nothing new", f.Path, f.Kind, f.Records, f.Observations, f.Duplicates)
		if f.Profile != "" {
			fmt.Fprintf(w, ", read as %q", f.Profile)
		}
		fmt.Fprintln(w)
		for _, n := range f.Notes {
			fmt.Fprintln(w, "  "+n)
		}
		for i, q := range f.Quarantined {
			if i == 10 {
				fmt.Fprintf(w, "  ... and %d more; see: tracedesk quarantine\n", len(f.Quarantined)-i)
				break
			}
			fmt.Fprintf(w, "  in quarantine: %s: %s\n", q.Where, q.Reason)
		}
	}
	fmt.Fprintf(w, "Loads: %d new, %d updated, %d gone.\n", res.Loads.New, res.Loads.Updated, res.Loads.Gone)
}

// template writes an empty sheet of ours.
func template(c *call) error {
	body, err := sources.Template(freight.FileKind(c.args[0]))
	if err != nil {
		return wrong("%s", err)
	}
	if out := c.flags["out"]; out != "" {
		return os.WriteFile(out, body, 0o644)
	}
	_, err = c.stdout.Write(body)
	return err
}
