package inbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/intake"
)

// Folder is where somebody puts recorded callbacks for an account.
type Folder struct {
	Account string
	Dir     string
}

// How long the last callback of a file may still be being written: one alone in its file, and one behind others.
const (
	aloneSettles  = 2 * time.Second
	behindSettles = 2 * time.Minute
)

// mostFile is the largest file that is read; whoever records more begins a new one.
const mostFile = 256 << 20

// Folders takes recorded callbacks from watched folders. Files stay where they lie. A file that grows is taken as far as it is
// whole, again and again; nothing in it is taken twice.
type Folders struct {
	door   Door
	tell   func(string)
	now    func() time.Time
	memory *intake.Journal
	spans  *spans

	mu      sync.Mutex
	brought map[string]int  // callbacks that the door took, by account
	taken   map[string]span // in this run of the program: what is known to be on file need not be brought again
}

// OpenFolders keeps its notes in a folder of the desk. One owner at a time; close it.
func OpenFolders(dir string, door Door, tell func(string)) (*Folders, error) {
	memory, err := intake.OpenJournal(filepath.Join(dir, "inbox.journal"))
	if err != nil {
		return nil, err
	}
	notes, err := openSpans(filepath.Join(dir, "inbox.notes"))
	if err != nil {
		return nil, errors.Join(err, memory.Close())
	}
	if tell == nil {
		tell = func(string) {}
	}
	return &Folders{door: door, tell: tell, now: time.Now, memory: memory, spans: notes, brought: map[string]int{}, taken: map[string]span{}}, nil
}

// Close lets go of the notes.
func (f *Folders) Close() error { return errors.Join(f.memory.Close(), f.spans.close()) }

// Watch takes what lies in the folders and what comes, until ctx ends.
func (f *Folders) Watch(ctx context.Context, list []Folder) error {
	w, err := f.watcher(list, 500*time.Millisecond)
	if err != nil {
		return err
	}
	return w.Run(ctx, f.deliver(list))
}

// Sweep takes what lies in the folders now and is whole, and answers how many callbacks it brought to the door, by account.
func (f *Folders) Sweep(ctx context.Context, list []Folder) (map[string]int, error) {
	w, err := f.watcher(list, aloneSettles)
	if err != nil {
		return nil, err
	}
	before := f.counts()
	err = w.Once(ctx, f.deliver(list))
	brought := f.counts()
	for account, n := range before {
		if brought[account] -= n; brought[account] == 0 {
			delete(brought, account)
		}
	}
	return brought, err
}

func (f *Folders) counts() map[string]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(f.brought)
}

func (f *Folders) watcher(list []Folder, settle time.Duration) (*intake.Watcher, error) {
	cfg := intake.Config{Settle: settle, Memory: f.memory, Detector: func(string, []byte) freight.FileKind { return freight.UnknownFile },
		Tell: func(n intake.Notice) { f.tell(filepath.Join(n.Folder, n.File) + ": " + n.Text) }}
	for _, folder := range list {
		cfg.Folders = append(cfg.Folders, intake.Folder{Path: folder.Dir, After: intake.Leave})
	}
	return intake.New(cfg)
}

func (f *Folders) deliver(list []Folder) intake.Deliver {
	accounts := map[string][]string{}
	for _, folder := range list {
		dir, err := filepath.Abs(folder.Dir)
		if err == nil { // else the watcher refused it
			accounts[dir] = append(accounts[dir], folder.Account)
		}
	}
	return func(ctx context.Context, file intake.File) error {
		data, err := contents(file)
		if err != nil {
			return err
		}
		for _, account := range accounts[file.Folder] {
			if err := f.take(ctx, account, file, data); err != nil {
				return err
			}
		}
		return nil
	}
}

func contents(file intake.File) ([]byte, error) {
	if file.Size > mostFile {
		return nil, fmt.Errorf("it has more than %d MB; begin a new file now and then", mostFile>>20)
	}
	open, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer open.Close()
	return io.ReadAll(io.LimitReader(open, file.Size))
}

// errOpen says that a file's last callback may still be being written; once the file has rested it is taken as it stands.
var errOpen = fmt.Errorf("its last callback is not written to its end: %w", intake.ErrStillWritten)

// take brings the callbacks of a file to the door, as far as they are whole.
func (f *Folders) take(ctx context.Context, account string, file intake.File, data []byte) error {
	list := pieces(data)
	whole := f.whole(list, file)
	if whole > 0 {
		if err := f.bring(ctx, account, file, data, list[:whole]); err != nil {
			return err
		}
	}
	if whole < len(list) {
		return errOpen
	}
	return nil
}

// whole is how many of a file's callbacks are written to their end.
func (f *Folders) whole(list []piece, file intake.File) int {
	settles := behindSettles
	if len(list) == 1 && list[0].query != "" {
		settles = aloneSettles
	}
	rests := f.now().Sub(file.ModTime)
	for i := range list {
		if list[i].open && rests < settles {
			return i
		}
	}
	return len(list)
}

func (f *Folders) bring(ctx context.Context, account string, file intake.File, data []byte, list []piece) error {
	path, end := file.Path(), list[len(list)-1].end
	known := f.spans.of(path, data)
	if n := len(known); n == 0 || known[n-1].To < end {
		one := span{Path: path, To: end, Mod: file.ModTime.UTC(), Sum: sumOf(data[:end])}
		if err := f.spans.note(one); err != nil {
			return err
		}
		known = append(known[:n:n], one)
	}
	from := f.broughtTo(account, path, known)
	for _, p := range list {
		if p.end <= from {
			continue
		}
		err := f.door(ctx, p.callback(account, receivedAt(p, known)))
		switch {
		case errors.Is(err, ErrNothing):
			f.tell(fmt.Sprintf("%s, line %d: %v", path, p.line, err))
		case err != nil:
			return fmt.Errorf("line %d: %w", p.line, err)
		default:
			f.mu.Lock()
			f.brought[account]++
			f.mu.Unlock()
		}
	}
	f.mu.Lock()
	f.taken[account+" "+path] = known[len(known)-1]
	f.mu.Unlock()
	return nil
}

// broughtTo is up to where the file was brought to the door by this run of the program.
func (f *Folders) broughtTo(account, path string, known []span) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	was, ok := f.taken[account+" "+path]
	for _, one := range known {
		if ok && one.To == was.To && one.Sum == was.Sum {
			return was.To
		}
	}
	return 0
}

// receivedAt is the instant that stands before the callback, else when its part of the file was written; callbacks of one instant
// keep their order.
func receivedAt(p piece, known []span) time.Time {
	at := p.at
	for i := 0; at.IsZero() && i < len(known); i++ {
		if p.end <= known[i].To {
			at = known[i].Mod
		}
	}
	return at.Add(time.Duration(p.line))
}

// callback is the piece as the request that it was.
func (p piece) callback(account string, at time.Time) Callback {
	c := Callback{Account: account, Method: http.MethodPost, Path: "recorded/" + at.UTC().Format(time.RFC3339Nano), Body: p.body}
	if p.query != "" {
		c.Method = http.MethodGet
		c.Query, _ = withoutKey(p.query)
	}
	return c
}
