package papers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/scan"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// alikeFrom is the part of the words that two photographs of one sheet have in common at least. Readings differ by specks and
// light; sheets of one form differ by their numbers, which are most of the words counted here.
const alikeFrom = 0.7

// alikeSeen is the part of the words that is enough where the sheets look alike, too: a bad photograph of a sheet reads badly.
const alikeSeen = 0.45

// fewWords is how many words a sheet must have to be told by them.
const fewWords = 12

// compare finds the documents on file that show the same sheet, by their words and by what they look like: papers of the same kind on its load, or on the
// loads that it may be of.
func (a *Area) compare(ctx context.Context, d *store.Document, pages []paper.Page) error {
	mine := tellingWords(textOf(pages, d.Pages))
	if len(mine) < fewWords || d.Type == string(paper.Blank) {
		return nil
	}
	others, err := a.papersNear(ctx, d)
	if err != nil {
		return err
	}
	d.Alike = nil
	for i := range others {
		o := &others[i]
		if o.File == d.File || o.Kind != d.Kind {
			continue
		}
		text, err := a.text(ctx, o)
		if err != nil {
			return err
		}
		part, least := inCommon(mine, tellingWords(text)), alikeFrom
		if part >= alikeSeen && part < alikeFrom {
			same, err := a.looksSame(ctx, pages, d, o)
			if err != nil {
				return err
			}
			if same {
				least = alikeSeen
			}
		}
		if part >= least {
			d.Alike = append(d.Alike, store.Likeness{ID: o.ID, Part: part})
		}
	}
	d.Stage = desk.StageOf(d, false)
	return nil
}

// looksSame tells whether the pages of a document look like those of one on file, each like its counterpart.
func (a *Area) looksSame(ctx context.Context, pages []paper.Page, d, o *store.Document) (bool, error) {
	kept, err := a.pagesOf(ctx, o)
	if err != nil {
		return false, err
	}
	var mine []scan.Looks
	for i := range pages {
		if len(d.Pages) == 0 || slices.Contains(d.Pages, pages[i].Number) {
			mine = append(mine, pages[i].Looks)
		}
	}
	if len(mine) == 0 || len(mine) != len(kept) {
		return false, nil
	}
	for i := range kept {
		if kept[i].Looks == nil || scan.Distance(mine[i], *kept[i].Looks) > scan.Alike {
			return false, nil
		}
	}
	return true, nil
}

// papersNear are the papers on a document's load; while it has none, on the likeliest ones.
func (a *Area) papersNear(ctx context.Context, d *store.Document) (out []store.Document, err error) {
	if d.Load != 0 {
		return a.desk.Store.Documents(ctx, d.Load, "", mostListed)
	}
	seen := &holders{area: a}
	for _, c := range d.Candidates[:min(3, len(d.Candidates))] {
		load, err := seen.idOf(ctx, c.Number)
		if err != nil || load == 0 {
			return out, err
		}
		more, err := a.desk.Store.Documents(ctx, load, "", mostListed)
		if err != nil {
			return out, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// tellingWords are the words that tell a sheet: those with a digit, and long ones.
func tellingWords(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(text) {
		key := freight.NormalRef(w)
		if len(key) >= 7 || len(key) >= 3 && strings.ContainsAny(key, "0123456789") {
			out[key] = true
		}
	}
	return out
}

// inCommon is the part of the words of the shorter sheet that stand on both; where one has many more, it is another sheet.
func inCommon(a, b map[string]bool) float64 {
	few, many := min(len(a), len(b)), max(len(a), len(b))
	if few < fewWords || many > 2*few {
		return 0
	}
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	return float64(both) / float64(few)
}

// looksLike are the documents on file that show the same sheet, as people are told.
func (a *Area) looksLike(ctx context.Context, d *store.Document) (out freight.List[PaperAs], err error) {
	for _, l := range d.Alike {
		o, err := a.desk.Store.Document(ctx, l.ID)
		if err != nil {
			continue // joined to another since
		}
		as := PaperAs{ID: o.ID, Name: o.Name, ReceivedAt: o.ReceivedAt, Likeness: l.Part}
		if o.Load != 0 {
			on, err := a.desk.Store.Load(ctx, o.Load)
			if err != nil {
				return out, err
			}
			as.Load = on.Number
		}
		as.Says = fmt.Sprintf("looks like the paper of load %s from %s", as.Load, o.ReceivedAt.Format("2 Jan 2006"))
		out = append(out, as)
	}
	slices.SortFunc(out, func(x, y PaperAs) int { return y.ReceivedAt.Compare(x.ReceivedAt) })
	return out, nil
}
