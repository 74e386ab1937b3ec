package inbox

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// A recorded callback without an instant of its own was received when its file was last written. A file that grows is written
// again, and its older lines must keep the instant that they had: else they would be news each time. So what a file held when it
// was taken is noted before it is taken: up to where, and when it was written.

// span is a part of a file that was taken at one time: from the end of the one before it.
type span struct {
	Path string    `json:"path"`
	To   int       `json:"to"`
	Mod  time.Time `json:"mod"`
	Sum  string    `json:"sum"` // SHA-256 of the file up to To: a file written anew is another one
}

// spans are those of all files, in a file of JSON lines. A line torn by a crash is dropped: what it told of was not taken yet.
type spans struct {
	mu     sync.Mutex
	byPath map[string][]span
	out    *os.File
}

// openSpans reads the notes and writes them anew without those of files that are gone.
func openSpans(path string) (*spans, error) {
	s := &spans{byPath: map[string][]span{}}
	if err := errors.Join(s.load(path), s.rewrite(path)); err != nil {
		return nil, fmt.Errorf("the notes on recorded callbacks (%s) cannot be kept: %w", path, err)
	}
	return s, nil
}

func (s *spans) load(path string) error {
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
		var one span
		if json.Unmarshal(lines.Bytes(), &one) == nil && one.Path != "" {
			s.byPath[one.Path] = append(s.byPath[one.Path], one)
		}
	}
	return lines.Err()
}

func (s *spans) rewrite(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	next, err := os.OpenFile(path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(next)
	for file, list := range s.byPath {
		if _, gone := os.Stat(file); errors.Is(gone, os.ErrNotExist) {
			delete(s.byPath, file)
			continue
		}
		for _, one := range list {
			err = errors.Join(err, enc.Encode(one))
		}
	}
	if err = errors.Join(err, next.Sync(), next.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	s.out, err = os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o600)
	return err
}

// of are the spans of a file as it now stands; those of an older one of that name are forgotten.
func (s *spans) of(path string, data []byte) []span {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.byPath[path]
	for i, one := range list {
		if one.To > len(data) || one.Sum != sumOf(data[:one.To]) {
			list = list[:i:i]
			break
		}
	}
	s.byPath[path] = list
	return list
}

// note adds a span; it is on disk when it returns.
func (s *spans) note(one span) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	line, err := json.Marshal(one)
	if err != nil {
		return err
	}
	if _, err := s.out.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("the notes on recorded callbacks cannot be written: %w", err)
	}
	s.byPath[one.Path] = append(s.byPath[one.Path], one)
	return s.out.Sync()
}

func (s *spans) close() error { return s.out.Close() }

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
