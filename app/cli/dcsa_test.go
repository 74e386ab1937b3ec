package cli

import (
	"strings"
	"testing"
)

// TestDCSAFileToBoard: a container's events reach its load by the booking number; an expected arrival is an ETA until the actual one comes; an
// event that cannot be dated is in quarantine and the rest is read.
func TestDCSAFileToBoard(t *testing.T) {
	d := newDesk(t)
	d.bring("plan.edi", "UNB+UNOC:3+SHIPPER+DESK+260317:0900+77'\nUNH+1+IFTMIN:D:96A:UN'\nBGM+610+SEA77+9'\nRFF+BN:BKG900'\nNAD+CZ+++Acme+Dock 1+Dallas+TX+75201+US'\n"+
		"NAD+CN+++Store 9+Pier 4+Long Beach+CA+90802+US'\nUNT+6+1'\nUNZ+1+77'\n", 0)
	event := `{"eventID":"e1","eventCreatedDateTime":"2026-03-18T12:00:00Z","eventType":"TRANSPORT","eventClassifierCode":"EST","eventDateTime":"2026-03-19T08:00:00-07:00",
"transportEventTypeCode":"ARRI","transportCall":{"UNLocationCode":"USLGB","facilityTypeCode":"POTE"},"documentReferences":[{"documentReferenceType":"BKG","documentReferenceValue":"BKG900"}]}`
	actual := strings.NewReplacer("e1", "e2", `"EST"`, `"ACT"`, "08:00:00", "09:30:00", "2026-03-18T12", "2026-03-19T17").Replace(event)
	bad := strings.NewReplacer("e1", "e3", "2026-03-19T08:00:00-07:00", "19 March").Replace(event)
	d.want("kind", pick(d.bring("est.json", "["+event+"]", 10), "files", 0, "kind"), "dcsa")
	d.want("eta", pick(d.ask("load", "SEA77", "--at", at(11)), "stops", 1, "eta", "at"), "2026-03-19T08:00:00-07:00")
	got := d.bring("act.json", "["+bad+","+actual+"]", 1600)
	d.want("quarantined", len(pick(got, "files", 0, "quarantined").([]any)), 1)
	item := pick(d.ask("quarantine", "--at", at(1601)), "items", 0)
	d.ask("quarantine", "fix", pick(item, "id").(string), strings.Replace(pick(item, "text").(string), "19 March", "2026-03-19T08:10:00-07:00", 1), "--at", at(1602))
	d.want("arrived", pick(d.ask("load", "SEA77", "--at", at(1601)), "stops", 1, "arrived", "at"), "2026-03-19T09:30:00-07:00")
}

// TestContainerKnownToItsCarrierOnly: the events of one container that no load of the desk bears make one load, not one and a quarantine.
func TestContainerKnownToItsCarrierOnly(t *testing.T) {
	d := newDesk(t)
	event := func(id, code, day string) string {
		return `{"eventID":"` + id + `","eventCreatedDateTime":"2026-03-` + day + `T12:00:00Z","eventType":"EQUIPMENT","eventClassifierCode":"ACT","eventDateTime":"2026-03-` + day +
			`T08:00:00Z","equipmentEventTypeCode":"` + code + `","equipmentReference":"APZU4812090"}`
	}
	got := d.bring("events.json", "["+event("a", "GTIN", "16")+","+event("b", "LOAD", "17")+"]", 10)
	d.want("quarantined", len(pick(got, "files", 0, "quarantined").([]any)), 0)
	d.want("again", len(pick(d.bring("more.json", "["+event("c", "DISC", "18")+"]", 20), "files", 0, "quarantined").([]any)), 0)
	d.want("load", pick(d.ask("load", "APZU4812090", "--at", at(21)), "load"), "APZU4812090")
}
