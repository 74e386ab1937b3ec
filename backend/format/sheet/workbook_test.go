package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tracedesk/backend/freight"
)

// workbookOf builds a workbook and gives its bytes.
func workbookOf(t testing.TB, build func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	build(f)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func openBytes(t testing.TB, name string, data []byte) *Book {
	t.Helper()
	b, err := Open(name, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWorkbookCellsKeepTheirTypes(t *testing.T) {
	data := workbookOf(t, func(f *excelize.File) {
		must(t, f.SetSheetName("Sheet1", "Cover"), f.SetCellValue("Cover", "A1", "Daily report for ACME"))
		_, err := f.NewSheet("Loads")
		must(t, err)
		_, err = f.NewSheet("Secret")
		must(t, err, f.SetSheetVisible("Secret", false))
		must(t, f.SetSheetRow("Loads", "A1", &[]any{"Report of loads"}))
		must(t, f.SetSheetRow("Loads", "A3", &[]any{"Load #", "PU City", "PU State", "PU Zip", "PU Appt", "Del City", "Del State", "Del Date", "Del Time", "Weight", "Hazmat"}))
		must(t, f.SetSheetRow("Loads", "A4", &[]any{104233000123.0, "Dallas", "TX", 7030, time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC), "Memphis", "TN", 46350, 0.604166666666667, 38000.1 + 0.2, true}))
		zip5, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr("00000")})
		must(t, err, f.SetCellStyle("Loads", "D4", "D4", zip5))
		day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err, f.SetCellStyle("Loads", "H4", "H4", day))
		clock, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr(`h:mm AM/PM;@`)})
		must(t, err, f.SetCellStyle("Loads", "I4", "I4", clock))
	})
	b := openBytes(t, "report.xlsx", data)
	if b.Sheet != "Loads" || b.HeaderRow != 3 {
		t.Fatalf("sheet %q, header in row %d", b.Sheet, b.HeaderRow)
	}
	g, err := GuessProfile(b, received)
	must(t, err)
	if !g.Usable {
		t.Fatalf("missing %v", g.Missing)
	}
	got := words(readAll(t, b, &g.Profile, Options{}))
	want := strings.TrimLeft(`
4 104233000123 tms/tms load flag = hazmat
4 104233000123 tms/tms stop 1 kind = pickup
4 104233000123 tms/tms stop 1 place = Dallas, TX
4 104233000123 tms/tms stop 1 appointment = 2026-11-23T08:30:00
4 104233000123 tms/tms stop 2 kind = delivery
4 104233000123 tms/tms stop 2 place = Memphis, TN
4 104233000123 tms/tms stop 2 appointment = 2026-11-24T14:30:00
4 104233000123 tms/tms stop 1 weight = 38000.3 LB
`, "\n")
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for _, rec := range readAll(t, b, &g.Profile, Options{}) {
		for _, c := range rec.Observations[0].Claims {
			if c.Fact == freight.FactPlace && c.Subject.Stop.Seq == 1 && c.Value.Place.Postal != "07030" {
				t.Errorf("postal %q", c.Value.Place.Postal)
			}
		}
	}
}

func ptr[T any](v T) *T { return &v }

func TestWorkbookMergedCells(t *testing.T) {
	data := workbookOf(t, func(f *excelize.File) {
		s := "Sheet1"
		must(t, f.SetSheetRow(s, "A1", &[]any{"Load", "Stop", "Kind", "City", "State", "Appt Start"}))
		must(t, f.SetSheetRow(s, "A2", &[]any{"L1", 1, "pickup", "Dallas", "TX", "2026-11-23 08:00"}))
		must(t, f.SetSheetRow(s, "A3", &[]any{nil, 2, "delivery", "Reno", "NV", "2026-11-24 08:00"}))
		must(t, f.MergeCell(s, "A2", "A3"))
		must(t, f.SetSheetRow(s, "A5", &[]any{"Total", 2}))
	})
	b := openBytes(t, "own.xlsx", data)
	if b.Kind() != freight.LoadsFile {
		t.Fatalf("kind %s", b.Kind())
	}
	records := readAll(t, b, nil, Options{})
	if len(records) != 2 || records[1].Observations[0].Names[0].Value != "L1" {
		t.Errorf("%+v", records)
	}
	if notes := strings.Join(b.ReadNotes(), " "); !strings.Contains(notes, "Row 5 was left out: totals") {
		t.Errorf("notes %q", notes)
	}
}

func TestWorkbookTwoLineHeader(t *testing.T) {
	data := workbookOf(t, func(f *excelize.File) {
		s := "Sheet1"
		must(t, f.SetSheetRow(s, "A1", &[]any{"Load", "Pickup", nil, nil, "Delivery"}))
		must(t, f.SetSheetRow(s, "A2", &[]any{nil, "City", "State", "Date", "City", "State", "Date"}))
		must(t, f.SetSheetRow(s, "A3", &[]any{"L1", "Dallas", "TX", time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), "Reno", "NV", time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)}))
		must(t, f.MergeCell(s, "A1", "A2"), f.MergeCell(s, "B1", "D1"), f.MergeCell(s, "E1", "G1"))
	})
	b := openBytes(t, "groups.xlsx", data)
	if got := strings.Join(b.Header, "|"); got != "Load|Pickup City|Pickup State|Pickup Date|Delivery City|Delivery State|Delivery Date" {
		t.Errorf("header %s", got)
	}
}

func TestWorkbook1904(t *testing.T) {
	data := workbookOf(t, func(f *excelize.File) {
		must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: ptr(true)}))
		must(t, f.SetSheetRow("Sheet1", "A1", &[]any{"load", "stop", "kind", "appt_start"}), f.SetSheetRow("Sheet1", "A2", &[]any{"L1", 1, "pickup", 44887.5}))
		style, err := f.NewStyle(&excelize.Style{NumFmt: 22})
		must(t, err, f.SetCellStyle("Sheet1", "D2", "D2", style))
	})
	got := words(readAll(t, openBytes(t, "mac.xlsx", data), nil, Options{}))
	if !strings.Contains(got, "appointment = 2026-11-23T12:00:00") {
		t.Error(got)
	}
}

func TestHostileWorkbooks(t *testing.T) {
	bomb := func(name, content string, times int) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for part, text := range map[string]string{
			"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
			"xl/workbook.xml":            `<workbook><sheets><sheet name="a" r:id="r1" xmlns:r="x"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		} {
			w, err := z.Create(part)
			must(t, err)
			_, err = io.WriteString(w, text)
			must(t, err)
		}
		w, err := z.Create(name)
		must(t, err)
		for range times {
			_, err = io.WriteString(w, content)
			must(t, err)
		}
		must(t, z.Close())
		return out.Bytes()
	}
	chunk := strings.Repeat("A", 1<<20)
	for name, data := range map[string][]byte{
		"endless shared string": bomb("xl/sharedStrings.xml", chunk, 64),
		"endless cell":          bomb("xl/worksheets/sheet1.xml", chunk, 64),
		"no rows":               bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>", 1),
		"cut off":               bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c><v>1</v>", 1),
		"not a workbook":        []byte("PK\x03\x04 nothing"),
	} {
		if _, err := Open("bomb.xlsx", bytes.NewReader(data), int64(len(data))); err == nil {
			t.Errorf("%s was opened", name)
		} else {
			t.Log(err)
		}
	}
}

func TestOtherProgramsFiles(t *testing.T) {
	for name, want := range map[string]string{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....": "old .xls", "": "empty"} {
		_, err := Open("x.xls", strings.NewReader(name), int64(len(name)))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v", err)
		}
	}
}

func BenchmarkReadWorkbook(b *testing.B) {
	const rows = 100_000
	data := workbookOf(b, func(f *excelize.File) {
		w, err := f.NewStreamWriter("Sheet1")
		must(b, err)
		must(b, w.SetRow("A1", []any{"load", "customer", "carrier", "stop", "kind", "city", "state", "appt_start", "appt_end", "weight_lb", "status"}))
		for i := range rows {
			must(b, w.SetRow(fmt.Sprintf("A%d", i+2), []any{100000 + i/2, "Acme Foods", "Swift Haul", 1 + i%2, "pickup", "Dallas", "TX", "2026-11-23 08:00", "2026-11-23 10:00", 38000, "In Transit"}))
		}
		must(b, w.Flush())
	})
	b.ReportAllocs()
	for b.Loop() {
		book := openBytes(b, "loads.xlsx", data)
		n := 0
		for _, err := range Read(book, nil, Options{}) {
			must(b, err)
			n++
		}
		if n != rows {
			b.Fatalf("%d rows", n)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
