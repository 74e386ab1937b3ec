package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// Deed is what a person states on a load, or does about it.
type Deed struct {
	Load   store.Load
	Claims []freight.Claim
	Text   string // the person's words, kept with the observation
	Says   string // what was done, for the audit chain and for what is typed into the TMS
	Act    string // its name in the audit chain; empty: state
	Intent string // kind of the entry that asks for it to be written to the TMS; empty: the desk's own business
	As     string // empty: the desk's person
	Now    *time.Time

	From    freight.Source  // who told it, where that is not the person themselves
	Channel freight.Channel // how it was told; empty: by hand
}

// Do records a deed as one observation of source user, or of whoever told it to the person, with its intent and its line of the audit chain, in one transaction. It
// answers the observation's id, by which it is undone; "" when the same was on file already.
func (d *Desk) Do(ctx context.Context, deed Deed) (string, error) {
	who := d.Person(deed.As)
	l := d.LedgerAt(deed.Now)
	now := l.Now().UTC()
	o := freight.Observation{Source: freight.Source{Kind: freight.User, Account: who}, Channel: freight.ByHand, By: who, StatedAt: now,
		EventID: deed.Load.UID.String(), // the same words on many loads at one instant are that many observations
		Text:    deed.Text, Claims: deed.Claims}
	if deed.From.Kind != "" {
		o.Source = deed.From
	}
	if deed.Channel != "" {
		o.Channel = deed.Channel
	}
	act := deed.Act
	if act == "" {
		act = "state"
	}
	posted, err := l.Post(ctx, deed.Load.ID, []freight.Observation{o}, func(tx *store.Tx, p ledger.Posted) error {
		if len(p.IDs) == 0 {
			return nil
		}
		id := p.IDs[0].String()
		if deed.Intent != "" {
			in := store.Intent{Key: "edit " + id, Load: deed.Load.ID, Kind: deed.Intent, Target: "tms", Body: deed.Says, CreatedAt: now, By: who}
			if err := tx.AddIntent(&in); err != nil {
				return err
			}
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: act, Subject: deed.Load.UID.String(), Detail: deed.Says, Digest: Digest(id)})
	})
	if err != nil || len(posted.IDs) == 0 {
		return "", err
	}
	return posted.IDs[0].String(), nil
}

// Sight is at which instant a load is looked at: as known at asOf with the clock at now. An --at without an --as-of hides what
// was received later.
func (d *Desk) Sight(at, asOf time.Time) (known, now time.Time) {
	now = d.Now()
	if !at.IsZero() {
		now = at
	}
	if asOf.IsZero() {
		asOf = at
	}
	return asOf, now
}

// Sentence is what was stated of a load, in words that can be typed into another system.
func Sentence(number string, c freight.Claim) string {
	where := "Load " + number
	if c.Subject.Stop.Seq > 0 {
		where += fmt.Sprintf(", stop %d", c.Subject.Stop.Seq)
	}
	value := c.ValueText()
	if c.Fact.Actual() {
		value = strings.Replace(c.At.String(), "T", " ", 1)
		if c.At.Basis == freight.Local {
			value += " (local)"
		}
	}
	return fmt.Sprintf("%s: %s %s", where, strings.ReplaceAll(string(c.Fact), "_", " "), value)
}
