package window

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// shell is what the window system does for Native.
type shell interface {
	chooseFiles() ([]string, error)
	chooseFolder() (string, error)
	chooseTarget(name string) (string, error)
	notify(title, body string) error
	browse(address string)
	print()
	applyLook(Look)
}

// Native is what the page can ask of the window and of nothing else. The page
// reaches it as window.go.window.Native; every method recovers, because Wails
// never settles the promise of a method that panicked.
type Native struct {
	shell shell
	home  string
	api   http.Handler
	look  *remembered

	mu     sync.Mutex
	opened []string // files named at the start, until the page takes them
}

// ChooseFiles asks for files to import. None chosen is an empty list.
func (n *Native) ChooseFiles() (paths []string, err error) {
	defer recovered("choosing files", &err)
	return n.shell.chooseFiles()
}

// ChooseFolder asks for a folder. None chosen is "".
func (n *Native) ChooseFolder() (path string, err error) {
	defer recovered("choosing a folder", &err)
	return n.shell.chooseFolder()
}

// TakeOpened hands over the files TraceDesk was started with, once.
func (n *Native) TakeOpened() (paths []string, err error) {
	defer recovered("reading the files named at the start", &err)
	n.mu.Lock()
	defer n.mu.Unlock()
	paths, n.opened = n.opened, nil
	if paths == nil {
		paths = []string{}
	}
	return paths, nil
}

// SaveAs asks where to, and writes there what address (below /api/) answers. It
// returns the file, or "" when the person thought better of it.
func (n *Native) SaveAs(address, name string) (path string, err error) {
	defer recovered("saving", &err)
	path, err = n.shell.chooseTarget(filepath.Base(name))
	if err != nil || path == "" {
		return "", err
	}
	return path, fetch(n.api, address, path)
}

// Open shows what address (below /api/) answers in the program that the system
// uses for such files, for example a report in the PDF viewer to print it.
func (n *Native) Open(address, name string) (err error) {
	defer recovered("opening a paper", &err)
	name = filepath.Base(name)
	if !slices.Contains(shownOutside, strings.ToLower(filepath.Ext(name))) {
		return fmt.Errorf("TraceDesk does not open %s in another program; save it instead", name)
	}
	folder := filepath.Join(n.home, "opened")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("the folder for opened papers cannot be made: %w", err)
	}
	path := filepath.Join(folder, name)
	if err := fetch(n.api, address, path); err != nil {
		return err
	}
	return openInProgram(path)
}

// shownOutside are kinds of files that no system runs as a program.
var shownOutside = []string{".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".csv", ".xlsx", ".txt"}

// Browse opens a web page, a mail or a call in the system's program for it.
func (n *Native) Browse(address string) (err error) {
	defer recovered("opening a link", &err)
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("%q is not a link: %w", address, err)
	}
	switch u.Scheme {
	case "http", "https":
		n.shell.browse(u.String())
		return nil
	case "mailto", "tel":
		return openInProgram(u.String())
	}
	return fmt.Errorf("TraceDesk opens web, mail and phone links only, not %q", address)
}

// Notify shows a notice outside the window. Where the system has none the error
// says so, and the page shows its own.
func (n *Native) Notify(title, body string) (err error) {
	defer recovered("showing a notice", &err)
	return n.shell.notify(title, body)
}

// Print prints the page as it is shown.
func (n *Native) Print() (err error) {
	defer recovered("printing", &err)
	n.shell.print()
	return nil
}

// Look is the remembered zoom and theme.
func (n *Native) Look() (look Look, err error) {
	defer recovered("reading the look", &err)
	return n.look.Look(), nil
}

// SetLook changes and remembers zoom and theme.
func (n *Native) SetLook(look Look) (err error) {
	defer recovered("changing the look", &err)
	if err := n.look.setLook(look); err != nil {
		return err
	}
	n.shell.applyLook(look)
	return nil
}

// Zoom goes one step in (+1) or out (-1), or back to 100 % (0).
func (n *Native) Zoom(direction int) (err error) {
	defer recovered("zooming", &err)
	look := n.look.Look()
	look.Zoom = zoomed(look.Zoom, direction)
	return n.SetLook(look)
}

// recovered turns a panic into an error, so that the page is always answered.
func recovered(doing string, err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%s failed by a fault in TraceDesk: %v", doing, p)
	}
}

// fetch writes the answer of an /api address to a file: whole or not at all.
func fetch(api http.Handler, address, path string) error {
	if !strings.HasPrefix(address, "/api/") {
		return fmt.Errorf("%q is not an address of the desk", address)
	}
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return fmt.Errorf("%q is not an address of the desk: %w", address, err)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".tracedesk-*")
	if err != nil {
		return fmt.Errorf("cannot write beside %s: %w", path, err)
	}
	answer := &answer{file: temp, header: http.Header{}, status: http.StatusOK}
	api.ServeHTTP(answer, req)
	err = errors.Join(answer.failed(), temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("%s was not written: %w", filepath.Base(path), err), os.Remove(temp.Name()))
	}
	return nil
}

// answer is a response written to a file.
type answer struct {
	file   *os.File
	header http.Header
	status int
	said   []byte // the body of a refusal
	broken error
}

func (a *answer) Header() http.Header    { return a.header }
func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(p []byte) (int, error) {
	if a.status != http.StatusOK {
		a.said = append(a.said, p...)
		return len(p), nil
	}
	n, err := a.file.Write(p)
	a.broken = errors.Join(a.broken, err)
	return n, err
}

func (a *answer) failed() error {
	if a.status != http.StatusOK {
		return fmt.Errorf("the desk answered %d: %s", a.status, a.said)
	}
	return a.broken
}
