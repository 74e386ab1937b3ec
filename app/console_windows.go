package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// attachConsole lets commands speak in the console they were typed in. Windows
// starts a program with a window detached from it. Output that was redirected
// into a file or another program is left as it is.
// https://learn.microsoft.com/windows/console/attachconsole
func attachConsole() {
	const parent = ^uintptr(0)
	attached, _, _ := windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole").Call(parent)
	if attached == 0 {
		return // started from the desktop, or a console program already
	}
	if !usable(os.Stdin) {
		reopen(&os.Stdin, "CONIN$", os.O_RDONLY)
	}
	if !usable(os.Stdout) {
		reopen(&os.Stdout, "CONOUT$", os.O_WRONLY)
	}
	if !usable(os.Stderr) {
		reopen(&os.Stderr, "CONOUT$", os.O_WRONLY)
	}
}

func usable(f *os.File) bool {
	if f == nil {
		return false
	}
	kind, err := windows.GetFileType(windows.Handle(f.Fd()))
	return err == nil && kind != windows.FILE_TYPE_UNKNOWN
}

func reopen(f **os.File, name string, flag int) {
	if opened, err := os.OpenFile(name, flag, 0); err == nil {
		*f = opened
	}
}
