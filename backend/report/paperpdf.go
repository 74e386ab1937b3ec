package report

import (
	"cmp"
	"fmt"
	"strings"

	"tracedesk/backend/report/pdf"
)

// PaperPDF prints a paper. The same paper gives the same bytes: the dates inside the file are the as-of time.
func PaperPDF(p *Paper, opt PDFOptions) ([]byte, error) {
	title := p.Title + ", " + cmp.Or(p.About, "all")
	w := paperPrinter{p: p, doc: pdf.New(pdf.Setup{
		Title: title + ", " + p.Period, Author: cmp.Or(opt.Author, "TraceDesk"), Subject: p.Title, Language: cmp.Or(opt.Language, "en-US"), AsOf: p.AsOf.At,
		Paper: opt.Paper, Brand: opt.Brand, Landscape: !p.Upright, Body: 8,
		Head: title + " · " + p.Period, Foot: "Data as of " + p.AsOf.Text + " · " + cmp.Or(opt.Author, "TraceDesk"),
	})}
	w.top()
	for i := range p.Parts {
		w.part(&p.Parts[i])
	}
	w.end()
	if err := w.pages(); err != nil {
		return nil, err
	}
	return w.doc.Bytes()
}

type paperPrinter struct {
	p   *Paper
	doc *pdf.Document
}

func (w *paperPrinter) top() {
	p := w.p
	right := pdf.Rich{{Text: hold(p.Period) + "\n", Style: pdf.Style{Size: 12, Bold: true}}}
	if p.Days != "" {
		right = append(right, pdf.Span{Text: p.Days + "\n", Style: muted})
	}
	w.doc.Banner(
		pdf.Rich{{Text: p.Title + "\n", Style: muted}, {Text: cmp.Or(p.About, "All customers"), Style: pdf.Style{Size: 18, Bold: true}}},
		append(right, pdf.Span{Text: "Data as of " + p.AsOf.Text}))
	w.doc.Gap(6)
	if len(p.Sources) > 0 {
		w.doc.Paragraph(freshness(p.Sources))
		w.doc.Gap(4)
	}
}

func (w *paperPrinter) part(t *Part) {
	title := t.Heading
	if title == "" && t.List != nil && !t.List.SheetOnly {
		title = t.List.heading()
	}
	if title != "" {
		w.doc.Heading(title, "")
	}
	for _, text := range t.Text {
		style := pdf.Style{}
		if t.Alert {
			style = warning
		}
		if t.List != nil {
			w.doc.Lead(pdf.Rich{{Text: text, Style: style}})
			continue
		}
		w.doc.Paragraph(pdf.Rich{{Text: text, Style: style}})
		w.doc.Gap(2)
	}
	if len(t.Figures) > 0 {
		w.doc.Gap(4)
		w.doc.Figures(printedFigures(t.Figures))
	}
	if len(t.Charts) > 0 {
		w.doc.Gap(8)
		w.doc.Charts(t.Charts...)
	}
	if t.List != nil && !t.List.SheetOnly {
		w.list(t.List)
	}
}

// pages are the pictures of papers, each on a page of its own, behind everything else.
func (w *paperPrinter) pages() error {
	for i := range w.p.Parts {
		for k := range w.p.Parts[i].Pages {
			scan := &w.p.Parts[i].Pages[k]
			if err := w.doc.Page(scan.Title, &scan.Sheet); err != nil {
				return fmt.Errorf("%s: %w", scan.Title, err)
			}
		}
	}
	return nil
}

func printedFigures(all []Figure) []pdf.Figure {
	out := make([]pdf.Figure, len(all))
	for i, f := range all {
		out[i] = pdf.Figure{Label: f.Label, Value: f.Value, Note: hold(f.Note)}
		switch {
		case f.Faint:
			out[i].Ink = pdf.Muted
		case f.Alarm:
			out[i].Ink = actNow
		}
	}
	return out
}

func (w *paperPrinter) list(l *List) {
	if len(l.Rows) == 0 {
		w.doc.Paragraph(pdf.Plain(cmp.Or(l.None, "None.")))
		return
	}
	t := pdf.Table{Name: l.Title}
	for _, c := range l.Columns {
		if c.Below || c.Aside {
			continue
		}
		align := pdf.Left
		if c.Form == Number || c.Form == Share || c.Form == Mins || c.Form == Money {
			align = pdf.Right
		}
		t.Columns = append(t.Columns, pdf.Column{Title: c.Title, Width: cmp.Or(c.Width, 10), Align: align})
	}
	shown := len(l.Rows)
	if l.Most > 0 && shown > l.Most+3 {
		shown = l.Most
	}
	for i := range l.Rows[:shown] {
		if g := l.Rows[i].Group; g != "" {
			t.Rows = append(t.Rows, pdf.Row{Group: true, Cells: []pdf.Rich{pdf.Strong(g)}})
		}
		t.Rows = append(t.Rows, printedRow(l.Columns, &l.Rows[i]))
	}
	if rest := len(l.Rows) - shown; rest > 0 {
		t.Rows = append(t.Rows, pdf.Row{Group: true, Cells: []pdf.Rich{{{Text: fmt.Sprintf("and %d more, each in the workbook (--out with .xlsx or .csv)", rest), Style: muted}}}})
	}
	if l.Total != nil {
		t.Rows = append(t.Rows, printedRow(l.Columns, &Row{Cells: l.Total}))
	}
	w.doc.Table(t)
}

func printedRow(columns []Column, r *Row) pdf.Row {
	var out pdf.Row
	shaded := false
	for i, c := range r.Cells {
		switch {
		case columns[i].Aside:
		case columns[i].Below:
			if last := len(out.Cells) - 1; c.Text != "" {
				out.Cells[last] = append(out.Cells[last], pdf.Span{Text: "\n" + hold(c.Text), Style: belowStyle(c)})
			}
		default:
			out.Cells = append(out.Cells, pdf.Rich{{Text: hold(c.Text), Style: cellStyle(c)}})
			out.Shades = append(out.Shades, c.Shade)
			shaded = shaded || c.Shade > 0
		}
	}
	if !shaded {
		out.Shades = nil
	}
	return out
}

func cellStyle(c Cell) pdf.Style {
	switch {
	case c.Alarm:
		return warning
	case c.Faint:
		return muted
	}
	return pdf.Style{Bold: c.Bold}
}

func belowStyle(c Cell) pdf.Style {
	if c.Alarm {
		return warning
	}
	return muted
}

func (w *paperPrinter) end() {
	if len(w.p.Definitions) == 0 && w.doc.Replaced() == 0 {
		return
	}
	w.doc.Heading("How this is counted", "")
	counted := strings.Join(w.p.Definitions, "\n")
	if n := w.doc.Replaced(); n > 0 {
		counted += fmt.Sprintf("\n\uFFFD stands for a character that cannot be printed here; there are %d. The data has them as received.", n)
	}
	w.doc.Paragraph(pdf.Rich{{Text: counted, Style: pdf.Style{Size: 7.5, Ink: pdf.Muted}}})
}
