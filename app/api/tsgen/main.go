// Command tsgen writes the TypeScript types of everything that crosses /api, from the Go types that cross it.
//
//	go run ./app/api/tsgen        writes frontend/src/lib/api/types.ts
//
// It reads the source (types.go of every area, and a few named files), so that comments come along and closed lists of
// words become unions. What it does not understand is an error, never "any".
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root, err := moduleRoot()
	if err == nil {
		err = run(root)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "tsgen:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	text, err := Generate(root)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, output), text, 0o644)
}

// moduleRoot is the nearest folder above that holds go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fmt.Errorf("run it inside the module: no go.mod above")
		}
		dir = up
	}
}
