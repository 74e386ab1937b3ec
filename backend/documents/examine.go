package documents

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/split"
	"tracedesk/backend/documents/verdict"
	"tracedesk/backend/documents/whose"
)

// Exam is how a file is examined.
type Exam struct {
	Known    whose.Known                                         // the loads it may belong to; nil for none
	Policy   func(customer string) verdict.Policy                // nil: as shipped for everybody
	Filed    string                                              // the load that a person put the file on
	Progress func(page, of int, part float64)                    // part of the whole, 0 to 1; may be nil
	Read     func([]paper.Page, []paper.Expected) paper.Document // what a page says, given the loads it may be of
}

// Pager gives the pages of a file in order, each as soon as it is read. The error is a *Fault where the file is the reason.
type Pager interface {
	Pages(ctx context.Context, o Original, each func(p paper.Page, of int) error) error
}

// Bounds of what is taken out of a mail or archive for examination.
const (
	largestMember = 256 << 20 // bytes
	deepest       = 3         // an archive in an archive in a mail
)

// Examine reads a file: its pages (of an e-mail or archive, those of the papers in it, counted on), the documents they make,
// the fields, the load and the verdict of each. The pages come back without their pictures. A file that cannot be read
// comes back with its Error and one document that is unreadable, and the *Fault as error.
func Examine(ctx context.Context, r Pager, o Original, name string, x Exam) (paper.File, []paper.Page, error) {
	out := paper.File{File: name}
	e := &examination{exam: x, reader: r}
	err := e.file(ctx, o, name, 0)
	if err == nil {
		out.Documents, err = e.conclude(ctx)
	}
	if err == nil && len(out.Documents) == 0 {
		err = fault(Empty, "there is no paper in the file")
	}
	var f *Fault
	if errors.As(err, &f) {
		out.Error = f.Reason
		out.Documents = append(out.Documents, unreadable(f, o, name))
	}
	return out, e.pages(), err
}

// examination is one file under examination. The picture of a page is let go as soon as the page is read.
type examination struct {
	exam   Exam
	reader Pager
	parts  []part
	before []paper.Expected // the loads that the page before may belong to
	bad    []paper.Document // files within that cannot be read
}

// part is one file with pages: the file itself, or one in it.
type part struct {
	name   string
	leaves []split.Leaf
}

func (e *examination) file(ctx context.Context, o Original, name string, depth int) error {
	_, kind, err := identify(o)
	if err != nil {
		return err
	}
	switch {
	case (kind == ZIP || kind == EML) && depth >= deepest:
		return fault(TooLarge, "there are archives within archives deeper than %d: unpack it by hand", deepest)
	case kind == ZIP || kind == EML:
		return e.unpack(ctx, o, depth)
	case kind == Text && claims(name) != "":
		return fault(Broken, "this is a text that is named like a %s: ask for the paper itself", claims(name))
	}
	e.parts = append(e.parts, part{name: name})
	e.before = nil
	offset := len(e.pages())
	return e.reader.Pages(ctx, o, func(p paper.Page, of int) error {
		p.Number += offset
		if err := e.page(ctx, p); err != nil {
			return err
		}
		if e.exam.Progress != nil {
			e.exam.Progress(p.Number, offset+of, float64(p.Number-offset)/float64(max(of, 1)))
		}
		return ctx.Err()
	})
}

// unpack examines the files in a mail or archive. One that cannot be read is told and does not keep the others.
func (e *examination) unpack(ctx context.Context, o Original, depth int) error {
	_, err := Unpack(ctx, o, func(name string, content io.Reader) error {
		body, err := io.ReadAll(io.LimitReader(content, largestMember+1))
		if err != nil {
			return nil // Unpack notes what is damaged
		}
		member := bytes.NewReader(body)
		kind := Sniff(body[:min(len(body), SniffSize)])
		if !kind.Paper() && kind != ZIP && kind != EML && claims(name) == "" {
			return nil // the words of a mail, a sheet, a logo's style
		}
		if len(body) > largestMember {
			err = fault(TooLarge, "%s within is larger than %d MB", name, largestMember>>20)
		} else {
			err = e.file(ctx, member, name, depth+1)
		}
		var f *Fault
		if errors.As(err, &f) {
			e.bad = append(e.bad, unreadable(f, member, name))
			return nil
		}
		return err
	})
	return err
}

func (e *examination) pages() []paper.Page {
	var out []paper.Page
	for _, p := range e.parts {
		for _, l := range p.leaves {
			out = append(out, *l.Page)
		}
	}
	return out
}

// mostExpected is for how many loads a page is read a second time.
const mostExpected = 5

// page reads one page twice: first for what stands on it, then, knowing the loads that may be meant, for what those
// loads are expected to have on it.
func (e *examination) page(ctx context.Context, p paper.Page) error {
	at := &e.parts[len(e.parts)-1]
	doc := paper.Document{Type: paper.Blank, TypeConfidence: 1}
	if !p.Blank {
		doc = e.exam.Read([]paper.Page{p}, nil)
		doc.Barcodes = p.Codes
		expected, err := e.candidates(ctx, doc, p, at.name)
		if err != nil {
			return err
		}
		if len(expected) == 0 {
			expected = e.before
		}
		if len(expected) > 0 {
			doc = e.exam.Read([]paper.Page{p}, expected)
		}
		e.before = expected
	}
	doc.Barcodes = p.Codes
	p.Grey, p.Again = nil, nil
	at.leaves = append(at.leaves, split.Leaf{Page: &p, Document: doc})
	return nil
}

// candidates are the loads that a page by itself may belong to.
func (e *examination) candidates(ctx context.Context, doc paper.Document, p paper.Page, name string) ([]paper.Expected, error) {
	if e.exam.Known == nil {
		return nil, nil
	}
	signs := whose.Gather(doc, []paper.Page{p}, name)
	found, err := whose.Find(ctx, e.exam.Known, signs)
	if err != nil {
		return nil, err
	}
	var out []paper.Expected
	for _, s := range whose.Rank(signs, found) {
		if s.Sum > 0 && len(out) < mostExpected {
			out = append(out, *s.Load)
		}
	}
	return out, nil
}

// conclude groups the pages into documents, finds their loads and judges them.
func (e *examination) conclude(ctx context.Context) ([]paper.Document, error) {
	var docs []paper.Document
	blanks := true
	for _, p := range e.parts {
		for _, group := range split.Pages(p.leaves) {
			blanks = false
			var pages []paper.Page
			var read []paper.Document
			for _, i := range group {
				pages = append(pages, *p.leaves[i].Page)
				read = append(read, p.leaves[i].Document)
			}
			doc := split.Join(read, pages)
			if err := e.exam.judge(ctx, &doc, pages, p.name); err != nil {
				return nil, err
			}
			docs = append(docs, doc)
		}
	}
	if blanks && len(e.pages()) > 0 {
		docs = append(docs, blank(e.pages()))
	}
	docs = append(docs, e.bad...)
	verdict.Bundle(docs)
	return docs, nil
}

// blank is a file with nothing on any page.
func blank(pages []paper.Page) paper.Document {
	d := split.Join(make([]paper.Document, len(pages)), pages)
	d.Type, d.TypeConfidence, d.Verdict = paper.Blank, 1, paper.NotAProof
	return d
}

// judge finds a document's load and says what it is worth against it.
func (x Exam) judge(ctx context.Context, doc *paper.Document, pages []paper.Page, name string) error {
	signs := whose.Gather(*doc, pages, name)
	found := whose.Found{}
	if x.Known != nil {
		var err error
		if found, err = whose.Find(ctx, x.Known, signs); err != nil {
			return err
		}
	}
	ranked := whose.Rank(signs, found)
	match := whose.Decide(signs, ranked)
	policy := verdict.Shipped()
	if x.Policy != nil {
		policy = x.Policy(customer(ranked, match.Load))
	}
	r := verdict.Judge(verdict.Case{Document: *doc, Match: match, Ranked: ranked, Filed: x.Filed}, policy)
	doc.Match, doc.Verdict, doc.Reasons, doc.Checks = r.Match, r.Verdict, r.Reasons, r.Checks
	return nil
}

func customer(ranked []whose.Standing, load string) string {
	for _, s := range ranked {
		if s.Load.Load == load {
			return s.Load.Customer
		}
	}
	return ""
}

// extensions are the names of files that say they hold a paper.
var extensions = map[string]string{".pdf": "pdf", ".jpg": "jpg", ".jpeg": "jpg", ".png": "png", ".tif": "tiff", ".tiff": "tiff", ".webp": "webp",
	".bmp": "bmp", ".gif": "gif", ".heic": "heic", ".heif": "heic", ".avif": "avif"}

// claims is the kind that a file's name says it is; "" where it names none of a paper.
func claims(name string) string { return extensions[strings.ToLower(filepath.Ext(name))] }

// Named reports whether a file's name says that it is a paper, a mail or an archive.
func Named(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return claims(name) != "" || ext == ".eml" || ext == ".zip"
}

// unreadable is the document of a file that cannot be read, with the reason in one word.
func unreadable(f *Fault, o Original, name string) paper.Document {
	d := split.Join(nil, nil)
	d.Type, d.Verdict, d.Reasons = paper.Other, paper.Unreadable, []string{reason(f, o, name)}
	return d
}

func reason(f *Fault, o Original, name string) string {
	_, kind, err := identify(o)
	is := claims(name)
	if err == nil && (kind.Paper() || kind == ZIP) {
		is = map[Kind]string{JPEG: "jpg"}[kind]
		if is == "" {
			is = string(kind)
		}
	}
	switch f.Cause {
	case Empty:
		return "zero"
	case Encrypted:
		return "encrypted-" + is
	case TooLarge:
		if kind == PDF {
			return "huge-mediabox"
		}
		return is + "-bomb"
	case TooSlow:
		return "too-slow"
	case NotShown:
		return "not-shown"
	}
	if kind == Text {
		return fmt.Sprintf("text-as-%s", is)
	}
	return "truncated-" + is
}
