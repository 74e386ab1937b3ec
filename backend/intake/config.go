package intake

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"tracedesk/backend/freight"
)

// After is what becomes of a file in its folder once it is delivered.
type After string

// What may become of a delivered file. The desk has its own copy in every case, and no file is ever deleted.
const (
	Leave After = "leave" // it stays where it lies
	Keep  After = "keep"  // it is put into the folder FiledFolder beside it
	Move  After = "move"  // it is moved into Folder.To, which may lie on another drive
)

// FiledFolder is the folder, inside a watched one, where Keep puts what was delivered. It is never looked into.
const FiledFolder = "Filed by TraceDesk"

// Folder is one folder to watch.
type Folder struct {
	Path      string
	After     After  // empty means Leave
	To        string // of Move: the folder to which files are moved; not inside Path
	Recursive bool   // also the folders below
}

// Detector says what kind of file it is from its name and its first bytes (at most HeadSize).
type Detector func(name string, head []byte) freight.FileKind

// HeadSize is how many bytes of a file's beginning a Detector is shown.
const HeadSize = 64 << 10

// Config is what a Watcher needs to know. Zero durations take the default.
type Config struct {
	Folders  []Folder
	Rescan   time.Duration // how often a folder is looked through without any event; 1 minute
	Settle   time.Duration // how long size and time of change must stay the same; 2 seconds
	Patience time.Duration // how long a settled file may look unfinished before it is delivered with a doubt; 2 minutes
	Grace    time.Duration // how long Run waits, once stopped, for a drive that does not answer; 5 seconds
	Detector Detector
	Memory   Memory       // what was delivered before; nil remembers until Run ends
	Tell     func(Notice) // what a person may want to know; may be nil; called from several goroutines
}

// Notice is something about a folder or a file that is no delivery: a folder is away or back, a file is held by
// another program, a delivery failed and will be tried again.
type Notice struct {
	Folder string
	File   string // path inside the folder; empty when the folder itself is meant
	Text   string // one sentence for a person
	Away   bool   // the folder cannot be read at present
}

func (c Config) withDefaults() (Config, error) {
	if c.Detector == nil {
		return c, errors.New("a watched folder needs a detector that tells kinds of file apart")
	}
	def := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	def(&c.Rescan, time.Minute)
	def(&c.Settle, 2*time.Second)
	def(&c.Patience, 2*time.Minute)
	def(&c.Grace, 5*time.Second)
	if c.Memory == nil {
		c.Memory = newMemory()
	}
	if c.Tell == nil {
		c.Tell = func(Notice) {}
	}
	folders := make([]Folder, len(c.Folders))
	for i, f := range c.Folders {
		path, err := filepath.Abs(f.Path)
		if err != nil || f.Path == "" {
			return c, fmt.Errorf("%q is not a folder that can be watched; give its full path", f.Path)
		}
		f.Path = path
		switch f.After {
		case "":
			f.After = Leave
		case Leave, Keep:
		case Move:
			if f.To, err = filepath.Abs(f.To); err != nil || c.Folders[i].To == "" || inside(f.To, path) {
				return c, fmt.Errorf("the files of %s cannot be moved to %q: name a folder outside of it", path, c.Folders[i].To)
			}
		default:
			return c, fmt.Errorf("%q is not something that can be done with a delivered file; use leave, keep or move", f.After)
		}
		folders[i] = f
	}
	c.Folders = folders
	return c, nil
}

// inside reports whether a folder is another one or lies in it.
func inside(dir, of string) bool {
	rel, err := filepath.Rel(of, dir)
	return err == nil && filepath.IsLocal(rel)
}
