package papers

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents"
	"tracedesk/backend/store"
)

// Arrived is what became of a file at its arrival: its documents as they stand at that moment.
type Arrived struct {
	Hash      string
	Known     bool // the same bytes were on file
	Documents []Document
}

// Add files an upload; it is read in the background where that works.
func (a *Area) Add(ctx context.Context, in Arrival) (Arrived, error) { return a.Take(ctx, in) }

// AddPaths is Add for files on this computer.
func (a *Area) AddPaths(ctx context.Context, f Filing) (Documents, error) {
	came := make([]Arrived, 0, len(f.Paths))
	for _, path := range f.Paths {
		one, err := a.addPath(ctx, path, f)
		if err != nil {
			return Documents{}, err
		}
		came = append(came, one)
	}
	return a.Told(ctx, came, f.Wait)
}

func (a *Area) addPath(ctx context.Context, path string, f Filing) (Arrived, error) {
	src, err := os.Open(path)
	if err != nil {
		return Arrived{}, desk.Invalid("%s cannot be read: %s.", path, err)
	}
	defer src.Close()
	return a.Add(ctx, Arrival{Name: filepath.Base(path), Body: src, Load: f.Load, Task: f.Task, From: "from " + filepath.Dir(path), As: f.As, Now: f.Now})
}

// patience is how long an answer waits for what can be read at once: a text in a PDF, not a scan.
const patience = 1500 * time.Millisecond

// Told are the documents of files that have just come, as they stand once they are read; unless all is to be waited for,
// after a moment.
func (a *Area) Told(ctx context.Context, came []Arrived, all bool) (Documents, error) {
	hashes := make([]string, len(came))
	for i := range came {
		hashes[i] = came[i].Hash
	}
	if err := a.wait(ctx, hashes, all); err != nil {
		return Documents{}, err
	}
	var out Documents
	for i := range came {
		list, err := a.documentsOf(ctx, came[i].Hash)
		if err != nil {
			return out, err
		}
		for j := range list {
			list[j].Known = came[i].Known
		}
		out.Documents = append(out.Documents, list...)
	}
	var err error
	out.Counts, err = a.counts(ctx)
	return out, err
}

func (a *Area) wait(ctx context.Context, hashes []string, all bool) error {
	var over <-chan time.Time
	if !all {
		timer := time.NewTimer(patience)
		defer timer.Stop()
		over = timer.C
	}
	for {
		ended := a.nextEnd()
		open, err := a.unread(ctx, hashes)
		if err != nil || !open {
			return err
		}
		select {
		case <-ended:
		case <-over:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// unread reports whether one of the files, or of what came in them, is still to be read.
func (a *Area) unread(ctx context.Context, hashes []string) (bool, error) {
	for _, hash := range hashes {
		p, err := a.desk.Store.Paper(ctx, hash)
		if err != nil {
			return false, err
		}
		if p.State == store.PaperWaiting || p.State == store.PaperReading {
			return true, nil
		}
		inside, err := a.inside(ctx, hash)
		if err != nil || len(inside) == 0 {
			continue
		}
		if open, err := a.unread(ctx, inside); open || err != nil {
			return open, err
		}
	}
	return false, nil
}

func (a *Area) inside(ctx context.Context, hash string) ([]string, error) {
	list, err := a.desk.Store.PapersInside(ctx, hash)
	var out []string
	for i := range list {
		out = append(out, list[i].Hash)
	}
	return out, err
}

// documentsOf are the documents of a file, and of what came in it.
func (a *Area) documentsOf(ctx context.Context, hash string) (out []Document, err error) {
	list, err := a.desk.Store.DocumentsOf(ctx, hash)
	if err != nil {
		return nil, err
	}
	for i := range list {
		d, err := a.document(ctx, &list[i])
		if err != nil {
			return out, err
		}
		out = append(out, d)
	}
	inside, err := a.inside(ctx, hash)
	for _, h := range inside {
		more, err := a.documentsOf(ctx, h)
		if err != nil {
			return out, err
		}
		out = append(out, more...)
	}
	return out, err
}

// Take keeps a file and has it read. The same bytes again are recognised; they may be put on another load by naming it. When
// Take returns without an error the file is on disk and queued: a crash after that loses nothing and reads nothing twice.
func (a *Area) Take(ctx context.Context, in Arrival) (Arrived, error) {
	load, err := a.wanted(ctx, in.Load)
	if err != nil {
		return Arrived{}, err
	}
	stored, err := a.desk.Papers.Put(ctx, in.Name, in.Body)
	if err != nil {
		return Arrived{}, asFault(err)
	}
	p := store.Paper{Hash: stored.Hash, Name: stored.Name, Media: stored.MIME, Size: stored.Size, ReceivedAt: a.desk.LedgerAt(in.Now).Now().UTC(),
		By: a.desk.Person(in.As), From: in.From, Wanted: load.ID, WantedKind: kindOfTask(in.Task)}
	fresh, err := a.queue(ctx, &p)
	if err != nil {
		return Arrived{}, err
	}
	out := Arrived{Hash: p.Hash, Known: !fresh}
	if !fresh && load.ID != 0 {
		if err := a.moveKnown(ctx, p.Hash, load, in); err != nil {
			return out, err
		}
	}
	if err := a.begin(ctx, p.Hash, in.Now); err != nil {
		return out, err
	}
	out.Documents, err = a.documentsOf(ctx, p.Hash)
	for i := range out.Documents {
		out.Documents[i].Known = out.Known
	}
	return out, err
}

func (a *Area) wanted(ctx context.Context, ref string) (store.Load, error) {
	if ref == "" {
		return store.Load{}, nil
	}
	return a.desk.FindLoad(ctx, ref)
}

// kindOfTask is what a paper dropped on a task is said to be: "paper/pod/ask" waits for a POD.
func kindOfTask(task string) string {
	parts := strings.Split(task, "/")
	if len(parts) > 1 && parts[0] == "paper" && slices.Contains([]string{string(POP), string(POD)}, parts[1]) {
		return parts[1]
	}
	return ""
}

// queue puts a file among those to be read, with a document in its place until then.
func (a *Area) queue(ctx context.Context, p *store.Paper) (fresh bool, err error) {
	p.State = store.PaperWaiting
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if fresh, err = tx.AddPaper(p); err != nil || !fresh {
			return err
		}
		if err := tx.PutDocument(&store.Document{ID: p.Hash, File: p.Hash, State: string(Unmatched), Stage: string(InReading), ReceivedAt: p.ReceivedAt}); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: p.ReceivedAt, Who: p.By, Act: "paper received", Subject: p.Hash, Detail: strings.TrimSpace(p.Name + " " + p.From), Digest: desk.Digest(p.Hash)})
	})
	a.desk.Ledger.News().Announce(nil)
	return fresh, err
}

// moveKnown puts the documents of a file that is on file already on the load that was named now.
func (a *Area) moveKnown(ctx context.Context, hash string, load store.Load, in Arrival) error {
	p, err := a.desk.Store.Paper(ctx, hash)
	if err != nil {
		return err
	}
	if p.State != store.PaperRead {
		p.Wanted, p.WantedKind = load.ID, kindOfTask(in.Task)
		return a.desk.Store.Write(ctx, func(tx *store.Tx) error { return tx.QueuePaper(&p) })
	}
	list, err := a.desk.Store.DocumentsOf(ctx, hash)
	for i := range list {
		if list[i].Load == load.ID || list[i].Load != 0 && (in.System || len(list) > 1) {
			continue // of a bundle, and at a system's word, only what nobody has claimed yet
		}
		if _, err := a.Judge(ctx, list[i].ID, Verdict{Load: load.Number, Kind: PaperKind(kindOfTask(in.Task)), Verdict: Received, As: in.As, Now: in.Now}); err != nil {
			return err
		}
	}
	return err
}

// smallest is how large a picture in a mail is at least to be taken for a paper: logos and signatures of mails are smaller.
const smallest = 12 << 10

func worthReading(s documents.Stored) bool {
	if s.Kind.Picture() {
		return s.Size >= smallest
	}
	return s.Kind.Paper() || s.Kind == documents.ZIP || s.Kind == documents.EML
}

// deepest is how many mails and archives may lie within each other.
const deepest = 3

// unpack queues what lies in a mail or an archive, each as a file of its own. May be called again after a crash.
func (a *Area) unpack(ctx context.Context, p *store.Paper, body documents.Original) error {
	depth := 1
	for at := p; at.Inside != ""; depth++ {
		outer, err := a.desk.Store.Paper(ctx, at.Inside)
		if err != nil {
			return err
		}
		at = &outer
	}
	if depth > deepest {
		return &documents.Fault{Cause: documents.TooLarge, Reason: "archives lie within archives more than three deep: unpack it and drop the files"}
	}
	taken := 0
	notes, err := documents.Unpack(ctx, body, func(name string, content io.Reader) error {
		stored, err := a.desk.Papers.Put(ctx, name, content)
		var refused *documents.Fault
		if errors.As(err, &refused) {
			return nil // told in the notes of the archive
		}
		if err != nil || !worthReading(stored) {
			return err
		}
		taken++
		_, err = a.queue(ctx, &store.Paper{Hash: stored.Hash, Name: stored.Name, Media: stored.MIME, Size: stored.Size, ReceivedAt: p.ReceivedAt, By: p.By,
			From: "in " + p.Name + ", " + p.From, Inside: p.Hash, Wanted: p.Wanted, WantedKind: p.WantedKind, Rank: p.Rank})
		return err
	})
	if err != nil {
		return err
	}
	if taken == 0 {
		return &documents.Fault{Cause: documents.Broken, Reason: strings.Join(append([]string{"there is no paper in it"}, notes...), "; ")}
	}
	return nil
}
