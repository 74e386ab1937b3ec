package fields

import (
	"testing"

	"tracedesk/backend/documents/paper"
)

// Readings as the engine gave them of writing and stamps that stand by themselves.
func TestRemarkByLikelihood(t *testing.T) {
	for _, tt := range []struct {
		readings []string
		kind     string
	}{
		{[]string{"a BELT TO COUNT", "BELT 0 COUNT", "S@SECT TO LOUNT", "SBIELT TO LOUNT"}, paper.STC},
		{[]string{"SHIPPEX LOAD 8 COUN", "SHPPER L0AD & C0UNT"}, paper.SLC},
		{[]string{"5ujeto a conleo"}, paper.STC},
		{[]string{"Driver nol on dack"}, paper.SLC},
		{[]string{"2 CASFS SHOAT"}, paper.Short},
		{[]string{"OVEK 12 CASES"}, paper.Over},
		{[]string{"3 carlons damaqed"}, paper.Damaged},
		{[]string{"FALTAN 3 CAIAS"}, paper.Short},
		{[]string{"REFUSFD - TEMP T00 HlGH"}, paper.Refused},

		{[]string{"/ plt dam oHed", "/ pL Aon 0Hed", "1 plt dom oyed", "I pit damoged"}, paper.Damaged},
		{[]string{"I tOQrimo. Aaiodp. - Moy AAO-", "! Forimo. daSiodp. - moAAO", "1 torimao. dorado. - modo"}, paper.Damaged},
		{[]string{"1 sd yer", "1 s\\d oyer", "1 sad oyer", "1 SGA over"}, paper.Over},
		{[]string{"I torino sobr o.", "| torima sobr o."}, paper.Over},

		{[]string{"crushed / damaged", "crushed / domaged"}, paper.Damaged},
		{[]string{"CErUSED", "CEFUSED"}, paper.Refused},
		{[]string{"REFVSED"}, paper.Refused},
		{[]string{"Ce vechazan 4 Caps", "Se vethazan 4 CAps"}, paper.Refused},
		{[]string{"4 CASES AER", "4 CASES WER", "4 CASES OER", "4 CASES WER"}, paper.Over},
		{[]string{"<2 aid to contin", "Said to con {Arn", "Said to con tan"}, paper.STC},
		{[]string{"Solar Jwcton bw", "Ee", "Solar junction box Camn etavae"}, ""}, // two readings near two remarks of one kind
		{[]string{"wer 1228 PM", "Len 1229 PM", "Len 228 PM"}, ""},
		{[]string{"irma del remitente / Shipper", "Firma del remitente | Shioper"}, ""},
		{[]string{"Released"}, ""},
		{[]string{"K. Sandosod", "K. Sarndosod", "K. Sandasod"}, ""},
		{[]string{"S. Cronk Mar 10, LOU", "S. Crank Mur 10, TULL", "S. Crank Mur 10, LU", "S Grant Mur 10, TOUS"}, ""},
		{[]string{"Shipper count"}, ""},
		{[]string{"Shlpper counl"}, ""},
		{[]string{"STORE RECEIVING"}, ""},
		{[]string{"Leave at dock five"}, ""},
		{[]string{"Rosa Delgado"}, ""},
		{[]string{"10:45 AM"}, ""},
		{[]string{"Mar 10, 2026"}, ""},
		{[]string{"wmv wu", "nmw"}, ""},
	} {
		if got, _ := remark(tt.readings, false); got != tt.kind {
			t.Errorf("%q is read as %q, want %q", tt.readings, got, tt.kind)
		}
	}
}

// TestWhatIsReadSurely: print that was taken for writing is no remark however near it comes.
func TestWhatIsReadSurely(t *testing.T) {
	for text, want := range map[string]string{"355 Tidewater Ave, Oakland, CA 94601": "", "Solar junction box": "", "SUBLECT TO COUNT": paper.STC, "Driver not on dock": paper.SLC} {
		if got, _ := remark([]string{text}, true); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

func TestGoodsByNameAreNoRemark(t *testing.T) {
	if kind, at := remark([]string{"Kraft rolls", "Katt rolls", "Kraft rolls", "Kaos", "Kraft rolls", "Keahtrolls"}, false); kind != "" {
		t.Errorf("paper on rolls is %q by reading %d", kind, at)
	}
	if kind, _ := remark([]string{"shont rolls", "short rolls"}, false); kind != paper.Short {
		t.Errorf("rolls that are short are %q, though only their count was not read", kind)
	}
}

func TestTheLabelOfADateIsNoRemark(t *testing.T) {
	if kind, at := remark([]string{"Fechade entrega 7. Moy 2026", "Fechade ertrega 7 Moy 2026", "Fechade omega 7 May 2026", "Fechade ewes 7. Moy 20%"}, false); kind != "" {
		t.Errorf("the day of a delivery is %q by reading %d", kind, at)
	}
	if kind, _ := remark([]string{"Refused by receiver 7 May 2026"}, false); kind != paper.Refused {
		t.Errorf("a remark with its day is %q", kind)
	}
}
