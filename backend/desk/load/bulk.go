package load

import (
	"context"
	"strconv"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
)

// BulkEdit states one thing of many loads at once.
type BulkEdit struct {
	Loads freight.List[string] `json:"loads"` // ids or numbers
	Edit  Edit                 `json:"edit"`
}

// BulkStated is the answer: one observation a load, so that each can be taken back.
type BulkStated struct {
	Observations freight.List[string] `json:"observations"`
	Says         string               `json:"says"`
	Refused      freight.List[string] `json:"refused"` // "1002: why not"
}

// mostAtOnce is how many loads one act may touch.
const mostAtOnce = 2000

// StateMany records what a person says of many loads. A load that refuses does not hold up the others.
func (a *Area) StateMany(ctx context.Context, b BulkEdit) (BulkStated, error) {
	if len(b.Loads) == 0 || len(b.Loads) > mostAtOnce {
		return BulkStated{}, desk.Invalid("Choose between 1 and %d loads.", mostAtOnce)
	}
	if _, err := claimOf(b.Edit); err != nil {
		return BulkStated{}, err
	}
	var out BulkStated
	for _, ref := range b.Loads {
		stated, err := a.State(ctx, ref, b.Edit)
		if err != nil {
			out.Refused = append(out.Refused, ref+": "+err.Error())
			continue
		}
		if stated.Observation != "" {
			out.Observations = append(out.Observations, stated.Observation)
		}
	}
	out.Says = said(len(out.Observations), b.Edit)
	return out, nil
}

func said(n int, e Edit) string {
	what := string(e.Fact)
	if e.Value != "" {
		what += " " + e.Value
	}
	if n == 1 {
		return what + " on 1 load"
	}
	return what + " on " + strconv.Itoa(n) + " loads"
}
