package cli

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/zalando/go-keyring"

	"tracedesk/backend/desk/feeds"
	"tracedesk/backend/secrets"
)

// canary is the secret of the test accounts: wherever it turns up, it got away.
const canary = "Canary&7f3a+secret/9=zz"

// platform answers every question with what it is told to; it repeats what it was sent in its errors, as bad servers do.
func platform(t *testing.T, status int, asked *atomic.Int64) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `{"errors":[{"message":"not known: `+strings.ReplaceAll(r.Header.Get("Authorization")+" "+string(body), `"`, `'`)+`"}]}`)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// keyHome is a data folder beside a key store of the system that is made for the test.
func keyHome(t *testing.T) string {
	keyring.MockInit()
	t.Setenv(secrets.WhereEnv, "os")
	t.Setenv("TEST_SECRET", canary)
	return t.TempDir()
}

func TestASourceIsAddedTestedPausedAndRemoved(t *testing.T) {
	home := keyHome(t)
	var asked atomic.Int64
	base := platform(t, http.StatusUnauthorized, &asked)

	var added feeds.Feed
	jsonOf(t, &added, home, "sources", "add", "project44", "--name", "p44", "--set", "baseUrl="+base, "--set", "clientId=desk", "--set", "customers=Acme=BILL_OF_LADING;Borden=ORDER:BT77", "--secret", "clientSecret=TEST_SECRET")
	if added.Name != "p44" || !added.Enabled || len(added.Customers) != 2 || added.Customers[1] != (feeds.FeedCustomer{Customer: "Borden", IDType: "ORDER", BillTo: "BT77"}) {
		t.Errorf("added: %+v", added)
	}
	for _, v := range added.Settings {
		if v.Secret && v.Value != "" || v.Key == "clientSecret" && !v.Kept {
			t.Errorf("a secret is shown as %+v", v)
		}
	}

	var list feeds.FeedList
	jsonOf(t, &list, home, "sources")
	if len(list.Sources) != 1 || list.Sources[0].State != feeds.FeedNever || list.Sources[0].LastAsked != nil {
		t.Errorf("listed: %+v", list)
	}

	code, out, errs := ran(t, home, "sources", "test", "P44")
	if code != 1 || asked.Load() == 0 || !strings.Contains(errs, "E") || strings.Contains(out+errs, canary) {
		t.Errorf("a refused sign-in: exit %d, %d questions, %q %q", code, asked.Load(), out, errs)
	}

	var paused, resumed feeds.Feed
	jsonOf(t, &paused, home, "sources", "pause", "p44")
	jsonOf(t, &resumed, home, "sources", "resume", "p44")
	if paused.State != feeds.FeedPaused || paused.Enabled || !resumed.Enabled {
		t.Errorf("paused %+v, resumed %+v", paused, resumed)
	}

	var gone feeds.FeedRemoved
	jsonOf(t, &gone, home, "sources", "remove", "p44")
	store := secrets.Open(home, os.Getenv)
	if store.Has(t.Context(), "p44", "clientSecret") {
		t.Error("a removed source leaves its secret behind")
	}
}

func TestWhatIsWrongWithASourceIsSaid(t *testing.T) {
	home := keyHome(t)
	for name, row := range map[string]struct {
		args []string
		says string
		exit int
	}{
		"no such system":        {[]string{"add", "faxlink"}, "no system", 1},
		"no such setting":       {[]string{"add", "project44", "--set", "colour=blue"}, "no setting \"colour\"", 1},
		"a secret is missing":   {[]string{"add", "project44", "--set", "clientId=desk"}, "missing", 1},
		"open road":             {[]string{"add", "project44", "--set", "baseUrl=http://example.com", "--set", "clientId=desk", "--secret", "clientSecret=TEST_SECRET"}, "only https", 1},
		"the secret itself":     {[]string{"add", "project44", "--secret", "clientSecret"}, "ENVVAR", 2},
		"no such variable":      {[]string{"add", "project44", "--secret", "clientSecret=TEST_NOT_SET"}, "TEST_NOT_SET", 1},
		"no such source":        {[]string{"pause", "p44"}, "no source", 1},
		"nothing to do with it": {[]string{"paint", "p44"}, "paint", 2},
	} {
		t.Run(name, func(t *testing.T) {
			code, _, errs := ran(t, home, append([]string{"sources"}, row.args...)...)
			if code != row.exit || !strings.Contains(errs, row.says) {
				t.Errorf("exit %d, %q; want %d and %q", code, errs, row.exit, row.says)
			}
		})
	}
	if secrets.Open(home, os.Getenv).Has(t.Context(), "project44", "clientSecret") {
		t.Error("a source that was not added leaves its secret behind")
	}
}

// TestNoSecretGetsAway runs all there is with secrets that a hostile system repeats in its answers, and looks for them in every
// file of the desk, in a backup, in everything printed, and in the arguments.
func TestNoSecretGetsAway(t *testing.T) {
	home := keyHome(t)
	var asked atomic.Int64
	printed := strings.Builder{}
	do := func(args ...string) {
		t.Helper()
		if strings.Contains(strings.Join(args, " "), canary) {
			t.Fatalf("the secret stands in the arguments %q", args)
		}
		_, out, errs := ran(t, home, args...)
		printed.WriteString(out + errs)
	}
	d := testDesk{t, home, t.TempDir()}
	do("import", d.file("loads.csv", trip("4711", "BOL:B4711;ORDER:O4711", "2026-11-23 08:00", "2026-11-24 08:00"), 0))
	for _, status := range []int{http.StatusUnauthorized, http.StatusOK} {
		base := platform(t, status, &asked)
		name := http.StatusText(status)
		do("sources", "add", "project44", "--name", "p "+name, "--set", "baseUrl="+base, "--set", "clientId=desk", "--set", "customers=Acme", "--secret", "clientSecret=TEST_SECRET")
		do("sources", "add", "fourkites", "--name", "f "+name, "--set", "baseUrl="+base, "--set", "generation=gateway", "--set", "customers=Acme", "--secret", "apiKey=TEST_SECRET")
		do("sources", "add", "macropoint", "--name", "m "+name, "--set", "baseUrl="+base, "--set", "mpid=MP1", "--set", "customers=Acme", "--secret", "user=TEST_SECRET", "--secret", "password=TEST_SECRET")
		for _, kind := range []string{"p ", "f ", "m "} {
			do("sources", "test", kind+name)
		}
	}
	for _, line := range [][]string{{"sync", "--once", "--json"}, {"sources", "calls", "p OK", "--json"}, {"sources", "calls", "f Unauthorized"}, {"sources", "--json"}, {"outbox", "--json"}, {"outbox", "--csv"}, {"quarantine", "--json"}, {"doctor"}, {"backup", filepath.Join(home, "copy.db")}} {
		do(line...)
	}
	if asked.Load() < 6 {
		t.Fatalf("only %d questions were asked: the run says nothing", asked.Load())
	}
	forms := [][]byte{[]byte(canary), []byte(base64.StdEncoding.EncodeToString([]byte(canary))), []byte(strings.NewReplacer("&", "%26", "+", "%2B", "/", "%2F", "=", "%3D").Replace(canary)), []byte(basicOf("desk", canary)), []byte(basicOf(canary, canary))}
	for _, form := range forms {
		if strings.Contains(printed.String(), string(form)) {
			t.Errorf("printed: %s", form)
		}
	}
	err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		for _, form := range forms {
			if bytes.Contains(body, form) {
				t.Errorf("%s holds %s", d.Name(), form)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func basicOf(user, password string) string {
	return base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
}

// jsonOf runs a command with --json and reads its answer.
func jsonOf(t *testing.T, into any, home string, args ...string) {
	t.Helper()
	code, out, errs := ran(t, home, append(args, "--json")...)
	if code != 0 {
		t.Fatalf("%v: exit %d: %s", args, code, errs)
	}
	if err := json.Unmarshal([]byte(out), into); err != nil {
		t.Fatalf("%v: %v in %s", args, err, out)
	}
}

func ran(t *testing.T, home string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return testDesk{t, home, ""}.run(args...)
}
