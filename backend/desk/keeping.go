package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"tracedesk/backend/documents"
	"tracedesk/backend/store"
)

// Checkup is what was found of a desk file.
type Checkup struct {
	Sound    bool     `json:"sound"`
	Problems []string `json:"problems"`
	Audit    struct {
		Lines  int    `json:"lines"`
		Broken int64  `json:"broken"` // the first line that does not hold; 0 when all do
		Why    string `json:"why"`
	} `json:"audit"`
	Loads int `json:"loads"`
	Live  int `json:"live"`
}

// Exists reports whether a folder holds a desk.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, store.FileName))
	return err == nil
}

// Check runs every check there is on a desk file: its pages, its references, its audit chain. It only reads, so it may run
// beside a running desk.
func Check(ctx context.Context, dir string) (Checkup, error) {
	out := Checkup{Problems: []string{}}
	note := func(err error) {
		if err != nil {
			out.Problems = append(out.Problems, err.Error())
		}
	}
	st, err := store.Open(ctx, dir, store.ReadOnly)
	var damaged *store.DamagedError
	if errors.As(err, &damaged) {
		note(damaged)
		out.Problems = append(out.Problems, "Start TraceDesk: it keeps the damaged file aside and takes over what can be read.")
		return out, nil
	}
	if err != nil {
		return out, err
	}
	defer st.Close()
	found, err := st.Check(ctx)
	out.Problems = append(out.Problems, found...)
	note(err)
	out.Audit.Lines, out.Audit.Broken, out.Audit.Why, err = st.VerifyAudit(ctx)
	note(err)
	if out.Audit.Broken > 0 {
		out.Problems = append(out.Problems, out.Audit.Why)
	}
	out.Loads, out.Live, err = st.Counts(ctx)
	note(err)
	out.Sound = len(out.Problems) == 0
	return out, nil
}

// Backup writes a whole copy of a desk file while work goes on. Papers and raw files lie beside it and are not in it.
func Backup(ctx context.Context, dir, to string) error {
	st, err := store.Open(ctx, dir, store.ReadOnly)
	if err != nil {
		return err
	}
	return errors.Join(st.Backup(ctx, to), st.Close())
}

// Restore puts a backup in the desk file's place and says where the file before it is kept, "" when there was none.
func Restore(ctx context.Context, dir, backup string) (kept string, err error) {
	lock, err := lockFolder(dir)
	if err != nil {
		return "", err
	}
	kept, err = store.Restore(ctx, dir, backup, time.Now())
	return kept, errors.Join(err, lock.free())
}

// Warm compiles the PDF engine and the engine that reads scanned words into a cache folder: once on each machine, some
// seconds and some 300 MB. It is for a short-lived process, so that the desk itself stays small.
func Warm(ctx context.Context, cache string) error {
	r := documents.NewReader(cache, documents.Limits{})
	defer r.Close()
	return errors.Join(r.Warm(ctx), r.WarmWords(ctx))
}
