package alerts

import (
	"context"
	"slices"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// severities are the worst first, each at its rank.
var severities = [...]freight.Severity{freight.Critical, freight.Major, freight.Minor, freight.Watched}

// mostDrafts is how many waiting messages one round looks through, the oldest first.
const mostDrafts = 5000

// fallen are the keys of waiting drafts about some loads, nil for all, that are not to be sent any more: their exception is
// resolved, came back since, or a fresh telling has worse to say.
func (a *Area) fallen(ctx context.Context, loads []int64, fresh []telling) ([]string, error) {
	drafts, about, err := a.drafts(ctx, loads)
	if err != nil || len(drafts) == 0 {
		return nil, err
	}
	open := map[string]line{}
	err = a.desk.Store.OpenLines(ctx, about, func(o *store.OpenLine) error {
		var x watch.Exception
		err := cbor.Unmarshal(o.Body, &x)
		open[x.ID] = line{load: o.Load, Exception: x}
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, key := range drafts {
		_, rest, _ := strings.Cut(key, "/")
		turn, ear, _ := strings.Cut(rest, "/")
		id, _, _ := strings.Cut(turn, ".")
		x, is := open[id]
		worse := slices.ContainsFunc(fresh, func(t telling) bool { return t.line.ID == id && t.ear() == ear })
		if !is || worse || !x.opening(turn) {
			out = append(out, key)
		}
	}
	return out, nil
}

// opening reports whether a turn is of the present opening of an exception.
func (l *line) opening(turn string) bool {
	return slices.ContainsFunc(severities[:], func(s freight.Severity) bool { return l.turn(s) == turn })
}

// drafts are the keys of waiting drafts, and the loads that they are about.
func (a *Area) drafts(ctx context.Context, loads []int64) (keys []string, about []int64, err error) {
	waiting, err := a.desk.Store.Intents(ctx, "waiting", mostDrafts)
	for i := range waiting {
		in := &waiting[i]
		if in.Load == 0 || !strings.HasPrefix(in.Key, draftKey+"/") || loads != nil && !slices.Contains(loads, in.Load) {
			continue
		}
		keys, about = append(keys, in.Key), append(about, in.Load)
	}
	slices.Sort(about)
	return keys, slices.Compact(about), err
}
