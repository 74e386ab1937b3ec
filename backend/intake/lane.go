package intake

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"time"
)

// lane is the work on one folder. Only its own goroutine touches it.
type lane struct {
	Folder
	w       *Watcher
	deliver Deliver
	bell    *bell
	ears    ears
	waiting map[string]*look // by path inside the folder
	away    bool
}

// look is what was last seen of a file that is not delivered yet.
type look struct {
	size  int64
	mod   time.Time
	since time.Time     // when size and time of change were first seen as they are
	wait  time.Duration // grows while the file is held or refused
	due   time.Time     // when to look again
	told  string        // the last notice, so that it is not repeated
}

func (l *lane) run(ctx context.Context) {
	if heard, err := l.w.listen(l.bell); err == nil {
		l.ears = heard
		defer heard.Close()
	} else {
		l.tell("", fmt.Sprintf("the system cannot watch folders (%v); the folder is looked through every %s instead", err, l.w.cfg.Rescan))
	}
	rescan := time.NewTicker(l.w.cfg.Rescan)
	defer rescan.Stop()
	ripe := time.NewTimer(0)
	defer ripe.Stop()
	l.scan(ctx)
	for {
		l.arm(ripe)
		select {
		case <-ctx.Done():
			return
		case <-l.bell.rings:
			l.heard(ctx)
		case <-rescan.C:
			l.scan(ctx)
		case <-ripe.C:
			l.ripen(ctx)
		}
	}
}

// arm sets the timer to the earliest file that is due.
func (l *lane) arm(ripe *time.Timer) {
	ripe.Stop()
	var first time.Time
	for _, k := range l.waiting {
		if first.IsZero() || k.due.Before(first) {
			first = k.due
		}
	}
	if !first.IsZero() {
		ripe.Reset(time.Until(first))
	}
}

// heard looks at what the system named. A folder (new, renamed, vanished) means a look through everything.
func (l *lane) heard(ctx context.Context) {
	paths, all := l.bell.take()
	if all || l.away {
		l.scan(ctx)
		return
	}
	root, err := os.OpenRoot(l.Path)
	if err != nil {
		l.lost(err)
		return
	}
	defer root.Close()
	for _, path := range paths {
		rel, err := filepath.Rel(l.Path, path)
		if err != nil || !filepath.IsLocal(rel) {
			continue // an event that points out of the folder is none of ours
		}
		if rel == "." {
			l.scan(ctx)
			return
		}
		info, err := root.Lstat(rel)
		switch {
		case err != nil:
			l.gone(filepath.ToSlash(rel))
		case info.IsDir() && l.Recursive:
			l.scan(ctx)
			return
		default:
			l.consider(filepath.ToSlash(rel), info)
		}
	}
}

// scan looks through the whole folder, and notices when it is away or back.
func (l *lane) scan(ctx context.Context) {
	root, err := os.OpenRoot(l.Path)
	if err != nil {
		l.lost(err)
		return
	}
	defer root.Close()
	if l.away {
		l.away = false
		l.tell("", "the folder is back")
	}
	l.hark(".")
	seen := map[string]bool{}
	err = fs.WalkDir(root.FS(), ".", func(rel string, entry fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return nil // what cannot be read now is met again at the next look
		}
		if entry.IsDir() {
			return l.enter(rel, entry)
		}
		if info, err := entry.Info(); err == nil {
			seen[rel] = true
			l.consider(rel, info)
		}
		return nil
	})
	if err != nil {
		return
	}
	for rel := range l.waiting {
		if !seen[rel] {
			delete(l.waiting, rel)
		}
	}
}

// enter decides whether a folder below is looked into.
func (l *lane) enter(rel string, entry fs.DirEntry) error {
	if rel == "." {
		return nil
	}
	if !l.Recursive || entry.Name() == FiledFolder || strings.HasPrefix(entry.Name(), ".") {
		return fs.SkipDir
	}
	l.hark(rel)
	return nil
}

// hark asks for events of a folder. Where the system refuses (too many watches, some network drives) the rescan does.
func (l *lane) hark(rel string) {
	if l.ears != nil {
		_ = l.ears.Listen(filepath.Join(l.Path, filepath.FromSlash(rel)))
	}
}

func (l *lane) lost(err error) {
	clear(l.waiting)
	if !l.away {
		l.away = true
		l.tell("", fmt.Sprintf("the folder cannot be read (%v); it is tried again every %s", err, l.w.cfg.Rescan))
	}
}

func (l *lane) gone(rel string) {
	delete(l.waiting, rel)
	if l.After != Leave {
		_ = l.w.cfg.Memory.Forget(File{Folder: l.Path, Rel: rel}.Path())
	}
}

// consider notes a file that may have to be delivered. One that is as it was when last seen keeps its place in time.
func (l *lane) consider(rel string, info fs.FileInfo) {
	if !info.Mode().IsRegular() || !l.wanted(rel, info.Name()) {
		return
	}
	size, mod := info.Size(), info.ModTime()
	if k := l.waiting[rel]; k != nil && k.size == size && k.mod.Equal(mod) {
		return
	}
	file := File{Folder: l.Path, Rel: rel, Name: info.Name(), Size: size, ModTime: mod}
	if before, _ := l.w.cfg.Memory.Recall(mark(file)); before {
		delete(l.waiting, rel)
		l.putAway(file) // it was delivered, but could not be put away then
		return
	}
	now := time.Now()
	l.waiting[rel] = &look{size: size, mod: mod, since: now, wait: l.w.cfg.Settle, due: now.Add(l.w.cfg.Settle)}
}

// wanted reports whether a name is one to take. Only the file's own folder decides about folders below.
func (l *lane) wanted(rel, name string) bool {
	if !l.Recursive && strings.Contains(rel, "/") {
		return false
	}
	for _, part := range strings.Split(rel, "/") {
		if part == FiledFolder {
			return false
		}
	}
	if passingName(name) {
		return false
	}
	return runtime.GOOS != "windows" || !reservedName(name)
}

// ripen takes what has come to rest, the oldest first, so that exports are read in the order in which they were made.
func (l *lane) ripen(ctx context.Context) {
	now := time.Now()
	var due []string
	for rel, k := range l.waiting {
		if !k.due.After(now) {
			due = append(due, rel)
		}
	}
	sort.Slice(due, func(i, j int) bool {
		a, b := l.waiting[due[i]], l.waiting[due[j]]
		if !a.mod.Equal(b.mod) {
			return a.mod.Before(b.mod)
		}
		return due[i] < due[j]
	})
	for _, rel := range due {
		if ctx.Err() != nil {
			return
		}
		l.attempt(ctx, rel)
	}
}

func (l *lane) tell(rel, text string) {
	l.w.cfg.Tell(Notice{Folder: l.Path, File: rel, Text: text, Away: l.away})
}

func mark(f File) Mark { return Mark{Path: f.Path(), Size: f.Size, Mod: f.ModTime, Hash: f.Hash} }
