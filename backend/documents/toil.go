package documents

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
)

// The PDF engine is go-pdfium's with a meter in it: it tells every million turns of its loops (internal/meter).
//
//go:generate go run ./internal/meter/gen pdfium.wasm.gz
//go:embed pdfium.wasm.gz
var pdfiumPacked []byte

func pdfiumCode() ([]byte, error) {
	packed, err := gzip.NewReader(bytes.NewReader(pdfiumPacked))
	if err != nil {
		return nil, fmt.Errorf("the PDF reader in this program is damaged: %w", err)
	}
	return io.ReadAll(packed)
}

// errToil is that a paper took more work than one may.
var errToil = errors.New("the paper takes more work than one paper may")

// toil is what a sandbox has still to do for one paper. Its meter writes zero bytes to it, in the midst of the work, on the
// goroutine that waits for the work; a panic there ends it. Not for two goroutines at once.
type toil struct {
	ctx  context.Context // of the work under way; nil before the first
	left int             // million turns
	over error           // why the sandbox was stopped; it is not used again
}

func (t *toil) begin(ctx context.Context, millions int) { t.ctx, t.left = ctx, millions }

// Write takes what the sandbox says, which nobody reads, and its meter.
func (t *toil) Write(p []byte) (int, error) {
	if len(p) > 0 || t.ctx == nil {
		return len(p), nil
	}
	t.left--
	switch {
	case t.over != nil:
	case t.ctx.Err() != nil:
		t.over = t.ctx.Err()
	case t.left < 0:
		t.over = errToil
	}
	if t.over != nil {
		panic(t.over)
	}
	return 0, nil
}
