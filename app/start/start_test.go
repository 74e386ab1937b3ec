package start

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"tracedesk/app/serve"
	"tracedesk/app/window"
)

// room is a data folder that at most one desk holds, as the lock file does.
type room struct {
	mu        sync.Mutex
	held      bool
	running   Running
	published chan struct{}
	closed    int
}

func newRoom() *room { return &room{published: make(chan struct{}, 1)} }

func (r *room) open(context.Context) (Desk, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.held {
		running := r.running
		return Desk{}, &running
	}
	r.held = true
	api := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "alive") })
	return Desk{
		Title: "TraceDesk", API: api, Assets: fstest.MapFS{},
		Publish: func(addr, token string) error {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.running = Running{Addr: addr, Token: token}
			r.published <- struct{}{}
			return nil
		},
		Close: func() error {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.held = false
			r.closed++
			return nil
		},
	}, nil
}

// said collects what was printed, safe for two goroutines.
type said struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

func TestBrowserServesAndStops(t *testing.T) {
	r, out := newRoom(), &said{}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Browser(ctx, r.open, "127.0.0.1:0", Terminal{Out: out}) }()
	<-r.published

	req, _ := http.NewRequest("GET", "http://"+r.running.Addr+"/api/status", nil)
	req.Header.Set(serve.TokenHeader, r.running.Token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if string(body) != "alive" {
		t.Errorf("the desk answered %q", body)
	}

	var later bytes.Buffer
	var opened string
	err = Window(t.Context(), r.open, Terminal{Out: &later, Browse: func(link string) error { opened = link; return nil }})
	if err != nil || !strings.Contains(later.String(), "runs already") || !strings.HasPrefix(opened, "http://"+r.running.Addr) {
		t.Errorf("a second start: %v, opened %q, said %q", err, opened, later.String())
	}

	cancel()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if r.closed != 1 || r.held {
		t.Errorf("closed %d times, held %v", r.closed, r.held)
	}
	if !strings.Contains(out.String(), "http://"+r.running.Addr+"/enter?ticket=") || strings.Contains(out.String(), r.running.Token) {
		t.Errorf("said %q", out.String())
	}
}

func TestWithoutAWindowTheBrowserIsUsedAndSaidWhy(t *testing.T) {
	why := window.Available()
	if why == nil {
		t.Setenv("DISPLAY", "")
		t.Setenv("WAYLAND_DISPLAY", "")
		why = window.Available()
	}
	r, out := newRoom(), &said{}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	browsed := make(chan string, 1)
	done := make(chan error, 1)
	go func() {
		done <- Window(ctx, r.open, Terminal{Out: out, Browse: func(link string) error {
			browsed <- link
			return errors.New("no browser is installed")
		}})
	}()
	if link := <-browsed; !strings.HasPrefix(link, "http://127.0.0.1:") {
		t.Errorf("opened %q", link)
	}
	cancel()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"in your browser, because " + why.Error(), "open the link yourself: no browser is installed"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in %q", want, out.String())
		}
	}
}

func TestOtherMachinesAreRefusedBeforeAnythingIsPublished(t *testing.T) {
	r := newRoom()
	err := Browser(t.Context(), r.open, "0.0.0.0:8080", Terminal{Out: io.Discard})
	if err == nil || !strings.Contains(err.Error(), "this machine only") {
		t.Errorf("got %v", err)
	}
	if r.held || r.running.Token != "" {
		t.Error("the desk stayed open")
	}
}

func TestADeskThatDoesNotOpen(t *testing.T) {
	broken := errors.New("the database is newer than this program")
	err := Browser(t.Context(), func(context.Context) (Desk, error) { return Desk{}, broken }, "127.0.0.1:0", Terminal{Out: io.Discard})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestPathsOfAStart(t *testing.T) {
	dir := t.TempDir()
	abs := filepath.Join(t.TempDir(), "b.214")
	got := paths(serve.Start{Args: []string{"a.csv", abs}, Dir: dir})
	if len(got) != 2 || got[0] != filepath.Join(dir, "a.csv") || got[1] != abs {
		t.Errorf("got %v", got)
	}
}
