package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEPCISFileToBoard: events of an EPCIS document reach their load by the bill of lading; an error declaration takes one back; what is
// known of the load is written as EPCIS and is read again as the same facts.
func TestEPCISFileToBoard(t *testing.T) {
	d := newDesk(t)
	d.bring("plan.edi", interchange("204", "SM", "000000001", tender("00", "0800", "1200")), 0)
	event := `{"type":"ObjectEvent","eventTime":"2026-03-18T05:55:00-05:00","eventTimeZoneOffset":"-05:00","epcList":["urn:epc:id:sscc:4012345.1112223334"],"action":"OBSERVE","bizStep":"shipping",
"disposition":"in_transit","bizTransactionList":[{"type":"bol","bizTransaction":"urn:epcglobal:cbv:bt:4012345000009:BOL500"}]%}`
	document := func(events ...string) string {
		return `{"@context":"https://ref.gs1.org/standards/epcis/epcis-context.jsonld","type":"EPCISDocument","schemaVersion":"2.0","epcisBody":{"eventList":[` + strings.Join(events, ",") + `]}}`
	}
	plain := strings.Replace(event, "%", "", 1)
	got := d.bring("events.json", document(plain, strings.NewReplacer("shipping", "receiving", "2026-03-18T05:55:00-05:00", "soon").Replace(plain)), 10)
	d.want("kind", pick(got, "files", 0, "kind"), "epcis")
	d.want("quarantined", len(pick(got, "files", 0, "quarantined").([]any)), 1)
	d.want("departed", pick(d.ask("load", "SHIP100", "--at", at(11)), "stops", 0, "departed", "at"), "2026-03-18T05:55:00-05:00")

	to := filepath.Join(t.TempDir(), "history.json")
	d.ask("edi", "write", "epcis", "--load", "SHIP100", "--out", to, "--at", at(20))
	text, err := os.ReadFile(to)
	if err != nil || !strings.Contains(string(text), `"bizStep":"departing"`) || !strings.Contains(string(text), `"eventTime":"2026-03-18T05:55:00-05:00"`) {
		t.Fatalf("%v\n%s", err, text)
	}
	d.bring("back.json", string(text), 30)
	d.want("still departed", pick(d.ask("load", "SHIP100", "--at", at(31)), "stops", 0, "departed", "at"), "2026-03-18T05:55:00-05:00")

	other := newDesk(t)
	other.bring("plan.edi", interchange("204", "SM", "000000001", tender("00", "0800", "1200")), 0)
	other.bring("events.json", document(plain), 10)
	other.bring("wrong.json", document(strings.Replace(event, "%", `,"errorDeclaration":{"declarationTime":"2026-03-18T12:00:00Z","reason":"did_not_occur"}`, 1)), 20)
	other.want("taken back", pick(other.ask("load", "SHIP100", "--at", at(21)), "stops", 0, "departed"), nil)
}
