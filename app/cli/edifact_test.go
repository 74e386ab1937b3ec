package cli

import (
	"strings"
	"testing"
)

// TestEdifactFileToBoard: an instruction opens the load with its windows; a status message in another character set and with
// separators of its own reaches it by its bill of lading; a time that does not exist is in quarantine and the rest is read.
func TestEdifactFileToBoard(t *testing.T) {
	d := newDesk(t)
	instruction := "UNB+UNOC:3+SHIPPER+DESK+260317:0900+77'\nUNH+1+IFTMIN:D:96A:UN'\nBGM+610+TRIP77+9'\nRFF+BM:BOL77'\nNAD+CZ+++Acme+Dock 1+Dallas+TX+75201+US'\n" +
		"NAD+CN+++Store 9+Gate 2+Denver+CO+80202+US'\nDTM+64:202603190800:203'\nDTM+63:202603191200:203'\nUNT+8+1'\nUNZ+1+77'\n"
	d.want("kind", pick(d.bring("plan.edi", instruction, 0), "files", 0, "kind"), "edifact.iftmin")
	d.want("window", pick(d.ask("load", "TRIP77", "--at", at(1)), "stops", 1, "window", "end"), "2026-03-19T12:00:00-06:00")

	status := "UNA=|,! ~\nUNB|UNOC=3|CARRIER1|DESK|260318=1200|5~\nUNH|9|IFTSTA=D=96A=UN~\nBGM|77|R5|9~\nCNI|1|C500~\nSTS|1|13~\nRFF|BM=BOL77~\nDTM|334=202603180555=203~\nLOC|175|=== Dallas~\n" +
		"FTX|AAI|||don!~t wait~\nSTS|1|21~\nRFF|BM=BOL77~\nDTM|334=202602300915=203~\nUNT|12|9~\nUNZ|1|5~\n"
	got := d.bring("status.edi", status, 10)
	d.want("quarantined", len(pick(got, "files", 0, "quarantined").([]any)), 1)
	load := d.ask("load", "TRIP77", "--at", at(11))
	d.want("collected", pick(load, "stops", 0, "pickedUp", "at"), "2026-03-18T05:55:00-05:00")
	item := pick(d.ask("quarantine", "--at", at(12)), "items", 0)
	d.ask("quarantine", "fix", pick(item, "id").(string), strings.Replace(pick(item, "text").(string), "20260230", "20260319", 1), "--at", at(2000))
	d.want("corrected", pick(d.ask("load", "TRIP77", "--at", at(2001)), "stops", 1, "delivered", "at"), "2026-03-19T09:15:00-06:00")
}

// TestEdifactExplainedAndAnswered: a file and a pasted segment are explained; a CONTRL names what could not be read.
func TestEdifactExplainedAndAnswered(t *testing.T) {
	d := newDesk(t)
	status := "UNB+UNOC:3+CARRIER1+DESK+260318:1200+5'UNH+9+IFTSTA:D:96A:UN'BGM+77+R5+9'CNI+1+C500'STS+1+21'DTM+334:202602300915:203'UNT+6+9'UNZ+1+5'"
	path := d.file("status.edi", status, 0)
	told := d.ask("explain", path)
	d.want("event", pick(told, "segments", 4, "elements", 1, "meaning"), "delivered")
	if fault := pick(told, "segments", 5, "elements", 1, "fault").(string); fault == "" {
		t.Error("the date that does not exist is not named")
	}
	answer := pick(d.ask("edi", "write", "contrl", path, "--at", at(1)), "text").(string)
	if want := "UCM+9+IFTSTA:D:96A:UN+4'\nUCS+5'\nUCD+12+2:2'\n"; !strings.Contains(answer, want) {
		t.Errorf("%s\nshould hold\n%s", answer, want)
	}
	event := d.file("event.json", `{"eventID":"e1","eventCreatedDateTime":"2026-03-18T12:00:00Z","eventType":"TRANSPORT","eventClassifierCode":"EST","eventDateTime":"2026-03-19T08:00:00-07:00","transportEventTypeCode":"ARRI"}`, 0)
	d.want("DCSA", pick(d.ask("explain", event), "segments", 0, "name"), "arrived")
}

// TestEdifactPartnersCode: an unknown code is listed; given a meaning, the file is read anew by it.
func TestEdifactPartnersCode(t *testing.T) {
	d := newDesk(t)
	d.bring("plan.edi", "UNB+UNOC:3+SHIPPER+DESK+260317:0900+77'UNH+1+IFTMIN:D:96A:UN'BGM+610+TRIP77+9'RFF+BM:BOL77'NAD+CZ+++Acme+Dock 1+Dallas+TX+75201+US'NAD+CN+++Store 9+Gate 2+Denver+CO+80202+US'UNT+6+1'UNZ+1+77'", 0)
	d.bring("status.edi", "UNB+UNOC:3+CARRIER1+DESK+260318:1200+5'UNH+9+IFTSTA:D:00B:UN'BGM+77+R5+9'CNI+1+C500'STS+1+P::HS:gone'RFF+BM:BOL77'DTM+334:202603180555:203'UNT+7+9'UNZ+1+5'", 10)
	d.want("code", pick(d.ask("edi", "unknown", "--at", at(11)), "unknown", 0, "code"), "P::HS")
	d.ask("edi", "map", "CARRIER1", "9011", "P::HS", "13", "--at", at(12))
	d.want("collected", pick(d.ask("load", "TRIP77", "--at", at(13)), "stops", 0, "pickedUp", "at"), "2026-03-18T05:55:00-05:00")
	d.want("none left", len(pick(d.ask("edi", "unknown", "--at", at(14)), "unknown").([]any)), 0)
}
