package main

import (
	"debug/pe"
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// windowsPackage builds the Windows program and its installer, on any system:
// neither needs a C compiler.
func windowsPackage(p *project) (string, error) {
	if err := p.screens(); err != nil {
		return "", err
	}
	exe := p.binary("tracedesk", "windows")
	if err := p.windowsProgram(exe); err != nil {
		return "", err
	}
	if err := checkProgram(exe); err != nil {
		return "", err
	}
	if err := sign(exe); err != nil {
		return "", err
	}
	installer, err := p.windowsInstaller(exe)
	if err != nil {
		return "", err
	}
	return sizes(exe, installer), sign(installer)
}

// windowsProgram adds icon, manifest and version as a resource object, which the
// Go linker takes from the folder of package main, and removes it again.
func (p *project) windowsProgram(exe string) (err error) {
	version := p.info.Info.ProductVersion
	if err := p.tool(call{cmd: []string{
		"go-winres", "make", "--in", p.path("build", "windows", "winres.json"), "--arch", "amd64",
		"--out", p.path("app", "resources"), "--product-version", version, "--file-version", version,
	}}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(p.path("app", "resources_windows_amd64.syso"))) }()
	return p.buildProgram(target{out: exe, tags: windowsTags, goos: "windows", goarch: "amd64", gui: true})
}

// windowsInstaller runs NSIS. Where Microsoft's standalone WebView2 installer
// lies beside project.nsi it goes in, for machines without a network.
func (p *project) windowsInstaller(exe string) (string, error) {
	if !has("makensis") {
		if err := p.install("makensis (NSIS) is missing, so there is no installer", installerPackages); err != nil {
			return "", err
		}
	}
	folder := p.path("build", "windows", "installer")
	installer := p.path("build", "bin", "TraceDesk-"+p.info.Info.ProductVersion+"-setup.exe")
	args := []string{"-V2", "-NOCD",
		"-DVERSION=" + p.info.Info.ProductVersion, "-DCOMPANY=" + p.info.Info.CompanyName, "-DCOPYRIGHT=" + p.info.Info.Copyright,
		"-DPROGRAM=" + exe, "-DICON=" + p.path("build", "windows", "icon.ico"), "-DOUT=" + installer}
	webview := p.path("build", "windows", "installer", webViewInstaller)
	if _, err := os.Stat(webview); err == nil {
		args = append(args, "-DWEBVIEW2="+webview)
	} else {
		fmt.Println("note: without WebView2 inside (see build/README.md for the offline option)")
	}
	return installer, p.sh(append(append([]string{"makensis"}, args...), folder+string(os.PathSeparator)+"project.nsi")...)
}

// webViewInstaller is the file name under which Microsoft offers the Evergreen
// Standalone Installer:
// https://developer.microsoft.com/microsoft-edge/webview2/
const webViewInstaller = "MicrosoftEdgeWebView2RuntimeInstallerX64.exe"

// checkProgram reads the program's headers: 64 bit, a window program, and with
// resources.
func checkProgram(exe string) error {
	f, err := pe.Open(exe)
	if err != nil {
		return err
	}
	defer f.Close()
	header, ok := f.OptionalHeader.(*pe.OptionalHeader64)
	switch {
	case !ok || f.Machine != pe.IMAGE_FILE_MACHINE_AMD64:
		return fmt.Errorf("%s is not a 64-bit program", exe)
	case header.Subsystem != pe.IMAGE_SUBSYSTEM_WINDOWS_GUI:
		return fmt.Errorf("%s would open a console window", exe)
	case header.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_RESOURCE].Size == 0:
		return fmt.Errorf("%s has no icon, manifest and version", exe)
	}
	return nil
}

// sign runs the builder's own signing program on a file, when SIGN names one:
// certificate and password stay out of the repository.
func sign(file string) error {
	signer := os.Getenv("SIGN")
	if signer == "" {
		return nil
	}
	cmd := exec.Command(signer, file)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("signing %s: %w", file, err)
	}
	return nil
}

func sizes(files ...string) string {
	note := ""
	for _, file := range files {
		if s, err := os.Stat(file); err == nil {
			note += fmt.Sprintf("%s %.1f MB  ", s.Name(), float64(s.Size())/1e6)
		}
	}
	return note
}
