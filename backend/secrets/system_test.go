package secrets

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

// long is the JSON of a service account, longer than any system's key store takes in one entry.
var long = `{"type":"service_account","private_key":"` + strings.Repeat("MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", 150) + `"}`

// lengths keeps secrets of every length in one place after the other, each in the last one's place.
func lengths(t *testing.T, s *Store) {
	t.Helper()
	for _, want := range []string{"short", long, strings.Repeat("x", partSize), strings.Repeat("é", partSize), inParts + "9 no number", long[:partSize+1], "short again"} {
		if err := s.Keep(t.Context(), "p44", "clientSecret", want); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Read(t.Context(), "p44", "clientSecret"); got != want || err != nil {
			t.Errorf("%d bytes read as %d, %v", len(want), len(got), err)
		}
	}
	if err := s.Keep(t.Context(), "p44", "clientSecret", strings.Repeat("x", mostParts*partSize+1)); err == nil || !strings.Contains(err.Error(), "is it the right file?") {
		t.Errorf("a secret of 180 KB: %v", err)
	}
}

func TestLongSecrets(t *testing.T) {
	keyring.MockInit()
	s := Open(t.TempDir(), env(WhereEnv, "os"))
	lengths(t, s)
	sys := &system{desk: s.desk}
	for n := 1; n <= mostParts; n++ {
		if _, err := sys.get(partName("p44/clientSecret", n)); !errors.Is(err, ErrNone) {
			t.Errorf("part %d is left over: %v", n, err)
		}
	}
	if err := s.Keep(t.Context(), "p44", "clientSecret", long); err != nil {
		t.Fatal(err)
	}
	if err := sys.remove(partName("p44/clientSecret", 2)); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Read(t.Context(), "p44", "clientSecret"); err == nil || got != "" || !strings.Contains(err.Error(), "enter it again") {
		t.Errorf("with a part missing it reads %d bytes, %v", len(got), err)
	}
	if err := s.Forget(t.Context(), "p44", "clientSecret"); err != nil {
		t.Fatal(err)
	}
	if _, err := sys.get(partName("p44/clientSecret", 1)); !errors.Is(err, ErrNone) {
		t.Errorf("a part outlives its secret: %v", err)
	}
}

// inSession says that the test runs again within a session of its own.
const inSession = "TRACEDESK_TEST_SECRET_SERVICE"

// TestSecretService tries a real Secret Service where a session bus and GNOME Keyring are installed, in a session of its own, so that no
// person's keyring is touched.
func TestSecretService(t *testing.T) {
	if os.Getenv(inSession) != "" {
		s := Open(os.Getenv(inSession), env(WhereEnv, "os"))
		if where, err := s.Where(t.Context()); err != nil || where != "the Secret Service of this system" {
			t.Fatalf("%q, %v", where, err)
		}
		keeps(t, func() *Store { return Open(os.Getenv(inSession), env(WhereEnv, "os")) })
		lengths(t, s)
		return
	}
	for _, program := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(program); err != nil || runtime.GOOS != "linux" {
			t.Logf("no real Secret Service was tried: this machine has no %s", program)
			return
		}
	}
	home := t.TempDir()
	if err := os.MkdirAll(filepath.Join(home, "run"), 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "dbus-run-session", "--", "sh", "-c", `printf pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" -test.run '^TestSecretService$' -test.v`, os.Args[0])
	cmd.Env = append(os.Environ(), inSession+"="+filepath.Join(home, "desk"), "HOME="+home, "XDG_RUNTIME_DIR="+filepath.Join(home, "run"), "XDG_DATA_HOME="+filepath.Join(home, "data"))
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "PASS") {
		t.Fatalf("%v\n%s", err, out)
	}
}
