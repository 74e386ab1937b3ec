//go:build unix

// Package cputime tells what a benchmark has used of the processors: on a busy machine the only clock that tells two loops apart.
package cputime

import (
	"syscall"
	"time"
)

// Used is what this process has used of the processors so far; 0 where that is not told.
func Used() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
