// Command gen takes the PDFium that go-pdfium carries, gives it a meter and packs it: go generate ./backend/documents
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"tracedesk/backend/documents/internal/meter"
)

// every is after how many turns the engine tells: five to twelve thousandths of a second.
const every = 1 << 20

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "gen FILE: where the packed engine goes; -: unpacked to the standard output")
		os.Exit(2)
	}
	if err := generate(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func generate(to string) error {
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/klippa-app/go-pdfium").Output()
	if err != nil {
		return err
	}
	plain, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(folder)), "webassembly", "pdfium.wasm"))
	if err != nil {
		return err
	}
	metered, err := meter.Metered(plain, every)
	if err != nil {
		return err
	}
	if to == "-" {
		_, err := os.Stdout.Write(metered)
		return err
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(metered); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(to, packed.Bytes(), 0o644)
}
