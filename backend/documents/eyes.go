package documents

import (
	"context"
	"sync"

	"tracedesk/backend/documents/ocr"
)

// eyes own the one OCR engine, which is opened when the first page needs it.
type eyes struct {
	cacheDir string
	behind   bool // the screens come first
	mu       sync.Mutex
	engine   *ocr.Engine
	closed   bool
}

func (e *eyes) open(ctx context.Context) (*ocr.Engine, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, errClosed
	}
	if e.engine == nil {
		engine, err := ocr.Open(ctx, e.cacheDir, readers())
		if err != nil {
			return nil, err
		}
		engine.Behind = e.behind
		e.engine = engine
	}
	return e.engine, nil
}

// readers is how many pages are read for words at once: two on the smallest machine, since a page spends part of its time
// elsewhere.
func readers() int { return max(ocr.Workers(), 2) }

func (e *eyes) rest() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.engine != nil {
		e.engine.Rest()
	}
}

func (e *eyes) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	if e.engine != nil {
		e.engine.Close()
		e.engine = nil
	}
}
