package papers

import (
	"context"
	"errors"

	"tracedesk/backend/documents"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/verdict"
	"tracedesk/backend/store"
)

// examiner reads a file: its documents, and its pages with their words. A *documents.Fault says that the file is the reason.
type examiner func(ctx context.Context, a *Area, p *store.Paper, body documents.Original, known *holders, progress func(page, of int, part float64)) (paper.File, []paper.Page, error)

// examine reads a file as the desk does: a paper is held against loads, of what is none the words are kept.
func examine(ctx context.Context, a *Area, p *store.Paper, body documents.Original, known *holders, progress func(page, of int, part float64)) (paper.File, []paper.Page, error) {
	if reason := noPaper(body, p.Name); reason != "" {
		return asWords(ctx, a, body, p.Name, reason)
	}
	return againstLoads(ctx, a, p, body, known, progress)
}

// againstLoads reads a paper and holds it against the desk's loads, each under its customer's policy.
func againstLoads(ctx context.Context, a *Area, p *store.Paper, body documents.Original, known *holders, progress func(page, of int, part float64)) (paper.File, []paper.Page, error) {
	exam := documents.Exam{Known: known, Progress: progress, Policy: func(customer string) verdict.Policy {
		pol, _, err := a.policyFor(ctx, customer)
		if err != nil {
			return verdict.Shipped()
		}
		return pol.Checks
	}}
	var err error
	if exam.Fields.Taught, err = a.taught(ctx); err != nil {
		return paper.File{}, nil, err
	}
	if p.Wanted != 0 {
		e, err := known.expected(ctx, p.Wanted)
		if err != nil {
			return paper.File{}, nil, err
		}
		exam.Filed = e.Load
	}
	file, pages, err := documents.Examine(ctx, a.desk.Reader, body, p.Name, exam)
	var fault *documents.Fault
	if errors.As(err, &fault) && len(file.Documents) > 0 && ctx.Err() == nil {
		err = nil // what could be read is kept with the reason for the rest
	}
	return file, pages, err
}

// noPaper is what a text is that no name calls a paper: the reason as reasons are kept, nothing for other files. What stands in
// data looks like the fields of a paper, and proves nothing.
func noPaper(body documents.Original, name string) string {
	head := make([]byte, documents.SniffSize)
	n, _ := body.ReadAt(head, 0)
	head = head[:n]
	switch {
	case documents.Sniff(head) != documents.Text || documents.Named(name):
		return ""
	case documents.JSON(head):
		return isJSON
	}
	return isText
}

// asWords reads a text for its words alone: they are shown and found, and nothing is concluded from them.
func asWords(ctx context.Context, a *Area, body documents.Original, name, reason string) (paper.File, []paper.Page, error) {
	file, pages, err := documents.Examine(ctx, a.desk.Reader, body, name, documents.Exam{})
	if err != nil {
		return file, pages, err
	}
	file.Documents = []paper.Document{{Pages: []int{1}, Type: paper.Other, Verdict: paper.Unreadable, Reasons: []string{reason}}}
	return file, pages, nil
}
