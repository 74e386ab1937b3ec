package playbooks

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// Area is what the desk does about each kind of exception.
type Area struct{ desk *desk.Desk }

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{d} }

// setting is the prefix under which edited playbooks are kept; an empty value is the shipped one.
const setting = "playbook."

// global is the scope of playbooks: one desk, one process.
const global = "global"

// Books are the playbooks in force, and every version of each.
func (a *Area) Books(ctx context.Context) (Books, error) {
	rows, err := a.desk.Store.SettingVersions(ctx, setting)
	if err != nil {
		return Books{}, err
	}
	edited := inForce(rows, a.desk.Now())
	out := Books{Parties: watch.StepParties(), Placeholders: watch.Placeholders()}
	had := map[string]bool{}
	for _, k := range watch.Kinds() {
		p, ok := watch.PlaybookFor(k.Name, edited)
		line := BookKind{Kind: k.Name, Topic: k.Topic, Words: k.Words}
		if ok {
			line.Book = p.Kind
		}
		out.Kinds = append(out.Kinds, line)
		for _, name := range [...]string{k.Name, k.Topic} {
			if p, ok := named(name, edited); ok && !had[name] {
				had[name] = true
				out.Books = append(out.Books, book(&p, rows))
			}
		}
	}
	return out, nil
}

// named is the playbook in force of exactly this kind or topic.
func named(name string, edited []watch.Playbook) (watch.Playbook, bool) {
	for _, list := range [...][]watch.Playbook{edited, watch.Playbooks()} {
		for _, p := range list {
			if p.Kind == name {
				return p, true
			}
		}
	}
	return watch.Playbook{}, false
}

// inForce are the edited playbooks that held at an instant. Rows come oldest first.
func inForce(rows []store.SettingVersion, at time.Time) []watch.Playbook {
	last := map[string]watch.Playbook{}
	for i := range rows {
		if rows[i].At.After(at) {
			continue
		}
		if p, ok := kept(&rows[i]); ok {
			last[p.Kind] = p
		} else {
			delete(last, kindOf(&rows[i]))
		}
	}
	out := make([]watch.Playbook, 0, len(last))
	for _, p := range last {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b watch.Playbook) int { return cmp.Compare(a.Kind, b.Kind) })
	return out
}

func kindOf(v *store.SettingVersion) string { return strings.TrimPrefix(v.Key, setting) }

// kept is an edited playbook as it was kept; not ok where the shipped one was gone back to.
func kept(v *store.SettingVersion) (p watch.Playbook, ok bool) {
	if v.Value == "" || json.Unmarshal([]byte(v.Value), &p) != nil {
		return p, false
	}
	p.Kind, p.Version = kindOf(v), v.Version
	return p, p.Check() == nil
}

func book(p *watch.Playbook, rows []store.SettingVersion) Book {
	out := Book{Kind: p.Kind, Version: p.Version, Title: p.Title, Text: p.Text(), Shipped: p.Version == 0}
	for _, s := range p.Steps {
		out.Steps = append(out.Steps, BookStep(s))
	}
	shipped, ships := named(p.Kind, nil)
	out.Ships = ships
	for i := len(rows) - 1; i >= 0; i-- {
		v := &rows[i]
		if kindOf(v) != p.Kind {
			continue
		}
		line := BookVersion{Version: v.Version, At: desk.Moment(v.At), By: v.By}
		if old, ok := kept(v); ok {
			line.Title, line.Text = old.Title, old.Text()
		} else {
			line.Title, line.Text, line.Shipped = shipped.Title, shipped.Text(), true
		}
		if v.Version == p.Version || len(out.Versions) == 0 {
			out.At, out.By = line.At, v.By
		}
		out.Versions = append(out.Versions, line)
	}
	if ships {
		out.Versions = append(out.Versions, BookVersion{Title: shipped.Title, Shipped: true, Text: shipped.Text()})
	}
	return out
}

// Book is the playbook that serves a kind of exception, or a topic.
func (a *Area) Book(ctx context.Context, kind string) (Book, error) {
	rows, err := a.desk.Store.SettingVersions(ctx, setting)
	if err != nil {
		return Book{}, err
	}
	edited := inForce(rows, a.desk.Now())
	p, ok := named(kind, edited)
	if !ok {
		p, ok = watch.PlaybookFor(kind, edited)
	}
	if !ok {
		return Book{}, desk.NotFound("No playbook serves %q.", kind)
	}
	return book(&p, rows), nil
}

// Save keeps an edited playbook as a new version, or goes back to the shipped one.
func (a *Area) Save(ctx context.Context, e BookEdit) (Book, error) {
	value := ""
	if e.Shipped {
		if _, ships := named(e.Kind, nil); !ships {
			return Book{}, desk.Invalid("No playbook of %q came with the program.", e.Kind)
		}
	} else {
		p, err := edited(&e)
		if err != nil {
			return Book{}, desk.Invalid("The playbook is not kept: %s.", err)
		}
		body, err := json.Marshal(p)
		if err != nil {
			return Book{}, err
		}
		e.Kind, value = p.Kind, string(body)
	}
	who := a.desk.Person(e.As)
	now := a.desk.LedgerAt(e.Now).Now().UTC()
	err := a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting(global, setting+e.Kind, value, now, who); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: setting + e.Kind, Detail: "playbook " + e.Kind, Digest: desk.Digest(value)})
	})
	if err != nil {
		return Book{}, err
	}
	a.desk.Ledger.News().Announce(nil)
	return a.Book(ctx, e.Kind)
}

// edited reads the playbook out of an edit, and refuses one that could not be worked.
func edited(e *BookEdit) (watch.Playbook, error) {
	if strings.TrimSpace(e.Text) != "" {
		p, err := watch.ParsePlaybook([]byte(e.Text))
		if err == nil && e.Kind != "" && p.Kind != e.Kind {
			err = fmt.Errorf("the text is of %s, not of %s", p.Kind, e.Kind)
		}
		p.Version = 0
		return p, err
	}
	p := watch.Playbook{Kind: e.Kind, Title: strings.TrimSpace(e.Title)}
	for _, s := range e.Steps {
		p.Steps = append(p.Steps, watch.Step(s))
	}
	return p, p.Check()
}
