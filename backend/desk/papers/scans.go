package papers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"tracedesk/backend/report"
	"tracedesk/backend/store"
)

// Scans are the pages of the papers of a load, for a packet: proofs first, then as they came. Rejected ones are among them.
func (a *Area) Scans(ctx context.Context, ref string) ([]report.Scan, error) {
	load, err := a.desk.FindLoad(ctx, ref)
	if err != nil {
		return nil, err
	}
	docs, err := a.desk.Store.Documents(ctx, load.ID, "", mostListed)
	if err != nil {
		return nil, err
	}
	docs = slices.DeleteFunc(docs, func(d store.Document) bool { return d.State == string(SetAside) || d.Stage == string(InReading) })
	slices.SortStableFunc(docs, func(x, y store.Document) int {
		return cmp.Or(packetOrder(x.Kind)-packetOrder(y.Kind), x.ReceivedAt.Compare(y.ReceivedAt), cmp.Compare(x.ID, y.ID))
	})
	var out []report.Scan
	for i := range docs {
		sheets, err := a.sheets(ctx, &docs[i])
		if err != nil {
			return nil, err
		}
		for n := range sheets {
			title := strings.TrimSpace(fmt.Sprintf("%s %s, %s, page %d of %d", strings.ToUpper(docs[i].Kind), docs[i].Name, docs[i].State, n+1, len(sheets)))
			out = append(out, report.Scan{Title: title, Sheet: sheets[n]})
		}
		if len(out) > mostCopied {
			return out[:mostCopied], nil
		}
	}
	return out, nil
}
