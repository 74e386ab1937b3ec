package x12

import (
	"strings"
	"testing"

	"tracedesk/backend/freight"
)

func set204(segments ...string) string {
	return setOf("204", "0001", append([]string{"B2**ABCD**LOAD1**PP"}, segments...)...)
}

// TestTenderClaims reads one tender a row: the segments behind B2, and the claims of the plan.
func TestTenderClaims(t *testing.T) {
	const header = "other = payment:prepaid by the seller note PP"
	for _, row := range []struct {
		name     string
		segments []string
		want     []string
	}{
		{"header", []string{"B2A*00*LT", "L11*B1*BM", "L11*9*QN", "L11*S1*SN", "G62*64*20260111*1*1700*CT", "MS3*ABCD*B**M", "NTE*OTH*CALL AHEAD",
			"N1*BT*ACME*93*77", "N3*1 Road", "N4*Reno*NV*89501", "G61*CN*Jo*TE*5551234", "N1*SH*OTHER", "N7*ABCD*5300*********RT****5300"}, []string{
			"reference = BOL:B1", "equipment = SEAL:S1",
			"other = date 64:2026-01-11T17:00:00 America/Chicago start 2026-01-11T17:00:00 America/Chicago note must respond by written 20260111 1700 CT",
			"mode = truck note M", "note = OTH:CALL AHEAD", "phone = main:5551234 note Jo CN",
			"equipment = TRAILER:5300 of ABCD note reefer", "equipment = KIND:reefer 53 ft note RT",
			"customer = ACME note 93 77", "other = N1 SH:OTHER place OTHER"}},
		{"stops and their work", []string{"S5*1*LD", "S5*2*PU", "S5*3*CU", "S5*4*TL", "S5*5*DT", "S5*6*??"}, []string{
			"kind [stop 1] = pickup note LD load", "kind [stop 2] = delivery note PU part unload", "kind [stop 3] = delivery note CU complete unload",
			"kind [stop 4] = relay note TL transload", "other [stop 5] = stop reason:DT note drop the trailer", "other [stop 6] = stop reason:?? note unknown code"}},
		{"a window of two dates", []string{"S5*1*CL", "G62*37*20260112*I*0800*CT", "G62*38*20260112*K*1400*CT"}, []string{
			"kind [stop 1] = pickup note CL complete load",
			"appointment [stop 1] = 2026-01-12T08:00:00 America/Chicago/2026-01-12T14:00:00 America/Chicago note ship not before written 20260112 0800 CT"}},
		{"one date twice, its times tell the bounds", []string{"S5*1*CL", "G62*10*20260112*K*1400", "G62*10*20260112*I*0800"}, []string{
			"kind [stop 1] = pickup note CL complete load",
			"appointment [stop 1] = 2026-01-12T08:00:00/2026-01-12T14:00:00 note pickup requested"}},
		{"two scheduled times in any order", []string{"S5*2*CU", "G62*70*20260113*X*1600", "G62*70*20260113*X*0900"}, []string{
			"kind [stop 2] = delivery note CU complete unload",
			"appointment [stop 2] = 2026-01-13T09:00:00/2026-01-13T16:00:00 appointment note scheduled delivery"}},
		{"granted over scheduled over asked for", []string{"S5*2*CU", "G62*53*20260113", "G62*54*20260114", "G62*78*20260113*3*1000", "G62*82*20260113*7*1100"}, []string{
			"kind [stop 2] = delivery note CU complete unload",
			"appointment [stop 2] = 2026-01-13T11:00:00 appointment note delivery appointment granted",
			"other [stop 2] = window scheduled:2026-01-13T10:00:00 start 2026-01-13T10:00:00 note delivery appointment scheduled",
			"other [stop 2] = window asked for:2026-01-13/2026-01-14 start 2026-01-13 note deliver not before"}},
		{"a deadline alone, and what happened", []string{"S5*2*CU", "G62*67*20260114", "G62*17*20260113*X*1200", "G62*35*20260113*9*1230"}, []string{
			"kind [stop 2] = delivery note CU complete unload",
			"eta [stop 2] = 2026-01-13T12:00:00", "delivered [stop 2] = @2026-01-13T12:30:00",
			"appointment [stop 2] = 2026-01-14 note deliver by"}},
		{"a bad date is a fault, the other stands", []string{"S5*1*CL", "G62*37*20261312*I*0800", "G62*38*20260112*K*1400"}, []string{
			"! G62-02: \"20261312\" is not a date",
			"kind [stop 1] = pickup note CL complete load", "appointment [stop 1] = 2026-01-12T14:00:00 note ship not later than"}},
		{"place, contact, other parties", []string{"S5*1*CL", "N1*SO*SELLER", "N1*SF*MILL*93*12", "N2*NORTH GATE", "N3*1 Road*Dock 4", "N4*Reno*NV*89501*US", "G61*SH*Jo*TE*5551234", "G61*SH*Al*TE*5559999", "G61*SH*Jo*EM*jo@example.com"}, []string{
			"kind [stop 1] = pickup note CL complete load",
			"phone [stop 1] = main:5551234 note Jo SH", "phone [stop 1] = main 2:5559999 note Al SH", "email [stop 1] = main:jo@example.com note Jo SH",
			"place [stop 1] = MILL NORTH GATE · Reno, NV | 1 Road, Dock 4 | 89501 | US | MILL NORTH GATE · Reno, NV note 93 12",
			"other [stop 1] = N1 SO:SELLER place SELLER"}},
		{"quantities of the stop", []string{"S5*1*CL*900*L*9*CTN", "AT8*G*K*1200.5*3*2", "PLD*4"}, []string{
			"kind [stop 1] = pickup note CL complete load",
			"weight [stop 1] = 1200.5 KG", "pieces [stop 1] = 5", "pallets [stop 1] = 4"}},
		{"quantities of S5 alone", []string{"S5*1*CL*900*L*9*PL"}, []string{
			"kind [stop 1] = pickup note CL complete load", "pallets [stop 1] = 9", "weight [stop 1] = 900 LB"}},
		{"orders on a stop", []string{"S5*1*CL", "OID*O1*PO1*X1*CTN*4*L*100", "L11*7*BM", "G62*68*20260114", "OID**PO2**CTN*6*L*50"}, []string{
			"kind [stop 1] = pickup note CL complete load",
			"reference [stop 1 O1] = ORDER:O1", "reference [stop 1 O1] = PO:PO1", "reference [stop 1 O1] = OTHER:X1 note OID-03",
			"pieces [stop 1 O1] = 4", "weight [stop 1 O1] = 100 LB", "reference [stop 1 O1] = BOL:7",
			"other [stop 1 O1] = date 68:2026-01-14 start 2026-01-14 note delivery requested",
			"reference [stop 1 PO2] = PO:PO2", "pieces [stop 1 PO2] = 6", "weight [stop 1 PO2] = 50 LB",
			"pieces [stop 1] = 10", "weight [stop 1] = 150 LB"}},
		{"stop numbers that are none", []string{"S5*0*CL", "S5*1*PL", "S5*1*CU", "S5*Z*CU"}, []string{
			"! S5-01: stop number \"0\"", "! S5-01: stop number \"1\"", "! S5-01: stop number \"1\"", "! S5-01: stop number \"Z\"",
			"kind [stop 1 id 0] = pickup note CL complete load", "kind [stop 2 id 1] = pickup note PL part load",
			"kind [stop 3 id 1] = delivery note CU complete unload", "kind [stop 4 id Z] = delivery note CU complete unload"}},
		{"dangerous goods and what has no word", []string{"LH6*JO", "S5*1*CL", "L5*1*PAINT", "LH1*PC*4*UN1263", "LH1*PC*4*UN1264", "AT5*HM", "XYZ*1"}, []string{
			"flag = hazmat", "other = LH6:LH6*JO", "kind [stop 1] = pickup note CL complete load",
			"other [stop 1] = commodity:PAINT note L5*1*PAINT", "other [stop 1] = LH1:LH1*PC*4*UN1263", "other [stop 1] = LH1 2:LH1*PC*4*UN1264",
			"other [stop 1] = AT5:AT5*HM", "other [stop 1] = XYZ:XYZ*1"}},
		{"totals", []string{"S5*1*CL", "L3*4000*G***5000******12*L"}, []string{
			"kind [stop 1] = pickup note CL complete load", "weight = 4000 LB", "pieces = 12", "other = L3:L3*4000*G***5000******12*L"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			rec := read(t, interchange("004010", set204(row.segments...)), Options{TMSAccount: "mercury"})[0]
			var got []string
			for _, f := range rec.Faults {
				got = append(got, "! "+f.Where[strings.LastIndex(f.Where, ", ")+2:]+": "+f.Reason)
			}
			plan := rec.Observations[0]
			if !plan.Snapshot || plan.SnapshotKey != planKey || plan.Source.String() != "tms/mercury" || showName(plan.Names[0]) != "LOAD LOAD1" {
				t.Errorf("plan %+v", plan)
			}
			for _, c := range plan.Claims {
				if s := showClaim(c); s != header && s != "scac = ABCD" {
					got = append(got, s)
				}
			}
			compareLines(t, got, row.want)
		})
	}
}

// TestTenderWord: what a purpose says of the tender; a cancellation says nothing of the plan.
func TestTenderWord(t *testing.T) {
	for _, row := range []struct {
		purpose string
		plan    bool
		want    []string
	}{
		{"00", true, []string{"tender = offered", "cancelled = none"}},
		{"04", true, []string{"tender = offered note change of an earlier tender", "cancelled = none"}},
		{"05", true, []string{"tender = offered note replaces an earlier tender", "cancelled = none"}},
		{"01", false, []string{"tender = cancelled", "cancelled = the tender was cancelled"}},
		{"22", true, []string{"status = 353:22 note unknown code"}},
	} {
		rec := read(t, interchange("004010", set204("B2A*"+row.purpose, "S5*1*CL", "S5*2*CU")), Options{})[0]
		word := rec.Observations[len(rec.Observations)-1]
		var got []string
		for _, c := range word.Claims {
			got = append(got, showClaim(c))
		}
		compareLines(t, got, row.want)
		if word.Snapshot != (row.purpose != "22") || (len(rec.Observations) == 2) != row.plan || word.Source != (freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}) {
			t.Errorf("purpose %s: %d observations from %s", row.purpose, len(rec.Observations), word.Source)
		}
	}
}

func TestTenderWithoutShipment(t *testing.T) {
	rec := read(t, interchange("004010", setOf("204", "0001", "B2**ABCD****PP", "S5*1*CL")), Options{})[0]
	if len(rec.Observations) != 0 || len(rec.Faults) != 1 || !strings.HasPrefix(string(rec.Faults[0].Raw), "ST*204") {
		t.Errorf("%+v", rec)
	}
}

// TestTenderTellsNothingTwice: within one plan no two claims may be confused, or a tender that is sent again unchanged
// would look changed.
func TestTenderTellsNothingTwice(t *testing.T) {
	rec := read(t, interchange("004010", set204("N7*A*1", "N7*A*2", "MS3*A*B**M", "MS3*B*1**R", "S5*1*CL", "AT8*G*L*1", "AT8*N*L*2", "G61*A*B*FX*1", "G61*A*B*FX*2", "N1*SH*A", "N1*BY*B", "N1*BY*C")), Options{})[0]
	seen := map[toldKey]bool{}
	for _, c := range rec.Observations[0].Claims {
		key := toldKey{c.Subject, c.Fact, c.Value.Type}
		if seen[key] {
			t.Errorf("told twice: %s", showClaim(c))
		}
		seen[key] = true
	}
}
