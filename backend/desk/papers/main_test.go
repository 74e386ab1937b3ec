package papers

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/scan"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

var morning = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// bench is a desk with a few loads. Files in these tests are JSON that says what is read in them, so that what happens to a
// paper is told apart from reading it; TestReading has a real one.
type bench struct {
	*testing.T
	dir  string
	desk *desk.Desk
	area *Area
}

func newBench(t *testing.T) *bench {
	b := &bench{T: t, dir: t.TempDir()}
	b.open()
	for _, n := range []string{"480101", "480102", "480103"} {
		b.tender(n)
	}
	return b
}

// open opens the desk of the bench, as after a start of the program.
func (b *bench) open() {
	b.Helper()
	var seconds atomic.Int64 // two readers and the test ask for the time
	d, err := desk.Open(b.Context(), desk.Options{Dir: b.dir, Person: "Ida", Now: func() time.Time {
		return morning.Add(time.Duration(seconds.Add(1)) * time.Second)
	}})
	b.ok(err)
	b.Cleanup(func() { d.Close() })
	b.desk, b.area = d, New(d)
	b.area.read = told
}

func (b *bench) ok(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) want(what string, got, want any) {
	b.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		b.Errorf("%s: %v, want %v", what, got, want)
	}
}

// tender puts a load on file.
func (b *bench) tender(number string) {
	b.Helper()
	_, err := b.desk.Ledger.Post(b.Context(), 0, []freight.Observation{tendered(number)}, nil)
	b.ok(err)
}

// tendered is a load of Acme that was delivered yesterday: 20 pieces from DC 1 to Store 9.
func tendered(number string) freight.Observation {
	of := func(seq int, fact freight.Fact, v freight.Value) freight.Claim {
		return freight.Claim{Subject: freight.Stop(seq), Fact: fact, Value: v}
	}
	day := func(seq int, fact freight.Fact, at time.Time) freight.Claim {
		return freight.Claim{Subject: freight.Stop(seq), Fact: fact, At: freight.At(at)}
	}
	place := func(facility, city, state string) freight.Value {
		return freight.Value{Place: freight.Place{Facility: facility, City: city, State: state, Country: "US"}}
	}
	return freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}, Channel: freight.ByFile, StatedAt: morning.Add(-time.Hour),
		Names: []freight.Reference{{Type: freight.RefLoad, Value: number}},
		Claims: []freight.Claim{{Fact: freight.FactCustomer, Value: freight.Value{Text: "Acme"}}, {Fact: freight.FactCarrier, Value: freight.Value{Text: "Blue Line"}},
			{Fact: freight.FactReference, Value: freight.Value{Type: "PRO", Text: "0044" + number, Scope: "BLUL"}}, {Fact: freight.FactReference, Value: freight.Value{Type: "BOL", Text: "77" + number}},
			of(1, freight.FactStopKind, freight.Value{Text: "pickup"}), of(1, freight.FactPlace, place("DC 1", "Dallas", "TX")), of(1, freight.FactPieces, freight.Value{Num: 20, Has: 1}),
			of(2, freight.FactStopKind, freight.Value{Text: "delivery"}), of(2, freight.FactPlace, place("Store 9", "Denver", "CO")), of(2, freight.FactPieces, freight.Value{Num: 20, Has: 1}),
			day(1, freight.FactDeparted, morning.Add(-30*time.Hour)), day(2, freight.FactArrived, morning.Add(-12*time.Hour)), day(2, freight.FactDelivered, morning.Add(-11*time.Hour))}}
}

// written is what a file of these tests says is read in it.
type written struct {
	Documents []paper.Document `json:"documents"`
	Salt      string           `json:"salt"`  // makes two files of one content two
	Fault     string           `json:"fault"` // it cannot be read
	Notes     []string         `json:"notes"` // what was passed over
	Looks     scan.Looks       `json:"looks"` // of every page
	Loss      string           `json:"loss"`  // reading fails for a reason outside the file
}

// told reads such a file, and matches it as any other is.
func told(ctx context.Context, a *Area, p *store.Paper, body documents.Original, known *holders, progress func(page, of int, part float64)) (paper.File, []paper.Page, error) {
	var w written
	if err := json.NewDecoder(body).Decode(&w); err != nil {
		return paper.File{}, nil, err
	}
	if w.Fault != "" {
		return paper.File{}, nil, &documents.Fault{Cause: documents.Broken, Reason: w.Fault}
	}
	if w.Loss != "" {
		return paper.File{}, nil, fmt.Errorf("%s", w.Loss)
	}
	out := paper.File{File: p.Name, Notes: w.Notes}
	var pages []paper.Page
	for _, d := range w.Documents {
		for _, n := range d.Pages {
			pages = append(pages, paper.Page{Number: n, Words: wordsIn(&d, n), Looks: w.Looks})
		}
		match, err := matched(ctx, known, &d, nil, p.Name)
		if err != nil {
			return out, nil, err
		}
		d.Match, d.Verdict = &match, paper.Review
		out.Documents = append(out.Documents, d)
		progress(d.Pages[0], len(pages), 1)
	}
	return out, pages, ctx.Err()
}

// wordsIn are the names and values on a page as words, one line each; a name in capitals stands above the others, as a title.
func wordsIn(d *paper.Document, page int) (out []paper.Word) {
	line := 0
	for _, name := range slices.Sorted(maps.Keys(d.Fields)) {
		for _, v := range d.Fields[name] {
			if v.Page != page {
				continue
			}
			left, top := .05, .05+.03*float64(line)
			for _, w := range strings.Fields(name + " " + v.Value) {
				wide := .012 * float64(len(w))
				out = append(out, paper.Word{Text: w, Line: line, Box: paper.Box{left, top, left + wide, top + .015}, Confidence: 1})
				left += wide + .012
			}
			line++
		}
	}
	return out
}

// reads puts a line on the paper: a title in capitals, and what stands behind it.
func reads(title, rest string) func(*paper.Document) {
	return func(d *paper.Document) {
		d.Fields[title] = []paper.Value{{Value: rest, Confidence: .9, Page: d.Pages[0]}}
	}
}

// pod is a signed POD of a load, on the given pages.
func pod(load string, change ...func(*paper.Document)) paper.Document {
	fields := paper.Fields{}
	d := paper.Document{Pages: []int{1}, Type: paper.POD, TypeConfidence: 1, Rotation: map[int]int{}, Fields: fields,
		Signatures: map[string]paper.Signature{paper.SignsConsignee: {Present: true, Page: 1, Box: paper.Box{.5, .8, .9, .9}}}}
	for name, value := range map[string]string{paper.Load: load, paper.Bill: "77" + load, paper.PRO: "0044" + load, paper.Consignee: "STORE 9", paper.Pieces: "20", paper.DeliveryDate: "2026-11-22", paper.In: "13:05"} {
		fields[name] = []paper.Value{{Value: value, Confidence: .95, Page: 1, Box: paper.Box{.1, .1, .3, .13}}}
	}
	for _, c := range change {
		c(&d)
	}
	return d
}

func page(n int) func(*paper.Document) {
	return func(d *paper.Document) {
		d.Pages = []int{n}
		for name := range d.Fields {
			d.Fields[name][0].Page = n
		}
		for role, s := range d.Signatures {
			s.Page = n
			d.Signatures[role] = s
		}
	}
}

func unsigned(d *paper.Document) {
	d.Signatures[paper.SignsConsignee] = paper.Signature{Page: 1, Box: paper.Box{.5, .8, .9, .9}}
}

func noted(kind, text string) func(*paper.Document) {
	return func(d *paper.Document) {
		d.Notations = append(d.Notations, paper.Notation{Kind: kind, Text: text, Page: d.Pages[0]})
	}
}

func body(w written) []byte {
	out, err := json.Marshal(w)
	if err != nil {
		panic(err) // values of this file
	}
	return out
}

func file(docs ...paper.Document) []byte { return body(written{Documents: docs}) }

// take brings a file.
func (b *bench) take(name string, content []byte, load string) []Document {
	b.Helper()
	got, err := b.area.Take(b.Context(), Arrival{Name: name, Body: bytes.NewReader(content), Load: load, From: "dropped"})
	b.ok(err)
	return got.Documents
}

func (b *bench) one(name string, content []byte) Document {
	b.Helper()
	docs := b.take(name, content, "")
	if len(docs) != 1 {
		b.Fatalf("%s became %d documents", name, len(docs))
	}
	return docs[0]
}

// again is a document as it stands now.
func (b *bench) again(id string) Document {
	b.Helper()
	d, err := b.area.known(b.Context(), id)
	b.ok(err)
	out, err := b.area.document(b.Context(), &d)
	b.ok(err)
	return out
}

func (b *bench) timeline(number string) freight.Timeline {
	b.Helper()
	load, err := b.desk.FindLoad(b.Context(), number)
	b.ok(err)
	view, err := b.desk.Ledger.View(b.Context(), load.ID, time.Time{}, b.desk.Now())
	b.ok(err)
	return view.Timeline
}

// findings are the kinds of what the rules find on a load.
func (b *bench) findings(number string) string {
	b.Helper()
	load, err := b.desk.FindLoad(b.Context(), number)
	b.ok(err)
	view, err := b.desk.Ledger.View(b.Context(), load.ID, time.Time{}, b.desk.Now())
	b.ok(err)
	var kinds []string
	for _, f := range view.Verdict.Findings {
		kinds = append(kinds, f.Kind)
	}
	return strings.Join(kinds, " ")
}

func (b *bench) waiting() (out []string) {
	b.Helper()
	list, err := b.desk.Store.Intents(b.Context(), "waiting", 100)
	b.ok(err)
	for i := range list {
		out = append(out, list[i].Kind+": "+list[i].Body)
	}
	return out
}

func (b *bench) judge(id string, v Verdict) Judged {
	b.Helper()
	out, err := b.area.Judge(b.Context(), id, v)
	b.ok(err)
	return out
}

func (b *bench) undo(act string) PaperDone {
	b.Helper()
	out, err := b.area.UndoAct(b.Context(), PaperUndo{Act: act})
	b.ok(err)
	return out
}
