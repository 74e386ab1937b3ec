package edifact

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracedesk/backend/freight"
)

var update = flag.Bool("update", false, "write the golden files anew")

// shown is a record as the golden files show it: only what is said, in words.
type shown struct {
	N            int             `json:"n"`
	Observations []shownSaid     `json:"observations,omitempty"`
	Faults       []freight.Fault `json:"-"`
	Wrong        []string        `json:"faults,omitempty"`
}

type shownSaid struct {
	Source   string   `json:"source"`
	Names    []string `json:"names"`
	Snapshot string   `json:"snapshot,omitempty"`
	Where    string   `json:"where"`
	Claims   []string `json:"claims"`
}

type shownFile struct {
	Kind    freight.FileKind `json:"kind"`
	Records []shown          `json:"records"`
	Notes   []string         `json:"notes,omitempty"`
	Error   string           `json:"error,omitempty"`
}

func show(data []byte, opt Options) shownFile {
	f := shownFile{Kind: Kind(data)}
	opt.Notes = func(s string) { f.Notes = append(f.Notes, s) }
	for rec, err := range Read(bytes.NewReader(data), opt) {
		if err != nil {
			f.Error = err.Error()
			break
		}
		s := shown{N: rec.N, Faults: rec.Faults}
		for _, o := range rec.Observations {
			said := shownSaid{Source: o.Source.String(), Where: o.Raw.Where, Snapshot: o.SnapshotKey}
			for _, n := range o.Names {
				said.Names = append(said.Names, says(string(n.Type), n.Value, n.Note))
			}
			for _, c := range o.Claims {
				said.Claims = append(said.Claims, inWords(&c))
			}
			s.Observations = append(s.Observations, said)
		}
		for _, ft := range rec.Faults {
			s.Wrong = append(s.Wrong, ft.Where+": "+ft.Reason)
		}
		f.Records = append(f.Records, s)
	}
	return f
}

// inWords is a claim in one line: subject: fact = value @time (note).
func inWords(c *freight.Claim) string {
	b := freight.BecameOf(c)
	text := b.Subject + ": " + b.Fact + " = " + b.Value
	switch c.Fact {
	case freight.FactPlace, freight.FactPosition:
		p := c.Value.Place
		text += " | " + strings.Join([]string{p.Facility, p.Address, p.City, p.State, p.Postal, p.Country}, " | ")
	case freight.FactTender, freight.FactStatus, freight.FactOther:
		if !c.Value.Start.IsZero() {
			text += " start " + c.Value.Start.String()
		}
	}
	if b.At != "" {
		text += " @" + b.At
	}
	if w := c.At.Written + c.Value.Start.Written; w != "" {
		text += " written " + w
	}
	if b.Note != "" {
		text += " (" + b.Note + ")"
	}
	return text
}

func TestSamples(t *testing.T) {
	files, err := filepath.Glob("testdata/*.edi")
	if err != nil || len(files) == 0 {
		t.Fatal("no samples", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(show(data, Options{}), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".edi") + ".golden.json"
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(append(got, '\n'), want) {
				t.Errorf("%s reads otherwise now (-update writes it anew):\n%s", file, got)
			}
		})
	}
}
