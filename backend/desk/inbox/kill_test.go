package inbox

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

// childEnv says that this process is a desk that is killed: the folder of its data.
const childEnv = "TRACEDESK_TEST_INBOX"

// full makes the proof as large as the bars ask for; without it it is a slice that ends soon.
var full = flag.Bool("full", false, "measure and prove in full size")

func TestMain(m *testing.M) {
	dir := os.Getenv(childEnv)
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := listenAndRead(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// listenAndRead is a desk that takes callbacks and reads them as they come, until it is killed.
func listenAndRead(dir string) error {
	b := &bench{dir: dir, now: time.Now()}
	if err := b.start(context.Background()); err != nil {
		return err
	}
	l := Listening{Addr: "127.0.0.1:0", Ready: func(url string) { fmt.Println(strings.TrimSuffix(url, "ACCOUNT")) },
		Door: func(ctx context.Context, c Callback) (Kept, error) {
			b.now = time.Now() // callbacks come one at a time here
			kept, err := b.area.Receive(ctx, c)
			if err != nil {
				return kept, err
			}
			_, err = b.engine.ReadDeposits(ctx, "mp")
			return kept, err
		}}
	return l.Serve(context.Background())
}

// TestKilledInbox is the short form of BenchmarkKill.
func TestKilledInbox(t *testing.T) { killInbox(t, 3) }

// BenchmarkKill kills a desk that takes callbacks two hundred times (-full).
func BenchmarkKill(b *testing.B) {
	for range b.N {
		killInbox(b, map[bool]int{false: 3, true: 200}[*full])
	}
}

// killInbox sends callbacks to a desk that is killed at any moment, as a relay does: what was not answered comes again. In the
// end the log holds what one that nobody disturbed holds.
func killInbox(t testing.TB, kills int) {
	var calls []string
	for i := range 4 * kills {
		calls = append(calls, status([]int{1021, 1060}[i%2]), position(i%60)) // a state comes back with the words that it had
	}
	calm := newBench(t)
	for _, c := range calls {
		calm.call(c)
		calm.read()
	}
	rough := newBench(t)
	if err := rough.desk.Close(); err != nil {
		t.Fatal(err)
	}
	dice := rand.New(rand.NewPCG(3, 5))
	sent, died := 0, 0
	for died < kills && sent < len(calls) {
		base, kill := child(t, rough.dir)
		doom := time.AfterFunc(time.Duration(dice.IntN(60))*time.Millisecond, kill)
		for sent < len(calls) && send(base+"mp?"+calls[sent]) == nil {
			sent++
		}
		doom.Stop()
		kill()
		died++
	}
	rough.now = time.Now()
	rough.open()
	for _, c := range calls[sent:] {
		rough.call(c)
		rough.read()
	}
	rough.read()
	want, got := calm.log(), rough.log()
	if !slices.Equal(want, got) {
		t.Errorf("%d observations after %d kills, %d without: %v, want %v", len(got), died, len(want), tally(got), tally(want))
	}
	fmt.Printf("%d kills while %d callbacks came: nothing lost, nothing twice (%d observations)\n", died, len(calls), len(got))
}

// tally counts the states; positions are each unlike any other.
func tally(log []string) map[string]int {
	out := map[string]int{}
	for _, text := range log {
		if _, code, state := strings.Cut(text, "Code="); state {
			out[code]++
		} else {
			out["positions"]++
		}
	}
	return out
}

// child starts a desk in a process of its own; kill ends it without a word.
func child(t testing.TB, dir string) (base string, kill func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(errors.Join(err, cmd.Wait()))
	}
	return strings.TrimSpace(line), sync.OnceFunc(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
}

var client = &http.Client{Timeout: 20 * time.Second}

func send(url string) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	return nil
}

// log is what MacroPoint said of the load, in the order in which it was received.
func (b *bench) log() (out []string) {
	b.t.Helper()
	known, err := b.desk.FindLoad(b.t.Context(), "L-7")
	if err != nil {
		b.t.Fatal(err)
	}
	log, err := b.desk.Store.Observations(b.t.Context(), known.ID, time.Time{})
	if err != nil {
		b.t.Fatal(err)
	}
	for i := range log {
		if log[i].Source.Kind == freight.MacroPoint {
			out = append(out, log[i].Text)
		}
	}
	slices.Sort(out)
	return out
}
