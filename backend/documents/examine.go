package documents

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"tracedesk/backend/documents/fields"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/split"
	"tracedesk/backend/documents/verdict"
	"tracedesk/backend/documents/whose"
)

// Exam is how a file is examined.
type Exam struct {
	Known    whose.Known                          // the loads it may belong to; nil for none
	Policy   func(customer string) verdict.Policy // nil: as shipped for everybody
	Filed    string                               // the load that a person put the file on
	Pages    PagesOptions                         // how pages are read; its Each is not used
	Fields   fields.Options
	Progress func(page, of int, part float64) // part of the whole, 0 to 1; one call at a time; may be nil
}

// Pager gives the pages of a file in order, each as soon as it is read. The error is a *Fault where the file is the reason.
type Pager interface {
	Pages(ctx context.Context, o Original, opt PagesOptions) (Reading, error)
}

var _ Pager = (*Reader)(nil)

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
	out.Notes = e.notes
	return out, e.pages(), err
}

// examination is one file under examination. The picture of a page is let go as soon as the page is read.
type examination struct {
	exam   Exam
	reader Pager
	parts  []part
	before []paper.Expected // the loads that the page before may belong to
	bad    []paper.Document // pages and files within that could not be read
	notes  []string         // what the reader says of pages that it could not read, or not wholly
	locked bool             // a file was locked against changing, not against reading
}

// part is one file with pages: the file itself, or one in it.
type part struct {
	name  string
	pages []paper.Page
	facts []fields.Facts
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
	e.locked = e.locked || kind == PDF && ownerLocked(o)
	offset := len(e.pages())
	opt := e.exam.Pages
	opt.Progress = e.progress(offset)
	opt.Each = func(p paper.Page) error {
		p.Number += offset
		return e.page(ctx, p)
	}
	read, err := e.reader.Pages(ctx, o, opt)
	e.notes = append(e.notes, read.Notes...)
	return err
}

// progress tells the part of a file that is read: pages are worked on several at a time.
func (e *examination) progress(offset int) func(page, total, percent int) {
	if e.exam.Progress == nil {
		return e.exam.Pages.Progress
	}
	done := map[int]int{}
	return func(page, total, percent int) {
		done[page] = max(done[page], percent)
		sum := 0
		for _, n := range done {
			sum += n
		}
		e.exam.Progress(page+offset, total+offset, float64(sum)/float64(100*max(total, 1)))
	}
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
		out = append(out, p.pages...)
	}
	return out
}

// mostExpected is for how many loads a page is read the second time.
const mostExpected = 5

// page reads one page twice: first for what stands on it, then, knowing the loads that may be meant, with closer looks at
// what is still in doubt.
func (e *examination) page(ctx context.Context, p paper.Page) error {
	at := &e.parts[len(e.parts)-1]
	once := e.exam.Fields
	once.Once = true
	facts := fields.ReadPage(p, nil, once)
	if !facts.Blank {
		expected, err := e.candidates(ctx, facts, p, at.name)
		if err != nil {
			return err
		}
		if len(expected) == 0 {
			expected = e.before
		}
		facts = fields.ReadPage(p, fields.Learn(expected), e.exam.Fields)
		e.before = expected
	}
	if facts.Blank && !p.Blank && len(p.Words) == 0 && len(p.Codes) == 0 {
		e.bad = append(e.bad, unread(facts))
	}
	p.Grey, p.Again = nil, nil
	at.pages = append(at.pages, p)
	at.facts = append(at.facts, facts)
	return ctx.Err()
}

// candidates are the loads that a page by itself may belong to.
func (e *examination) candidates(ctx context.Context, facts fields.Facts, p paper.Page, name string) ([]paper.Expected, error) {
	if e.exam.Known == nil {
		return nil, nil
	}
	signs := whose.Gather(fields.Join([]fields.Facts{facts}), []paper.Page{p}, name)
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
	var blanks []fields.Facts
	var of [][]paper.Page // the pages of each document
	var names []string    // and the file each is in
	for _, p := range e.parts {
		groups := split.Pages(p.facts)
		if len(groups) == 0 {
			blanks = append(blanks, p.facts...)
		}
		for _, group := range groups {
			var pages []paper.Page
			var facts []fields.Facts
			for _, i := range group {
				pages = append(pages, p.pages[i])
				facts = append(facts, p.facts[i])
			}
			doc := fields.Join(facts)
			if err := e.exam.judge(ctx, &doc, pages, p.name, ""); err != nil {
				return nil, err
			}
			docs = append(docs, doc)
			of = append(of, pages)
			names = append(names, p.name)
		}
	}
	if err := e.beside(ctx, docs, of, names); err != nil {
		return nil, err
	}
	if len(docs) == 0 && len(blanks) > 0 && len(e.bad) == 0 {
		doc := fields.Join(blanks)
		doc.Verdict = paper.NotAProof
		docs = append(docs, doc)
	}
	for _, d := range e.bad {
		if d.Verdict == paper.Review {
			d.Checks[0].Paper = strings.Join(e.notes, "; ")
		}
		docs = append(docs, d)
	}
	verdict.Bundle(docs)
	if e.locked {
		verdict.Note(docs, verdict.OwnerLocked)
	}
	return docs, nil
}

// beside looks once more at documents whose load is open, where all others of the file are of one load.
func (e *examination) beside(ctx context.Context, docs []paper.Document, pages [][]paper.Page, names []string) error {
	load := ""
	for _, d := range docs {
		if d.Match == nil || d.Match.Load == "" {
			continue
		}
		if load != "" && d.Match.Load != load {
			return nil
		}
		load = d.Match.Load
	}
	for i := range docs {
		open := docs[i].Match == nil || docs[i].Match.Load == ""
		if d := &docs[i]; load != "" && open && i < len(pages) && d.Type != paper.Other && d.Type != paper.Blank {
			if err := e.exam.judge(ctx, d, pages[i], names[i], load); err != nil {
				return err
			}
		}
	}
	return nil
}

// judge finds a document's load and says what it is worth against it.
func (x Exam) judge(ctx context.Context, doc *paper.Document, pages []paper.Page, name, beside string) error {
	signs := whose.Gather(*doc, pages, name)
	found := whose.Found{}
	if x.Known != nil {
		var err error
		if found, err = whose.Find(ctx, x.Known, signs); err != nil {
			return err
		}
	}
	found.Beside = beside
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

// unread is a page of which no word could be read, though it is not blank: a document by itself, for a person to look at.
func unread(facts fields.Facts) paper.Document {
	d := fields.Join([]fields.Facts{facts})
	d.Type, d.TypeConfidence, d.Verdict, d.Reasons = paper.Other, 0, paper.Review, []string{verdict.Illegible}
	d.Checks = []paper.Check{{Name: verdict.Legible, State: verdict.Failed, Page: facts.Page}}
	return d
}

// ownerLocked reports whether a PDF that can be read is locked against changes: its trailer names an encryption.
func ownerLocked(o Original) bool {
	size, _, err := identify(o)
	if err != nil {
		return false
	}
	const chunk = 1 << 20
	mark := []byte("/Encrypt")
	buf := make([]byte, chunk+len(mark))
	for at := int64(0); at < size; at += chunk {
		n, err := o.ReadAt(buf, at)
		if bytes.Contains(buf[:n], mark) {
			return true
		}
		if err != nil {
			return false
		}
	}
	return false
}

// unreadable is the document of a file that cannot be read, with the reason in one word.
func unreadable(f *Fault, o Original, name string) paper.Document {
	d := fields.Join(nil)
	d.Type, d.TypeConfidence, d.Verdict, d.Reasons = paper.Other, 0, paper.Unreadable, []string{reason(f, o, name)}
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
