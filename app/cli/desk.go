package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"tracedesk/app/api"
	"tracedesk/app/start"
	"tracedesk/backend/desk"
	"tracedesk/backend/desk/alerts"
	"tracedesk/backend/desk/archive"
	"tracedesk/backend/desk/board"
	"tracedesk/backend/desk/compare"
	"tracedesk/backend/desk/exceptions"
	"tracedesk/backend/desk/feeds"
	"tracedesk/backend/desk/inbox"
	"tracedesk/backend/desk/load"
	"tracedesk/backend/desk/milestones"
	"tracedesk/backend/desk/papers"
	"tracedesk/backend/desk/partners"
	"tracedesk/backend/desk/playbooks"
	"tracedesk/backend/desk/quality"
	"tracedesk/backend/desk/reports"
	"tracedesk/backend/desk/rules"
	"tracedesk/backend/desk/schedules"
	"tracedesk/backend/desk/shift"
	"tracedesk/backend/desk/sources"
	"tracedesk/backend/desk/tasks"
	"tracedesk/backend/desk/work"
	"tracedesk/backend/freight"
	"tracedesk/frontend"
)

// areas are the use cases of an open desk.
type areas struct {
	desk    *desk.Desk
	board   *board.Area
	papers  *papers.Area
	sources *sources.Area
	alerts  *alerts.Area
	feeds   *feeds.Area
	inbox   *inbox.Area
	times   *schedules.Area
	api     api.Desk
}

// assemble puts the areas over a desk and hands each what it needs of another as a function.
func assemble(d *desk.Desk) *areas {
	d.Version = Version
	a := &areas{desk: d, board: board.New(d), papers: papers.New(d)}
	a.sources = sources.New(d, a.filePaper)
	a.inbox = inbox.New(d, d.Feeds)
	a.feeds = feeds.New(d).Sweeping(a.inbox.Sweep)
	d.Feeds.Filing(a.fileFetched)
	d.Cutting(a.papers.Cut)
	shifts := shift.New(d)
	rep, deeds, books := reports.New(d).With(shifts.Paper, a.papers.Scans), work.New(d), playbooks.New(d)
	a.alerts = alerts.New(d, wordsFor(books))
	a.times = schedules.New(d, printed(rep), scheduled...)
	a.api = api.Desk{Status: a.board, Boards: a.board, Loads: load.New(d), Papers: a.papers, Sources: a.sources, Feeds: a.feeds, Inbox: a.inbox, Reports: rep, Figures: rep, Work: deeds, Schedules: a.times, Quality: quality.New(d, counted(rep)), Archive: archive.New(d),
		Exceptions: exceptions.New(d), Tasks: tasks.New(d), Rules: rules.New(d),
		Playbooks: books, Shift: shifts, Milestones: milestones.New(d), Compare: compare.New(d), Alerts: a.alerts, Partners: partners.New(d),
		Workbench: a.papers, Listings: a.board, Upkeep: upkeep{d, a.sources, rep, deeds}}
	return a
}

// filePaper files a document that came among files to import.
func (a *areas) filePaper(ctx context.Context, name string, body io.Reader, as string, now *time.Time) (string, string, bool, error) {
	got, err := a.papers.Take(ctx, papers.Arrival{Name: name, Body: body, From: "among imported files", As: as, Now: now})
	load, says := "", []string(nil)
	for i := range got.Documents {
		d := &got.Documents[i]
		switch {
		case d.Stage == papers.InReading:
			says = append(says, "waits to be read")
		case d.Load != "":
			load, says = d.Load, append(says, "filed on load "+d.Load+": "+d.Note)
		default:
			says = append(says, d.Note)
		}
	}
	return load, strings.Join(says, "; "), got.Known, err
}

// fileFetched files a document that a system sent. One that cannot be taken for what it is stays with what the system sent, and
// is told of; asking again would not mend it.
func (a *areas) fileFetched(ctx context.Context, from, name, load string, body []byte) error {
	got, err := a.papers.Take(ctx, papers.Arrival{Name: name, Body: bytes.NewReader(body), Load: load, From: from, As: from, System: true})
	var fault *desk.Fault
	if errors.As(err, &fault) && fault.Kind != "internal" {
		a.desk.Notice(fmt.Sprintf("%s sent %s, which was not filed: %s", from, name, fault.Message))
		return nil
	}
	if len(got.Documents) == 1 && got.Documents[0].Load != load && got.Documents[0].Load != "" {
		a.desk.Notice(fmt.Sprintf("%s sent %s as a paper of load %s; it lies on load %s here and stays there", from, name, load, got.Documents[0].Load))
	}
	return err
}

// start sets the desk's own work going: what a crash left undone, the clock, the watched folders, and the alerts.
func (a *areas) start(ctx context.Context) error {
	a.desk.Start(ctx)
	a.desk.Work(func(ctx context.Context) {
		if err := a.sources.Resume(ctx); err != nil && ctx.Err() == nil {
			a.desk.Notice("An interrupted import could not be finished: " + err.Error())
		}
	})
	a.desk.Work(a.warmed)
	a.desk.Work(func(ctx context.Context) {
		if err := a.papers.Work(ctx); err != nil && ctx.Err() == nil {
			a.desk.Notice("Papers are not read any more: " + err.Error())
		}
	})
	a.desk.Work(func(ctx context.Context) {
		if err := a.sources.Watch(ctx); err != nil && ctx.Err() == nil {
			a.desk.Notice("Folders are not watched: " + err.Error())
		}
	})
	a.desk.Work(func(ctx context.Context) {
		a.times.Watch(ctx, func(err error) { a.desk.Notice("A report may not have been made by itself: " + err.Error()) })
	})
	a.desk.Work(func(ctx context.Context) {
		a.feeds.Tidy(ctx, func(err error) { a.desk.Notice("What sources said long ago is not erased: " + err.Error()) })
	})
	a.desk.Work(func(ctx context.Context) {
		a.feeds.Work(ctx, func(err error) { a.desk.Notice("The sources are not asked as they should be: " + err.Error()) })
	})
	a.desk.Work(func(ctx context.Context) {
		if err := a.inbox.Watch(ctx); err != nil && ctx.Err() == nil {
			a.desk.Notice("Folders of recorded callbacks are not watched: " + err.Error())
		}
	})
	a.desk.Work(func(ctx context.Context) {
		a.alerts.Watch(ctx, func(err error) { a.desk.Notice("Nobody may have been alerted of what opened lately: " + err.Error()) })
	})
	return nil
}

// upkeep is what is done to the desk as such.
type upkeep struct {
	desk *desk.Desk
	*sources.Area
	reports *reports.Area
	work    *work.Area
}

// SetZone keeps the zone of a customer's day.
func (u upkeep) SetZone(ctx context.Context, customer, zone, as string) error {
	return u.reports.SetZone(ctx, customer, zone, as)
}

// SetX12 keeps the ids of outgoing interchanges.
func (u upkeep) SetX12(ctx context.Context, sender, receiver, as string) error {
	return u.work.SetX12(ctx, sender, receiver, as)
}

// SetPerson keeps the display name of who works here.
func (u upkeep) SetPerson(ctx context.Context, name string) error { return u.desk.SetPerson(ctx, name) }

// Rebuild draws everything shown anew from the log.
func (u upkeep) Rebuild(ctx context.Context) (api.Rebuilt, error) {
	n := 0
	err := u.desk.Ledger.Rebuild(ctx, func(p freight.Progress) { n = p.Records })
	return api.Rebuilt{Loads: n}, err
}

// openWindow shows the desk in its window, or in the browser where there is none.
func openWindow(c *call, args []string) error {
	cmd := command{name: "tracedesk", usage: "[FILE...]"}
	if err := c.parse(cmd, args); err != nil {
		return err
	}
	return start.Window(c.ctx, c.opener(desk.Options{}), start.Terminal{Args: c.args, Out: c.stdout})
}

func serveDesk(c *call) error {
	return start.Browser(c.ctx, c.opener(desk.Options{}), c.addr(), start.Terminal{Out: c.stdout, Browse: func(string) error { return nil }})
}

func (c *call) addr() string {
	if a := c.flags["addr"]; a != "" {
		return a
	}
	return "127.0.0.1:0"
}

// opener opens the desk for screens.
func (c *call) opener(opt desk.Options) start.Opener {
	return func(ctx context.Context) (start.Desk, error) {
		a, err := c.open(ctx, opt)
		if err != nil {
			return start.Desk{}, err
		}
		if err := a.start(ctx); err != nil {
			return start.Desk{}, errors.Join(err, a.desk.Close())
		}
		return a.shown()
	}
}

func (a *areas) shown() (start.Desk, error) {
	assets, err := fs.Sub(frontend.Dist, "dist")
	if err != nil {
		return start.Desk{}, errors.Join(err, a.desk.Close())
	}
	title := "TraceDesk"
	if a.desk.Demo {
		title = "TraceDesk: sample desk, simulated freight"
	}
	return start.Desk{Home: a.desk.Dir, Title: title, API: api.New(a.api), Assets: assets, Publish: a.desk.Say, Close: a.desk.Close}, nil
}

// open opens the data folder of this call. A desk that holds it already is a *start.Running.
func (c *call) open(ctx context.Context, opt desk.Options) (*areas, error) {
	if opt.Dir == "" {
		opt.Dir = c.home
	}
	if opt.Now == nil && !c.at.IsZero() {
		opt.Now = func() time.Time { return c.at }
	}
	opt.Person = c.as
	d, err := desk.Open(ctx, opt)
	var busy *desk.BusyError
	if errors.As(err, &busy) && busy.Running.Addr != "" {
		return nil, &start.Running{Addr: busy.Running.Addr, Token: busy.Running.Token}
	}
	if err != nil {
		return nil, err
	}
	return assemble(d), nil
}
