package sources

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// FilePaper files a document that was among files to import; the papers area supplies it. load names the load it was
// matched to, "" when nobody knows yet; known says that the same bytes were on file before.
type FilePaper func(ctx context.Context, name string, body io.Reader, as string, now *time.Time) (load, says string, known bool, err error)

// Area brings files to the desk.
type Area struct {
	desk  *desk.Desk
	paper FilePaper

	mu      sync.Mutex
	jobs    map[string]*job
	uploads map[string]upload
	next    int
	watch   watching
}

// New is the area over an open desk.
func New(d *desk.Desk, paper FilePaper) *Area {
	return &Area{desk: d, paper: paper, jobs: map[string]*job{}, uploads: map[string]upload{},
		watch: watching{away: map[string]string{}, changed: make(chan struct{}, 1)}}
}

// runOptions are kept with a run, so that it can be resumed after a crash and replayed.
type runOptions struct {
	Name    string          `json:"name"`
	Full    bool            `json:"full,omitempty"`
	Account string          `json:"account,omitempty"`
	Profile json.RawMessage `json:"profile,omitempty"`
	By      string          `json:"by,omitempty"`
}

// ImportNow imports files one after the other, each a run of its own, and waits for the end. Files that are no tables and
// no X12 are named in the result, not an error; it is an error when a sheet needs a mapping that nobody gave, before
// anything is stored.
func (s *Area) ImportNow(ctx context.Context, req ImportRequest, progress func(freight.Progress, string)) (ImportResult, error) {
	paths, err := s.paths(req.Files)
	if err != nil {
		return ImportResult{}, err
	}
	paths, clean, err := unpacked(paths)
	if err != nil {
		return ImportResult{}, err
	}
	defer clean()
	if progress == nil {
		progress = func(freight.Progress, string) {}
	}
	var out ImportResult
	var unusable []error
	for _, p := range paths {
		res, counts, err := s.importOne(ctx, p, req, func(pr freight.Progress) { progress(pr, p.name) })
		var asks *NeedsMapping
		if errors.As(err, &asks) {
			unusable = append(unusable, err)
		} else if err != nil {
			return out, err
		}
		out.Files = append(out.Files, res)
		out.Loads.New += counts.New
		out.Loads.Updated += counts.Updated
		out.Loads.Gone += counts.Gone
	}
	return out, errors.Join(unusable...)
}

// NeedsMapping says that a sheet's columns could not be told well enough to read it without a person.
type NeedsMapping struct {
	File     string
	Headless bool // no row names the columns
	Missing  []string
	Guess    Profile
}

func (e *NeedsMapping) Error() string {
	if e.Headless {
		return fmt.Sprintf("%s was not imported: no row of it names the columns. Write their names in a row above the first one.", e.File)
	}
	return fmt.Sprintf("%s was not imported: no column was found for %s. Map its columns once in the app, or give --profile.", e.File, joinWords(e.Missing))
}

// Code is the error's kind.
func (e *NeedsMapping) Code() string { return "invalid" }

func joinWords(words []string) string {
	switch len(words) {
	case 0:
		return "what is needed"
	case 1:
		return words[0]
	}
	text := words[0]
	for _, w := range words[1 : len(words)-1] {
		text += ", " + w
	}
	return text + " and " + words[len(words)-1]
}

func (s *Area) importOne(ctx context.Context, p pathName, req ImportRequest, progress func(freight.Progress)) (FileResult, LoadCounts, error) {
	f, err := open(p.path, p.name)
	if err != nil {
		return FileResult{}, LoadCounts{}, err
	}
	defer f.close()
	if f.kind == freight.DocumentFile {
		return s.importPaper(ctx, f, p, req)
	}
	if err := f.mapWith(ctx, s, req); err != nil {
		return FileResult{}, LoadCounts{}, err
	}
	res := FileResult{Path: p.shown, Kind: f.kind, Quarantined: freight.List[Quarantined]{}}
	if f.headless != nil {
		res.Notes = freight.List[string]{"Its first row reads: " + strings.Join(f.headless.First, " | ")}
		return res, LoadCounts{}, &NeedsMapping{File: p.name, Headless: true}
	}
	if f.kind == freight.UnknownFile {
		return s.quarantineWhole(ctx, f, res, req)
	}
	if f.foreign() && f.profile == nil {
		return s.withoutProfile(f, p, res)
	}
	run, err := s.runFile(ctx, f, req, progress)
	var unreadable *ledger.UnreadableError
	if errors.As(err, &unreadable) {
		f.notes = append(f.notes, unreadable.Error()+"; the file is kept whole")
		return s.quarantineWhole(ctx, f, res, req)
	}
	if err != nil {
		return res, LoadCounts{}, err
	}
	if err := s.remember(ctx, f, req); err != nil {
		return res, LoadCounts{}, err
	}
	res, counts := f.result(res, run)
	return res, counts, nil
}

// withoutProfile is the answer for a sheet whose columns cannot be told well enough: the guess, as far as it goes. A sheet
// that holds nothing but a header asks for nothing.
func (s *Area) withoutProfile(f *file, p pathName, res FileResult) (FileResult, LoadCounts, error) {
	asks := &NeedsMapping{File: p.name}
	res.Notes = append(freight.List[string]{}, f.notes...)
	if f.guess == nil {
		return res, LoadCounts{}, asks
	}
	asks.Missing, asks.Guess = f.guess.Missing, toProfile(f.guess.Profile)
	res.Kind = f.guess.Profile.Kind
	known := slices.ContainsFunc(asks.Guess.Columns, func(c ColumnMap) bool { return c.Field != "" })
	if known && f.book.Empty() {
		res.Notes = append(res.Notes, "Nothing stands below the header.")
		return res, LoadCounts{}, nil
	}
	res.Notes = append(res.Notes, guessed(asks.Guess))
	return res, LoadCounts{}, asks
}

// guessed is a guess in words: "Guessed so far: column PRO # is ref:PRO; Where is city."
func guessed(p Profile) string {
	var parts []string
	for _, c := range p.Columns {
		if c.Field != "" {
			parts = append(parts, c.Column+" is "+c.Field)
		}
	}
	if len(parts) == 0 {
		return "No column's meaning could be guessed."
	}
	return "Guessed so far: " + strings.Join(parts, "; ") + "."
}

// runFile stores the raw file first, so that a crash loses nothing, and then imports it.
func (s *Area) runFile(ctx context.Context, f *file, req ImportRequest, progress func(freight.Progress)) (ledger.RunResult, error) {
	l := s.desk.LedgerAt(req.Now)
	raw, err := s.desk.Raw.PutCompressed(ctx, f.name, io.NewSectionReader(f.src, 0, f.size))
	if err != nil {
		return ledger.RunResult{}, err
	}
	opt := runOptions{Name: f.name, Full: req.Full || f.profile != nil && f.profile.Full, By: s.desk.Person(req.As)}
	if f.profile != nil {
		if opt.Profile, err = json.Marshal(f.profile); err != nil {
			return ledger.RunResult{}, err
		}
		opt.Account = accountOf(f.profile)
	}
	kept, err := json.Marshal(opt)
	if err != nil {
		return ledger.RunResult{}, err
	}
	told := f.aside()
	records, err := f.records(s, opt.Account, l.Now(), req.Replayed, told)
	if err != nil {
		return ledger.RunResult{}, err
	}
	stated := f.mod
	if req.Replayed {
		stated = l.Now()
	}
	spec := ledger.RunSpec{Name: f.name, Path: f.path, Kind: f.kind, Raw: raw.Hash, Options: string(kept), StatedAt: stated, Layout: f.layout(), Full: opt.Full, By: opt.By,
		Notes: func() []string { return s.notes(ctx, f, told, raw.Existed) }}
	run, err := l.Import(ctx, spec, records, f.measured(progress))
	if err == nil {
		err = told.numbers.Keep(ctx, s.desk.Store)
	}
	if errors.Is(err, ledger.ErrCancelled) && !raw.Existed {
		err = errors.Join(err, s.dropRaw(context.WithoutCancel(ctx), raw.Hash))
	}
	return run, err
}

// dropRaw takes the raw file of a cancelled import away: a cancel leaves nothing.
func (s *Area) dropRaw(ctx context.Context, hash string) error {
	used, err := s.desk.Store.RawUsed(ctx, hash)
	if err != nil || used {
		return err
	}
	return s.desk.Raw.Erase(hash)
}

// aside is what a reader tells besides its records.
type aside struct {
	notes   []string
	numbers *desk.Interchanges
}

func (f *file) aside() *aside {
	standard, _, _ := strings.Cut(string(f.kind), ".")
	return &aside{numbers: desk.NewInterchanges(standard)}
}

func (a *aside) note(n string) { a.notes = append(a.notes, n) }

// notes are all that is to be said of a file once it was read through. Of a file that was here before, its numbers are known.
func (s *Area) notes(ctx context.Context, f *file, told *aside, again bool) []string {
	notes := append(f.readingNotes(), told.notes...)
	if again {
		return notes
	}
	numbers, err := told.numbers.Against(ctx, s.desk.Store)
	if err != nil {
		return append(notes, err.Error())
	}
	return append(notes, numbers...)
}

// readingNotes are what the reader has to say once it is through, each thing once.
func (f *file) readingNotes() []string {
	said := f.notes
	if f.book != nil {
		said = slices.Concat(f.notes, f.book.Notes, f.book.ReadNotes())
	}
	notes := []string{}
	for _, n := range said {
		if !slices.Contains(notes, n) {
			notes = append(notes, n)
		}
	}
	return notes
}

// measured adds how far the reader is in the file.
func (f *file) measured(progress func(freight.Progress)) func(freight.Progress) {
	return func(p freight.Progress) {
		if p.Stage == "storing" {
			p.Total = f.size
			if f.book != nil {
				p.Done = f.book.Done()
			} else if at, err := f.src.Seek(0, io.SeekCurrent); err == nil {
				p.Done = at
			}
		}
		progress(p)
	}
}

func (f *file) result(res FileResult, run ledger.RunResult) (FileResult, LoadCounts) {
	res.Records, res.Observations, res.Duplicates = run.Records, run.Observations, run.Duplicates
	res.Notes = append(freight.List[string]{}, run.Notes...)
	if f.profile != nil {
		res.Profile = f.profile.Name
	}
	for _, it := range run.Faults {
		res.Quarantined = append(res.Quarantined, Quarantined{Where: it.Where, Reason: it.Reason})
	}
	if run.Quarantined > len(run.Faults) {
		res.Notes = append(res.Notes, fmt.Sprintf("%d more are in quarantine.", run.Quarantined-len(run.Faults)))
	}
	return res, LoadCounts{New: run.New, Updated: run.Updated, Gone: run.Gone}
}

// quarantineWhole keeps a file that nobody can read: nothing that reaches the desk is lost.
func (s *Area) quarantineWhole(ctx context.Context, f *file, res FileResult, req ImportRequest) (FileResult, LoadCounts, error) {
	l := s.desk.LedgerAt(req.Now)
	raw, err := s.desk.Raw.PutCompressed(ctx, f.name, io.NewSectionReader(f.src, 0, f.size))
	if err != nil {
		return res, LoadCounts{}, err
	}
	reason := "this is nothing the desk can read: neither a table (CSV, XLSX), X12, EDIFACT, EPCIS, DCSA, nor a paper"
	if f.size == 0 {
		reason = "the file is empty"
	}
	for _, n := range f.notes {
		reason = n
	}
	res.Quarantined = append(res.Quarantined, Quarantined{Where: f.name, Reason: reason})
	err = s.desk.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.Quarantine(&store.Item{Where: f.name, Reason: reason, Raw: []byte(wholeFile + raw.Hash), ReceivedAt: l.Now()})
	})
	l.News().Announce(nil)
	return res, LoadCounts{}, err
}

func (s *Area) importPaper(ctx context.Context, f *file, p pathName, req ImportRequest) (FileResult, LoadCounts, error) {
	res := FileResult{Path: p.shown, Kind: freight.DocumentFile, Records: 1, Quarantined: freight.List[Quarantined]{}}
	if s.paper == nil {
		return res, LoadCounts{}, desk.Invalid("%s is a paper; file it with: tracedesk docs add.", f.name)
	}
	load, says, known, err := s.paper(ctx, f.name, io.NewSectionReader(f.src, 0, f.size), req.As, req.Now)
	if err != nil {
		return res, LoadCounts{}, err
	}
	if known {
		res.Duplicates = 1
	} else if load != "" {
		res.Observations = 1
	}
	res.Notes = freight.List[string]{says}
	return res, LoadCounts{}, nil
}

// pathName is a file to read, what it is called, and how the result names it.
type pathName struct{ path, name, shown string }

// paths lists the files asked for: folders are looked through one level deep, uploads are taken from where they are staged.
func (s *Area) paths(refs []FileRef) ([]pathName, error) {
	var out []pathName
	for _, ref := range refs {
		if ref.Upload != "" {
			up, ok := s.staged(ref.Upload)
			if !ok {
				return nil, desk.NotFound("That upload is gone; choose the file again.")
			}
			out = append(out, pathName{up.path, up.name, up.name})
			continue
		}
		info, err := os.Stat(ref.Path)
		if err != nil {
			return nil, desk.Invalid("%s cannot be read: %s.", ref.Path, plainPathError(err))
		}
		if !info.IsDir() {
			out = append(out, pathName{ref.Path, displayName(ref.Path), ref.Path})
			continue
		}
		entries, err := os.ReadDir(ref.Path)
		if err != nil {
			return nil, desk.Invalid("%s cannot be read: %s.", ref.Path, plainPathError(err))
		}
		for _, e := range entries {
			if e.Type().IsRegular() && e.Name()[0] != '.' {
				path := filepath.Join(ref.Path, e.Name())
				out = append(out, pathName{path, e.Name(), path})
			}
		}
	}
	return out, nil
}

// Resume finishes the runs that a crash cut off, from their raw files; called once at the start of a desk.
func (s *Area) Resume(ctx context.Context) error {
	pending, err := s.desk.Store.PendingRuns(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for i := range pending {
		if strings.HasPrefix(pending[i].Kind, "feed.") {
			continue // the feeds take it back and read its stored bodies again
		}
		errs = append(errs, s.resume(ctx, &pending[i]))
	}
	return errors.Join(errs...)
}

func (s *Area) resume(ctx context.Context, run *store.Run) error {
	var opt runOptions
	if err := json.Unmarshal([]byte(run.Options), &opt); err != nil {
		return err
	}
	path, err := s.unpack(run.Raw, opt.Name)
	if err != nil {
		return fmt.Errorf("the import of %s cannot be resumed: %w", run.Name, err)
	}
	defer os.RemoveAll(filepath.Dir(path))
	f, err := open(path, opt.Name)
	if err != nil {
		return err
	}
	defer f.close()
	if len(opt.Profile) > 0 {
		if f.profile, err = decodeProfile(opt.Profile); err != nil {
			return err
		}
	}
	told := f.aside()
	records, err := f.records(s, opt.Account, run.ReceivedAt, false, told)
	if err != nil {
		return err
	}
	spec := ledger.RunSpec{Name: run.Name, Path: run.Path, Kind: f.kind, Raw: run.Raw, Options: run.Options, StatedAt: run.StatedAt, Layout: f.layout(), Full: opt.Full, By: opt.By, Resume: run,
		Notes: func() []string { return s.notes(ctx, f, told, false) }}
	if _, err = s.desk.Ledger.Import(ctx, spec, records, nil); err != nil {
		return err
	}
	return told.numbers.Keep(ctx, s.desk.Store)
}

// unpack writes a raw file out again, under its own name, into a folder that the caller removes.
func (s *Area) unpack(hash, name string) (string, error) {
	body, err := s.desk.Raw.OpenCompressed(hash)
	if err != nil {
		return "", err
	}
	defer body.Close()
	dir, err := os.MkdirTemp("", "tracedesk-*")
	if err != nil {
		return "", err
	}
	out, err := os.Create(filepath.Join(dir, "raw"+filepath.Ext(name)))
	if err != nil {
		os.RemoveAll(dir)
		return "", err
	}
	_, err = io.Copy(out, body)
	if err = errors.Join(err, out.Close()); err != nil {
		os.RemoveAll(dir)
		return "", err
	}
	return out.Name(), nil
}
