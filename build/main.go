// Command build builds, runs, tests, measures and packages TraceDesk, the same
// way on every system, with nothing but Go and Node. From the top folder:
//
//	go run ./build help
package main

import (
	"fmt"
	"os"
)

type command struct {
	name, use string
	run       func(p *project, args []string) error
}

var commands = []command{
	{"run", "set up what is missing, build, and start the desk (words after run go to the desk)", runDesk},
	{"test", "set up what is missing and run every check; names of steps run only those", runTests},
	{"package", "build what this system can: programs and installers, into build/bin", runPackage},
	{"bench", "run one measurement or long proof in full; without a name: list them", runBench},
}

func main() {
	if len(os.Args) < 2 {
		help()
		os.Exit(2)
	}
	if os.Args[1] == "help" {
		help()
		return
	}
	for _, c := range commands {
		if c.name != os.Args[1] {
			continue
		}
		p, err := open()
		if err == nil {
			err = c.run(p, os.Args[2:])
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "\nbuild:", err)
			os.Exit(1)
		}
		return
	}
	fmt.Fprintf(os.Stderr, "build: there is no command %q; see go run ./build help\n", os.Args[1])
	os.Exit(2)
}

func help() {
	fmt.Println("go run ./build COMMAND")
	for _, c := range commands {
		fmt.Printf("  %-9s %s\n", c.name, c.use)
	}
	fmt.Printf("  %-9s %s\n", "help", "this text")
	fmt.Println("\nNeeded: Go", wantedGo, "or newer, Node", wantedNode, "or newer. The rest is fetched at pinned versions, or named when it cannot be.")
}
