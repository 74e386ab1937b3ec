package fields

import (
	"image"
	"testing"

	"tracedesk/backend/documents/paper"
)

// A form that lists what may be wrong says nothing by it, however its boxes were read.
func TestWhatAFormOffersIsNoRemark(t *testing.T) {
	for _, line := range []string{
		"[ ]SHORT   [ ]OVER   [ ]DAMAGED   [ ]REFUSED   [ ]SEAL INTACT",
		"1SHORT   MOVER   [DAMAGED   J REFUSED",
		"() Short  (] Over  O Damaged  [] Refused  [] Other",
		"[ ] Faltante / Short    J Sobrante / Over     0 Daiado / Damaged    C Rechazado / Refused",
		"I OVER   I SHORT   I DAMAGED",
		"[] Shortage  [] Overage",
		"3 sy orivertpatiets said to contain",
		"O By Driver/pallets saio to contaln",
		"3 ey Driveripalets",
		"2 oy Onvarpatiess said to contain",
		"Discrepancy (mark and describe):   [ ] Shortage   [ ] Overage   [ ] Damage   [ ] Refusal",
		"JSHORT",
		"J Damaged",
		"[] Refused",
	} {
		if got := ReadPage(typed("DELIVERY RECEIPT\nPRO 842-984459\n\nRemarks\n"+line+"\n\nReceived by"), nil, Options{}).Notations; len(got) > 0 {
			t.Errorf("%q is read as %v", line, got)
		}
	}
}

// Remarks that name several things beside each other are still remarks.
func TestRemarksThatNameSeveralThings(t *testing.T) {
	for _, line := range []string{"2 CTN SHORT, 1 CTN OVER", "1 skid refused damaged"} {
		if got := ReadPage(typed("DELIVERY RECEIPT\nPRO 842-984459\n\nRemarks: "+line+"\n\nReceived by"), nil, Options{}).Notations; len(got) == 0 {
			t.Errorf("%q is read as nothing", line)
		}
	}
}

// What is wrong with what was refused is why it was, and no exception of its own.
func TestARefusalTellsWhy(t *testing.T) {
	for _, line := range []string{"refused 1 skid - wet", "Refused 3 cs - damaged", "2 ctns refused, crushed"} {
		got := ReadPage(typed("DELIVERY RECEIPT\nPRO 842-984459\n\nRemarks: "+line+"\n\nReceived by"), nil, Options{}).Notations
		if len(got) != 1 || got[0].Kind != paper.Refused {
			t.Errorf("%q is read as %v", line, got)
		}
	}
}

// A tick is the ink that the other boxes of the row have not, where no box was made out by its sides.
func TestTheTickedOneOfARow(t *testing.T) {
	page := typed("DELIVERY RECEIPT\nPRO 842-984459\n\nRemarks\n     SHORT        OVER        DAMAGED        REFUSED\n\nReceived by")
	g := sheetOfPaper()
	for _, w := range page.Words {
		fill(g, inkOf(g).rect(w.Box))
		switch w.Text {
		case "SHORT", "OVER", "REFUSED":
			bracket(g, w.Box, false)
		case "DAMAGED":
			bracket(g, w.Box, true)
		}
	}
	page.FromText, page.Grey = false, g
	got := ReadPage(page, nil, Options{Once: true}).Notations
	if len(got) != 1 || got[0].Kind != paper.Damaged {
		t.Errorf("got %v, want damaged alone", got)
	}
}

// bracket draws "[ ]" before a word, marked or not.
func bracket(g *image.Gray, word paper.Box, marked bool) {
	x, y := int(word[0]*float64(g.Rect.Dx()))-40, int(word[1]*float64(g.Rect.Dy()))
	for _, left := range []int{x, x + 24} {
		fill(g, image.Rect(left, y, left+3, y+26))
	}
	for i := 0; marked && i < 22; i++ {
		fill(g, image.Rect(x+2+i, y+2+i, x+6+i, y+6+i))
		fill(g, image.Rect(x+24-i, y+2+i, x+28-i, y+6+i))
	}
}
