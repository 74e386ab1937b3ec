package pdf

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"
)

// BenchmarkAgainstBareLoop prints pages a second, and the ratio to a loop that writes the same cells, fonts and lines
// with the same library and knows in advance that everything fits.
func BenchmarkAgainstBareLoop(b *testing.B) {
	table := benchTable(8000)
	var ours, bare time.Duration
	pages := 0
	for b.Loop() {
		start := time.Now()
		d := empty()
		d.Table(table)
		out, err := d.Bytes()
		if err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)
		pages = len(d.pages)
		b.ReportMetric(float64(len(out))/1024, "KB")

		start = time.Now()
		if err := bareLoop(d, table); err != nil {
			b.Fatal(err)
		}
		bare += time.Since(start)
	}
	b.ReportMetric(float64(pages)*float64(b.N)/ours.Seconds(), "pages/s")
	b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-bare")
	b.ReportMetric(float64(pages), "pages")
}

func benchTable(n int) Table {
	t := Table{Name: "Loads", Columns: []Column{{"Load", 2, Left}, {"Customer", 4, Left}, {"Lane", 5, Left}, {"Carrier", 4, Left}, {"Window", 4, Left}, {"Min", 1, Right}}}
	for i := range n {
		t.Rows = append(t.Rows, Row{Cells: []Rich{
			Strong(fmt.Sprintf("L%06d", i)), Plain("Żabka Łódź"), Plain("Dallas, TX to Atlanta, GA"),
			Plain([]string{"Blue Ridge Lines", "Транс Восток", "Ελληνικές Μεταφορές"}[i%3]), Plain("Mon 23 Nov 08:00–12:00 CST"), Plain(fmt.Sprint(i % 500)),
		}})
	}
	return t
}

// bareLoop writes the table with nothing but CellFormat and Line, at the places that the document chose.
func bareLoop(d *Document, t Table) error {
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: d.width, Ht: d.height}})
	f.SetAutoPageBreak(false, 0)
	f.AddUTF8FontFromBytes("r", "", regular.bytes())
	f.AddUTF8FontFromBytes("b", "", bold.bytes())
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
			if k == 1 {
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
