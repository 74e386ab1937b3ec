package papers

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/scan"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

func TestABundleGoesToItsLoads(t *testing.T) {
	b := newBench(t)
	docs := b.take("bundle.json", file(pod("480101"), pod("480102", page(2)), paper.Document{Pages: []int{3}, Type: paper.Lumper}), "")
	b.want("documents", len(docs), 3)
	b.want("first", docs[0].Load, "480101")
	b.want("second", docs[1].Load, "480102")
	b.want("ids", docs[1].Hash, docs[0].Hash+".2")
	b.want("the third has none", docs[2].Stage, NeedsEyes)
	sheet, err := b.area.Sheet(t.Context(), docs[1].Hash)
	b.ok(err)
	b.want("siblings", len(sheet.Siblings), 2)
	b.want("page", sheet.PageList[0].Number, 2)
	done := b.judge(docs[0].Hash, Verdict{Verdict: Verified})
	b.want("the same file comes next", done.Next, docs[1].Hash)
}

func TestPagesAreSplitJoinedTurnedAndCut(t *testing.T) {
	b := newBench(t)
	both := pod("480101")
	second := pod("480102", page(2))
	for name, values := range second.Fields {
		both.Fields[name] = append(both.Fields[name], values...)
	}
	both.Pages = []int{1, 2}
	d := b.one("two.json", file(both))
	do := func(id string, c PageChange) PaperDone {
		t.Helper()
		out, err := b.area.Pages(t.Context(), id, c)
		b.ok(err)
		return out
	}
	b.judge(d.Hash, Verdict{Verdict: Received, Load: "480101", Kind: POD})
	split := do(d.Hash, PageChange{Does: SplitHere, Page: 2, Note: "two papers"})
	b.want("two", len(split.Items), 2)
	b.want("the second finds its load", split.Items[1].Load, "480102")
	b.want("said there", len(b.timeline("480102").Documents), 1)
	b.want("its pages", split.Items[1].Pages, freight.List[int]{2})

	joined := do(d.Hash, PageChange{Does: JoinWith, With: split.Items[1].ID})
	b.want("one", len(joined.Items), 1)
	b.want("pages", joined.Items[0].Pages, freight.List[int]{1, 2})
	b.want("gone there", len(b.timeline("480102").Documents), 0)
	b.undo(joined.Act)
	b.want("two again", len(b.timeline("480102").Documents), 1)
	b.undo(split.Act)
	b.want("as it came", b.again(d.Hash).PageList, freight.List[int]{1, 2})
	b.want("and on its load", b.again(d.Hash).Load, "480101")
	b.want("not on the other", len(b.timeline("480102").Documents), 0)

	turn := do(d.Hash, PageChange{Does: TurnPage, Page: 1, Turn: 90})
	cut := do(d.Hash, PageChange{Does: CropPage, Page: 1, Crop: freight.List[float64]{.1, .2, .9, .8}})
	sheet, err := b.area.Sheet(t.Context(), d.Hash)
	b.ok(err)
	b.want("turned", sheet.PageList[0].Turn, 90)
	b.want("cut", sheet.PageList[0].Crop, freight.List[float64]{.1, .2, .9, .8})
	for _, f := range sheet.Fields {
		if len(f.Values) > 0 && f.Values[0].Page == 1 {
			b.want("its box is turned with it: "+f.Name, fmt.Sprintf("%.2f", f.Values[0].Box), fmt.Sprintf("%.2f", []float64{.87, .1, .9, .3}))
			break
		}
	}
	b.want("told in its history", sheet.History[0].Does, CropPage)
	b.undo(cut.Act)
	b.undo(turn.Act)
	sheet, err = b.area.Sheet(t.Context(), d.Hash)
	b.ok(err)
	b.want("upright", sheet.PageList[0].Turn, 0)
	for _, wrong := range []PageChange{{Does: TurnPage, Page: 9, Turn: 90}, {Does: TurnPage, Page: 1, Turn: 45}, {Does: CropPage, Page: 1, Crop: freight.List[float64]{.5, .5, .5, .6}},
		{Does: SplitHere, Page: 1}, {Does: JoinWith, With: d.Hash}, {Does: "burn"}} {
		if _, err := b.area.Pages(t.Context(), d.Hash, wrong); err == nil {
			t.Errorf("%+v was done", wrong)
		}
	}
	original, err := b.area.File(t.Context(), d.Hash)
	b.ok(err)
	b.ok(original.Body.Close())
	b.ok(b.desk.Papers.Verify(t.Context(), d.Hash))
}

// lumper is a receipt for unloading that bears the load's number and a day.
func lumper(load string, n int) paper.Document {
	d := paper.Document{Pages: []int{n}, Type: paper.Lumper, TypeConfidence: .9, Fields: paper.Fields{}}
	for name, value := range map[string]string{"LUMPER RECEIPT": "unloading service", paper.Load: load, paper.DeliveryDate: "2026-11-22", paper.Amount: "145.00"} {
		d.Fields[name] = []paper.Value{{Value: value, Confidence: .95, Page: n}}
	}
	return d
}

// TestAReceiptDoesNotAnswerForTheProof: joined with a receipt that bears the date which the POD lacks, the POD is as clean as it
// was alone; split again, each is what it was.
func TestAReceiptDoesNotAnswerForTheProof(t *testing.T) {
	undated := func(d *paper.Document) { delete(d.Fields, paper.DeliveryDate) }
	for _, receiptFirst := range []bool{false, true} {
		b := newBench(t)
		docs := b.take("two.json", file(pod("480101", undated), lumper("480101", 2)), "480101")
		b.want("alone", docs[0].Stage, NeedsEyes)
		reasons := docs[0].Reasons
		asked, with := docs[0].Hash, docs[1].Hash
		if receiptFirst {
			asked, with = with, asked
		}
		joined, err := b.area.Pages(t.Context(), asked, PageChange{Does: JoinWith, With: with})
		b.ok(err)
		whole := joined.Items[0]
		b.want("one of both", whole.Pages, freight.List[int]{1, 2})
		b.want("type", whole.Type, TypePOD)
		b.want("no cleaner", whole.Stage, NeedsEyes)
		b.want("for the same reasons", whole.Reasons, reasons)
		sheet, err := b.area.Sheet(t.Context(), asked)
		b.ok(err)
		paid := slices.ContainsFunc(sheet.Fields, func(f PaperField) bool { return f.Name == paper.Amount && len(f.Values) == 1 })
		b.want("what was paid is told", paid, true)

		split, err := b.area.Pages(t.Context(), asked, PageChange{Does: SplitHere, Page: 2})
		b.ok(err)
		b.want("two", len(split.Items), 2)
		b.want("the proof", split.Items[0].Type, TypePOD)
		b.want("the receipt", split.Items[1].Type, TypeLumper)
		b.want("the receipt proves nothing", split.Items[1].Kind, Other)
		b.want("and is of its load", split.Items[1].Load, "480101")
	}
}

// TestPapersOfTwoLoadsJoinedAreNeverClean: two clean PODs joined are a person's, and clean again once split.
func TestPapersOfTwoLoadsJoinedAreNeverClean(t *testing.T) {
	b := newBench(t)
	docs := b.take("two.json", file(pod("480101"), pod("480102", page(2))), "")
	b.want("alone", fmt.Sprint(docs[0].Load, docs[0].Stage, docs[1].Load, docs[1].Stage), "480101clean480102clean")
	joined, err := b.area.Pages(t.Context(), docs[0].Hash, PageChange{Does: JoinWith, With: docs[1].Hash})
	b.ok(err)
	b.want("stays on its load", joined.Items[0].Load, "480101")
	b.want("joined", joined.Items[0].Stage, NeedsEyes)
	b.want("says", joined.Items[0].Says, "two loads in one file")
	done, err := b.area.AcceptClean(t.Context(), PaperBatch{})
	b.ok(err)
	b.want("accepted with the clean ones", len(done.Items), 0)
	split, err := b.area.Pages(t.Context(), docs[0].Hash, PageChange{Does: SplitHere, Page: 2})
	b.ok(err)
	b.want("apart", fmt.Sprint(split.Items[0].Stage, split.Items[1].Stage), "cleanclean")
}

// TestASignedPageIsAPageOfTheProof: a page without a title goes on with what it is joined to.
func TestASignedPageIsAPageOfTheProof(t *testing.T) {
	b := newBench(t)
	back := paper.Document{Pages: []int{2}, Type: paper.Other, TypeConfidence: .3, Fields: paper.Fields{},
		Signatures: map[string]paper.Signature{paper.SignsConsignee: {Present: true, Page: 2}}}
	docs := b.take("two.json", file(pod("480101", unsigned), back), "480101")
	b.want("alone", docs[0].Stage, NeedsEyes)
	joined, err := b.area.Pages(t.Context(), docs[0].Hash, PageChange{Does: JoinWith, With: docs[1].Hash})
	b.ok(err)
	b.want("signed on its second page", joined.Items[0].Stage, IsClean)
}

func TestTheSamePaperAgain(t *testing.T) {
	b := newBench(t)
	first := b.one("scan.json", file(pod("480101")))
	same, err := b.area.Take(t.Context(), Arrival{Name: "copy.json", Body: bytes.NewReader(file(pod("480101"))), From: "dropped"})
	b.ok(err)
	b.want("the same bytes", same.Known, true)
	b.want("are one paper", same.Documents[0].Hash, first.Hash)
	named := func(system bool) string {
		got, err := b.area.Take(t.Context(), Arrival{Name: "copy.json", Body: bytes.NewReader(file(pod("480101"))), Load: "480102", From: "project44", System: system})
		b.ok(err)
		return got.Documents[0].Load
	}
	b.want("a system moves no paper from its load", named(true), "480101")
	b.want("a person does", named(false), "480102")
	b.want("and that stands", named(true), "480102")

	long := func(w *paper.Document) {
		for i := range 20 {
			w.Fields[fmt.Sprint("item", i)] = []paper.Value{{Value: fmt.Sprintf("SKU%05d", i*7919), Page: 1}}
		}
	}
	b.one("long.json", file(pod("480102", long)))
	photo := b.one("photo.json", body(written{Documents: []paper.Document{pod("480102", long)}, Salt: "photographed again"}))
	sheet, err := b.area.Sheet(t.Context(), photo.Hash)
	b.ok(err)
	if as := sheet.Item.LooksLike; len(as) != 1 || !strings.Contains(as[0].Says, "looks like the paper of load 480102 from 23 Nov 2026") {
		t.Errorf("looks like %+v", as)
	}
	b.want("a person decides", photo.Stage, NeedsEyes)
	other := b.one("other.json", file(pod("480103", func(w *paper.Document) {
		for i := range 20 {
			w.Fields[fmt.Sprint("item", i)] = []paper.Value{{Value: fmt.Sprintf("SKU%05d", i*104729), Page: 1}}
		}
	})))
	b.want("another sheet of that form is another paper", other.Stage, IsClean)
}

// TestABadPhotographOfTheSamePaper: half of its words were read, but it looks the same; another sheet with as many words in common
// does not.
func TestABadPhotographOfTheSamePaper(t *testing.T) {
	goods := func(from int) func(*paper.Document) {
		return func(w *paper.Document) {
			for i := range 20 {
				w.Fields[fmt.Sprint("item", i+100)] = []paper.Value{{Value: fmt.Sprintf("SKU%05d", (i+from)*7919), Page: 1}}
			}
		}
	}
	sheet := scan.Looks{Coarse: 0x0f0f0f0f, Fine: [4]uint64{0xffff, 0xff00, 0x00ff, 0xffff}}
	other := scan.Looks{Coarse: 0xf0f0f0f0, Fine: [4]uint64{0xffff << 32, 0xff00 << 32, 0x00ff << 32, 0}}
	for looks, alike := range map[scan.Looks]int{sheet: 1, other: 0, {}: 0} {
		b := newBench(t)
		b.one("scan.json", body(written{Documents: []paper.Document{pod("480102", goods(0))}, Looks: sheet}))
		photo := b.one("photo.json", body(written{Documents: []paper.Document{pod("480102", goods(16))}, Looks: looks}))
		got, err := b.area.Sheet(t.Context(), photo.Hash)
		b.ok(err)
		b.want(fmt.Sprint("looks like it ", looks), len(got.Item.LooksLike), alike)
	}
}

// TestACrashAtAnyPoint: what is on disk at each point of a paper's way, and the next start.
func TestACrashAtAnyPoint(t *testing.T) {
	for name, crash := range map[string]func(b *bench, p *store.Paper) error{
		"before it was begun": func(b *bench, p *store.Paper) error { return nil },
		"while it was read": func(b *bench, p *store.Paper) error {
			return b.desk.Store.Write(b.Context(), func(tx *store.Tx) error { return tx.BeginPaper(p) })
		},
		"before it was filed": func(b *bench, p *store.Paper) error {
			return b.desk.Store.Write(b.Context(), func(tx *store.Tx) error {
				p.State = store.PaperRead
				if err := tx.PaperDone(p, []byte("{}"), []byte("{}")); err != nil {
					return err
				}
				d, err := tx.Document(p.Hash)
				if err != nil {
					return err
				}
				load, err := b.desk.FindLoad(b.Context(), "480101")
				d.State, d.Stage, d.Load, d.Kind, d.Verdict, d.Type, d.Reading = store.StateFiling, string(IsClean), load.ID, "pod", "verified", "POD", []byte(`{"type":"POD"}`)
				return errors.Join(err, tx.PutDocument(&d))
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.area.working = true // nobody reads yet
			content := file(pod("480101"))
			got, err := b.area.Take(t.Context(), Arrival{Name: "scan.json", Body: bytes.NewReader(content), From: "dropped"})
			b.ok(err)
			p, err := b.desk.Store.Paper(t.Context(), got.Hash)
			b.ok(err)
			b.ok(crash(b, &p))
			b.ok(b.desk.Close())
			b.open()
			b.work()
			b.want("filed", b.again(got.Hash).Load, "480101")
			b.want("stage", b.again(got.Hash).Stage, IsClean)
			b.want("said once", len(b.timeline("480101").Documents), 1)
			b.ok(b.desk.Close())
			b.open()
			b.work()
			b.want("still once", len(b.timeline("480101").Documents), 1)
		})
	}
}

// work has what waits read as by the workers, until nothing waits.
func (b *bench) work() {
	b.Helper()
	b.ok(b.area.Resume(b.Context()))
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.area.Work(ctx) }()
	for {
		next := b.area.nextEnd()
		waiting, err := b.desk.Store.WaitingPapers(b.Context(), 1)
		b.ok(err)
		if len(waiting) == 0 {
			break
		}
		<-next
	}
	stop()
	b.ok(<-ended)
}

func TestAFileThatEndsTheProgramIsGivenUp(t *testing.T) {
	b := newBench(t)
	b.area.working = true
	got, err := b.area.Take(t.Context(), Arrival{Name: "bad.json", Body: bytes.NewReader(file(pod("480101"))), From: "dropped"})
	b.ok(err)
	for range mostTries {
		b.ok(b.desk.Store.Write(t.Context(), func(tx *store.Tx) error {
			p, err := tx.TakePaper()
			if err != nil {
				return err
			}
			b.want("taken", p.Hash, got.Hash)
			return nil
		}))
		b.ok(b.area.Resume(t.Context())) // the next start
	}
	d := b.again(got.Hash)
	b.want("stage", d.Stage, IsUnreadable)
	if !strings.Contains(d.Note, "3 times") {
		t.Errorf("it says %q", d.Note)
	}
	b.area.working = false
	_, err = b.area.Reading(t.Context(), got.Hash, ReadingChange{Does: ReadAgain})
	b.ok(err)
	b.want("read when asked", b.again(got.Hash).Stage, IsClean)
}

// TestWhatNeedsAPerson: a paper counts among what waits until it is done with, and not while it is read or was refused.
func TestWhatNeedsAPerson(t *testing.T) {
	b := newBench(t)
	todo := func(when string, want int) {
		t.Helper()
		n, err := b.desk.Store.DocumentsToDo(t.Context())
		b.ok(err)
		b.want(when, n, want)
	}
	clean := b.one("clean.json", file(pod("480101")))
	open := b.one("open.json", file(pod("480102", unsigned)))
	b.one("noted.json", file(pod("480103", noted(paper.Damaged, "WET"))))
	b.one("blank.json", file(paper.Document{Pages: []int{1}, Type: paper.Blank}))
	b.take("receipt.json", file(lumper("480101", 1)), "480101")
	todo("blank and receipt need nobody", 3)
	b.judge(clean.Hash, Verdict{Verdict: Verified})
	todo("accepted", 2)
	b.judge(open.Hash, Verdict{Verdict: Rejected, Fault: "unsigned"})
	todo("refused: a better one is waited for", 1)
	b.area.working = true
	b.take("new.json", file(pod("480102")), "")
	todo("being read", 1)
}

func TestWhatCannotBeReadIsKept(t *testing.T) {
	b := newBench(t)
	d := b.one("cut.json", body(written{Fault: "the file is cut off"}))
	b.want("stage", d.Stage, IsUnreadable)
	b.want("why", d.Note, "the file is cut off")
	lost := b.take("lost.json", body(written{Loss: "the disk is full"}), "")
	b.want("tried again later", lost[0].Stage, InReading)
	b.work()
	b.want("given up", b.again(lost[0].Hash).Stage, IsUnreadable)
	done := b.judge(d.Hash, Verdict{Verdict: SetAside, Note: "an advert"})
	b.want("set aside", done.Document.Stage, IsFiled)
}

func TestReadingIsStoppedAndPutFirst(t *testing.T) {
	b := newBench(t)
	b.area.working = true
	var ids []string
	for _, load := range []string{"480101", "480102", "480103"} {
		ids = append(ids, b.take(load+".json", file(pod(load)), "")[0].Hash)
	}
	_, err := b.area.Reading(t.Context(), ids[0], ReadingChange{Does: StopIt})
	b.ok(err)
	first, err := b.area.Reading(t.Context(), ids[2], ReadingChange{Does: ReadFirst})
	b.ok(err)
	b.want("nothing ahead of it", first.Items[0].Progress.Ahead, 0)
	waiting, err := b.desk.Store.WaitingPapers(t.Context(), 10)
	b.ok(err)
	var order []string
	for i := range waiting {
		order = append(order, waiting[i].Name)
	}
	b.want("order", order, []string{"480103.json", "480102.json"})
	b.work()
	q, err := b.area.Queue(t.Context(), QueueQuery{Stage: InReading})
	b.ok(err)
	b.want("stopped", q.Items[0].Progress.State, ReadingStopped)
	b.want("and says so", q.Items[0].Says, "not read for now: it was stopped")
	_, err = b.area.Reading(t.Context(), ids[0], ReadingChange{Does: ReadAgain})
	b.ok(err)
	b.want("read", b.again(ids[0]).Stage, IsClean)
}

// TestWhatIsLookedAtIsReadFirst: opening a paper that waits puts it before the others, and says nothing of what is read.
func TestWhatIsLookedAtIsReadFirst(t *testing.T) {
	b := newBench(t)
	b.area.working = true
	var ids []string
	for _, load := range []string{"480101", "480102", "480103"} {
		ids = append(ids, b.take(load+".json", file(pod(load)), "")[0].Hash)
	}
	for range 2 {
		sheet, err := b.area.Sheet(t.Context(), ids[2])
		b.ok(err)
		b.want("it waits", sheet.Item.Progress.State, WaitsForReader)
	}
	next, err := b.area.next(t.Context())
	b.ok(err)
	b.want("read next", next.Hash, ids[2])
	_, err = b.area.Sheet(t.Context(), ids[2])
	b.ok(err)
	after, err := b.desk.Store.Paper(t.Context(), ids[2])
	b.ok(err)
	b.want("begun and not put back", after.State, store.PaperReading)
}

// TestProgressIsNotOverBeforeTheEnd: once the words are read there is still something to do.
func TestProgressIsNotOverBeforeTheEnd(t *testing.T) {
	b := newBench(t)
	var seen []float64
	b.area.read = func(ctx context.Context, a *Area, p *store.Paper, body documents.Original, known *holders, progress func(int, int, float64)) (paper.File, []paper.Page, error) {
		for _, part := range []float64{.25, 1} {
			progress(1, 1, part)
			at, err := a.progressOf(ctx, p.Hash)
			b.ok(err)
			seen = append(seen, at.Percent)
		}
		return told(ctx, a, p, body, known, progress)
	}
	b.one("scan.json", file(pod("480101")))
	b.want("it goes up", seen[0] > 0 && seen[0] < seen[1], true)
	b.want("and is not over", seen[1] < 1, true)
}

func TestWhatComesInMailsAndArchives(t *testing.T) {
	b := newBench(t)
	var inner, outer bytes.Buffer
	z := zip.NewWriter(&inner)
	w, err := z.Create("pictures/../../climbs.pdf")
	b.ok(err)
	_, err = w.Write([]byte("%PDF-1.4 no pages %%EOF"))
	b.ok(err)
	b.ok(z.Close())
	z = zip.NewWriter(&outer)
	w, err = z.Create("inner.zip")
	b.ok(err)
	_, err = w.Write(inner.Bytes())
	b.ok(err)
	b.ok(z.Close())
	b.area.read = func(_ context.Context, _ *Area, p *store.Paper, _ documents.Original, _ *holders, _ func(int, int, float64)) (paper.File, []paper.Page, error) {
		return paper.File{File: p.Name, Documents: []paper.Document{pod("480101")}}, nil, nil
	}
	b.take("papers.zip", outer.Bytes(), "480101")
	b.work()
	list, err := b.area.Documents(t.Context(), Query{Load: "480101"})
	b.ok(err)
	b.want("papers", len(list.Documents), 1)
	b.want("its bare name", list.Documents[0].Name, "climbs.pdf")
}

func TestTheQueueIsFoundByWordsAndCounts(t *testing.T) {
	b := newBench(t)
	b.one("first_480101.json", file(pod("480101")))
	b.one("second.json", file(pod("480102", noted(paper.Damaged, "WET"))))
	b.one("third.json", file(pod("480103", unsigned)))
	q, err := b.area.Queue(t.Context(), QueueQuery{})
	b.ok(err)
	b.want("counts", q.Counts, PaperCounts{Eyes: 1, Clean: 1, Problem: 1})
	var order []PaperStage
	for _, item := range q.Items {
		order = append(order, item.Stage)
	}
	b.want("order", order, []PaperStage{HasProblem, NeedsEyes, IsClean})
	b.want("next", q.Next, q.Items[0].ID)
	for words, want := range map[string]int{"0044480102": 1, "store 9": 3, "first": 1, "nowhere": 0} {
		got, err := b.area.Queue(t.Context(), QueueQuery{Words: words})
		b.ok(err)
		b.want(words, got.Total, want)
	}
	page, err := b.area.Queue(t.Context(), QueueQuery{Limit: 2, Customer: "acme"})
	b.ok(err)
	b.want("more", page.More, true)
	rest, err := b.area.Queue(t.Context(), QueueQuery{Limit: 2, After: page.Items[1].ID})
	b.ok(err)
	b.want("the rest", len(rest.Items), 1)
	loads, err := b.desk.Store.LoadsWithWords(t.Context(), `"0044480102"*`, 10)
	b.ok(err)
	b.want("its load", len(loads), 1)
}

func TestExportAndPacket(t *testing.T) {
	b := newBench(t)
	for _, load := range []string{"480101", "480102"} {
		b.judge(b.one(load+".json", file(pod(load))).Hash, Verdict{Verdict: Verified})
	}
	folder := filepath.Join(t.TempDir(), "out")
	for round := range 2 {
		done, err := b.area.Export(t.Context(), PaperExport{Folder: folder, Customer: "Acme"})
		b.ok(err)
		b.want("files", len(done.Files), 2)
		b.want("known the second time", done.Files[0].Known, round == 1)
	}
	got, err := os.ReadFile(filepath.Join(folder, "480101_POD_2026-11-22.json"))
	b.ok(err)
	b.want("as it came", bytes.Equal(got, file(pod("480101"))), true)
	if _, err := b.area.Export(t.Context(), PaperExport{Folder: filepath.Base(folder)}); err == nil {
		t.Error("a part of a path was taken for a folder")
	}
	for _, rule := range []string{"{who}", "plain", "a/{load}"} {
		if _, err := b.area.Export(t.Context(), PaperExport{Folder: folder, Rule: rule}); err == nil {
			t.Errorf("the rule %q was taken", rule)
		}
	}
	packet, err := b.area.Packet(t.Context(), "480101", "zip")
	b.ok(err)
	var zipped bytes.Buffer
	_, err = zipped.ReadFrom(packet.Body)
	b.ok(err)
	z, err := zip.NewReader(bytes.NewReader(zipped.Bytes()), int64(zipped.Len()))
	b.ok(err)
	b.want("in it", z.File[0].Name, "480101_POD_2026-11-22.json")
	if _, err := b.area.Packet(t.Context(), "480103", "pdf"); err == nil {
		t.Error("a load without papers has a packet")
	}
}

func TestAnEntryOfTheOutgoingWorkHasItsPaper(t *testing.T) {
	b := newBench(t)
	content := file(pod("480101"))
	b.judge(b.one("scan.json", content).Hash, Verdict{Verdict: Verified})
	list, err := b.desk.Store.Intents(t.Context(), "waiting", 10)
	b.ok(err)
	out, err := b.area.Outgoing(t.Context(), list[0].Key)
	b.ok(err)
	var got bytes.Buffer
	_, err = got.ReadFrom(out.Body)
	b.ok(errors.Join(err, out.Body.Close()))
	b.want("the file as it came", bytes.Equal(got.Bytes(), content), true)
	if _, err := b.area.Outgoing(t.Context(), "edit 12"); err == nil {
		t.Error("another entry has a paper")
	}
}

func TestADeskThatWasSalvagedFindsItsPapers(t *testing.T) {
	b := newBench(t)
	d := b.one("scan.json", file(pod("480101")))
	done := b.judge(d.Hash, Verdict{Verdict: Verified})
	b.ok(b.desk.Close())
	_, err := store.Salvage(t.Context(), b.dir, morning)
	b.ok(err)
	b.open()
	b.ok(desk.CatchUp(t.Context(), b.desk))
	b.ok(b.area.Resume(t.Context()))
	found, err := b.area.Queue(t.Context(), QueueQuery{Words: "0044480101"})
	b.ok(err)
	b.want("found by its words", found.Total, 1)
	b.undo(done.Act)
	b.want("and can be taken back", b.again(d.Hash).Stage, IsClean)
}

func TestSafeNames(t *testing.T) {
	for in, want := range map[string]string{"a/b\\c:d": "a-b-c-d", "CON": "_CON", " x. ": "x", "": "paper", "com1.x": "_com1.x", "Łódź": "Łódź"} {
		if got := safeName(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	if got := safeName(strings.Repeat("ł", 200)); len(got) > mostName {
		t.Errorf("%d bytes", len(got))
	}
}
