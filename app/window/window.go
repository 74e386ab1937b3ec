package window

import (
	"io/fs"
	"net/http"
)

// Options is what the window shows and where it remembers its look.
type Options struct {
	Title  string
	Home   string       // the data folder: remembered look, the webview's own files
	API    http.Handler // everything below /api/, with the stream /api/events
	Assets fs.FS        // the built screens, index.html at the root
	Icon   []byte       // PNG, for the task bar on Linux

	// Opened are the files named when TraceDesk was started.
	Opened []string

	// Raised receives the files of later starts; each brings the window to the
	// front, also when it names none. May be nil.
	Raised <-chan []string

	// Shown is called once, when the page is there. May be nil.
	Shown func()
}

// Files are paths that reach the page by a drop, a dialog or a start.
type Files struct {
	Paths []string `json:"paths"`
	How   string   `json:"how"` // dropped, chosen, opened
	X     int      `json:"x"`   // where a drop fell, in the page's pixels
	Y     int      `json:"y"`
}

// Command is a menu entry that the page carries out.
type Command string

// The commands of the menu.
const (
	CommandPrint    Command = "print"
	CommandUndo     Command = "undo"
	CommandFind     Command = "find"
	CommandKeys     Command = "keys"
	CommandAbout    Command = "about"
	CommandDemo     Command = "demo"
	CommandBoard    Command = "board"
	CommandPapers   Command = "papers"
	CommandReports  Command = "reports"
	CommandSources  Command = "sources"
	CommandSettings Command = "settings"
)
