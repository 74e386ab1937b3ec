package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"time"
)

// attempt tries to deliver one file that has come to rest.
func (l *lane) attempt(ctx context.Context, rel string) {
	k := l.waiting[rel]
	if k == nil {
		return
	}
	file, ready := l.examine(ctx, rel, k)
	if !ready || ctx.Err() != nil {
		return
	}
	switch err := l.handOver(ctx, file); {
	case err == nil:
	case ctx.Err() != nil:
		return
	case errors.Is(err, ErrStillWritten):
		l.setBack(k)
		return
	default:
		l.later(rel, k, fmt.Sprintf("the file could not be taken in (%v); it is tried again", err))
		return
	}
	delete(l.waiting, rel)
	if err := l.w.cfg.Memory.Remember(mark(file)); err != nil {
		l.tell(rel, err.Error())
	}
	l.putAway(file)
}

// examine reads the file through. When the file is not ready it has been set back, begun anew, or forgotten.
func (l *lane) examine(ctx context.Context, rel string, k *look) (file File, ready bool) {
	root, err := os.OpenRoot(l.Path)
	if err != nil {
		l.lost(err)
		return file, false
	}
	defer root.Close()
	file = File{Folder: l.Path, Rel: rel, Name: path.Base(rel), Size: k.size, ModTime: k.mod}
	if heldElsewhere(file.Path()) {
		l.later(rel, k, "another program still has the file open; it is tried again")
		return file, false
	}
	open, info, err := openRegular(root, rel)
	if errors.Is(err, os.ErrNotExist) {
		l.gone(rel)
		return file, false
	}
	if err != nil {
		l.later(rel, k, fmt.Sprintf("the file cannot be opened (%v); it is tried again", err))
		return file, false
	}
	defer open.Close()
	if l.changed(rel, k, info) {
		return file, false
	}
	head := make([]byte, min(k.size, HeadSize))
	if _, err := io.ReadFull(open, head); err != nil {
		l.later(rel, k, fmt.Sprintf("the file cannot be read (%v); it is tried again", err))
		return file, false
	}
	file.Doubt = unfinished(open, k.size, head)
	if file.Doubt != "" && time.Since(k.since) < l.w.cfg.Patience {
		l.setBack(k) // most likely still being written: nobody need be told
		return file, false
	}
	if file.Hash, err = hash(ctx, open); err != nil {
		l.later(rel, k, fmt.Sprintf("the file cannot be read to its end (%v); it is tried again", err))
		return file, false
	}
	if info, err = open.Stat(); err != nil || l.changed(rel, k, info) {
		return file, false
	}
	file.Kind = l.w.cfg.Detector(file.Name, head)
	_, file.Seen = l.w.cfg.Memory.Recall(mark(file))
	return file, true
}

// changed reports whether the file is no longer as noted; then its time of rest begins anew.
func (l *lane) changed(rel string, k *look, info os.FileInfo) bool {
	if k.size == info.Size() && k.mod.Equal(info.ModTime()) {
		return false
	}
	delete(l.waiting, rel)
	l.consider(rel, info)
	return true
}

// handOver waits for this folder's turn and delivers.
func (l *lane) handOver(ctx context.Context, file File) error {
	select {
	case l.w.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-l.w.turn }()
	return l.deliver(ctx, file)
}

// later sets the file back and says why, once.
func (l *lane) later(rel string, k *look, problem string) {
	l.setBack(k)
	if k.told != problem {
		k.told = problem
		l.tell(rel, problem)
	}
}

// setBack waits twice as long as the last time, never longer than until the next rescan.
func (l *lane) setBack(k *look) {
	k.wait = min(2*k.wait, max(l.w.cfg.Rescan, l.w.cfg.Settle))
	k.due = time.Now().Add(k.wait)
}

// putAway does with a delivered file what the folder's setting says. What fails is tried again at the next rescan.
func (l *lane) putAway(file File) {
	if l.After == Leave {
		return
	}
	root, err := os.OpenRoot(l.Path)
	if err != nil {
		return
	}
	defer root.Close()
	rel := filepath.FromSlash(file.Rel)
	info, err := root.Lstat(rel)
	if err != nil || !info.Mode().IsRegular() || info.Size() != file.Size || !info.ModTime().Equal(file.ModTime) {
		return // another file has taken its place: that one is not delivered yet
	}
	if l.After == Move {
		err = file.move(root, l.To)
	} else {
		err = file.keep(root)
	}
	if err != nil {
		l.tell(file.Rel, fmt.Sprintf("the file was taken in but cannot be put away (%v)", err))
		return
	}
	if err := l.w.cfg.Memory.Forget(file.Path()); err != nil {
		l.tell(file.Rel, err.Error())
	}
}

// keep puts the file into FiledFolder under a name that is still free there.
func (f File) keep(root *os.Root) error {
	if err := root.MkdirAll(FiledFolder, 0o755); err != nil {
		return err
	}
	name, err := f.freeName(func(name string) bool {
		_, err := root.Lstat(filepath.Join(FiledFolder, name))
		return errors.Is(err, os.ErrNotExist)
	})
	if err != nil {
		return err
	}
	return root.Rename(filepath.FromSlash(f.Rel), filepath.Join(FiledFolder, name))
}

// freeName is the file's name, with a number where it is taken.
func (f File) freeName(free func(string) bool) (string, error) {
	ext := path.Ext(f.Name)
	stem := f.Name[:len(f.Name)-len(ext)]
	for n := 1; n < 10000; n++ {
		name := f.Name
		if n > 1 {
			name = fmt.Sprintf("%s (%d)%s", stem, n, ext)
		}
		if free(name) {
			return name, nil
		}
	}
	return "", fmt.Errorf("there are too many files named %s already", f.Name)
}

// move puts the file into another folder, on whatever drive: a copy is made there, read back by its hash and on disk before
// the file itself goes.
func (f File) move(root *os.Root, to string) (err error) {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	src, info, err := openRegular(root, f.Rel)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.CreateTemp(to, ".moving-*")
	if err != nil {
		return err
	}
	defer os.Remove(dst.Name()) // gone already when all went well
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(dst, sum), src)
	if err = errors.Join(err, dst.Sync(), dst.Close()); err != nil {
		return err
	}
	copied, err := hashAt(dst.Name())
	if err != nil {
		return err
	}
	if copied != hex.EncodeToString(sum.Sum(nil)) || f.Hash != "" && f.Hash != copied {
		return errors.New("its copy is not the file that was delivered")
	}
	name, err := f.freeName(func(name string) bool {
		_, err := os.Lstat(filepath.Join(to, name))
		return errors.Is(err, os.ErrNotExist)
	})
	if err == nil {
		err = errors.Join(os.Chmod(dst.Name(), info.Mode().Perm()), os.Chtimes(dst.Name(), info.ModTime(), info.ModTime()), os.Rename(dst.Name(), filepath.Join(to, name)))
	}
	if err != nil {
		return err
	}
	src.Close() // Windows does not let an open file go
	return root.Remove(filepath.FromSlash(f.Rel))
}

func hashAt(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return hash(context.Background(), file)
}

// hash is the SHA-256 of the whole file. It looks at ctx between pieces, so that a slow drive does not hold up a stop.
func hash(ctx context.Context, file io.ReaderAt) (string, error) {
	sum := sha256.New()
	buf := make([]byte, 256<<10)
	for at := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		n, err := file.ReadAt(buf, at)
		sum.Write(buf[:n])
		at += int64(n)
		if err == io.EOF {
			return hex.EncodeToString(sum.Sum(nil)), nil
		}
		if err != nil {
			return "", err
		}
	}
}
