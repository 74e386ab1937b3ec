package quality

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
)

// Corrections are the newest words of people over what was said before: who, when, from what, to what, and why. What a person
// does about a finding, notes and calls are no corrections.
func (a *Area) Corrections(ctx context.Context, limit int) (Corrections, error) {
	made, err := a.desk.Store.HandMade(ctx, 4*limit) // acts and notes stand among them
	if err != nil {
		return Corrections{}, err
	}
	log := make([]freight.Observation, len(made))
	for i := range made {
		log[i] = made[i].Obs
	}
	undone := desk.TakenBack(log)
	out := Corrections{}
	for i := range made {
		m := &made[i]
		for k := range m.Obs.Claims {
			c := &m.Obs.Claims[k]
			if c.Fact.Deed() || c.Fact == freight.FactNote || c.Fact == freight.FactDocument || !m.Obs.Retracts.IsZero() {
				continue
			}
			one := Correction{At: m.Obs.ReceivedAt, By: cmp.Or(m.Obs.By, m.Obs.Source.Account), Load: m.Number, LoadID: m.UID.String(), What: whatOf(c), To: said(c), Why: noteOf(&m.Obs, c), Undone: undone[m.Obs.ID]}
			if one.From, one.FromBy, err = a.before(ctx, m.UID, &m.Obs, c); err != nil {
				return out, err
			}
			out.Corrections = append(out.Corrections, one)
		}
		if len(out.Corrections) >= limit {
			break
		}
	}
	return out, nil
}

// before is what was last said of the same before a person spoke, and by whom.
func (a *Area) before(ctx context.Context, uid freight.LoadID, o *freight.Observation, c *freight.Claim) (text, by string, err error) {
	l, err := a.desk.Store.LoadByUID(ctx, uid)
	if err != nil {
		return "", "", err
	}
	log, err := a.desk.Store.Observations(ctx, l.ID, o.ReceivedAt.Add(-time.Nanosecond))
	if err != nil {
		return "", "", err
	}
	var last time.Time
	for i := range log {
		for k := range log[i].Claims {
			had := &log[i].Claims[k]
			if log[i].ID != o.ID && sameThing(had, c) && !log[i].StatedAt.Before(last) {
				text, by, last = said(had), log[i].Source.String(), log[i].StatedAt
			}
		}
	}
	return text, by, nil
}

// sameThing reports whether two claims speak of the same fact of the same stop.
func sameThing(a, b *freight.Claim) bool {
	return a.Fact == b.Fact && a.Subject.Stop.Seq == b.Subject.Stop.Seq && (a.Fact != freight.FactReference && a.Fact != freight.FactEquipment && a.Fact != freight.FactDriver || a.Value.Type == b.Value.Type)
}

func whatOf(c *freight.Claim) string {
	text := strings.ReplaceAll(string(c.Fact), "_", " ")
	if c.Fact == freight.FactReference || c.Fact == freight.FactEquipment || c.Fact == freight.FactDriver {
		text = c.Value.Type
	}
	if c.Subject.Stop.Seq > 0 {
		text += " at stop " + strconv.Itoa(c.Subject.Stop.Seq)
	}
	return text
}

// said is what a claim says, the time of an actual as it was written.
func said(c *freight.Claim) string {
	if c.Fact.Actual() {
		return strings.Replace(c.At.String(), "T", " ", 1)
	}
	return c.ValueText()
}

func noteOf(o *freight.Observation, c *freight.Claim) string {
	if c.Value.Note != "" {
		return c.Value.Note
	}
	for i := range o.Claims {
		if o.Claims[i].Fact == freight.FactNote {
			return o.Claims[i].Value.Text
		}
	}
	return ""
}
