package fields

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

// form is a proof of delivery whose BOL stands behind words that no vocabulary has.
func form(control, seal string) string {
	return fmt.Sprintf(`
                 DELIVERY RECEIPT
Load No: LD-947195                     Date: 07/02/2026
Bluefile Handle  %s              Seal #: %s
Shipper: Lakeview Grocers DC 4         Trailer: 23477
Consignee: Pinecrest Paper Co          Carrier: Bluewing Freight Lines
Pieces: 594                            Weight: 29039 lbs

Received in good order by:             Driver signature:
`, control, seal)
}

func lesson(t testing.TB, page paper.Page, value, field string) Lesson {
	t.Helper()
	spots := Spots(page)
	i := slices.IndexFunc(spots, func(s Spot) bool { return s.Value == value })
	if i < 0 || spots[i].Label == "" {
		t.Fatalf("%s with its label is not among %+v", value, spots)
	}
	return Lesson{Layout: LayoutOf(page), Label: spots[i].Label, Field: field, Why: "learned from Ana, 23 Nov 2026, on pod.pdf"}
}

func TestATaughtLabelIsReadOnTheNextPaperOfTheLayout(t *testing.T) {
	first := typed(form("77120034", "5834771"))
	taught := lesson(t, first, "77120034", paper.Bill)
	if taught.Label != "bluefile handle" {
		t.Errorf("the label is %q", taught.Label)
	}
	if got := ReadPage(first, nil, Options{}).Fields[paper.Bill]; len(got) > 0 {
		t.Fatalf("read without a lesson: %+v", got)
	}
	next := typed(strings.ReplaceAll(form("88230045", "9934772"), "Bluefile", "Bluefi1e")) // a letter misread
	got := ReadPage(next, nil, Options{Taught: []Lesson{taught}}).Fields[paper.Bill]
	if len(got) != 1 || got[0].Value != "88230045" || !got[0].Learned || got[0].Labelled || !strings.HasPrefix(got[0].Why, taught.Why) {
		t.Errorf("the next paper: %+v", got)
	}
	other := typed("UNLOADING RECEIPT\nTicket: 99812\nAmount: $150.00\nBluefile Handle  88230045\nPaid by: carrier   Time in: 10:00\nDoor: 12")
	if got := ReadPage(other, nil, Options{Taught: []Lesson{taught}}).Fields[paper.Bill]; len(got) > 0 {
		t.Errorf("another layout: %+v", got)
	}
	short := taught
	short.Layout = Layout{"load"}
	if got := ReadPage(next, nil, Options{Taught: []Lesson{short}}).Fields[paper.Bill]; len(got) > 0 {
		t.Errorf("a layout of a single label: %+v", got)
	}
	counted := taught
	counted.Field = paper.Pieces
	if got := ReadPage(next, nil, Options{Taught: []Lesson{counted}}).Fields.First(paper.Pieces); got != "594" {
		t.Errorf("a label of a count was learned: %q", got)
	}
}

func TestATaughtLabelStandsBehindWhatIsKnown(t *testing.T) {
	page := typed(form("77120034", "10051159")) // the BOL of an open load stands somewhere else
	taught := lesson(t, page, "77120034", paper.Bill)
	got := ReadPage(page, Learn(knownLoads()), Options{Taught: []Lesson{taught}}).Fields[paper.Bill]
	if len(got) != 2 || got[0].Value != "10051159" || !got[0].Known || !got[1].Learned || got[1].Confidence >= got[0].Confidence {
		t.Errorf("%+v", got)
	}
	other := page
	other.Number = 2
	doc := Read([]paper.Page{page, other}, Learn(knownLoads()), Options{Taught: []Lesson{taught}})
	if got := doc.Fields.First(paper.Bill); got != "10051159" {
		t.Errorf("of two pages: %+v", doc.Fields[paper.Bill])
	}
}

func TestWhatStandsByANumber(t *testing.T) {
	page := typed(`
Our Ref Nbr: 5512093   Customer Ref 881-2093    Page 1 of 2
Control
4420981            9981234
Received 12 cartons on 07/02/2026 at 10:30 for $150.00 in full
PO/Release #: A77120`)
	var got []string
	for _, s := range Spots(page) {
		got = append(got, s.Value+"="+s.Label)
	}
	want := []string{"5512093=our ref nbr", "881-2093=customer ref", "4420981=control", "9981234=", "A77120=po release #"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for label, field := range map[string]string{"bol": paper.Bill, "po number": paper.PO, "load no": paper.Load} {
		if !KnownLabel(label, field) {
			t.Errorf("%q is not known for %s", label, field)
		}
	}
	if KnownLabel("bluefile handle", paper.Bill) || KnownLabel("bol", paper.PRO) {
		t.Error("a label that nobody knows is known")
	}
}

// TestLessonsOnlyAdd: whatever was taught, right or wrong, what is read without it is read with it, in the same order.
func TestLessonsOnlyAdd(t *testing.T) {
	known := Learn(knownLoads())
	for _, number := range []string{"77120034", "10051259", "LD-947196"} {
		for _, seal := range []string{"5834771", "10051159"} {
			page := typed(form(number, seal))
			var taught []Lesson
			for _, label := range []string{"bluefile handle", "seal", "load no", "pieces", "trailer", "date", "weight"} {
				for _, field := range Teachable {
					taught = append(taught, Lesson{Layout: LayoutOf(page), Label: label, Field: field, Why: "learned"})
				}
			}
			without := ReadPage(page, known, Options{})
			for _, lessons := range [][]Lesson{taught, taught[:6], taught[6:20]} {
				with := ReadPage(page, known, Options{Taught: lessons})
				for field, values := range with.Fields {
					read := slices.DeleteFunc(slices.Clone(values), func(v paper.Value) bool { return v.Learned })
					if !slices.Equal(read, without.Fields[field]) {
						t.Errorf("%s: %+v became %+v", field, without.Fields[field], read)
					}
				}
				if with.Type != without.Type || len(without.Fields) > len(with.Fields) {
					t.Errorf("%+v became %+v", without, with)
				}
			}
		}
	}
}
