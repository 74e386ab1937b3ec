package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracedesk/backend/report/pdf"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The golden report is a day of 40 loads. Look at testdata/daily.pdf after an update: it is what a customer gets.
func TestGoldenDaily(t *testing.T) {
	d, err := MakeDaily(busyDay(40))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "daily.json", []byte(asJSON(t, d)+"\n"))
	golden(t, "daily.pdf", paper(t, d, PDFOptions{Author: "North Desk"}))
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is no longer what it was (%d bytes, was %d); if that is meant (also by a new Go release, whose compression may differ), run with -update and look at it", path, len(got), len(want))
	}
}

func paper(t *testing.T, d Daily, opt PDFOptions) []byte {
	t.Helper()
	b, err := DailyPDF(d, opt)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSameInputsSameBytes(t *testing.T) {
	for _, n := range []int{0, 1, 40} {
		first, err := MakeDaily(busyDay(n))
		if err != nil {
			t.Fatal(err)
		}
		in := busyDay(n)
		for i, j := 0, len(in.Loads)-1; i < j; i, j = i+1, j-1 {
			in.Loads[i], in.Loads[j] = in.Loads[j], in.Loads[i]
		}
		second, err := MakeDaily(in)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(paper(t, first, PDFOptions{Paper: pdf.A4}), paper(t, second, PDFOptions{Paper: pdf.A4})) {
			t.Errorf("%d loads: the bytes differ", n)
		}
	}
}

func TestAnyNameCanBePrinted(t *testing.T) {
	in := busyDay(3)
	for _, name := range []string{"", "🚚 Trucks", "\xff\xfe", strings.Repeat("Very Long Customer Name ", 40), strings.Repeat("W", 5000), "中文客户\nsecond line\x00"} {
		in.Customer = name
		for i := range in.Loads {
			in.Loads[i].Timeline.Number = name
			in.Loads[i].Attention.Why = name
		}
		d, err := MakeDaily(in)
		if err != nil {
			t.Fatal(err)
		}
		paper(t, d, PDFOptions{})
	}
}

func BenchmarkDaily300(b *testing.B) {
	in := busyDay(300)
	for b.Loop() {
		d, err := MakeDaily(in)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := DailyPDF(d, PDFOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
