package score

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/documents/paper"
)

const truthJSON = `{"files":[
 {"file":"a.pdf","pages":[
   {"page":1,"doc_type":"POD","shipment":"S1","rotation_cw":90,"fields":{"load":{"text":"LD-1","value":"LD-1"},"pieces":{"text":"12","value":"12","hand":true},"amount":{"text":"$1","value":""}},
    "signatures":{"consignee":{"present":true}},"notation":{"kind":"short","text":"2 short"},"barcodes":[{"kind":"qr","value":"LD-1"},{"kind":"pdf417","value":"x","defective":true}]},
   {"page":2,"doc_type":"BLANK"},
   {"page":3,"doc_type":"LUMPER","shipment":"S1","fields":{"load":{"text":"LD-1","value":"LD-1"}}}],
  "documents":[{"pages":[1],"doc_type":"POD","shipment":"S1"},{"pages":[3],"doc_type":"LUMPER","shipment":"S1"}],"verdict":"exception","reasons":["short"]},
 {"file":"b.jpg","pages":[{"page":1,"doc_type":"BOL","shipment":"S2","fields":{"load":{"text":"LD-2","value":"LD-2"}},"signatures":{"driver":{"present":false}}}],
  "documents":[{"pages":[1],"doc_type":"BOL","shipment":"S2"}],"verdict":"wrong_load","reasons":["load_not_known"]},
 {"file":"c.pdf","verdict":"unreadable","reasons":["zero"]}]}`

var loads = map[string]string{"S1": "LD-1", "S2": "LD-2"}

func value(v string) []paper.Value { return []paper.Value{{Value: v, Confidence: 0.9, Page: 1}} }

// perfect is a reading with everything right.
func perfect() []paper.File {
	return []paper.File{
		{File: "a.pdf", Documents: []paper.Document{
			{Pages: []int{1}, Type: paper.POD, Rotation: map[int]int{1: 90}, Fields: paper.Fields{paper.Load: value("ld 1"), paper.Pieces: value("12"), paper.Amount: value("370.00")},
				Signatures: map[string]paper.Signature{paper.SignsConsignee: {Present: true}}, Notations: []paper.Notation{{Kind: paper.Short, Page: 1}},
				Barcodes: []paper.Code{{Kind: "qr", Value: "LD-1", Page: 1}}, Match: &paper.Match{Load: "LD-1"}, Verdict: paper.Exception, Reasons: []string{"short"}},
			{Pages: []int{3}, Type: paper.Lumper, Fields: paper.Fields{paper.Load: value("LD-1")}, Match: &paper.Match{Load: "LD-1"}, Verdict: paper.Supporting}}},
		{File: "b.jpg", Documents: []paper.Document{{Pages: []int{1}, Type: paper.BOL, Fields: paper.Fields{paper.Load: value("LD-2")},
			Signatures: map[string]paper.Signature{paper.SignsDriver: {}}, Verdict: paper.WrongLoad, Reasons: []string{"load_not_known"}}}},
		{File: "c.pdf", Error: "empty", Documents: []paper.Document{{Type: paper.Other, Verdict: paper.Unreadable, Reasons: []string{"zero"}}}},
	}
}

func truth(t testing.TB) Truth {
	t.Helper()
	out, err := ParseTruth([]byte(truthJSON))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPerfect(t *testing.T) {
	s := Of(truth(t), perfect(), loads)
	if len(s.Misses) != 0 {
		t.Errorf("misses: %+v", s.Misses)
	}
	if s.Files != 3 || s.Pages != 4 || s.Type != (Count{4, 4, 4}) || s.Rotation != (Count{3, 3, 3}) || s.Signature != (Count{2, 2, 2}) || s.Notation != (Count{1, 1, 1}) ||
		s.Barcode != (Count{1, 1, 1}) || s.Split != (Count{1, 1, 1}) || s.Verdict != (Count{3, 3, 3}) || s.Reasons != (Count{3, 3, 3}) || s.Match != (Match{2, 2, 2, 0}) {
		t.Errorf("%+v", s)
	}
	for _, f := range s.Fields {
		if f.Name == paper.Load && f.Typed != (Count{3, 3, 3}) || f.Name == paper.Pieces && f.Hand != (Count{1, 1, 1}) || f.Name == paper.Amount {
			t.Errorf("%+v", f)
		}
	}
	if s.Took(8*time.Second, 100); s.PerPage != 2 || s.PeakMB != 100 {
		t.Errorf("%v s a page, %v MB", s.PerPage, s.PeakMB)
	}
}

func TestWhatIsWrongShows(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(files []paper.File)
		holds func(s Score) bool
	}{
		{"another value", func(f []paper.File) { f[0].Documents[0].Fields[paper.Load] = value("LD-7") }, func(s Score) bool { return s.Fields[0].Typed == Count{3, 3, 2} }},
		{"a value left out", func(f []paper.File) { delete(f[0].Documents[0].Fields, paper.Load) }, func(s Score) bool { return s.Fields[0].Typed == Count{3, 2, 2} }},
		{"a value invented", func(f []paper.File) { f[0].Documents[0].Fields[paper.Seal] = value("1") }, func(s Score) bool { return s.field(paper.Seal).Typed == Count{0, 1, 0} }},
		{"a role not found", func(f []paper.File) { f[0].Documents[0].Signatures = nil }, func(s Score) bool { return s.Signature == Count{2, 1, 1} }},
		{"a notation invented", func(f []paper.File) { f[1].Documents[0].Notations = []paper.Notation{{Kind: paper.SLC, Page: 1}} }, func(s Score) bool { return s.Notation == Count{1, 2, 1} }},
		{"pages put together", func(f []paper.File) { f[0].Documents[0].Pages = []int{1, 3}; f[0].Documents = f[0].Documents[:1] }, func(s Score) bool { return s.Split.Right == 0 && s.Type == Count{4, 4, 3} }},
		{"a wrong load accepted", func(f []paper.File) { f[1].Documents[0].Match = &paper.Match{Load: "LD-2"} }, func(s Score) bool { return s.Match.WrongAccepted == 1 }},
		{"only offered", func(f []paper.File) {
			f[0].Documents[0].Match = &paper.Match{Candidates: []paper.Candidate{{Load: "LD-1"}}}
		}, func(s Score) bool { return s.Match == Match{2, 2, 1, 0} }},
		{"verified wrongly", func(f []paper.File) { f[0].Documents[0].Verdict = paper.Verified }, func(s Score) bool {
			return len(s.VerifiedBad) == 1 && s.Verdict.Right == 2 && s.Confusion[paper.Exception][paper.Verified] == 1
		}},
		{"not turned", func(f []paper.File) { f[0].Documents[0].Rotation = nil }, func(s Score) bool { return s.Rotation.Right == 2 }},
		{"a file not read", func(f []paper.File) { f[0].File = "z" }, func(s Score) bool { return s.Match.RightFirst == 0 && s.Verdict.Right == 2 }},
	} {
		files := perfect()
		c.spoil(files)
		if s := Of(truth(t), files, loads); !c.holds(s) || len(s.Misses) == 0 {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}

func (s *Score) field(name string) Field {
	for _, f := range s.Fields {
		if f.Name == name {
			return f
		}
	}
	return Field{}
}

func TestCounts(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := Count{Truth: rapid.IntRange(0, 9).Draw(r, "truth"), Given: rapid.IntRange(0, 9).Draw(r, "given")}
		c.Right = rapid.IntRange(0, min(c.Truth, c.Given)).Draw(r, "right")
		for _, share := range []float64{c.Recall(), c.Precision()} {
			if share < 0 || share > 1 || math.IsNaN(share) {
				t.Fatalf("%+v has a share of %v", c, share)
			}
		}
	})
}

func FuzzParseTruth(f *testing.F) {
	f.Add([]byte(truthJSON))
	f.Add([]byte(`{"files":[{"documents":[{"pages":[]}],"pages":[{"page":-1}]}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if truth, err := ParseTruth(body); err == nil {
			Of(truth, perfect(), loads)
		} else if strings.TrimSpace(err.Error()) == "" {
			t.Fatal("refused without a word")
		}
	})
}
