package edifact

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

func seeds(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.edi")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(iftsta("96A", "STS+1+21+63", "DTM+334:202603181405UTC:303", "LOC+175+USLAX", "NAD+CA+BLUL:172:182", "EQD+CN+APZU4812090")))
	f.Add([]byte(unb + "UNH+1+CONTRL:D:3:UN'UCI+9+A+B+7'UCM+3+IFTMIN:D:96A:UN+4'UCS+5+13'UCD+12+2:1'UNT+6+1'" + unz))
	f.Add([]byte("UNA:+.?*'UNB+UNOB:4+A+B+20260318:1200+5'UNH+1+DESADV:D:96A:UN'BGM+351+7'RFF+ON:5*VN:6'GIN+BJ+00:1'??'UNT'"))
}

// FuzzRead: nothing panics, what is yielded is bounded by what was read, texts are UTF-8, faults hold bytes that stand in the
// file, and the same is read again.
func FuzzRead(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		Kind(data)
		n, raw, claims := 0, 0, 0
		for rec, err := range Read(bytes.NewReader(data), Options{Notes: func(string) {}}) {
			if err != nil {
				break
			}
			if n++; rec.N != n {
				t.Fatalf("record %d is numbered %d", n, rec.N)
			}
			for _, f := range rec.Faults {
				raw += len(f.Raw)
				if len(f.Raw) == 0 || f.Reason == "" || f.Offset < 0 || f.Offset > int64(len(data)) {
					t.Fatalf("fault %+v", f)
				}
			}
			for _, o := range rec.Observations {
				claims += len(o.Claims)
				if !utf8.ValidString(o.Text) || o.Raw.Offset < 0 || o.Raw.Offset+int64(o.Raw.Length) > int64(len(data)) {
					t.Fatalf("observation %+v", o)
				}
				o.Identify()
				for i := range o.Claims {
					if c := &o.Claims[i]; !utf8.ValidString(c.ValueText()) || c.Fact == "" {
						t.Fatalf("claim %+v", c)
					}
				}
			}
		}
		if claims > len(data)+16 || raw > 8*len(data)+1024 {
			t.Fatalf("%d claims and %d bytes of faults from %d bytes", claims, raw, len(data))
		}
		for range Explain(bytes.NewReader(data), Options{}) {
		}
		Receipts(bytes.NewReader(data), Options{})
	})
}

// FuzzScan: every byte lies in a segment, a terminator, between segments, or outside the interchanges, in order.
func FuzzScan(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s := newScanner(bytes.NewReader(data))
		at := int64(0)
		for s.seek(func(off int64, b []byte) {
			if off < at || !bytes.Equal(data[off:off+int64(len(b))], b) {
				t.Fatalf("text between at %d is not what stands there", off)
			}
			at = off + int64(len(b))
		}) {
			for first := true; ; first = false {
				p, ok := piece{}, true
				if first {
					p = s.segment()
				} else {
					p, ok = s.next()
				}
				if !ok || p.condition == newHeader {
					break
				}
				if p.off < at || p.end <= p.off || !bytes.HasPrefix(data[p.off:p.end], p.raw) {
					t.Fatalf("segment %q at %d to %d after %d is not what stands there", p.raw, p.off, p.end, at)
				}
				at = p.end
			}
		}
		if s.Pos != s.End {
			t.Fatal("bytes left over")
		}
	})
}
