package papers

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/store"
)

// Pages turns and crops a page, splits a document and joins two of one file. The original stays as it is: what is kept is
// what a person did to how it is shown and grouped.
func (a *Area) Pages(ctx context.Context, id string, c PageChange) (PaperDone, error) {
	d, err := a.known(ctx, id)
	if err != nil {
		return PaperDone{}, err
	}
	if d.Stage == string(InReading) {
		return PaperDone{}, desk.Conflict("%s is still being read.", d.Name)
	}
	p := desk.OnPapers{Before: []store.Document{d}, Does: string(c.Does), Note: c.Note, By: a.desk.Person(c.As), Now: c.Now}
	switch c.Does {
	case TurnPage:
		err = turnPage(&p, d, c)
	case CropPage:
		err = cropPage(&p, d, c)
	case SplitHere:
		err = a.split(ctx, &p, d, c)
	case JoinWith:
		err = a.join(ctx, &p, d, c)
	default:
		err = invalidDeed(string(c.Does), "turn, crop, split or join")
	}
	if err != nil {
		return PaperDone{}, err
	}
	deed, err := a.desk.DoPapers(ctx, p)
	if err != nil {
		return PaperDone{}, err
	}
	if c.Does == SplitHere || c.Does == JoinWith {
		if err := a.reindex(ctx, d.File); err != nil {
			return PaperDone{}, err
		}
	}
	out := PaperDone{Says: deed.Says, Act: strconv.FormatInt(deed.ID, 10)}
	ids := make([]string, 0, len(p.After))
	for i := range p.After {
		ids = append(ids, p.After[i].ID)
	}
	return a.done(ctx, out, ids...)
}

func hasPage(d *store.Document, page int) error {
	if !slices.Contains(d.Pages, page) {
		return desk.Invalid("Page %d is none of this document's: it has %s.", page, list(d.Pages))
	}
	return nil
}

func list(pages []int) string {
	words := make([]string, len(pages))
	for i, n := range pages {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ", ")
}

func turnPage(p *desk.OnPapers, d store.Document, c PageChange) error {
	if c.Turn%90 != 0 {
		return desk.Invalid("A page is turned by 90, 180 or 270 degrees, not by %d.", c.Turn)
	}
	if err := hasPage(&d, c.Page); err != nil {
		return err
	}
	after := d
	after.Turns = maps.Clone(d.Turns)
	if after.Turns == nil {
		after.Turns = map[int]int{}
	}
	after.Turns[c.Page] = upright(after.Turns[c.Page] + c.Turn)
	if box := d.Crops[c.Page]; len(box) == 4 {
		turned := turnedBox([4]float64(box), c.Turn)
		after.Crops = maps.Clone(d.Crops)
		after.Crops[c.Page] = turned[:]
	}
	p.After, p.Says = []store.Document{after}, fmt.Sprintf("page %d of %s turned by %d degrees", c.Page, d.Name, c.Turn)
	return nil
}

func cropPage(p *desk.OnPapers, d store.Document, c PageChange) error {
	if err := hasPage(&d, c.Page); err != nil {
		return err
	}
	after := d
	after.Crops = maps.Clone(d.Crops)
	if after.Crops == nil {
		after.Crops = map[int][]float64{}
	}
	if len(c.Crop) == 0 {
		delete(after.Crops, c.Page)
		p.After, p.Says = []store.Document{after}, fmt.Sprintf("page %d of %s shown whole", c.Page, d.Name)
		return nil
	}
	b := c.Crop
	if len(b) != 4 || b[0] < 0 || b[1] < 0 || b[2] > 1 || b[3] > 1 || b[2]-b[0] < 0.02 || b[3]-b[1] < 0.02 {
		return desk.Invalid("A page is cut to left, top, right and bottom as parts of the page from 0 to 1.")
	}
	after.Crops[c.Page] = slices.Clone(b)
	p.After, p.Says = []store.Document{after}, fmt.Sprintf("page %d of %s cut to size", c.Page, d.Name)
	return nil
}
