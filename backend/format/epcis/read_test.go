package epcis

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
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/format/internal/stream"
	"tracedesk/backend/freight"
)

var update = flag.Bool("update", false, "write the golden files anew")

type shown struct {
	ID     string   `json:"id,omitempty"`
	Names  []string `json:"names,omitempty"`
	Claims []string `json:"claims,omitempty"`
	Faults []string `json:"faults,omitempty"`
}

func show(data []byte) (all []shown, err error) {
	for rec, err := range Read(bytes.NewReader(data), Options{}) {
		if err != nil {
			return all, err
		}
		var s shown
		for _, o := range rec.Observations {
			s.ID = o.EventID
			for _, n := range o.Names {
				s.Names = append(s.Names, says(string(n.Type), n.Value, n.Note))
			}
			for i := range o.Claims {
				b := freight.BecameOf(&o.Claims[i])
				s.Claims = append(s.Claims, says(b.Subject+":", b.Fact, "=", b.Value, "@"+b.At, b.Note))
			}
			if !o.Retracts.IsZero() {
				s.Claims = append(s.Claims, "takes back "+o.Retracts.String()+" stated "+o.StatedAt.Format(time.RFC3339)+" "+o.Text)
			}
		}
		for _, f := range rec.Faults {
			s.Faults = append(s.Faults, f.Where+": "+f.Reason)
		}
		all = append(all, s)
	}
	return all, nil
}

func samples(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*")
	var out []string
	for _, f := range files {
		if !strings.HasSuffix(f, ".golden.json") && (strings.HasSuffix(f, ".json") || strings.HasSuffix(f, ".xml")) {
			out = append(out, f)
		}
	}
	if err != nil || len(out) == 0 {
		t.Fatal("no samples", err)
	}
	return out
}

func TestSamples(t *testing.T) {
	for _, file := range samples(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !Detect(data) {
				t.Error("not recognised")
			}
			all, err := show(data)
			if err != nil {
				t.Fatal(err)
			}
			got, _ := json.MarshalIndent(all, "", "  ")
			golden := file + ".golden.json"
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

// TestKeys: numbers out of their URIs; the check digit is that of the GS1 examples.
func TestKeys(t *testing.T) {
	for uri, want := range map[string]string{
		"urn:epc:id:sscc:0614141.1234567890":          "SSCC 106141412345678908",
		"https://id.gs1.org/00/106141412345678908":    "SSCC 106141412345678908",
		"urn:epc:id:sgln:0614141.07346.1234":          "GLN 0614141073467",
		"https://id.example.com/414/4012345000054":    "GLN 4012345000054",
		"urn:epc:id:gsin:0614141.123456789":           "GSIN 06141411234567890",
		"https://id.gs1.org/401/0614141ABC?x=1":       "GINC 0614141ABC",
		"urn:epc:id:sgtin:0614141.107346.2017":        " ",
		"https://id.gs1.org/01/70614141123451/21/217": " ",
		"": " ",
	} {
		if kind, number := key(uri); kind+" "+number != want {
			t.Errorf("%s is %s %s, want %s", uri, kind, number, want)
		}
	}
	for uri, want := range map[string]string{"urn:epcglobal:cbv:bt:0614141073467:1152": "1152", "http://transaction.acme.com/po/12345678": "12345678", "4711": "4711",
		"urn:uuid:f81d4fae-7dec": "urn:uuid:f81d4fae-7dec", "urn:x:a%2Fb": "a/b"} {
		if got := document(uri); got != want {
			t.Errorf("%s is %q, want %q", uri, got, want)
		}
	}
}

const (
	asXML    = `<?xml version="1.0"?><epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2"><EPCISBody><EventList>`
	ended    = `</EventList></EPCISBody></epcis:EPCISDocument>`
	departed = `<ObjectEvent><eventTime>2026-03-18T15:30:00.000Z</eventTime><eventTimeZoneOffset>-05:00</eventTimeZoneOffset>%<epcList/><action>OBSERVE</action>` +
		`<bizStep>urn:epcglobal:cbv:bizstep:departing</bizStep><readPoint><id>urn:epc:id:sgln:0614141.07346.0</id></readPoint>` +
		`<bizTransactionList><bizTransaction type="urn:epcglobal:cbv:btt:bol">urn:epcglobal:cbv:bt:0614141073467:B1</bizTransaction></bizTransactionList></ObjectEvent>`
	declared = `<baseExtension><errorDeclaration><declarationTime>2026-03-19T12:00:00Z</declarationTime><reason>urn:epcglobal:cbv:er:did_not_occur</reason></errorDeclaration></baseExtension>`
	inJSON   = `{"type":"ObjectEvent","eventTime":"2026-03-18T10:30:00-05:00","eventTimeZoneOffset":"-05:00","epcList":[],"action":"OBSERVE","bizStep":"https://ref.gs1.org/cbv/BizStep-departing",
"readPoint":{"id":"https://id.gs1.org/414/0614141073467"},"bizTransactionList":[{"type":"bol","bizTransaction":"urn:epcglobal:cbv:bt:0614141073467:B1"}]%}`
)

func first(t *testing.T, text string) freight.Observation {
	t.Helper()
	for rec, err := range Read(strings.NewReader(text), Options{}) {
		if err != nil || len(rec.Observations) != 1 || len(rec.Faults) > 0 {
			t.Fatalf("%+v %v", rec, err)
		}
		return rec.Observations[0]
	}
	t.Fatal("nothing read")
	return freight.Observation{}
}

// TestTwoForms: the same event as XML and as JSON is one observation, and an error declaration in either takes it back.
func TestTwoForms(t *testing.T) {
	x := first(t, asXML+strings.Replace(departed, "%", "", 1)+ended)
	j := first(t, strings.Replace(inJSON, "%", "", 1))
	if x.Identify() != j.Identify() {
		t.Errorf("%+v\n%+v", x, j)
	}
	if c := x.Claims[0]; c.Fact != freight.FactDeparted || c.At.String() != "2026-03-18T10:30:00-05:00" || c.Subject.Stop.ID != "0614141073467" {
		t.Errorf("%+v", c)
	}
	for _, back := range []freight.Observation{first(t, asXML+strings.Replace(departed, "%", declared, 1)+ended),
		first(t, strings.Replace(inJSON, "%", `,"errorDeclaration":{"declarationTime":"2026-03-19T12:00:00Z","reason":"did_not_occur"}`, 1))} {
		if back.Retracts != x.Identify() || len(back.Claims) > 0 || back.StatedAt.Format(time.DateOnly) != "2026-03-19" || back.Names[0].Value != "B1" {
			t.Errorf("%+v", back)
		}
	}
}

// TestFaults: what cannot be read is named by its place, and the rest is read.
func TestFaults(t *testing.T) {
	good, goodXML := strings.Replace(inJSON, "%", "", 1), strings.Replace(departed, "%", "", 1)
	tests := []struct {
		name, text string
		records    int
		want       []string
	}{
		{"a time that is none", strings.Replace(good, "2026-03-18T10:30:00-05:00", "18 March", 1), 1, []string{"event 1, eventTime, byte 24", "is no time such as", "departed"}},
		{"no time", strings.Replace(good, "eventTime\"", "when\"", 1), 1, []string{"eventTime is missing"}},
		{"an offset that is none", strings.Replace(good, `"-05:00"`, `"CST"`, 1), 1, []string{"is no offset such as", "departed"}},
		{"an unknown type", strings.Replace(good, "ObjectEvent", "SeeingEvent", 1), 1, []string{"is no type of an event"}},
		{"an unknown step", strings.Replace(good, "BizStep-departing", "BizStep-dancing", 1), 1, []string{"CBV:dancing", "unknown word"}},
		{"no object", `{"epcisBody":{"eventList":[5,` + good + `]}}`, 2, []string{"no object with the fields of an event", "departed"}},
		{"the text breaks", `{"epcisBody":{"eventList":[` + good + `,{"type":,}]}}`, 2, []string{"from here on the text cannot be read", "departed"}},
		{"the XML breaks", asXML + goodXML + "<ObjectEvent><eventTime>", 2, []string{"from here on the text cannot be read", "departed"}},
	}
	for _, tt := range tests {
		text := tt.text
		if strings.HasPrefix(text, `{"type"`) {
			text = "[" + text + "]"
		}
		all, err := show([]byte(text))
		if err != nil || len(all) != tt.records {
			t.Errorf("%s: %d records %+v, %v", tt.name, len(all), all, err)
		}
		words, _ := json.Marshal(all)
		for _, want := range tt.want {
			if !bytes.Contains(words, []byte(want)) {
				t.Errorf("%s: nothing says %q in %s", tt.name, want, words)
			}
		}
	}
}

func TestNotEPCIS(t *testing.T) {
	for _, text := range []string{"", "[]", `{"a":1}`, "<html></html>", "load,status", "   ", `{"a":{"b":`} {
		if Detect([]byte(text)) {
			t.Errorf("%q is taken for EPCIS", text)
		}
		if all, err := show([]byte(text)); err == nil {
			t.Errorf("%q is read as %+v", text, all)
		}
	}
}

// TestWhatIsWrittenReadsBack: a history of any facts is read with the same facts, times, stops and places; written again it is the same bytes.
func TestWhatIsWrittenReadsBack(t *testing.T) {
	facts := []freight.Fact{freight.FactArrived, freight.FactDeparted, freight.FactLoaded, freight.FactUnloaded, freight.FactDelivered, freight.FactPickedUp, freight.FactPosition}
	word := rapid.StringMatching(`[A-Za-zé&<>"/: ]{0,8}[A-Za-z]`)
	rapid.Check(t, func(t *rapid.T) {
		h := History{Load: rapid.StringMatching(`[A-Z0-9/:% -]{0,8}[A-Z0-9]`).Draw(t, "load"), Written: time.Date(2026, 3, 18, 12, 0, 0, 0, time.UTC),
			Refs: []freight.Reference{{Type: freight.RefBOL, Value: rapid.StringMatching(`[A-Z0-9/:]{0,8}[A-Z]`).Draw(t, "bol")}}}
		h.Load = strings.TrimSpace(h.Load)
		for range rapid.IntRange(1, 6).Draw(t, "n") {
			zone := time.FixedZone("", rapid.IntRange(-12*4, 14*4).Draw(t, "zone")*15*60)
			x := Happening{Fact: rapid.SampledFrom(facts).Draw(t, "fact"), At: time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "at"), 0).In(zone),
				Place: freight.Place{City: word.Draw(t, "city"), State: "TX"}}
			x.Place.City = strings.TrimSpace(x.Place.City)
			if rapid.Bool().Draw(t, "point") {
				x.Place.Lat, x.Place.Lon = float64(rapid.IntRange(-89, 89).Draw(t, "lat"))+0.5, float64(rapid.IntRange(-179, 179).Draw(t, "lon"))+0.25
			}
			if x.Fact != freight.FactPosition {
				x.Stop = rapid.IntRange(1, 9).Draw(t, "stop")
			}
			h.Happenings = append(h.Happenings, x)
		}
		var one, two bytes.Buffer
		if err := Write(&one, h); err != nil {
			t.Fatal(err)
		}
		back := History{Load: h.Load, Refs: h.Refs, Written: h.Written}
		for rec, err := range Read(bytes.NewReader(one.Bytes()), Options{}) {
			if err != nil || len(rec.Faults) > 0 || len(rec.Observations) != 1 {
				t.Fatalf("%+v %v\n%s", rec, err, one.String())
			}
			o := rec.Observations[0]
			if o.Names[0] != (freight.Reference{Type: freight.RefLoad, Value: h.Load}) || o.Names[1].Value != h.Refs[0].Value {
				t.Fatalf("names %+v", o.Names)
			}
			c := o.Claims[0]
			x := Happening{Fact: c.Fact, At: time.Unix(c.At.Sec, 0).In(time.FixedZone("", c.At.Offset*60)), Stop: c.Subject.Stop.Seq, Place: c.Subject.Stop.Place}
			if c.Fact == freight.FactPosition {
				x.Place = c.Value.Place
			}
			back.Happenings = append(back.Happenings, x)
		}
		if err := Write(&two, back); err != nil {
			t.Fatal(err)
		}
		if one.String() != two.String() {
			t.Fatalf("%s\nthen\n%s", one.String(), two.String())
		}
	})
}

// endless repeats a text.
type endless struct {
	text     string
	at, left int
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
	for name, of := range map[string][2]string{"JSON": {`{"epcisBody":{"eventList":[`, strings.Replace(inJSON, "%", "", 1) + ","}, "XML": {asXML, strings.Replace(departed, "%", "", 1)},
		"one JSON string": {`{"epcisBody":{"eventList":["`, "aaaaaaaaaaaaaaa"}, "one XML text": {asXML + "<ObjectEvent><eventTime>", "aaaaaaaaaaaaaaaaa"}} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		most, n := uint64(0), 0
		for _, err := range Read(io.MultiReader(strings.NewReader(of[0]), &endless{text: of[1], left: 12 << 20}), Options{}) {
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
	for _, file := range samples(f) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(asXML + strings.Replace(departed, "%", declared, 1) + ended))
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
				if f.Reason == "" || f.Offset < 0 || f.Offset > int64(len(data))+stream.MaxEvent {
					t.Fatalf("fault %+v", f)
				}
			}
			for _, o := range rec.Observations {
				if len(o.Claims) > len(data)+16 {
					t.Fatalf("%d claims from %d bytes", len(o.Claims), len(data))
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
	for s, err := range Explain(strings.NewReader(asXML+strings.Replace(departed, "%", declared, 1)+ended), Options{}) {
		if err != nil || s.Tag != "ObjectEvent" || s.Name != "departed" || len(s.Became) != 1 || s.Became[0].Fact != "retraction" || len(s.Elements) < 5 {
			t.Errorf("%+v %v", s, err)
		}
	}
}
