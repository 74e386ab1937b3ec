package start

import "golang.org/x/sys/windows"

// letComeForward lets the desk that runs already take the foreground, which
// Windows grants to the program that was just started and to nobody else.
// https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-allowsetforegroundwindow
func letComeForward() {
	const anyProcess = ^uintptr(0)
	windows.NewLazySystemDLL("user32.dll").NewProc("AllowSetForegroundWindow").Call(anyProcess)
}
