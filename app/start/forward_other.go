//go:build !windows

package start

// letComeForward is needed on Windows only.
func letComeForward() {}
