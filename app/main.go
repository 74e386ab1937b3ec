// Command tracedesk is the desk: its window, its screens in a browser, and its
// command line, in one program.
package main

import (
	"os"

	"tracedesk/app/cli"
)

func main() {
	attachConsole()
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
