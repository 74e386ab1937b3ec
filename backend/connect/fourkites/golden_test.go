package fourkites

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

var secrets = map[string]string{"apiKey": "k3y", "password": "pa55", "clientSecret": "s3cret"}

func connector(t testing.TB, values map[string]string) *Connector {
	t.Helper()
	all := map[string]string{"customers": "Acme=;Borden=ORDER:BT77"}
	for k, v := range values {
		all[k] = v
	}
	c, err := New(connect.Account{Name: "main", Values: all, HTTP: http.DefaultClient, Now: func() time.Time { return noon },
		Secret: func(key string) (string, error) { return secrets[key], nil }})
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

func TestTheAccountDecidesWhatIsNotPublished(t *testing.T) {
	body, err := os.ReadFile("testdata/callback_arrival.json")
	if err != nil {
		t.Fatal(err)
	}
	if got := became.Text(connector(t, map[string]string{"callbackTimes": "local"}).Read(connect.Body{Bytes: body})); !strings.Contains(got, "arrived at 2026-03-02T14:21:30 America/Chicago") {
		t.Errorf("local times of callbacks:\n%s", got)
	}
	if body, err = os.ReadFile("testdata/callback_unknown.json"); err != nil {
		t.Fatal(err)
	}
	own := "message STOP_TELEPORTED departed departed = left"
	body = []byte(strings.Replace(string(body), `"now"`, `"2026-03-02T14:00:00Z"`, 1))
	if got := became.Text(connector(t, map[string]string{"codes": own}).Read(connect.Body{Bytes: body})); !strings.Contains(got, "S2: departed at 2026-03-02T14:00:00Z") {
		t.Errorf("the account's own codes:\n%s", got)
	}
	if body, err = os.ReadFile("testdata/shipments.json"); err != nil {
		t.Fatal(err)
	}
	body = []byte(strings.Replace(string(body), `"sequence": "2",`, `"sequence": "2", "arrivalTime": "2026-03-03T15:00:00Z",`, 1))
	for of, want := range map[string]string{"next": "load: other = fourKitesETA:2026-03-03T15:52:00Z", "last": "stop 2, S2: eta = 2026-03-03T15:52:00Z"} {
		if got := became.Text(connector(t, map[string]string{"etaOf": of}).Read(connect.Body{Bytes: body})); !strings.Contains(got, want) {
			t.Errorf("the ETA of the %s stop:\n%s", of, got)
		}
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

var published = []string{"baseUrl", "generation", "apiKey", "user", "password", "customers"}
