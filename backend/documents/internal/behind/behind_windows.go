package behind

import "golang.org/x/sys/windows"

// belowNormal is THREAD_PRIORITY_BELOW_NORMAL, -1 as the system takes it (processthreadsapi.h, SetThreadPriority). Windows lifts a
// thread that waits too long for its turn, so that reading goes on beside a program that takes all there is.
const belowNormal = ^uintptr(0)

var setThreadPriority = windows.NewLazySystemDLL("kernel32.dll").NewProc("SetThreadPriority")

func stepBack() {
	_, _, _ = setThreadPriority.Call(uintptr(windows.CurrentThread()), belowNormal)
}
