package window

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// fakeShell answers by its fields; a nil one panics, as a broken system would.
type fakeShell struct {
	target  func(name string) (string, error)
	notices []string
	opened  []string
	looks   []Look
}

var _ shell = (*fakeShell)(nil)

func (f *fakeShell) chooseFiles() ([]string, error)           { panic("no dialog here") }
func (f *fakeShell) chooseFolder() (string, error)            { return "", nil }
func (f *fakeShell) chooseTarget(name string) (string, error) { return f.target(name) }
func (f *fakeShell) notify(title, body string) error {
	f.notices = append(f.notices, title)
	return nil
}
func (f *fakeShell) browse(address string) { f.opened = append(f.opened, address) }
func (f *fakeShell) print()                {}
func (f *fakeShell) applyLook(l Look)      { f.looks = append(f.looks, l) }

func newNative(t *testing.T, shell *fakeShell) *Native {
	home := t.TempDir()
	api := http.NewServeMux()
	api.HandleFunc("GET /api/report", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "%PDF-1.4") })
	api.HandleFunc("GET /api/none", func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "no such load", http.StatusNotFound)
	})
	return &Native{shell: shell, home: home, api: api, look: remember(home), opened: []string{"day.csv"}}
}

func TestAPanicStillAnswersThePage(t *testing.T) {
	n := newNative(t, &fakeShell{})
	if _, err := n.ChooseFiles(); err == nil || !strings.Contains(err.Error(), "choosing files failed") {
		t.Errorf("got %v", err)
	}
}

func TestSaveAs(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "daily.pdf")
	shell := &fakeShell{target: func(name string) (string, error) {
		if name != "daily.pdf" {
			t.Errorf("the dialog was offered %q", name)
		}
		return path, nil
	}}
	n := newNative(t, shell)
	got, err := n.SaveAs("/api/report", "../../daily.pdf")
	if err != nil || got != path {
		t.Fatalf("%q %v", got, err)
	}
	if body, _ := os.ReadFile(path); string(body) != "%PDF-1.4" {
		t.Errorf("wrote %q", body)
	}

	if _, err := n.SaveAs("/api/none", "daily.pdf"); err == nil || !strings.Contains(err.Error(), "no such load") {
		t.Errorf("a refusal was not told: %v", err)
	}
	if body, _ := os.ReadFile(path); string(body) != "%PDF-1.4" {
		t.Errorf("a refusal overwrote the file: %q", body)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, ".tracedesk-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := n.SaveAs("file:///etc/passwd", "daily.pdf"); err == nil {
		t.Error("an address outside the desk was read")
	}

	shell.target = func(string) (string, error) { return "", nil }
	if got, err := n.SaveAs("/api/report", "daily.pdf"); got != "" || err != nil {
		t.Errorf("after cancel: %q %v", got, err)
	}
	shell.target = func(string) (string, error) { return "", errors.New("no dialog service") }
	if _, err := n.SaveAs("/api/report", "daily.pdf"); err == nil {
		t.Error("a failed dialog was not told")
	}
}

func TestOnlyHarmlessThingsLeaveTheWindow(t *testing.T) {
	shell := &fakeShell{}
	n := newNative(t, shell)
	for _, name := range []string{"run.exe", "page.html", "macro.docm", "script.sh", "noending"} {
		if err := n.Open("/api/report", name); err == nil {
			t.Errorf("%s was opened", name)
		}
	}
	for _, address := range []string{"file:///etc/passwd", "javascript:alert(1)", "ms-settings:x", "day.csv"} {
		if err := n.Browse(address); err == nil {
			t.Errorf("%s was opened", address)
		}
	}
	if err := n.Browse("https://www.fmcsa.dot.gov/"); err != nil || len(shell.opened) != 1 {
		t.Errorf("a web page: %v, opened %v", err, shell.opened)
	}
}

func TestOpenedFilesAreHandedOverOnce(t *testing.T) {
	n := newNative(t, &fakeShell{})
	first, _ := n.TakeOpened()
	second, _ := n.TakeOpened()
	if len(first) != 1 || second == nil || len(second) != 0 {
		t.Errorf("first %v, second %v", first, second)
	}
}

func TestSetLookShowsAndKeeps(t *testing.T) {
	shell := &fakeShell{}
	n := newNative(t, shell)
	want := Look{Zoom: 1.5, Theme: "dark"}
	must(t, n.SetLook(want))
	if got, _ := n.Look(); got != want || len(shell.looks) != 1 {
		t.Errorf("%+v, shown %v", got, shell.looks)
	}
	must(t, n.Zoom(+1))
	must(t, n.Zoom(0))
	if got, _ := n.Look(); got != (Look{Zoom: 1, Theme: "dark"}) || len(shell.looks) != 3 {
		t.Errorf("after zooming: %+v, shown %v", got, shell.looks)
	}
	shell.looks = shell.looks[:1]
	if n.SetLook(Look{Zoom: 40, Theme: "dark"}) == nil || len(shell.looks) != 1 {
		t.Error("nonsense reached the window")
	}
}

// TestThePageAsksForWhatIsThere compares the methods that the page declares with
// those that are bound: nothing else would notice a renamed one.
func TestThePageAsksForWhatIsThere(t *testing.T) {
	const page = "../../frontend/src/lib/native/window.ts"
	source, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	declared := regexp.MustCompile(`(?s)interface Bound \{(.*?)\n\}`).FindSubmatch(source)
	if declared == nil {
		t.Fatalf("%s declares no interface Bound", page)
	}
	bound := reflect.TypeFor[*Native]()
	for _, m := range regexp.MustCompile(`(?m)^\s*(\w+)\(`).FindAllSubmatch(declared[1], -1) {
		if _, ok := bound.MethodByName(string(m[1])); !ok {
			t.Errorf("%s asks for %s, which window.Native does not have", page, m[1])
		}
	}
}
