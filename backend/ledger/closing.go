package ledger

import (
	"context"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// closingWord is the word by which an observation of a TMS closes a load; empty where it does not.
func closingWord(o *freight.Observation) string {
	if o.Source.Kind != freight.TMS {
		return ""
	}
	for i := range o.Claims {
		if c := &o.Claims[i]; c.Fact == freight.FactStatus && !c.Value.None && watch.ClosesWord(c.Value.Text) {
			return c.Value.Text
		}
	}
	return ""
}

// learnClosing switches the rule on that asks for the TMS's closing word, as of the instant at which the desk first heard
// one. Where anybody ever set it, it is theirs.
func (l *Ledger) learnClosing(ctx context.Context, word string, at time.Time) error {
	if word == "" {
		return nil
	}
	set, err := l.store.SettingVersions(ctx, ruleKeys+watch.ClosesKey)
	if err != nil || len(set) > 0 {
		return err
	}
	err = l.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting("global", ruleKeys+watch.ClosesKey, "yes", at, watch.ByRule); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: at, Who: watch.ByRule, Act: "setting", Subject: ruleKeys + watch.ClosesKey, Detail: "yes: the TMS closed a load with the word " + word})
	})
	if err != nil {
		return err
	}
	return l.RulesChanged(ctx)
}
