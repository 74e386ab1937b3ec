package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Restore puts a backup in the desk file's place and says where the present file is kept, "" when there was none. The backup is opened and checked
// first; nothing changes when it is not sound. The caller makes sure that no desk runs on the folder.
func Restore(ctx context.Context, dir, backup string, now time.Time) (kept string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	fresh := filepath.Join(dir, "restoring")
	if err := os.RemoveAll(fresh); err != nil {
		return "", err
	}
	if err := os.Mkdir(fresh, 0o700); err != nil {
		return "", err
	}
	defer os.RemoveAll(fresh)
	if err := copyFile(backup, filepath.Join(fresh, FileName)); err != nil {
		return "", fmt.Errorf("the backup cannot be read: %w", err)
	}
	if err := isDesk(filepath.Join(fresh, FileName)); err != nil {
		return "", err
	}
	if err := checkBackup(ctx, fresh); err != nil {
		return "", fmt.Errorf("the backup is not used: %w", err)
	}
	path := filepath.Join(dir, FileName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", os.Rename(filepath.Join(fresh, FileName), path)
	}
	kept = path + ".before-restore-" + now.UTC().Format("20060102T150405")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(path+suffix, kept+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return kept, os.Rename(filepath.Join(fresh, FileName), path)
}

// isDesk looks at the file itself: opening an empty or foreign file for writing would make a new desk of it. The mark stands
// in bytes 68 to 71 of every SQLite file (https://sqlite.org/fileformat2.html, "Application ID").
func isDesk(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, 72)
	if _, err := io.ReadFull(f, head); err != nil || binary.BigEndian.Uint32(head[68:]) != applicationID {
		return errors.New("that file is no backup of a desk; nothing was changed")
	}
	return nil
}

func checkBackup(ctx context.Context, dir string) error {
	st, err := Open(ctx, dir, ReadWrite)
	if err != nil {
		return err
	}
	problems, err := st.Check(ctx)
	if err == nil && len(problems) > 0 {
		err = errors.New(problems[0])
	}
	return errors.Join(err, st.Close())
}

func copyFile(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, src)
	if err == nil {
		err = dst.Sync()
	}
	return errors.Join(err, dst.Close())
}
