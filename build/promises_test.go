package main

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/token"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	for _, p := range packages(t) {
		if p.Doc == "" && len(p.GoFiles) > 0 {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

func TestPackagesAreNamedFromTheTrade(t *testing.T) {
	empty := []string{"util", "utils", "common", "helper", "helpers", "manager", "misc", "types", "shared", "lib"}
	for _, p := range packages(t) {
		if slices.Contains(empty, p.Name) {
			t.Errorf("%s: the name %s says nothing", p.ImportPath, p.Name)
		}
	}
}

// TestFilesAreChapters: a file over 600 lines wants to be two.
func TestFilesAreChapters(t *testing.T) {
	eachGoFile(t, func(name string, file *ast.File, files *token.FileSet) {
		lines := files.Position(file.End()).Line
		if lines > 600 && !ast.IsGenerated(file) {
			t.Errorf("%s has %d lines", name, lines)
		}
	})
}

// TestTheDatabasePairIsTheTestedOne: modernc.org/sqlite is generated for exactly
// one version of modernc.org/libc and misbehaves with others
// (https://pkg.go.dev/modernc.org/sqlite, "Fragile modernc.org/libc dependency").
// A new pair goes here after the store's tests and kill loops have passed with it.
func TestTheDatabasePairIsTheTestedOne(t *testing.T) {
	const sqlite, libc = "v1.61.1", "v1.79.0"
	type goModule struct{ Path, Version, GoMod string }
	cmd := exec.Command("go", "list", "-m", "-json", "modernc.org/sqlite", "modernc.org/libc")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for _, want := range []string{sqlite, libc} {
		var m goModule
		if err := decoder.Decode(&m); err != nil {
			t.Fatal(err)
		}
		if m.Version != want {
			t.Errorf("%s is %s, tested is %s", m.Path, m.Version, want)
		}
		if m.Path != "modernc.org/sqlite" {
			continue
		}
		asks, err := os.ReadFile(m.GoMod)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(asks), "modernc.org/libc "+libc) {
			t.Errorf("%s %s asks for another libc than %s", m.Path, m.Version, libc)
		}
	}
}

// TestTheTopLevelIsTheMap: whoever opens the folder sees the rooms and nothing else.
func TestTheTopLevelIsTheMap(t *testing.T) {
	want := []string{"app", "backend", "build", "frontend", "go.mod", "go.sum", "README.md", "wails.json"}
	cmd := exec.Command("git", "ls-tree", "--name-only", "HEAD")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Log("no git history here; the top level is not checked")
		return
	}
	for name := range strings.FieldsSeq(string(out)) {
		if !slices.Contains(want, name) && !strings.HasPrefix(name, ".") {
			t.Errorf("%s does not belong at the top level", name)
		}
	}
}

func TestVersionsAreCompared(t *testing.T) {
	for _, tt := range []struct {
		have, want string
		ok         bool
	}{{"20.20.2", "20.19", true}, {"20.19.0", "20.19", true}, {"22.1.0", "20.19", true}, {"20.9.0", "20.19", false}, {"18.20.1", "20.19", false}, {"1.26rc1", "1.26", true}} {
		if atLeast(tt.have, tt.want) != tt.ok {
			t.Errorf("atLeast(%s, %s) is not %v", tt.have, tt.want, tt.ok)
		}
	}
}

func TestGoTestsAreCounted(t *testing.T) {
	var counted tally
	err := counted.read(strings.NewReader(`{"Action":"output","Package":"a","Test":"TestX","Output":"hm\n"}
{"Action":"pass","Package":"a","Test":"TestX"}
{"Action":"skip","Package":"a","Test":"TestY"}
{"Action":"output","Package":"a","Output":"ok  \ta\t0.1s\n"}
{"Action":"pass","Package":"a"}
{"Action":"fail","Package":"b","Test":"TestZ"}
{"Action":"fail","Package":"b"}
`), io.Discard)
	want := "Go tests: 1 passed, 1 failed, 1 skipped in 2 packages; failed: b"
	if err != nil || counted.goLine() != want {
		t.Errorf("%v %q, want %q", err, counted.goLine(), want)
	}
}
