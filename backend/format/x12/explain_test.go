package x12

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

func explainAll(t testing.TB, text string, opt Options) (all []*Explained) {
	t.Helper()
	for s, err := range Explain(strings.NewReader(text), opt) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

func TestExplainASegment(t *testing.T) {
	for _, row := range []struct{ name, text string }{
		{"a line", "AT7*X3*NS***20260318*0555*CT"},
		{"with its terminator", "  AT7*X3*NS***20260318*0555*CT~\n"},
		{"pipes", "AT7|X3|NS|||20260318|0555|CT\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			all := explainAll(t, row.text, Options{})
			if len(all) != 1 {
				t.Fatalf("%d segments, want 1", len(all))
			}
			s := all[0]
			if s.Tag != "AT7" || s.Name != "shipment status" || len(s.Faults) > 0 || s.Set != "" || s.Number != 0 {
				t.Errorf("%+v", s)
			}
			if got := s.Elements[0]; got.Number != "1650" || got.Meaning != "arrived at the pickup" || got.Unknown {
				t.Errorf("AT7-01 is %+v", got)
			}
			if len(s.Became) == 0 || s.Became[0].Fact != "arrived" || s.Became[0].Subject != "pickup" || s.Became[0].At != "2026-03-18T05:55:00 America/Chicago" {
				t.Errorf("became %+v", s.Became)
			}
			if want := strings.Index(row.text, "AT7"); s.Offset != int64(want) {
				t.Errorf("offset %d, want %d", s.Offset, want)
			}
		})
	}
}

func TestExplainFaultsInTheirPlace(t *testing.T) {
	all := explainAll(t, isa+gs+setOf1("214", "B10*P1*L1*ABCD", "LX*1", "AT7*QQ*NS***20261399*2561*CT", "ZZZ*1")+"GE*1*1~IEA*1*000000905~", Options{})
	by := map[string]*Explained{}
	for _, s := range all {
		by[s.Tag] = s
	}
	if got := by["AT7"].Elements; !got[0].Unknown || !strings.Contains(got[4].Fault, "is not a date") || got[0].Fault == "" {
		t.Errorf("AT7 %+v", got)
	}
	if got := by["ZZZ"]; got.Name != "" || len(got.Faults) != 1 || got.Faults[0] != "unknown segment" {
		t.Errorf("ZZZ %+v", got)
	}
	if got := by["ISA"].Elements[14]; got.Meaning != "production" {
		t.Errorf("ISA15 %+v", got)
	}
}

func TestExplainByThePartnersCodes(t *testing.T) {
	partner := &Partner{ID: "X", Codes: []Code{{List: "1650", Code: "QQ", As: "X3"}}}
	all := explainAll(t, "AT7*QQ*NS***20260318*0555*CT", Options{Partner: func(string) *Partner { return partner }})
	el := all[0].Elements[0]
	if el.Unknown || el.As != "X3" || el.Meaning != "arrived at the pickup" || all[0].Became[0].Fact != "arrived" {
		t.Errorf("%+v became %+v", el, all[0].Became)
	}
}

// Every segment of the samples is explained, in its order, and every fact that a reading makes of them comes from one.
func TestExplainEverySample(t *testing.T) {
	for _, name := range []string{"edinet_204", "omni_214_canadapost", "edinet_210", "edinet_990", "edinet_820", "staedi_997", "staedi_214_ellipsis_terminator"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile("testdata/" + name + ".edi")
			if err != nil {
				t.Fatal(err)
			}
			claims := 0
			for rec, err := range Read(bytes.NewReader(data), Options{}) {
				if err != nil {
					t.Fatal(err)
				}
				for _, o := range rec.Observations {
					claims += len(o.Claims)
				}
			}
			became, last := 0, int64(-1)
			for _, s := range explainAll(t, string(data), Options{}) {
				became += len(s.Became)
				if s.Offset <= last {
					t.Errorf("%s at %d after %d", s.Tag, s.Offset, last)
				}
				last = s.Offset
				if s.Name == "" {
					t.Errorf("the dictionary does not have %s", s.Tag)
				}
				if !bytes.HasPrefix(data[s.Offset:], []byte(s.Raw[:3])) {
					t.Errorf("%s does not stand at %d", s.Raw, s.Offset)
				}
			}
			if became != claims {
				t.Errorf("%d of %d claims are explained", became, claims)
			}
		})
	}
}

func FuzzExplain(f *testing.F) {
	seeds(f)
	f.Add([]byte("AT7*X3*NS***20260318*0555*CT"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for s, err := range Explain(bytes.NewReader(data), Options{}) {
			if err != nil {
				break
			}
			if s.Length < 0 || s.Number < 0 {
				t.Fatalf("%+v", s)
			}
		}
	})
}
