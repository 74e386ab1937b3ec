package documents

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/verdict"
	"tracedesk/backend/documents/whose"
	"tracedesk/backend/freight"
)

// texts reads a file of plain words: pages parted by form feeds.
type texts struct{}

func (texts) Pages(_ context.Context, o Original, opt PagesOptions) (Reading, error) {
	body, err := io.ReadAll(o)
	if err != nil {
		return Reading{}, err
	}
	pages := strings.Split(string(body), "\f")
	for i, text := range pages {
		words := textWords(text)
		if opt.Progress != nil {
			opt.Progress(i+1, len(pages), 100)
		}
		if err := opt.Each(paper.Page{Number: i + 1, Words: words, FromText: true, Blank: len(words) == 0}); err != nil {
			return Reading{}, err
		}
	}
	return Reading{}, nil
}

// openLoads are the loads of testdata/loads.json.
func openLoads(t testing.TB) *whose.Loads {
	t.Helper()
	var list []struct {
		Load string
		Refs map[freight.RefType]string
	}
	must(t, json.Unmarshal(sample(t, "loads.json"), &list))
	var loads []paper.Expected
	for _, l := range list {
		loads = append(loads, paper.Expected{Load: l.Load, Values: map[string]string{paper.Load: l.Load, paper.Bill: l.Refs["BOL"], paper.PRO: l.Refs["PRO"],
			paper.PO: l.Refs["PO"], paper.Trailer: l.Refs["TRAILER"]}})
	}
	return whose.NewLoads(loads)
}

func TestPapersFindTheirLoad(t *testing.T) {
	known := openLoads(t)
	var papers []struct{ Text, Kind, Load, Verdict string }
	must(t, json.Unmarshal(sample(t, "papers.json"), &papers))
	for _, p := range papers {
		f, _, err := Examine(t.Context(), texts{}, original(sample(t, p.Text)), "scan.txt", Exam{Known: known})
		must(t, err)
		d := f.Documents[0]
		got := ""
		if d.Match != nil {
			got = d.Match.Load
		}
		want := p.Load
		if p.Verdict == "wrong_load" || p.Verdict == "not_a_proof" {
			want = ""
		}
		if got != want {
			t.Errorf("%s belongs to %q, found %q: %+v", p.Text, want, got, d.Match)
		}
		if kind := verdict.Proves(d); kind != "" && kind != p.Kind || kind == "" && p.Kind != "other" {
			t.Errorf("%s is a %s and proves %q, is a %s", p.Text, d.Type, kind, p.Kind)
		}
		if (d.Verdict == paper.WrongLoad) != (p.Verdict == "wrong_load") {
			t.Errorf("%s: %s %v", p.Text, d.Verdict, d.Reasons)
		}
	}
}

// TestBundle: pages of two loads and a blank one become documents of their own.
func TestBundle(t *testing.T) {
	text := func(name string) string { return strings.TrimRight(string(sample(t, name)), "\f\n") }
	first, second := text("text/scan_004.p1.txt"), text("text/scan_005.p1.txt")
	told := 0.0
	exam := Exam{Known: openLoads(t), Progress: func(_, _ int, part float64) { told = part }}
	f, pages, err := Examine(t.Context(), texts{}, original([]byte(first+"\f \f"+second)), "bundle.txt", exam)
	must(t, err)
	if len(f.Documents) != 2 || len(pages) != 3 || !slices.Equal(f.Documents[0].Pages, []int{1}) || !slices.Equal(f.Documents[1].Pages, []int{3}) {
		t.Fatalf("%d documents of %d pages", len(f.Documents), len(pages))
	}
	for _, d := range f.Documents {
		if !slices.Contains(d.Reasons, verdict.TwoLoadsInFile) {
			t.Errorf("page %v: %v", d.Pages, d.Reasons)
		}
	}
	if told != 1 {
		t.Errorf("progress ended at %v", told)
	}
}

func archive(t *testing.T, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		must(t, err)
		_, err = io.WriteString(w, files[i+1])
		must(t, err)
	}
	must(t, z.Close())
	return out.Bytes()
}

// TestArchive: the papers in an archive are examined like one file; what cannot be read does not keep the others.
func TestArchive(t *testing.T) {
	body := archive(t, "scan_003.pdf", string(sample(t, "scan_003.pdf")), "readme.txt", "hello", "photo.jpg", "this is text", "deep.zip", string(archive(t, "again.pdf", string(sample(t, "scan_049.pdf")))))
	f, pages, err := Examine(t.Context(), reader, original(body), "mail.zip", Exam{Known: openLoads(t)})
	must(t, err)
	var got []string
	for _, d := range f.Documents {
		load := ""
		if d.Match != nil {
			load = d.Match.Load
		}
		got = append(got, fmt.Sprint(d.Pages, d.Verdict, d.Type, load, d.Reasons))
	}
	if len(pages) != 2 || len(got) != 3 || f.Documents[0].Match.Load != "LD-503970" || f.Documents[1].Verdict != paper.NotAProof || f.Documents[2].Reasons[0] != "text-as-jpg" {
		t.Errorf("%d pages, %q", len(pages), got)
	}
}

func TestUnreadableFilesSayWhy(t *testing.T) {
	for name, c := range map[string]struct {
		body   []byte
		reason string
	}{
		"zero.jpg":    {nil, "zero"},
		"locked.pdf":  {sample(t, "locked.pdf"), "encrypted-pdf"},
		"bomb.tif":    {sample(t, "scan_064.tif"), "tiff-bomb"},
		"text.pdf":    {[]byte("this is only a text"), "text-as-pdf"},
		"cut.pdf":     {sample(t, "scan_008.pdf")[:3000], "truncated-pdf"},
		"cut.jpg":     {sample(t, "scan_009.jpg")[:9000], "truncated-jpg"},
		"nothing.zip": {archive(t, "a.txt", "x"), "zero"},
	} {
		f, _, err := Examine(t.Context(), reader, original(c.body), name, Exam{})
		var fault *Fault
		if !errors.As(err, &fault) || f.Error == "" || len(f.Documents) != 1 {
			t.Errorf("%s: %v, %+v", name, err, f)
			continue
		}
		if d := f.Documents[0]; d.Verdict != paper.Unreadable || !slices.Equal(d.Reasons, []string{c.reason}) {
			t.Errorf("%s: %s %v, want %s", name, d.Verdict, d.Reasons, c.reason)
		}
	}
}

func TestLockedAgainstChangesOnly(t *testing.T) {
	if !ownerLocked(original(sample(t, "ownerlocked.pdf"))) || ownerLocked(original(sample(t, "scan_049.pdf"))) {
		t.Error("a PDF that is locked against changes is not told from one that is not")
	}
}

// TestStopped: when the caller stops, that is the error, and the file is not called unreadable.
func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	f, _, err := Examine(ctx, texts{}, original(sample(t, "text/scan_004.p1.txt")), "scan.txt", Exam{Known: openLoads(t)})
	if !errors.Is(err, context.Canceled) || f.Error != "" {
		t.Errorf("%v, %+v", err, f)
	}
}

// halfRead is a file of one page that has words and one whose words could not be read.
type halfRead struct{}

func (halfRead) Pages(_ context.Context, _ Original, opt PagesOptions) (Reading, error) {
	words := textWords("PROOF OF DELIVERY\nLoad LD-231689\nB/L No. 23385498")
	if err := opt.Each(paper.Page{Number: 1, Words: words}); err != nil {
		return Reading{}, err
	}
	return Reading{Notes: []string{"page 2 cannot be read: it took too long"}}, opt.Each(paper.Page{Number: 2})
}

// TestAPageThatWasNotReadIsNotBlank: it is a person's to look at, with the reason.
func TestAPageThatWasNotReadIsNotBlank(t *testing.T) {
	f, _, err := Examine(t.Context(), halfRead{}, original([]byte("%PDF-1.4")), "two.pdf", Exam{Known: openLoads(t)})
	must(t, err)
	if len(f.Documents) != 2 {
		t.Fatalf("%d documents", len(f.Documents))
	}
	if !slices.Equal(f.Notes, []string{"page 2 cannot be read: it took too long"}) {
		t.Errorf("noted of the file: %q", f.Notes)
	}
	d := f.Documents[1]
	if d.Verdict != paper.Review || !slices.Equal(d.Reasons, []string{verdict.Illegible}) || !strings.Contains(d.Checks[len(d.Checks)-1].Paper, "took too long") {
		t.Errorf("%s %v %+v", d.Verdict, d.Reasons, d.Checks)
	}
}
