package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// runPackage builds what this system can.
func runPackage(p *project, names []string) error {
	steps := []step{
		{name: "own", what: "the program for this system, with its window", run: ownProgram},
		{name: "windows", what: "Windows program and installer", run: windowsPackage},
		{name: "macos", what: "macOS application", run: macApplication, elsewhere: true},
	}
	steps, err := choose(steps, names)
	if err != nil {
		return err
	}
	return runSteps(p, steps)
}

// ownProgram builds two programs on Linux: with the window, and one that needs
// no system library at all and opens in the browser.
func ownProgram(p *project) (string, error) {
	if runtime.GOOS != "linux" {
		return "see the other steps", nil
	}
	if err := p.screens(); err != nil {
		return "", err
	}
	plain := p.binary("tracedesk-browser", "linux")
	if err := p.buildProgram(target{out: plain}); err != nil {
		return "", err
	}
	tags, err := p.windowTags()
	if err != nil {
		return sizes(plain), err
	}
	windowed := p.binary("tracedesk", "linux")
	if err := p.buildProgram(target{out: windowed, tags: tags}); err != nil {
		return "", err
	}
	return sizes(windowed, plain), nil
}

// macApplication assembles TraceDesk.app for both processors. Apple's frameworks
// exist on a Mac only.
func macApplication(p *project) (string, error) {
	if runtime.GOOS != "darwin" {
		return "", &missing{"a macOS application can be built on a Mac only", "run the same command there, or the workflow in .github"}
	}
	tags, err := p.windowTags()
	if err != nil {
		return "", err
	}
	if err := p.screens(); err != nil {
		return "", err
	}
	app := p.path("build", "bin", "TraceDesk.app")
	contents := filepath.Join(app, "Contents")
	for _, folder := range []string{"MacOS", "Resources"} {
		if err := os.MkdirAll(filepath.Join(contents, folder), 0o755); err != nil {
			return "", err
		}
	}
	if err := p.macProgram(filepath.Join(contents, "MacOS", "tracedesk"), tags); err != nil {
		return "", err
	}
	if err := p.macIcon(filepath.Join(contents, "Resources", "icon.icns")); err != nil {
		return "", err
	}
	plist, err := os.ReadFile(p.path("build", "darwin", "Info.plist"))
	if err != nil {
		return "", err
	}
	filled := strings.ReplaceAll(string(plist), "VERSION", p.info.Info.ProductVersion)
	if err := os.WriteFile(filepath.Join(contents, "Info.plist"), []byte(filled), 0o644); err != nil {
		return "", err
	}
	return p.macSign(app)
}

// macProgram builds for both processors and joins them.
func (p *project) macProgram(out, tags string) error {
	var parts []string
	for _, arch := range []string{"arm64", "amd64"} {
		part := p.path("build", "bin", "tracedesk-"+arch)
		flags := "-s -w -X tracedesk/app/cli.Version=" + p.info.Info.ProductVersion
		env := []string{"GOARCH=" + arch, "CGO_ENABLED=1"}
		if err := p.run(call{env: env, cmd: []string{"go", "build", "-trimpath", "-tags", tags, "-ldflags", flags, "-o", part, "./app"}}); err != nil {
			return err
		}
		parts = append(parts, part)
	}
	return p.sh(append([]string{"lipo", "-create", "-output", out}, parts...)...)
}

// macIcon makes an .icns with Apple's own tools.
func (p *project) macIcon(out string) error {
	set := p.path("build", "bin", "icon.iconset")
	if err := os.MkdirAll(set, 0o755); err != nil {
		return err
	}
	for _, size := range []int{16, 32, 128, 256, 512} {
		for scale, suffix := range map[int]string{1: "", 2: "@2x"} {
			pixels := fmt.Sprint(size * scale)
			file := filepath.Join(set, fmt.Sprintf("icon_%dx%d%s.png", size, size, suffix))
			if err := p.sh("sips", "-z", pixels, pixels, p.path("build", "appicon.png"), "--out", file); err != nil {
				return err
			}
		}
	}
	return p.sh("iconutil", "-c", "icns", "-o", out, set)
}

// macSign signs with the builder's certificate (MACOS_IDENTITY), else ad hoc:
// that runs on the Mac it was built on, and notices need it.
func (p *project) macSign(app string) (string, error) {
	identity, note := os.Getenv("MACOS_IDENTITY"), "signed"
	args := []string{"codesign", "--force", "--options", "runtime", "--entitlements", p.path("build", "darwin", "entitlements.plist")}
	if identity == "" {
		identity, note = "-", "not signed for other Macs (no MACOS_IDENTITY)"
	} else {
		args = append(args, "--timestamp")
	}
	if err := p.sh(append(args, "--sign", identity, app)...); err != nil {
		return "", err
	}
	return note, p.sh("ditto", "-c", "-k", "--keepParent", app, p.path("build", "bin", "TraceDesk-macos.zip"))
}
