// Package start decides how the desk is shown: in its window where there is one,
// else in the browser, saying which and why; and that one data folder has one
// desk. The desk itself is opened by a function it is given.
package start

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"

	"tracedesk/app/serve"
	"tracedesk/app/window"
)

// icon is the window's picture in the task bar on Linux; other systems take it
// from the program file.
//
//go:embed icon.png
var icon []byte

// Desk is an opened desk, as far as showing it goes.
type Desk struct {
	Home   string       // the data folder
	Title  string       // of the window, for example "TraceDesk" or "TraceDesk: sample desk"
	API    http.Handler // everything below /api/
	Assets fs.FS        // the built screens, index.html at the root

	// Publish writes where this desk listens and its token into the lock file of
	// the data folder, so that commands and later starts find it.
	Publish func(addr, token string) error

	// Close ends the desk and gives up the lock.
	Close func() error
}

// Opener opens the desk and takes the lock of its data folder. When another
// process holds the lock the error is a *Running.
type Opener func(ctx context.Context) (Desk, error)

// Running says that a desk already runs on the data folder, and where.
type Running struct {
	Addr, Token string
}

func (r *Running) Error() string {
	return "a desk already runs on this data folder, at " + r.Addr
}

// Terminal is who started TraceDesk and how they are spoken to.
type Terminal struct {
	Args []string // files to open, as typed
	Out  io.Writer

	// Browse opens a link in the person's browser; nil: the system's way.
	Browse func(link string) error
}

// Window shows the desk in its window, or in the browser where there is none.
// It returns when the window is closed or the process is told to stop. Call it
// from the main goroutine: some systems allow windows nowhere else.
func Window(ctx context.Context, open Opener, t Terminal) error {
	return host(ctx, open, "127.0.0.1:0", t, func(ctx context.Context, h *hosted) error {
		why := window.Available()
		if why == nil {
			why = h.window(ctx, t)
		}
		if why == nil {
			return nil
		}
		fmt.Fprintf(t.Out, "TraceDesk opens in your browser, because %v.\n", why)
		link := h.server.Link()
		t.print(link)
		t.browse(link)
		<-ctx.Done()
		return nil
	})
}

// Browser serves the desk on addr, which must be on this machine, and prints the
// link. It returns when the process is told to stop.
func Browser(ctx context.Context, open Opener, addr string, t Terminal) error {
	return host(ctx, open, addr, t, func(ctx context.Context, h *hosted) error {
		t.print(h.server.Link())
		<-ctx.Done()
		return nil
	})
}

// hosted is an open desk that is served.
type hosted struct {
	desk    Desk
	server  *serve.Server
	raised  chan []string // files of later starts, for the window
	showing atomic.Bool   // a window is open
}

// host opens the desk, serves it on loopback (commands and later starts come
// that way, also to a desk in a window), and shows it until show returns.
func host(ctx context.Context, open Opener, addr string, t Terminal, show func(context.Context, *hosted) error) (err error) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()

	desk, err := open(ctx)
	if running := (*Running)(nil); errors.As(err, &running) {
		return handOver(ctx, running, t)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, desk.Close()) }()

	h := &hosted{desk: desk, raised: make(chan []string, 16)}
	h.server, err = serve.Listen(addr, serve.Screens{API: desk.API, Assets: desk.Assets, Raise: h.raise})
	if err != nil {
		return err
	}
	if err := desk.Publish(h.server.Addr(), h.server.Token()); err != nil {
		return errors.Join(err, h.server.Close())
	}

	ctx, end := context.WithCancel(ctx)
	defer end()
	served := make(chan error, 1)
	go func() {
		served <- h.server.Serve(ctx)
		end()
	}()
	err = show(ctx, h)
	end()
	return errors.Join(err, <-served)
}

func (h *hosted) window(ctx context.Context, t Terminal) error {
	began := time.Now()
	h.showing.Store(true)
	defer h.showing.Store(false)
	return window.Run(ctx, window.Options{
		Title: h.desk.Title, Home: h.desk.Home, API: h.desk.API, Assets: h.desk.Assets, Icon: icon,
		Opened: paths(t.start()), Raised: h.raised,
		Shown: func() { fmt.Fprintf(t.Out, "TraceDesk's window is open (%d ms).\n", time.Since(began).Milliseconds()) },
	})
}

func (h *hosted) raise(s serve.Start) bool {
	if !h.showing.Load() {
		return false
	}
	select {
	case h.raised <- paths(s):
		return true
	default: // the window does not answer
		return false
	}
}

// handOver gives this start to the desk that runs already.
func handOver(ctx context.Context, running *Running, t Terminal) error {
	letComeForward()
	raised, err := serve.Raise(ctx, running.Addr, running.Token, t.start())
	if err != nil {
		return err
	}
	if raised.Window {
		fmt.Fprintln(t.Out, "TraceDesk is open already; its window was brought forward.")
		return nil
	}
	fmt.Fprintln(t.Out, "TraceDesk runs already, without a window; here is a link to it.")
	t.print(raised.Link)
	t.browse(raised.Link)
	return nil
}

func (t Terminal) start() serve.Start {
	dir, err := os.Getwd()
	if err != nil {
		dir = "" // then only absolute paths can be meant
	}
	return serve.Start{Args: t.Args, Dir: dir}
}

func (t Terminal) print(link string) {
	fmt.Fprintf(t.Out, "TraceDesk: %s\nThe link works once and on this machine only. Stop with Ctrl+C.\n", link)
}

func (t Terminal) browse(link string) {
	open := t.Browse
	if open == nil {
		open = systemBrowser
	}
	if err := open(link); err != nil {
		fmt.Fprintf(t.Out, "Please open the link yourself: %v.\n", err)
	}
}

// systemBrowser opens a link where the person can see it.
func systemBrowser(link string) error {
	var cmd *exec.Cmd
	switch {
	case runtime.GOOS == "windows":
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", link)
	case runtime.GOOS == "darwin":
		cmd = exec.Command("open", link)
	case os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "":
		return errors.New("there is no display")
	default:
		cmd = exec.Command("xdg-open", link)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("no browser could be started: %w", err)
	}
	go cmd.Wait()
	return nil
}

// paths are the files of a start, seen from the folder it was started in.
func paths(s serve.Start) []string {
	var found []string
	for _, arg := range s.Args {
		if !filepath.IsAbs(arg) {
			arg = filepath.Join(s.Dir, arg)
		}
		found = append(found, arg)
	}
	return found
}
