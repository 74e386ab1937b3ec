package papers

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tracedesk/backend/documents"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/verdict"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// fieldOrder is the order in which fields are shown: as a person goes down a paper.
var fieldOrder = []string{paper.Load, paper.Bill, paper.PRO, paper.PO, paper.Shipper, paper.ShipperAddr, paper.Consignee, paper.ConsigneeAddr, paper.Carrier, paper.SCAC, paper.Trailer,
	paper.Seal, paper.Pieces, paper.Pallets, paper.Weighed, paper.PickupDate, paper.DeliveryDate, paper.In, paper.Out, paper.Name, paper.Receipt, paper.Amount, paper.Gross}

// Sheet is one document beside its load. What a person looks at is read before what nobody looks at.
func (a *Area) Sheet(ctx context.Context, id string) (PaperSheet, error) {
	d, err := a.known(ctx, id)
	if err != nil {
		return PaperSheet{}, err
	}
	p, err := a.desk.Store.Paper(ctx, d.File)
	if err != nil {
		return PaperSheet{}, err
	}
	if p.State == store.PaperWaiting && p.Rank < firstRank && a.works() {
		if _, err := a.readFirst(ctx, &p); err != nil {
			return PaperSheet{}, err
		}
	}
	read, err := readingOf(&d)
	if err != nil {
		return PaperSheet{}, err
	}
	out := PaperSheet{MIME: p.Media, Size: p.Size, Error: p.Error}
	if read.Match != nil {
		out.Match = read.Match.Why
	}
	of := map[string]int{}
	if out.Item, err = a.item(ctx, &d, of); err != nil {
		return out, err
	}
	if err := a.siblings(ctx, &out, &d, of); err != nil {
		return out, err
	}
	words, err := a.pagesOf(ctx, &d)
	if err != nil {
		return out, err
	}
	v := view{&d, &read, words}
	pictures := p.Pages
	if p.Media == documents.Text.MIME() { // its words are shown
		pictures = 0
	}
	out.PageList = v.pages(pictures)
	out.Signatures, out.Notations, out.Barcodes = v.signatures(), v.notations(), v.codes()
	if err := a.against(ctx, &out, v); err != nil {
		return out, err
	}
	if out.Candidates, err = a.candidates(ctx, &d); err != nil {
		return out, err
	}
	if len(out.Candidates) > 1 {
		out.Match = briefly(out.Match, out.Candidates)
	}
	if out.Notes, err = a.passedOver(ctx, d.File); err != nil {
		return out, err
	}
	if out.Text, err = a.text(ctx, &d); err != nil {
		return out, err
	}
	out.History, err = a.history(ctx, &d, &p)
	return out, err
}

// passedOver is what the reader left out of a file.
func (a *Area) passedOver(ctx context.Context, file string) (freight.List[string], error) {
	body, err := a.desk.Store.PaperReading(ctx, file)
	if err != nil || len(body) == 0 {
		return nil, err
	}
	var read struct {
		Notes freight.List[string] `json:"notes"`
	}
	err = json.Unmarshal(body, &read)
	return read.Notes, err
}

// briefly is why a load was chosen or not, without what stands with each candidate.
func briefly(why string, candidates []PaperCandidate) string {
	for _, c := range candidates {
		if c.Why == "" {
			continue
		}
		why = strings.TrimSuffix(strings.ReplaceAll(why, " ("+c.Why+")", ""), ": "+c.Why)
		if why == c.Why {
			return ""
		}
	}
	return why
}

func (a *Area) siblings(ctx context.Context, out *PaperSheet, d *store.Document, of map[string]int) error {
	same, err := a.desk.Store.DocumentsOf(ctx, d.File)
	for i := range same {
		if same[i].ID == d.ID {
			continue
		}
		item, err := a.item(ctx, &same[i], of)
		if err != nil {
			return err
		}
		out.Siblings = append(out.Siblings, item)
	}
	return err
}

// against sets the paper's values and checks beside what the desk knows of its load.
func (a *Area) against(ctx context.Context, out *PaperSheet, v view) error {
	expected := &paper.Expected{}
	if v.d.Load != 0 {
		e, err := (&holders{area: a}).expected(ctx, v.d.Load)
		if err != nil {
			return err
		}
		expected = e
	}
	pol, whose, err := a.policyFor(ctx, expected.Customer)
	if err != nil {
		return err
	}
	out.Policy = cmp.Or(whose, "everybody")
	out.Fields = v.fields(expected)
	required := pol.Checks.Delivery
	if v.d.Kind == string(POP) {
		required = pol.Checks.Pickup
	}
	for _, c := range v.read.Checks {
		out.Checks = append(out.Checks, PaperCheck{Name: c.Name, State: c.State, Required: slices.Contains(required, c.Name), Paper: c.Paper, Desk: c.Desk, Page: c.Page, Box: v.box(c.Page, c.Box)})
	}
	return nil
}

// view is a document as a person turned it.
type view struct {
	d     *store.Document
	read  *paper.Document
	words []pageWords // of its pages
}

// look is how a page is shown: upright as it was read, and then as a person turned it.
func (v view) look(page int) PageLook {
	look := PageLook{Page: page, Turn: v.turn(page)}
	for i := range v.words {
		if w := &v.words[i]; w.Number == page && !w.Printed {
			look.AsRead, look.Slant = true, w.Slant
		}
	}
	return look
}

// turn is by how much the stored picture of a page is turned to be shown: what the reading found, and what a person did.
func (v view) turn(page int) int { return upright(v.d.Turns[page] - v.read.Rotation[page]) }

func (v view) box(page int, b paper.Box) freight.List[float64] {
	if b == (paper.Box{}) {
		return nil
	}
	turned := turnedBox(b, v.d.Turns[page])
	return turned[:]
}

func (v view) pages(shown int) (out freight.List[PaperPage]) {
	for _, n := range v.d.Pages {
		page := PaperPage{Number: n, Turn: upright(v.d.Turns[n]), Crop: v.d.Crops[n]}
		if n <= shown {
			page.Picture = fmt.Sprintf("api/documents/%s/page/%d.png%s", v.d.File, n, v.look(n).query())
		}
		out = append(out, page)
	}
	return out
}

func (v view) fields(e *paper.Expected) (out freight.List[PaperField]) {
	names := slices.Clone(fieldOrder)
	for name := range v.read.Fields {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names[len(fieldOrder):])
	for _, name := range names {
		f := PaperField{Name: name}
		for _, value := range v.read.Fields[name] {
			f.Values = append(f.Values, PaperValue{Value: value.Value, Text: cmp.Or(value.Text, value.Value), Confidence: value.Confidence, Page: value.Page, Box: v.box(value.Page, value.Box),
				Hand: value.Hand, Why: value.Why, Origin: PaperOrigin(value.Origin), Learned: value.Learned})
		}
		if e.Values[name] != "" {
			f.Desk = append(freight.List[string]{e.Values[name]}, e.Also[name]...)
		}
		if len(f.Values) == 0 && len(f.Desk) == 0 {
			continue
		}
		f.Agrees = v.agreement(&f)
		out = append(out, f)
	}
	return out
}

// agreement goes by the check of that name where there is one.
func (v view) agreement(f *PaperField) PaperAgreement {
	switch {
	case len(f.Values) == 0:
		return OnlyOnDesk
	case len(f.Desk) == 0:
		return OnlyOnPaper
	}
	for _, c := range v.read.Checks {
		if c.Name == f.Name && c.State == verdict.Passed {
			return FieldAgrees
		}
		if c.Name == f.Name && c.State == verdict.Failed {
			return FieldDiffers
		}
	}
	for _, value := range f.Values {
		if slices.ContainsFunc(f.Desk, func(s string) bool { return freight.NormalRef(s) == freight.NormalRef(value.Value) }) {
			return FieldAgrees
		}
	}
	return FieldDiffers
}

func (v view) signatures() (out freight.List[PaperSignature]) {
	for _, role := range []string{paper.SignsShipper, paper.SignsDriver, paper.SignsConsignee} {
		if s, ok := v.read.Signatures[role]; ok {
			out = append(out, PaperSignature{Role: role, Present: s.Present, Page: s.Page, Box: v.box(s.Page, s.Box)})
		}
	}
	return out
}

func (v view) notations() (out freight.List[PaperNotation]) {
	for _, n := range v.read.Notations {
		out = append(out, PaperNotation{Kind: n.Kind, Text: n.Text, Page: n.Page, Box: v.box(n.Page, n.Box)})
	}
	return out
}

func (v view) codes() (out freight.List[PaperCode]) {
	for _, c := range v.read.Barcodes {
		out = append(out, PaperCode{Kind: c.Kind, Value: c.Value, Page: c.Page, Box: v.box(c.Page, c.Box)})
	}
	return out
}

// pagesOf are the words of a document's pages as they were read.
func (a *Area) pagesOf(ctx context.Context, d *store.Document) ([]pageWords, error) {
	body, err := a.desk.Store.PaperWords(ctx, d.File)
	if err != nil || len(body) == 0 {
		return nil, err
	}
	var kept words
	if err := json.Unmarshal(body, &kept); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(kept.Pages, func(p pageWords) bool { return !slices.Contains(d.Pages, p.Number) }), nil
}

func (a *Area) text(ctx context.Context, d *store.Document) (string, error) {
	pages, err := a.pagesOf(ctx, d)
	var out strings.Builder
	for _, p := range pages {
		line := 0
		for i, w := range p.Words {
			switch {
			case i == 0:
			case w.Line != line:
				out.WriteByte('\n')
			default:
				out.WriteByte(' ')
			}
			line = w.Line
			out.WriteString(w.Text)
		}
		out.WriteString("\n\n")
	}
	return strings.TrimSpace(out.String()), err
}

// history is what happened to a document, newest first.
func (a *Area) history(ctx context.Context, d *store.Document, p *store.Paper) (out freight.List[PaperDeed], err error) {
	deeds, err := a.desk.Store.DeedsOf(ctx, d.ID, 100)
	last := true
	for i := range deeds {
		deed := &deeds[i]
		out = append(out, PaperDeed{Act: strconv.FormatInt(deed.ID, 10), At: deed.At, By: deed.Who, Does: deed.Does, Says: deed.Says, Note: deed.Note, CanUndo: last && !deed.Undone, Undone: deed.Undone})
		last = last && deed.Undone
	}
	if !p.ReadAt.IsZero() {
		read := PaperDeed{At: p.ReadAt, Does: "read", Says: "read"}
		if p.Error != "" {
			read.Says = "could not be read: " + p.Error
		}
		out = append(out, read)
	}
	return append(out, PaperDeed{At: p.ReceivedAt, By: p.By, Does: "received", Says: strings.TrimSpace("received " + p.From)}), err
}

// sentence says why a document stands where it stands.
func sentence(d *store.Document, read *paper.Document) string {
	if d.Stage == string(InReading) {
		return "being read"
	}
	if !d.DecidedAt.IsZero() {
		return strings.TrimSuffix(fmt.Sprintf("%s by %s: %s", decidedAs[d.State], d.By, d.Note), ": ")
	}
	var reasons []string
	for _, r := range read.Reasons {
		reasons = append(reasons, saysReason(r))
	}
	said := strings.Join(reasons, ", ")
	switch {
	case d.Stage == string(IsClean):
		return "every check passed"
	case d.Load == 0 && said == "":
		return cmp.Or(d.Why, "nothing in it names a load")
	case said == "":
		return cmp.Or(d.Why, "a person has not looked at it")
	}
	return said
}

var decidedAs = map[string]string{string(Verified): "accepted", string(Rejected): "flagged", string(Received): "filed", string(SetAside): "set aside", string(Unmatched): "taken off its load"}
