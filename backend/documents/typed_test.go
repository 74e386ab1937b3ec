package documents

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/whose"
)

// typedPDF is a page with the lines of a proof of delivery, written in a text mode (0 to fill, 3 to leave no ink), with a grey
// picture that covers a share of the page, by a program.
func typedPDF(mode int, pictured float64, producer string, lines ...string) []byte {
	var content strings.Builder
	if pictured > 0 {
		fmt.Fprintf(&content, "q 612 0 0 %.0f 0 0 cm /Im Do Q\n", 792*pictured)
	}
	fmt.Fprintf(&content, "BT /F 11 Tf %d Tr 60 740 Td 16 TL\n", mode)
	for _, line := range lines {
		fmt.Fprintf(&content, "(%s) '\n", line)
	}
	content.WriteString("ET")
	var b bytes.Buffer
	var at []int
	obj := func(s string) { at = append(at, b.Len()); fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s) }
	b.WriteString("%PDF-1.4\n")
	obj("<</Type/Catalog/Pages 2 0 R>>")
	obj("<</Type/Pages/Kids[3 0 R]/Count 1>>")
	obj("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</Im 6 0 R>>>>>>")
	obj(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", content.Len(), content.String()))
	obj("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	obj("<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\xf0\nendstream")
	obj("<</Producer(" + producer + ")>>")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer <</Size %d/Root 1 0 R/Info 7 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// TestOnlyATypedNumberTellsTwins: LD-297263 and LD-297264 are open and alike otherwise. The number decides where the program
// that made the page typed it, and not where it was read off a picture, by us or by anybody else.
func TestOnlyATypedNumberTellsTwins(t *testing.T) {
	var twins []paper.Expected
	for _, number := range []string{"LD-297263", "LD-297264"} {
		twins = append(twins, paper.Expected{Load: number, Values: map[string]string{paper.Load: number, paper.Consignee: "Coastal Appliance"}})
	}
	known := whose.NewLoads(twins)
	lines := []string{"PROOF OF DELIVERY", "Load No: LD-297263", "Consignee: Coastal Appliance", "Received in good order by the undersigned on the dock"}
	for _, c := range []struct {
		name string
		pdf  []byte
		want string
		from paper.Origin
	}{
		{"typed", typedPDF(0, 0, "Freight Print 2.1", lines...), "LD-297263", paper.FromType},
		{"typed beside a logo", typedPDF(0, 0.05, "Freight Print 2.1", lines...), "LD-297263", paper.FromType},
		{"beside a photograph", typedPDF(0, 0.4, "Freight Print 2.1", lines...), "", paper.FromSeen},
		{"unseen over what was scanned", typedPDF(3, 0, "Freight Print 2.1", lines...), "", paper.FromSeen},
		{"set anew by a program that reads scans", typedPDF(0, 0, "ABBYY FineReader 15", lines...), "", paper.FromSeen},
	} {
		f, _, err := Examine(t.Context(), reader, original(c.pdf), "paper.pdf", Exam{Known: known})
		must(t, err)
		d := f.Documents[0]
		if got := d.Fields[paper.Load]; len(got) == 0 || got[0].Value != "LD-297263" || got[0].Origin != c.from {
			t.Errorf("%s: read %+v", c.name, got)
		}
		if d.Match == nil || d.Match.Load != c.want {
			t.Errorf("%s: %+v, want %q", c.name, d.Match, c.want)
		}
	}
}
