package intake

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"tracedesk/backend/freight"
)

// TestOnce: one look takes what rests, waits for what was changed just now, and leaves what is refused for the next look.
func TestOnce(t *testing.T) {
	dir := t.TempDir()
	for name, age := range map[string]time.Duration{"old.csv": time.Hour, "fresh.csv": time.Second, "refused.csv": time.Minute, "passing.part": time.Hour} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("load\n1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Add(-age) // the bubble's clock begins there
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		var got []string
		refuse := true
		deliver := func(_ context.Context, f File) error {
			if f.Name == "refused.csv" && refuse {
				return errors.New("not now")
			}
			got = append(got, f.Name)
			return nil
		}
		w, err := New(Config{Folders: []Folder{{Path: dir}, {Path: filepath.Join(dir, "away")}}, Detector: func(string, []byte) freight.FileKind { return freight.LoadsFile }})
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if err := w.Once(t.Context(), deliver); err != nil {
			t.Fatal(err)
		}
		if want := []string{"old.csv", "fresh.csv"}; !slices.Equal(got, want) || time.Since(began) != time.Second {
			t.Errorf("took %v in %s, want %v", got, time.Since(began), want)
		}
		refuse = false
		if err := w.Once(t.Context(), deliver); err != nil || !slices.Equal(got, []string{"old.csv", "fresh.csv", "refused.csv"}) {
			t.Errorf("took %v, %v", got, err)
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if err := w.Once(ctx, deliver); !errors.Is(err, context.Canceled) {
			t.Errorf("%v after a stop", err)
		}
	})
}
