package edifact

import (
	"bytes"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/format/internal/stream"
	"tracedesk/backend/freight"
)

const (
	unb = "UNB+UNOC:3+CARRIER+DESK+260318:1200+5'"
	unz = "UNZ+1+5'"
)

// iftsta is an interchange with one IFTSTA of segments.
func iftsta(release string, segments ...string) string {
	all := append([]string{"UNH+1+IFTSTA:D:" + release + ":UN", "BGM+77+R+9", "CNI+1+C5"}, segments...)
	return unb + strings.Join(all, "'") + "'UNT+" + itoa(len(all)+1) + "+1'" + unz
}

func itoa(n int) string { return strconv.Itoa(n) }

// said are the claims of a file in words, and its faults.
func said(t testing.TB, text string, opt Options) (claims, faults []string) {
	t.Helper()
	f := show([]byte(text), opt)
	if f.Error != "" {
		t.Fatal(f.Error)
	}
	for _, r := range f.Records {
		for _, o := range r.Observations {
			claims = append(claims, o.Claims...)
		}
		faults = append(faults, r.Wrong...)
	}
	return claims, faults
}

func has(list []string, want string) bool {
	for _, s := range list {
		if strings.Contains(s, want) {
			return true
		}
	}
	return false
}

func TestStatus(t *testing.T) {
	mapped := Options{Partner: func(id string) *Partner {
		return &Partner{SCAC: "BLUL", Codes: []Code{{List: "9011", Code: "P::HS", As: "13"}, {List: "9011", Code: "Z1", As: "21"}}}
	}}
	locode := Options{Locode: func(code string) (freight.Place, bool) {
		return freight.Place{City: "Los Angeles", State: "CA", Country: "US"}, code == "USLAX"
	}}
	tests := []struct {
		name     string
		release  string
		segments []string
		opt      Options
		want     []string
		not      string
	}{
		{"delivered", "96A", []string{"STS+1+21", "DTM+334:202603181405:203"}, Options{},
			[]string{"delivery: delivered =  @2026-03-18T14:05:00", "delivery: status = 9011:21 @2026-03-18T14:05:00 (delivered)"}, ""},
		{"arrived at a place, the side left open", "96A", []string{"STS+1+1", "DTM+334:202603181405:203", "LOC+175+:::Dallas"}, Options{}, []string{"Dallas: arrived =  @2026"}, "delivery"},
		{"trouble with its reason", "96A", []string{"STS+1+20+63", "DTM+334:202603181405:203"}, Options{}, []string{"exception = 9011 20:delayed: weather", "reason = 9013:63"}, ""},
		{"later directories say nothing of transport without a category", "10B", []string{"STS++21", "DTM+334:202603181405:203"}, Options{}, []string{"9011:21 @2026-03-18T14:05:00 (unknown code)"}, "delivered ="},
		{"a list of its own", "96A", []string{"STS+1+21::HS:loaded"}, Options{}, []string{"status = 9011  HS:21 (unknown code)", "note = STS:loaded"}, "delivered ="},
		{"a partner's code with its agency", "00B", []string{"STS+1+P::HS:gone", "DTM+334:202603181405:203"}, mapped, []string{"pickup: picked_up =  @2026", "9011  HS:P @2026-03-18T14:05:00 (collected (13))"}, ""},
		{"a partner's plain code", "10B", []string{"STS++Z1", "DTM+334:202603181405:203"}, mapped, []string{"delivery: delivered ="}, ""},
		{"estimate", "96A", []string{"STS+1+31", "DTM+334:202603181405:203", "DTM+132:202603191000:203"}, Options{}, []string{"delivery: eta = 2026-03-19T10:00:00"}, ""},
		{"a zone", "96A", []string{"STS+1+24", "DTM+334:202603181405UTC:303", "LOC+175+USLAX:139:6"}, locode, []string{"Los Angeles, CA: departed =  @2026-03-18T14:05:00Z written"}, ""},
		{"an offset", "96A", []string{"STS+1+24", "DTM+334:202603181405?+0100:303"}, Options{}, []string{"departed =  @2026-03-18T14:05:00+01:00"}, ""},
		{"midnight at the end of a day", "96A", []string{"STS+1+21", "DTM+334:202603182400:203"}, Options{}, []string{"delivered =  @2026-03-19T00:00:00 written 202603182400"}, ""},
		{"a day is not midnight", "96A", []string{"STS+1+21", "DTM+334:20260318:102"}, Options{}, []string{"delivered =  @2026-03-18 ", "delivered =  @2026-03-18"}, "T00:00"},
		{"on a ship nothing is loaded at a stop", "96A", []string{"STS+1+48", "DTM+334:202603181405:203", "LOC+9+USLAX", "TDT+20+12E+1"}, locode, []string{"position = Los Angeles"}, "loaded ="},
		{"a container names the load", "96A", []string{"STS+1+31", "EQD+CN+APZU4812090+22G1+++5"}, Options{}, []string{"equipment = CONTAINER:APZU4812090 (container 22G1 full)"}, ""},
		{"released characters are text", "96A", []string{"STS+1+31", "FTX+AAI+++it?'s 50?+1??"}, Options{}, []string{"note = AAI:it's 50+1?"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			claims, faults := said(t, iftsta(tt.release, tt.segments...), tt.opt)
			for _, want := range tt.want {
				if !has(claims, strings.TrimRight(want, " ")) {
					t.Errorf("nothing says %q in %q", want, claims)
				}
			}
			if tt.not != "" && has(claims, tt.not) || len(faults) > 0 {
				t.Errorf("%q should not be in %q; faults %q", tt.not, claims, faults)
			}
		})
	}
}

// TestFaults: what is wrong is named by interchange, message, segment, element, component and byte, with what was expected and
// done, and the rest is read.
func TestFaults(t *testing.T) {
	good := iftsta("96A", "STS+1+21", "DTM+334:202603181405:203")
	tests := []struct {
		name, text string
		where, why string
		notes      string
	}{
		{"a time that does not exist", iftsta("96A", "STS+1+21", "DTM+334:202602300915:203", "STS+1+1", "DTM+334:202603181405:203"),
			"interchange 5, message 1, segment 5 DTM, element 1, component 2, byte 97", "202602300915\" is no time: expected 12 digits", ""},
		{"no message kind for it", unb + "UNH+1+INVRPT:D:96A:UN'BGM+1'UNT+3+1'" + unz, "segment 1 UNH, byte 38", "does not read INVRPT", ""},
		{"no beginning of a message", unb + "STS+1+21'UNT+2+1'" + unz + good, "interchange 5, byte 38", "stand outside any message", ""},
		{"cut off", strings.TrimSuffix(good, "03'UNT+6+1'"+unz), "byte 89", "breaks off", "has no end (UNT)"},
		{"another interchange begins in the middle of a segment", good[:64] + "\n" + strings.Replace(good, "+5'", "+6'", 1), "interchange 5", "breaks off", ""},
		{"counts", strings.Replace(good, "UNT+6", "UNT+9", 1), "", "", "another number of segments than it has: interchange 5, message 1: \"9\", counted 6"},
		{"twice", good + good, "", "", "came again: CARRIER 5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := show([]byte(tt.text), Options{})
			var faults []string
			for _, r := range f.Records {
				faults = append(faults, r.Wrong...)
				for _, ft := range r.Faults {
					if len(ft.Raw) == 0 || !strings.Contains(tt.text, strings.TrimSuffix(string(ft.Raw), "'")) {
						t.Errorf("the fault holds %q, which does not stand in the file", ft.Raw)
					}
				}
			}
			if tt.where != "" && (!has(faults, tt.where) || !has(faults, tt.why)) || tt.where == "" && len(faults) > 0 {
				t.Errorf("faults %q", faults)
			}
			if tt.notes != "" && !has(f.Notes, tt.notes) {
				t.Errorf("notes %q", f.Notes)
			}
		})
	}
}

// TestCharacterSets: a name is read by the character set that the interchange declares.
func TestCharacterSets(t *testing.T) {
	for syntax, want := range map[string]map[string]string{
		"UNOC": {"K\xf8benhavn": "København"}, "UNOD": {"\xa3\xf3d\xbc": "Łódź"}, "UNOE": {"\xbc\xde\xe1\xda\xd2\xd0": "Москва"}, "UNOF": {"\xc1\xe8\xde\xed\xe1": "Αθήνα"},
		"UNOK": {"\xdditanbul": "İitanbul"}, "UNOY": {"Gdańsk": "Gdańsk"}, "UNOA": {"K\xf8benhavn": "København", "Łódź": "Łódź"},
	} {
		for raw, city := range want {
			claims, _ := said(t, strings.Replace(iftsta("96A", "STS+1+1", "DTM+334:202603181405:203", "LOC+175+:::"+raw), "UNOC", syntax, 1), Options{})
			if !has(claims, city+": arrived") {
				t.Errorf("%s reads %q as %q", syntax, raw, claims)
			}
		}
	}
}

// TestSeparators: whatever the service characters are, and however lines are broken, the same is read.
func TestSeparators(t *testing.T) {
	plainText := iftsta("96A", "STS+1+21", "DTM+334:202603181405:203", "FTX+AAI+++a line")
	want, _ := said(t, plainText, Options{})
	for name, text := range map[string]string{
		"UNA":         "UNA:+.? '" + plainText,
		"other":       "UNA=|,! ~" + strings.NewReplacer(":", "=", "+", "|", "'", "~").Replace(plainText),
		"no release":  "UNA:+.  '" + plainText,
		"level B":     strings.NewReplacer(":", "\x1f", "+", "\x1d", "'", "\x1c").Replace(plainText),
		"lines":       strings.ReplaceAll(plainText, "'", "'\r\n"),
		"a BOM":       "\xef\xbb\xbf" + plainText,
		"a mail":      "Dear all,\n\nplease find\n" + plainText + "\nregards",
		"in segments": strings.ReplaceAll(plainText, "FTX+AAI+++a l", "FTX+AA\nI+++a l"),
		"no envelope": strings.TrimSuffix(strings.TrimPrefix(plainText, unb), unz),
	} {
		got, faults := said(t, text, Options{})
		if strings.Join(got, "\n") != strings.Join(want, "\n") || len(faults) > 0 {
			t.Errorf("%s: %q, faults %q; want %q", name, got, faults, want)
		}
		if kind := Kind([]byte(text)); kind != freight.EdifactStatus {
			t.Errorf("%s is taken for %s", name, kind)
		}
	}
}

func TestNotEdifact(t *testing.T) {
	for _, text := range []string{"", "UN", "UNB", "UNITED NATIONS\nUNB+ is a tag", "load,status\n1,UNH+2", "UNA", "ISA*00*"} {
		if Detect([]byte(text)) {
			t.Errorf("%q is taken for EDIFACT", text)
		}
	}
}

// TestScannerAllocatesNothing: cutting segments asks for no memory.
func TestScannerAllocatesNothing(t *testing.T) {
	text := []byte(strings.Repeat("STS+1+21'DTM+334:202603181405:203'FTX+AAI+++it?'s'", 1000))
	buf, ended := make([]byte, len(text)), strings.NewReader("")
	n := testing.AllocsPerRun(10, func() {
		s := scanner{sep: plain, Window: stream.Window{R: ended, Buf: buf, End: copy(buf, text)}}
		for {
			if _, ok := s.next(); !ok {
				return
			}
		}
	})
	if n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// repeated reads a text again and again until n bytes.
type repeated struct {
	text string
	at   int
	left int64
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), int(r.left))], r.text[r.at:])
	r.at, r.left = (r.at+n)%len(r.text), r.left-int64(n)
	return n, nil
}

// TestBoundedMemory: a long single line, with ends of segments and without any, is read without keeping it.
func TestBoundedMemory(t *testing.T) {
	for name, text := range map[string]string{"messages": strings.TrimSuffix(strings.TrimPrefix(iftsta("96A", "STS+1+21", "DTM+334:202603181405:203"), unb), unz),
		"one message": "STS+1+21'DTM+334:202603181405:203'", "no terminator": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		most := uint64(0)
		n := 0
		for _, err := range Read(io.MultiReader(strings.NewReader(unb+"UNH+1+IFTSTA:D:96A:UN'"), &repeated{text: text, left: 8 << 20}), Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n%20_000 == 1 {
				runtime.GC()
				runtime.ReadMemStats(&after)
				most = max(most, after.HeapAlloc-min(after.HeapAlloc, before.HeapAlloc))
			}
		}
		if most > 60<<20 {
			t.Errorf("%s: %d MB", name, most>>20)
		}
	}
}

// TestAcknowledge: what was received is answered; what could not be read is named by its place.
func TestAcknowledge(t *testing.T) {
	at := time.Date(2026, 3, 18, 13, 0, 0, 0, time.UTC)
	bad := iftsta("96A", "STS+1+21", "DTM+334:202602300915:203")
	tests := []struct{ name, text, want string }{
		{"good", iftsta("96A", "STS+1+21"), "UNB+UNOC:3+DESK+CARRIER+260318:1300+7'\nUNH+1+CONTRL:D:3:UN'\nUCI+5+CARRIER+DESK+7'\nUCM+1+IFTSTA:D:96A:UN+7'\nUNT+4+1'\nUNZ+1+7'\n"},
		{"a bad time", bad, "UCI+5+CARRIER+DESK+7'\nUCM+1+IFTSTA:D:96A:UN+4'\nUCS+5'\nUCD+12+2:2'\nUNT+6+1'\n"},
		{"a wrong count", strings.Replace(bad, "UNT+6", "UNT+7", 1), "UCM+1+IFTSTA:D:96A:UN+4+29'\n"},
		{"a kind that is not read", strings.Replace(bad, "IFTSTA", "ORDERS", 1), "UCM+1+ORDERS:D:96A:UN+4+14'\n"},
		{"no end", strings.TrimSuffix(bad, unz), "UCI+5+CARRIER+DESK+4+13'\nUNT+3+1'\n"},
	}
	for _, tt := range tests {
		list, err := Receipts(strings.NewReader(tt.text), Options{})
		if err != nil || len(list) != 1 {
			t.Fatal(tt.name, list, err)
		}
		var out bytes.Buffer
		if err := Acknowledge(&out, &list[0], 7, at); err != nil {
			t.Fatal(tt.name, err)
		}
		if !strings.Contains(out.String(), tt.want) {
			t.Errorf("%s: %s\nwant %s", tt.name, out.String(), tt.want)
		}
		if f := show(out.Bytes(), Options{}); has(f.Notes, "declares") || f.Kind != "edifact.contrl" {
			t.Errorf("%s: our own answer reads as %+v", tt.name, f)
		}
	}
	if list, _ := Receipts(strings.NewReader(unb+"UNH+1+CONTRL:D:3:UN'UCI+9+A+B+7'UNT+3+1'"+unz), Options{}); len(list) != 1 || Acknowledge(io.Discard, &list[0], 1, at) == nil {
		t.Errorf("a CONTRL is answered: %+v", list)
	}
}

// TestAnswers: what a partner rejects is shown with its reasons, what it accepts is a note.
func TestAnswers(t *testing.T) {
	f := show([]byte(unb+"UNH+1+CONTRL:D:3:UN'UCI+9+DESK+CARRIER+7'UCM+3+IFTMIN:D:96A:UN+4'UCS+5+13'UCD+12+2:1'UNT+6+1'"+unz), Options{})
	if !has(f.Records[0].Wrong, "message IFTMIN 3: rejected with all that it holds; its segment 5: missing; its element 2, component 1: invalid value") {
		t.Errorf("%q", f.Records[0].Wrong)
	}
	f = show([]byte(unb+"UNH+1+CONTRL:D:3:UN'UCI+9+DESK+CARRIER+8'UNT+3+1'"+unz), Options{})
	if !has(f.Notes, "CARRIER answers to what was sent to it: interchange 9: received") || len(f.Records[0].Wrong) > 0 {
		t.Errorf("%+v", f)
	}
}

// TestWhatIsWrittenReadsBack: a CONTRL of any ids and faults is read as it was meant, and written again is the same bytes.
func TestWhatIsWrittenReadsBack(t *testing.T) {
	id := rapid.StringMatching(`[A-Z0-9'?+:]([A-Z0-9+:'? ]{0,10}[A-Z0-9'?+:])?`)
	rapid.Check(t, func(t *rapid.T) {
		r := Receipt{Syntax: "UNOC", Version: "3", Sender: Party{id.Draw(t, "from"), ""}, Receiver: Party{id.Draw(t, "to"), "14"}, Control: id.Draw(t, "control")}
		for range rapid.IntRange(1, 4).Draw(t, "messages") {
			m := MessageReceipt{Control: id.Draw(t, "number"), Type: []string{"IFTSTA", "D", "96A", "UN"}}
			for n := range rapid.IntRange(0, 3).Draw(t, "faults") {
				m.Faults = append(m.Faults, SegmentFault{n + 1, rapid.IntRange(1, 3).Draw(t, "element"), rapid.IntRange(0, 3).Draw(t, "component"), faultInvalid})
			}
			r.Messages = append(r.Messages, m)
		}
		at := time.Date(2026, 3, 18, 13, 0, 0, 0, time.UTC)
		var first, second bytes.Buffer
		if err := Acknowledge(&first, &r, 9, at); err != nil {
			t.Fatal(err)
		}
		got := readBack(t, first.Bytes())
		if err := Acknowledge(&second, &got, 9, at); err != nil {
			t.Fatal(err)
		}
		if first.String() != second.String() {
			t.Fatalf("%s\nthen %s", first.String(), second.String())
		}
	})
}

// readBack is the receipt that a CONTRL was written from.
func readBack(t *rapid.T, data []byte) (r Receipt) {
	e := newEnvelope(bytes.NewReader(data), Options{})
	e.scan.seek(e.between)
	for first := true; ; first = false {
		p, ok := e.scan.segment(), true
		if !first && len(p.raw) == 0 || !ok || p.off == p.end {
			return r
		}
		s := e.split(bytes.TrimLeft(p.raw, "\n"))
		switch s.tag() {
		case "UNB":
			r.Syntax, r.Version = s.part(1, 1), s.part(1, 2)
		case "UCI":
			r.Control, r.Sender, r.Receiver = s.at(1), Party{s.part(2, 1), s.part(2, 2)}, Party{s.part(3, 1), s.part(3, 2)}
		case "UCM":
			r.Messages = append(r.Messages, MessageReceipt{Control: s.at(1), Type: s.parts(2)})
		case "UCS":
			m := &r.Messages[len(r.Messages)-1]
			m.Faults = append(m.Faults, SegmentFault{Segment: number(t, s.at(1))})
		case "UCD":
			m := &r.Messages[len(r.Messages)-1]
			f := &m.Faults[len(m.Faults)-1]
			f.Code, f.Element = s.at(1), number(t, s.part(2, 1))-1
			if c := s.part(2, 2); c != "" {
				f.Component = number(t, c)
			}
		}
	}
}

func number(t *rapid.T, s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			t.Fatalf("%q is no number", s)
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// TestExplain: every segment is told with its elements, what became of it, and what is wrong in its place.
func TestExplain(t *testing.T) {
	var all []freight.Explained
	for s, err := range Explain(strings.NewReader(iftsta("96A", "STS+1+ZZ+63", "DTM+334:202602300915:203")), Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, *s)
	}
	if len(all) != 8 || all[0].Tag != "UNB" || all[7].Tag != "UNZ" {
		t.Fatalf("%d segments", len(all))
	}
	sts, dtm := all[4], all[5]
	if sts.Number != 4 || sts.Name != "status" || !sts.Elements[1].Unknown || sts.Elements[2].Meaning != "weather" || len(sts.Became) == 0 {
		t.Errorf("%+v", sts)
	}
	if dtm.Elements[1].Fault == "" || dtm.Elements[0].Meaning != "status change" {
		t.Errorf("%+v", dtm)
	}
	for s, err := range Explain(strings.NewReader("STS+1+21'DTM+334:202603181405:203'"), Options{}) {
		if err != nil || s.Tag != "STS" && s.Tag != "DTM" {
			t.Errorf("%+v %v", s, err)
		}
		if s.Tag == "STS" && (s.Offset != 0 || len(s.Became) == 0) {
			t.Errorf("%+v", s)
		}
	}
}
