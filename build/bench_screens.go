package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"

	"tracedesk/backend/sim"
)

// benchScreens measures the board in Chromium on a desk of 50,000 live loads
// while 200 updates a second come in.
func benchScreens(p *project, _ []string) error {
	browser, err := p.chromium()
	if err != nil {
		return err
	}
	if err := p.screens(); err != nil {
		return err
	}
	binary := p.binary("tracedesk-browser", runtime.GOOS)
	if err := p.buildProgram(target{out: binary}); err != nil {
		return err
	}
	home, err := os.MkdirTemp("", "tracedesk-screens-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	const now = "2026-11-12T15:00:00Z" // in the midst of the loads' days
	sheet := filepath.Join(home, "loads.csv")
	if err := writeLoads(sheet, 50_000); err != nil {
		return err
	}
	if err := p.sh(binary, "import", sheet, "--home", home, "--at", now); err != nil {
		return err
	}
	desk, link, err := serveDesk(binary, "--home", home, "--at", now)
	if err != nil {
		return err
	}
	err = p.run(call{dir: "frontend", env: []string{"CHROMIUM=" + browser, "BASE_URL=" + link}, cmd: []string{"node", "e2e/bench.mjs"}})
	return errors.Join(err, desk.Process.Kill())
}

// writeLoads writes a sheet of n made-up loads, two stops each.
func writeLoads(path string, n int) error {
	sheet, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(sim.LoadsCSV(sheet, 2*n, 1), sheet.Close())
}
