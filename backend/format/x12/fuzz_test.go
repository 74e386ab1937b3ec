package x12

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
	f.Add([]byte(isa + gs + set1 + set2 + close))
	f.Add([]byte(wrap(isa+gs+set1+set2+close, 80)))
	f.Add([]byte(isa + isa + gs + "~~ST*214~AT7~ISA*"))
}

// FuzzScan: every byte lies in a segment, a terminator, between segments, or outside the interchanges, in order.
func FuzzScan(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s := newScanner(bytes.NewReader(data))
		at := int64(0)
		for {
			_, ok := s.seek(func(off int64, b []byte) {
				if off < at || !bytes.Equal(data[off:off+int64(len(b))], b) {
					t.Fatalf("text between at %d is not what stands there", off)
				}
				at = off + int64(len(b))
			})
			if !ok {
				break
			}
			for {
				p, ok := s.next()
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

// FuzzRead: nothing panics, what is yielded is bounded by what was read, texts are UTF-8, and faults hold bytes.
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
				if len(f.Raw) == 0 || f.Reason == "" || !utf8.ValidString(f.Reason) {
					t.Fatalf("fault %+v", f)
				}
			}
			for _, o := range rec.Observations {
				claims += len(o.Claims)
				if !utf8.ValidString(o.Text) || o.Raw.Offset < 0 || o.Raw.Offset+int64(o.Raw.Length) > int64(len(data)) {
					t.Fatalf("observation %+v", o)
				}
				o.Identify()
				for _, c := range o.Claims {
					if !utf8.ValidString(c.ValueText()) || c.Fact == "" {
						t.Fatalf("claim %+v", c)
					}
				}
			}
		}
		if claims > len(data) || raw > 8*len(data)+1024 {
			t.Fatalf("%d claims and %d bytes of faults from %d bytes", claims, raw, len(data))
		}
	})
}

// FuzzReceipts: whatever comes in can be acknowledged, or is refused with a reason, and our own answer is well formed.
func FuzzReceipts(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := Receipts(bytes.NewReader(data), Options{})
		if err != nil {
			return
		}
		for i := range list {
			for _, kind := range []string{"997", "999"} {
				var out bytes.Buffer
				if Acknowledge(&out, kind, &list[i], 7, noon) != nil {
					continue
				}
				for s, err := range Explain(bytes.NewReader(out.Bytes()), Options{}) {
					if err != nil || s.Name == "" {
						t.Fatalf("%+v %v in %s", s, err, out.String())
					}
				}
			}
		}
	})
}
