package documents

import (
	"bytes"
	"compress/gzip"
	_ "embed"
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
