package desk_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

// childEnv names the part of a proof that a process of its own plays, because it is killed or its memory is measured.
const childEnv = "TRACEDESK_TEST_CHILD"

var children = map[string]func(args []string) error{
	"import": importChild,
}

// full makes the benchmarks as large as the bars ask for; without it they are slices that end soon.
var full = flag.Bool("full", false, "measure and prove in full size")

func size(slice, whole int) int {
	if *full {
		return whole
	}
	return slice
}

func TestMain(m *testing.M) {
	part := os.Getenv(childEnv)
	if part == "" {
		os.Exit(m.Run())
	}
	if err := children[part](os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child is this test program playing a part.
func child(part string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), childEnv+"="+part)
	cmd.Stderr = os.Stderr
	return cmd
}

// runChild waits for a part to end and reads the JSON it prints.
func runChild(t testing.TB, out any, part string, args ...string) {
	t.Helper()
	body, err := child(part, args...).Output()
	if err == nil {
		err = json.Unmarshal(body, out)
	}
	if err != nil {
		t.Fatalf("%s: %v: %s", part, err, body)
	}
}

// peakMB is the most memory this process has used so far, and nowMB what it uses, where the system tells (Linux).
func peakMB() float64 { return statusMB("VmHWM:") }
func nowMB() float64  { return statusMB("VmRSS:") }

func statusMB(name string) float64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), name); ok {
			var kb float64
			fmt.Sscan(rest, &kb)
			return kb / 1024
		}
	}
	return 0
}

// figures prints what was measured beside its bar.
type figures struct{ t testing.TB }

func (f figures) atMost(what string, got, bar float64, unit string) {
	f.line(what, got, bar, unit, "<=", got <= bar)
}

func (f figures) atLeast(what string, got, bar float64, unit string) {
	f.line(what, got, bar, unit, ">=", got >= bar)
}

func (f figures) line(what string, got, bar float64, unit, sign string, ok bool) {
	word := "ok"
	if !ok {
		word = "SHORT"
	}
	fmt.Printf("%-58s %12.2f %-5s  bar %s %-8g %s\n", what, got, unit, sign, bar, word)
}

func seconds(d time.Duration) float64 { return d.Seconds() }
func millis(d time.Duration) float64  { return float64(d.Microseconds()) / 1000 }
