package papers

import (
	"context"
	"fmt"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents"
	"tracedesk/backend/freight"
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
	return DocumentCounts{Unmatched: n[string(Unmatched)], Received: n[string(Received)], Verified: n[string(Verified)], Rejected: n[string(Rejected)]}, err
}

func (a *Area) document(ctx context.Context, d *store.Document) (Document, error) {
	out := Document{Hash: d.Hash, Name: d.Name, MIME: d.Media, Size: d.Size, Pages: d.Pages, ReceivedAt: d.ReceivedAt, From: "received by " + d.By,
		Kind: PaperKind(d.Kind), State: DocumentState(d.State), Note: d.Why}
	if out.Kind == "" {
		out.Kind = Other
	}
	for _, m := range documents.Mentions(d.Text, d.Name) {
		if t, ok := freight.ParseRefType(m.Type); ok {
			out.Found = append(out.Found, FoundRef{Type: t, Value: m.Value, Where: whereOf(m.Where)})
		}
	}
	if d.Load != 0 {
		l, err := a.desk.Store.Load(ctx, d.Load)
		if err != nil {
			return out, err
		}
		out.Load, out.LoadID = l.Number, l.UID.String()
		if err := a.verdict(ctx, &out, d.Load); err != nil {
			return out, err
		}
	}
	for _, c := range d.Candidates {
		cand, err := a.candidate(ctx, c)
		if err != nil {
			return out, err
		}
		out.Candidates = append(out.Candidates, cand)
	}
	return out, nil
}

// verdict adds who judged the paper and when, as the load's own facts have it.
func (a *Area) verdict(ctx context.Context, out *Document, load int64) error {
	acts, err := a.desk.Store.Acts(ctx, out.Hash, 1)
	if err != nil || len(acts) == 0 || !strings.HasPrefix(acts[0].Act, "paper ") || acts[0].Act == "paper received" {
		return err
	}
	out.By, out.At = acts[0].Who, desk.Moment(acts[0].At)
	return nil
}

func whereOf(w documents.Where) string {
	if w.Page == 0 {
		return "file name"
	}
	return fmt.Sprintf("page %d", w.Page)
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
