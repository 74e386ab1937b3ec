package papers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/verdict"
	"tracedesk/backend/documents/whose"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// settle keeps what was read of a file and files its documents. First everything read is stored in one transaction, with
// the documents marked as to be filed; then each is filed on its load by a transaction of its own. A crash in between is
// gone on from at the next start.
func (a *Area) settle(ctx context.Context, p *store.Paper, file paper.File, pages []paper.Page, now *time.Time) error {
	before, err := a.desk.Store.DocumentsOf(ctx, p.Hash)
	if err != nil {
		return err
	}
	rows, err := a.rows(ctx, p, &file, before)
	if err != nil {
		return err
	}
	for i := range rows {
		if err := a.compare(ctx, &rows[i], pages); err != nil {
			return err
		}
	}
	if err := a.unsay(ctx, before, rows); err != nil {
		return err
	}
	reading, err := json.Marshal(file)
	if err != nil {
		return err
	}
	text, err := wordsOf(pages)
	if err != nil {
		return err
	}
	p.ReadAt, p.Reader = a.desk.Now().UTC(), a.desk.Version
	if p.State == store.PaperReading {
		p.State, p.Error = store.PaperRead, file.Error
	}
	for _, page := range pages {
		p.Pages = max(p.Pages, page.Number)
	}
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.PaperDone(p, reading, text); err != nil {
			return err
		}
		if err := tx.Restate(before, rows); err != nil {
			return err
		}
		for i := range rows {
			if err := tx.SetDocumentWords(rows[i].ID, folded(textOf(pages, rows[i].Pages), p.Name)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	a.desk.Ledger.News().Announce(nil)
	return a.fileRest(ctx, now)
}

// rows are the documents of a file as they go on the list. Once a person has decided on one of them, or split or joined
// them, they stay as they are.
func (a *Area) rows(ctx context.Context, p *store.Paper, file *paper.File, before []store.Document) ([]store.Document, error) {
	for i := range before {
		deeds, err := a.desk.Store.DeedsOf(ctx, before[i].ID, 1)
		if err != nil {
			return nil, err
		}
		if len(deeds) > 0 || !before[i].DecidedAt.IsZero() {
			return before, nil
		}
	}
	docs := file.Documents
	if len(docs) == 0 {
		docs = []paper.Document{{Verdict: paper.Unreadable}}
	}
	seen := &holders{area: a}
	var out []store.Document
	for i := range docs {
		d := store.Document{ID: documentID(p.Hash, i+1), File: p.Hash, ReceivedAt: p.ReceivedAt, State: string(Unmatched)}
		if i < len(before) && before[i].ID == d.ID {
			d.Turns, d.Crops, d.Never = before[i].Turns, before[i].Crops, before[i].Never
		}
		if err := a.row(ctx, p, &d, &docs[i], seen, len(docs)); err != nil {
			return nil, err
		}
		if d.Why == "" || file.Error != "" {
			d.Why = strings.TrimPrefix(strings.Join([]string{d.Why, file.Error}, "; "), "; ")
		}
		out = append(out, d)
	}
	return out, nil
}

// unsay takes back what documents said of loads that are filed anew now.
func (a *Area) unsay(ctx context.Context, before, rows []store.Document) error {
	if len(rows) > 0 && len(before) > 0 && rows[0].State != store.StateFiling && rows[0].ID == before[0].ID && rows[0].State == before[0].State {
		return nil // they stay as they are
	}
	for i := range before {
		if before[i].Load == 0 {
			continue
		}
		if err := a.desk.TakeBackPaper(ctx, before[i].Load, before[i].ID); err != nil {
			return err
		}
	}
	return nil
}

// documentID names the nth document of a file.
func documentID(file string, n int) string {
	if n == 1 {
		return file
	}
	return fmt.Sprintf("%s.%d", file, n)
}

// row fills a document's row from what was read on it. On which load it goes: the one the reading names; where it names
// none, the one that a person put the file on; that one also when a file of one document names another, which then shows.
func (a *Area) row(ctx context.Context, p *store.Paper, d *store.Document, read *paper.Document, seen *holders, of int) error {
	load := int64(0)
	if read.Match != nil && read.Match.Load != "" {
		found, err := seen.idOf(ctx, read.Match.Load)
		if err != nil {
			return err
		}
		load = found
	}
	if slices.Contains(d.Never, load) {
		load = 0
	}
	if p.Wanted != 0 && (load == 0 || of == 1) {
		load = p.Wanted
	}
	if err := a.judgeOn(ctx, d, read, load, p); err != nil {
		return err
	}
	if d.Kind == string(Other) && p.WantedKind != "" {
		d.Kind = p.WantedKind
	}
	if load != 0 {
		d.State = store.StateFiling
	}
	if p.Wanted == load && load != 0 {
		d.Why = "put there by " + p.By
	}
	return nil
}

// judgeOn holds a reading against a load (0: none) under the policy of its customer and fills the row.
func (a *Area) judgeOn(ctx context.Context, d *store.Document, read *paper.Document, load int64, p *store.Paper) error {
	d.Load = load
	var customer string
	if load != 0 {
		seen := &holders{area: a}
		e, err := seen.expected(ctx, load)
		if err != nil {
			return err
		}
		customer = e.Customer
		if err := a.rejudge(ctx, read, e, p); err != nil {
			return err
		}
	}
	pol, _, err := a.policyFor(ctx, customer)
	if err != nil {
		return err
	}
	d.Pages, d.Type, d.Kind, d.Verdict = read.Pages, string(read.Type), string(kindOf(read, pol)), string(read.Verdict)
	d.Candidates, d.Score = nil, 0
	if read.Match != nil {
		d.Score, d.Why = read.Match.Score, read.Match.Why
		for _, c := range read.Match.Candidates {
			d.Candidates = append(d.Candidates, store.Candidate{Number: c.Load, Why: fmt.Sprintf("%.0f %% · %s", c.Score*100, c.Why)})
		}
	}
	d.Stage = desk.StageOf(d, false)
	d.Reading, err = json.Marshal(read)
	return err
}

// rejudge holds a reading against the load that it lies on.
func (a *Area) rejudge(ctx context.Context, read *paper.Document, e *paper.Expected, p *store.Paper) error {
	if read.Type == "" || read.Type == paper.Blank {
		return nil
	}
	pol, _, err := a.policyFor(ctx, e.Customer)
	if err != nil {
		return err
	}
	signs := whose.Gather(*read, nil, p.Name)
	found, err := whose.Find(ctx, &holders{area: a}, signs)
	if err != nil {
		return err
	}
	found.Add(e)
	ranked := whose.Rank(signs, found)
	match := whose.Decide(signs, ranked)
	if match.Load == "" { // the person's word, or the reading's with all words of the pages at hand
		match.Load = e.Load
	}
	r := verdict.Judge(verdict.Case{Document: *read, Match: match, Ranked: ranked, Filed: e.Load}, pol.Checks)
	read.Verdict, read.Reasons, read.Checks = r.Verdict, r.Reasons, r.Checks
	if r.Match != nil {
		read.Match = r.Match
	}
	return nil
}

// kindOf is what a document proves. A bill of lading that nobody has signed proves nothing, and is not asked of anybody.
func kindOf(read *paper.Document, pol policy) PaperKind {
	proves := verdict.Proves(*read)
	if read.Type == paper.BOL || read.Subtype == paper.SignedBill {
		signed := read.Signatures[paper.SignsShipper].Present || read.Signatures[paper.SignsDriver].Present
		switch {
		case proves == freight.POD && pol.SignedBOL:
		case signed:
			proves = freight.POP
		default:
			proves = ""
		}
	}
	if proves == "" {
		return Other
	}
	return PaperKind(proves)
}

// idOf is the load that was looked up under a number.
func (h *holders) idOf(ctx context.Context, number string) (int64, error) {
	if _, err := h.Holders(ctx, freight.NormalRef(number)); err != nil {
		return 0, err
	}
	return h.ids[number], nil
}

// textOf are the words of some pages.
func textOf(pages []paper.Page, which []int) string {
	var out strings.Builder
	for i := range pages {
		if len(which) > 0 && !slices.Contains(which, pages[i].Number) {
			continue
		}
		for _, w := range pages[i].Words {
			out.WriteString(w.Text)
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// folded are the words by which a document is found: those on its pages and in its file's name.
func folded(text, name string) string {
	return ledger.FoldWords(text + " " + strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(name))
}

// matched finds the load that a reading names.
func matched(ctx context.Context, known whose.Known, read *paper.Document, pages []pageWords, name string) (paper.Match, error) {
	var sheets []paper.Page
	for _, p := range pages {
		sheets = append(sheets, paper.Page{Number: p.Number, Words: p.Words})
	}
	signs := whose.Gather(*read, sheets, name)
	found, err := whose.Find(ctx, known, signs)
	if err != nil {
		return paper.Match{}, err
	}
	return whose.Decide(signs, whose.Rank(signs, found)), nil
}

// fileRest files every document that was read and is not on its load yet.
func (a *Area) fileRest(ctx context.Context, now *time.Time) error {
	a.filing.Lock() // two workers must not file one document at a time, nor over what a person decided since
	defer a.filing.Unlock()
	list, err := a.desk.Store.DocumentsInState(ctx, store.StateFiling, -1)
	if err != nil {
		return err
	}
	for i := range list {
		if err := a.file(ctx, &list[i], now); err != nil {
			return err
		}
	}
	return nil
}

// file says that the load has the document, and takes it off the list of what is to be filed. Saying it twice is saying it once.
func (a *Area) file(ctx context.Context, d *store.Document, now *time.Time) error {
	d.State = string(Received)
	d.Stage = desk.StageOf(d, false)
	says, err := a.says(ctx, d)
	if err != nil {
		return err
	}
	o := freight.Observation{Source: freight.Source{Kind: freight.Paper}, Channel: freight.ByFile, Text: d.Name, EventID: d.ID + "@" + strconv.FormatInt(a.readAt(ctx, d), 36),
		Claims: append([]freight.Claim{has(d, string(Received), "")}, says...)}
	_, err = a.desk.LedgerAt(now).Post(ctx, d.Load, []freight.Observation{o}, func(tx *store.Tx, _ ledger.Posted) error { return tx.PutDocument(d) })
	if err != nil || d.Stage != string(IsClean) {
		return err
	}
	view, err := a.desk.Ledger.View(ctx, d.Load, time.Time{}, a.desk.Now())
	if err != nil {
		return err
	}
	pol, _, err := a.policyFor(ctx, view.Timeline.Customer.Value)
	if err != nil || !pol.AutoAccept {
		return err
	}
	_, err = a.Judge(ctx, d.ID, Verdict{Verdict: Verified, Note: "every check of the policy passed", As: byPolicy, Now: now})
	return err
}

// readAt tells one reading of a file from another: said again after a crash, it is the same word.
func (a *Area) readAt(ctx context.Context, d *store.Document) int64 {
	p, err := a.desk.Store.Paper(ctx, d.File)
	if err != nil {
		return 0
	}
	return p.ReadAt.UnixNano()
}

// byPolicy signs what a customer's policy accepted without a person.
const byPolicy = "policy"

// has is the claim that a load has a document, and that it stands so.
func has(d *store.Document, state, note string) freight.Claim {
	kind := d.Kind
	if kind == "" {
		kind = string(Other)
	}
	return freight.Claim{Fact: freight.FactDocument, Value: freight.Value{Type: kind, Text: d.ID, Note: state, Scope: note}}
}
