//go:build !windows

package intake

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestLockedFileWaitsForItsHolder(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		d.write("a.txt", "x")
		holder, err := os.OpenFile(filepath.Join(dir, "a.txt"), os.O_RDWR, 0)
		must(t, err)
		must(t, syscall.Flock(int(holder.Fd()), syscall.LOCK_EX))
		d.pass(5 * time.Minute)
		d.want()
		if len(d.told) != 1 || !strings.Contains(d.told[0].Text, "another program") {
			t.Errorf("told %v", d.told)
		}
		must(t, holder.Close())
		d.pass(2 * time.Minute)
		d.want("a.txt")
		d.stop()
	})
}

func TestPipeInPlaceOfAFileDoesNotBlock(t *testing.T) {
	dir := t.TempDir()
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe.txt"), 0o600))
	synctest.Test(t, func(t *testing.T) {
		d := watch(t, dir, nil)
		d.pass(5 * time.Minute)
		d.want()
		d.stop()
	})
}
