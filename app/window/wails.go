//go:build desktop || bindings

package window

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	goruntime "runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/menu/keys"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/mac"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"tracedesk/app/serve"
)

//go:embed page.js
var pageScript string

// Available says why no window can open here, or nil.
func Available() error {
	if goruntime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.New("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)")
	}
	return nil
}

// Run opens the window and returns when it is closed or ctx ends. An error means
// that no window could be shown; the desk itself is untouched. Call it from the
// main goroutine.
func Run(ctx context.Context, o Options) (err error) {
	defer recovered("opening the window", &err)
	d := &desktop{options: o, ready: make(chan struct{})}
	d.native = &Native{shell: d, home: o.Home, api: o.API, look: remember(o.Home), opened: o.Opened}
	return wails.Run(d.wailsOptions(ctx))
}

// desktop is the one window: Wails' callbacks, and the shell of Native.
type desktop struct {
	options Options
	native  *Native

	ctx    context.Context // Wails' own; set once before ready is closed
	ready  chan struct{}
	once   sync.Once
	placed sync.Once
	left   atomic.Bool
}

func (d *desktop) wailsOptions(ctx context.Context) *options.App {
	place := d.native.look.lastPlace()
	state := options.Normal
	if place.Maximised {
		state = options.Maximised
	}
	return &options.App{
		Title:            d.options.Title,
		Width:            place.Width,
		Height:           place.Height,
		MinWidth:         minWidth,
		MinHeight:        minHeight,
		WindowStartState: state,
		BackgroundColour: background(d.native.look.Look().Theme),
		AssetServer:      &assetserver.Options{Handler: d.pages()},
		Menu:             d.menu(),
		OnStartup:        func(wctx context.Context) { d.started(ctx, wctx) },
		OnDomReady:       func(context.Context) { d.pageReady() },
		OnBeforeClose:    func(context.Context) (stay bool) { return d.closing() },
		Bind:             []any{d.native},
		DragAndDrop: &options.DragAndDrop{
			EnableFileDrop:  true,
			CSSDropProperty: "--wails-drop-target", // an element of the page that
			CSSDropValue:    "drop",                // has this style lights up
		},
		Windows: &windows.Options{
			WebviewUserDataPath: webviewFolder(),
			Messages:            withoutWebView2(),
		},
		Mac: &mac.Options{
			About:      &mac.AboutInfo{Title: "TraceDesk", Message: "Track and trace for freight.", Icon: d.options.Icon},
			OnFileOpen: func(path string) { d.files(Files{Paths: []string{path}, How: "opened"}) },
		},
		Linux: &linux.Options{
			Icon:        d.options.Icon,
			ProgramName: "tracedesk",
			// Hardware acceleration breaks on common drivers (wails issue 2977).
			WebviewGpuPolicy: linux.WebviewGpuPolicyNever,
		},
	}
}

// pages serves the screens and /api to the page. The asset server is reachable
// from this window only, so it asks for no token.
func (d *desktop) pages() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/api/", d.options.API)
	mux.Handle("/", serve.Assets(d.options.Assets))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		serve.Protect(w.Header())
		mux.ServeHTTP(w, r)
	})
}

// started runs before the page is loaded, in a goroutine of Wails.
func (d *desktop) started(ctx, wctx context.Context) {
	d.ctx = wctx
	close(d.ready)
	runtime.OnFileDrop(wctx, func(x, y int, paths []string) {
		d.files(Files{Paths: paths, How: "dropped", X: x, Y: y})
	})
	go d.run(ctx)
}

// run announces changes and later starts until ctx ends, then closes the window.
func (d *desktop) run(ctx context.Context) {
	go follow(ctx, d.options.API, func(notice string) { runtime.EventsEmit(d.ctx, "changes", notice) })
	place := time.NewTicker(20 * time.Second) // so that a crash loses little
	defer place.Stop()
	for {
		select {
		case <-ctx.Done():
			runtime.Quit(d.ctx)
			return
		case paths := <-d.options.Raised:
			runtime.WindowUnminimise(d.ctx)
			runtime.WindowShow(d.ctx)
			if len(paths) > 0 {
				d.files(Files{Paths: paths, How: "opened"})
			}
		case <-place.C:
			d.keepPlace()
		}
	}
}

// pageReady runs when the page is there, and again after a reload or a drop that
// the page did not handle.
func (d *desktop) pageReady() {
	// WebKitGTK may never paint a page that is given another size before its first frame.
	runtime.EventsOnce(d.ctx, "painted", func(...any) { d.placed.Do(d.moveToPlace) })
	runtime.WindowExecJS(d.ctx, pageScript)
	d.applyLook(d.native.look.Look())
	d.once.Do(func() {
		if d.options.Shown != nil {
			d.options.Shown()
		}
	})
}

// closing keeps the window's place. The system's word to stop reaches Wails and the desk, and both close the window: a second
// end of GTK's loop, from another thread while the window is taken down, would crash.
func (d *desktop) closing() (stay bool) {
	if d.left.Swap(true) {
		return true
	}
	d.keepPlace()
	return false
}

// screens are the monitors, the one the window is on first.
func (d *desktop) screens() []Screen {
	found, err := runtime.ScreenGetAll(d.ctx)
	if err != nil {
		return nil
	}
	var screens []Screen
	for _, s := range found {
		screen := Screen{Width: s.Size.Width, Height: s.Size.Height}
		if s.IsCurrent {
			screens = append([]Screen{screen}, screens...)
			continue
		}
		screens = append(screens, screen)
	}
	return screens
}

// moveToPlace puts the window where it stood with these monitors; with monitors
// it does not know, in the middle of the current one and no larger than that.
func (d *desktop) moveToPlace() {
	screens := d.screens()
	if place, ok := d.native.look.place(screens); ok {
		if !place.Maximised {
			runtime.WindowSetSize(d.ctx, place.Width, place.Height)
			settle(place.X, place.Y,
				func(x, y int) { runtime.WindowSetPosition(d.ctx, x, y) },
				func() (int, int) { return runtime.WindowGetPosition(d.ctx) })
		}
		return
	}
	if len(screens) > 0 && !runtime.WindowIsMaximised(d.ctx) {
		width, height := size(screens[0])
		runtime.WindowSetSize(d.ctx, width, height)
		// Not WindowCenter: on Linux it would still see the size before.
		runtime.WindowSetPosition(d.ctx, (screens[0].Width-width)/2, (screens[0].Height-height)/2)
	}
}

func (d *desktop) keepPlace() {
	if d.ctx == nil || runtime.WindowIsMinimised(d.ctx) || runtime.WindowIsFullscreen(d.ctx) {
		return
	}
	place := Place{Maximised: runtime.WindowIsMaximised(d.ctx)}
	place.X, place.Y = runtime.WindowGetPosition(d.ctx)
	place.Width, place.Height = runtime.WindowGetSize(d.ctx)
	if err := d.native.look.setPlace(d.screens(), place); err != nil {
		runtime.LogWarning(d.ctx, err.Error())
	}
}

func (d *desktop) files(f Files) {
	<-d.ready
	if len(f.Paths) > 0 {
		runtime.EventsEmit(d.ctx, "files", f)
	}
}

// chooseFiles and the methods below are the shell of Native.

func (d *desktop) chooseFiles() ([]string, error) {
	paths, err := runtime.OpenMultipleFilesDialog(d.ctx, runtime.OpenDialogOptions{
		Title: "Files for the desk",
		Filters: []runtime.FileFilter{
			{DisplayName: "All files", Pattern: "*.*;*"},
			{DisplayName: "Sheets (*.csv, *.xlsx, *.txt)", Pattern: "*.csv;*.xlsx;*.txt;*.CSV;*.XLSX"},
			{DisplayName: "EDI (*.edi, *.x12, *.204, *.214)", Pattern: "*.edi;*.x12;*.204;*.214;*.EDI"},
			{DisplayName: "Papers (*.pdf, *.png, *.jpg, *.tif)", Pattern: "*.pdf;*.png;*.jpg;*.jpeg;*.tif;*.tiff;*.PDF"},
		},
	})
	if paths == nil {
		paths = []string{}
	}
	return paths, err
}

func (d *desktop) chooseFolder() (string, error) {
	return runtime.OpenDirectoryDialog(d.ctx, runtime.OpenDialogOptions{Title: "A folder for the desk"})
}

func (d *desktop) chooseTarget(name string) (string, error) {
	return runtime.SaveFileDialog(d.ctx, runtime.SaveDialogOptions{Title: "Save", DefaultFilename: name, CanCreateDirectories: true})
}

// notify connects on first use: most days nobody asks, and connecting fails on
// systems without a notification service.
func (d *desktop) notify(title, body string) error {
	if !runtime.IsNotificationAvailable(d.ctx) {
		return errors.New("this system shows no notices")
	}
	if err := runtime.InitializeNotifications(d.ctx); err != nil {
		return fmt.Errorf("this system shows no notices: %w", err)
	}
	allowed, err := runtime.RequestNotificationAuthorization(d.ctx)
	if err != nil || !allowed {
		return errors.Join(errors.New("notices are switched off for TraceDesk in the system's settings"), err)
	}
	id := fmt.Sprintf("tracedesk-%d", time.Now().UnixNano())
	return runtime.SendNotification(d.ctx, runtime.NotificationOptions{ID: id, Title: title, Body: body})
}

func (d *desktop) browse(address string) { runtime.BrowserOpenURL(d.ctx, address) }
func (d *desktop) print()                { runtime.WindowPrint(d.ctx) }

// applyLook zooms the page itself (Wails has no zoom that works everywhere) and
// tells it; --zoom lets styles that use vh or vw correct for it.
func (d *desktop) applyLook(look Look) {
	runtime.WindowExecJS(d.ctx, fmt.Sprintf(
		`document.documentElement.style.zoom = "%[1]g"; document.documentElement.style.setProperty("--zoom", "%[1]g");`, look.Zoom))
	switch look.Theme {
	case "dark":
		runtime.WindowSetDarkTheme(d.ctx)
	case "light":
		runtime.WindowSetLightTheme(d.ctx)
	default:
		runtime.WindowSetSystemDefaultTheme(d.ctx)
	}
	runtime.EventsEmit(d.ctx, "look", look)
}

func (d *desktop) menu() *menu.Menu {
	bar := menu.NewMenu()
	if goruntime.GOOS == "darwin" {
		bar.Append(menu.AppMenu())
	}

	file := bar.AddSubmenu("File")
	file.AddText("Import files…", keys.CmdOrCtrl("o"), func(*menu.CallbackData) {
		d.chosen(d.native.ChooseFiles())
	})
	file.AddText("Import a folder…", keys.Combo("o", keys.CmdOrCtrlKey, keys.ShiftKey), func(*menu.CallbackData) {
		path, err := d.native.ChooseFolder()
		d.chosen([]string{path}, err)
	})
	file.AddText("Watched folders…", nil, d.command(CommandSources))
	file.AddSeparator()
	file.AddText("Print…", keys.CmdOrCtrl("p"), d.command(CommandPrint))
	file.AddSeparator()
	file.AddText("Quit", keys.CmdOrCtrl("q"), func(*menu.CallbackData) { runtime.Quit(d.ctx) })

	if goruntime.GOOS == "darwin" {
		bar.Append(menu.EditMenu())
	} else {
		d.editMenu(bar.AddSubmenu("Edit"))
	}

	view := bar.AddSubmenu("View")
	view.AddText("Board", nil, d.command(CommandBoard))
	view.AddText("Papers", nil, d.command(CommandPapers))
	view.AddText("Reports", nil, d.command(CommandReports))
	view.AddText("Settings", keys.CmdOrCtrl(","), d.command(CommandSettings))
	view.AddSeparator()
	view.AddText("Zoom in", zoomKey("+"), func(*menu.CallbackData) { d.told(d.native.Zoom(+1)) })
	view.AddText("Zoom out", zoomKey("-"), func(*menu.CallbackData) { d.told(d.native.Zoom(-1)) })
	view.AddText("Actual size", keys.CmdOrCtrl("0"), func(*menu.CallbackData) { d.told(d.native.Zoom(0)) })
	view.AddSeparator()
	theme := view.AddSubmenu("Theme")
	for _, t := range []struct{ name, label string }{{"system", "As the system"}, {"light", "Light"}, {"dark", "Dark"}} {
		theme.AddRadio(t.label, d.native.look.Look().Theme == t.name, nil, func(*menu.CallbackData) {
			look := d.native.look.Look()
			look.Theme = t.name
			d.told(d.native.SetLook(look))
		})
	}
	view.AddText("Full screen", keys.Key("f11"), func(*menu.CallbackData) {
		if runtime.WindowIsFullscreen(d.ctx) {
			runtime.WindowUnfullscreen(d.ctx)
			return
		}
		runtime.WindowFullscreen(d.ctx)
	})

	help := bar.AddSubmenu("Help")
	help.AddText("Keys", keys.Key("f1"), d.command(CommandKeys))
	help.AddText("Where my data is", nil, func(*menu.CallbackData) { d.told(openInProgram(d.options.Home)) })
	help.AddText("About TraceDesk", nil, d.command(CommandAbout))
	return bar
}

// editMenu carries no keys: a menu key would take them from the page's fields,
// where the webview handles them itself.
func (d *desktop) editMenu(edit *menu.Menu) {
	js := func(script string) menu.Callback {
		return func(*menu.CallbackData) { runtime.WindowExecJS(d.ctx, script) }
	}
	edit.AddText("Undo the last action", nil, d.command(CommandUndo))
	edit.AddSeparator()
	edit.AddText("Cut", nil, js(`document.execCommand("cut")`))
	edit.AddText("Copy", nil, js(`document.execCommand("copy")`))
	edit.AddText("Paste", nil, func(*menu.CallbackData) {
		text, err := runtime.ClipboardGetText(d.ctx)
		quoted, _ := json.Marshal(text) // a string always marshals
		if err == nil && text != "" {
			runtime.WindowExecJS(d.ctx, `document.execCommand("insertText", false, `+string(quoted)+`)`)
		}
	})
	edit.AddText("Select all", nil, js(`document.execCommand("selectAll")`))
	edit.AddSeparator()
	edit.AddText("Find", keys.CmdOrCtrl("f"), d.command(CommandFind))
}

func (d *desktop) command(c Command) menu.Callback {
	return func(*menu.CallbackData) { runtime.EventsEmit(d.ctx, "menu", c) }
}

// zoomKey is the menu's key for zooming. Wails knows neither + nor - on Windows;
// page.js takes them there.
func zoomKey(key string) *keys.Accelerator {
	if goruntime.GOOS == "windows" {
		return nil
	}
	return keys.CmdOrCtrl(key)
}

func (d *desktop) chosen(paths []string, err error) {
	d.told(err)
	if err == nil && len(paths) > 0 && paths[0] != "" {
		d.files(Files{Paths: paths, How: "chosen"})
	}
}

// told shows a fault of a menu entry; the page is not there to tell it.
func (d *desktop) told(err error) {
	if err == nil {
		return
	}
	runtime.MessageDialog(d.ctx, runtime.MessageDialogOptions{
		Type: runtime.ErrorDialog, Title: "TraceDesk", Message: err.Error(),
	})
}

func background(theme string) *options.RGBA {
	if theme == "dark" {
		return options.NewRGB(0x10, 0x13, 0x18)
	}
	return options.NewRGB(0xff, 0xff, 0xff)
}

// webviewFolder keeps the webview's cache apart from the data folder, which is
// backed up and may lie on a network drive. "" leaves the choice to WebView2.
func webviewFolder() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "TraceDesk-webview")
}

// withoutWebView2 is said on Windows when the WebView2 runtime is missing. The
// build tag wv2runtime.error keeps Wails from downloading it unasked.
func withoutWebView2() *windows.Messages {
	m := windows.DefaultMessages()
	m.Error = "TraceDesk"
	m.ContactAdmin = "TraceDesk's window needs Microsoft's WebView2 runtime, which this computer does not have or has too old. " +
		"TraceDesk opens in your browser instead; nothing is missing there.\n\n" +
		"To get the window, run the WebView2 installer that came with TraceDesk, or ask the person who looks after this computer."
	m.Webview2NotInstalled = "the WebView2 runtime is missing or too old"
	m.WebView2ProcessCrash = "The window's web view has stopped. Your data is safe; please start TraceDesk again."
	return m
}
