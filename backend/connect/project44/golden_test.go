package project44

import (
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/became"
)

var update = flag.Bool("update", false, "write the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs:\n%s", file, got)
	}
}

// noon is the transport's clock in tests.
var noon = time.Date(2026, 3, 2, 18, 0, 0, 0, time.UTC)

func connector(t testing.TB, values map[string]string) *Connector {
	t.Helper()
	all := map[string]string{"clientId": "our-client", "customers": "Acme=BILL_OF_LADING"}
	for k, v := range values {
		all[k] = v
	}
	c, err := New(connect.Account{Name: "main", Values: all, HTTP: http.DefaultClient, Now: func() time.Time { return noon },
		Secret: func(string) (string, error) { return "s3cret", nil }})
	if err != nil {
		t.Fatal(err)
	}
	return c.(*Connector)
}

func TestGoldenBodies(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	c := connector(t, nil)
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, strings.TrimSuffix(filepath.Base(file), ".json"), became.Text(c.Read(connect.Body{Bytes: body})))
	}
}

// Settings are public: by these keys people and scripts fill them in.
func TestSettingsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Kind.Settings {
		if s.Label == "" || seen[s.Key] || strings.ToLower(s.Key[:1]) != s.Key[:1] || strings.ContainsAny(s.Key, "_- ") || s.Secret && s.Default != "" {
			t.Errorf("%+v", s)
		}
		seen[s.Key] = true
	}
	for _, key := range published {
		if !seen[key] {
			t.Errorf("the setting %s is missing", key)
		}
	}
}

var published = []string{"baseUrl", "clientId", "clientSecret", "customers"}
