//go:build !windows

package intake

import (
	"errors"
	"syscall"
)

// openFlags keep an open from waiting when a pipe has taken the place of a file.
const openFlags = syscall.O_NONBLOCK

// heldElsewhere reports whether another program holds the file for itself. Unix has no exclusive open; programs that
// mean to keep others out take an advisory lock, which is honoured here. A drive without locks answers with another
// error, which counts as not held.
func heldElsewhere(path string) bool {
	fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0)
	if err != nil {
		return false
	}
	defer syscall.Close(fd) // releases the lock as well
	return errors.Is(syscall.Flock(fd, syscall.LOCK_SH|syscall.LOCK_NB), syscall.EWOULDBLOCK)
}
