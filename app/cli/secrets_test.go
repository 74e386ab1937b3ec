package cli

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/project44"
	"tracedesk/backend/desk"
	engine "tracedesk/backend/feeds"
	"tracedesk/backend/sim/standin"
	"tracedesk/backend/sim/standin/platforms"
)

// crashEnv names the data folder of the desk that this test program plays, and that crashes.
const crashEnv = "TRACEDESK_TEST_CRASH"

func TestMain(m *testing.M) {
	if home := os.Getenv(crashEnv); home != "" {
		fmt.Fprintln(os.Stderr, "it did not crash:", crash(home))
		return
	}
	os.Exit(m.Run())
}

// clumsy is a connector with a fault: it stumbles while a request of its own, with its sign-in, is on its way.
type clumsy struct {
	*project44.Connector
	onItsWay <-chan struct{}
}

func (c clumsy) Probe(ctx context.Context) (connect.Probe, error) {
	go c.Connector.Probe(ctx)
	<-c.onItsWay
	return connect.Probe{Host: strings.Fields("")[0]}, nil
}

// crash opens a desk with an account at a system that never answers, and stumbles.
func crash(home string) error {
	ctx := context.Background()
	came := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, ok := r.BasicAuth(); !ok || user != "desk" || password != canary {
			fmt.Fprintln(os.Stderr, "the sign-in is not on its way")
		}
		close(came)
		<-r.Context().Done()
	}))
	a, err := (&call{ctx: ctx, home: home}).open(ctx, desk.Options{})
	if err != nil {
		return err
	}
	if err := a.desk.Secrets.Keep(ctx, "p44", "clientSecret", canary); err != nil {
		return err
	}
	kind := project44.Kind
	kind.New = func(acc connect.Account) (connect.Connector, error) {
		c, err := project44.New(acc)
		if err != nil {
			return nil, err
		}
		return clumsy{c.(*project44.Connector), came}, nil
	}
	e := engine.New(engine.Options{Kinds: []connect.Kind{kind}, Store: a.desk.Store, Poster: a.desk.FeedPoster(), Now: a.desk.Now,
		Secret: func(account, key string) (string, error) { return a.desk.Secrets.Read(ctx, account, key) }})
	account := engine.Account{Name: "p44", Kind: "project44", Enabled: true, Values: map[string]string{"baseUrl": s.URL, "clientId": "desk"}}
	if _, err := e.Add(ctx, account, "Ida"); err != nil {
		return err
	}
	_, err = e.Probe(ctx, account, nil)
	return err
}

// TestACrashTellsNoSecret: a connector that crashes while a request with a sign-in is on its way tells where it stood, and neither what it
// prints nor what it leaves on disk nor its arguments hold the secret.
func TestACrashTellsNoSecret(t *testing.T) {
	home := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashEnv+"="+home, "TRACEDESK_KEYSTORE=file", "TRACEDESK_PASSPHRASE=a long sentence", "GOTRACEBACK=all")
	out, err := cmd.CombinedOutput()
	if err == nil || !bytes.Contains(out, []byte("index out of range [0]")) || !bytes.Contains(out, []byte("clumsy.Probe")) || !bytes.Contains(out, []byte("RoundTrip")) ||
		bytes.Contains(out, []byte("not on its way")) {
		t.Fatalf("the crash was another one: %v\n%s", err, out)
	}
	hidden := newSearch(canary)
	hidden.in(t, "what the crash printed", out)
	hidden.in(t, "the arguments", []byte(strings.Join(cmd.Args, " ")))
	hidden.below(t, home)
	if hidden.files < 2 {
		t.Errorf("only %d files were looked at", hidden.files)
	}
}

// TestNothingThatIsHandedOutHoldsASecret: after a full run against three platforms, with faults, no secret of an account is in the desk's
// files, in what the platforms said (unpacked), in anything printed, nor in any export (unpacked, too).
func TestNothingThatIsHandedOutHoldsASecret(t *testing.T) {
	d, all := platformsHome(t, platforms.Config{Seed: 5, Start: morningThere, Loads: 9, Hours: 12, Shared: 1})
	all.Project44.Faults.Next(standin.Expired, standin.Broken)
	all.MacroPoint.Faults.Next(standin.Garbage)
	all.Clock.Advance(6 * time.Hour)
	at := all.Clock.Now().Format(time.RFC3339)
	customer, load := all.World.Loads[0].Customer, all.World.Loads[0].Number
	out := t.TempDir()
	var printed strings.Builder
	var did int
	do := func(args ...string) {
		t.Helper()
		code, said, complained := d.run(append(args, "--at", at)...)
		fmt.Fprintln(&printed, args, said, complained)
		if code == wrongUse {
			t.Errorf("%v: %s", args, complained)
		}
		if code == 0 {
			did++
		}
	}
	do("sync", "--once")
	do("set", load, "arrived", "--stop", "1", "--when", "2026-11-23T09:00:00Z")
	do("sync", "--once", "--json")
	for i, args := range [][]string{
		{"sources", "--json"}, {"sources", "test", "project44-sim", "--json"}, {"sources", "calls", "project44-sim", "--json"}, {"sources", "calls", "fourkites-sim", "--json"}, {"sources", "calls", "macropoint-sim"},
		{"sources", "codes", "fourkites-sim"}, {"outbox", "--json"}, {"outbox", "--csv"}, {"outbox", "--x12"}, {"quarantine", "--json"}, {"board", "--json"}, {"load", load, "--json"}, {"compare", load, "--json"},
		{"exceptions", "--json"}, {"tasks", "--json"}, {"quality", "--json"}, {"kpi", "--json"}, {"rules", "--json"}, {"handover", "--json"}, {"doctor", "--json"},
		{"report", "daily", "--customer", customer, "--out", filepath.Join(out, "daily.pdf")}, {"report", "daily", "--customer", customer, "--out", filepath.Join(out, "daily.xlsx")},
		{"report", "weekly", "--customer", customer, "--out", filepath.Join(out, "weekly.xlsx")}, {"report", "performance", "--out", filepath.Join(out, "performance.csv")},
		{"report", "handover", "--out", filepath.Join(out, "handover.pdf")}, {"report", "packet", "--load", load, "--out", filepath.Join(out, "packet.pdf")},
		{"report", "dispute", "--load", load, "--out", filepath.Join(out, "dispute.pdf")}, {"export", "--customer", customer, "--out", filepath.Join(out, "customer.zip")},
		{"edi", "write", "epcis", "--load", load, "--out", filepath.Join(out, "epcis.json")}, {"backup", filepath.Join(out, "copy.db")},
	} {
		if do(args...); did < i/2 {
			t.Fatalf("too little of it runs: %s", printed.String())
		}
	}
	hidden := newSearch(platforms.Secret, platforms.APIKey)
	hidden.in(t, "what was printed", []byte(printed.String()))
	hidden.below(t, d.home)
	hidden.below(t, out)
	if hidden.files < 12 {
		t.Errorf("only %d files were looked at\n%s", hidden.files, printed.String())
	}
	a, err := (&call{ctx: t.Context(), home: d.home}).open(t.Context(), desk.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.desk.Close()
	bodies, err := a.desk.Store.BodiesSince(t.Context(), 0, 0, time.Time{}, 100_000, 1<<30)
	if err != nil || len(bodies) < 6 {
		t.Fatal(len(bodies), err)
	}
	for i := range bodies {
		hidden.in(t, "a body about "+bodies[i].About, bodies[i].Bytes)
	}
}

// seeker looks for secrets in every form that they may take on their way.
type seeker struct {
	forms [][]byte
	files int
}

func newSearch(secrets ...string) *seeker {
	s := &seeker{}
	for _, secret := range secrets {
		s.forms = append(s.forms, []byte(secret), []byte(base64.StdEncoding.EncodeToString([]byte(secret))), []byte(basicOf("desk", secret)), []byte(basicOf(secret, secret)),
			[]byte(strings.NewReplacer("&", "%26", "+", "%2B", "/", "%2F", "=", "%3D").Replace(secret)))
	}
	return s
}

func (s *seeker) in(t *testing.T, what string, body []byte) {
	t.Helper()
	for _, form := range s.forms {
		if i := bytes.Index(body, form); i >= 0 {
			t.Errorf("%s holds %s: %.200q", what, form, body[max(0, i-80):])
		}
	}
}

// below looks into every file of a folder; archives, sheets and PDFs are unpacked.
func (s *seeker) below(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, f fs.DirEntry, err error) error {
		if err != nil || f.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err == nil {
			s.files++
			s.unpacked(t, f.Name(), body)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// streams are the packed parts of a PDF.
var streams = regexp.MustCompile(`(?s)stream\r?\n(.*?)endstream`)

func (s *seeker) unpacked(t *testing.T, name string, body []byte) {
	t.Helper()
	s.in(t, name, body)
	if z, err := zip.NewReader(bytes.NewReader(body), int64(len(body))); err == nil {
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			inner, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			s.unpacked(t, name+"/"+f.Name, inner)
		}
	}
	if z, err := gzip.NewReader(bytes.NewReader(body)); err == nil {
		inner, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		s.in(t, name+", unpacked", inner)
	}
	for _, part := range streams.FindAllSubmatch(body, -1) {
		if !bytes.HasPrefix(body, []byte("%PDF")) {
			return
		}
		z, err := zlib.NewReader(bytes.NewReader(part[1]))
		if err != nil {
			continue // a picture, or plain
		}
		inner, err := io.ReadAll(z)
		if err != nil {
			continue
		}
		s.in(t, name+", unpacked", inner)
	}
}
