package cli

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"
)

// TestCompressedFiles: what is in a gzip or a ZIP is read as if it had come by itself; a copy tells nothing new.
func TestCompressedFiles(t *testing.T) {
	d := newDesk(t)
	plan := interchange("204", "SM", "000000001", tender("00", "0800", "1200"))
	statuses := interchange("214", "QM", "000000011", status("X3", "20260318", "0555", "Dallas", "TX", "CT"))

	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, m := range []struct{ name, text string }{{"in/plan.edi", plan}, {"in/status.edi", statuses}, {"in/other.bin", "\x00\x01\x02\xff nothing"}} {
		w, err := z.Create(m.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(m.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	out := d.bring("day.zip", packed.String(), 0)
	files := pick(out, "files").([]any)
	if len(files) != 3 {
		t.Fatalf("%d files in it", len(files))
	}
	d.want("kind", pick(files[0], "kind"), "x12.204")
	d.want("kind", pick(files[1], "kind"), "x12.214")
	d.want("kept", len(pick(files[2], "quarantined").([]any)), 1)
	d.want("arrived", pick(d.ask("load", "SHIP100", "--at", at(1)), "stops", 0, "arrived", "at"), "2026-03-18T05:55:00-05:00")

	packed.Reset()
	g := gzip.NewWriter(&packed)
	if _, err := g.Write([]byte(statuses)); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	d.want("the same again", pick(d.bring("status.edi.gz", packed.String(), 5), "files", 0, "duplicates"), 1)
}

// TestTextIsNoPaper: a list that nobody reads is told as what it is, with what to do about it, and kept; it is no paper.
func TestTextIsNoPaper(t *testing.T) {
	d := newDesk(t)
	for name, c := range map[string]struct{ text, want string }{
		"loads.json": {`[{"Load": "SHIP100", "Consignee": "Store 9"}]`, "this is JSON, but neither DCSA nor EPCIS, and no paper: save what it lists as CSV or XLSX and import that"},
		"note.txt":   {"the driver called\nhe is late\n", "this is plain text, neither a table nor a message that is known, and no paper"},
	} {
		file := pick(d.bring(name, c.text, 0), "files", 0)
		d.want(name+" is", pick(file, "kind"), "unknown")
		if reason := pick(file, "quarantined", 0, "reason"); !strings.HasPrefix(fmt.Sprint(reason), c.want) {
			t.Errorf("%s: %v", name, reason)
		}
		for _, waits := range d.ask("quarantine", "--at", at(1))["items"].([]any) {
			if pick(waits, "where") == name {
				d.want(name+" begins", pick(waits, "text"), c.text)
				d.want(name+" may be assigned", pick(waits, "assignable"), false)
			}
		}
	}
}
