// Command smoke drives the desk's program in its real window, on the display it
// is given. First the sample desk: it waits until it is painted, keeps a picture
// and adds up the memory of all its processes. Then a specialist's story by keys
// on a desk of its own, each effect asked from that running desk (see story.go).
// It stops both as the system would. Pictures, memory and keys: on Linux only.
//
//	smoke PROGRAM PICTURES DATA
//
// PICTURES is a folder to keep pictures in; DATA holds the files of the story.
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
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "smoke PROGRAM PICTURES DATA")
		os.Exit(2)
	}
	program, pictures, data := os.Args[1], os.Args[2], os.Args[3]
	err := smoke(program, filepath.Join(pictures, "window.png"))
	if err == nil && runtime.GOOS == "linux" {
		err = tellStory(program, data, filepath.Join(pictures, "window-story.png"))
	}
	if err != nil {
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
	w, err := openWindow(program, "demo", "--home", home)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.stop()) }()
	shown := time.Since(began)
	if runtime.GOOS != "linux" {
		fmt.Printf("window after %d ms\n", shown.Milliseconds())
		return nil
	}
	painted, err := waitForPaint(picture)
	if err != nil {
		return err
	}
	memory, processes := proportionalShare(w.desk.Process.Pid)
	fmt.Printf("window after %d ms, painted (%.0f %%) after %d ms, %d MB in %d processes\n",
		shown.Milliseconds(), 100*painted, time.Since(began).Milliseconds(), memory>>20, processes)
	return nil
}

// window is a running program with its window open.
type window struct {
	desk  *exec.Cmd
	said  chan string // closed at its end
	ended chan error
}

// openWindow starts the program and waits for its window.
func openWindow(program string, args ...string) (*window, error) {
	w := &window{desk: exec.Command(program, args...), said: make(chan string), ended: make(chan error, 1)}
	w.desk.Stderr = os.Stderr
	out, err := w.desk.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := w.desk.Start(); err != nil {
		return nil, err
	}
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			fmt.Println("desk:", lines.Text())
			w.said <- lines.Text()
		}
		close(w.said)
		w.ended <- w.desk.Wait()
	}()
	err = waitForWindow(w.said)
	go drain(w.said)
	if err != nil {
		return nil, errors.Join(err, w.stop())
	}
	return w, nil
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
func (w *window) stop() error {
	if runtime.GOOS == "windows" {
		return w.desk.Process.Kill() // Windows has no such signal
	}
	if err := w.desk.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case err := <-w.ended:
		return err
	case <-time.After(patience):
		return errors.Join(errors.New("the desk did not stop when asked to"), w.desk.Process.Kill())
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
