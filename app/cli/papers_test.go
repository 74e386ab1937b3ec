package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// page is a PDF of one page with a text layer.
func page(lines ...string) string {
	var text strings.Builder
	text.WriteString("BT /F1 12 Tf 50 750 Td 14 TL ")
	for _, l := range lines {
		fmt.Fprintf(&text, "(%s) Tj T* ", l)
	}
	text.WriteString("ET")
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", text.Len(), text.String())}
	out := "%PDF-1.4\n"
	table := "0000000000 65535 f \n"
	for i, o := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", len(out))
		out += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	return out + fmt.Sprintf("xref\n0 %d\n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table, len(objects)+1, len(out))
}

// delivered is a trip that is done.
func delivered(number, refs string) string {
	return number + ",Acme,Blue Line,BLUL,1,pickup,DC 1,Dallas,TX,75201,US,2026-03-17 08:00,," + refs + ",Delivered,2026-03-17 07:50,2026-03-17 09:00,,20\n" +
		number + ",Acme,Blue Line,BLUL,2,delivery,Store 9,Denver,CO,80202,US,2026-03-18 05:00,," + refs + ",Delivered,2026-03-18 04:50,2026-03-18 05:30,,20\n"
}

// TestPapers: a paper finds its load, a person's word verifies it, and undo brings the load back; all at one instant of the clock.
func TestPapers(t *testing.T) {
	d := newDesk(t)
	d.bring("l.csv", loadsHead+delivered("L1001", "BOL:BOL-4455;PO:450012")+delivered("78123", "BOL:7788;PO:450012"), 0)
	add := func(name string, lines ...string) any {
		return pick(d.ask("docs", "add", d.file(name, page(lines...), 0), "--at", at(0)), "documents", 0)
	}
	state := func(ref string) string { return fmt.Sprint(pick(d.ask("load", ref, "--at", at(0)), "state")) }

	paper := add("scan001.pdf", "PROOF OF DELIVERY", "Bill of Lading No: BOL-4455")
	d.want("load", pick(paper, "load"), "L1001")
	d.want("kind", pick(paper, "kind"), "pod")
	d.want("again", pick(add("copy.pdf", "PROOF OF DELIVERY", "Bill of Lading No: BOL-4455"), "known"), true)
	d.want("received", state("L1001"), "papersIn")
	verdict := d.ask("docs", "verify", pick(paper, "hash").(string)[:12], "--kind", "pod", "--at", at(0))
	d.want("verified", state("L1001"), "verified")
	d.want("off the board", len(pick(d.ask("board", "--at", at(0)), "rows").([]any)), 1)
	d.ask("undo", verdict["observation"].(string), "--at", at(0))
	d.want("undone", state("L1001"), "papersIn")

	named := add("POD_78123.pdf", "nothing to see")
	d.want("no proof: a person files it", pick(named, "load"), "")
	d.want("its name tells where", pick(named, "candidates", 0, "load"), "78123")
	d.want("a camera's number is nobody's", pick(add("IMG_7788.pdf", "nothing at all"), "load"), "")
	both := add("two.pdf", "DELIVERY RECEIPT", "PO Number: 450012")
	d.want("ambiguous", pick(both, "load"), "")
	d.want("candidates", len(pick(both, "candidates").([]any)), 2)
	d.want("sound", d.ask("doctor")["sound"], true)

	queue := d.ask("docs", "queue", "--at", at(0))
	d.want("in all", pick(queue, "total"), 4)
	d.want("found by a word on it", pick(d.ask("docs", "queue", "--words", "lading", "--at", at(0)), "total"), 1)
	d.want("its load is found by that word", pick(d.ask("search", "lading", "--at", at(0)), "hits", 0, "load"), "L1001")
	out := filepath.Join(d.files, "out")
	export := d.ask("docs", "export", out, "--state", "any", "--at", at(0))
	d.want("exported", pick(export, "files", 0, "name"), "L1001_POD_2026-03-18.pdf")
	packet := filepath.Join(d.files, "packet.pdf")
	d.ask("docs", "packet", "L1001", "--out", packet, "--at", at(0))
	body, err := os.ReadFile(packet)
	if err != nil || !bytes.HasPrefix(body, []byte("%PDF")) {
		t.Errorf("the packet is %.20q, %v", body, err)
	}
	found := pick(d.ask("docs", "read", packet), "files", 0, "documents", 0, "fields", "bol", 0, "value")
	d.want("its words are there to be found", found, "BOL-4455")
}

// TestDailyReport: the report counts what the board shows, and is the same bytes for the same inputs.
func TestDailyReport(t *testing.T) {
	d := newDesk(t)
	d.bring("l.csv", loadsHead+delivered("R1", "BOL:1")+trip("R2", "BOL:2", "2026-03-18 06:00", "2026-03-19 08:00,"), 0)
	outline := d.ask("report", "daily", "--customer", "ACME", "--date", "2026-03-18", "--at", at(60))
	d.want("customer", outline["customer"], "Acme")
	counts := map[string]any{}
	for _, s := range outline["sections"].([]any) {
		counts[pick(s, "title").(string)] = pick(s, "count")
	}
	d.want("delivered", counts["Delivered"], 1)
	d.want("exceptions", counts["Exceptions"], 1)
	var pages [2][]byte
	for i := range pages {
		out := filepath.Join(d.files, fmt.Sprint(i, ".pdf"))
		d.ask("report", "daily", "--customer", "Acme", "--date", "2026-03-18", "--at", at(60), "--out", out)
		var err error
		if pages[i], err = os.ReadFile(out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.HasPrefix(pages[0], []byte("%PDF")) || !bytes.Equal(pages[0], pages[1]) {
		t.Error("the page differs from one time to the next")
	}
}
