package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The screens' types are the handlers' types: whoever changes a Go type runs "go run ./app/api/tsgen".
func TestTypesAreFresh(t *testing.T) {
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	want, err := Generate(root)
	if err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile(filepath.Join(root, output))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, want) {
		t.Errorf("%s is stale: run go run ./app/api/tsgen", output)
	}
}
