package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// room says what a room may import of ours, and why it may not import more. A
// room's own sub-packages are free unless apart is set.
type room struct {
	path  string
	may   []string
	why   string
	apart bool // its sub-packages are rooms of their own and never import each other
}

// core: what every room may speak of.
const core = "backend/freight"

// rooms is the table of allowed directions. The longest path that fits a package
// counts. What a row leaves out is banned, for the reason it gives.
var rooms = []room{
	{path: core, why: "the words of the trade depend on nothing, so that everybody can use them"},
	{path: "backend/match", may: []string{core}, why: "matching is pure: it is given what it needs"},
	{path: "backend/timeline", may: []string{core}, why: "the fold is pure: it is given observations and a resolver"},
	{path: "backend/watch", may: []string{core, "backend/timeline"}, why: "rules are pure: they see a timeline, surroundings and a clock's reading"},
	{path: "backend/forecast", may: []string{core, "backend/timeline"}, why: "forecasting is pure"},
	{path: "backend/schedule", may: []string{core, "backend/timeline", "backend/forecast"}, why: "planning is pure"},
	{path: "backend/store", may: []string{core}, why: "the store keeps values; it decides nothing"},
	{path: "backend/ledger", may: []string{core, "backend/match", "backend/timeline", "backend/watch", "backend/forecast", "backend/store"},
		why: "the one door in joins core and store; it knows no format and no outside system"},
	{path: "backend/format", may: []string{core, "backend/format/internal"}, why: "a format turns bytes into observations and knows no other format", apart: true},
	{path: "backend/format/internal", why: "how a stream is read is the same for every format, and knows none"},
	{path: "backend/connect", may: []string{core, "backend/format", "backend/connect"},
		why: "a connector speaks to one outside system; it neither stores nor decides"},
	{path: "backend/feeds", may: []string{core, "backend/connect", "backend/store"}, why: "feeds run connectors by their contract and post through an interface"},
	{path: "backend/secrets", why: "secrets are kept by name; whose they are is not known there"},
	{path: "backend/inbox", may: []string{core, "backend/intake"}, why: "the inbox takes callbacks in whole and keeps them; what is in them is read by their account's connector"},
	{path: "backend/intake", may: []string{core}, why: "intake finds whole files; what is in them is told by a detector it is given"},
	{path: "backend/documents", may: []string{core, "backend/match", "backend/store", "backend/report/pdf"}, why: "documents are read and judged, not posted"},
	{path: "backend/messages", may: []string{core, "backend/store"}, why: "messages are drafted from values"},
	{path: "backend/report/pdf", why: "the PDF writer draws; it knows no load"},
	{path: "backend/report", may: []string{core, "backend/timeline", "backend/store", "backend/report/pdf"}, why: "reports count and print"},
	{path: "backend/team", may: []string{core, "backend/store"}, why: "the shared log needs only the log"},
	{path: "backend/sim", may: []string{core, "backend/format/sheet"},
		why: "the simulated world writes its own bytes, so that a misreading in a reader shows"},
	{path: "backend/place", may: []string{core}, why: "places are tables"},
	{path: "backend/desk", may: []string{"backend"}, why: "the desk wires the rooms and serves the app; areas never import each other", apart: true},
	{path: "app", may: []string{"app", "backend/desk", core, "frontend"}, why: "the app shows the desk; rules of the trade live behind it"},
	{path: "frontend", why: "the screens are files"},
	{path: "build", may: []string{"backend/sim"}, why: "the build program is not built on what it builds; only the simulated world makes what it measures"},
}

// only: outside packages with one home each.
var only = []struct{ outside, home, why string }{
	{"database/sql", "backend/store", "SQL is known in one room"},
	{"modernc.org/sqlite", "backend/store", "the database driver is known in one room"},
	{"github.com/jung-kurt/gofpdf", "backend/report/pdf", "there is one PDF writer"},
	{"github.com/fsnotify/fsnotify", "backend/intake", "folders are watched in one room"},
	{"github.com/zalando/go-keyring", "backend/secrets", "secrets lie in one room"},
	{"github.com/wailsapp/wails", "app/window", "the window system can be replaced in one file"},
}

// impure: what the pure core must not reach for.
var impure = []string{"os", "net", "database/sql", "math/rand", "crypto/rand", "log", "syscall", "io/ioutil", "embed", "unsafe"}

var pureCore = []string{core, "backend/match", "backend/timeline", "backend/watch", "backend/forecast", "backend/schedule"}

const module = "tracedesk/"

type goPackage struct {
	ImportPath, Name, Doc, Dir string
	Imports, GoFiles           []string
}

// packages lists what our Go packages import; tests may import more.
func packages(t *testing.T, flags ...string) []goPackage {
	t.Helper()
	cmd := exec.Command("go", append(append([]string{"list", "-json"}, flags...), "./...")...)
	cmd.Dir = ".."
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var all []goPackage
	for decoder := json.NewDecoder(out); ; {
		var p goPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	return all
}

// below reports whether p is folder or lies in it.
func below(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }

func roomOf(p string) (room, bool) {
	var best room
	for _, r := range rooms {
		if below(p, r.path) && len(r.path) > len(best.path) {
			best = r
		}
	}
	return best, best.path != ""
}

// allowed reports whether package from may import package to, and why not.
func allowed(from, to string) error {
	r, ok := roomOf(from)
	if !ok {
		return fmt.Errorf("%s is in no room of the table in build/directions_test.go: give it one", from)
	}
	inside := below(to, r.path)
	if inside && (!r.apart || to == r.path || area(from, r.path) == area(to, r.path)) {
		return nil
	}
	if slices.ContainsFunc(r.may, func(may string) bool { return below(to, may) && (!inside || below(may, r.path)) }) {
		return nil
	}
	return fmt.Errorf("%s must not import %s: %s", from, to, r.why)
}

// area is the first folder of p below its room.
func area(p, room string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(p, room), "/"), "/")
	return first
}

func TestImportsGoOneWay(t *testing.T) {
	for _, p := range packages(t) {
		from := strings.TrimPrefix(p.ImportPath, module)
		for _, imported := range p.Imports {
			if to, ours := strings.CutPrefix(imported, module); ours {
				if err := allowed(from, to); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

// TestTheTableBans makes sure that the table itself still forbids what matters.
func TestTheTableBans(t *testing.T) {
	for from, to := range map[string]string{
		core:                       "backend/store",
		"backend/timeline":         "backend/store",
		"backend/store":            "backend/ledger",
		"backend/format/x12":       "backend/format/sheet",
		"backend/connect/fourkite": "backend/store",
		"backend/desk/board":       "backend/desk/papers",
		"backend/desk/load":        "app/api",
		"app/api":                  "backend/store",
		"build":                    "backend/freight",
		"somewhere":                core,
	} {
		if allowed(from, to) == nil {
			t.Errorf("%s may import %s", from, to)
		}
	}
	for from, to := range map[string]string{
		"backend/desk":          "backend/store",
		"backend/desk/board":    "backend/desk",
		"backend/desk/papers":   "backend/documents",
		"backend/place":         "backend/place/internal/table",
		"backend/report":        "backend/report/pdf",
		"app":                   "app/cli",
		"app/api":               "backend/desk/board",
		"backend/sim":           "backend/format/sheet",
		"backend/connect/all":   "backend/connect/fourkites",
		"backend/format/x12/td": "backend/format/x12",
	} {
		if err := allowed(from, to); err != nil {
			t.Error(err)
		}
	}
}

func TestOutsidePackagesHaveOneHome(t *testing.T) {
	for _, p := range append(packages(t), packages(t, "-tags", "bindings")...) {
		from := strings.TrimPrefix(p.ImportPath, module)
		for _, o := range only {
			if slices.ContainsFunc(p.Imports, func(i string) bool { return below(i, o.outside) }) && !below(from, o.home) {
				t.Errorf("%s must not import %s, only %s may: %s", from, o.outside, o.home, o.why)
			}
		}
	}
}

func TestOneFileImportsWails(t *testing.T) {
	var found []string
	eachGoFile(t, func(name string, file *ast.File, _ *token.FileSet) {
		for _, i := range file.Imports {
			if strings.HasPrefix(i.Path.Value, `"github.com/wailsapp/`) && !slices.Contains(found, name) {
				found = append(found, name)
			}
		}
	})
	if want := []string{"app/window/wails.go"}; !slices.Equal(found, want) {
		t.Errorf("Wails is imported by %v, want %v", found, want)
	}
}

func TestThePureCoreIsPure(t *testing.T) {
	eachGoFile(t, func(name string, file *ast.File, files *token.FileSet) {
		pure := slices.ContainsFunc(pureCore, func(r string) bool { return path.Dir(name) == r })
		if !pure || strings.HasSuffix(name, "_test.go") {
			return
		}
		for _, i := range file.Imports {
			imported := strings.Trim(i.Path.Value, `"`)
			if slices.ContainsFunc(impure, func(ban string) bool { return below(imported, ban) }) {
				t.Errorf("%s imports %s: the pure core is given what it needs", name, imported)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if ok && isClock(call) {
				t.Errorf("%s reads the clock: now is an argument", files.Position(call.Pos()))
			}
			return true
		})
	})
}

func isClock(s *ast.SelectorExpr) bool {
	of, ok := s.X.(*ast.Ident)
	return ok && of.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Sleep", "After", "Tick", "NewTimer", "NewTicker", "Local"}, s.Sel.Name)
}

// eachGoFile parses every Go file of ours, tests included.
func eachGoFile(t *testing.T, visit func(name string, file *ast.File, files *token.FileSet)) {
	t.Helper()
	for _, top := range []string{"app", "backend", "build"} {
		err := filepath.WalkDir(filepath.Join("..", top), func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(file) != ".go" {
				return err
			}
			files := token.NewFileSet()
			parsed, err := parser.ParseFile(files, file, nil, parser.ParseComments)
			if err != nil {
				return err
			}
			name, err := filepath.Rel("..", file)
			visit(filepath.ToSlash(name), parsed, files)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
