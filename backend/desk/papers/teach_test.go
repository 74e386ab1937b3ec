package papers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

// receipt is a proof of delivery on a form that prints "Bluefile Handle" where others print BOL, as a plain text.
func receipt(load, handle string) []byte {
	return fmt.Appendf(nil, `                 PROOF OF DELIVERY

Load No: %s                     Date: 11/22/2026
Bluefile Handle  %s          Seal #: 5834771
Shipper: DC 1                       Trailer: 23477
Consignee: Store 9                  Carrier: Blue Line
Pieces: 20                          Weight: 29039 lbs

Received in good order by:          Driver signature:
`, load, handle)
}

func (b *bench) field(id, name string) []PaperValue {
	b.Helper()
	sheet, err := b.area.Sheet(b.Context(), id)
	b.ok(err)
	for _, f := range sheet.Fields {
		if f.Name == name {
			return f.Values
		}
	}
	return nil
}

func (b *bench) number(id, value string) PaperNumber {
	b.Helper()
	list, err := b.area.Numbers(b.Context(), id)
	b.ok(err)
	i := slices.IndexFunc(list.Numbers, func(n PaperNumber) bool { return n.Value == value })
	if i < 0 {
		b.Fatalf("%s is not among %+v", value, list.Numbers)
	}
	return list.Numbers[i]
}

func (b *bench) labels() []PaperLabel {
	b.Helper()
	list, err := b.area.Labels(b.Context())
	b.ok(err)
	return list.Labels
}

// TestALabelIsTaught: a person says which number is the BOL; the next paper of the form has it, with who taught it, until it is
// taken back or forgotten.
func TestALabelIsTaught(t *testing.T) {
	b := newBench(t)
	b.area.read = againstLoads
	first := b.one("first.txt", receipt("480101", "90120034"))
	b.want("the BOL is not read", len(b.field(first.Hash, paper.Bill)), 0)
	n := b.number(first.Hash, "90120034")
	b.want("its label", n.Label, "Bluefile Handle")

	done, err := b.area.Teach(t.Context(), first.Hash, PaperTeach{Spot: n.Spot, Field: paper.Bill, As: "Ana"})
	b.ok(err)
	b.want("says", done.Says, "first.txt: 90120034 is the BOL; “Bluefile Handle” is learned for papers like it")
	b.want("the paper has it", b.field(first.Hash, paper.Bill)[0].Value, "90120034")
	b.want("from the person", b.field(first.Hash, paper.Bill)[0].Why, "said by Ana")
	labels := b.labels()
	b.want("labels", len(labels), 1)
	b.want("of", labels[0].By+" "+labels[0].On+" "+labels[0].Field+" "+labels[0].Label, "Ana first.txt bol Bluefile Handle")

	next := b.one("next.txt", receipt("480102", "90120077"))
	got := b.field(next.Hash, paper.Bill)
	if len(got) != 1 || got[0].Value != "90120077" || !got[0].Learned || !strings.HasPrefix(got[0].Why, "learned from Ana, 23 Nov 2026, on first.txt") {
		t.Errorf("the next paper: %+v", got)
	}
	b.want("another BOL than the load's is not clean", next.Stage == IsClean, false)

	b.undo(done.Act)
	b.want("taken back", len(b.labels()), 0)
	b.want("the paper too", len(b.field(first.Hash, paper.Bill)), 0)
	b.want("not read any more", len(b.field(b.one("third.txt", receipt("480103", "90120099")).Hash, paper.Bill)), 0)

	_, err = b.area.Teach(t.Context(), first.Hash, PaperTeach{Spot: n.Spot, Field: paper.Bill, As: "Ana"})
	b.ok(err)
	list, err := b.area.ForgetLabel(t.Context(), PaperLabelEdit{ID: b.labels()[0].ID})
	b.ok(err)
	b.want("forgotten", len(list.Labels), 0)
	if _, err := b.area.ForgetLabel(t.Context(), PaperLabelEdit{ID: 99}); err == nil {
		t.Error("a label that is not there was forgotten")
	}
	for name, bad := range map[string]PaperTeach{"a count": {Spot: n.Spot, Field: paper.Pieces}, "no spot": {Spot: "9.9", Field: paper.Bill}, "no number": {Spot: n.Spot, Field: paper.Bill, Value: "—"}} {
		if _, err := b.area.Teach(t.Context(), first.Hash, bad); err == nil {
			t.Errorf("%s was taught", name)
		}
	}
}

// TestAVerifiedPaperTeaches: where the load's own number stands once, by words that are known for no field, accepting the paper
// teaches them; taking the decision back takes them back, and the names that it taught.
func TestAVerifiedPaperTeaches(t *testing.T) {
	b := newBench(t)
	b.area.read = againstLoads
	first := b.one("first.txt", receipt("480101", "77480101"))
	done := b.judge(first.Hash, Verdict{Verdict: Verified, Kind: POD, Load: "480101", As: "Ana"})
	labels := b.labels()
	if len(labels) != 1 || labels[0].Field != paper.Bill || labels[0].Label != "Bluefile Handle" || labels[0].By != "Ana" {
		t.Fatalf("learned: %+v", labels)
	}
	next := b.one("next.txt", receipt("480102", "77480102"))
	b.want("its BOL is the load's own", b.field(next.Hash, paper.Bill)[0].Value, "77480102")
	b.judge(next.Hash, Verdict{Verdict: Verified, Kind: POD, Load: "480102", As: "Ana"})
	b.want("learned once", len(b.labels()), 1)
	b.undo(done.Act)
	b.want("taken back", len(b.labels()), 0)
}

func TestANameIsTaughtAndTakenBack(t *testing.T) {
	b := newBench(t)
	d := b.one("scan.json", file(pod("480101", func(d *paper.Document) {
		d.Fields[paper.Consignee] = []paper.Value{{Value: "STORE NINE DENVER", Confidence: .95, Page: 1, Box: paper.Box{.1, .1, .3, .13}}}
	})))
	aliases := func() int {
		list, err := b.area.Aliases(t.Context())
		b.ok(err)
		return len(list.Aliases)
	}
	done := b.judge(d.Hash, Verdict{Verdict: Verified})
	b.want("learned", aliases(), 1)
	b.undo(done.Act)
	b.want("taken back", aliases(), 0)
}

// TestAWrongLessonFilesNothing: a label that was taught wrongly says that the papers have the numbers of another load. They are
// filed on none but their own.
func TestAWrongLessonFilesNothing(t *testing.T) {
	b := newBench(t)
	b.area.read = againstLoads
	first := b.one("first.txt", receipt("480101", "90120034"))
	for i, field := range []string{paper.Bill, paper.PRO, paper.Load, paper.PO} {
		_, err := b.area.Teach(t.Context(), first.Hash, PaperTeach{Spot: b.number(first.Hash, "90120034").Spot, Field: field, As: "Ana"})
		b.ok(err)
		for k, handle := range []string{"77480103", "480103", "0044480103", "77480108"} { // another load's BOL, number, PRO; a BOL one digit off
			d := b.one(fmt.Sprintf("%d-%d.txt", i, k), receipt("480102", handle))
			if d.Load != "" && d.Load != "480102" || d.Stage == IsClean {
				t.Errorf("taught as %s, a paper of 480102 with %s went to %q, stage %s", field, handle, d.Load, d.Stage)
			}
		}
	}
}
