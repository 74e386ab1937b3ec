package window

import (
	"fmt"
	"os/exec"
	"runtime"
)

// openInProgram opens a file, a mailto or a tel address in the system's program
// for it and does not wait for that program.
func openInProgram(what string) error {
	var cmd *exec.Cmd
	switch runtime.GOOS {
	case "windows":
		// rundll32 takes the address as one argument; no shell reads it.
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", what)
	case "darwin":
		cmd = exec.Command("open", what)
	default:
		cmd = exec.Command("xdg-open", what)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("the system's program for %s could not be started: %w", what, err)
	}
	go cmd.Wait()
	return nil
}
