package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAPartnersOwnCode: a status that nobody knows is kept; its meaning is given once, the files are read anew, and the fact is
// there; given another meaning, the first one is gone; given back, it is there again.
func TestAPartnersOwnCode(t *testing.T) {
	d := newDesk(t)
	d.bring("plan.edi", interchange("204", "SM", "000000001", tender("00", "0800", "1200")), 0)
	d.bring("status.edi", interchange("214", "QM", "000000011", status("ZX", "20260318", "0555", "Dallas", "TX", "CT")), 10)
	first := pick(d.ask("edi", "unknown"), "unknown").([]any)
	if len(first) != 1 {
		t.Fatalf("%d unknown codes", len(first))
	}
	d.want("unknown", pick(first[0], "code"), "ZX")
	d.want("of partner", pick(first[0], "partner"), "BLUL")
	d.want("not yet", pick(d.ask("load", "SHIP100", "--at", at(11)), "stops", 0, "arrived"), nil)

	d.want("changed", pick(d.ask("edi", "map", "BLUL", "1650", "ZX", "X3", "--at", at(20)), "changed"), 1)
	d.want("arrived", pick(d.ask("load", "SHIP100", "--at", at(21)), "stops", 0, "arrived", "at"), "2026-03-18T05:55:00-05:00")
	d.want("no longer unknown", len(pick(d.ask("edi", "unknown"), "unknown").([]any)), 0)
	d.want("the next file", pick(d.bring("more.edi", interchange("214", "QM", "000000012", status("ZX", "20260318", "0600", "Dallas", "TX", "CT")), 22), "files", 0, "observations"), 1)

	d.ask("edi", "map", "BLUL", "1650", "ZX", "CP", "--at", at(30))
	load := d.ask("load", "SHIP100", "--at", at(31))
	d.want("arrived no more", pick(load, "stops", 0, "arrived"), nil)
	d.ask("edi", "map", "BLUL", "1650", "ZX", "X3", "--at", at(40))
	if pick(d.ask("load", "SHIP100", "--at", at(41)), "stops", 0, "arrived") == nil {
		t.Error("given back, the arrival is not there again")
	}
	d.want("as known before", pick(d.ask("load", "SHIP100", "--at", at(15)), "stops", 0, "arrived"), nil)
}

// TestWrittenX12: what the desk writes for a load reads back, and is acknowledged as good.
func TestWrittenX12(t *testing.T) {
	d := newDesk(t)
	d.bring("plan.edi", interchange("204", "SM", "000000001", tender("00", "0800", "1200")), 0)
	d.bring("status.edi", interchange("214", "QM", "000000011", status("X3", "20260318", "0555", "Dallas", "TX", "CT"), status("AF", "20260318", "0640", "Dallas", "TX", "CT")), 10)
	dir := t.TempDir()
	for _, row := range []struct {
		name string
		args []string
		want []string
	}{
		{"990", []string{"edi", "write", "990", "SHIP100", "decline", "--reason", "EQU", "--to", "ACME"}, []string{"GS*GF*TRACEDESK*ACME*", "B1*BLUL*SHIP100*20260318*D**EQU~", "N9*BM*BOL500~"}},
		{"214", []string{"edi", "write", "214", "SHIP100", "--to", "ACME"}, []string{"GS*QM*", "B10*PRO900*SHIP100*BLUL~", "AT7*X3*NS***20260318*0555*CT~", "AT7*AF*NS***20260318*0640*CT~"}},
		{"997", []string{"edi", "write", "997", filepath.Join(dir, "214.edi")}, []string{"GS*FA*ACME*TRACEDESK*", "AK2*214*0001~AK5*A~AK9*A*1*1*1~"}},
		{"999", []string{"edi", "write", "999", filepath.Join(dir, "990.edi")}, []string{"AK2*990*0001~IK5*A~AK9*A*1*1*1~"}},
		{"TA1", []string{"edi", "write", "TA1", filepath.Join(dir, "214.edi")}, []string{"*A*000~IEA*0*"}},
	} {
		file := filepath.Join(dir, row.name+".edi")
		d.ask(append(row.args, "--out", file, "--at", at(20))...)
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range row.want {
			if !strings.Contains(string(body), want) {
				t.Errorf("%s: %q is not in %s", row.name, want, body)
			}
		}
		for _, s := range pick(d.ask("explain", file), "segments").([]any) {
			if faults := pick(s, "faults").([]any); len(faults) > 0 || pick(s, "name") == "" {
				t.Errorf("%s: %v of %v", row.name, faults, pick(s, "raw"))
			}
		}
	}
}
