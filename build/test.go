package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// checks are the steps of the test command, cheap and telling ones first.
var checks = []step{
	{name: "format", what: "every Go file as gofmt writes it", run: checkFormat},
	{name: "vet", what: "go build and go vet, as on a machine without GTK and Node", run: checkVet},
	{name: "vet-windows", what: "go vet for Windows, with the window", run: vetFor("windows", windowsTags)},
	{name: "vet-macos", what: "go vet for macOS; the window's Go side too (its Cocoa side compiles on a Mac only)", run: vetFor("darwin", "bindings")},
	{name: "staticcheck", what: "the pinned linter", run: checkStatic},
	{name: "screens", what: "the frontend's packages and build", run: buildScreens},
	{name: "types", what: "the frontend's type check", run: npmStep("check")},
	{name: "lint", what: "the frontend's linter", run: npmStep("lint")},
	{name: "unit", what: "the frontend's unit tests", run: npmStep("test")},
	{name: "go", what: "all Go tests (import directions and generated TypeScript among them)", run: goTests},
	{name: "browser", what: "the desk end to end in Chromium", run: endToEnd},
	{name: "window", what: "the real window on a virtual display", run: windowTests},
	{name: "windows", what: "Windows program with icon and manifest, and its installer", run: windowsPackage},
	{name: "proofs", what: "a short slice of each long proof (in full: go run ./build bench NAME)", run: proofSlices},
}

func runTests(p *project, names []string) error {
	steps, err := choose(checks, names)
	if err != nil {
		return err
	}
	return runSteps(p, steps)
}

// goFolders hold our Go files; node_modules may hold foreign ones.
var goFolders = []string{"app", "backend", "build", "frontend/embed.go"}

func checkFormat(p *project) (string, error) {
	goroot, err := p.read(call{cmd: []string{"go", "env", "GOROOT"}})
	if err != nil {
		return "", err
	}
	gofmt := filepath.Join(goroot, "bin", "gofmt")
	unformatted, err := p.read(call{cmd: append([]string{gofmt, "-l"}, goFolders...)})
	if err != nil {
		return "", err
	}
	if unformatted != "" {
		return "", fmt.Errorf("gofmt -w these: %s", strings.Join(strings.Fields(unformatted), " "))
	}
	return "", nil
}

func checkVet(p *project) (string, error) {
	return "", errors.Join(p.sh("go", "build", "./..."), p.sh("go", "vet", "./..."))
}

func vetFor(goos, tags string) func(*project) (string, error) {
	return func(p *project) (string, error) {
		env := []string{"GOOS=" + goos, "CGO_ENABLED=0"}
		return "", p.run(call{env: env, cmd: []string{"go", "vet", "-tags", tags, "./..."}})
	}
}

// lintRules: all of staticcheck but the rules about comment forms (ST1000,
// ST1020 to ST1022), names (ST1003) and error texts (ST1005: ours are sentences
// for people).
const lintRules = "all,-ST1000,-ST1003,-ST1005,-ST1016,-ST1020,-ST1021,-ST1022,-SA9003,-QF1001,-QF1008"

func checkStatic(p *project) (string, error) {
	return "", p.tool(call{cmd: []string{"staticcheck", "-checks", lintRules, "./..."}})
}

func buildScreens(p *project) (string, error) { return "", p.screens() }

func npmStep(script string) func(*project) (string, error) {
	return func(p *project) (string, error) {
		if err := p.npmPackages(); err != nil {
			return "", err
		}
		return "", p.npm(script)
	}
}

// endToEnd drives Chromium against a program built as a person would build it;
// the run starts desks of its own.
func endToEnd(p *project) (string, error) {
	browser, err := p.chromium()
	if err != nil {
		return "", err
	}
	if err := p.screens(); err != nil {
		return "", err
	}
	binary := p.binary("tracedesk-browser", runtime.GOOS)
	if err := p.buildProgram(target{out: binary}); err != nil {
		return "", err
	}
	return "", p.npm("e2e", "CHROMIUM="+browser, "PROGRAM="+binary, "PICTURES="+p.path("build", "bin"))
}

// serveDesk starts a desk for a browser and waits for the link that it prints.
func serveDesk(binary string, args ...string) (desk *exec.Cmd, link string, err error) {
	desk = exec.Command(binary, append([]string{"serve"}, args...)...)
	desk.Stderr = os.Stderr
	out, err := desk.StdoutPipe()
	if err != nil {
		return nil, "", err
	}
	if err := desk.Start(); err != nil {
		return nil, "", err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if at := strings.Index(lines.Text(), "http://"); at >= 0 {
			go io.Copy(io.Discard, out)
			return desk, lines.Text()[at:], nil
		}
	}
	return nil, "", fmt.Errorf("%s serve ended without printing a link: %w", binary, desk.Wait())
}

// windowTests opens the real window: first a page of its own that proves every
// road between page and desk, then the program itself with its sample desk, then
// a specialist's story in it by keys.
func windowTests(p *project) (string, error) {
	tags, err := p.windowTags()
	if err != nil {
		return "", err
	}
	display, err := p.virtualDisplay()
	if err != nil {
		return "", err
	}
	pictures := p.path("build", "bin")
	env := []string{"NO_AT_BRIDGE=1", "TRACEDESK_PICTURE=" + filepath.Join(pictures, "window-proof.png")}
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		return "", err
	}
	proof := append(slices.Clone(display), "go", "test", "-count=1", "-tags", tags, "-run", "RealWindow", "./app/window")
	if err := p.run(call{env: env, cmd: proof}); err != nil {
		return "", err
	}
	if err := p.screens(); err != nil {
		return "", err
	}
	if err := p.buildProgram(target{out: p.binary("tracedesk", runtime.GOOS), tags: tags}); err != nil {
		return "", err
	}
	smoke := append(slices.Clone(display), "go", "run", "./build/smoke", p.binary("tracedesk", runtime.GOOS), pictures, p.path("frontend", "e2e", "data"))
	note, err := p.read(call{env: env, cmd: smoke})
	fmt.Println(note)
	return lastLine(note), err
}

// virtualDisplay is the prefix that runs a program on a display of its own, with
// a session bus; a real display is not used, since the test would disturb the
// person at it.
func (p *project) virtualDisplay() ([]string, error) {
	if runtime.GOOS != "linux" {
		return nil, nil // every session has a display
	}
	if !has("xvfb-run") || !has("dbus-run-session") || !has("import") || !has("xdotool") {
		if err := p.install("the virtual display is missing", displayPackages); err != nil {
			return nil, err
		}
	}
	return []string{"xvfb-run", "-a", "-s", "-screen 0 1600x900x24", "dbus-run-session", "--"}, nil
}

func lastLine(text string) string {
	return text[strings.LastIndex(text, "\n")+1:]
}
