package documents

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"tracedesk/backend/documents/internal/behind"
	"tracedesk/backend/documents/ocr"
	"tracedesk/backend/documents/paper"
)

// PagesOptions are how pages are read.
type PagesOptions struct {
	DPI      int                            // at which a PDF is drawn; 0 means 200
	Lang     string                         // "" means English, and Spanish where the words look Spanish
	Each     func(paper.Page) error         // takes each page in the file's order, one at a time; an error ends the reading
	Progress func(page, total, percent int) // of the reading of words; one call at a time
}

// Pages reads every page of a paper: upright, straight, shadows evened out, with its words, from the file's own text where
// that can be trusted, else by OCR, and its barcodes. Pages are worked on several at a time and handed out in order. A page
// that cannot be read by itself is handed out without words and noted; the error is a *Fault where the file is the reason.
func (r *Reader) Pages(ctx context.Context, o Original, opt PagesOptions) (Reading, error) {
	reading, err := r.Read(ctx, o)
	if err != nil {
		return reading, err
	}
	size, kind, err := identify(o)
	if err != nil {
		return reading, err
	}
	leaf := func(ctx context.Context, n int) (raw, error) { return r.pictureLeaf(ctx, o, kind, n) }
	switch kind {
	case PDF:
		leaf = func(ctx context.Context, n int) (raw, error) { return r.pdfLeaf(ctx, o, size, n, opt.DPI) }
	case Text:
		leaf = func(context.Context, int) (raw, error) { return raw{words: textWords(reading.Text())}, nil }
	}
	j := &job{reader: r, opt: opt, total: len(reading.Pages), leaf: leaf}
	notes, err := j.run(ctx)
	reading.Notes = append(reading.Notes, notes...)
	return reading, err
}

// job is the reading of one file's pages.
type job struct {
	reader *Reader
	opt    PagesOptions
	total  int
	leaf   func(context.Context, int) (raw, error)
	taking sync.WaitGroup // pages that are being taken out of the file
	mu     sync.Mutex     // holds Progress to one call at a time
}

type outcome struct {
	page  paper.Page
	again reread // nil where the page has no pixels
	note  string
	err   error
}

// reread reads a region of a page once more.
type reread func(ctx context.Context, region paper.Box, how paper.Closer) ([]paper.Word, error)

// run works on as many pages at a time as there are readers, the one that is handed out among them.
func (j *job) run(ctx context.Context) (notes []string, err error) {
	working, cancel := context.WithCancel(ctx)
	fed := make(chan struct{})
	defer func() { // the file is not touched any more when this returns
		cancel()
		<-fed
		j.taking.Wait()
	}()
	ahead := make(chan chan outcome, readers()-1)
	go func() {
		defer close(fed)
		defer close(ahead)
		for n := 1; n <= j.total; n++ {
			done := make(chan outcome, 1)
			select {
			case ahead <- done:
			case <-working.Done():
				return
			}
			j.taking.Add(1)
			go func() {
				if j.reader.limits.Behind {
					behind.Screens()
				}
				done <- j.page(working, n)
			}()
		}
	}()
	for done := range ahead {
		var out outcome
		select {
		case out = <-done:
		case <-ctx.Done():
			return notes, context.Cause(ctx)
		}
		if out.err != nil {
			return notes, out.err
		}
		if out.note != "" {
			notes = append(notes, out.note)
		}
		if out.again != nil {
			out.page.Again = func(region paper.Box, how paper.Closer) ([]paper.Word, error) { return out.again(ctx, region, how) }
		}
		if j.opt.Each == nil {
			continue
		}
		if err := j.opt.Each(out.page); err != nil {
			return notes, err
		}
	}
	return notes, context.Cause(ctx)
}

// page reads one page. What is wrong with this page alone becomes a note, unless it is the only page.
func (j *job) page(ctx context.Context, n int) outcome {
	page, again, partly, err := j.read(ctx, n)
	page.Number = n
	for i := range page.Codes {
		page.Codes[i].Page = n
	}
	var known *Fault
	switch {
	case err == nil && partly:
		return outcome{page: page, again: again, note: fmt.Sprintf("page %d is so full that it was read only once: look whether something was passed over", n)}
	case err == nil:
		return outcome{page: page, again: again}
	case ctx.Err() != nil:
		return outcome{err: context.Cause(ctx)}
	case errors.Is(err, ocr.ErrMemory), errors.Is(err, ocr.ErrFailed):
		err = fault(TooLarge, "%v: ask for it in another resolution", err)
	case errors.Is(err, ocr.ErrSlow):
		err = fault(TooSlow, "%v; it may be damaged or made to do harm", err)
	}
	if errors.As(err, &known) && j.total > 1 {
		return outcome{page: page, note: fmt.Sprintf("page %d cannot be read: %v", n, err)}
	}
	return outcome{page: page, err: err}
}

func (j *job) progress(n int) func(int) {
	if j.opt.Progress == nil {
		return nil
	}
	return func(percent int) {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.opt.Progress(n, j.total, percent)
	}
}

// read makes a page of what the file has for it. Partly tells that it is too full to be looked at as often as others.
func (j *job) read(ctx context.Context, n int) (page paper.Page, again reread, partly bool, err error) {
	leaf, err := j.leaf(ctx, n)
	j.taking.Done()
	if err != nil {
		return paper.Page{}, nil, false, err
	}
	if leaf.grey == nil {
		return paper.Page{Words: leaf.words, FromText: true, Blank: len(leaf.words) == 0}, nil, false, nil
	}
	engine, err := j.reader.eyes.open(ctx)
	if err != nil {
		return paper.Page{}, nil, false, err
	}
	s := &sight{engine: engine, lang: j.opt.Lang, progress: j.progress(n)}
	if leaf.letters != nil {
		page, again, err = s.layered(ctx, leaf)
	} else {
		page, again, err = s.scanned(ctx, clean(leaf))
	}
	return page, again, s.partly, err
}
