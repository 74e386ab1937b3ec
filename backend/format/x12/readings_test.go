package x12

import (
	"strings"
	"testing"

	"tracedesk/backend/freight"
)

// TestReadings: what the lesser sets become, each claim in one line.
func TestReadings(t *testing.T) {
	for _, row := range []struct {
		name, set, kind string
		segments        []string
		names, want     []string // of the first shipment, and claims that are among its claims
		shipments       int
	}{
		{"invoice", "210", "carrier/ABCD", []string{"B3**INV7*L1*PP**20260320*65940**20260319*035*ABCD", "N9*BM*BOL1", "G62*86*20260318*8*0640*CT", "N1*CN*STORE 9", "N4*DENVER*CO*80202*US", "L3*7889*G***65940******3*L"},
			[]string{"LOAD L1", "BOL BOL1"}, []string{"delivered [delivery] = @2026-03-19", "other = invoice:INV7", "weight = 7889 LB", "pieces = 3",
				"place [delivery DENVER, CO] = STORE 9 · DENVER, CO | 80202 | US | STORE 9 · DENVER, CO"}, 1},
		{"bill of lading", "211", "customer/SNDR", []string{"BOL*ABCD*PP*L1*20260318*0700*BOL1", "L11*PO1*PO", "N1*SH*DC 1", "N4*DALLAS*TX*75201", "AT8*G*L*4200*7"},
			[]string{"LOAD L1", "BOL BOL1", "PO PO1"}, []string{"scac = ABCD", "weight = 4200 LB"}, 1},
		{"trailer manifest", "212", "carrier/ABCD", []string{"ATA*ABCD*M77*20260318", "MS2*ABCD*5301*TL", "LX*1", "L11*BOL1*BM", "L11*PO1*PO", "LX*2", "L11*BOL2*BM"},
			[]string{"BOL BOL1", "PO PO1"}, []string{"other = manifest:M77", "equipment = TRAILER:5301 of ABCD note trailer"}, 2},
		{"status inquiry", "213", "customer/SNDR", []string{"B11*2*ABCD", "L11*P100*CN", "L11*L1*SI"}, []string{"PRO P100", "OTHER L1 note SI"}, []string{"other = status asked for:ABCD"}, 1},
		{"request for routing", "753", "customer/SNDR", []string{"BGN*00*R1*20260318", "OID*O1*PO1**CTN*12*L*400", "OID*O2*PO2"}, []string{"ORDER O1", "PO PO1"},
			[]string{"other = routing asked for:R1", "pieces = 12", "weight = 400 LB"}, 2},
		{"routing instructions", "754", "customer/SNDR", []string{"BGN*00*R1*20260318", "TD5**2*ABCD**DIRECT", "OID*O1*PO1"}, []string{"ORDER O1", "PO PO1"}, []string{"scac = ABCD", "note = DIRECT"}, 1},
		{"remittance", "820", "customer/SNDR", []string{"BPR*C*100*C*ACH************20260401", "TRN*1*T9", "RMR*CN*P100**100", "RMR*IV*X1**5"}, []string{"PRO P100"},
			[]string{"other = date paid:2026-04-01 start 2026-04-01", "other = payment trace:T9", "other = amount paid:100"}, 2},
		{"ship notice", "856", "customer/SNDR", []string{"BSN*00*ASN1*20260318*0700*0001", "HL*1**S", "TD1*CTN*12****G*400*LB", "TD5*B*2*ABCD", "TD3*TL*ABCD*5301", "REF*BM*BOL1", "DTM*011*20260318", "DTM*017*20260320", "N1*ST*STORE 9", "N4*DENVER*CO*80202", "HL*2*1*O", "PRF*PO1", "HL*3*2*P", "MAN*GM*003456789012345678"},
			[]string{"OTHER ASN1 note BSN", "BOL BOL1", "PO PO1", "OTHER 003456789012345678 note MAN GM"},
			[]string{"eta [delivery] = 2026-03-20", "weight = 400 LB", "pieces = 12", "equipment = TRAILER:5301 of ABCD note trailer"}, 1},
		{"accepted", "990", "carrier/ABCD", []string{"B1*ABCD*L1*20260318*A"}, []string{"LOAD L1"}, []string{"tender = accepted", "status = 558:A note accepted"}, 1},
		{"declined by the standard", "990", "carrier/ABCD", []string{"B1*ABCD*L1*20260318*E**EQU"}, []string{"LOAD L1"}, []string{"tender = declined note declined EQU"}, 1},
		{"an answer that is neither", "990", "carrier/ABCD", []string{"B1*ABCD*L1*20260318*Q"}, []string{"LOAD L1"}, []string{"status = 558:Q note unknown code"}, 1},
		{"package status", "240", "carrier/SNDR", []string{"BGN*00*R1*20260318", "N9*BM*BOL1", "LX*1", "MAN*CP*1Z9", "AT7*D1*NS***20260318*0915*MT"}, []string{"BOL BOL1"}, []string{"delivered [delivery] = @2026-03-18T09:15:00 America/Denver written 20260318 0915 MT"}, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got []freight.Observation
			for rec, err := range Read(strings.NewReader(isa+gs+setOf1(row.set, row.segments...)+"GE*1*1~IEA*1*000000905~"), Options{}) {
				if err != nil || len(rec.Faults) > 0 {
					t.Fatal(rec.Faults, err)
				}
				got = append(got, rec.Observations...)
			}
			if len(got) != row.shipments {
				t.Fatalf("%d shipments, want %d", len(got), row.shipments)
			}
			o := showObservation(got[0])
			if o.Source != row.kind {
				t.Errorf("told by %s, want %s", o.Source, row.kind)
			}
			for i, want := range row.names {
				if i >= len(o.Names) || !strings.HasPrefix(o.Names[i], want) {
					t.Errorf("names %q, want %q", o.Names, row.names)
					break
				}
			}
			all := "\n" + strings.Join(o.Claims, "\n") + "\n"
			for _, want := range row.want {
				if !strings.Contains(all, "\n"+want+"\n") {
					t.Errorf("%q is not among%s", want, all)
				}
			}
		})
	}
}

// TestDictionary: what the files of the dictionary name is in it, and every code that carries meaning is explained.
func TestDictionary(t *testing.T) {
	d := dict()
	for set, root := range d.sets {
		if codeWords("143", set) == "" {
			t.Errorf("set %s has no name", set)
		}
		eachTag(root, func(tag string) {
			switch {
			case d.segments[tag] == nil && tag != "BIN":
				t.Errorf("set %s has %s, which has no row in segments.txt", set, tag)
			}
		})
	}
	for set, how := range d.readings {
		if how.from == "" || codeWords("143", set) == "" {
			t.Errorf("set %s is told by nobody, or has no name", set)
		}
		for tag, rows := range how.rows {
			for _, r := range rows {
				for _, n := range r.els {
					if d.segments[tag].element(n) == nil {
						t.Errorf("%s %s %s: %s has no element %d", set, tag, r.verb, tag, n)
					}
				}
			}
		}
	}
	for list := range MappedLists {
		if _, ok := Known(list, map[string]string{"1650": "X3", "1651": "NS", "1652": "AA", "128": "BM", "163": "CL", "432": "37", "374": "011", "558": "A", "623": "CT"}[list]); !ok {
			t.Errorf("list %s knows no code", list)
		}
	}
}

func eachTag(n *node, take func(string)) {
	if n.loop == nil && n.tag != "" {
		take(n.tag)
	}
	for _, part := range n.loop {
		eachTag(part, take)
	}
}
