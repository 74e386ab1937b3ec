package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/store"
)

// Colleague is somebody of the desk: whom exceptions climb to, and who may approve how much.
type Colleague struct {
	Name  string   `json:"name"`
	Role  string   `json:"role"`            // desk, lead, manager
	Limit *float64 `json:"limit,omitempty"` // USD; nil: what the role may
	Phone string   `json:"phone,omitempty"`
}

// Roles in the order in which an exception climbs.
const (
	OnDesk  = "desk"
	Lead    = "lead"
	Manager = "manager"
)

var roles = []string{OnDesk, Lead, Manager}

// peopleKey is the setting that holds them all; its versions are their history.
const peopleKey = "people"

// Colleagues are the people of the desk, by role and name.
func (d *Desk) Colleagues(ctx context.Context) ([]Colleague, error) {
	kept, err := d.Store.Setting(ctx, "global", peopleKey)
	if err != nil || kept == "" {
		return nil, err
	}
	var list []Colleague
	if err := json.Unmarshal([]byte(kept), &list); err != nil {
		return nil, fmt.Errorf("the list of people cannot be read: %w", err)
	}
	return list, nil
}

// SetColleague adds somebody or changes them, found by name; remove takes them off.
func (d *Desk) SetColleague(ctx context.Context, c Colleague, remove bool, as string, at *time.Time) error {
	c.Name = strings.TrimSpace(c.Name)
	switch {
	case c.Name == "":
		return Invalid("Say whom: a name.")
	case !remove && !slices.Contains(roles, c.Role):
		return Invalid("%q is no role: choose %s.", c.Role, strings.Join(roles, ", "))
	case c.Limit != nil && (*c.Limit < 0 || *c.Limit > 1e9):
		return Invalid("A money limit is 0 or more USD.")
	}
	list, err := d.Colleagues(ctx)
	if err != nil {
		return err
	}
	at0 := slices.IndexFunc(list, func(o Colleague) bool { return strings.EqualFold(o.Name, c.Name) })
	switch {
	case remove && at0 < 0:
		return NotFound("There is nobody called %s on the list.", c.Name)
	case at0 >= 0:
		list = slices.Delete(list, at0, at0+1)
	}
	if !remove {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b Colleague) int {
		return cmp.Or(slices.Index(roles, a.Role)-slices.Index(roles, b.Role), cmp.Compare(a.Name, b.Name))
	})
	body, err := json.Marshal(list)
	if err != nil {
		return err
	}
	who, now := d.Person(as), d.LedgerAt(at).Now().UTC()
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting("global", peopleKey, string(body), now, who); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: peopleKey, Detail: c.Name + " " + c.Role, Digest: Digest(string(body))})
	})
	if err == nil {
		d.Ledger.News().Announce(nil)
	}
	return err
}
