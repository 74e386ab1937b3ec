package intake

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Mark is what is remembered of a delivered file.
type Mark struct {
	Path string    `json:"path,omitempty"`
	Size int64     `json:"size,omitempty"`
	Mod  time.Time `json:"mod,omitzero"`
	Hash string    `json:"hash"`
}

// Memory remembers what was delivered, best across restarts. Safe for use by several goroutines.
type Memory interface {
	// Recall reports whether this very file (path, size, time of change) was delivered, and whether these bytes were
	// under any name. An empty Hash asks only for the file.
	Recall(Mark) (file, content bool)
	// Remember is called when a delivery succeeded. It must have reached the disk when it returns.
	Remember(Mark) error
	// Forget is called when the file is gone from its folder: a file of that name is a new one. The content stays known.
	Forget(path string) error
}

// Journal is a Memory in one file of JSON lines. A line torn by a crash is dropped: its file is then delivered again,
// which the receiver tells by the content.
type Journal struct {
	mu    sync.Mutex
	files map[string]Mark
	known map[string]bool
	out   *os.File // nil: in memory only
}

func newMemory() *Journal { return &Journal{files: map[string]Mark{}, known: map[string]bool{}} }

// OpenJournal opens or starts the journal at path and writes it anew without what is outdated. One owner at a time.
func OpenJournal(path string) (*Journal, error) {
	j := newMemory()
	if err := j.load(path); err != nil {
		return nil, fmt.Errorf("the list of files already taken (%s) cannot be read: %w", path, err)
	}
	if err := j.rewrite(path); err != nil {
		return nil, fmt.Errorf("the list of files already taken (%s) cannot be written: %w", path, err)
	}
	return j, nil
}

func (j *Journal) load(path string) error {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var m Mark
		if json.Unmarshal(lines.Bytes(), &m) == nil {
			j.apply(m)
		}
	}
	return lines.Err()
}

// apply takes one line: a mark, a content alone (Path empty), or a forgotten path (Hash empty).
func (j *Journal) apply(m Mark) {
	if m.Hash == "" {
		delete(j.files, m.Path)
		return
	}
	j.known[m.Hash] = true
	if m.Path != "" {
		j.files[m.Path] = m
	}
}

func (j *Journal) rewrite(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	next, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	buf := bufio.NewWriter(next)
	enc := json.NewEncoder(buf)
	covered := map[string]bool{}
	for _, m := range j.files {
		covered[m.Hash] = true
		err = errors.Join(err, enc.Encode(m))
	}
	for hash := range j.known {
		if !covered[hash] {
			err = errors.Join(err, enc.Encode(Mark{Hash: hash}))
		}
	}
	if err = errors.Join(err, buf.Flush(), next.Sync(), next.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	j.out, err = os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o600)
	return err
}

// Recall implements Memory.
func (j *Journal) Recall(m Mark) (file, content bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	was, ok := j.files[m.Path]
	return ok && was.Size == m.Size && was.Mod.Equal(m.Mod), j.known[m.Hash]
}

// Remember implements Memory.
func (j *Journal) Remember(m Mark) error { return j.write(m) }

// Forget implements Memory.
func (j *Journal) Forget(path string) error {
	j.mu.Lock()
	_, ok := j.files[path]
	j.mu.Unlock()
	if !ok {
		return nil
	}
	return j.write(Mark{Path: path})
}

func (j *Journal) write(m Mark) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.apply(m)
	if j.out == nil {
		return nil
	}
	line, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if _, err := j.out.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("the list of files already taken cannot be written: %w", err)
	}
	return j.out.Sync()
}

// Close closes the file; the memory stays usable without it.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.out == nil {
		return nil
	}
	err := j.out.Close()
	j.out = nil
	return err
}

var _ Memory = (*Journal)(nil)
