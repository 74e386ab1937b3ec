package report

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Workbook writes a paper as XLSX: a summary, one sheet a list with real types, frozen headers and filters, and the
// definitions. Text stays text: nothing that came from outside becomes a formula. The same paper gives the same bytes.
func Workbook(p *Paper) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	made := p.AsOf.At.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Title: p.Title + ", " + p.About, Subject: p.Period, Creator: "TraceDesk", LastModifiedBy: "TraceDesk", Created: made, Modified: made, Language: "en-US"}); err != nil {
		return nil, err
	}
	b := book{file: f, taken: map[string]bool{}}
	if err := b.styles(); err != nil {
		return nil, err
	}
	if err := b.summary(p); err != nil {
		return nil, err
	}
	for i := range p.Parts {
		if l := p.Parts[i].List; l != nil {
			if err := b.list(l); err != nil {
				return nil, fmt.Errorf("sheet %s: %w", l.Title, err)
			}
		}
	}
	if err := b.texts("Definitions", p.Definitions); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return settled(out.Bytes())
}

// settled puts the parts of a workbook into the order of their names: excelize writes its sheets in the order of a map.
func settled(workbook []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range in.File {
		if err := w.Copy(part); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return out.Bytes(), err
}

// book is a workbook being written.
type book struct {
	file           *excelize.File
	taken          map[string]bool
	head, text     int
	forms          map[Form]int
	wrapped, title int
}

func (b *book) styles() (err error) {
	style := func(s *excelize.Style) int {
		id, fault := b.file.NewStyle(s)
		if err == nil {
			err = fault
		}
		return id
	}
	format := func(code string) int { return style(&excelize.Style{CustomNumFmt: &code}) }
	b.head = style(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"ECEEF1"}}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	b.title = style(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	b.text = style(&excelize.Style{NumFmt: 49}) // text: a value that looks like a formula or a number stays what it is
	b.wrapped = style(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	b.forms = map[Form]int{Words: b.text, Number: format("#,##0.##"), Share: format("0.0%"), Mins: format("0"), Money: format("#,##0.00"), When: format("yyyy-mm-dd hh:mm"), Date: format("yyyy-mm-dd")}
	return err
}

// sheet begins a sheet under a name that Excel takes and that is not taken.
func (b *book) sheet(name string) (string, error) {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return '-'
		}
		return r
	}, name)
	for utf8.RuneCountInString(name) > 28 {
		_, size := utf8.DecodeLastRuneInString(name)
		name = strings.TrimSpace(name[:len(name)-size])
	}
	free := name
	for n := 2; b.taken[strings.ToLower(free)]; n++ {
		free = fmt.Sprintf("%s %d", name, n)
	}
	b.taken[strings.ToLower(free)] = true
	if len(b.taken) == 1 {
		return free, b.file.SetSheetName("Sheet1", free)
	}
	_, err := b.file.NewSheet(free)
	return free, err
}

func (b *book) summary(p *Paper) error {
	name, err := b.sheet("Summary")
	if err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := w.SetColWidth(1, 1, 34); err != nil {
		return err
	}
	if err := w.SetColWidth(2, 3, 48); err != nil {
		return err
	}
	rows := [][]any{{styled(b.title, p.Title)}, {b.say("About"), b.say(p.About)}, {b.say("Period"), b.say(p.Period)}, {b.say("Days"), b.say(p.Days)}, {b.say("Data as of"), b.say(p.AsOf.Text)}}
	for _, s := range p.Sources {
		state := ""
		if s.Stale {
			state = "STALE"
		}
		rows = append(rows, []any{b.say("Source " + s.Name), b.say(s.Age), b.say(state)})
	}
	for i := range p.Parts {
		for _, g := range p.Parts[i].Figures {
			rows = append(rows, []any{b.say(g.Label), b.say(g.Value), b.say(g.Note)})
		}
		for _, text := range p.Parts[i].Text {
			rows = append(rows, []any{b.say(text)})
		}
	}
	for i, r := range rows {
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), r); err != nil {
			return err
		}
	}
	return w.Flush()
}

func styled(style int, v any) excelize.Cell { return excelize.Cell{StyleID: style, Value: v} }

// say is a text in a cell. Control characters have no place in XML.
func (b *book) say(s string) excelize.Cell { return styled(b.text, cleanText(s)) }

func cleanText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	const most = 32767 // of an Excel cell
	for utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most-1]) + "…"
	}
	return s
}

func (b *book) list(l *List) error {
	name, err := b.sheet(l.Title)
	if err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	titles := l.titles()
	for i, width := range l.widths(titles) {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	head := make([]any, len(titles))
	for i, t := range titles {
		head[i] = styled(b.head, t)
	}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	for i := range l.Rows {
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), b.cells(l.Columns, l.Rows[i].Cells)); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(titles), len(l.Rows)+1)
	if err != nil {
		return err
	}
	// Before the flush: what is set on a sheet afterwards is lost.
	if err := b.file.AutoFilter(name, "A1:"+last, nil); err != nil {
		return err
	}
	return w.Flush()
}

// titles are the headers of a list in a workbook: an instant takes two columns, its local time and its zone.
func (l *List) titles() []string {
	var out []string
	for _, c := range l.Columns {
		out = append(out, c.Title)
		if c.Form == When {
			out = append(out, c.Title+" zone")
		}
	}
	return out
}

// widths are how wide the columns are, by the longest text among the first rows.
func (l *List) widths(titles []string) []float64 {
	out := make([]float64, len(titles))
	for i, t := range titles {
		out[i] = float64(max(8, min(20, len(t)+2)))
	}
	for r := range min(len(l.Rows), 200) {
		k := 0
		for i, c := range l.Columns {
			longest := 0
			for _, line := range strings.Split(l.Rows[r].Cells[i].Text, "\n") {
				longest = max(longest, utf8.RuneCountInString(line))
			}
			out[k] = max(out[k], float64(min(60, longest+2)))
			if k++; c.Form == When {
				out[k-1], k = 17, k+1
			}
		}
	}
	return out
}

func (b *book) cells(columns []Column, cells []Cell) []any {
	var out []any
	for i, c := range cells {
		switch v := c.Value.(type) {
		case time.Time:
			// Excel knows no zones: the local time as it is read, with the zone's letters beside it.
			wall := time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), v.Second(), 0, time.UTC)
			out = append(out, styled(b.forms[When], wall), b.say(letters(v)))
			continue
		case Day:
			out = append(out, styled(b.forms[Date], v.noon().Truncate(24*time.Hour)))
		case float64:
			out = append(out, styled(b.forms[columns[i].Form], v))
		case string:
			out = append(out, styled(b.wrapped, cleanText(v)))
		default:
			if c.Value == nil && c.Text == "–" {
				out = append(out, nil) // nothing to count is an empty cell, not a text among numbers
			} else {
				out = append(out, styled(b.wrapped, cleanText(c.Text)))
			}
		}
		if columns[i].Form == When {
			out = append(out, nil)
		}
	}
	return out
}

func (b *book) texts(title string, all []string) error {
	name, err := b.sheet(title)
	if err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := w.SetColWidth(1, 1, 120); err != nil {
		return err
	}
	for i, text := range all {
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), []any{styled(b.wrapped, cleanText(text))}); err != nil {
			return err
		}
	}
	return w.Flush()
}

// CSV writes one list of a paper as RFC 4180 has it: UTF-8, CRLF, quotes doubled, a header line. Instants carry their
// offset. A text that a spreadsheet would take for a formula is led by an apostrophe.
func CSV(l *List) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	titles := make([]string, len(l.Columns))
	for i, c := range l.Columns {
		titles[i] = c.Title
	}
	if err := w.Write(titles); err != nil {
		return nil, err
	}
	for i := range l.Rows {
		line := make([]string, len(l.Columns))
		for k, c := range l.Rows[i].Cells {
			line[k] = c.plain()
		}
		if err := w.Write(line); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// plain is a cell in a CSV.
func (c Cell) plain() string {
	switch v := c.Value.(type) {
	case time.Time:
		return v.Format(time.RFC3339)
	case Day:
		return v.String()
	case float64:
		return decimal(v).Text
	case string:
		return disarmed(v)
	}
	if c.Value == nil && c.Text == "–" {
		return ""
	}
	return disarmed(c.Text)
}

// disarmed leads a text with an apostrophe where a spreadsheet would read it as a formula.
func disarmed(s string) string {
	if s != "" && slices.Contains([]byte("=+-@\t\r"), s[0]) {
		return "'" + s
	}
	return s
}
