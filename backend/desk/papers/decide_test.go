package papers

import (
	"strings"
	"testing"
	"time"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
)

func TestACleanPaperIsAcceptedAndTakenBack(t *testing.T) {
	b := newBench(t)
	d := b.one("scan.json", file(pod("480101")))
	b.want("stage", d.Stage, IsClean)
	b.want("load", d.Load, "480101")
	b.want("state", b.timeline("480101").State, freight.PapersIn)
	b.want("the paper's count", len(b.timeline("480101").Stops[1].Pieces.Claims), 2)

	done := b.judge(d.Hash, Verdict{Verdict: Verified})
	b.want("verified", done.Document.State, Verified)
	b.want("filed", done.Document.Stage, IsFiled)
	line := b.timeline("480101")
	b.want("load", line.State, freight.Verified)
	b.want("the paper's time in goes before the TMS's", line.Stops[1].Arrived.Source.Kind, freight.Paper)
	b.want("the TMS's is kept", len(line.Stops[1].Arrived.Claims), 2)
	b.want("outgoing", b.waiting(), []string{"document: scan.json verified as POD of load 480101"})

	b.want("says", b.undo(done.Act).Says, "Taken back: scan.json verified as POD of load 480101")
	b.want("again clean", b.again(d.Hash).Stage, IsClean)
	line = b.timeline("480101")
	b.want("load", line.State, freight.PapersIn)
	b.want("nothing outgoing", len(b.waiting()), 0)
}

// TestUndoAmongAllActs: what is taken back by the load's own undo takes the whole deed back, and undoing that brings it back.
func TestUndoAmongAllActs(t *testing.T) {
	b := newBench(t)
	d := b.one("scan.json", file(pod("480101")))
	done := b.judge(d.Hash, Verdict{Verdict: Verified})
	load, err := b.desk.FindLoad(t.Context(), "480101")
	b.ok(err)
	take := func(id string) string {
		t.Helper()
		what, _ := freight.ParseObservationID(id)
		o := freight.Observation{Source: freight.Source{Kind: freight.User, Account: "Ida"}, Channel: freight.ByHand, By: "Ida", StatedAt: b.desk.Now(), Retracts: what}
		posted, err := b.desk.Ledger.Post(t.Context(), load.ID, []freight.Observation{o}, nil)
		b.ok(err)
		b.ok(b.desk.RefreshPapers(t.Context(), load.ID))
		return posted.IDs[0].String()
	}
	undo := take(done.Observation)
	b.want("state", b.again(d.Hash).State, Received)
	b.want("nothing outgoing", len(b.waiting()), 0)
	take(undo)
	b.want("state", b.again(d.Hash).State, Verified)
	b.want("outgoing again", len(b.waiting()), 1)
}

func TestFindingsOfAPaper(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(*paper.Document)
		stage   PaperStage
		verdict PaperVerdict
		then    Verdict
		finding string
	}{
		"short":    {noted(paper.Short, "2 CTNS SHORT"), HasProblem, ProposesException, Verdict{Verdict: Verified}, "paper.podProblem"},
		"damaged":  {noted(paper.Damaged, "1 CRUSHED"), HasProblem, ProposesException, Verdict{Verdict: Verified}, "paper.podProblem"},
		"refused":  {noted(paper.Refused, "REFUSED"), HasProblem, ProposesException, Verdict{Verdict: Rejected}, "paper.podProblem"},
		"unsigned": {unsigned, NeedsEyes, ProposesReview, Verdict{Verdict: Rejected}, "paper.podProblem"},
		"slc":      {noted(paper.SLC, "SLC"), NeedsEyes, ProposesReview, Verdict{Verdict: Rejected, Fault: "illegible"}, "paper.podProblem"},
		"clean":    {func(*paper.Document) {}, IsClean, ProposesVerified, Verdict{Verdict: Verified}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			d := b.one("scan.json", file(pod("480101", c.change)))
			b.want("stage", d.Stage, c.stage)
			b.want("proposes", d.Verdict, c.verdict)
			b.want("found at once", strings.Contains(b.findings("480101"), "paper.podProblem"), name == "short" || name == "damaged" || name == "refused")
			b.judge(d.Hash, c.then)
			b.want("finding", strings.Contains(b.findings("480101"), "paper.podProblem"), c.finding != "")
		})
	}
}

func TestAPaperPutOnTheWrongLoad(t *testing.T) {
	b := newBench(t)
	docs := b.take("scan.json", file(pod("480102")), "480101")
	d := docs[0]
	b.want("it stays where it was put", d.Load, "480101")
	b.want("and shows", d.Stage, HasProblem)
	b.want("proposes", d.Verdict, ProposesWrongLoad)

	off := b.judge(d.Hash, Verdict{Verdict: Unmatched})
	b.want("off", off.Document.Load, "")
	b.want("the load has none", len(b.timeline("480101").Documents), 0)
	on := b.judge(d.Hash, Verdict{Verdict: Received, Load: "480102"})
	b.want("on", on.Document.Load, "480102")
	b.want("its checks are those of the load", on.Document.Verdict, ProposesVerified)
	moved := b.judge(d.Hash, Verdict{Verdict: Received, Load: "480103"})
	b.want("moved off", len(b.timeline("480102").Documents), 0)
	b.want("with what it said", len(b.timeline("480102").Stops[1].Pieces.Claims), 1)
	b.want("moved on", len(b.timeline("480103").Documents), 1)
	b.want("with what it says", len(b.timeline("480103").Stops[1].Pieces.Claims), 2)
	if _, err := b.area.UndoAct(t.Context(), PaperUndo{Act: on.Act}); err == nil {
		t.Error("an act was taken back before what was done after it")
	}
	b.undo(moved.Act)
	b.want("back", len(b.timeline("480102").Documents), 1)
	b.want("and says it again", len(b.timeline("480102").Stops[1].Pieces.Claims), 2)
	b.want("and gone", len(b.timeline("480103").Documents), 0)
	b.undo(on.Act)
	b.undo(off.Act)
	b.want("where it was put", b.again(d.Hash).Load, "480101")
}

// TestWhatADeedOwes: the program ended between the word to one load and the word to the other.
func TestWhatADeedOwes(t *testing.T) {
	b := newBench(t)
	d := b.one("scan.json", file(pod("480101")))
	b.judge(d.Hash, Verdict{Verdict: Received, Load: "480102"})
	deeds, err := b.desk.Store.DeedsOf(t.Context(), d.Hash, 1)
	b.ok(err)
	b.want("owes nothing", deeds[0].Owes, "")
	b.want("said to both: it is here, with its facts; it is gone, with its facts", len(deeds[0].Observations), 4)
	b.ok(b.desk.PayDeeds(t.Context()))
	b.want("still off", len(b.timeline("480101").Documents), 0)
}

func TestCleanOnesAreAcceptedAsOne(t *testing.T) {
	b := newBench(t)
	var ids []string
	for i, load := range []string{"480101", "480102", "480103"} {
		change := []func(*paper.Document){}
		if i == 2 {
			change = append(change, unsigned)
		}
		ids = append(ids, b.one(load+".json", file(pod(load, change...))).Hash)
	}
	done, err := b.area.AcceptClean(t.Context(), PaperBatch{IDs: ids})
	b.ok(err)
	b.want("says", done.Says, "2 clean papers accepted")
	b.want("left", len(done.Left), 1)
	b.want("outgoing", len(b.waiting()), 2)
	for i, load := range []string{"480101", "480102"} {
		b.want(load, b.again(ids[i]).State, Verified)
		b.want(load, b.timeline(load).State, freight.Verified)
	}
	b.undo(done.Act)
	b.want("nothing outgoing", len(b.waiting()), 0)
	for i, load := range []string{"480101", "480102"} {
		b.want(load, b.again(ids[i]).Stage, IsClean)
		b.want(load, b.timeline(load).State, freight.PapersIn)
	}
}

func TestAskingAgain(t *testing.T) {
	b := newBench(t)
	d := b.one("scan.json", file(pod("480101", unsigned)))
	shown, err := b.area.Ask(t.Context(), d.Hash, PaperAsk{})
	b.ok(err)
	for _, words := range []string{"POD of load 480101", "BOL 77480101", "no signature of the consignee", "Blue Line"} {
		if !strings.Contains(shown.Draft, words) {
			t.Errorf("the draft does not say %q:\n%s", words, shown.Draft)
		}
	}
	b.want("not kept", len(b.waiting()), 0)
	kept, err := b.area.Ask(t.Context(), d.Hash, PaperAsk{Faults: []string{"page 2 is missing"}, Keep: true})
	b.ok(err)
	b.want("kept", len(b.waiting()), 1)
	if w := b.waiting()[0]; !strings.HasPrefix(w, "message: ") || !strings.Contains(w, "page 2 is missing") {
		t.Errorf("waits: %s", w)
	}
	b.want("refused", b.again(d.Hash).State, Rejected)
	b.want("a problem until a better one comes", b.again(d.Hash).Stage, HasProblem)
	better := b.one("better.json", file(pod("480101")))
	b.judge(better.Hash, Verdict{Verdict: Verified})
	b.want("done with", b.again(d.Hash).Stage, IsFiled)
	_ = kept
}

// TestADraftNamesWhatIsWrong: faults of the paper, what it notes, and the pages that its own count lacks.
func TestADraftNamesWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		change []func(*paper.Document)
		fault  string // that a person refused it for
		says   []string
		not    []string
	}{
		"damaged":               {[]func(*paper.Document){noted(paper.Damaged, "2 CTNS CRUSHED")}, "", []string{`freight is noted damaged ("2 CTNS CRUSHED")`, "send photos"}, []string{"cannot use", "complete"}},
		"short and refused":     {[]func(*paper.Document){noted(paper.Short, "4 SHORT"), noted(paper.Refused, "REFUSED")}, "", []string{`noted short ("4 SHORT")`, "freight was refused"}, []string{"complete"}},
		"damaged, not signed":   {[]func(*paper.Document){noted(paper.Damaged, "WET"), unsigned}, "", []string{"no signature of the consignee", `damaged ("WET")`, "signed POD"}, nil},
		"shipper's count":       {[]func(*paper.Document){noted(paper.SLC, "SLC")}, "", []string{"shipper's load and count"}, []string{"complete, signed"}},
		"page two of two":       {[]func(*paper.Document){reads("PAGE", "1 of 2")}, "", []string{"page 2 is missing", "all pages"}, []string{"not complete"}},
		"of four":               {[]func(*paper.Document){reads("PAGE", "2 of 4")}, "", []string{"pages 1, 3 and 4 are missing"}, nil},
		"found by a person":     {nil, "damaged", []string{"freight is noted damaged"}, []string{"not complete"}},
		"found: a page":         {nil, "pageMissing", []string{"a page is missing"}, []string{"not complete"}},
		"found: not signed":     {nil, "unsigned", []string{"no signature of the consignee"}, nil},
		"found, and also noted": {[]func(*paper.Document){noted(paper.Damaged, "WET")}, "damaged", []string{`On the POD, freight is noted damaged ("WET"). Please`}, nil},
		"nothing found":         {nil, "", []string{"it is not complete"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			d := b.one("scan.json", file(pod("480101", c.change...)))
			if c.fault != "" {
				b.judge(d.Hash, Verdict{Verdict: Rejected, Fault: c.fault, Note: "see the photo"})
			}
			got, err := b.area.Ask(t.Context(), d.Hash, PaperAsk{})
			b.ok(err)
			for _, words := range c.says {
				if !strings.Contains(got.Draft, words) {
					t.Errorf("the draft does not say %q:\n%s", words, got.Draft)
				}
			}
			for _, words := range c.not {
				if strings.Contains(got.Draft, words) {
					t.Errorf("the draft says %q:\n%s", words, got.Draft)
				}
			}
		})
	}
}

// TestWhatABillOfLadingProves: the pickup once shipper or driver signed, the delivery once the consignee did and the customer
// takes that, else nothing.
func TestWhatABillOfLadingProves(t *testing.T) {
	for name, c := range map[string]struct {
		signed []string
		want   PaperKind
	}{
		"nobody":             {nil, Other},
		"shipper and driver": {[]string{paper.SignsShipper, paper.SignsDriver}, POP},
		"the driver alone":   {[]string{paper.SignsDriver}, POP},
		"all three":          {[]string{paper.SignsShipper, paper.SignsDriver, paper.SignsConsignee}, POD},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			d := b.one("bol.json", file(pod("480101", func(d *paper.Document) {
				d.Type, d.Signatures = paper.BOL, map[string]paper.Signature{paper.SignsConsignee: {Page: 1}}
				for _, role := range c.signed {
					d.Signatures[role] = paper.Signature{Present: true, Page: 1}
				}
			})))
			b.want("kind", d.Kind, c.want)
			b.want("on its load", b.timeline("480101").Documents[0].Kind, c.want)
		})
	}
	read := paper.Document{Type: paper.POD, Subtype: paper.SignedBill, Signatures: map[string]paper.Signature{paper.SignsDriver: {Present: true}, paper.SignsConsignee: {Present: true}}}
	if got := kindOf(&read, policy{}); got != POP {
		t.Errorf("signed off, for a customer who takes no bill of lading for a POD: %s", got)
	}
}

func TestDecisionsTeach(t *testing.T) {
	b := newBench(t)
	other := func(d *paper.Document) { d.Fields[paper.Consignee][0].Value = "MOUNTAIN RETAIL NO. IX" }
	d := b.one("first.json", file(pod("480101", other)))
	b.want("not clean", d.Stage, NeedsEyes)
	b.judge(d.Hash, Verdict{Verdict: Verified})
	aliases, err := b.area.Aliases(t.Context())
	b.ok(err)
	b.want("learned", len(aliases.Aliases), 1)
	next := b.one("second.json", file(pod("480102", other)))
	b.want("clean the next time", next.Stage, IsClean)
	l := aliases.Aliases[0]
	left, err := b.area.ForgetAlias(t.Context(), PaperAliasEdit{Customer: l.Customer, Field: l.Field, Desk: l.Desk, Paper: l.Paper})
	b.ok(err)
	b.want("forgotten", len(left.Aliases), 0)
}

func TestPoliciesOfCustomers(t *testing.T) {
	b := newBench(t)
	list, err := b.area.Policies(t.Context())
	b.ok(err)
	shipped := list.Policies[0]
	edit := PaperPolicyEdit{Customer: "ACME", Pickup: shipped.Pickup, Delivery: shipped.Delivery, Agreeing: shipped.Agreeing, WeightWithin: shipped.WeightWithin, DaysWithin: shipped.DaysWithin,
		SignedBOL: true, Reservations: true, AutoAccept: true}
	list, err = b.area.SetPolicy(t.Context(), edit)
	b.ok(err)
	b.want("two", len(list.Policies), 2)
	d := b.one("slc.json", file(pod("480101", noted(paper.SLC, "SLC"))))
	b.want("accepted by itself", d.State, Verified)
	b.want("by", d.By, byPolicy)
	b.want("the load", b.timeline("480101").State, freight.Verified)
	bol := b.one("bol.json", file(pod("480102", func(d *paper.Document) { d.Type = paper.BOL }, unsigned)))
	b.want("an unsigned BOL is no POD", bol.Kind, Other)
	edit.Delivery = append(edit.Delivery, "no such check")
	if _, err := b.area.SetPolicy(t.Context(), edit); err == nil {
		t.Error("a policy with a check that there is not was kept")
	}
	edit.Reset, edit.Delivery = true, shipped.Delivery
	list, err = b.area.SetPolicy(t.Context(), edit)
	b.ok(err)
	b.want("one", len(list.Policies), 1)
}

// TestTheChaseGoesOnUntilAPaperIsVerified: a refused POD is asked for again.
func TestTheChaseGoesOnUntilAPaperIsVerified(t *testing.T) {
	b := newBench(t)
	tasks := func() string {
		load, err := b.desk.FindLoad(t.Context(), "480101")
		b.ok(err)
		view, err := b.desk.Ledger.View(t.Context(), load.ID, time.Time{}, b.desk.Now())
		b.ok(err)
		var keys []string
		for _, task := range view.Verdict.Tasks {
			keys = append(keys, task.Key)
		}
		return strings.Join(keys, " ")
	}
	b.want("missing", strings.Contains(tasks(), "paper/pod"), true)
	d := b.one("scan.json", file(pod("480101", unsigned)))
	b.want("received: it lies here", strings.Contains(tasks(), "paper/pod"), false)
	b.judge(d.Hash, Verdict{Verdict: Rejected})
	b.want("refused: asked for again", strings.Contains(tasks(), "paper/pod"), true)
	better := b.one("better.json", file(pod("480101")))
	b.judge(better.Hash, Verdict{Verdict: Verified})
	b.want("verified", strings.Contains(tasks(), "paper/pod"), false)
}
