package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The simulated platforms open, tell how a desk reaches them, and close with the context.
func TestServePlatforms(t *testing.T) {
	dir := t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var out, errs bytes.Buffer
	c := &call{ctx: ctx, flags: map[string]string{}, many: map[string][]string{}, stdout: &out, stderr: &errs}
	if err := c.dispatch([]string{"sim", "serve", "--out", dir, "--loads", "12", "--tls", "--log", filepath.Join(dir, "log.jsonl"), "--json"}); err != nil {
		t.Fatal(err)
	}
	var open struct {
		CA        string
		Files     []string
		Platforms []struct {
			Kind, Command     string
			Set, Secrets, Env map[string]string
		}
	}
	if err := json.Unmarshal(out.Bytes(), &open); err != nil || len(open.Platforms) != 3 || len(open.Files) != 3 {
		t.Fatalf("%v: %s", err, out.Bytes())
	}
	for _, p := range open.Platforms {
		if !strings.HasPrefix(p.Set["baseUrl"], "https://127.0.0.1:") || !strings.HasPrefix(p.Command, "tracedesk sources add "+p.Kind+" ") || len(p.Env) != len(p.Secrets) {
			t.Errorf("%+v", p)
		}
	}
	for _, name := range append(open.Files, open.CA) {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	if strings.Count(errs.String(), "0 requests") != 3 {
		t.Errorf("at the end it says %s", errs.String())
	}
}

func TestServePlatformsRefusesAnOddShareOfFaults(t *testing.T) {
	c := &call{ctx: context.Background(), flags: map[string]string{}, many: map[string][]string{}, stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}}
	if err := c.dispatch([]string{"sim", "serve", "--faults", "2"}); err == nil || !strings.Contains(err.Error(), "--faults") {
		t.Errorf("it said %v", err)
	}
}
