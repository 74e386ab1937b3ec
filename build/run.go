package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
)

// runDesk sets up, builds and starts the desk.
func runDesk(p *project, args []string) error {
	fmt.Println("== the screens")
	if err := p.screens(); err != nil {
		return err
	}
	fmt.Println("== the program")
	tags, why := p.windowTags()
	if why != nil {
		fmt.Println("without the window:", why)
	}
	binary := p.binary("tracedesk", runtime.GOOS)
	if err := p.buildProgram(target{out: binary, tags: tags}); err != nil {
		return err
	}
	switch {
	case why != nil:
		fmt.Println("== TraceDesk in the browser (the window could not be built, see above)")
	case !hasDisplay():
		fmt.Println("== TraceDesk in the browser (there is no display)")
	default:
		fmt.Println("== TraceDesk in its window")
	}
	return start(binary, args)
}

// start runs the desk until it ends. Ctrl+C reaches the desk too, which stops
// in its own time.
func start(binary string, args []string) error {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	defer signal.Stop(signals)
	desk := exec.Command(binary, args...)
	desk.Stdin, desk.Stdout, desk.Stderr = os.Stdin, os.Stdout, os.Stderr
	return desk.Run()
}

// target is one program to build.
type target struct {
	out, tags    string
	goos, goarch string // "": this system's
	gui          bool   // no console window on Windows
}

func (p *project) buildProgram(t target) error {
	flags := "-s -w -X tracedesk/app/cli.Version=" + p.info.Info.ProductVersion
	if t.gui {
		flags += " -H windowsgui"
	}
	var env []string
	if t.goos != "" && (t.goos != runtime.GOOS || t.goarch != runtime.GOARCH) {
		env = []string{"GOOS=" + t.goos, "GOARCH=" + t.goarch, "CGO_ENABLED=0"}
	}
	return p.run(call{env: env, cmd: []string{"go", "build", "-trimpath", "-tags", t.tags, "-ldflags", flags, "-o", t.out, "./app"}})
}
