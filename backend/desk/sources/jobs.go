package sources

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
)

// job is an import that a screen started and watches.
type job struct {
	Job
	cancel context.CancelCauseFunc
	began  time.Time
}

// Import starts a job that goes on after ctx ends.
func (s *Area) Import(ctx context.Context, req ImportRequest) (Started, error) {
	if _, err := s.paths(req.Files); err != nil {
		return Started{}, err
	}
	work, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	s.mu.Lock()
	s.next++
	j := &job{Job: Job{ID: strconv.Itoa(s.next), State: JobRunning, Stage: "reading", StartedAt: time.Now()}, cancel: cancel, began: time.Now()}
	s.jobs[j.ID] = j
	s.mu.Unlock()
	s.desk.Go(work, "an import", func(ctx context.Context) error {
		defer cancel(nil)
		res, err := s.ImportNow(ctx, req, func(p freight.Progress, file string) { s.progress(j, p, file) })
		s.finish(j, res, err)
		return nil
	})
	return Started{Job: j.ID}, nil
}

func (s *Area) progress(j *job, p freight.Progress, file string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j.Stage, j.File, j.Records, j.Done, j.Total = p.Stage, file, p.Records, p.Done, p.Total
	if secs := time.Since(j.began).Seconds(); secs > 0 {
		j.Rate = float64(p.Records) / secs
	}
}

func (s *Area) finish(j *job, res ImportResult, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err == nil:
		j.State, j.Result = JobDone, &res
	case errors.Is(err, ledger.ErrCancelled) || errors.Is(err, context.Canceled):
		j.State = JobCancelled
	default:
		j.State, j.Error, j.Result = JobFailed, err.Error(), &res
	}
}

// Job is where a job stands.
func (s *Area) Job(_ context.Context, id string) (Job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j, ok := s.jobs[id]
	if !ok {
		return Job{}, desk.NotFound("There is no import %s.", id)
	}
	return j.Job, nil
}

// Cancel ends a job without a trace; one that has ended is left as it is.
func (s *Area) Cancel(ctx context.Context, id string) (Job, error) {
	s.mu.Lock()
	j, ok := s.jobs[id]
	s.mu.Unlock()
	if !ok {
		return Job{}, desk.NotFound("There is no import %s.", id)
	}
	j.cancel(context.Canceled)
	return s.Job(ctx, id)
}

// upload is a file staged by a browser.
type upload struct {
	path, name string
	size       int64
	at         time.Time
}

// stagedFor is how long an upload waits to be imported.
const stagedFor = time.Hour

// Stage keeps an uploaded file until it is imported; name is what the person calls it.
func (s *Area) Stage(ctx context.Context, name string, body io.Reader) (Upload, error) {
	dir := filepath.Join(s.desk.Dir, "uploads")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Upload{}, err
	}
	out, err := os.CreateTemp(dir, "upload-*"+safeExt(name))
	if err != nil {
		return Upload{}, err
	}
	n, err := io.Copy(out, body)
	if err = errors.Join(err, out.Close()); err != nil {
		os.Remove(out.Name())
		return Upload{}, err
	}
	id := filepath.Base(out.Name())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweepUploads()
	s.uploads[id] = upload{path: out.Name(), name: filepath.Base(filepath.FromSlash(name)), size: n, at: time.Now()}
	return Upload{Upload: id, Name: name, Size: n}, nil
}

// safeExt is the name's extension where it is a plain one; it goes into a file name of ours.
func safeExt(name string) string {
	ext := filepath.Ext(name)
	for _, c := range ext {
		if c != '.' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return ""
		}
	}
	return ext
}

// Staged is where an uploaded file lies until it is forgotten.
func (s *Area) Staged(id string) (path string, err error) {
	up, ok := s.staged(id)
	if !ok {
		return "", desk.NotFound("That upload is gone; choose the file again.")
	}
	return up.path, nil
}

func (s *Area) sweepUploads() {
	for id, up := range s.uploads {
		if time.Since(up.at) > stagedFor {
			os.Remove(up.path)
			delete(s.uploads, id)
		}
	}
}

func (s *Area) staged(id string) (upload, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	up, ok := s.uploads[id]
	return up, ok
}
