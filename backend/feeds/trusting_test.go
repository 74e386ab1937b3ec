package feeds_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracedesk/backend/feeds"
)

// A certificate authority that cannot be trusted is refused when it is said, in words.
func TestCertificateAuthorityIsCheckedAtOnce(t *testing.T) {
	w := newWorld(t, false, true, true, 0, 0)
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, says := range map[string]string{filepath.Join(t.TempDir(), "none.pem"): "There is no file", empty: "holds no certificate in PEM form"} {
		_, err := w.engine.Add(t.Context(), feeds.Account{Name: "acme", Kind: "plain", Values: map[string]string{"baseUrl": "https://plain.example", "caFile": file}}, "Ida")
		var wrong *feeds.InvalidError
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Says, says) {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
	}
}
