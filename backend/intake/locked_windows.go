package intake

import (
	"errors"
	"syscall"
)

const openFlags = 0

// errSharingViolation is ERROR_SHARING_VIOLATION: another program has the file open and does not share it.
const errSharingViolation = syscall.Errno(32)

// heldElsewhere reports whether another program has the file open: an open that shares with nobody fails then.
func heldElsewhere(path string) bool {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return false
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ, 0, nil, syscall.OPEN_EXISTING, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return errors.Is(err, errSharingViolation)
	}
	_ = syscall.CloseHandle(h)
	return false
}
