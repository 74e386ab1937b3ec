package apitest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/desk/papers"
	"tracedesk/backend/freight"
)

// Papers holds a few documents: one in each stage of the queue.
type Papers struct {
	mu     sync.Mutex
	list   []papers.PaperItem
	acts   []papers.PaperDeed
	before map[string]papers.PaperItem // act -> the document before it
	turns  map[string]int
}

func hashOf(n int) string { return fmt.Sprintf("%064x", n) }

// NewPapers are the documents of a small desk.
func NewPapers() *Papers {
	of := func(n int, name string, stage papers.PaperStage, state papers.DocumentState, kind papers.PaperKind, ago time.Duration) papers.PaperItem {
		return papers.PaperItem{ID: hashOf(n), File: hashOf(n), Name: name, Pages: freight.List[int]{1}, Documents: 1, Stage: stage, State: state, Kind: kind, Type: papers.PaperType(strings.ToUpper(string(kind))),
			ReceivedAt: Now.Add(-ago), From: "folder Scans"}
	}
	on := func(item papers.PaperItem, n int, verdict papers.PaperVerdict, says string, reasons ...string) papers.PaperItem {
		item.Load, item.LoadID, item.Customer, item.Lane = fmt.Sprintf("L%d", 480099+n), fmt.Sprintf("%032x", n), "Acme Foods", "Dallas, TX → Denver, CO"
		item.Verdict, item.Says, item.Reasons, item.Score = verdict, says, reasons, 0.97
		return item
	}
	pop := on(of(1, "BOL 7700013.pdf", papers.IsClean, papers.Received, papers.POP, 11*time.Hour), 1, papers.ProposesVerified, "every check passed")
	pop.Pages = freight.List[int]{1, 2}
	lost := of(2, "scan_0231.pdf", papers.NeedsEyes, papers.Unmatched, papers.POD, 90*time.Minute)
	lost.Guess, lost.Score, lost.Customer, lost.Lane, lost.Verdict, lost.Says, lost.Reasons = "L480102", 0.81, "Acme Foods", "Dallas, TX → Denver, CO", papers.ProposesReview, "the load is not sure", freight.List[string]{"load_not_sure"}
	wait := of(3, "IMG_8841.jpg", papers.InReading, papers.Unmatched, papers.Other, 20*time.Minute)
	wait.Type, wait.Says, wait.Progress = papers.TypeUnread, "being read", &papers.PaperProgress{State: papers.BeingRead, Page: 1, Pages: 1, Percent: 0.4, Tries: 1}
	unsigned := on(of(4, "POD L480104.pdf", papers.NeedsEyes, papers.Received, papers.POD, 3*time.Hour), 5, papers.ProposesReview, "not signed", "unsigned")
	short := on(of(5, "delivery receipt.tif", papers.HasProblem, papers.Received, papers.POD, 2*time.Hour), 6, papers.ProposesException, "short", "short")
	bad := of(6, "fax0007.tif", papers.IsUnreadable, papers.Unmatched, papers.Other, time.Hour)
	bad.Verdict, bad.Says, bad.Type = papers.ProposesUnreadable, "the file is damaged: ask for it again", papers.TypeOther
	one, two := on(of(7, "bundle.pdf", papers.IsFiled, papers.Verified, papers.POP, 30*time.Hour), 8, papers.ProposesVerified, "accepted by Ana Ruiz"), on(of(7, "bundle.pdf", papers.IsClean, papers.Received, papers.POD, 30*time.Hour), 9, papers.ProposesVerified, "every check passed")
	two.ID, two.Pages, one.Documents, two.Documents = two.File+".2", freight.List[int]{2, 3}, 2, 2
	two.LooksLike = freight.List[papers.PaperAs]{{ID: hashOf(1), Name: pop.Name, Load: two.Load, ReceivedAt: pop.ReceivedAt, Likeness: 0.93, Says: "looks like the paper of load " + two.Load + " from 22 Nov 2026"}}
	return &Papers{list: []papers.PaperItem{short, lost, unsigned, bad, pop, two, wait, one}, before: map[string]papers.PaperItem{}, turns: map[string]int{}}
}

func documentOf(item *papers.PaperItem) papers.Document {
	doc := papers.Document{Hash: item.ID, Name: item.Name, MIME: "application/pdf", Size: 182000, Pages: len(item.Pages), PageList: item.Pages, ReceivedAt: item.ReceivedAt, From: item.From, Kind: item.Kind, State: item.State,
		Load: item.Load, LoadID: item.LoadID, Note: item.Says, Stage: item.Stage, Type: item.Type, Verdict: item.Verdict, Reasons: item.Reasons}
	if item.Guess != "" {
		doc.Found = freight.List[papers.FoundRef]{{Type: freight.RefPRO, Value: "004410014", Where: "page 1"}}
		doc.Candidates = candidates()
	}
	return doc
}

func candidates() freight.List[papers.PaperCandidate] {
	return freight.List[papers.PaperCandidate]{{Load: "L480102", LoadID: fmt.Sprintf("%032x", 3), Customer: "Acme Foods", Lane: "Dallas, TX → Denver, CO", Score: 0.81, Why: "PRO 004410014 on page 1; consignee city fits."},
		{Load: "L480109", LoadID: fmt.Sprintf("%032x", 10), Customer: "Contoso", Lane: "Dallas, TX → Memphis, TN", Score: 0.34, Why: "Same day and city; no number fits."}}
}

// Documents lists them.
func (p *Papers) Documents(_ context.Context, q papers.Query) (papers.Documents, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out papers.Documents
	n := map[papers.DocumentState]int{}
	for i := range p.list {
		item := &p.list[i]
		n[item.State]++
		if (q.State == "" || item.State == q.State) && (q.Load == "" || item.Load == q.Load || item.LoadID == q.Load) {
			out.Documents = append(out.Documents, documentOf(item))
		}
	}
	out.Counts = papers.DocumentCounts{Unmatched: n[papers.Unmatched], Received: n[papers.Received], Verified: n[papers.Verified], Rejected: n[papers.Rejected], SetAside: n[papers.SetAside]}
	return out, nil
}

// Add keeps an upload's name.
func (p *Papers) Add(_ context.Context, in papers.Arrival) (papers.Arrived, error) {
	if _, err := io.Copy(io.Discard, in.Body); err != nil {
		return papers.Arrived{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	item := papers.PaperItem{ID: hashOf(100 + len(p.list)), Name: in.Name, Pages: freight.List[int]{1}, Documents: 1, Kind: papers.POD, Type: papers.TypePOD, State: papers.Received, Stage: papers.NeedsEyes, Verdict: papers.ProposesReview,
		Load: in.Load, ReceivedAt: Now, From: "dropped by Ana Ruiz", Says: "a person has not looked at it"}
	item.File = item.ID
	if in.Load == "" {
		item.State, item.Kind, item.Type, item.Says = papers.Unmatched, papers.Other, papers.TypeOther, "nothing in it names a load"
	}
	p.list = append([]papers.PaperItem{item}, p.list...)
	return papers.Arrived{Hash: item.ID}, nil
}

// AddPaths is not for this desk.
func (p *Papers) AddPaths(context.Context, papers.Filing) (papers.Documents, error) {
	return papers.Documents{}, missing("This desk has no files.")
}

// Told are the documents added.
func (p *Papers) Told(ctx context.Context, came []papers.Arrived, _ bool) (papers.Documents, error) {
	all, err := p.Documents(ctx, papers.Query{})
	all.Documents = slices.DeleteFunc(all.Documents, func(d papers.Document) bool {
		return !slices.ContainsFunc(came, func(a papers.Arrived) bool { return a.Hash == d.Hash })
	})
	return all, err
}

// File is a page.
func (p *Papers) File(ctx context.Context, hash string) (papers.File, error) {
	return p.Page(ctx, hash, papers.PageLook{Page: 1})
}

type nopCloser struct{ io.ReadSeeker }

func (nopCloser) Close() error { return nil }

// Page draws lines on white.
func (p *Papers) Page(_ context.Context, hash string, look papers.PageLook) (papers.File, error) {
	size := image.Rect(0, 0, 850, 1100)
	if look.Turn%180 != 0 {
		size = image.Rect(0, 0, 1100, 850)
	}
	img := image.NewGray(size)
	for i := range img.Pix {
		img.Pix[i] = 250
	}
	for y := 80; y < size.Max.Y-100; y += 34 {
		for x := 80; x < 300+(y*37*look.Page)%470; x++ {
			img.SetGray(x, y, color.Gray{60})
			img.SetGray(x, y+1, color.Gray{60})
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, img)
	return papers.File{Name: hash[:8] + ".png", MIME: "image/png", Modified: Now, Body: nopCloser{bytes.NewReader(out.Bytes())}}, err
}

// Judge keeps the verdict.
func (p *Papers) Judge(_ context.Context, id string, v papers.Verdict) (papers.Judged, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.list {
		item := &p.list[i]
		if item.ID != id {
			continue
		}
		before := *item
		item.State, item.Stage = v.Verdict, papers.IsFiled
		if v.Verdict == "" {
			item.State = papers.Received
		}
		if v.Load != "" {
			item.Load = v.Load
		}
		if v.Kind != "" {
			item.Kind = v.Kind
		}
		switch v.Verdict {
		case papers.Rejected:
			item.Stage = papers.HasProblem
		case papers.Unmatched:
			item.Stage, item.Load, item.LoadID = papers.NeedsEyes, "", ""
		}
		says := fmt.Sprintf("%s %s for %s", item.Name, item.State, item.Load)
		item.Says = string(item.State) + " by Ana Ruiz"
		return papers.Judged{Document: documentOf(item), Observation: observationID(700), Act: p.did(before, string(item.State), says, v.Note), Says: says, Next: p.next(id)}, nil
	}
	return papers.Judged{}, missing("No such document.")
}

func (p *Papers) did(before papers.PaperItem, does, says, note string) string {
	act := strconv.Itoa(len(p.acts) + 1)
	p.acts = append(p.acts, papers.PaperDeed{Act: act, At: Now, By: "Ana Ruiz", Does: does, Says: says, Note: note, CanUndo: true})
	p.before[act] = before
	return act
}

func (p *Papers) next(not string) string {
	for _, stage := range []papers.PaperStage{papers.HasProblem, papers.NeedsEyes, papers.IsUnreadable, papers.IsClean} {
		for i := range p.list {
			if p.list[i].Stage == stage && p.list[i].ID != not && p.list[i].State != papers.Rejected {
				return p.list[i].ID
			}
		}
	}
	return ""
}

// Queue is all of them in one page.
func (p *Papers) Queue(_ context.Context, q papers.QueueQuery) (papers.PaperQueue, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := papers.PaperQueue{Next: p.next("")}
	for i := range p.list {
		item := p.list[i]
		switch item.Stage {
		case papers.InReading:
			out.Counts.Reading++
		case papers.NeedsEyes:
			out.Counts.Eyes++
		case papers.IsClean:
			out.Counts.Clean++
		case papers.HasProblem:
			out.Counts.Problem++
		case papers.IsFiled:
			out.Counts.Filed++
		case papers.IsUnreadable:
			out.Counts.Unreadable++
		}
		words := strings.ToLower(item.Name + " " + item.Load + " " + item.Guess)
		if (q.Stage == "" || item.Stage == q.Stage) && (q.Load == "" || item.Load == q.Load || item.LoadID == q.Load) && (q.Type == "" || item.Type == q.Type) && strings.Contains(words, strings.ToLower(q.Words)) {
			out.Items = append(out.Items, item)
		}
	}
	out.Total = len(out.Items)
	return out, nil
}

func (p *Papers) find(id string) (int, error) {
	i := slices.IndexFunc(p.list, func(item papers.PaperItem) bool { return item.ID == id })
	if i < 0 {
		return i, missing("No such document.")
	}
	return i, nil
}

// Sheet is one document with values, checks and what happened to it.
func (p *Papers) Sheet(_ context.Context, id string) (papers.PaperSheet, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at, err := p.find(id)
	if err != nil {
		return papers.PaperSheet{}, err
	}
	item := p.list[at]
	box := func(l, t, r, b float64) freight.List[float64] { return freight.List[float64]{l, t, r, b} }
	value := func(v string, sure float64, b freight.List[float64]) freight.List[papers.PaperValue] {
		return freight.List[papers.PaperValue]{{Value: v, Text: v, Confidence: sure, Page: item.Pages[0], Box: b}}
	}
	out := papers.PaperSheet{Item: item, MIME: "application/pdf", Size: 182000, Policy: "everybody", Match: "BOL 7700013 and PRO 004410014 are this load's alone", Text: "BILL OF LADING 7700013",
		Fields: freight.List[papers.PaperField]{
			{Name: "bol", Values: value("7700013", 0.98, box(.62, .06, .82, .09)), Desk: freight.List[string]{"7700013"}, Agrees: papers.FieldAgrees},
			{Name: "pro", Values: value("004410014", 0.91, box(.62, .1, .82, .13)), Desk: freight.List[string]{"004410014"}, Agrees: papers.FieldAgrees},
			{Name: "consignee", Values: value("STORE 9", 0.88, box(.08, .22, .4, .25)), Desk: freight.List[string]{"Store 9"}, Agrees: papers.FieldAgrees},
			{Name: "seal", Desk: freight.List[string]{"SL-20114"}, Agrees: papers.OnlyOnDesk},
			{Name: "pieces", Values: freight.List[papers.PaperValue]{{Value: "18", Text: "18", Confidence: 0.71, Page: item.Pages[0], Box: box(.3, .6, .36, .63), Hand: true}}, Desk: freight.List[string]{"20"}, Agrees: papers.FieldDiffers},
			{Name: "out", Values: value("05:30", 0.66, box(.7, .8, .78, .83)), Agrees: papers.OnlyOnPaper}},
		Signatures: freight.List[papers.PaperSignature]{{Role: "shipper", Present: true, Page: item.Pages[0], Box: box(.08, .85, .36, .9)}, {Role: "consignee", Present: !slices.Contains(item.Reasons, "unsigned"), Page: item.Pages[0], Box: box(.55, .85, .9, .9)}},
		Checks: freight.List[papers.PaperCheck]{{Name: "matched", State: "passed", Required: true, Desk: item.Load}, {Name: "numbers", State: "passed", Required: true, Paper: "BOL, PRO", Desk: "BOL, PRO, seal", Page: item.Pages[0], Box: box(.62, .06, .82, .09)},
			{Name: "pieces", State: "failed", Required: true, Paper: "18", Desk: "20", Page: item.Pages[0], Box: box(.3, .6, .36, .63)}, {Name: "seal", State: "unknown", Desk: "SL-20114"}}}
	for _, n := range item.Pages {
		page := papers.PaperPage{Number: n, Picture: fmt.Sprintf("api/documents/%s/page/%d.png", item.File, n), Turn: p.turns[fmt.Sprint(id, n)]}
		if page.Turn != 0 {
			page.Picture += "?turn=" + strconv.Itoa(page.Turn)
		}
		out.PageList = append(out.PageList, page)
	}
	if slices.Contains(item.Reasons, "short") {
		out.Notations = freight.List[papers.PaperNotation]{{Kind: "short", Text: "2 CTNS SHORT", Page: item.Pages[0], Box: box(.1, .7, .4, .74)}}
	}
	if item.Guess != "" {
		out.Candidates = candidates()
	}
	if item.Stage == papers.IsUnreadable {
		out.Error, out.Fields, out.Checks, out.Signatures = item.Says, nil, nil, nil
	}
	for i := range p.list {
		if p.list[i].File == item.File && p.list[i].ID != id {
			out.Siblings = append(out.Siblings, p.list[i])
		}
	}
	for _, act := range slices.Backward(p.acts) {
		if p.before[act.Act].ID == id {
			out.History = append(out.History, act)
		}
	}
	out.History = append(out.History, papers.PaperDeed{At: item.ReceivedAt, Does: "received", By: "Ana Ruiz", Says: "received " + item.From})
	return out, nil
}

func (p *Papers) done(says, act string, items ...papers.PaperItem) papers.PaperDone {
	out := papers.PaperDone{Says: says, Act: act, Items: items}
	not := ""
	if len(items) > 0 {
		not = items[0].ID
	}
	out.Next = p.next(not)
	return out
}

// Pages turns a page, splits and joins; a crop is only told of.
func (p *Papers) Pages(_ context.Context, id string, c papers.PageChange) (papers.PaperDone, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	i, err := p.find(id)
	if err != nil {
		return papers.PaperDone{}, err
	}
	item := p.list[i]
	switch c.Does {
	case papers.TurnPage:
		key := fmt.Sprint(id, c.Page)
		p.turns[key] = (p.turns[key] + c.Turn + 360) % 360
	case papers.SplitHere:
		at := slices.Index(item.Pages, c.Page)
		if at < 1 {
			return papers.PaperDone{}, missing("A document is split before its second or a later page.")
		}
		second := item
		second.ID, second.Pages, second.Load, second.LoadID, second.State, second.Stage, second.Says = item.File+".9", item.Pages[at:], "", "", papers.Unmatched, papers.NeedsEyes, "nothing in it names a load"
		p.list[i].Pages = item.Pages[:at]
		p.list = append(p.list, second)
	case papers.JoinWith:
		j, err := p.find(c.With)
		if err != nil {
			return papers.PaperDone{}, err
		}
		p.list[i].Pages = append(slices.Clone(item.Pages), p.list[j].Pages...)
		p.list = slices.Delete(p.list, j, j+1)
	}
	says := string(c.Does) + " of " + item.Name
	return p.done(says, p.did(item, string(c.Does), says, c.Note), p.list[min(i, len(p.list)-1)]), nil
}

// Reading tells what would be done.
func (p *Papers) Reading(_ context.Context, id string, c papers.ReadingChange) (papers.PaperDone, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	i, err := p.find(id)
	if err != nil {
		return papers.PaperDone{}, err
	}
	return p.done(string(c.Does)+": "+p.list[i].Name, "", p.list[i]), nil
}

// Ask drafts.
func (p *Papers) Ask(_ context.Context, id string, a papers.PaperAsk) (papers.PaperDone, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	i, err := p.find(id)
	if err != nil {
		return papers.PaperDone{}, err
	}
	item := &p.list[i]
	given := strings.Join(a.Faults, "; ")
	if given == "" {
		given = "there is no signature of the consignee"
	}
	draft := a.Text
	if draft == "" {
		draft = "Hello Blue Line,\n\nthank you for the POD of load " + item.Load + ". We cannot use it as it is: " + given + ".\n\nPlease send the complete, signed POD (all pages, legible).\n\nThank you"
	}
	says, act := "Drafted, not kept.", ""
	if a.Keep {
		before := *item
		item.State, item.Stage, item.Says = papers.Rejected, papers.HasProblem, "flagged by Ana Ruiz: asked again: "+given
		says = "Waits in outgoing work: asked Blue Line for a better paper than " + item.Name
		act = p.did(before, "ask", says, given)
	}
	out := p.done(says, act, *item)
	out.Draft, out.To = draft, "Blue Line"
	return out, nil
}

// AcceptClean accepts them.
func (p *Papers) AcceptClean(_ context.Context, b papers.PaperBatch) (papers.PaperDone, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var items []papers.PaperItem
	for i := range p.list {
		item := &p.list[i]
		if item.Stage != papers.IsClean || len(b.IDs) > 0 && !slices.Contains(b.IDs, item.ID) {
			continue
		}
		item.State, item.Stage, item.Says = papers.Verified, papers.IsFiled, "accepted by Ana Ruiz"
		items = append(items, *item)
	}
	says := fmt.Sprintf("%d clean papers accepted", len(items))
	if len(items) == 0 {
		return p.done("No paper was accepted: none of them is clean.", ""), nil
	}
	return p.done(says, p.did(items[0], "accept clean", says, ""), items...), nil
}

// UndoAct puts a document back.
func (p *Papers) UndoAct(_ context.Context, u papers.PaperUndo) (papers.PaperDone, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before, ok := p.before[u.Act]
	i, err := p.find(before.ID)
	if !ok || err != nil {
		return papers.PaperDone{}, missing("There is no act " + u.Act + " on papers.")
	}
	p.list[i] = before
	n, _ := strconv.Atoi(u.Act)
	p.acts[n-1].Undone, p.acts[n-1].CanUndo = true, false
	return p.done("Taken back: "+p.acts[n-1].Says, "", before), nil
}

// Policies is everybody's.
func (p *Papers) Policies(context.Context) (papers.PaperPolicies, error) {
	checks := freight.List[string]{"matched", "signed_consignee", "numbers", "consignee", "pieces", "date_order", "unreserved", "clean"}
	return papers.PaperPolicies{Checks: checks, Policies: freight.List[papers.PaperPolicy]{{Pickup: freight.List[string]{"matched", "signed_shipper", "signed_driver", "numbers", "pieces"}, Delivery: checks, Agreeing: 2, WeightWithin: 0.02, DaysWithin: 7, SignedBOL: true}}}, nil
}

// SetPolicy is not kept here.
func (p *Papers) SetPolicy(ctx context.Context, _ papers.PaperPolicyEdit) (papers.PaperPolicies, error) {
	return p.Policies(ctx)
}

// Aliases is one.
func (p *Papers) Aliases(context.Context) (papers.PaperAliases, error) {
	return papers.PaperAliases{Aliases: freight.List[papers.PaperAlias]{{Customer: "Acme Foods", Field: "consignee", Desk: "Store 9", Paper: "STR #0009", Times: 3, At: Now, By: "Ana Ruiz"}}}, nil
}

// ForgetAlias leaves none.
func (p *Papers) ForgetAlias(context.Context, papers.PaperAliasEdit) (papers.PaperAliases, error) {
	return papers.PaperAliases{}, nil
}

// Numbers are two, one of them read.
func (p *Papers) Numbers(context.Context, string) (papers.PaperNumbers, error) {
	return papers.PaperNumbers{Fields: freight.List[string]{"load", "bol"}, Numbers: freight.List[papers.PaperNumber]{
		{Spot: "1.0", Value: "480102", Label: "Load No", Field: "load", Page: 1, Box: freight.List[float64]{.1, .1, .2, .12}},
		{Spot: "1.1", Value: "90120034", Label: "Our Ref Nbr", Page: 1, Box: freight.List[float64]{.1, .2, .2, .22}}}}, nil
}

// Teach tells what was said.
func (p *Papers) Teach(_ context.Context, id string, t papers.PaperTeach) (papers.PaperDone, error) {
	return papers.PaperDone{Says: id + ": " + t.Spot + " is the " + t.Field, Act: "7"}, nil
}

// Labels are one that was taught.
func (p *Papers) Labels(context.Context) (papers.PaperLabels, error) {
	return papers.PaperLabels{Labels: freight.List[papers.PaperLabel]{{ID: 1, Label: "Our Ref Nbr", Field: "bol", Layout: "date, load, seal", At: Now, By: "Ana Ruiz", On: "pod.pdf"}}}, nil
}

// ForgetLabel leaves none.
func (p *Papers) ForgetLabel(context.Context, papers.PaperLabelEdit) (papers.PaperLabels, error) {
	return papers.PaperLabels{}, nil
}

func made(name, mime, body string) papers.File {
	return papers.File{Name: name, MIME: mime, Modified: Now, Body: nopCloser{strings.NewReader(body)}}
}

// Copy is a few bytes.
func (p *Papers) Copy(context.Context, string) (papers.File, error) {
	return made("copy.pdf", "application/pdf", "%PDF-1.4\n%%EOF\n"), nil
}

// Packet is a few bytes.
func (p *Papers) Packet(_ context.Context, load, as string) (papers.File, error) {
	if as == "zip" {
		return made("papers of load "+load+".zip", "application/zip", "PK"), nil
	}
	return made("papers of load "+load+".pdf", "application/pdf", "%PDF-1.4\n%%EOF\n"), nil
}

// Export is not for this desk.
func (p *Papers) Export(context.Context, papers.PaperExport) (papers.PaperExported, error) {
	return papers.PaperExported{}, missing("This desk has no files.")
}
