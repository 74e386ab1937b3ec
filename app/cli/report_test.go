package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReports: every kind of paper in every format, the same bytes when asked again, and what is refused.
func TestReports(t *testing.T) {
	d := newDesk(t)
	d.bring("l.csv", loadsHead+delivered("L1001", "BOL:BOL-4455")+delivered("L1002", "BOL:7788"), 0)
	d.ask("docs", "add", d.file("POD_L1001.pdf", page("PROOF OF DELIVERY", "Bill of Lading No: BOL-4455"), 0), "--at", at(0))
	write := func(name string, args ...string) []byte {
		t.Helper()
		out := filepath.Join(d.files, name)
		d.ask(append([]string{"report"}, append(args, "--out", out, "--at", at(0))...)...)
		body, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	for _, kind := range [][]string{{"daily", "--customer", "acme", "--date", "2026-03-18"}, {"weekly", "--customer", "Acme", "--week", "2026-W12"}, {"scorecard", "--carrier", "blue line", "--from", "2026-03-16", "--to", "2026-03-22"},
		{"performance", "--from", "2026-03-16", "--to", "2026-03-22"}, {"handover"}, {"packet", "--load", "L1001"}, {"dispute", "--load", "BOL:7788"}, {"dispute", "--load", "L1002", "--about", "detention", "--stop", "1", "--paper", "a4"}} {
		for ext, begins := range map[string]string{".pdf": "%PDF", ".xlsx": "PK", ".csv": ""} {
			body := write(kind[0]+ext, kind...)
			if len(body) < 10 || !strings.HasPrefix(string(body), begins) {
				t.Errorf("%v%s is %.20q", kind, ext, body)
			}
			if again := write(kind[0]+"2"+ext, kind...); !bytes.Equal(body, again) {
				t.Errorf("%v%s is another one when asked again", kind, ext)
			}
		}
	}
	stops := string(write("stops.csv", "weekly", "--customer", "Acme", "--week", "2026-W12", "--list", "stops"))
	if strings.Count(stops, "\r\n") != 5 || !strings.Contains(stops, "L1002,2,delivery,Acme,Blue Line") {
		t.Errorf("%q", stops)
	}
	outline := d.ask("report", "weekly", "--customer", "Acme", "--week", "2026-W12", "--at", at(0))
	d.want("loads", pick(outline, "figures", 0, "value"), "2")
	d.ask("report", "look", "--customer", "Acme", "--ink", "#0B57C2", "--paper", "a4")
	if body := write("blue.pdf", "weekly", "--customer", "Acme", "--week", "2026-W12"); !bytes.Contains(body, []byte("595.28")) {
		t.Error("the customer's paper is not used")
	}
}

func TestReportRefusals(t *testing.T) {
	d := newDesk(t)
	d.bring("l.csv", loadsHead+delivered("L1001", "BOL:BOL-4455"), 0)
	for _, c := range []struct {
		code int
		args []string
	}{
		{wrongUse, []string{"monthly"}}, {wrongUse, []string{"daily"}}, {wrongUse, []string{"scorecard"}}, {wrongUse, []string{"packet"}},
		{wrongUse, []string{"weekly", "--out", "w.doc"}}, {wrongUse, []string{"performance", "--from", "soon"}},
		{couldNot, []string{"weekly", "--customer", "Acme", "--week", "2026-W60"}}, {couldNot, []string{"weekly", "--customer", "Nobody"}}, {couldNot, []string{"packet", "--load", "none"}},
		{couldNot, []string{"dispute", "--load", "L1001", "--about", "weather"}}, {couldNot, []string{"weekly", "--customer", "Acme", "--out", filepath.Join(d.files, "x.csv"), "--list", "none"}},
		{couldNot, []string{"look", "--ink", "blue"}}, {couldNot, []string{"look", "--paper", "a0"}}, {couldNot, []string{"look"}},
	} {
		var out, errs bytes.Buffer
		if code := Main(append([]string{"report", "--home", d.home}, c.args...), strings.NewReader(""), &out, &errs); code != c.code || errs.Len() == 0 {
			t.Errorf("%v: exit %d, %q", c.args, code, errs.String())
		}
	}
}
