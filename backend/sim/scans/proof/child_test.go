package proof

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"tracedesk/backend/documents"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/sim/cputime"
)

// Where the child finds what it needs.
const (
	storeEnv = "TRACEDESK_PROOF_STORE" // set in the child only
	cacheEnv = "TRACEDESK_PROOF_CACHE"
)

// report is what the child says of one file. Times are in milliseconds.
type report struct {
	Refused     string `json:"refused"`     // the reason that a person is told
	Unexplained string `json:"unexplained"` // an error that is no reason for a person
	Pages       int    `json:"pages"`
	Slowest     int64  `json:"slowest"` // of one page's drawing or reading, by the clock
	Busiest     int64  `json:"busiest"` // the same in processor time, which other programs at work do not change; 0 where it is not told
	Read        int64  `json:"read"`    // of the whole file's text
	PeakKB      int64  `json:"peakKB"`
}

// ask is what the parent asks of the child.
type ask struct {
	Path  string `json:"path"`
	Words bool   `json:"words"` // read the pages' words too
}

const (
	pagesLookedAt = 3
	nested        = 3 // archives within archives that are opened
)

var errEnough = errors.New("enough pages seen")

// beChild reads asks from standard input until it ends.
func beChild(store string) error {
	debug.SetMemoryLimit(600 << 20)
	shelf, err := documents.NewShelf(store, 0)
	if err != nil {
		return err
	}
	reader := documents.NewReader(os.Getenv(cacheEnv), documents.Limits{})
	defer reader.Close()
	c := child{shelf.Scratch(), reader}
	in, out := bufio.NewScanner(os.Stdin), json.NewEncoder(os.Stdout)
	for in.Scan() {
		var a ask
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			return err
		}
		body, err := os.ReadFile(a.Path)
		if err != nil {
			return err
		}
		var r report
		r.tell("put", c.examine(&r, filepath.Base(a.Path), bytes.NewReader(body), a.Words, 0))
		r.PeakKB = peak()
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return in.Err()
}

type child struct {
	shelf  *documents.Shelf
	reader *documents.Reader
}

// examine does to a file what the desk does to it: shelf, text, pictures of pages, what is within. The error is that the
// content could not be put on the shelf.
func (c child) examine(r *report, name string, content io.Reader, words bool, depth int) error {
	ctx := context.Background()
	stored, err := c.shelf.Put(ctx, name, content)
	if err != nil {
		return err
	}
	file, err := c.shelf.Open(stored.Hash)
	if err != nil {
		return err
	}
	defer file.Close()
	if stored.Kind == documents.ZIP || stored.Kind == documents.EML {
		if depth < nested {
			_, err := documents.Unpack(ctx, file, func(name string, content io.Reader) error {
				return c.examine(r, name, content, false, depth+1)
			})
			r.tell("unpack", err)
		}
		return nil
	}
	began := time.Now()
	reading, err := c.reader.Read(ctx, file)
	r.Read = max(r.Read, time.Since(began).Milliseconds())
	r.tell("read", err)
	if err != nil {
		return nil
	}
	r.Pages += reading.Total
	for n := 1; n <= min(len(reading.Pages), pagesLookedAt); n++ {
		began, used := time.Now(), cputime.Used()
		if _, err := c.reader.Draw(ctx, file, n, documents.View{}); stored.Kind != documents.Text {
			r.tell("draw", err)
		}
		r.page(began, used)
	}
	if words {
		c.words(r, file)
	}
	return nil
}

// words reads the words of the first pages.
func (c child) words(r *report, file *os.File) {
	began, before, seen := time.Now(), cputime.Used(), 0
	_, err := c.reader.Pages(context.Background(), file, documents.PagesOptions{Each: func(paper.Page) error {
		r.Slowest = max(r.Slowest, time.Since(began).Milliseconds())
		began = time.Now()
		if seen++; seen == pagesLookedAt {
			return errEnough
		}
		return nil
	}})
	// Pages are worked on two at a time: each is taken to have had its share.
	r.Busiest = max(r.Busiest, (cputime.Used()-before).Milliseconds()/int64(max(seen, 1)))
	if !errors.Is(err, errEnough) {
		r.tell("words", err)
	}
}

// page notes what a page took since an instant.
func (r *report) page(began time.Time, used time.Duration) {
	r.Slowest = max(r.Slowest, time.Since(began).Milliseconds())
	r.Busiest = max(r.Busiest, (cputime.Used() - used).Milliseconds())
}

// tell sorts an error: a reason for a person, or something that nobody foresaw.
func (r *report) tell(doing string, err error) {
	var reason *documents.Fault
	switch {
	case err == nil:
	case errors.As(err, &reason):
		r.Refused = reason.Reason
	default:
		r.Unexplained = fmt.Sprintf("%s: %v", doing, err)
	}
}

// peak is the most memory that this process ever held, where the system says so.
func peak() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	var kb int64
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			fmt.Sscan(rest, &kb)
		}
	}
	return kb
}
