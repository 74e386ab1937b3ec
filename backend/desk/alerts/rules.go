package alerts

import (
	"context"
	"encoding/json"
	"fmt"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// Names under which the stakeholders are kept: one setting for the desk, each change a new version of all of them.
const (
	global  = "global"
	setting = "alerts"
)

// longest is how long a name or an address may be, in bytes.
const longest = 200

// book is the setting's value. Last is the last number given to a rule: none is given twice.
type book struct {
	Last  int                     `json:"last"`
	Rules freight.List[AlertRule] `json:"rules"`
}

func (a *Area) book(ctx context.Context) (b book, err error) {
	value, err := a.desk.Store.Setting(ctx, global, setting)
	if err != nil || value == "" {
		return b, err
	}
	if err := json.Unmarshal([]byte(value), &b); err != nil {
		return b, fmt.Errorf("whom to alert cannot be read from the desk file: %w", err)
	}
	return b, nil
}

func (b *book) shown() AlertRules {
	return AlertRules{Rules: b.Rules, Channels: freight.List[string]{string(InApp), string(OS), string(Mail), string(SMS)}}
}

// Rules are all stakeholders to alert, in the order in which they were added.
func (a *Area) Rules(ctx context.Context) (AlertRules, error) {
	b, err := a.book(ctx)
	return b.shown(), err
}

// Change adds a stakeholder, changes one, or removes one, and answers all of them. What is open already when somebody comes
// to be alerted of it is not told: they would begin with a flood.
func (a *Area) Change(ctx context.Context, c AlertChange) (AlertRules, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	before, err := a.book(ctx)
	if err != nil {
		return AlertRules{}, err
	}
	who, now := a.desk.Person(c.As), a.desk.LedgerAt(c.Now).Now().UTC()
	after, says, err := before.with(&c, who, now)
	if err != nil {
		return AlertRules{}, err
	}
	value, err := json.Marshal(after)
	if err != nil {
		return AlertRules{}, err
	}
	old, err := a.concernedNewly(ctx, before.Rules, after.Rules, now)
	if err != nil {
		return AlertRules{}, err
	}
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting(global, setting, string(value), now, who); err != nil {
			return err
		}
		if err := addAll(tx, old); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: setting, Detail: says, Digest: desk.Digest(string(value))})
	})
	if err != nil {
		return AlertRules{}, err
	}
	a.desk.Ledger.News().Announce(nil)
	return after.shown(), nil
}

// with is the book after a change, and what was changed in words.
func (b *book) with(c *AlertChange, by string, now time.Time) (after book, says string, err error) {
	after = book{Last: b.Last, Rules: slices.Clone(b.Rules)}
	i := slices.IndexFunc(after.Rules, func(r AlertRule) bool { return r.ID == c.ID })
	if i < 0 && (c.ID != "" || c.Remove) {
		return after, "", desk.NotFound("There is no stakeholder %q to alert; they may be removed already.", c.ID)
	}
	if c.Remove {
		says = "no longer alerted: " + after.Rules[i].Who
		after.Rules = slices.Delete(after.Rules, i, i+1)
		return after, says, nil
	}
	rule := AlertRule{ID: c.ID, Customer: strings.TrimSpace(c.Customer), Severity: c.Severity, Who: strings.TrimSpace(c.Who), Channel: c.Channel,
		Address: strings.TrimSpace(c.Address), QuietFrom: c.QuietFrom, QuietTo: c.QuietTo, Zone: strings.TrimSpace(c.Zone), At: now, By: by}
	if err := rule.check(); err != nil {
		return after, "", err
	}
	if i >= 0 {
		after.Rules[i] = rule
		return after, "alerted otherwise: " + rule.Who, nil
	}
	after.Last++
	rule.ID = strconv.Itoa(after.Last)
	after.Rules = append(after.Rules, rule)
	return after, "alerted: " + rule.Who, nil
}

// check reports in plain words why nobody could be alerted so.
func (r *AlertRule) check() error {
	switch {
	case r.Who == "":
		return desk.Invalid("Say who is alerted.")
	case len(r.Who) > longest || len(r.Address) > longest || len(r.Customer) > longest:
		return desk.Invalid("A name or address is too long: %d letters are the most.", longest)
	case r.Severity.Rank() > freight.Watched.Rank():
		return desk.Invalid("%q is no severity: critical, major, minor or watch.", string(r.Severity))
	}
	if err := r.checkAddress(); err != nil {
		return err
	}
	return r.checkQuiet()
}

func (r *AlertRule) checkAddress() error {
	switch r.Channel {
	case InApp, OS:
		if r.Address != "" {
			return desk.Invalid("An alert on this desk needs no address.")
		}
	case Mail:
		if at, err := mail.ParseAddress(r.Address); err != nil || at.Address != r.Address {
			return desk.Invalid("%q is no mail address such as ann@example.com.", r.Address)
		}
	case SMS:
		digits := 0
		for _, c := range r.Address {
			if unicode.IsDigit(c) {
				digits++
			}
		}
		if digits < 7 || strings.Trim(r.Address, "+0123456789 ().-/") != "" {
			return desk.Invalid("%q is no phone number such as +1 972 555 0143.", r.Address)
		}
	default:
		return desk.Invalid("%q is no way to alert: inApp, os, mail or sms.", string(r.Channel))
	}
	return nil
}

func (r *AlertRule) checkQuiet() error {
	if r.QuietFrom == "" && r.QuietTo == "" {
		return nil
	}
	from, err := clock(r.QuietFrom)
	if err != nil {
		return err
	}
	to, err := clock(r.QuietTo)
	if err != nil {
		return err
	}
	if from == to {
		return desk.Invalid("Quiet hours from %s to %s never begin or never end. Leave both empty for none.", r.QuietFrom, r.QuietTo)
	}
	if _, err := freight.Location(r.Zone); err != nil || r.Zone == "" {
		return desk.Invalid("%q is no time zone such as America/Chicago; quiet hours need one.", r.Zone)
	}
	return nil
}

// clock is a time of day such as 22:00 in minutes.
func clock(s string) (int, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, desk.Invalid("%q is no time of day such as 22:00.", s)
	}
	return t.Hour()*60 + t.Minute(), nil
}

// quiet reports whether the stakeholder is not to be told at an instant.
func (r *AlertRule) quiet(now time.Time) bool {
	from, errFrom := clock(r.QuietFrom)
	to, errTo := clock(r.QuietTo)
	loc, errZone := freight.Location(r.Zone)
	if errFrom != nil || errTo != nil || errZone != nil {
		return false // no quiet hours
	}
	local := now.In(loc)
	minute := local.Hour()*60 + local.Minute()
	if from < to {
		return from <= minute && minute < to
	}
	return minute >= from || minute < to
}

// concerns reports whether the stakeholder is alerted of an exception of a customer's load at all.
func (r *AlertRule) concerns(customer string, severity freight.Severity) bool {
	return severity.Rank() <= r.Severity.Rank() && (r.Customer == "" || strings.EqualFold(r.Customer, customer))
}

// road is what one exception is told by once to one stakeholder: this desk, mail or SMS.
func (c AlertChannel) road() string {
	if c == Mail || c == SMS {
		return string(c)
	}
	return "desk"
}
