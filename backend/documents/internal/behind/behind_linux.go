package behind

import "syscall"

// niceness: a thread of the screens gets three turns to one of the reading (sched(7), 1.25 a step), and reading is not starved by
// whatever else runs.
const niceness = 5

// stepBack: 0 is the calling thread, not the process, on Linux alone (setpriority(2), "C library/kernel differences").
func stepBack() {
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, niceness)
}
