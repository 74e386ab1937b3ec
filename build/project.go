package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	wantedGo   = "1.26"
	wantedNode = "20.19"
)

// project is the source folder and the machine it is built on.
type project struct {
	root string
	ci   bool // CI=true: what cannot run is a failure
	info info

	screensBuilt bool
}

// info is what wails.json says about the product: the one place of its version.
type info struct {
	Name string `json:"name"`
	Info struct {
		ProductName    string `json:"productName"`
		ProductVersion string `json:"productVersion"`
		CompanyName    string `json:"companyName"`
		Copyright      string `json:"copyright"`
		Comments       string `json:"comments"`
	} `json:"info"`
}

// open finds the top folder (where wails.json lies) from the current one upward.
func open() (*project, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	for {
		body, err := os.ReadFile(filepath.Join(dir, "wails.json"))
		if err == nil {
			p := &project{root: dir, ci: os.Getenv("CI") == "true"}
			if err := json.Unmarshal(body, &p.info); err != nil {
				return nil, fmt.Errorf("wails.json: %w", err)
			}
			return p, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return nil, errors.New("run this inside TraceDesk's source folder")
		}
		dir = up
	}
}

func (p *project) path(parts ...string) string {
	return filepath.Join(append([]string{p.root}, parts...)...)
}

// binary is where a program for goos is built to.
func (p *project) binary(name, goos string) string {
	if goos == "windows" {
		name += ".exe"
	}
	return p.path("build", "bin", name)
}

// call is one program to run. Output goes to the person unless out is set.
type call struct {
	dir string // below the top folder
	env []string
	out io.Writer
	cmd []string
}

func (p *project) run(c call) error {
	cmd := exec.Command(c.cmd[0], c.cmd[1:]...)
	cmd.Dir = p.path(c.dir)
	cmd.Env = append(os.Environ(), c.env...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if c.out != nil {
		cmd.Stdout = c.out
	}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(c.cmd, " "), err)
	}
	return nil
}

// sh runs a program in the top folder.
func (p *project) sh(cmd ...string) error { return p.run(call{cmd: cmd}) }

// read runs a program and returns what it said.
func (p *project) read(c call) (string, error) {
	var said bytes.Buffer
	c.out = &said
	err := p.run(c)
	return strings.TrimSpace(said.String()), err
}

// tool runs a program pinned in build/tools/go.mod.
func (p *project) tool(c call) error {
	c.cmd = append([]string{"go", "tool", "-modfile=" + p.path("build", "tools", "go.mod")}, c.cmd...)
	return p.run(c)
}

func has(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// missing says that something cannot run on this machine, and how it could.
type missing struct{ what, how string }

func (m *missing) Error() string { return m.what + " (" + m.how + ")" }

// hasDisplay reports whether a window could be seen here.
func hasDisplay() bool {
	return runtime.GOOS != "linux" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// atLeast compares dotted versions.
func atLeast(version, wanted string) bool {
	have, want := numbers(version), numbers(wanted)
	for i, w := range want {
		if i >= len(have) || have[i] < w {
			return false
		}
		if have[i] > w {
			return true
		}
	}
	return true
}

func numbers(version string) []int {
	var all []int
	for part := range strings.SplitSeq(version, ".") {
		n := 0
		for _, r := range part {
			if r < '0' || r > '9' {
				break
			}
			n = n*10 + int(r-'0')
		}
		all = append(all, n)
	}
	return all
}
