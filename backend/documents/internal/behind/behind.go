// Package behind lets long work on a user's machine step behind what the user does meanwhile.
package behind

import "runtime"

// Screens ties the calling goroutine to its thread and has the system prefer other threads from now on, those that draw
// the screens among them. It is for goroutines that end with their work: the thread ends with them, and no other work
// is left with its place in the queue. Where the system knows no such order the work goes on as before.
func Screens() {
	runtime.LockOSThread()
	stepBack()
}
