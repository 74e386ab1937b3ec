package load

import (
	"context"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// State records what a person says about a load: an observation of source user, and the intent to write it into the TMS.
func (a *Area) State(ctx context.Context, ref string, edit Edit) (Stated, error) {
	found, err := a.desk.FindLoad(ctx, ref)
	if err != nil {
		return Stated{}, err
	}
	claim, err := claimOf(edit)
	if err != nil {
		return Stated{}, err
	}
	if err := a.knowsStop(ctx, found, edit.Stop); err != nil {
		return Stated{}, err
	}
	if desk.Closes(&claim) {
		if err := a.desk.MayClose(ctx, found); err != nil {
			return Stated{}, err
		}
	}
	claims := []freight.Claim{claim}
	if edit.Note != "" && claim.Fact != freight.FactNote {
		claims = append(claims, freight.Claim{Subject: claim.Subject, Fact: freight.FactNote, Value: freight.Value{Text: edit.Note}})
	}
	deed := desk.Deed{Load: found, Claims: claims, Text: edit.Note, Says: desk.Sentence(found.Number, claim), As: edit.As, Now: edit.Now}
	if leavesDesk(claim) {
		deed.Intent = string(claim.Fact)
	}
	id, err := a.desk.Do(ctx, deed)
	if err != nil {
		return Stated{}, err
	}
	if id == "" {
		return Stated{Says: "You said the same a moment ago; nothing changed."}, nil
	}
	return Stated{Observation: id, Says: deed.Says}, nil
}

// knowsStop refuses a stop that the load does not have: a mistyped number would leave the event beside the load.
func (a *Area) knowsStop(ctx context.Context, found store.Load, seq int) error {
	if seq <= 0 {
		return nil
	}
	view, err := a.desk.Ledger.View(ctx, found.ID, time.Time{}, a.desk.Now())
	if err != nil || len(view.Timeline.Stops) == 0 {
		return err
	}
	for i := range view.Timeline.Stops {
		if view.Timeline.Stops[i].Seq == seq {
			return nil
		}
	}
	return desk.Invalid("Load %s has %d stops and no stop %d.", found.Number, len(view.Timeline.Stops), seq)
}

// leavesDesk: who works a load and what is pinned is the desk's own business; everything else the TMS should know too.
func leavesDesk(c freight.Claim) bool {
	return c.Fact != freight.FactOwner && (c.Fact != freight.FactFlag || c.Value.Text != pinned)
}

// pinned is the flag of a load that somebody keeps in sight.
const pinned = "pinned"

// claimOf reads what was typed.
func claimOf(e Edit) (freight.Claim, error) {
	return desk.Typed{Fact: e.Fact, Stop: e.Stop, Type: e.Type, Value: e.Value, At: e.At, Note: e.Note}.Claim()
}
