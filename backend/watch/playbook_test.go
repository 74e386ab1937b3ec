package watch

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

func TestEveryKindHasAPlaybook(t *testing.T) {
	for _, k := range Kinds() {
		p, ok := PlaybookFor(k.Name, nil)
		if !ok {
			t.Errorf("%s has none", k.Name)
			continue
		}
		if k.Service && p.Steps[len(p.Steps)-1].Who != "desk" {
			t.Errorf("%s: the last step of a service failure is the desk's", k.Name)
		}
	}
	for _, p := range Playbooks() {
		if err := p.Check(); err != nil {
			t.Errorf("%s: %v", p.Kind, err)
		}
		if got, err := ParsePlaybook([]byte(p.Text())); err != nil || !cmp.Equal(got, p) {
			t.Errorf("%s does not read back: %v\n%s", p.Kind, err, cmp.Diff(p, got))
		}
		data, _ := json.Marshal(p)
		if got, err := ParsePlaybook(data); err != nil || !cmp.Equal(got, p) {
			t.Errorf("%s does not read back from JSON: %v", p.Kind, err)
		}
	}
}

func TestPlaybookOfADesk(t *testing.T) {
	mine := Playbook{Kind: "late", Version: 2, Title: "Ours"}
	older := Playbook{Kind: "late", Version: 1, Title: "Ours, once"}
	own := Playbook{Kind: "appointment.near", Version: 1, Title: "Near"}
	for _, c := range []struct {
		kind, title string
		edited      []Playbook
	}{
		{"appointment.missed", "Ours", []Playbook{mine, older}},
		{"appointment.missed", "Ours", []Playbook{older, mine}},
		{"appointment.near", "Near", []Playbook{mine, own}},
		{"eta.late", "ETA after the appointment", []Playbook{mine}},
	} {
		if p, ok := PlaybookFor(c.kind, c.edited); !ok || p.Title != c.title {
			t.Errorf("%s: %q", c.kind, p.Title)
		}
	}
	if _, ok := PlaybookFor("customs.hold", nil); ok {
		t.Error("a kind of a later program has a playbook")
	}
}

func TestPlaybooksAreRefusedInPlainWords(t *testing.T) {
	good := "kind: late\ntitle: Late\n"
	cases := []struct{ text, want string }{
		{"", "neither a kind of exception nor a topic"},
		{"kind: nosuch\ntitle: X\n- a | desk | 1 | do", `"nosuch" is neither a kind of exception nor a topic`},
		{"kind: late\n- a | desk | 1 | do", "the playbook has no title"},
		{good, "the playbook has no steps"},
		{good + "- a | desk | do", "line 3: step \"a | desk | do\": write - key | who | minutes | text"},
		{good + "- a | desk | soon | do", `"soon" are no minutes`},
		{good + "- a | moon | 1 | do", `step a: "moon" is not one of desk, driver`},
		{good + "- a b | desk | 1 | do", "a key is one word"},
		{good + "- a | desk | -1 | do", "minutes cannot be negative"},
		{good + "- a | desk | 1 |", "say in one line what to do"},
		{good + "- a | desk | 1 | do\n- a | desk | 2 | do", "two steps have the key a"},
		{good + "- a | desk | 1 | do\n> Hello {drivr}", "{drivr} is no placeholder"},
		{good + "- a | desk | 1 | do\n> Hello {driver", "is no placeholder"},
		{good + "> Hello", "a wording stands before the first step"},
		{good + "whatever", `line 3: "whatever" is neither kind:`},
		{"version: two", `"two" is no version`},
		{`{"kind":"late","titel":"x"}`, "this JSON is no playbook"},
	}
	for _, c := range cases {
		if _, err := ParsePlaybook([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
}

func TestChecklist(t *testing.T) {
	p := Playbook{Kind: "late", Steps: []Step{{Key: "call", WithinMin: 15}, {Key: "file"}}}
	e := &Exception{ID: "x", OpenedAt: central(10, 0)}
	step := func(minute int, scope, key string) freight.Act {
		return deed(central(10, minute), scope, freight.FactStep, "late 0", key)
	}
	early := deed(central(9, 0), "x", freight.FactStep, "late 0", "file")
	got := Checklist(p, e, []freight.Act{step(30, "x", "call"), step(10, "x", "call"), step(5, "y", "file"), early})
	if !got[0].At.Equal(central(10, 10)) || got[0].By != "Ann" || !got[0].Due.Equal(central(10, 15)) {
		t.Errorf("%+v", got[0])
	}
	if !got[1].At.IsZero() || !got[1].Due.IsZero() {
		t.Errorf("done for another exception, or before this one opened: %+v", got[1])
	}
}

func TestFillLeavesNoHole(t *testing.T) {
	l := toDallas()
	l.Stops[1].ETA = etaOf(central(14, 30), central(9, 0))
	got := Fill("Load {load} for {stop}: {eta} instead of {window}. {driver}, {next}.", l, &Exception{Stop: 2})
	if want := "Load L1 for delivery at Dallas, TX: Mon 23 Nov 14:30 CST instead of Mon 23 Nov 14:00 CST. {driver}, {next}."; got != want {
		t.Errorf("%q", got)
	}
}

// Whatever is typed, a playbook that is taken can be written and read again.
func TestPlaybookTextReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, err := ParsePlaybook([]byte(rapid.SampledFrom([]string{"kind: late\ntitle: ", "kind: silence\nversion: 3\ntitle: "}).Draw(t, "head") +
			rapid.StringMatching(`[ a-z:|>-]{0,20}`).Draw(t, "title") + "\n- a | desk | 5 | " + rapid.StringMatching(`[ a-z:|>-]{0,20}`).Draw(t, "text") + "\n> " +
			rapid.StringMatching(`[ a-z:|>{}-]{0,20}`).Draw(t, "wording")))
		if err != nil {
			return
		}
		got, err := ParsePlaybook([]byte(p.Text()))
		if err != nil || !cmp.Equal(got, p) {
			t.Fatalf("%v\n%s", err, cmp.Diff(p, got))
		}
	})
}

func FuzzParsePlaybook(f *testing.F) {
	for _, p := range Playbooks() {
		f.Add([]byte(p.Text()))
	}
	f.Add([]byte(`{"kind":"late","title":"x","steps":[{"key":"a","who":"desk","text":"do"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ParsePlaybook(data)
		if err == nil && p.Check() != nil {
			t.Fatal("taken, and wrong")
		}
	})
}
