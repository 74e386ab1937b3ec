package cli

import (
	"fmt"
	"strings"
	"testing"
)

// interchange is an X12 file; each set is given by its segments, a line each.
func interchange(kind, group, control string, sets ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "ISA*00*          *00*          *ZZ*BLUL           *ZZ*BROKER         *260318*1200*U*00401*%s*0*P*>~\nGS*%s*BLUL*BROKER*20260318*1200*1*X*004010~\n", control, group)
	for i, s := range sets {
		segments := strings.Split(strings.TrimSpace(s), "\n")
		fmt.Fprintf(&b, "ST*%s*%04d~\n%s~\nSE*%d*%04d~\n", kind, i+1, strings.Join(segments, "~\n"), len(segments)+2, i+1)
	}
	fmt.Fprintf(&b, "GE*%d*1~\nIEA*1*%s~\n", len(sets), control)
	return b.String()
}

func tender(purpose, from, to string) string {
	return "B2**BLUL**SHIP100**PP\nB2A*" + purpose + "\nL11*BOL500*BM\nN1*BT*Acme\nS5*1*LD\nG62*37*20260318*I*0600*CT\nG62*38*20260318*K*0800*CT\nN1*SH*DC 1\nN4*Dallas*TX*75201*US\n" +
		"S5*2*UL\nG62*53*20260319*G*" + from + "*MT\nG62*54*20260319*L*" + to + "*MT\nN1*CN*Store 9\nN4*Denver*CO*80202*US"
}

func status(code, day, hour, city, state, zone string) string {
	return "B10*PRO900*SHIP100*BLUL\nL11*BOL500*BM\nLX*1\nAT7*" + code + "*NS***" + day + "*" + hour + "*" + zone + "\nMS1*" + city + "*" + state + "*US"
}

// TestTenderAndStatus: a tender, its change and its cancellation in one file come to the same every time, and again from a copy
// of the file; statuses in another envelope tell nothing new; what is broken does not keep the rest out.
func TestTenderAndStatus(t *testing.T) {
	d := newDesk(t)
	plan := interchange("204", "SM", "000000001", tender("00", "0800", "1200"), tender("04", "1300", "1500"))
	d.bring("plan.edi", plan, 0)
	d.want("copy of the file", pick(d.bring("copy.edi", plan, 10), "files", 0, "observations"), 0)
	load := d.ask("load", "BOL:BOL500", "--at", at(11))
	d.want("window", pick(load, "stops", 1, "window", "start"), "2026-03-19T13:00:00-06:00")
	d.want("original", pick(load, "stops", 1, "original", "start"), "2026-03-19T08:00:00-06:00")

	statuses := []string{status("X3", "20260318", "0555", "Dallas", "TX", "CT"), status("AF", "20260318", "0640", "Dallas", "TX", "CT")}
	first := d.bring("s1.edi", interchange("214", "QM", "000000011", statuses...), 20)
	d.want("numbers between files", pick(first, "files", 0, "notes", 0), "Between this file and those before it interchanges are missing: x12 BLUL to BROKER went on with 11 after 1.")
	d.want("another envelope", pick(d.bring("s2.edi", interchange("214", "QM", "000000012", statuses...), 30), "files", 0, "observations"), 0)
	d.want("arrived", pick(d.ask("load", "SHIP100", "--at", at(31)), "stops", 0, "arrived", "at"), "2026-03-18T05:55:00-05:00")

	broken := d.bring("s3.edi", strings.Replace(interchange("214", "QM", "000000013", "B10*PRO901", status("D1", "20269999", "0915", "Denver", "CO", "MT"),
		status("X1", "20260318", "0630", "Denver", "CO", "MT")), "GE*3", "GE*7", 1), 60)
	d.want("quarantined", len(pick(broken, "files", 0, "quarantined").([]any)), 2)
	d.want("rest", pick(d.ask("load", "SHIP100", "--at", at(61)), "stops", 1, "arrived", "at"), "2026-03-18T06:30:00-06:00")
	for _, item := range pick(d.ask("quarantine", "--at", at(61)), "items").([]any) {
		if text := pick(item, "text").(string); strings.HasPrefix(text, "AT7") {
			d.ask("quarantine", "fix", pick(item, "id").(string), strings.Replace(text, "20269999", "20260318", 1), "--at", at(90))
		}
	}
	d.want("corrected", pick(d.ask("load", "SHIP100", "--at", at(91)), "stops", 1, "delivered", "at"), "2026-03-18T09:15:00-06:00")

	d.bring("plan2.edi", strings.ReplaceAll(interchange("204", "SM", "000000002", tender("01", "1300", "1500")), "*20260318*1200*1*X", "*20260318*1500*1*X"), 100)
	d.want("cancelled", pick(d.ask("load", "SHIP100", "--at", at(101)), "state"), "cancelled")
}
