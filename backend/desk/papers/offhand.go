package papers

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/verdict"
	"tracedesk/backend/documents/whose"
	"tracedesk/backend/freight"
)

// Offhand reads papers that lie on this computer without storing anything.
type Offhand struct {
	Paths   []string                             // files and folders; of a folder every paper in it, at any depth
	Known   func() whose.Known                   // the loads to hold them against, one for each file; nil for none
	Policy  func(customer string) verdict.Policy // nil: as shipped
	Workers int                                  // files at a time; 0 means two
	Cache   string                               // where compiled code of the engines is kept
	Tell    func(ReadSoFar)                      // progress, one call at a time; may be nil
}

// ReadSoFar is how far reading is.
type ReadSoFar struct {
	Name  string
	Page  int // of the file
	Pages int
	Done  int // files
	Files int
}

// ReadOffhand is what reading papers offhand gives, in the order of the files.
type ReadOffhand struct {
	Files freight.List[paper.File] `json:"files"`
}

// OpenLoads are the loads of this desk, to hold papers against without storing them.
func (a *Area) OpenLoads() func() whose.Known {
	return func() whose.Known { return &holders{area: a} }
}

// ChecksFor is the policy of a customer of this desk.
func (a *Area) ChecksFor(ctx context.Context) func(customer string) verdict.Policy {
	return func(customer string) verdict.Policy {
		p, _, err := a.policyFor(ctx, customer)
		if err != nil {
			return verdict.Shipped()
		}
		return p.Checks
	}
}

// offhandFile is a file to be read and what it is called in the answer: a file of a folder by its way from there.
type offhandFile struct{ path, name string }

const offhandWorkers = 2

// Read reads the papers. A file that cannot be read is answered with its error; the error is one of the call itself, or of
// ctx, and then what was read before comes with it.
func (o *Offhand) Read(ctx context.Context) (ReadOffhand, error) {
	files, err := o.files()
	if err != nil {
		return ReadOffhand{}, err
	}
	reader := documents.NewReader(o.Cache, documents.Limits{})
	defer reader.Close()
	out := make([]paper.File, len(files))
	run := offhandRun{Offhand: o, files: files, reader: reader}
	next := make(chan int)
	var all sync.WaitGroup
	workers := o.Workers
	if workers <= 0 {
		workers = offhandWorkers
	}
	for range min(workers, len(files)) {
		all.Go(func() {
			for i := range next {
				out[i] = run.one(ctx, files[i])
			}
		})
	}
feed:
	for i := range files {
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	all.Wait()
	if err := ctx.Err(); err != nil {
		out = slices.DeleteFunc(out, func(f paper.File) bool { return f.File == "" || len(f.Documents) == 0 })
		return ReadOffhand{out}, fmt.Errorf("stopped after %d of %d files", len(out), len(files))
	}
	return ReadOffhand{out}, nil
}

// offhandRun is one call of Read.
type offhandRun struct {
	*Offhand
	files  []offhandFile
	reader *documents.Reader
	mu     sync.Mutex // holds Tell to one call at a time
	done   int
}

func (r *offhandRun) one(ctx context.Context, f offhandFile) paper.File {
	defer r.tell(ReadSoFar{Name: f.name}, 1)
	body, err := os.Open(f.path)
	if err != nil {
		return paper.File{File: f.name, Error: fmt.Sprintf("it cannot be opened: %v", err)}
	}
	defer body.Close()
	exam := documents.Exam{Policy: r.Policy, Progress: func(page, of int, _ float64) { r.tell(ReadSoFar{Name: f.name, Page: page, Pages: of}, 0) }}
	if r.Known != nil {
		exam.Known = r.Known()
	}
	file, _, err := documents.Examine(ctx, r.reader, body, filepath.Base(f.path), exam)
	file.File = f.name
	var fault *documents.Fault
	if err != nil && !errors.As(err, &fault) {
		file.Error = err.Error()
	}
	return file
}

func (r *offhandRun) tell(at ReadSoFar, finished int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done += finished
	at.Done, at.Files = r.done, len(r.files)
	if r.Tell != nil {
		r.Tell(at)
	}
}

// files lists what is to be read. Of a folder that is what is named as a paper, a mail or an archive, or is one by its bytes.
func (o *Offhand) files() ([]offhandFile, error) {
	var out []offhandFile
	for _, path := range o.Paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, desk.Invalid("%s cannot be read: %s.", path, err)
		}
		if !info.IsDir() {
			out = append(out, offhandFile{path, filepath.Base(path)})
			continue
		}
		err = filepath.WalkDir(path, func(at string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			hidden := strings.HasPrefix(d.Name(), ".") && at != path
			if d.IsDir() && hidden {
				return fs.SkipDir
			}
			if d.IsDir() || hidden || !d.Type().IsRegular() || !isPaper(at) {
				return nil
			}
			name, err := filepath.Rel(path, at)
			out = append(out, offhandFile{at, filepath.ToSlash(name)})
			return err
		})
		if err != nil {
			return nil, desk.Invalid("%s cannot be read: %s.", path, err)
		}
	}
	if len(out) == 0 {
		return nil, desk.Invalid("There is no paper in %s.", strings.Join(o.Paths, ", "))
	}
	return out, nil
}

func isPaper(path string) bool {
	if documents.Named(path) {
		return true
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, documents.SniffSize)
	n, _ := f.ReadAt(head, 0)
	return documents.Sniff(head[:n]).Paper()
}
