package report

import (
	"os"
	"testing"
	"tracedesk/backend/report/pdf"
	"time"
)

func TestLook(t *testing.T) {
	for _, c := range []struct {
		name  string
		n     int
		paper pdf.Paper
	}{{"d12", 12, pdf.Letter}, {"d300", 300, pdf.Letter}, {"a4", 60, pdf.A4}, {"empty", 0, pdf.Letter}} {
		d, err := MakeDaily(busyDay(c.n))
		if err != nil {
			t.Fatal(err)
		}
		s := time.Now()
		b, err := DailyPDF(d, PDFOptions{Paper: c.paper})
		if err != nil {
			t.Fatal(err)
		}
		t.Log(c.name, len(b), time.Since(s))
		os.WriteFile("/tmp/look/"+c.name+".pdf", b, 0o644)
	}
}
