package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// tally counts Go tests over the whole run. Sub-tests count.
type tally struct {
	passed, failed, skipped, packages int
	broken                            []string // packages that failed
}

var tests tally

func (t *tally) goLine() string {
	if t.packages == 0 {
		return "Go tests: not asked for"
	}
	line := fmt.Sprintf("Go tests: %d passed, %d failed, %d skipped in %d packages", t.passed, t.failed, t.skipped, t.packages)
	if len(t.broken) > 0 {
		line += "; failed: " + strings.Join(t.broken, " ")
	}
	return line
}

// event is one line of go test -json (go doc test2json).
type event struct {
	Action     string
	Package    string
	ImportPath string // of what is built, in place of Package
	Test       string
	Output     string
}

// translatedC is SQLite and its C library, made into Go by a machine. It locks by package sync, which the race detector
// sees all the same; watching each of its loads and stores made every test of a store two to three times as slow.
var translatedC = []string{"modernc.org/sqlite/lib", "modernc.org/libc"}

// goTests runs all Go tests, with the race detector where there is a C compiler.
func goTests(p *project) (string, error) {
	// The papers are compared with what these programs read in them.
	if err := p.install("the PDF tests need poppler and qpdf", paperPackages); err != nil {
		fmt.Println("note:", err)
	}
	args := []string{"test", "-json", "-timeout", "15m"}
	note := "with the race detector"
	if has("gcc") || has("clang") {
		args = append(args, "-race")
		for _, c := range translatedC {
			args = append(args, "-gcflags="+c+"=-race=false -d=checkptr=0")
		}
	} else {
		note = "without the race detector, which needs a C compiler"
	}
	cmd := exec.Command("go", append(args, "./...")...)
	cmd.Dir = p.root
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	readErr := tests.read(out, os.Stdout)
	return note, errors.Join(readErr, cmd.Wait())
}

// read follows a run: a line per package, and the output of what failed.
func (t *tally) read(r io.Reader, out io.Writer) error {
	said := map[string][]string{} // output by test, until it is known to have passed
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Fprintln(out, lines.Text())
			continue
		}
		key := e.Package + e.ImportPath + " " + e.Test
		switch e.Action {
		case "output", "build-output":
			said[key] = append(said[key], e.Output)
		case "pass", "fail", "skip":
			t.count(e)
			if e.Action == "fail" {
				fmt.Fprint(out, strings.Join(said[key], ""))
			} else if e.Test == "" && e.Action == "pass" {
				fmt.Fprint(out, said[key][len(said[key])-1])
			}
			delete(said, key)
		case "build-fail":
			fmt.Fprint(out, strings.Join(said[key], ""))
		}
	}
	return lines.Err()
}

func (t *tally) count(e event) {
	switch {
	case e.Test == "" && e.Action == "fail":
		t.broken = append(t.broken, e.Package)
		t.packages++
	case e.Test == "":
		t.packages++
	case e.Action == "pass":
		t.passed++
	case e.Action == "fail":
		t.failed++
	case e.Action == "skip":
		t.skipped++
	}
}
