package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Packages of Debian and its relatives.
var (
	windowPackages    = []string{"build-essential", "pkg-config", "libgtk-3-dev", "libwebkit2gtk-4.1-dev"}
	displayPackages   = []string{"xvfb", "xauth", "dbus", "imagemagick", "xdotool"}
	browserPackages   = []string{"chromium"}
	installerPackages = []string{"nsis"}
	paperPackages     = []string{"poppler-utils", "qpdf"}
)

// install gets Debian packages that are not there yet, where this system is of
// that family and we may. It returns a *missing that says what to do otherwise.
func (p *project) install(what string, packages []string) error {
	absent := slices.DeleteFunc(slices.Clone(packages), installed)
	if len(absent) == 0 {
		return nil
	}
	if !has("apt-get") {
		return &missing{what, "install what your system calls " + strings.Join(absent, ", ")}
	}
	how := "sudo apt-get install " + strings.Join(absent, " ")
	prefix, ok := privilege()
	if !ok {
		return &missing{what, how}
	}
	fmt.Println("installing", strings.Join(absent, " "))
	env := []string{"DEBIAN_FRONTEND=noninteractive"}
	get := func(args ...string) error {
		return p.run(call{env: env, cmd: append(append(slices.Clone(prefix), "apt-get", "-qq"), args...)})
	}
	if err := repeat(func() error { return get("update") }); err != nil {
		return &missing{what + ": the package lists could not be fetched", how}
	}
	if err := repeat(func() error {
		return get(append([]string{"install", "-y", "--no-install-recommends"}, absent...)...)
	}); err != nil {
		return &missing{what, how}
	}
	return nil
}

// repeat tries three times: package servers fail now and then.
func repeat(try func() error) error {
	var err error
	for wait := range 3 {
		time.Sleep(time.Duration(wait) * 5 * time.Second)
		if err = try(); err == nil {
			return nil
		}
	}
	return err
}

func installed(debianPackage string) bool {
	out, err := exec.Command("dpkg-query", "-W", "-f", "${db:Status-Status}", debianPackage).Output()
	return err == nil && string(out) == "installed"
}

// privilege is how to become root without asking a person, if at all.
func privilege() (prefix []string, ok bool) {
	if os.Geteuid() == 0 {
		return nil, true
	}
	if exec.Command("sudo", "-n", "true").Run() == nil {
		return []string{"sudo", "-n"}, true
	}
	return nil, false
}

// windowTags are the build tags of the window on this system; an error says why
// the window cannot be built here.
func (p *project) windowTags() (string, error) {
	switch runtime.GOOS {
	case "windows":
		return windowsTags, nil
	case "darwin":
		if exec.Command("xcode-select", "-p").Run() != nil {
			return "", &missing{"Apple's compiler is missing", "xcode-select --install"}
		}
		return "desktop,production", nil
	}
	if tags, ok := linuxTags(); ok {
		return tags, nil
	}
	if err := p.install("the window's system libraries (GTK, WebKitGTK) are missing", windowPackages); err != nil {
		return "", err
	}
	if tags, ok := linuxTags(); ok {
		return tags, nil
	}
	return "", &missing{"GTK and WebKitGTK are installed but pkg-config does not find them", "check pkg-config --libs webkit2gtk-4.1"}
}

// windowsTags: without a WebView2 runtime the desk opens in the browser; it does
// not download one unasked.
const windowsTags = "desktop,production,wv2runtime.error"

func linuxTags() (string, bool) {
	found := func(lib string) bool { return exec.Command("pkg-config", "--exists", lib).Run() == nil }
	switch {
	case !has("gcc") && !has("cc"), !found("gtk+-3.0"):
		return "", false
	case found("webkit2gtk-4.1"):
		return "desktop,production,webkit2_41", true
	case found("webkit2gtk-4.0"):
		return "desktop,production", true
	}
	return "", false
}

// chromium finds a browser for the end-to-end tests.
func (p *project) chromium() (string, error) {
	if given := os.Getenv("CHROMIUM"); given != "" {
		return given, nil
	}
	if path, ok := findBrowser(); ok {
		return path, nil
	}
	if err := p.install("no Chromium was found", browserPackages); err != nil {
		return "", err
	}
	if path, ok := findBrowser(); ok {
		return path, nil
	}
	return "", &missing{"no Chromium was found", "install Chromium, Chrome or Edge, or set CHROMIUM to its program"}
}

func findBrowser() (string, bool) {
	for _, name := range []string{
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
		`C:\Program Files\Google\Chrome\Application\chrome.exe`,
		`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
	} {
		if path, err := exec.LookPath(name); err == nil {
			return path, true
		}
	}
	return "", false
}
