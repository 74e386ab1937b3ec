// Package api is the one road between the screens and the desk: typed JSON handlers under /api, the same in the window
// (under the webview's asset server) and in a browser (under the loopback server), and the road commands take to a desk
// that already runs. A handler parses, calls the desk, and writes; it decides nothing.
//
// Tokens, origins and content security are the business of whoever serves the handler.
package api

import (
	"net/http"
)

// Desk is what the handlers call: one value an area.
type Desk struct {
	Status  Status
	Boards  Boards
	Loads   Loads
	Papers  Papers
	Sources Sources
	Reports Reports
	Figures Figures
	Work    Work

	Schedules Schedules
	Quality   Quality
	Archive   Archive

	Exceptions Exceptions
	Tasks      Tasks
	Rules      Rules
	Playbooks  Playbooks
	Shift      Shift
	Milestones Milestones
	Compare    Compare
	Alerts     Alerts
	Workbench  Workbench

	Partners Partners
	Feeds    Feeds
	Inbox    Inbox

	Listings Listings
	Upkeep   Upkeep
}

// New is the handler of everything under /api. It is safe for use by many requests at once, as far as the desk is.
func New(d Desk) http.Handler {
	mux := http.NewServeMux()
	board{d.Boards, d.Status}.routes(mux)
	loads{d.Loads}.routes(mux)
	paperwork{d.Papers}.routes(mux)
	intake{d.Sources}.routes(mux)
	printing{d.Reports}.routes(mux)
	figures{d.Figures}.routes(mux)
	exporting{d.Figures}.routes(mux)
	scheduling{d.Schedules}.routes(mux)
	qualities{d.Quality}.routes(mux)
	archiving{d.Archive}.routes(mux)
	deeds{d.Work}.routes(mux)
	exceptions{d.Exceptions}.routes(mux)
	tasks{d.Tasks}.routes(mux)
	rules{d.Rules}.routes(mux)
	comparing{d.Compare}.routes(mux)
	books{d.Playbooks}.routes(mux)
	shifts{d.Shift}.routes(mux)
	milestones{d.Milestones}.routes(mux)
	alerting{d.Alerts}.routes(mux)
	workbench{d.Workbench}.routes(mux)
	partners{d.Partners, d.Sources}.routes(mux)
	feeds{d.Feeds}.routes(mux)
	inbox{d.Inbox}.routes(mux)
	listing{d.Listings, d.Upkeep}.routes(mux)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		fail(w, notFound("There is nothing at "+r.Method+" "+r.URL.Path+"."))
	})
	return mux
}
