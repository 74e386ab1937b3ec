package compare

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// portalKey is the prefix of the settings that are pages of sources; the source follows.
const portalKey = "portal."

// global is the scope of what holds for the whole desk.
const global = "global"

// placeholders are what a template may hold in braces.
var placeholders = []string{"load", "pro", "bol", "po", "order", "container", "trailer", "scac"}

// Portals are the pages of sources.
func (a *Area) Portals(ctx context.Context) (Portals, error) {
	list, err := a.pages(ctx)
	return Portals{Portals: list, Placeholders: slices.Clone(placeholders)}, err
}

func (a *Area) pages(ctx context.Context) ([]Portal, error) {
	rows, err := a.desk.Store.SettingVersions(ctx, portalKey)
	if err != nil {
		return nil, err
	}
	var out []Portal
	for _, v := range rows { // oldest first
		source := strings.TrimPrefix(v.Key, portalKey)
		out = slices.DeleteFunc(out, func(p Portal) bool { return p.Source == source })
		if v.Value != "" {
			out = append(out, Portal{Source: source, Template: v.Value, At: desk.Moment(v.At), By: v.By})
		}
	}
	slices.SortFunc(out, func(a, b Portal) int { return strings.Compare(a.Source, b.Source) })
	return out, nil
}

// SetPortal keeps the page of a source; an empty template takes it away.
func (a *Area) SetPortal(ctx context.Context, c PortalChange) (Portals, error) {
	kind, account, _ := strings.Cut(strings.TrimSpace(c.Source), "/")
	k, known := freight.ParseSourceKind(kind)
	c.Template = strings.TrimSpace(c.Template)
	if !known {
		return Portals{}, desk.Invalid("%q is no source: write carrier/SCAC, project44, fourkites, macropoint, tms.", c.Source)
	}
	if err := checkTemplate(c.Template); err != nil {
		return Portals{}, err
	}
	source := freight.Source{Kind: k, Account: strings.TrimSpace(account)}.String()
	who, now := a.desk.Person(c.As), a.desk.LedgerAt(c.Now).Now().UTC()
	err := a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting(global, portalKey+source, c.Template, now, who); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: portalKey + source, Detail: c.Template})
	})
	if err != nil {
		return Portals{}, err
	}
	a.desk.Ledger.News().Announce(nil)
	return a.Portals(ctx)
}

var braces = regexp.MustCompile(`\{[^{}]*\}?`)

// checkTemplate refuses an address that is not https, that hides its host, or that asks for what there is not. The host is
// fixed: nothing that a file says of a load can lead a browser elsewhere.
func checkTemplate(template string) error {
	if template == "" {
		return nil
	}
	for _, hole := range braces.FindAllString(template, -1) {
		if !slices.Contains(placeholders, strings.Trim(hole, "{}")) || !strings.HasSuffix(hole, "}") {
			return desk.Invalid("%s cannot be filled in; there are {%s}.", hole, strings.Join(placeholders, "}, {"))
		}
	}
	rest, https := strings.CutPrefix(template, "https://")
	host, _, path := strings.Cut(rest, "/")
	u, err := url.Parse(braces.ReplaceAllString(template, "x"))
	switch {
	case !https || err != nil:
		return desk.Invalid("A page is an address that begins with https://.")
	case !path || strings.ContainsAny(host, "{}?#") || u.User != nil || u.Hostname() == "":
		return desk.Invalid("Write the host in full, without a name before it and with a / behind it: https://www.example.com/track?pro={pro}.")
	}
	return nil
}

// pageOf is the address of a source's page for this load; "" when it has none, or asks for what is not known of the load.
func (s *sides) pageOf(src freight.Source, pages []Portal) string {
	template := ""
	for _, name := range []string{string(src.Kind), src.String()} {
		for i := range pages {
			if strings.EqualFold(pages[i].Source, name) {
				template = pages[i].Template
			}
		}
	}
	return fill(template, s.numbers())
}

// numbers are the numbers of the load by which its pages are found.
func (s *sides) numbers() map[string]string {
	known := map[string]string{"load": s.t.Number, "scac": s.t.SCAC.Value, "container": s.t.Equipment["CONTAINER"].Value, "trailer": s.t.Equipment["TRAILER"].Value}
	for i := range s.t.Refs {
		r := &s.t.Refs[i]
		if name := strings.ToLower(string(r.Type)); slices.Contains(placeholders, name) && known[name] == "" {
			known[name] = r.Value
		}
	}
	return known
}

// fill puts the numbers into a template, escaped; "" when one is not known, or would lead to another page: a browser takes a
// part of the path that is "." or ".." for a step, also where its dots are escaped.
func fill(template string, known map[string]string) string {
	missing := false
	query := strings.IndexByte(template, '?')
	var out strings.Builder
	last := 0
	for _, at := range braces.FindAllStringIndex(template, -1) {
		value := known[strings.Trim(template[at[0]:at[1]], "{}")]
		missing = missing || value == ""
		out.WriteString(template[last:at[0]])
		if query >= 0 && at[0] > query {
			out.WriteString(url.QueryEscape(value))
		} else {
			out.WriteString(url.PathEscape(value))
		}
		last = at[1]
	}
	if missing {
		return ""
	}
	out.WriteString(template[last:])
	path, _, _ := strings.Cut(out.String(), "?")
	for part := range strings.SplitSeq(path, "/") {
		if part == "." || part == ".." {
			return ""
		}
	}
	return out.String()
}
