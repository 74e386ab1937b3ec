package pdf

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"tracedesk/backend/sim/cputime"
)

// BenchmarkPaper writes a paper of some 200 pages with Latin, Polish, Greek, Cyrillic and Chinese text, and prints pages a
// second, and the ratio to a loop that writes the same cells, fonts and lines with the same library and knows in advance that
// everything fits; the quickest run of each counts. The bars: 1.5 s, 3 MB, 0.8 of the loop. Where qpdf, pdffonts and pdftotext are installed, they judge the file.
func BenchmarkPaper(b *testing.B) {
	table := benchTable(6180)
	ours, bare := time.Hour, time.Hour // the quickest of each: what else the machine does only adds
	var oursCPU, bareCPU time.Duration
	var out []byte
	d := empty()
	for b.Loop() {
		start, used := time.Now(), cputime.Used()
		d = empty()
		d.Table(table)
		var err error
		if out, err = d.Bytes(); err != nil {
			b.Fatal(err)
		}
		ours, oursCPU = min(ours, time.Since(start)), oursCPU+cputime.Used()-used
		start, used = time.Now(), cputime.Used()
		if err := bareLoop(d, table); err != nil {
			b.Fatal(err)
		}
		bare, bareCPU = min(bare, time.Since(start)), bareCPU+cputime.Used()-used
	}
	pages := len(d.pages)
	b.ReportMetric(ours.Seconds(), "s/paper")
	b.ReportMetric(float64(len(out))/(1<<20), "MB")
	b.ReportMetric(float64(pages)/ours.Seconds(), "pages/s")
	b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-bare")
	if oursCPU > 0 {
		b.ReportMetric(bareCPU.Seconds()/oursCPU.Seconds(), "of-bare-cpu")
	}
	b.ReportMetric(float64(pages), "pages")
	if *full {
		judged(b, out, table)
	}
}

// full lets other programs judge the file.
var full = flag.Bool("full", false, "let qpdf, pdffonts and pdftotext judge the file")

func judged(b *testing.B, paper []byte, t Table) {
	b.Helper()
	file := filepath.Join(b.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, paper, 0o600); err != nil {
		b.Fatal(err)
	}
	for _, tool := range [][]string{{"qpdf", "--check", file}, {"pdffonts", file}, {"pdftotext", "-layout", file, "-"}} {
		if _, err := exec.LookPath(tool[0]); err != nil {
			b.Logf("%s is not installed here", tool[0])
			continue
		}
		said, err := exec.Command(tool[0], tool[1:]...).CombinedOutput()
		if err != nil {
			b.Fatalf("%s: %v: %s", tool[0], err, said)
		}
		switch tool[0] {
		case "pdftotext":
			if err := inOrder(string(said), t); err != nil {
				b.Fatal(err)
			}
		default:
			b.Logf("%s: %s", tool[0], said)
		}
	}
}

// inOrder reports a cell that the text of the paper does not have in its place.
func inOrder(text string, t Table) error {
	at := 0
	for i, r := range t.Rows {
		for k, c := range r.Cells {
			n := strings.Index(text[at:], c[0].Text)
			if n < 0 {
				return fmt.Errorf("row %d, cell %d: %q is not where it should be", i, k, c[0].Text)
			}
			at += n + len(c[0].Text)
		}
	}
	return nil
}

func benchTable(n int) Table {
	t := Table{Name: "Loads", Columns: []Column{{"Load", 2, Left}, {"Customer", 4, Left}, {"Lane", 5, Left}, {"Carrier", 4, Left}, {"Window", 4, Left}, {"Min", 1, Right}}}
	for i := range n {
		t.Rows = append(t.Rows, Row{Cells: []Rich{
			Strong(fmt.Sprintf("L%06d", i)), Plain("Żabka Łódź"), Plain("Dallas, TX to Atlanta, GA"),
			Plain(benchCarriers[i%len(benchCarriers)]), Plain("Mon 23 Nov 08:00–12:00 CST"), Plain(fmt.Sprint(i % 500)),
		}})
	}
	return t
}

var benchCarriers = []string{"Blue Ridge Lines", "Транс Восток", "Ελληνικές Μεταφορές", "上海远洋物流有限公司"}

// bareLoop writes the table with nothing but CellFormat and Line, at the places that the document chose.
func bareLoop(d *Document, t Table) error {
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: d.width, Ht: d.height}})
	f.SetAutoPageBreak(false, 0)
	f.AddUTF8FontFromBytes("r", "", regular.bytes())
	f.AddUTF8FontFromBytes("b", "", bold.bytes())
	f.AddUTF8FontFromBytes("c", "", ideogram.bytes())
	g := d.grid(t)
	rowHeight := g.set(t.Rows[0]).height
	perPage := int((d.bottom() - margin - headRoom - g.header.height - 14) / rowHeight)
	for i, r := range t.Rows {
		if i%perPage == 0 {
			f.AddPage()
			f.SetFont("r", "", smallSize)
			f.Text(margin, d.height-margin, "Foot")
			f.Text(d.width-margin-40, d.height-margin, fmt.Sprintf("Page %d of %d", f.PageNo(), 200))
			f.SetFont("b", "", smallSize)
			for k, c := range t.Columns {
				f.SetXY(g.x[k], margin)
				f.CellFormat(g.w[k], rowHeight, c.Title, "", 0, "L", false, 0, "")
			}
			f.SetFont("r", "", 8.5)
		}
		y := margin + headRoom + float64(i%perPage)*rowHeight
		f.SetXY(margin, y)
		f.SetFont("b", "", 8.5)
		for k, c := range r.Cells {
			switch {
			case k == 3 && i%len(benchCarriers) == 3:
				f.SetFont("c", "", 8.5)
			case k == 1, k == 4:
				f.SetFont("r", "", 8.5)
			}
			align := "L"
			if t.Columns[k].Align == Right {
				align = "R"
			}
			f.CellFormat(g.w[k], rowHeight, c[0].Text, "", 0, align, false, 0, "")
		}
		f.Line(margin, y+rowHeight, d.width-margin, y+rowHeight)
	}
	var out bytes.Buffer
	return f.Output(&out)
}
