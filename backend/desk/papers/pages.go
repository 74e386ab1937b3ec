package papers

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents/paper"
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

// split makes the pages from one on a document of their own. Each half is held against its load anew.
func (a *Area) split(ctx context.Context, p *desk.OnPapers, d store.Document, c PageChange) error {
	at := slices.Index(d.Pages, c.Page)
	if at < 1 {
		return desk.Invalid("A document is split before its second or a later page: it has %s.", list(d.Pages))
	}
	same, err := a.desk.Store.DocumentsOf(ctx, d.File)
	if err != nil {
		return err
	}
	read, err := readingOf(&d)
	if err != nil {
		return err
	}
	first, second := d, d
	second.ID, second.State, second.DecidedAt, second.By, second.Note = freeID(d.File, same), string(Unmatched), time.Time{}, "", ""
	if err := a.part(ctx, &first, &read, d.Pages[:at], d.Load); err != nil {
		return err
	}
	if err := a.part(ctx, &second, &read, d.Pages[at:], 0); err != nil {
		return err
	}
	p.After, p.Says = []store.Document{first, second}, fmt.Sprintf("%s split before page %d", d.Name, c.Page)
	return nil
}

// freeID is the first id that no document of the file has.
func freeID(file string, same []store.Document) string {
	for n := 2; ; n++ {
		id := documentID(file, n)
		if !slices.ContainsFunc(same, func(d store.Document) bool { return d.ID == id }) {
			return id
		}
	}
}

// part makes a document of some pages out of a reading; load 0 has it find its own.
func (a *Area) part(ctx context.Context, d *store.Document, read *paper.Document, pages []int, load int64) error {
	half := only(read, pages)
	p, err := a.desk.Store.Paper(ctx, d.File)
	if err != nil {
		return err
	}
	if load == 0 {
		if load, err = a.findLoad(ctx, d, &half, &p); err != nil {
			return err
		}
	}
	state := d.State
	if err := a.judgeOn(ctx, d, &half, load, &p); err != nil {
		return err
	}
	d.Pages = slices.Clone(pages)
	if d.State = state; load != 0 && state == string(Unmatched) {
		d.State = string(Received)
	}
	d.Stage = desk.StageOf(d, false)
	return nil
}

// only is what was read on some pages.
func only(read *paper.Document, pages []int) paper.Document {
	on := func(page int) bool { return page == 0 || slices.Contains(pages, page) }
	out := *read
	out.Pages, out.Rotation = slices.Clone(pages), map[int]int{}
	out.Fields, out.Signatures = paper.Fields{}, map[string]paper.Signature{}
	out.Notations, out.Barcodes, out.Match, out.Checks, out.Reasons = nil, nil, nil, nil, nil
	for n, turn := range read.Rotation {
		if on(n) {
			out.Rotation[n] = turn
		}
	}
	for name, values := range read.Fields {
		for _, v := range values {
			if on(v.Page) {
				out.Fields[name] = append(out.Fields[name], v)
			}
		}
	}
	for role, s := range read.Signatures {
		if on(s.Page) {
			out.Signatures[role] = s
		}
	}
	for _, n := range read.Notations {
		if on(n.Page) {
			out.Notations = append(out.Notations, n)
		}
	}
	for _, c := range read.Barcodes {
		if on(c.Page) {
			out.Barcodes = append(out.Barcodes, c)
		}
	}
	return out
}

// join makes one document of two of the same file; it stays on the load of the one that was asked.
func (a *Area) join(ctx context.Context, p *desk.OnPapers, d store.Document, c PageChange) error {
	other, err := a.known(ctx, c.With)
	if err != nil {
		return err
	}
	if other.File != d.File || other.ID == d.ID {
		return desk.Invalid("Two documents of one file can be joined; %s is no other document of this file.", other.Name)
	}
	one, err := readingOf(&d)
	if err != nil {
		return err
	}
	two, err := readingOf(&other)
	if err != nil {
		return err
	}
	whole := together(&one, &two)
	after := d
	after.Turns, after.Crops = both(d.Turns, other.Turns), both(d.Crops, other.Crops)
	load := d.Load
	if load == 0 {
		load = other.Load
	}
	if err := a.part(ctx, &after, &whole, whole.Pages, load); err != nil {
		return err
	}
	p.Before = append(p.Before, other)
	p.After, p.Says = []store.Document{after}, fmt.Sprintf("pages %s of %s joined", list(after.Pages), d.Name)
	return nil
}

func both[V any](a, b map[int]V) map[int]V {
	out := map[int]V{}
	maps.Copy(out, b)
	maps.Copy(out, a)
	return out
}

// together is what was read on the pages of two documents: the first one's type unless only the second proves something.
func together(one, two *paper.Document) paper.Document {
	out := only(one, one.Pages)
	if one.Type == paper.Other || one.Type == paper.Blank || one.Type == "" {
		out.Type, out.Subtype, out.TypeConfidence = two.Type, two.Subtype, two.TypeConfidence
	}
	out.Pages = append(slices.Clone(one.Pages), two.Pages...)
	slices.Sort(out.Pages)
	maps.Copy(out.Rotation, two.Rotation)
	for name, values := range two.Fields {
		out.Fields[name] = append(out.Fields[name], values...)
		slices.SortStableFunc(out.Fields[name], func(x, y paper.Value) int {
			switch {
			case x.Confidence > y.Confidence:
				return -1
			case x.Confidence < y.Confidence:
				return 1
			}
			return 0
		})
	}
	for role, s := range two.Signatures {
		if had, ok := out.Signatures[role]; !ok || s.Present && !had.Present {
			out.Signatures[role] = s
		}
	}
	out.Notations = append(out.Notations, two.Notations...)
	out.Barcodes = append(out.Barcodes, two.Barcodes...)
	return out
}

// findLoad is the load that a part of a file names by itself; 0 where it abstains.
func (a *Area) findLoad(ctx context.Context, d *store.Document, read *paper.Document, p *store.Paper) (int64, error) {
	pages, err := a.pagesOf(ctx, &store.Document{File: d.File, Pages: read.Pages})
	if err != nil {
		return 0, err
	}
	seen := &holders{area: a, never: map[int64]bool{}}
	for _, load := range d.Never {
		seen.never[load] = true
	}
	match, err := matched(ctx, seen, read, pages, p.Name)
	if err != nil {
		return 0, err
	}
	read.Match = &match
	if match.Load == "" {
		return 0, nil
	}
	return seen.idOf(ctx, match.Load)
}

// reindex makes the documents of a file found by the words of their pages.
func (a *Area) reindex(ctx context.Context, file string) error {
	same, err := a.desk.Store.DocumentsOf(ctx, file)
	if err != nil {
		return err
	}
	texts := make([]string, len(same))
	for i := range same {
		if texts[i], err = a.text(ctx, &same[i]); err != nil {
			return err
		}
	}
	return a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		for i := range same {
			if err := tx.SetDocumentWords(same[i].ID, folded(texts[i], same[i].Name)); err != nil {
				return err
			}
		}
		return nil
	})
}
