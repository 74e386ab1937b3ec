package macropoint

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/connect"
)

var update = flag.Bool("update", false, "write the golden files anew")

// received is when the callbacks of the golden files came.
var received = time.Date(2026, 3, 2, 20, 6, 0, 0, time.UTC)

// connector is an account with the settings given as key, value, key, value.
func connector(t testing.TB, settings ...string) *Connector {
	t.Helper()
	values := map[string]string{"user": "DESK", "mpid": "DESKMP"}
	for i := 0; i < len(settings); i += 2 {
		values[settings[i]] = settings[i+1]
	}
	c, err := New(connect.Account{Name: "mp", Values: values, Now: func() time.Time { return received }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// became is a callback, what it speaks of, and what became of it, as a person can check it.
func became(t *testing.T, c *Connector, body []byte) string {
	t.Helper()
	var b connect.Body
	var err error
	if body[0] == '<' || body[0] == '{' {
		b, err = c.Callback("POST", "/in/mp/callback", "", "", body)
	} else {
		b, err = c.Callback("GET", "/in/mp/callback", string(body), "", nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	out.WriteString(b.About + "\n")
	for rec, err := range c.Read(b) {
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range rec.Observations {
			text, err := json.MarshalIndent(brief(map[string]any{"source": o.Source.String(), "stated": o.StatedAt, "row": o.SnapshotKey, "names": o.Names, "text": o.Text, "claims": o.Claims}), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			out.Write(append(text, '\n'))
		}
		for _, f := range rec.Faults {
			out.WriteString("fault: " + f.Reason + "\n")
			if string(f.Raw) != string(b.Bytes) {
				t.Errorf("the fault keeps %q of %q", f.Raw, b.Bytes)
			}
		}
	}
	return out.String()
}

// brief leaves out what is empty, so that a golden file shows what was said.
func brief(v any) any {
	text, _ := json.Marshal(v)
	var whole any
	_ = json.Unmarshal(text, &whole)
	return without(whole)
}

func without(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, inner := range v {
			if inner = without(inner); inner == nil {
				delete(v, k)
			} else {
				v[k] = inner
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = without(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	}
	return v
}

// TestCallbacks: what each form of callback becomes.
func TestCallbacks(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if filepath.Ext(file) == ".golden" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := became(t, connector(t), body)
			if *update {
				if err := os.WriteFile(file+".golden", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file + ".golden")
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s reads otherwise now (-update writes it anew):\n%s", file, got)
			}
		})
	}
}
