package inbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/macropoint"
	"tracedesk/backend/freight"
)

// store is the desk's store of bodies as callbacks meet it: the same body about the same matter is kept once. It fails after so
// many, as a process that is killed does.
type store struct {
	t     *testing.T
	conn  *macropoint.Connector
	known map[string]bool
	kept  []connect.Body
	fail  int // the door breaks when so many more were kept; -1 never
	came  chan struct{}
}

func newStore(t *testing.T) *store {
	t.Helper()
	conn, err := macropoint.New(connect.Account{Name: "mp", Now: func() time.Time { return written }})
	if err != nil {
		t.Fatal(err)
	}
	return &store{t: t, conn: conn, known: map[string]bool{}, fail: -1, came: make(chan struct{}, 1000)}
}

var errKilled = errors.New("killed")

func (s *store) take(_ context.Context, c Callback) error {
	if c.Account != "mp" {
		return ErrNobody
	}
	b, err := s.conn.Callback(c.Method, c.Path, c.Query, c.Media, c.Body)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNothing, err)
	}
	key := b.About + "\x00" + string(b.Bytes)
	if s.known[key] {
		return nil
	}
	if s.fail == 0 {
		return errKilled
	}
	s.fail--
	s.known[key] = true
	s.kept = append(s.kept, b)
	s.came <- struct{}{}
	return nil
}

// observations are what the kept bodies say, each once.
func (s *store) observations() (out []string) {
	for _, b := range s.kept {
		for rec := range s.conn.Read(b) {
			for _, o := range rec.Observations {
				id := o.Identify()
				out = append(out, id.String()[:8])
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// texts are the kept bodies without their instants.
func (s *store) texts() string {
	var out []string
	for _, b := range s.kept {
		text := string(b.Bytes)
		if word, rest, ok := strings.Cut(text, " "); ok && strings.HasPrefix(word, "20") {
			text = rest
		}
		out = append(out, strings.TrimPrefix(text, "ID=1&MPOrderID=2&"))
	}
	return strings.Join(out, " ")
}

var written = time.Date(2026, 3, 2, 20, 0, 0, 0, time.UTC)

// write puts a file into a folder as if it had been written at an instant.
func write(t *testing.T, path, text string, at time.Time) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// desk is a desk's folder and the watched one.
type desk struct {
	t          *testing.T
	home, drop string
	store      *store
}

func newDesk(t *testing.T) *desk {
	return &desk{t: t, home: t.TempDir(), drop: t.TempDir(), store: newStore(t)}
}

// sweep is one run of the program: it opens its notes, takes what there is, and ends.
func (d *desk) sweep() {
	d.t.Helper()
	f, err := OpenFolders(d.home, d.store.take, func(s string) { d.t.Log(s) })
	if err != nil {
		d.t.Fatal(err)
	}
	f.now = func() time.Time { return written.Add(time.Minute) }
	_, err = f.Sweep(d.t.Context(), []Folder{{"mp", d.drop}})
	if err = errors.Join(err, f.Close()); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) expect(want string) {
	d.t.Helper()
	if got := d.store.texts(); got != want {
		d.t.Errorf("kept %q\nwant %q", got, want)
	}
}

const (
	s1001 = "ID=1&MPOrderID=2&Code=1001\n"
	s1021 = "ID=1&MPOrderID=2&Code=1021\n"
	s1060 = "ID=1&MPOrderID=2&Code=1060\n"
)

// TestRestart: what lies there is taken once, however often the program starts.
func TestRestart(t *testing.T) {
	d := newDesk(t)
	write(t, filepath.Join(d.drop, "a.txt"), s1001+s1021, written)
	write(t, filepath.Join(d.drop, "b.xml"), "<S><ID>1</ID><MPOrderID>2</MPOrderID><Code>1060</Code></S>", written.Add(time.Second))
	for range 3 {
		d.sweep()
	}
	d.expect("Code=1001 Code=1021 <S><ID>1</ID><MPOrderID>2</MPOrderID><Code>1060</Code></S>")
}

// TestGrowing: a file to which a relay adds line after line is taken as it grows; older lines are no news, and a state that
// comes back is.
func TestGrowing(t *testing.T) {
	d := newDesk(t)
	path := filepath.Join(d.drop, "callbacks.log")
	text := s1001 + s1021
	write(t, path, text, written)
	d.sweep()
	text += s1060
	write(t, path, text, written.Add(10*time.Second))
	d.sweep()
	text += s1021
	write(t, path, text, written.Add(20*time.Second))
	d.sweep()
	d.sweep()
	d.expect("Code=1001 Code=1021 Code=1060 Code=1021")
	if n := len(d.store.observations()); n != 4 {
		t.Errorf("%d observations", n)
	}
	write(t, path, s1060, written.Add(30*time.Second)) // begun anew by the relay
	d.sweep()
	d.expect("Code=1001 Code=1021 Code=1060 Code=1021 Code=1060")
}

// TestGrowingInOneRun: within a run the lines that are on file are not brought again.
func TestGrowingInOneRun(t *testing.T) {
	d := newDesk(t)
	path := filepath.Join(d.drop, "callbacks.log")
	brought := 0
	f, err := OpenFolders(d.home, func(ctx context.Context, c Callback) error { brought++; return d.store.take(ctx, c) }, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	f.now = func() time.Time { return written.Add(time.Minute) }
	text := ""
	for i := range 5 {
		text += fmt.Sprintf("ID=1&MPOrderID=2&Code=%d\n", 1001+i)
		write(t, path, text, written.Add(time.Duration(i)*time.Second))
		if n, err := f.Sweep(t.Context(), []Folder{{"mp", d.drop}}); err != nil || n["mp"] != 1 || len(n) != 1 {
			t.Fatal(err)
		}
	}
	if brought != 5 || len(d.store.kept) != 5 {
		t.Errorf("%d brought, %d kept", brought, len(d.store.kept))
	}
}

// TestHalfWritten: the last callback waits until it is written to its end; those before it do not.
func TestHalfWritten(t *testing.T) {
	d := newDesk(t)
	path := filepath.Join(d.drop, "callbacks.log")
	fresh := written.Add(59 * time.Second) // a second before the sweep's clock
	write(t, path, s1001+"ID=1&MPOrderID=2&Code=10", fresh)
	d.sweep()
	d.expect("Code=1001")
	write(t, path, s1001+s1021, fresh)
	d.sweep()
	d.expect("Code=1001 Code=1021")
	alone, cut := filepath.Join(d.drop, "one.txt"), filepath.Join(d.drop, "one.xml")
	write(t, alone, "ID=1&MPOrderID=2&Code=10", fresh)
	write(t, cut, "<S><ID>1</ID><MPOrderID>2</MPOrderID><Code>10", written)
	d.sweep()
	d.expect("Code=1001 Code=1021")
	write(t, alone, "ID=1&MPOrderID=2&Code=1060", fresh.Add(-2*time.Second)) // no end of line, but it rests
	write(t, cut, "<S><ID>1</ID><MPOrderID>2</MPOrderID><Code>1021</Code></S>", fresh)
	d.sweep()
	d.expect("Code=1001 Code=1021 Code=1060 <S><ID>1</ID><MPOrderID>2</MPOrderID><Code>1021</Code></S>")
	write(t, cut, "<S><ID>1</ID><Code>10", written.Add(-time.Hour)) // it will never end: kept as it is, for a person
	d.sweep()
	if got := d.store.texts(); !strings.HasSuffix(got, " <S><ID>1</ID><Code>10") {
		t.Errorf("kept %q", got)
	}
}

// TestKilled: killed after each callback in turn, nothing is lost and nothing is there twice, also when the file grew meanwhile.
func TestKilled(t *testing.T) {
	var text string
	for i := range 8 {
		text += []string{s1001, s1021, s1060, "ID=1&MPOrderID=2&Latitude=39.7&Longitude=-86.1&LocationDateTimeUTC=2026-03-02T20:0" + fmt.Sprint(i) + ":11Z\n"}[i%4]
	}
	whole := newDesk(t)
	write(t, filepath.Join(whole.drop, "a.log"), text, written)
	whole.sweep()
	if len(whole.store.kept) != 8 {
		t.Fatalf("%d kept", len(whole.store.kept))
	}
	for after := range 8 {
		d := newDesk(t)
		path := filepath.Join(d.drop, "a.log")
		write(t, path, text, written)
		d.store.fail = after
		d.sweep()
		if len(d.store.kept) != after {
			t.Fatalf("%d kept before the kill, want %d", len(d.store.kept), after)
		}
		d.store.fail = -1
		write(t, path, text+s1060, written.Add(5*time.Second))
		d.sweep()
		d.sweep()
		if got, want := d.store.texts(), whole.store.texts()+" Code=1060"; got != want {
			t.Errorf("killed after %d: %q, want %q", after, got, want)
		}
		if got, want := len(d.store.observations()), len(whole.store.observations())+1; got != want {
			t.Errorf("killed after %d: %d observations, want %d", after, got, want)
		}
	}
}

// TestSameRoad: a callback that came by the listener and lies in the folder too says the same once.
func TestSameRoad(t *testing.T) {
	d := newDesk(t)
	position := "ID=1&MPOrderID=2&Latitude=39.7&Longitude=-86.1&LocationDateTimeUTC=3%2F2%2F2026+8%3A05%3A11+PM"
	if err := d.store.take(t.Context(), Callback{Account: "mp", Method: "GET", Path: "/location", Query: position}); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(d.drop, "a.log"), "GET /mp?key=secret&"+position+" HTTP/1.1\n", written)
	d.sweep()
	if len(d.store.kept) != 1 {
		t.Errorf("kept %q", d.store.texts())
	}
}

// TestNothingInBetween: what is no callback is told and passed over.
func TestNothingInBetween(t *testing.T) {
	d := newDesk(t)
	write(t, filepath.Join(d.drop, "a.log"), s1001+"2026-03-02T20:00:00Z \n"+s1021, written)
	d.sweep()
	d.expect("Code=1001 Code=1021")
}

// TestWatch: what is put into the folder while it is watched is taken.
func TestWatch(t *testing.T) {
	d := newDesk(t)
	f, err := OpenFolders(d.home, d.store.take, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- f.Watch(ctx, []Folder{{"mp", d.drop}}) }()
	path := filepath.Join(d.drop, "a.log")
	if err := os.WriteFile(path+".tmp", []byte(s1021), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		t.Fatal(err)
	}
	<-d.store.came
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	d.expect("Code=1021")
	if d.store.kept[0].About != "callback/order/2" || len(d.store.observations()) != 1 {
		t.Errorf("%+v", d.store.kept)
	}
	for rec := range d.store.conn.Read(d.store.kept[0]) {
		if rec.Observations[0].Source != (freight.Source{Kind: freight.MacroPoint, Account: "mp"}) {
			t.Errorf("%+v", rec.Observations[0].Source)
		}
	}
}
