package sheet

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

var received = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

// TestForeignLayouts reads layouts that nobody announced, without a person: the guess, then what it makes of the rows.
func TestForeignLayouts(t *testing.T) {
	files, err := filepath.Glob("testdata/foreign/*.csv")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d layouts: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, strings.TrimSuffix(file, ".csv")+".golden", foreignWordsOf(t, filepath.Base(file), data))
		})
	}
}

// foreignWordsOf is the guess of a file and its records, in words.
func foreignWordsOf(t *testing.T, name string, data []byte) string {
	b, err := Open(name, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	g, err := GuessProfile(b, received)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	shown, err := json.MarshalIndent(g.Profile, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	out.Write(shown)
	out.WriteString("\n\n")
	for _, m := range g.Missing {
		out.WriteString("missing: " + m + "\n")
	}
	for _, n := range g.Notes {
		out.WriteString("- " + n + "\n")
	}
	out.WriteString("\n")
	if g.Usable {
		out.WriteString(words(readAll(t, b, &g.Profile, Options{ReceivedAt: received, Zone: "America/Chicago"})))
	}
	return out.String()
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at it and run the test with -update if it is right:\n%s", file, got)
	}
}
