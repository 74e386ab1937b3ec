package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
)

// npmPackages fetches the locked packages, when the lock file has changed since.
func (p *project) npmPackages() error {
	if !has("node") || !has("npm") {
		return &missing{"Node is missing", "install Node " + wantedNode + " or newer from your system or nodejs.org"}
	}
	version, err := p.read(call{cmd: []string{"node", "-p", "process.versions.node"}})
	if err != nil {
		return err
	}
	if !atLeast(version, wantedNode) {
		return &missing{"Node " + version + " is too old", "install Node " + wantedNode + " or newer"}
	}
	lock, err := os.ReadFile(p.path("frontend", "package-lock.json"))
	if err != nil {
		return fmt.Errorf("the frontend's lock file: %w", err)
	}
	sum := sha256.Sum256(append(lock, version...))
	want := hex.EncodeToString(sum[:])
	stamp := p.path("frontend", "node_modules", ".tracedesk-lock")
	if have, err := os.ReadFile(stamp); err == nil && string(have) == want {
		return nil
	}
	fetch := []string{"npm", "ci", "--no-audit", "--no-fund", "--fetch-retries=5", "--loglevel=error"}
	if err := p.run(call{dir: "frontend", cmd: fetch}); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(want), 0o644)
}

// screens builds the frontend into frontend/dist, from where Go embeds it. The
// marker that keeps the folder in the repository survives. Once a run is enough.
func (p *project) screens() error {
	if p.screensBuilt {
		return nil
	}
	if err := p.npmPackages(); err != nil {
		return err
	}
	if err := p.npm("build"); err != nil {
		return err
	}
	p.screensBuilt = true
	return os.WriteFile(p.path("frontend", "dist", ".gitkeep"), nil, 0o644)
}

func (p *project) npm(script string, env ...string) error {
	return p.run(call{dir: "frontend", env: env, cmd: []string{"npm", "run", "--silent", script}})
}
