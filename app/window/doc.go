// Package window shows the desk in a window of its own.
//
// The window is a Wails window. Exactly one file (wails.go) imports Wails; it
// is compiled only with the tag desktop (a program) or bindings (a check
// that needs no GTK), so that plain builds and tests need neither GTK nor
// WebKit. Without the tag Run says that this copy has no window.
//
// Data never travels over Wails' bridge: the page calls the same /api handler
// that the browser uses, through Wails' asset server. The bridge carries what
// only a window can do (Native) and four announcements to the page:
//
//	changes  the text of one change notice, the same bytes as the event stream
//	files    Files: paths that a person dropped, chose or opened TraceDesk with
//	menu     a Command chosen in the menu
//	look     Look: zoom or theme changed
package window
