package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestNoticesNameWhatIsLinked: whoever hands the program on must hand on who made its parts.
func TestNoticesNameWhatIsLinked(t *testing.T) {
	body, err := os.ReadFile("NOTICES.md")
	if err != nil {
		t.Fatal(err)
	}
	notices := string(body)
	for _, on := range []struct{ goos, tags string }{{"linux", ""}, {"linux", "desktop,production,webkit2_41"}, {"windows", windowsTags}, {"darwin", "desktop,production"}} {
		for _, module := range linked(t, on.goos, on.tags) {
			path, version, _ := strings.Cut(module, " ")
			if row := fmt.Sprintf("| %s | %s |", path, version); !strings.Contains(notices, row) {
				t.Errorf("build/NOTICES.md lacks the row %q, which is linked on %s", row, on.goos)
			}
		}
	}
}

// linked are the outside modules of the program, as "path version".
func linked(t *testing.T, goos, tags string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-deps", "-tags", tags, "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\n{{end}}{{end}}", "./app")
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), "GOOS="+goos, "CGO_ENABLED=1", "GOARCH=amd64")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var modules []string
	for line := range strings.Lines(string(out)) {
		if module := strings.TrimSpace(line); module != "" {
			modules = append(modules, module)
		}
	}
	return modules
}
