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

// examine reads a file as the desk does: held against its loads, each under its customer's policy.
func examine(ctx context.Context, a *Area, p *store.Paper, body documents.Original, known *holders, progress func(page, of int, part float64)) (paper.File, []paper.Page, error) {
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
