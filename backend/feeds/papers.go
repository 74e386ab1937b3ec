package feeds

import (
	"context"
	"errors"
	"strings"

	"tracedesk/backend/connect"
	"tracedesk/backend/store"
)

// Filing has documents that systems send filed by file: from is the account, name the document's as the system has it, load the id
// of the load it was asked for ("": to be found by what is read in it). It must know a document that it was given before. Call
// it before the engine syncs or runs.
func (e *Engine) Filing(file func(ctx context.Context, from, name, load string, body []byte) error) {
	e.file = file
}

// filePapers files the documents among bodies. A body whose document cannot be filed is tried again with the next sync.
func (e *Engine) filePapers(ctx context.Context, a *account, bodies []store.RawBody) error {
	if e.file == nil {
		return nil
	}
	for i := range bodies {
		b := &bodies[i]
		about, is := strings.CutPrefix(b.About, connect.AboutPaper)
		if !is {
			continue
		}
		_, name, _ := strings.Cut(about, "/")
		load := ""
		switch l, err := e.opt.Store.Load(ctx, b.Load); {
		case err == nil && !l.Provisional:
			load = l.UID.String()
		case err != nil && !errors.Is(err, store.ErrNotFound):
			return err
		}
		if err := e.file(ctx, a.source().String(), name, load, b.Bytes); err != nil {
			return err
		}
	}
	return nil
}
