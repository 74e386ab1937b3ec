package papers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents/fields"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/whose"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// lessons are what a decision teaches: other ways to write a name, and labels of a layout.
type lessons struct {
	aliases []store.Alias
	labels  []store.Label
}

// teach learns them by a deed, so that taking it back takes them back.
func (l lessons) teach(tx *store.Tx, deed int64) error {
	for i := range l.aliases {
		if err := tx.TeachAliasBy(deed, &l.aliases[i]); err != nil {
			return err
		}
	}
	for i := range l.labels {
		l.labels[i].Deed = deed
		if err := tx.TeachLabel(&l.labels[i]); err != nil {
			return err
		}
	}
	return nil
}

// taught are the labels that people taught, as the reading of a page takes them.
func (a *Area) taught(ctx context.Context) ([]fields.Lesson, error) {
	list, err := a.labels(ctx)
	var out []fields.Lesson
	for i := range list {
		l := &list[i]
		out = append(out, fields.Lesson{Layout: fields.ParseLayout(l.Layout), Label: l.Label, Field: l.Field,
			Why: fmt.Sprintf("learned from %s, %s, on %s", l.By, l.At.Format("2 Jan 2006"), l.Name)})
	}
	return out, err
}

// labels are the lessons that stand, the newest first; of one that was taught again only the last.
func (a *Area) labels(ctx context.Context) (out []store.Label, err error) {
	all, err := a.desk.Store.Labels(ctx)
	for i := range slices.Backward(all) {
		if !slices.ContainsFunc(out, func(l store.Label) bool { return sameLabel(&l, &all[i]) }) {
			out = append(out, all[i])
		}
	}
	return out, err
}

func sameLabel(a, b *store.Label) bool {
	return a.Label == b.Label && a.Field == b.Field && fields.ParseLayout(a.Layout).Like(fields.ParseLayout(b.Layout))
}

// sheetOf is a page as it was read, for what is printed on it.
func sheetOf(p *pageWords) paper.Page {
	return paper.Page{Number: p.Number, Rotation: p.Rotation, Skew: p.Slant, FromText: p.Printed, Words: p.Words}
}

// Numbers are the numbers on a document of which a person may say what they are.
func (a *Area) Numbers(ctx context.Context, id string) (PaperNumbers, error) {
	d, err := a.known(ctx, id)
	if err != nil {
		return PaperNumbers{}, err
	}
	read, err := readingOf(&d)
	if err != nil {
		return PaperNumbers{}, err
	}
	pages, err := a.pagesOf(ctx, &d)
	if err != nil {
		return PaperNumbers{}, err
	}
	v := view{&d, &read, pages}
	out := PaperNumbers{Fields: freight.List[string](fields.Teachable)}
	for i := range pages {
		for n, spot := range fields.Spots(sheetOf(&pages[i])) {
			out.Numbers = append(out.Numbers, PaperNumber{Spot: spotName(pages[i].Number, n), Value: spot.Value, Label: spot.Print, Field: fieldAt(&read, &spot), Page: spot.Page, Box: v.box(spot.Page, spot.Box)})
		}
	}
	return out, nil
}

// spotName names the nth number of a page: the words of a page that was read stay as they are until it is read again.
func spotName(page, n int) string { return fmt.Sprintf("%d.%d", page, n) }

// fieldAt is what a number was read as.
func fieldAt(read *paper.Document, spot *fields.Spot) string {
	for _, name := range fieldOrder {
		for _, v := range read.Fields[name] {
			if v.Page == spot.Page && freight.NormalRef(v.Value) == freight.NormalRef(spot.Value) {
				return name
			}
		}
	}
	return ""
}

// Teach says what a number on a paper is: the paper has it from now on, and the label by it is learned for papers of the same
// layout. What it teaches only adds to what is read; see fields.Lesson.
func (a *Area) Teach(ctx context.Context, id string, t PaperTeach) (PaperDone, error) {
	if !slices.Contains(fields.Teachable, t.Field) {
		return PaperDone{}, desk.Invalid("%q cannot be taught: say %s.", t.Field, strings.Join(fields.Teachable, ", "))
	}
	before, err := a.known(ctx, id)
	if err != nil {
		return PaperDone{}, err
	}
	if before.Stage == string(InReading) {
		return PaperDone{}, desk.Conflict("%s is still being read.", before.Name)
	}
	page, spot, err := a.spot(ctx, &before, t.Spot)
	if err != nil {
		return PaperDone{}, err
	}
	who := a.desk.Person(t.As)
	after := before
	value, err := a.mark(ctx, &after, t, &spot, who)
	if err != nil {
		return PaperDone{}, err
	}
	var taught lessons
	says := fmt.Sprintf("%s: %s is the %s", before.Name, value, whose.Called(t.Field))
	layout := fields.LayoutOf(sheetOf(page))
	if spot.Label != "" && layout.Known() && !fields.KnownLabel(spot.Label, t.Field) {
		taught.labels = []store.Label{{Layout: layout.String(), Label: spot.Label, Print: spot.Print, Field: t.Field, Document: before.ID, Name: before.Name, At: a.clock(t.Now), By: who}}
		says += fmt.Sprintf("; “%s” is learned for papers like it", spot.Print)
	}
	deed, err := a.desk.DoPapers(ctx, desk.OnPapers{Before: []store.Document{before}, After: []store.Document{after}, Does: "teach", Says: says, By: who, Now: t.Now, Also: taught.teach})
	if err != nil {
		return PaperDone{}, err
	}
	return a.done(ctx, PaperDone{Says: deed.Says, Act: strconv.FormatInt(deed.ID, 10)}, id)
}

func (a *Area) spot(ctx context.Context, d *store.Document, name string) (*pageWords, fields.Spot, error) {
	pages, err := a.pagesOf(ctx, d)
	if err != nil {
		return nil, fields.Spot{}, err
	}
	for i := range pages {
		for n, spot := range fields.Spots(sheetOf(&pages[i])) {
			if spotName(pages[i].Number, n) == name {
				return &pages[i], spot, nil
			}
		}
	}
	return nil, fields.Spot{}, desk.NotFound("There is no number %q on %s: it may have been read again meanwhile.", name, d.Name)
}

// longestSaid is the most letters of a number that a person types.
const longestSaid = 40

// mark puts a value that a person named first among those of its field, and holds the document against its load once more.
func (a *Area) mark(ctx context.Context, d *store.Document, t PaperTeach, spot *fields.Spot, who string) (string, error) {
	read, err := readingOf(d)
	if err != nil {
		return "", err
	}
	value := cmp.Or(strings.TrimSpace(t.Value), spot.Value)
	if !strings.ContainsAny(value, "0123456789") || len(value) > longestSaid {
		return "", desk.Invalid("%q is no number.", value)
	}
	said := paper.Value{Value: value, Confidence: 0.99, Page: spot.Page, Box: spot.Box, Why: "said by " + who, Origin: paper.FromSaid, Labelled: true}
	if value != spot.Value {
		said.Text = spot.Value
	}
	rest := slices.DeleteFunc(slices.Clone(read.Fields[t.Field]), func(v paper.Value) bool { return freight.NormalRef(v.Value) == freight.NormalRef(value) })
	named := paper.Fields{}
	for name, values := range read.Fields {
		named[name] = values
	}
	named[t.Field] = append([]paper.Value{said}, rest...)
	read.Fields = named
	return value, a.heldAgain(ctx, d, &read)
}

// heldAgain holds a reading that a person changed against the document's load; where it is on none, the loads it may belong to
// are told anew, and a person says which.
func (a *Area) heldAgain(ctx context.Context, d *store.Document, read *paper.Document) error {
	if d.Load == 0 {
		if _, err := a.findLoad(ctx, d, read, &store.Paper{Name: d.Name}); err != nil {
			return err
		}
	}
	kind := d.Kind // a person may have said it
	if err := a.judgeOn(ctx, d, read, d.Load, &store.Paper{Name: d.Name}); err != nil {
		return err
	}
	d.Kind = kind
	d.Stage = desk.StageOf(d, false)
	return nil
}

// shownLabels are the labels that a verified paper shows by itself: the load's own number stands once on it, by words that the
// desk does not know for any field.
func (a *Area) shownLabels(ctx context.Context, d *store.Document, read *paper.Document, t *freight.Timeline, v Verdict) (out []store.Label, err error) {
	if v.As == byPolicy {
		return nil, nil // no person looked
	}
	pages, err := a.pagesOf(ctx, d)
	if err != nil || len(pages) == 0 {
		return nil, err
	}
	known, err := a.labels(ctx)
	if err != nil {
		return nil, err
	}
	e := expectedOf(t, store.Load{Number: t.Number})
	for _, field := range []string{paper.Load, paper.Bill, paper.PRO, paper.PO} {
		page, spot, ok := ownNumber(pages, e, field)
		if !ok || slices.ContainsFunc(read.Fields[field], func(v paper.Value) bool {
			return v.Labelled && freight.NormalRef(v.Value) == freight.NormalRef(spot.Value)
		}) {
			continue
		}
		layout := fields.LayoutOf(sheetOf(page))
		l := store.Label{Layout: layout.String(), Label: spot.Label, Print: spot.Print, Field: field, Document: d.ID, Name: d.Name, At: a.clock(v.Now), By: a.desk.Person(v.As)}
		if layout.Known() && !slices.ContainsFunc(known, func(k store.Label) bool { return sameLabel(&k, &l) }) {
			out = append(out, l)
		}
	}
	return out, nil
}

// shortestOwn is how long a load's number must be for a label by it to be learned without a person's saying so.
const shortestOwn = 6

// ownNumber is the one spot on which a number of the load stands that it has for this field alone, by words that are known for
// no field.
func ownNumber(pages []pageWords, e *paper.Expected, field string) (page *pageWords, own fields.Spot, ok bool) {
	values := append([]string{e.Values[field]}, e.Also[field]...)
	is := func(values []string, s string) bool {
		return slices.ContainsFunc(values, func(v string) bool { return v != "" && freight.NormalRef(v) == freight.NormalRef(s) })
	}
	n := 0
	for i := range pages {
		for _, spot := range fields.Spots(sheetOf(&pages[i])) {
			if is(values, spot.Value) {
				page, own = &pages[i], spot
				n++
			}
		}
	}
	if n != 1 || own.Label == "" || len(freight.NormalRef(own.Value)) < shortestOwn {
		return nil, own, false
	}
	for _, other := range fields.Teachable {
		if fields.KnownLabel(own.Label, other) || other != field && is(append([]string{e.Values[other]}, e.Also[other]...), own.Value) {
			return nil, own, false
		}
	}
	return page, own, true
}

// Labels are the labels that people taught.
func (a *Area) Labels(ctx context.Context) (PaperLabels, error) {
	list, err := a.labels(ctx)
	var out PaperLabels
	for i := range list {
		l := &list[i]
		out.Labels = append(out.Labels, PaperLabel{ID: l.ID, Label: l.Print, Field: l.Field, Layout: strings.Join(fields.ParseLayout(l.Layout), ", "), At: l.At, By: l.By, On: l.Name, Paper: l.Document})
	}
	return out, err
}

// ForgetLabel takes a label away, however often it was taught. What was read by it stays as it was read.
func (a *Area) ForgetLabel(ctx context.Context, e PaperLabelEdit) (PaperLabels, error) {
	all, err := a.desk.Store.Labels(ctx)
	if err != nil {
		return PaperLabels{}, err
	}
	i := slices.IndexFunc(all, func(l store.Label) bool { return l.ID == e.ID })
	if i < 0 {
		return PaperLabels{}, desk.NotFound("There is no such label any more.")
	}
	who, at := a.desk.Person(e.As), a.desk.Now().UTC()
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		for n := range all {
			if !sameLabel(&all[n], &all[i]) {
				continue
			}
			if err := tx.ForgetLabel(all[n].ID); err != nil {
				return err
			}
		}
		return tx.Audit(&store.Act{At: at, Who: who, Act: "paper label forgotten", Subject: "paper label", Detail: all[i].Print + " is not " + all[i].Field})
	})
	if err != nil {
		return PaperLabels{}, err
	}
	return a.Labels(ctx)
}
