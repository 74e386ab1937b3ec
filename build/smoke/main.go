// Command smoke starts the desk's program in its window on the display it is
// given, waits until the sample desk is painted, keeps a picture, adds up the
// memory of all its processes, and stops it as the system would. Pictures and
// memory are taken on Linux only.
//
//	smoke PROGRAM PICTURE.png
package main

import (
	"bufio"
	"errors"
	"fmt"
	"image/png"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const patience = 60 * time.Second

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "smoke PROGRAM PICTURE.png")
		os.Exit(2)
	}
	if err := smoke(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "smoke:", err)
		os.Exit(1)
	}
}

func smoke(program, picture string) (err error) {
	home, err := os.MkdirTemp("", "tracedesk-smoke-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)

	began := time.Now()
	desk := exec.Command(program, "demo", "--home", home)
	desk.Stderr = os.Stderr
	out, err := desk.StdoutPipe()
	if err != nil {
		return err
	}
	if err := desk.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	said := make(chan string)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			fmt.Println("desk:", lines.Text())
			said <- lines.Text()
		}
		close(said)
		ended <- desk.Wait()
	}()
	defer func() {
		err = errors.Join(err, stop(desk, said, ended))
	}()

	if err := waitForWindow(said); err != nil {
		return err
	}
	shown := time.Since(began)
	go drain(said)
	if runtime.GOOS != "linux" {
		fmt.Printf("window after %d ms\n", shown.Milliseconds())
		return nil
	}
	painted, err := waitForPaint(picture)
	if err != nil {
		return err
	}
	memory, processes := proportionalShare(desk.Process.Pid)
	fmt.Printf("window after %d ms, painted (%.0f %%) after %d ms, %d MB in %d processes\n",
		shown.Milliseconds(), 100*painted, time.Since(began).Milliseconds(), memory>>20, processes)
	return nil
}

func drain(said <-chan string) {
	for range said {
	}
}

func waitForWindow(said <-chan string) error {
	late := time.After(patience)
	for {
		select {
		case line, more := <-said:
			switch {
			case !more:
				return errors.New("the program ended before its window was open")
			case strings.Contains(line, "window is open"):
				return nil
			case strings.Contains(line, "in your browser"):
				return errors.New("the program could not open its window: " + line)
			}
		case <-late:
			return fmt.Errorf("no window after %v", patience)
		}
	}
}

// waitForPaint takes pictures until some of the window is none of the three most
// common colours (page, menu bar and surroundings): text, lines and marks.
func waitForPaint(picture string) (painted float64, err error) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(250 * time.Millisecond) {
		if out, err := exec.Command("import", "-window", "root", picture).CombinedOutput(); err != nil {
			return 0, fmt.Errorf("no picture: %w %s", err, out)
		}
		if painted, err = paintedShare(picture); err != nil || painted > 0.02 {
			return painted, err
		}
	}
	return painted, fmt.Errorf("the window stayed empty (%.1f %% painted; see %s)", 100*painted, picture)
}

func paintedShare(picture string) (float64, error) {
	f, err := os.Open(picture)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		return 0, err
	}
	seen := map[[3]uint32]int{}
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}]++
		}
	}
	counts := slices.Sorted(maps.Values(seen))
	common := 0
	for _, n := range counts[max(0, len(counts)-3):] {
		common += n
	}
	return 1 - float64(common)/float64(b.Dx()*b.Dy()), nil
}

// stop asks the desk to end, as a system that shuts down does.
func stop(desk *exec.Cmd, said <-chan string, ended <-chan error) error {
	if runtime.GOOS == "windows" {
		return desk.Process.Kill() // Windows has no such signal
	}
	if err := desk.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	go drain(said)
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		return errors.Join(errors.New("the desk did not stop when asked to"), desk.Process.Kill())
	}
}

// proportionalShare adds up the memory of a process and all below it, shared
// pages divided among those who share them (Linux; 0 elsewhere).
func proportionalShare(pid int) (bytes int64, processes int) {
	rollup, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err == nil {
		processes = 1
		for line := range strings.SplitSeq(string(rollup), "\n") {
			if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "Pss:" {
				kB, _ := strconv.ParseInt(fields[1], 10, 64)
				bytes = kB << 10
			}
		}
	}
	children, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, file := range children {
		list, _ := os.ReadFile(file)
		for child := range strings.FieldsSeq(string(list)) {
			if id, err := strconv.Atoi(child); err == nil {
				b, n := proportionalShare(id)
				bytes, processes = bytes+b, processes+n
			}
		}
	}
	return bytes, processes
}
