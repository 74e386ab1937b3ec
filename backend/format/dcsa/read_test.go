package dcsa

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"tracedesk/backend/freight"
)

var update = flag.Bool("update", false, "write the golden files anew")

type shown struct {
	Names  []string `json:"names,omitempty"`
	Stated string   `json:"stated,omitempty"`
	Source string   `json:"source,omitempty"`
	Claims []string `json:"claims,omitempty"`
	Faults []string `json:"faults,omitempty"`
}

func show(data []byte, opt Options) (all []shown, err error) {
	for rec, err := range Read(bytes.NewReader(data), opt) {
		if err != nil {
			return all, err
		}
		var s shown
		for _, o := range rec.Observations {
			s.Source = o.Source.String()
			if !o.StatedAt.IsZero() {
				s.Stated = o.StatedAt.Format("2006-01-02T15:04:05Z07:00")
			}
			for _, n := range o.Names {
				s.Names = append(s.Names, strings.TrimSpace(string(n.Type)+" "+n.Value+" "+n.Note))
			}
			for i := range o.Claims {
				b := freight.BecameOf(&o.Claims[i])
				s.Claims = append(s.Claims, strings.Join(strings.Fields(b.Subject+": "+b.Fact+" = "+b.Value+" "+o.Claims[i].Value.Start.String()+" @"+b.At+" "+b.Note), " "))
			}
			if !o.Retracts.IsZero() {
				s.Claims = append(s.Claims, "takes back "+o.Retracts.String())
			}
		}
		for _, f := range rec.Faults {
			s.Faults = append(s.Faults, f.Where+": "+f.Reason)
		}
		all = append(all, s)
	}
	return all, nil
}

func TestSamples(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no samples", err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".golden.json") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !Detect(data) {
				t.Error("not recognised")
			}
			all, err := show(data, Options{})
			if err != nil {
				t.Fatal(err)
			}
			got, _ := json.MarshalIndent(all, "", "  ")
			golden := strings.TrimSuffix(file, ".json") + ".golden.json"
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

const arrival = `{"eventID":"e1","eventCreatedDateTime":"2026-03-01T00:00:00Z","eventType":"TRANSPORT","eventClassifierCode":"ACT","eventDateTime":"2026-03-02T08:00:00-08:00",
"transportEventTypeCode":"ARRI","transportCall":{"UNLocationCode":"USLAX","modeOfTransport":"VESSEL"},"documentReferences":[{"documentReferenceType":"BKG","documentReferenceValue":"B1"}]}`

func TestEvents(t *testing.T) {
	opt := Options{Locode: func(code string) (freight.Place, bool) {
		return freight.Place{City: "Los Angeles", State: "CA", Country: "US"}, code == "USLAX"
	}}
	tests := []struct {
		name, text string
		want       []string // in the words of the last event
	}{
		{"actual", arrival, []string{"Los Angeles, CA: arrived = @2026-03-02T08:00:00-08:00", "load: position = Los Angeles, CA", "BOOKING B1", "status = DCSA TRANSPORT ACT:ARRI"}},
		{"expected is an ETA", strings.Replace(arrival, `"ACT"`, `"EST"`, 1), []string{"Los Angeles, CA: eta = 2026-03-02T08:00:00-08:00", "arrived (expected)"}},
		{"planned is a window", strings.Replace(arrival, `"ACT"`, `"PLN"`, 1), []string{"Los Angeles, CA: appointment = 2026-03-02T08:00:00-08:00", "arrived (planned)"}},
		{"an unknown code is kept", strings.Replace(arrival, `"ARRI"`, `"XXXX"`, 1), []string{"DCSA TRANSPORT ACT:XXXX", "unknown code"}},
		{"a place that no table knows", strings.Replace(arrival, `USLAX`, `XYABC`, 1), []string{"arrived ="}},
		{"a number where a text belongs", strings.Replace(arrival, `"USLAX"`, `7`, 1), []string{"arrived ="}},
		{"a field of the wrong kind", strings.Replace(arrival, `{"UNLocationCode":"USLAX","modeOfTransport":"VESSEL"}`, `"USLAX"`, 1), []string{"transportCall should be an object and is a string; the rest of the event was read", "arrived ="}},
		{"stuffed at the customer's", `{"eventID":"e1","eventCreatedDateTime":"2026-03-01T00:00:00Z","eventType":"EQUIPMENT","eventClassifierCode":"ACT","eventDateTime":"2026-03-02T08:00:00Z","equipmentEventTypeCode":"STUF","equipmentReference":"APZU4812090","eventLocation":{"UNLocationCode":"USLAX","facilityTypeCode":"CLOC"}}`,
			[]string{"Los Angeles, CA: loaded =", "CONTAINER APZU4812090"}},
		{"taken back", "[" + arrival + `,{"eventID":"e2","eventCreatedDateTime":"2026-03-02T00:00:00Z","eventDateTime":"2026-03-02T08:00:00Z","eventType":"TRANSPORT","retractedEventID":"e1"}]`, []string{"takes back "}},
		{"taken back, but not in this file", `[{"eventID":"e2","eventCreatedDateTime":"2026-03-02T00:00:00Z","eventDateTime":"2026-03-02T08:00:00Z","eventClassifierCode":"ACT","eventType":"TRANSPORT","retractedEventID":"e9"}]`, []string{"by hand"}},
		{"wrapped", `{"metadata":{"x":[1,2]},"payload":` + arrival + `}`, []string{"arrived ="}},
		{"listed", `{"page":1,"events":[` + arrival + `],"next":null}`, []string{"arrived ="}},
		{"a line each", arrival + "\n" + arrival, []string{"arrived ="}},
		{"the text breaks", "[" + arrival + `,{"eventID":"e2",,}, ` + arrival + "]", []string{"from here on the text is no JSON", "what stands before it was read"}},
	}
	for _, tt := range tests {
		all, err := show([]byte(tt.text), opt)
		if err != nil || len(all) == 0 {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		words, _ := json.Marshal(all[len(all)-1])
		for _, want := range tt.want {
			if !bytes.Contains(words, []byte(want)) {
				t.Errorf("%s: nothing says %q in %s", tt.name, want, words)
			}
		}
		for _, never := range []string{"expected)", "planned)"} {
			if bytes.Contains(words, []byte(never)) && bytes.Contains(words, []byte("arrived = ")) {
				t.Errorf("%s: what is %s is told as having happened: %s", tt.name, never, words)
			}
		}
	}
}

func TestNotDCSA(t *testing.T) {
	for _, text := range []string{"", "[]", `{"a":1}`, "load,status", "<xml/>"} {
		if Detect([]byte(text)) {
			t.Errorf("%q is taken for DCSA", text)
		}
		if all, err := show([]byte(text), Options{}); err == nil && (len(all) != 1 || len(all[0].Faults) != 1) {
			t.Errorf("%q is read as %+v", text, all)
		}
	}
}

// endless repeats a text.
type endless struct {
	text string
	at   int
	left int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := copy(p, e.text[e.at:])
	e.at, e.left = (e.at+n)%len(e.text), e.left-n
	return n, nil
}

// TestBoundedMemory: many events, and one that never ends, are read without keeping them.
func TestBoundedMemory(t *testing.T) {
	for name, text := range map[string]string{"events": arrival + ",\n", "one string": "aaaaaaaaaaaaaaaaaaaa"} {
		start := "["
		if name == "one string" {
			start = `["eventClassifierCode", "`
		}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		most, n := uint64(0), 0
		for _, err := range Read(io.MultiReader(strings.NewReader(start), &endless{text: text, left: 24 << 20}), Options{}) {
			if err != nil {
				t.Fatal(name, err)
			}
			if n++; n%8000 == 1 {
				runtime.GC()
				runtime.ReadMemStats(&after)
				most = max(most, after.HeapAlloc-min(after.HeapAlloc, before.HeapAlloc))
			}
		}
		if most > 60<<20 || n == 0 {
			t.Errorf("%s: %d MB after %d records", name, most>>20, n)
		}
	}
}

// FuzzRead: nothing panics, faults have bytes, and what is yielded is bounded by what was read.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/tnt*response*.json")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("[" + arrival + `,{"eventID":"e2","eventType":"TRANSPORT","retractedEventID":"e1"}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		n := 0
		for rec, err := range Read(bytes.NewReader(data), Options{}) {
			if err != nil {
				break
			}
			if n++; rec.N != n {
				t.Fatalf("record %d is numbered %d", n, rec.N)
			}
			for _, f := range rec.Faults {
				if len(f.Raw) == 0 || f.Reason == "" || f.Offset < 0 || f.Offset > int64(len(data)) {
					t.Fatalf("fault %+v", f)
				}
			}
			for _, o := range rec.Observations {
				if o.Raw.Offset < 0 || o.Raw.Offset > int64(len(data)) || len(o.Claims) > len(data)+16 {
					t.Fatalf("observation %+v", o)
				}
				o.Identify()
			}
		}
		if n > len(data)+1 {
			t.Fatalf("%d records from %d bytes", n, len(data))
		}
		for range Explain(bytes.NewReader(data), Options{}) {
		}
	})
}

func TestExplain(t *testing.T) {
	n := 0
	for s, err := range Explain(strings.NewReader(arrival), Options{}) {
		n++
		if err != nil || s.Tag != "TRANSPORT" || s.Name == "" || len(s.Became) == 0 {
			t.Errorf("%+v %v", s, err)
		}
		found := false
		for _, el := range s.Elements {
			found = found || el.Name == "transportEventTypeCode" && el.Value == "ARRI" && el.Meaning == "arrived"
		}
		if !found {
			t.Errorf("the code is not explained: %+v", s.Elements)
		}
	}
	if n != 1 {
		t.Errorf("%d events", n)
	}
}
