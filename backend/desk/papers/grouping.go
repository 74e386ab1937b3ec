package papers

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents/fields"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/verdict"
	"tracedesk/backend/store"
)

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
	if err := a.part(ctx, &first, &read, d.Pages[:at], d.Load, true); err != nil {
		return err
	}
	if err := a.part(ctx, &second, &read, d.Pages[at:], 0, true); err != nil {
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

// part makes a document of some pages out of a reading; load 0 has it find its own. One that comes of a split is typed anew.
func (a *Area) part(ctx context.Context, d *store.Document, read *paper.Document, pages []int, load int64, splits bool) error {
	half := only(read, pages)
	if splits {
		var err error
		if half, err = a.half(ctx, d, read, pages); err != nil {
			return err
		}
	}
	p, err := a.desk.Store.Paper(ctx, d.File)
	if err != nil {
		return err
	}
	if load == 0 {
		if load, err = a.findLoad(ctx, d, &half, &p); err != nil {
			return err
		}
		if load == 0 && !slices.Contains(d.Never, p.Wanted) {
			load = p.Wanted
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

// half is what was read on the pages of a half: as the reading of the file had it where it had documents of just these pages,
// else what the whole has on them, typed anew.
func (a *Area) half(ctx context.Context, d *store.Document, read *paper.Document, pages []int) (paper.Document, error) {
	body, err := a.desk.Store.PaperReading(ctx, d.File)
	if err != nil {
		return paper.Document{}, err
	}
	var file paper.File
	if len(body) > 0 {
		if err := json.Unmarshal(body, &file); err != nil {
			return paper.Document{}, err
		}
	}
	var out paper.Document
	for i := range file.Documents {
		one := &file.Documents[i]
		switch {
		case len(one.Pages) == 0 || slices.ContainsFunc(one.Pages, func(n int) bool { return !slices.Contains(pages, n) }):
		case len(out.Pages) == 0:
			out = only(one, one.Pages)
		default:
			out = together(&out, one)
		}
	}
	if len(out.Pages) == len(pages) {
		return out, nil
	}
	out = only(read, pages)
	return out, a.typedAgain(ctx, d, &out)
}

// typedAgain gives a half the type that its own words speak for, and the values that stand on both halves and were kept of
// the other. Where its words speak for no type it keeps the one it had.
func (a *Area) typedAgain(ctx context.Context, d *store.Document, half *paper.Document) error {
	pages, err := a.pagesOf(ctx, &store.Document{File: d.File, Pages: half.Pages})
	if err != nil {
		return err
	}
	own := fields.Join(factsOf(pages))
	for name, values := range own.Fields {
		if len(half.Fields[name]) == 0 {
			half.Fields[name] = values
		}
	}
	if own.Type != paper.Blank && (own.Type != paper.Other || own.TypeConfidence >= titled) {
		half.Type, half.Subtype, half.TypeConfidence = own.Type, own.Subtype, own.TypeConfidence
	}
	fields.SignOff(half)
	return nil
}

// titled is the confidence from which a page that is no paper of the trade has a title of its own.
const titled = 0.5

// factsOf is what the kept words of pages say, page by page; of signatures they say nothing.
func factsOf(pages []pageWords) []fields.Facts {
	out := make([]fields.Facts, len(pages))
	for i := range pages {
		p := &pages[i]
		out[i] = fields.ReadPage(paper.Page{Number: p.Number, Rotation: p.Rotation, Skew: p.Slant, FromText: p.Printed, Words: p.Words}, nil, fields.Options{Once: true})
	}
	return out
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
	if err := a.part(ctx, &after, &whole, whole.Pages, load, false); err != nil {
		return err
	}
	if d.Load != 0 && other.Load != 0 && d.Load != other.Load {
		if err := ofTwoLoads(&after); err != nil {
			return err
		}
	}
	p.Before = append(p.Before, other)
	p.After, p.Says = []store.Document{after}, fmt.Sprintf("pages %s of %s joined", list(after.Pages), d.Name)
	return nil
}

// ofTwoLoads keeps a document that was joined of papers of two loads for a person, however well one half fits its load.
func ofTwoLoads(d *store.Document) error {
	read, err := readingOf(d)
	if err != nil {
		return err
	}
	read.Reasons = append(read.Reasons, verdict.TwoLoadsInFile)
	if read.Verdict == paper.Verified {
		read.Verdict = paper.Review
	}
	d.Verdict = string(read.Verdict)
	d.Stage = desk.StageOf(d, false)
	d.Reading, err = json.Marshal(&read)
	return err
}

func proof(read *paper.Document) bool {
	return read.Type == paper.BOL || read.Type == paper.POP || read.Type == paper.POD
}

func both[V any](a, b map[int]V) map[int]V {
	out := map[int]V{}
	maps.Copy(out, b)
	maps.Copy(out, a)
	return out
}

// beside are the fields that only papers beside a proof have: they answer for nothing on the proof.
var beside = []string{paper.Receipt, paper.Amount, paper.Gross}

// supports reports whether a document goes with a proof and is none of its pages: a receipt, a ticket, a report, or another
// paper with a title of its own.
func supports(read *paper.Document) bool {
	switch read.Type {
	case paper.Lumper, paper.Weight, paper.OSD:
		return true
	case paper.Other:
		return read.Subtype != "" && read.TypeConfidence >= titled
	}
	return false
}

// together is what was read on the pages of two documents. The type is the proof's, and so are the values and signatures: what
// a receipt says does not answer for the proof that it was joined with. What is noted on either counts.
func together(one, two *paper.Document) paper.Document {
	if !proof(one) && (proof(two) || one.Type == paper.Other || one.Type == paper.Blank || one.Type == "") {
		one, two = two, one
	}
	out := only(one, one.Pages)
	added := only(two, two.Pages)
	if proof(one) && supports(two) {
		maps.DeleteFunc(added.Fields, func(name string, _ []paper.Value) bool { return !slices.Contains(beside, name) })
		clear(added.Signatures)
	}
	two = &added
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
	fields.SignOff(&out)
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
