package load

import (
	"context"
	"strconv"
	"strings"
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

func claimOf(e Edit) (freight.Claim, error) {
	switch e.Fact { // "PRO:991", as the events sheet writes it
	case freight.FactReference, freight.FactDriver, freight.FactEquipment, freight.FactPaper:
		if typ, value, both := strings.Cut(e.Value, ":"); both && e.Type == "" {
			e.Type, e.Value = strings.TrimSpace(typ), value
		}
	}
	c := freight.Claim{Fact: e.Fact}
	if e.Stop > 0 {
		c.Subject = freight.Stop(e.Stop)
	}
	at, err := when(e.At)
	if err != nil {
		return c, err
	}
	c.At = at
	switch e.Fact {
	case freight.FactArrived, freight.FactDeparted, freight.FactLoaded, freight.FactUnloaded, freight.FactPickedUp, freight.FactDelivered:
		if c.At.IsZero() {
			if c.At, err = when(e.Value); err != nil {
				return c, err
			}
		}
		return c, needs(e.Stop > 0 && !c.At.IsZero(), "Say which stop and when, such as 2026-11-23 14:30.")
	case freight.FactWindow:
		start, end, _ := strings.Cut(e.Value, "/")
		if c.Value.Start, err = when(start); err == nil {
			c.Value.End, err = when(end)
		}
		c.Value.Type, c.Value.Note = e.Type, e.Note
		if err != nil {
			return c, err
		}
		return c, needs(e.Stop > 0 && (!c.Value.Start.IsZero() || !c.Value.End.IsZero()), "Say which stop and from when to when: start/end.")
	case freight.FactETA:
		c.Value.Start, err = when(e.Value)
		if err != nil {
			return c, err
		}
		return c, needs(e.Stop > 0 && !c.Value.Start.IsZero(), "Say which stop and the expected time.")
	case freight.FactPieces, freight.FactPallets, freight.FactWeight, freight.FactTemperature, freight.FactValueUSD:
		n, err := strconv.ParseFloat(strings.TrimSpace(e.Value), 64)
		if err != nil {
			return c, desk.Invalid("%q is not a number.", e.Value)
		}
		c.Value = freight.Value{Num: n, Has: 1, Unit: e.Type}
		return c, nil
	case freight.FactReference:
		t, ok := freight.ParseRefType(e.Type)
		c.Value = freight.Value{Type: string(t), Text: strings.TrimSpace(e.Value)}
		return c, needs(ok && c.Value.Text != "", "Say which sort of number it is (BOL, PO, PRO ...) and the number.")
	case freight.FactDriver, freight.FactEquipment, freight.FactPaper:
		c.Value = freight.Value{Type: strings.ToUpper(e.Type), Text: strings.TrimSpace(e.Value)}
		if e.Fact == freight.FactPaper {
			c.Value.Type = strings.ToLower(e.Type)
		}
		return c, needs(e.Type != "" && c.Value.Text != "", "Say which kind and the value.")
	case freight.FactCustomer, freight.FactCarrier, freight.FactSCAC, freight.FactMC, freight.FactDOT, freight.FactMode, freight.FactFlag, freight.FactOwner,
		freight.FactStatus, freight.FactTracking, freight.FactException, freight.FactReason, freight.FactNote:
		c.Value = freight.Value{Type: e.Type, Text: strings.TrimSpace(e.Value), Note: ""}
		if e.Fact == freight.FactNote && c.Value.Text == "" {
			c.Value.Text = e.Note
		}
		return c, needs(c.Value.Text != "", "There is nothing written in it.")
	case freight.FactCancelled:
		c.Value = freight.Value{Text: "cancelled", None: strings.EqualFold(e.Value, "no")}
		return c, nil
	}
	return c, desk.Invalid("%q cannot be changed by hand.", string(e.Fact))
}

func when(s string) (freight.When, error) {
	w, err := freight.ParseWhen(strings.TrimSpace(s))
	if err != nil {
		return w, desk.Invalid("%s.", err)
	}
	return w, nil
}

func needs(ok bool, otherwise string) error {
	if ok {
		return nil
	}
	return desk.Invalid("%s", otherwise)
}
