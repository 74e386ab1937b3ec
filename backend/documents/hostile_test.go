package documents

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

// manyPages is a PDF of so many empty pages, with a script that is to run when it is opened.
func manyPages(n int) []byte {
	var b bytes.Buffer
	var at []int
	obj := func(s string) { at = append(at, b.Len()); fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s) }
	b.WriteString("%PDF-1.4\n")
	obj("<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while(true){app.alert\\('x'\\)})>>>>")
	obj(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Repeat("3 0 R ", n), n))
	obj("<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/AA<</O<</S/JavaScript/JS(while(true);)>>>>>>")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

func TestTenThousandPagesWithScriptsAreReadUpToTheLimit(t *testing.T) {
	small := NewReader(reader.press.cacheDir, Limits{Pages: 5})
	defer small.Close()
	pages := 0
	got, err := small.Pages(t.Context(), original(manyPages(10_000)), PagesOptions{Each: func(p paper.Page) error {
		pages++
		if !p.Blank {
			t.Errorf("page %d is not blank", p.Number)
		}
		return nil
	}})
	if err != nil || pages != 5 || got.Total < 5 || len(got.Notes) != 1 || !strings.Contains(got.Notes[0], "first 5 of") {
		t.Errorf("%d pages of %d, notes %q, %v", pages, got.Total, got.Notes, err)
	}
}

// TestDamagedFilesEndInAPictureOrAReason damages samples of every decoder in ways a fixed seed decides: bytes changed, parts
// cut out, doubled, the end lost.
func TestDamagedFilesEndInAPictureOrAReason(t *testing.T) {
	dice := rand.New(rand.NewPCG(6, 2026))
	for _, name := range []string{"scan_049.pdf", "scan_009.jpg", "scan_034.png", "scan_055.tif", "scan_019.tif", "small.webp"} {
		whole := sample(t, name)
		for range 12 {
			bad := damaged(dice, whole)
			_, err := reader.Draw(t.Context(), original(bad), 1, View{Within: 300})
			var known *Fault
			if err != nil && !errors.As(err, &known) {
				t.Errorf("%s damaged: %v is no reason for a person", name, err)
			}
			if _, err := reader.Read(t.Context(), original(bad)); err != nil && !errors.As(err, &known) {
				t.Errorf("%s damaged, its text: %v is no reason for a person", name, err)
			}
		}
	}
}

func damaged(dice *rand.Rand, whole []byte) []byte {
	bad := bytes.Clone(whole)
	for range 1 + dice.IntN(8) {
		switch at := dice.IntN(len(bad)); dice.IntN(4) {
		case 0:
			bad[at] = byte(dice.Uint32())
		case 1:
			bad = append(bad[:at], bad[min(len(bad), at+dice.IntN(200)):]...)
		case 2:
			end := min(len(bad), at+dice.IntN(200))
			bad = append(bad[:end:end], bad[at:]...)
		default:
			bad = bad[:max(at, len(bad)*3/4)]
		}
		if len(bad) < 64 {
			return bad
		}
	}
	return bad
}

// FuzzDraw feeds the decoders alone.
func FuzzDraw(f *testing.F) {
	for _, name := range []string{"scan_049.pdf", "scan_034.png", "scan_055.tif", "scan_064.tif", "small.webp"} {
		f.Add(sample(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := reader.Draw(t.Context(), original(data), 1, View{Within: 300})
		var known *Fault
		if err != nil && !errors.As(err, &known) {
			t.Errorf("%v is no reason for a person", err)
		}
	})
}
