package papers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// mostListed is how many papers one list names.
const mostListed = 1000

// Documents lists the papers asked for, newest first.
func (a *Area) Documents(ctx context.Context, q Query) (Documents, error) {
	var out Documents
	var load int64
	if q.Load != "" {
		found, err := a.desk.FindLoad(ctx, q.Load)
		if err != nil {
			return out, err
		}
		load = found.ID
	}
	list, err := a.desk.Store.Documents(ctx, load, string(q.State), mostListed)
	if err != nil {
		return out, err
	}
	for i := range list {
		d, err := a.document(ctx, &list[i])
		if err != nil {
			return out, err
		}
		out.Documents = append(out.Documents, d)
	}
	out.Counts, err = a.counts(ctx)
	return out, err
}

func (a *Area) counts(ctx context.Context) (DocumentCounts, error) {
	n, err := a.desk.Store.DocumentCounts(ctx)
	return DocumentCounts{Unmatched: n[string(Unmatched)], Received: n[string(Received)] + n[store.StateFiling], Verified: n[string(Verified)], Rejected: n[string(Rejected)],
		SetAside: n[string(SetAside)]}, err
}

// shownState is a document's state as people see it: one that is just being filed is received.
func shownState(d *store.Document) DocumentState {
	if d.State == store.StateFiling {
		return Received
	}
	return DocumentState(d.State)
}

func shownKind(d *store.Document) PaperKind {
	if d.Kind == "" {
		return Other
	}
	return PaperKind(d.Kind)
}

func (a *Area) document(ctx context.Context, d *store.Document) (Document, error) {
	read, err := readingOf(d)
	if err != nil {
		return Document{}, err
	}
	out := Document{Hash: d.ID, Name: d.Name, MIME: d.Media, Size: d.Size, Pages: len(d.Pages), PageList: d.Pages, ReceivedAt: d.ReceivedAt, From: "received by " + d.ReceivedBy,
		Kind: shownKind(d), State: shownState(d), Note: cmp.Or(d.Note, d.Why), By: d.By, At: desk.Moment(d.DecidedAt),
		Stage: PaperStage(d.Stage), Type: PaperType(read.Type), Verdict: PaperVerdict(d.Verdict), Reasons: read.Reasons}
	out.Found = foundIn(&read)
	if d.Load != 0 {
		l, err := a.desk.Store.Load(ctx, d.Load)
		if err != nil {
			return out, err
		}
		out.Load, out.LoadID = l.Number, l.UID.String()
	}
	out.Candidates, err = a.candidates(ctx, d)
	return out, err
}

// refOfField is the sort of reference that stands in a field of a paper.
var refOfField = []struct {
	field string
	ref   freight.RefType
}{{paper.Load, freight.RefLoad}, {paper.Bill, freight.RefBOL}, {paper.PRO, freight.RefPRO}, {paper.PO, freight.RefPO}, {paper.Trailer, freight.RefTrailer}}

func foundIn(read *paper.Document) (out freight.List[FoundRef]) {
	for _, f := range refOfField {
		for _, v := range read.Fields[f.field] {
			where := fmt.Sprintf("page %d", v.Page)
			if v.Page == 0 {
				where = "file name"
			}
			out = append(out, FoundRef{Type: f.ref, Value: v.Value, Where: where})
		}
	}
	return out
}

func (a *Area) candidates(ctx context.Context, d *store.Document) (out freight.List[PaperCandidate], err error) {
	for _, c := range d.Candidates {
		cand, err := a.candidate(ctx, c)
		if err != nil {
			return out, err
		}
		out = append(out, cand)
	}
	return out, nil
}

func (a *Area) candidate(ctx context.Context, c store.Candidate) (PaperCandidate, error) {
	out := PaperCandidate{Load: c.Number}
	var percent float64
	if n, _ := fmt.Sscanf(c.Why, "%f %%", &percent); n == 1 {
		out.Score = percent / 100
	}
	_, out.Why, _ = strings.Cut(c.Why, "· ")
	hits, err := a.desk.Store.RefHits(ctx, c.Number, 10)
	if err != nil {
		return out, err
	}
	for _, h := range hits {
		if h.Ref.Type != freight.RefLoad {
			continue
		}
		line, err := a.desk.Store.Line(ctx, h.Load)
		if err != nil {
			continue
		}
		out.LoadID, out.Customer, out.Lane = line.Row.ID.String(), line.Row.Customer, line.Row.Origin+" → "+line.Row.Dest
	}
	return out, nil
}

// usualPage is how many items a page of the queue has.
const usualPage = 200

// Queue is a page of the documents, what needs a person first.
func (a *Area) Queue(ctx context.Context, q QueueQuery) (PaperQueue, error) {
	query := store.DocumentQuery{Stage: string(q.Stage), Type: string(q.Type), Customer: q.Customer, Match: ledger.Query(q.Words), After: q.After, Limit: q.Limit}
	if q.Limit <= 0 || q.Limit > mostListed {
		query.Limit = usualPage
	}
	if q.Load != "" {
		found, err := a.desk.FindLoad(ctx, q.Load)
		if err != nil {
			return PaperQueue{}, err
		}
		query.Load = found.ID
	}
	query.Limit++
	list, total, err := a.desk.Store.Queue(ctx, query, strings.TrimSpace(q.Words))
	if err != nil {
		return PaperQueue{}, err
	}
	out := PaperQueue{Total: total, More: len(list) == query.Limit}
	if out.More {
		list = list[:len(list)-1]
	}
	if out.Items, err = a.items(ctx, list); err != nil {
		return out, err
	}
	n, err := a.desk.Store.StageCounts(ctx)
	if err != nil {
		return out, err
	}
	out.Counts = PaperCounts{Reading: n[string(InReading)], Eyes: n[string(NeedsEyes)], Clean: n[string(IsClean)], Problem: n[string(HasProblem)], Filed: n[string(IsFiled)], Unreadable: n[string(IsUnreadable)]}
	out.Next, err = a.nextFor(ctx, "")
	return out, err
}

// nextFor is the first document that needs a person, another than the one just done: of the same file first, so that a bundle
// is worked as one.
func (a *Area) nextFor(ctx context.Context, id string) (string, error) {
	needs := func(d *store.Document) bool {
		return d.ID != id && slices.Contains([]string{string(HasProblem), string(NeedsEyes), string(IsUnreadable), string(IsClean)}, d.Stage) && d.State != string(Rejected)
	}
	if id != "" {
		same, err := a.desk.Store.DocumentsOf(ctx, fileOf(id))
		if err != nil {
			return "", err
		}
		for i := range same {
			if needs(&same[i]) {
				return same[i].ID, nil
			}
		}
	}
	for _, stage := range []PaperStage{HasProblem, NeedsEyes, IsUnreadable, IsClean} {
		list, _, err := a.desk.Store.Queue(ctx, store.DocumentQuery{Stage: string(stage), Limit: 50}, "")
		if err != nil {
			return "", err
		}
		for i := range list {
			if needs(&list[i]) {
				return list[i].ID, nil
			}
		}
	}
	return "", nil
}

func (a *Area) items(ctx context.Context, list []store.Document) (out freight.List[PaperItem], err error) {
	ahead, err := a.waitingAhead(ctx, list)
	if err != nil {
		return nil, err
	}
	of := map[string]int{}
	for i := range list {
		item, err := a.item(ctx, &list[i], of)
		if err != nil {
			return out, err
		}
		if item.Progress != nil {
			item.Progress.Ahead = ahead[item.File]
		}
		out = append(out, item)
	}
	return out, nil
}

// waitingAhead is how many files are read before each of those that wait.
func (a *Area) waitingAhead(ctx context.Context, list []store.Document) (map[string]int, error) {
	if !slices.ContainsFunc(list, func(d store.Document) bool { return d.Stage == string(InReading) }) {
		return nil, nil
	}
	waiting, err := a.desk.Store.WaitingPapers(ctx, mostListed)
	out := make(map[string]int, len(waiting))
	for i := range waiting {
		out[waiting[i].Hash] = i
	}
	return out, err
}

// item is a document in the queue. of remembers how many documents a file has.
func (a *Area) item(ctx context.Context, d *store.Document, of map[string]int) (PaperItem, error) {
	read, err := readingOf(d)
	if err != nil {
		return PaperItem{}, err
	}
	out := PaperItem{ID: d.ID, File: d.File, Name: d.Name, Pages: d.Pages, Stage: PaperStage(d.Stage), State: shownState(d), Type: PaperType(read.Type), Subtype: read.Subtype,
		Kind: shownKind(d), Verdict: PaperVerdict(d.Verdict), Says: sentence(d, &read), Reasons: read.Reasons, Score: d.Score, ReceivedAt: d.ReceivedAt, From: d.From}
	if of[d.File] == 0 {
		same, err := a.desk.Store.DocumentsOf(ctx, d.File)
		if err != nil {
			return out, err
		}
		of[d.File] = len(same)
	}
	out.Documents = of[d.File]
	if d.Load != 0 {
		line, err := a.desk.Store.Line(ctx, d.Load)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return out, err
		}
		out.Load, out.LoadID, out.Customer, out.Lane = line.Row.Load, line.Row.ID.String(), line.Row.Customer, line.Row.Origin+" → "+line.Row.Dest
	} else if len(d.Candidates) > 0 {
		c, err := a.candidate(ctx, d.Candidates[0])
		if err != nil {
			return out, err
		}
		out.Guess, out.Score, out.Customer, out.Lane = c.Load, c.Score, c.Customer, c.Lane
	}
	if d.Stage == string(InReading) || d.Stage == string(IsUnreadable) {
		if out.Progress, err = a.progressOf(ctx, d.File); err != nil {
			return out, err
		}
		if out.Progress != nil && d.Stage == string(InReading) {
			out.Says = readingSays[out.Progress.State]
		}
	}
	out.LooksLike, err = a.looksLike(ctx, d)
	return out, err
}

// readingSays is where the reading of a file stands, in words.
var readingSays = map[ReadingState]string{WaitsForReader: "waits to be read", BeingRead: "being read", ReadingStopped: "not read for now: it was stopped", ReadingFailed: "reading it failed"}

// done completes the answer to an act: the documents as they are now, and which one is next.
func (a *Area) done(ctx context.Context, out PaperDone, ids ...string) (PaperDone, error) {
	var list []store.Document
	for _, id := range ids {
		d, err := a.desk.Store.Document(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return out, err
		}
		list = append(list, d)
	}
	var err error
	if out.Items, err = a.items(ctx, list); err != nil {
		return out, err
	}
	first := ""
	if len(ids) > 0 {
		first = ids[0]
	}
	out.Next, err = a.nextFor(ctx, first)
	return out, err
}

func invalidDeed(given, known string) error {
	return desk.Invalid("%q is nothing that can be done here: %s.", given, known)
}
