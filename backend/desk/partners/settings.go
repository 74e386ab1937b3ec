package partners

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/format/edifact"
	"tracedesk/backend/format/x12"
	"tracedesk/backend/store"
)

// Area is the trading partners of an open desk.
type Area struct {
	desk    *desk.Desk
	written written
}

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{desk: d} }

// Partners are all partners with settings, by name.
func (a *Area) Partners(ctx context.Context) (EdiPartners, error) {
	out := EdiPartners{}
	for _, list := range lists() {
		out.Lists = append(out.Lists, EdiCodeList{List: list, Name: listName(list)})
	}
	versions, err := a.desk.Store.SettingVersions(ctx, desk.PartnerKey)
	if err != nil {
		return out, err
	}
	newest := map[string]store.SettingVersion{}
	for _, v := range versions {
		newest[v.Scope] = v
	}
	for _, v := range newest {
		p, ok, err := a.desk.Partner(ctx, strings.TrimPrefix(v.Scope, desk.PartnerScope))
		if err != nil {
			return out, err
		}
		if ok {
			out.Partners = append(out.Partners, shown(&p, v.At, v.By))
		}
	}
	slices.SortFunc(out.Partners, func(x, y EdiPartner) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	return out, nil
}

// lists are the numbers of the code lists, in order.
func lists() []string {
	var out []string
	for list := range x12.MappedLists {
		out = append(out, list)
	}
	for list := range edifact.MappedLists {
		out = append(out, list)
	}
	slices.SortFunc(out, func(x, y string) int { return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)) })
	return out
}

func shown(p *desk.Partner, at time.Time, by string) EdiPartner {
	out := EdiPartner{ID: p.ID, Qualifier: cmp.Or(p.Qualifier, "ZZ"), Name: p.Name, SCAC: p.SCAC, Version: cmp.Or(p.Version, "004010"), Zone: p.Zone,
		Declined: cmp.Or(p.Declined, x12.DeclineTender), Miscounts: p.Miscounts, At: at, By: by}
	for _, c := range p.Codes {
		out.Codes = append(out.Codes, EdiCode{List: c.List, Code: c.Code, As: c.As, Meaning: meaning(c.List, c.As)})
	}
	return out
}

func meaning(list, code string) string {
	if edifact.MappedLists[list] != "" {
		words, _ := edifact.Known(list, code)
		return words
	}
	words, _ := x12.Known(list, code)
	return words
}

// Set sets a partner's settings or removes them; its codes stay as they are.
func (a *Area) Set(ctx context.Context, e EdiPartnerEdit) (EdiPartners, error) {
	e.ID = strings.TrimSpace(e.ID)
	p, known, err := a.desk.Partner(ctx, e.ID)
	if err != nil {
		return EdiPartners{}, err
	}
	if e.Remove {
		if !known {
			return EdiPartners{}, desk.NotFound("There is no partner %q.", e.ID)
		}
		if err := a.keep(ctx, e.ID, nil, "removed", e.As, e.Now); err != nil {
			return EdiPartners{}, err
		}
		return a.Partners(ctx)
	}
	p = desk.Partner{ID: e.ID, Qualifier: strings.ToUpper(strings.TrimSpace(e.Qualifier)), Name: strings.TrimSpace(e.Name), SCAC: strings.ToUpper(strings.TrimSpace(e.SCAC)),
		Version: strings.TrimSpace(e.Version), Zone: strings.ToUpper(strings.TrimSpace(e.Zone)), Declined: strings.ToUpper(strings.TrimSpace(e.Declined)), Miscounts: e.Miscounts, Codes: p.Codes}
	if err := check(&p); err != nil {
		return EdiPartners{}, err
	}
	if err := a.keep(ctx, e.ID, &p, "set", e.As, e.Now); err != nil {
		return EdiPartners{}, err
	}
	return a.Partners(ctx)
}

func check(p *desk.Partner) error {
	if err := (x12.Party{Qualifier: p.Qualifier, ID: p.ID}).Check(); err != nil {
		return desk.Invalid("The partner cannot be addressed: %s.", oneLine(err))
	}
	if p.SCAC != "" && (len(p.SCAC) < 2 || len(p.SCAC) > 4) {
		return desk.Invalid("%q is no SCAC: two to four letters.", p.SCAC)
	}
	if p.Version != "" && !slices.Contains(versions, p.Version) {
		return desk.Invalid("%q is no version that the desk writes: %s.", p.Version, strings.Join(versions, ", "))
	}
	if p.Zone != "" && meaning("623", p.Zone) == "" {
		return desk.Invalid("%q is no code of a time zone (element 623), such as CT, ET, LT or UT.", p.Zone)
	}
	if p.Declined != "" && p.Declined != "D" && p.Declined != "E" {
		return desk.Invalid("A 990 says declined by D or by E, not by %q.", p.Declined)
	}
	return nil
}

// versions are the releases that can be written to a partner.
var versions = []string{"004010", "005010", "006040"}

func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }

// keep stores a partner's settings, nil to remove them.
func (a *Area) keep(ctx context.Context, id string, p *desk.Partner, says, as string, at *time.Time) error {
	value := ""
	if p != nil {
		body, err := json.Marshal(p)
		if err != nil {
			return err
		}
		value = string(body)
	}
	who, now := a.desk.Person(as), a.desk.LedgerAt(at).Now().UTC()
	return a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting(desk.PartnerScope+id, desk.PartnerKey, value, now, who); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: "partner " + id, Detail: says, Digest: desk.Digest(value)})
	})
}

// Map gives a partner's code a meaning, or takes it away, and reads the partner's files anew.
func (a *Area) Map(ctx context.Context, e EdiCodeEdit) (EdiReplayed, error) {
	code := x12.Code{List: strings.TrimSpace(e.List), Code: strings.ToUpper(strings.TrimSpace(e.Code)), As: strings.ToUpper(strings.TrimSpace(e.Means))}
	e.Partner = strings.TrimSpace(e.Partner)
	switch {
	case listName(code.List) == "":
		return EdiReplayed{}, desk.Invalid("%q is no list of which codes can be given a meaning; these are: %s.", code.List, strings.Join(lists(), ", "))
	case code.Code == "" || len(code.Code) > 30:
		return EdiReplayed{}, desk.Invalid("Say which code of the partner is meant.")
	case code.As != "" && meaning(code.List, code.As) == "":
		return EdiReplayed{}, desk.Invalid("%q is no code of the list %s, %s, that this desk understands.", code.As, code.List, listName(code.List))
	}
	p, known, err := a.desk.Partner(ctx, e.Partner)
	if err != nil {
		return EdiReplayed{}, err
	}
	if !known {
		p = desk.Partner{ID: e.Partner}
		if err := check(&p); err != nil {
			return EdiReplayed{}, err
		}
	}
	p.Codes = slices.DeleteFunc(slices.Clone(p.Codes), func(c x12.Code) bool { return c.List == code.List && c.Code == code.Code })
	says := code.List + " " + code.Code + " has no meaning of its own"
	if code.As != "" {
		p.Codes = append(p.Codes, code)
		says = code.List + " " + code.Code + " means " + code.As
	}
	if err := a.keep(ctx, e.Partner, &p, says, e.As, e.Now); err != nil {
		return EdiReplayed{}, err
	}
	return a.Replay(ctx, e.Partner, e.As, e.Now)
}

// earlier are the settings that a partner ever had, and that of none.
func (a *Area) earlier(ctx context.Context, id string) ([]*x12.Partner, error) {
	versions, err := a.desk.Store.SettingVersions(ctx, desk.PartnerKey)
	if err != nil {
		return nil, err
	}
	out := []*x12.Partner{nil}
	for _, v := range versions {
		var p desk.Partner
		if v.Scope != desk.PartnerScope+id || v.Value == "" {
			continue
		}
		if err := json.Unmarshal([]byte(v.Value), &p); err != nil {
			return nil, err
		}
		out = append(out, p.X12())
	}
	if n := len(out); n > 1 {
		out = out[:n-1] // the last one is in force
	}
	if n := len(out); n > mostEarlier {
		out = append([]*x12.Partner{nil}, out[n-mostEarlier+1:]...)
	}
	return out, nil
}

// mostEarlier bounds how often a file is read to find what it said before.
const mostEarlier = 6
