package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/sim/scans"
)

// mostBundleMB is how much memory a program may take that reads a bundle of three hundred pages.
const mostBundleMB = 600

// benchBundle has the program read a bundle, scans and text in turn, against a list of loads, and tells its peak memory.
func benchBundle(p *project, pages string) error {
	count, err := strconv.Atoi(pages)
	if err != nil || count < 1 {
		return fmt.Errorf("a bundle of %q pages cannot be made", pages)
	}
	dir, err := os.MkdirTemp("", "tracedesk-bundle-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := scans.WriteBundle(dir, 300, count); err != nil {
		return err
	}
	program := filepath.Join(dir, "tracedesk")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	if err := p.buildProgram(target{out: program}); err != nil {
		return err
	}
	bundle := filepath.Join(dir, scans.BundleFile)
	home := filepath.Join(dir, "home")
	for _, by := range []struct {
		name string
		args []string
	}{
		{"read by the command line", []string{"docs", "read", bundle, "--loads", filepath.Join(dir, scans.ShipmentsFile), "--json", "--home", home}},
		{"added to a desk", []string{"docs", "add", bundle, "--home", home}},
	} {
		f, err := measured(exec.Command(program, by.args...))
		if err != nil {
			return fmt.Errorf("%s: %w", by.name, err)
		}
		fmt.Printf("%-28s %4d pages  peak %4.0f MB (limit %d)  %.2f s of processor a page, %.0f s in all\n",
			by.name, count, f.peakMB, mostBundleMB, f.processor.Seconds()/float64(count), f.wall.Seconds())
		if f.peakMB >= mostBundleMB {
			return fmt.Errorf("%s: the peak is over the limit", by.name)
		}
	}
	return nil
}

// benchPapers measures the screen in Chromium while a desk reads a pile of papers.
func benchPapers(p *project, _ []string) error {
	const papers = 20
	browser, err := p.chromium()
	if err != nil {
		return err
	}
	if err := p.screens(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "tracedesk-pile-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	pile := filepath.Join(dir, "pile")
	if _, err := scans.Write(pile, 20, papers, scans.Options{}); err != nil {
		return err
	}
	program := p.binary("tracedesk-browser", runtime.GOOS)
	if err := p.buildProgram(target{out: program}); err != nil {
		return err
	}
	desk, link, err := serveDesk(program, "--home", filepath.Join(dir, "home"))
	if err != nil {
		return err
	}
	began := time.Now()
	err = p.run(call{dir: "frontend", env: []string{"CHROMIUM=" + browser, "BASE_URL=" + link, "PILE=" + pile}, cmd: []string{"node", "e2e/papers.mjs"}})
	took := time.Since(began).Seconds()
	if err := errors.Join(err, desk.Process.Kill()); err != nil {
		return err
	}
	_ = desk.Wait() // killed: that it did not end by itself is no fault
	used := (desk.ProcessState.UserTime() + desk.ProcessState.SystemTime()).Seconds()
	fmt.Printf("the desk had %.0f s of processor in these %.0f s, on %d processors\n", used, took, runtime.NumCPU())
	return nil
}

type spent struct {
	peakMB          float64 // 0 where the system does not say
	processor, wall time.Duration
}

// measured runs a program to its end, its answer thrown away, and looks at the most memory that it held.
func measured(cmd *exec.Cmd) (s spent, err error) {
	cmd.Stderr = os.Stderr
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return s, err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case err := <-done:
			s.wall, s.processor = time.Since(began), cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()
			return s, err
		case <-look.C:
			s.peakMB = max(s.peakMB, peakOf(cmd.Process.Pid))
		}
	}
}

// peakOf is the most memory that a running process held, in MB, where Linux tells it.
func peakOf(pid int) float64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(status)) {
		var kb float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	return 0
}
