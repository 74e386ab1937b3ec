package sheet

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"tracedesk/backend/freight"
)

const plainSheet = "load,stop,kind,customer,city,state,appt_start\nL1,1,pickup,Bäckerei Øst,Dallas,TX,2026-11-23 08:00\nL1,2,delivery,Bäckerei Øst,Reno,NV,2026-11-24 08:00\n"

// TestEncodingsAndDelimiters reads one sheet in every dress it may come in.
func TestEncodingsAndDelimiters(t *testing.T) {
	utf16 := func(order unicode.Endianness, mark unicode.BOMPolicy) string {
		s, err := unicode.UTF16(order, mark).NewEncoder().String(plainSheet)
		must(t, err)
		return s
	}
	latin, err := charmap.Windows1252.NewEncoder().String(plainSheet)
	must(t, err)
	for name, text := range map[string]string{
		"plain":             plainSheet,
		"no last line end":  strings.TrimRight(plainSheet, "\n"),
		"byte order mark":   "\xef\xbb\xbf" + plainSheet,
		"UTF-16 LE":         utf16(unicode.LittleEndian, unicode.UseBOM),
		"UTF-16 BE":         utf16(unicode.BigEndian, unicode.UseBOM),
		"UTF-16 unmarked":   utf16(unicode.LittleEndian, unicode.IgnoreBOM),
		"Windows-1252":      latin,
		"CRLF":              strings.ReplaceAll(plainSheet, "\n", "\r\n"),
		"CR":                strings.ReplaceAll(plainSheet, "\n", "\r"),
		"semicolons":        strings.ReplaceAll(plainSheet, ",", ";"),
		"tabs":              strings.ReplaceAll(plainSheet, ",", "\t"),
		"bars":              strings.ReplaceAll(plainSheet, ",", "|"),
		"all quoted":        `"` + strings.ReplaceAll(strings.ReplaceAll(strings.TrimRight(plainSheet, "\n"), ",", `","`), "\n", "\"\n\"") + "\"\n",
		"blank rows":        strings.ReplaceAll(plainSheet, "\nL1,2", "\n\n,,,,,,\nL1,2"),
		"ragged rows":       strings.ReplaceAll(plainSheet, "\n", ",,,\n"),
		"title lines":       "Loads of the day\nprinted by TMS 9.1\n\n" + plainSheet,
		"header again":      plainSheet + strings.SplitAfter(plainSheet, "\n")[0],
		"totals":            plainSheet + "Total,2\n",
		"separator line":    "sep=;\n" + strings.ReplaceAll(plainSheet, ",", ";"),
		"blanks around":     strings.ReplaceAll(plainSheet, ",", " , "),
		"other header case": strings.Replace(plainSheet, "appt_start", "Appt Start", 1),
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, text)
			if b.Kind() != freight.LoadsFile {
				t.Fatalf("kind %s, header %q", b.Kind(), b.Header)
			}
			records := readAll(t, b, nil, Options{})
			if len(records) != 2 {
				t.Fatalf("%d records", len(records))
			}
			if c := records[0].Observations[0].Claims[0]; c.Value.Text != "Bäckerei Øst" {
				t.Errorf("customer %q", c.Value.Text)
			}
			for _, rec := range records {
				raw := rec.Observations[0].Raw
				if raw.Offset < 0 {
					continue
				}
				if got := decodeLine([]byte(text)[raw.Offset : raw.Offset+int64(raw.Length)]); got != rec.Observations[0].Text {
					t.Errorf("the bytes at the place are %q, the text is %q", got, rec.Observations[0].Text)
				}
			}
		})
	}
}

func TestQuotes(t *testing.T) {
	b := open(t, "load,stop,kind,facility,address,driver\n"+
		"L1,1,pickup,\"Acme, Inc. \"\"West\"\"\",\"12 Main St\nDock 4\",12\" pipe\n"+
		"L2,1,pickup,\"never closed,x,y\n"+
		"L3,1,pickup,fine,z,w\n")
	records := readAll(t, b, nil, Options{})
	if len(records) != 3 || records[1].N != 3 || records[2].N != 4 {
		t.Fatalf("%d records", len(records))
	}
	place := records[0].Observations[0].Claims[2].Value.Place
	if place.Facility != `Acme, Inc. "West"` || place.Address != "12 Main St\nDock 4" {
		t.Errorf("%+v", place)
	}
	if len(records[1].Faults) != 1 || !strings.Contains(records[1].Faults[0].Reason, "never closed") || len(records[1].Observations) != 1 {
		t.Errorf("%+v", records[1].Faults)
	}
}

func TestSpreadsheetRewroteTheDates(t *testing.T) {
	b := open(t, "load,stop,kind,state,appt_start,appt_end,updated_at\nL1,1,pickup,TX,11/23/2026 8:00,11/23/2026 10:00,11/3/2026 9:00\n")
	got := words(readAll(t, b, nil, Options{ReceivedAt: received}))
	if !strings.Contains(got, "appointment = 2026-11-23T08:00:00/2026-11-23T10:00:00") {
		t.Error(got)
	}
}

func TestReceivedIsTakenOnlyWhenAsked(t *testing.T) {
	text := "load,source,event,at,received,value\nL1,carrier,arrived,2026-11-23 08:00,2026-11-23T14:10:00.25Z,\nL1,carrier,eta,2026-11-23T14:00:00Z,2026-11-23T14:10:00Z,2026-11-23T20:00:00Z\n"
	plainly := readAll(t, open(t, text), nil, Options{})
	taken := readAll(t, open(t, text), nil, Options{TakeReceived: true})
	if o := plainly[0].Observations[0]; !o.ReceivedAt.IsZero() || o.StatedAt.IsZero() {
		t.Errorf("received %v, stated %v", o.ReceivedAt, o.StatedAt)
	}
	if o := taken[0].Observations[0]; o.ReceivedAt.Nanosecond() != 250e6 {
		t.Errorf("received %v", o.ReceivedAt)
	}
	if o := plainly[1].Observations[0]; o.StatedAt.Minute() != 0 {
		t.Errorf("an ETA was stated at %v, not when it was said", o.StatedAt)
	}
	a, b := plainly[0].Observations[0], taken[0].Observations[0]
	if a.Identify() != b.Identify() {
		t.Error("when a message was learned makes it another message")
	}
}

// TestPublicSamples proves that records nobody wrote for this product are read, and what is odd in them kept.
func TestPublicSamples(t *testing.T) {
	for _, name := range []string{"scms_deliveries", "cargo2000_milestones"} {
		data, err := os.ReadFile("testdata/" + name + ".csv")
		must(t, err)
		golden(t, "testdata/"+name+".golden", foreignWordsOf(t, name+".csv", data))
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       bool
	}{
		{"a.csv", "x", true}, {"a.txt", "load,city\nL1,Dallas\n", true}, {"a.dat", "load\tcity\nL1\tDallas\n", true},
		{"a.txt", "Dear Sirs\nplease find\n", false}, {"a.pdf", "%PDF-1.4", false}, {"a.edi", "ISA*00*", false}, {"a.json", `{"a":1,"b":2}`, false},
		{"a.xlsx", "PK\x03\x04....", true}, {"a.zip", "PK\x03\x04....", false}, {"a.bin", "a\x00b,c", false}, {"", "", false},
	} {
		if got := Sniff(c.name, []byte(c.head)); got != c.want {
			t.Errorf("%s %q: %v", c.name, c.head, got)
		}
	}
}

func TestTemplatesAreRecognised(t *testing.T) {
	for _, kind := range []freight.FileKind{freight.LoadsFile, freight.EventsFile, freight.FacilitiesFile, freight.CarriersFile} {
		if b := open(t, string(Template(kind))); b.Kind() != kind {
			t.Errorf("the template of %s is read as %s", kind, b.Kind())
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{plainSheet, "load,source,event,at\nL1,tms,arrived,2026-11-23\n", "a;b\n\"x\n;;\"\"", "Load #\tPU City\tPU Date\n1\tX\t3/4\n", "\xff\xfeL\x00,\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open("f.csv", bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		var profile *Profile
		if b.Kind() == freight.UnknownFile {
			g, err := GuessProfile(b, received)
			if err != nil || !g.Usable {
				return
			}
			profile = &g.Profile
		}
		last := b.HeaderRow
		for rec, err := range Read(b, profile, Options{ReceivedAt: received}) {
			if err != nil {
				return
			}
			if rec.N <= last {
				t.Fatalf("row %d after row %d", rec.N, last)
			}
			last = rec.N
			for _, o := range rec.Observations {
				if len(o.Claims) == 0 || !utf8.ValidString(o.Text) || o.Raw.Offset > int64(len(data)) {
					t.Fatalf("observation %+v", o)
				}
			}
			if len(rec.Observations)+len(rec.Faults) == 0 && profile == nil {
				t.Fatalf("row %d left no trace", rec.N)
			}
		}
	})
}
