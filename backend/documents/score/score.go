package score

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/verdict"
	"tracedesk/backend/freight"
)

// Count counts values. Recall is Right of Truth, precision Right of Given.
type Count struct {
	Truth int `json:"truth"` // stand on the papers
	Given int `json:"given"` // were given
	Right int `json:"right"` // were given and are true
}

// Recall is the share of what is true that was given; 0 where nothing is true.
func (c Count) Recall() float64 { return share(c.Right, c.Truth) }

// Precision is the share of what was given that is true; 0 where nothing was given.
func (c Count) Precision() float64 { return share(c.Right, c.Given) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func (c *Count) add(o Count) {
	c.Truth += o.Truth
	c.Given += o.Given
	c.Right += o.Right
}

// Field is how well a field was read. A value counts as given when it is the first of its field, as right when it equals
// the truth's normal value (numbers by letters and digits, names and addresses by words). A value of a field that the
// document does not have is given and not right; it counts as typed unless it was said to be handwriting.
type Field struct {
	Name  string `json:"name"`
	Typed Count  `json:"typed"`
	Hand  Count  `json:"hand"`
}

// Match is how well documents found their loads, over the documents whose load is among those given and whose file is not
// a wrong load.
type Match struct {
	Documents     int `json:"documents"`
	RightFirst    int `json:"rightFirst"`    // the load is the one named, or the first candidate
	Named         int `json:"named"`         // the load was named
	WrongAccepted int `json:"wrongAccepted"` // another load was named; documents of no load among them
}

// Score is what came out.
type Score struct {
	Files       int                                     `json:"files"`
	Pages       int                                     `json:"pages"` // of the files that can be read
	Fields      freight.List[Field]                     `json:"fields"`
	Type        Count                                   `json:"type"`      // by page
	Signature   Count                                   `json:"signature"` // by role whose line is printed: right where present or not is told right
	Notation    Count                                   `json:"notation"`  // by kind and document
	Rotation    Count                                   `json:"rotation"`  // by page
	Barcode     Count                                   `json:"barcode"`   // by value and page, defective ones left out
	Match       Match                                   `json:"match"`
	Split       Count                                   `json:"split"`       // by file of several pages: right where the pages of all documents are
	Verdict     Count                                   `json:"verdict"`     // by file
	Reasons     Count                                   `json:"reasons"`     // by file: right where verdict and all reasons are
	Confusion   map[paper.Verdict]map[paper.Verdict]int `json:"confusion"`   // true -> given -> files
	Clean       Count                                   `json:"clean"`       // of the truly verified files, those verified without a person
	VerifiedBad freight.List[string]                    `json:"verifiedBad"` // files verified that are truly something else
	Seconds     float64                                 `json:"seconds"`     // of reading all
	PerPage     float64                                 `json:"perPage"`     // seconds
	PeakMB      float64                                 `json:"peakMB"`
	Misses      freight.List[Miss]                      `json:"misses"`
}

// Miss is one thing that was not as it should be.
type Miss struct {
	File string `json:"file"`
	Page int    `json:"page"`
	What string `json:"what"`
	Want string `json:"want"`
	Got  string `json:"got"`
	Hand bool   `json:"hand"`
}

// Took notes how long reading took and the most memory it had.
func (s *Score) Took(d time.Duration, peakMB float64) {
	s.Seconds, s.PeakMB = d.Seconds(), peakMB
	if s.Pages > 0 {
		s.PerPage = s.Seconds / float64(s.Pages)
	}
}

// Of holds what was read against the truth. Loads are the load numbers by the shipment ids that the truth uses. A file of
// the truth that was not read at all counts as missed in everything.
func Of(truth Truth, read []paper.File, loads map[string]string) Score {
	s := scoring{loads: loads, fields: map[string]*Field{}}
	s.Confusion = map[paper.Verdict]map[paper.Verdict]int{}
	byName := map[string]*paper.File{}
	for i := range read {
		byName[read[i].File] = &read[i]
	}
	for i := range truth.Files {
		f := &truth.Files[i]
		got := byName[f.File]
		if got == nil {
			got = &paper.File{File: f.File}
		}
		s.file(f, got)
	}
	for _, name := range fieldOrder {
		if f := s.fields[name]; f != nil && (f.Typed != Count{} || f.Hand != Count{}) {
			s.Fields = append(s.Fields, *f)
		}
	}
	return s.Score
}

var fieldOrder = []string{paper.Load, paper.Bill, paper.PRO, paper.PO, paper.Shipper, paper.ShipperAddr, paper.Consignee, paper.ConsigneeAddr,
	paper.Carrier, paper.SCAC, paper.Trailer, paper.Seal, paper.Pieces, paper.Pallets, paper.Weighed, paper.PickupDate, paper.DeliveryDate,
	paper.In, paper.Out, paper.Name, paper.Receipt, paper.Amount, paper.Gross}

type scoring struct {
	Score
	loads  map[string]string
	fields map[string]*Field
}

func (s *scoring) miss(f *File, page int, what, want, got string, hand bool) {
	s.Misses = append(s.Misses, Miss{File: f.File, Page: page, What: what, Want: want, Got: got, Hand: hand})
}

func (s *scoring) file(f *File, got *paper.File) {
	s.Files++
	s.verdict(f, got)
	if f.Verdict == paper.Unreadable {
		return
	}
	s.Pages += len(f.Pages)
	for i := range f.Pages {
		s.page(f, &f.Pages[i], got)
	}
	for i := range f.Documents {
		if len(f.Documents[i].Pages) > 0 {
			s.document(f, &f.Documents[i], got)
		}
	}
	s.split(f, got)
}

func (s *scoring) verdict(f *File, got *paper.File) {
	v, reasons := verdict.OfFile(got.Documents)
	if got.Error != "" {
		v = paper.Unreadable
	}
	if s.Confusion[f.Verdict] == nil {
		s.Confusion[f.Verdict] = map[paper.Verdict]int{}
	}
	s.Confusion[f.Verdict][v]++
	right := Count{Truth: 1, Given: 1}
	if v == f.Verdict {
		right.Right = 1
	}
	s.Verdict.add(right)
	if right.Right == 1 && sameSet(f.Reasons, reasons) {
		s.Reasons.add(right)
	} else {
		s.Reasons.add(Count{Truth: 1, Given: 1})
		s.miss(f, 0, "verdict", string(f.Verdict)+" "+strings.Join(f.Reasons, ","), string(v)+" "+strings.Join(reasons, ","), false)
	}
	if f.Verdict == paper.Verified {
		s.Clean.add(right)
	} else if v == paper.Verified {
		s.VerifiedBad = append(s.VerifiedBad, f.File)
	}
}

func sameSet(a, b []string) bool {
	x, y := slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(x, y)
}

// covering is the document of got that has a page; nil where none has.
func covering(got *paper.File, page int) *paper.Document {
	for i := range got.Documents {
		if slices.Contains(got.Documents[i].Pages, page) {
			return &got.Documents[i]
		}
	}
	return nil
}

// page scores what is told by page: type, rotation, barcodes. A page in no document was taken for blank.
func (s *scoring) page(f *File, p *Page, got *paper.File) {
	d := covering(got, p.Page)
	kind, rotation := paper.Blank, 0
	if d != nil {
		kind, rotation = d.Type, d.Rotation[p.Page]
	}
	typed := Count{Truth: 1, Given: 1}
	if kind == p.Type {
		typed.Right = 1
	} else {
		s.miss(f, p.Page, "type", string(p.Type), string(kind), false)
	}
	s.Type.add(typed)
	if p.Type == paper.Blank {
		return
	}
	turned := Count{Truth: 1, Given: 1}
	if d != nil && rotation == p.Rotation {
		turned.Right = 1
	} else {
		s.miss(f, p.Page, "rotation", fmt.Sprint(p.Rotation), fmt.Sprint(rotation), false)
	}
	s.Rotation.add(turned)
	for _, c := range p.Barcodes {
		if !c.Defective {
			s.barcode(f, p, c, d)
		}
	}
}

func (s *scoring) barcode(f *File, p *Page, c Code, d *paper.Document) {
	n := Count{Truth: 1}
	if d != nil && slices.ContainsFunc(d.Barcodes, func(b paper.Code) bool { return b.Page == p.Page && b.Value == c.Value }) {
		n.Right, n.Given = 1, 1
	} else {
		s.miss(f, p.Page, "barcode", c.Kind+" "+c.Value, "", false)
	}
	s.Barcode.add(n)
}

// document scores what is told by document: fields, signatures, notations, match.
func (s *scoring) document(f *File, t *Document, got *paper.File) {
	var d *paper.Document
	for _, n := range t.Pages {
		if d == nil {
			d = covering(got, n)
		}
	}
	if d == nil {
		d = &paper.Document{}
	}
	var pages []*Page
	for _, n := range t.Pages {
		if p := f.page(n); p != nil {
			pages = append(pages, p)
		}
	}
	s.values(f, t, pages, d)
	s.signatures(f, t, pages, d)
	s.notations(f, t, pages, d)
	s.match(f, t, d)
}

func (s *scoring) signatures(f *File, t *Document, pages []*Page, d *paper.Document) {
	want := map[string]bool{}
	for _, p := range pages {
		for role, sign := range p.Signatures {
			want[role] = want[role] || sign.Present
		}
	}
	for _, role := range []string{paper.SignsShipper, paper.SignsDriver, paper.SignsConsignee} {
		present, printed := want[role]
		if !printed {
			continue
		}
		n := Count{Truth: 1}
		got, found := d.Signatures[role]
		if found {
			n.Given = 1
		}
		if found && got.Present == present {
			n.Right = 1
		} else {
			s.miss(f, t.Pages[0], "signature "+role, fmt.Sprint(present), map[bool]string{true: fmt.Sprint(got.Present), false: "no line"}[found], false)
		}
		s.Signature.add(n)
	}
}

func (s *scoring) notations(f *File, t *Document, pages []*Page, d *paper.Document) {
	want, got := map[string]bool{}, map[string]bool{}
	for _, p := range pages {
		if p.Notation != nil {
			want[p.Notation.Kind] = true
		}
	}
	for _, n := range d.Notations {
		kind := n.Kind
		if kind == paper.SubjectToCount {
			kind = paper.STC
		}
		if !slices.Contains(t.Pages, n.Page) && n.Page != 0 {
			continue
		}
		got[kind] = true
	}
	for _, kind := range []string{paper.Short, paper.Over, paper.Damaged, paper.Refused, paper.SLC, paper.STC} {
		n := Count{}
		if want[kind] {
			n.Truth = 1
		}
		if got[kind] {
			n.Given = 1
		}
		n.Right = n.Truth * n.Given
		if n.Truth != n.Given {
			s.miss(f, t.Pages[0], "notation", map[bool]string{true: kind}[want[kind]], map[bool]string{true: kind}[got[kind]], false)
		}
		s.Notation.add(n)
	}
}

func (s *scoring) match(f *File, t *Document, d *paper.Document) {
	load := s.loads[t.Shipment]
	if f.Verdict == paper.WrongLoad {
		load = ""
	}
	named, first := "", ""
	if d.Match != nil {
		named = d.Match.Load
		first = named
		if first == "" && len(d.Match.Candidates) > 0 {
			first = d.Match.Candidates[0].Load
		}
	}
	if named != "" && named != load {
		s.Match.WrongAccepted++
		s.miss(f, t.Pages[0], "wrong load accepted", load, named, false)
	}
	if load == "" {
		return
	}
	s.Match.Documents++
	if named == load {
		s.Match.Named++
	}
	if first == load {
		s.Match.RightFirst++
	}
	if named != load {
		s.miss(f, t.Pages[0], "match", load, named+" (first "+first+")", false)
	}
}

// split scores files of several pages: right where the documents have the same pages, in whatever order.
func (s *scoring) split(f *File, got *paper.File) {
	if len(f.Pages) < 2 {
		return
	}
	var want, have []string
	for _, d := range f.Documents {
		want = append(want, fmt.Sprint(d.Pages))
	}
	for _, d := range got.Documents {
		if d.Type != paper.Blank {
			have = append(have, fmt.Sprint([]int(d.Pages)))
		}
	}
	n := Count{Truth: 1, Given: 1}
	if sameSet(want, have) {
		n.Right = 1
	} else {
		s.miss(f, 0, "split", strings.Join(want, " "), strings.Join(have, " "), false)
	}
	s.Split.add(n)
}
