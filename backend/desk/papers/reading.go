package papers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"tracedesk/backend/documents"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/scan"
	"tracedesk/backend/store"
)

// workers is how many files are read at once, so that files of one page use more than one processor; the pages of one file are
// spread over the processors by the reader itself, which has so many engines as the machine can bear beside the screens.
const workers = 2

// mostTries is how often a file is begun that ended the program, or failed for a reason outside of it.
const mostTries = 3

// job is a file being read.
type job struct {
	stop  context.CancelCauseFunc
	page  int
	pages int
	part  float64 // of the whole file, 0 to 1
}

// errStopped is a person's word that a file need not be read now.
var errStopped = errors.New("stopped by a person")

// Work reads what waits, now and whatever comes, until ctx ends.
func (a *Area) Work(ctx context.Context) error {
	if err := a.Resume(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	a.mu.Lock()
	a.working = true
	a.mu.Unlock()
	defer func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.working = false
	}()
	fail := make(chan error, workers)
	var all sync.WaitGroup
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for range workers {
		all.Go(func() {
			if err := a.worker(ctx); err != nil && ctx.Err() == nil {
				fail <- err
				stop()
			}
		})
	}
	all.Wait()
	select {
	case err := <-fail:
		return err
	default:
		return nil
	}
}

// worker reads one file after another; it returns only when the desk cannot be written to.
func (a *Area) worker(ctx context.Context) error {
	for {
		p, err := a.next(ctx)
		if err == nil {
			err = a.readOne(ctx, &p, nil)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, store.ErrNotFound):
		case err != nil:
			return err
		default:
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-a.bell:
		}
	}
}

func (a *Area) next(ctx context.Context) (p store.Paper, err error) {
	waiting, err := a.desk.Store.WaitingPapers(ctx, 1)
	if err != nil || len(waiting) == 0 {
		return p, errors.Join(err, store.ErrNotFound)
	}
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) (err error) {
		p, err = tx.TakePaper()
		return err
	})
	return p, err
}

func (a *Area) ring() {
	for range workers {
		select {
		case a.bell <- struct{}{}:
		default:
		}
	}
}

// works reports whether files are read in the background.
func (a *Area) works() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.working
}

// begin has a file read: by the workers, or here and now where none work.
func (a *Area) begin(ctx context.Context, hash string, now *time.Time) error {
	if a.works() {
		a.ring()
		return nil
	}
	p, err := a.desk.Store.Paper(ctx, hash)
	if err != nil || p.State != store.PaperWaiting {
		return err
	}
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error { return tx.BeginPaper(&p) })
	if err == nil {
		err = a.readOne(ctx, &p, now)
	}
	if err != nil {
		return err
	}
	inside, err := a.inside(ctx, hash)
	for _, h := range inside {
		if err := a.begin(ctx, h, now); err != nil {
			return err
		}
	}
	return err
}

// Resume goes on where the last program ended: files whose reading was cut off wait again, documents that were read are
// filed, and loads that are still owed a word get it.
func (a *Area) Resume(ctx context.Context) error {
	waiting, err := a.desk.Store.WaitingPapers(ctx, -1)
	if err != nil {
		return err
	}
	for i := range waiting {
		p := &waiting[i]
		if p.State != store.PaperReading {
			continue
		}
		p.State = store.PaperWaiting
		if p.Tries >= mostTries {
			if err := a.giveUp(ctx, p, fmt.Sprintf("reading it ended the program %d times; it is kept, and read again only when asked", p.Tries), nil); err != nil {
				return err
			}
			continue
		}
		if err := a.desk.Store.Write(ctx, func(tx *store.Tx) error { return tx.QueuePaper(p) }); err != nil {
			return err
		}
	}
	if err := a.fileRest(ctx, nil); err != nil {
		return err
	}
	if err := a.desk.PayDeeds(ctx); err != nil {
		return err
	}
	files, err := a.desk.Store.UnindexedFiles(ctx)
	for _, file := range files {
		err = errors.Join(err, a.reindex(ctx, file))
	}
	return err
}

// readOne reads a file that was taken from the queue and files what is in it. An error is one of the desk, not of the file.
func (a *Area) readOne(ctx context.Context, p *store.Paper, now *time.Time) error {
	work, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	j := &job{stop: stop}
	a.mu.Lock()
	a.jobs[p.Hash] = j
	a.mu.Unlock()
	file, pages, err := a.readSafely(work, p, j)
	a.mu.Lock()
	delete(a.jobs, p.Hash)
	a.mu.Unlock()
	defer a.signalEnd()
	var fault *documents.Fault
	switch {
	case err == nil && p.State == store.PaperUnpacked:
		return a.unpacked(ctx, p)
	case err == nil:
		return a.settle(ctx, p, file, pages, now)
	case errors.Is(context.Cause(work), errStopped):
		p.State, p.Tries = store.PaperCancelled, 0
		return a.requeue(ctx, p)
	case ctx.Err() != nil: // the desk closes: this try does not count
		p.State, p.Tries = store.PaperWaiting, p.Tries-1
		return a.requeue(context.WithoutCancel(ctx), p)
	case errors.As(err, &fault):
		return a.giveUp(ctx, p, fault.Reason, now)
	case p.Tries >= mostTries:
		return a.giveUp(ctx, p, err.Error(), now)
	}
	p.State, p.Error, p.Rank = store.PaperWaiting, err.Error(), p.Rank-1 // others first
	return a.requeue(ctx, p)
}

func (a *Area) requeue(ctx context.Context, p *store.Paper) error {
	err := a.desk.Store.Write(ctx, func(tx *store.Tx) error { return tx.QueuePaper(p) })
	a.desk.Ledger.News().Announce(nil)
	return err
}

// readSafely is reading with whatever goes wrong in it told as an error.
func (a *Area) readSafely(ctx context.Context, p *store.Paper, j *job) (file paper.File, pages []paper.Page, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("reading it went wrong: %v (%.300s)", r, debug.Stack())
		}
	}()
	body, err := a.desk.Papers.Open(p.Hash)
	if err != nil {
		return file, nil, err
	}
	defer body.Close()
	head := make([]byte, documents.SniffSize)
	n, _ := body.ReadAt(head, 0)
	if kind := documents.Sniff(head[:n]); kind == documents.ZIP || kind == documents.EML {
		if err := a.unpack(ctx, p, body); err != nil {
			return file, nil, err
		}
		p.State = store.PaperUnpacked
		return file, nil, nil
	}
	a.idle.Reset(restAfter)
	a.thrift.begin()
	known := &holders{area: a}
	file, pages, err = a.read(ctx, a, p, body, known, func(page, of int, part float64) { a.progress(j, page, of, part) })
	a.idle.Reset(restAfter)
	return file, pages, err
}

// announceEvery is how often screens are told how far a reading is.
const announceEvery = 400 * time.Millisecond

// wordsPart is how much of a reading the reading of words is, which is what its progress tells; what is asked once more and
// finding the load come after.
const wordsPart = 0.9

func (a *Area) progress(j *job, page, of int, part float64) {
	a.mu.Lock()
	j.page, j.pages, j.part = page, of, wordsPart*part
	tell := time.Since(a.told) >= announceEvery
	if tell {
		a.told = time.Now()
	}
	a.mu.Unlock()
	if tell {
		a.desk.Ledger.News().Announce(nil)
	}
	runtime.Gosched()
}

// unpacked notes that a mail or an archive is done: its files are papers of their own.
func (a *Area) unpacked(ctx context.Context, p *store.Paper) error {
	p.ReadAt = a.desk.Now().UTC()
	err := a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.PaperDone(p, nil, nil); err != nil {
			return err
		}
		return tx.RemoveDocument(p.Hash)
	})
	a.desk.Ledger.News().Announce(nil)
	a.ring()
	return err
}

// giveUp keeps a file that cannot be read, with the reason.
func (a *Area) giveUp(ctx context.Context, p *store.Paper, why string, now *time.Time) error {
	p.State, p.Error = store.PaperFailed, why
	return a.settle(ctx, p, paper.File{File: p.Name, Error: why}, nil, now)
}

func (a *Area) nextEnd() <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.ended
}

func (a *Area) signalEnd() {
	a.mu.Lock()
	defer a.mu.Unlock()
	close(a.ended)
	a.ended = make(chan struct{})
}

// Reading has the file of a document read before others, again, or not for now.
func (a *Area) Reading(ctx context.Context, id string, c ReadingChange) (PaperDone, error) {
	d, err := a.known(ctx, id)
	if err != nil {
		return PaperDone{}, err
	}
	p, err := a.desk.Store.Paper(ctx, d.File)
	if err != nil {
		return PaperDone{}, err
	}
	var says string
	switch c.Does {
	case ReadFirst:
		says, err = a.readFirst(ctx, &p)
	case ReadAgain:
		says, err = a.readAgain(ctx, &p)
	case StopIt:
		says, err = a.stopReading(ctx, &p)
	default:
		return PaperDone{}, invalidDeed(string(c.Does), "first, again or cancel")
	}
	if err != nil {
		return PaperDone{}, err
	}
	return a.done(ctx, PaperDone{Says: says}, id)
}

// firstRank is the rank of what a person looks at.
const firstRank = 100

func (a *Area) readFirst(ctx context.Context, p *store.Paper) (string, error) {
	waits := false
	err := a.desk.Store.Write(ctx, func(tx *store.Tx) (err error) {
		waits, err = tx.RaisePaper(p.Hash, firstRank)
		return err
	})
	if err != nil || !waits {
		return p.Name + " does not wait to be read", err
	}
	a.desk.Ledger.News().Announce(nil)
	a.ring()
	return p.Name + " is read next", nil
}

func (a *Area) readAgain(ctx context.Context, p *store.Paper) (string, error) {
	if p.State == store.PaperWaiting || p.State == store.PaperReading {
		return p.Name + " is being read or waits to be", nil
	}
	p.State, p.Tries, p.Error, p.Rank = store.PaperWaiting, 0, "", firstRank
	err := a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		list, err := tx.DocumentsOf(p.Hash)
		for i := range list {
			if d := &list[i]; d.DecidedAt.IsZero() {
				d.Stage = string(InReading)
				err = errors.Join(err, tx.PutDocument(d))
			}
		}
		return errors.Join(err, tx.QueuePaper(p))
	})
	if err != nil {
		return "", err
	}
	a.desk.Ledger.News().Announce(nil)
	return p.Name + " is read again", a.begin(ctx, p.Hash, nil)
}

func (a *Area) stopReading(ctx context.Context, p *store.Paper) (string, error) {
	a.mu.Lock()
	j := a.jobs[p.Hash]
	a.mu.Unlock()
	switch {
	case j != nil:
		j.stop(errStopped)
	case p.State == store.PaperWaiting:
		p.State = store.PaperCancelled
		if err := a.requeue(ctx, p); err != nil {
			return "", err
		}
	default:
		return p.Name + " is not being read", nil
	}
	return p.Name + " is not read for now", nil
}

// progressOf is how far the reading of a file is; nil when it is over.
func (a *Area) progressOf(ctx context.Context, hash string) (*PaperProgress, error) {
	p, err := a.desk.Store.Paper(ctx, hash)
	if err != nil || p.State == store.PaperRead || p.State == store.PaperUnpacked {
		return nil, err
	}
	out := &PaperProgress{State: ReadingState(p.State), Tries: p.Tries}
	a.mu.Lock()
	if j := a.jobs[hash]; j != nil {
		out.State, out.Page, out.Pages, out.Percent = BeingRead, j.page, j.pages, j.part
	}
	a.mu.Unlock()
	return out, nil
}

// words is the form in which the words of pages are kept: to be found, and to be put behind the pictures of a copy.
type words struct {
	Pages []pageWords `json:"pages"`
}

type pageWords struct {
	Number   int          `json:"n"`
	Rotation int          `json:"r,omitempty"`
	Slant    float64      `json:"s,omitempty"`
	Printed  bool         `json:"p,omitempty"` // its words are the file's own: it lies as it is drawn
	Looks    *scan.Looks  `json:"l,omitempty"`
	Words    []paper.Word `json:"w"`
}

func wordsOf(pages []paper.Page) ([]byte, error) {
	kept := words{Pages: make([]pageWords, len(pages))}
	for i := range pages {
		p := &pages[i]
		kept.Pages[i] = pageWords{Number: p.Number, Rotation: p.Rotation, Slant: p.Skew, Printed: p.FromText, Words: p.Words}
		if p.Looks != (scan.Looks{}) {
			kept.Pages[i].Looks = &p.Looks
		}
	}
	return json.Marshal(kept)
}
