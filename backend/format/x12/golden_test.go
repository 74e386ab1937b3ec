package x12

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
	N            int       `json:"n"`
	Observations []shownO  `json:"observations,omitempty"`
	Faults       []shownFt `json:"faults,omitempty"`
}

type shownO struct {
	Source   string   `json:"source"`
	Names    []string `json:"names"`
	Snapshot string   `json:"snapshot,omitempty"`
	Where    string   `json:"where"`
	Offset   int64    `json:"offset"`
	Length   int      `json:"length"`
	Text     string   `json:"text"`
	Claims   []string `json:"claims"`
}

type shownFt struct {
	Where  string `json:"where"`
	Offset int64  `json:"offset"`
	Reason string `json:"reason"`
	Raw    string `json:"raw"`
}

type shownFile struct {
	Kind    freight.FileKind `json:"kind"`
	Records []shown          `json:"records"`
	Notes   []string         `json:"notes,omitempty"`
	Error   string           `json:"error,omitempty"`
}

func show(t testing.TB, data []byte, opt Options) shownFile {
	t.Helper()
	f := shownFile{Kind: Kind(data)}
	opt.Notes = func(s string) { f.Notes = append(f.Notes, s) }
	for rec, err := range Read(bytes.NewReader(data), opt) {
		if err != nil {
			f.Error = err.Error()
			break
		}
		s := shown{N: rec.N}
		for _, o := range rec.Observations {
			s.Observations = append(s.Observations, showObservation(o))
		}
		for _, ft := range rec.Faults {
			s.Faults = append(s.Faults, shownFt{ft.Where, ft.Offset, ft.Reason, string(ft.Raw)})
		}
		f.Records = append(f.Records, s)
	}
	return f
}

func showObservation(o freight.Observation) shownO {
	s := shownO{Source: o.Source.String(), Where: o.Raw.Where, Offset: o.Raw.Offset, Length: o.Raw.Length, Text: o.Text}
	if o.Snapshot {
		s.Snapshot = o.SnapshotKey
	}
	for _, n := range o.Names {
		s.Names = append(s.Names, showName(n))
	}
	for _, c := range o.Claims {
		s.Claims = append(s.Claims, showClaim(c))
	}
	return s
}

func showName(n freight.Reference) string {
	return join(" ", string(n.Type)+" "+n.Value, marked("of ", n.Scope), marked("note ", n.Note))
}

// showClaim is a claim in one line: fact [stop] = value @time.
func showClaim(c freight.Claim) string {
	stop := c.Subject.Stop
	of := join(" ", marked("", c.Subject.Key), marked("", string(stop.Side)), marked("id ", stop.ID), stop.Place.CityState())
	if stop.Seq > 0 {
		of = join(" ", "stop "+string(rune('0'+stop.Seq%10)), of)
	}
	if of != "" {
		of = "[" + of + "]"
	}
	v := c.Value
	said := c.ValueText()
	switch c.Fact {
	case freight.FactPlace, freight.FactPosition:
		said = join(" | ", v.Place.String(), v.Place.Address, v.Place.Postal, v.Place.Country, said)
	case freight.FactWindow, freight.FactETA:
		said = join(" ", said, v.Type)
	default:
		said = join(" ", said, marked("start ", v.Start.String()), marked("place ", v.Place.String()))
	}
	return join(" ", string(c.Fact), of, "=", said, marked("of ", v.Scope), marked("note ", v.Note),
		marked("@", c.At.String()), marked("written ", c.At.Written+v.Start.Written))
}

func marked(mark, s string) string {
	if s == "" {
		return ""
	}
	return mark + s
}

func join(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
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
			if !Detect(data) {
				t.Error("not recognised as X12")
			}
			var got bytes.Buffer
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			if err := enc.Encode(show(t, data, Options{})); err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".edi") + ".golden.json"
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("differs from %s; look at the difference and run with -update if it is right. Got:\n%s", golden, got.String())
			}
		})
	}
}
