package secrets

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

const secret = `Zx9"canary&secret/+7`

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func inFile(dir, passphrase string) *Store {
	s := Open(dir, env(WhereEnv, "file", PassphraseEnv, passphrase))
	s.memory = 64 // a test need not be slow for a thief
	return s
}

// keeps is what any place for secrets must do.
func keeps(t *testing.T, open func() *Store) {
	t.Helper()
	ctx := context.Background()
	s := open()
	if _, err := s.Read(ctx, "p44", "clientSecret"); !errors.Is(err, ErrNone) {
		t.Fatalf("an empty store answers %v", err)
	}
	for account, kept := range map[string]string{"p44": secret, "p44 other": "another secret"} {
		if err := s.Keep(ctx, account, "clientSecret", kept); err != nil {
			t.Fatal(err)
		}
	}
	for account, want := range map[string]string{"p44": secret, "p44 other": "another secret"} {
		if got, err := open().Read(ctx, account, "clientSecret"); got != want || err != nil {
			t.Errorf("%s reads %q, %v, want %q", account, got, err, want)
		}
	}
	if !s.Has(ctx, "p44", "clientSecret") || !open().Has(ctx, "p44", "clientSecret") || s.Has(ctx, "p44", "token") {
		t.Error("Has does not tell what is kept")
	}
	if err := errors.Join(s.Keep(ctx, "p44", "clientSecret", ""), s.Forget(ctx, "p44", "never kept")); err != nil {
		t.Fatal(err)
	}
	if _, err := open().Read(ctx, "p44", "clientSecret"); !errors.Is(err, ErrNone) {
		t.Errorf("a forgotten secret answers %v", err)
	}
	if s.Has(ctx, "p44", "clientSecret") {
		t.Error("a forgotten secret is still had")
	}
	if got, err := open().Read(ctx, "p44 other", "clientSecret"); got != "another secret" || err != nil {
		t.Errorf("its neighbour reads %q, %v", got, err)
	}
}

func TestTheSystemsKeyStoreKeeps(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	keeps(t, func() *Store { return Open(dir, env()) })
	if _, err := Open(t.TempDir(), env()).Read(context.Background(), "p44 other", "clientSecret"); !errors.Is(err, ErrNone) {
		t.Errorf("another desk reads the secret: %v", err)
	}
}

func TestTheSealedFileKeeps(t *testing.T) {
	dir := t.TempDir()
	keeps(t, func() *Store { return inFile(dir, "correct horse") })

	if err := inFile(dir, "correct horse").Keep(context.Background(), "p44", "clientSecret", secret); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, FileName)
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(body, []byte(secret)) || bytes.Contains(body, []byte("clientSecret")) || bytes.Contains(body, []byte("correct horse")) {
		t.Errorf("the file tells what it keeps: %s", body)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is %v, %v", info.Mode(), err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".sealing-*")); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}

	wrong := inFile(dir, "wrong horse")
	if _, err := wrong.Read(context.Background(), "p44", "clientSecret"); !errors.Is(err, ErrPassphrase) {
		t.Errorf("a wrong passphrase reads: %v", err)
	}
	if err := wrong.Keep(context.Background(), "p44", "clientSecret", "x"); !errors.Is(err, ErrPassphrase) {
		t.Errorf("a wrong passphrase writes over what it cannot read: %v", err)
	}
	if now, _ := os.ReadFile(path); !bytes.Equal(now, body) {
		t.Error("the file was changed")
	}
}

func TestADamagedFileSaysWhatToDo(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := inFile(dir, "p").Read(context.Background(), "a", "b"); err == nil || !strings.Contains(err.Error(), "enter the secrets again") {
		t.Errorf("says %v", err)
	}
}

func TestWhereSecretsAreKept(t *testing.T) {
	silent := errors.New("no bus")
	for _, row := range []struct {
		name   string
		env    []string
		silent bool
		want   string
		fails  string
	}{
		{name: "the file, when asked for", env: []string{WhereEnv, "file", PassphraseEnv, "p"}, want: "a sealed file in the data folder"},
		{name: "the file needs a passphrase", env: []string{WhereEnv, "file"}, fails: "needs a TRACEDESK_PASSPHRASE"},
		{name: "the file, where no system answers", env: []string{PassphraseEnv, "p"}, silent: true, want: "a sealed file in the data folder"},
		{name: "nowhere", silent: true, fails: ErrNowhere.Error()},
		{name: "the system, and it is silent", env: []string{WhereEnv, "os", PassphraseEnv, "p"}, silent: true, fails: "does not answer: no bus"},
		{name: "the system comes first", env: []string{PassphraseEnv, "p"}, want: (&system{}).where()},
		{name: "no such place", env: []string{WhereEnv, "cloud"}, fails: "it can be os or file"},
	} {
		t.Run(row.name, func(t *testing.T) {
			keyring.MockInit()
			if row.silent {
				keyring.MockInitWithError(silent)
			}
			got, err := Open(t.TempDir(), env(row.env...)).Where(context.Background())
			if got != row.want || (err != nil) != (row.fails != "") || err != nil && !strings.Contains(err.Error(), row.fails) {
				t.Errorf("%q, %v; want %q, %s", got, err, row.want, row.fails)
			}
		})
	}
}

func TestAKeyStoreThatWaitsForAPersonDoesNotHoldTheDesk(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	held := make(chan struct{})
	defer close(held)
	if _, err := waited(ctx, func() (string, error) { <-held; return "", nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("says %v", err)
	}
}

func TestSecretsAreHiddenInEveryForm(t *testing.T) {
	s := inFile(t.TempDir(), "p")
	ctx := context.Background()
	if err := errors.Join(s.Keep(ctx, "a", "k", secret), s.Keep(ctx, "a", "pin", "1234")); err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret)), `Zx9\"canary\u0026secret/+7`} {
		if got := s.Hide("before " + form + " after"); got != "before "+Hidden+" after" {
			t.Errorf("%q becomes %q", form, got)
		}
	}
	for _, user := range []string{"u", "us", "use", "desk@example.com"} {
		basic := base64.StdEncoding.EncodeToString([]byte(user + ":" + secret))
		if got := s.Hide("Basic " + basic + "."); strings.Contains(got, basic) || len(got) > 60 {
			t.Errorf("a sign-in of %s becomes %q", user, got)
		}
	}
	if got := s.Hide("load 1234 is late"); got != "load 1234 is late" {
		t.Errorf("a short secret hides words: %q", got)
	}
}
