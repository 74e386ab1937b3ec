package behind

import (
	"syscall"
	"testing"
)

// Only the thread that reads steps back; the rest of the program keeps its place.
func TestOnlyTheThreadStepsBack(t *testing.T) {
	place := func() int {
		raw, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
		if err != nil {
			t.Fatal(err)
		}
		return 20 - raw // the system call tells 20 less the nice value
	}
	before := place()
	behind := make(chan int)
	go func() {
		Screens()
		behind <- place()
	}()
	if got, want := <-behind, max(before, niceness); got != want {
		t.Errorf("the reading thread has the nice value %d, want %d", got, want)
	}
	if got := place(); got != before {
		t.Errorf("the others have the nice value %d, was %d", got, before)
	}
}
