package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// manifest writes recorded days: files beside a manifest that names them by relative paths.
func (d testDesk) manifest(files map[string]string, manifest string) string {
	d.t.Helper()
	for name, text := range files {
		path := filepath.Join(d.files, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			d.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			d.t.Fatal(err)
		}
	}
	path := filepath.Join(d.files, "MANIFEST.json")
	if err := os.WriteFile(path, []byte(manifest), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// lines are the findings of one kind: detected and cleared, by stop.
func lines(v map[string]any, kind string) (out []string) {
	for _, f := range pick(v, "findings").([]any) {
		if pick(f, "kind") != kind {
			continue
		}
		cleared, _ := pick(f, "clearedAt").(string)
		out = append(out, strings.Join([]string{pick(f, "load").(string), pick(f, "detectedAt").(string), cleared}, " "))
	}
	return out
}

func (d testDesk) wantLines(v map[string]any, kind string, want ...string) {
	d.t.Helper()
	if got := lines(v, kind); !slices.Equal(got, want) {
		d.t.Errorf("%s: %q, want %q", kind, got, want)
	}
}

// TestReplay: the pickup in Dallas is due at 13:00 UTC. The clock rules fire between the steps and after the last; an event
// counts from when the sheet says it was received; a load that the full list no longer names is gone, and comes back.
func TestReplay(t *testing.T) {
	plan := func(numbers ...string) string {
		text := loadsHead
		for _, n := range numbers {
			text += trip(n, "BOL:B-"+n, "2026-03-18 08:00", "2026-03-20 08:00,2026-03-20 10:00")
		}
		return text
	}
	d := newDesk(t)
	m := d.manifest(map[string]string{
		"tms/one.csv": plan("L1", "L2"), "tms/two.csv": plan("L1"), "tms/three.csv": plan("L1", "L2"),
		"events.csv": eventsHead + "L1,driver,arrived,1,2026-03-18T13:20:00Z,2026-03-18T13:24:00Z,,,,,,at the gate\n",
	}, `{"profile": "", "steps": [
		{"at": "2026-03-18T13:30:00Z", "import": ["events.csv"], "full": []},
		{"at": "2026-03-18T10:00:00Z", "import": ["tms/one.csv"], "full": ["tms/one.csv"]},
		{"at": "2026-03-18T11:00:00Z", "import": ["tms/two.csv"], "full": ["tms/two.csv"]},
		{"at": "2026-03-18T11:30:00Z", "import": ["tms/three.csv"], "full": ["tms/three.csv"]},
		{"at": "2026-03-18T12:00:00Z", "import": ["tms/two.csv"], "full": ["tms/two.csv"]}
	], "end": "2026-03-18T14:50:00Z"}`)
	v := d.ask("replay", m)
	d.wantLines(v, "appointment.near", "L1 2026-03-18T11:45:00Z 2026-03-18T13:01:00Z", "L2 2026-03-18T11:45:00Z 2026-03-18T13:01:00Z")
	d.wantLines(v, "appointment.missed", "L1 2026-03-18T13:01:00Z 2026-03-18T13:24:00Z", "L2 2026-03-18T13:01:00Z 2026-03-18T14:45:00Z")
	d.wantLines(v, "appointment.missedLate", "L1 2026-03-18T14:45:00Z ", "L2 2026-03-18T14:45:00Z ")
	d.wantLines(v, "load.gone", "L2 2026-03-18T11:00:00Z 2026-03-18T11:30:00Z", "L2 2026-03-18T12:00:00Z ")

	keys := map[string]bool{}
	for key := range pick(v, "findings", 0).(map[string]any) {
		keys[key] = true
	}
	for _, key := range []string{"load", "stop", "kind", "severity", "since", "detectedAt", "clearedAt", "why"} {
		if !keys[key] {
			t.Errorf("a finding lacks %q", key)
		}
	}
	d.want("the desk itself knows of no load", len(pick(d.ask("board"), "rows").([]any)), 0)
}

func TestReplayRefuses(t *testing.T) {
	rows := []struct{ name, manifest, want string }{
		{"no steps", `{"steps": []}`, "no steps"},
		{"no instant", `{"steps": [{"import": []}]}`, "no instant"},
		{"a file that is not there", `{"steps": [{"at": "2026-03-18T10:00:00Z", "import": ["gone.csv"]}]}`, "gone.csv"},
		{"no manifest", `loads.csv`, "no manifest"},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			d := newDesk(t)
			code, _, errs := d.run("replay", d.manifest(nil, r.manifest))
			if code == 0 || !strings.Contains(errs, r.want) {
				t.Errorf("exit %d: %s", code, errs)
			}
		})
	}
}
