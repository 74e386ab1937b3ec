package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Running is a desk that holds a data folder: where its /api listens, and the token that opens it.
type Running struct {
	PID   int    `json:"pid"`
	Addr  string `json:"addr"`  // 127.0.0.1:port; empty while the desk only works (a command) and cannot be asked
	Token string `json:"token"` // for the header X-TraceDesk-Token
}

// BusyError says that another process holds the data folder.
type BusyError struct {
	Dir     string
	Running Running
}

func (e *BusyError) Error() string {
	return fmt.Sprintf("another TraceDesk (process %d) works on %s; wait until it has ended, or close it", e.Running.PID, e.Dir)
}

// Code is the error's kind.
func (e *BusyError) Code() string { return "conflict" }

// folderLock is the one lock of a data folder. The address lies in a file of its own, because a locked file cannot be read
// on Windows.
type folderLock struct {
	lock *flock.Flock
	card string
}

func lockFolder(dir string) (*folderLock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder cannot be made: %w", err)
	}
	l := &folderLock{lock: flock.New(filepath.Join(dir, "desk.lock")), card: filepath.Join(dir, "desk.json")}
	// A command that only looks whether a desk is there holds the lock for an instant.
	ctx, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	ok, err := l.lock.TryLockContext(ctx, 50*time.Millisecond)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return nil, fmt.Errorf("the data folder cannot be locked: %w", err)
	}
	if !ok {
		running, _ := readCard(l.card)
		return nil, &BusyError{Dir: dir, Running: running}
	}
	return l, l.say(Running{PID: os.Getpid()})
}

// say writes where the desk can be asked, readable by its owner alone.
func (l *folderLock) say(r Running) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return WriteFile(l.card, b, 0o600)
}

func (l *folderLock) free() error {
	return errors.Join(os.Remove(l.card), l.lock.Unlock())
}

// Find is the desk that holds the folder now; ok is false when none does. A card left by a killed desk is not believed:
// the lock tells.
func Find(dir string) (r Running, ok bool) {
	lock := flock.New(filepath.Join(dir, "desk.lock"))
	if _, err := os.Stat(lock.Path()); err != nil {
		return r, false
	}
	free, err := lock.TryRLock()
	if err != nil {
		return r, false
	}
	if free {
		lock.Unlock()
		return r, false
	}
	r, err = readCard(filepath.Join(dir, "desk.json"))
	return r, err == nil
}

func readCard(path string) (r Running, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(b, &r)
}

// WriteFile writes a small file whole or not at all: beside it, flushed, renamed into place.
func WriteFile(path string, body []byte, mode os.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".writing-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(body)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
