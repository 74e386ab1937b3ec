package project44

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// place is how far a load was followed: the cursor's content.
type place struct {
	Read     bool      `json:"read,omitempty"`     // its history was readable once: from then on, not found means gone
	Searches int       `json:"searches,omitempty"` // for papers, since it was delivered
	Searched time.Time `json:"searched,omitzero"`  // the last of them
	Papers   []string  `json:"papers,omitempty"`   // ids of those that were fetched
}

func placeOf(cursor string) (p place) {
	if json.Unmarshal([]byte(cursor), &p) != nil {
		return place{}
	}
	return p
}

func (p place) cursor() string {
	b, _ := json.Marshal(p) // of two plain fields and a time: it cannot fail
	return string(b)
}

// Follow asks what project44 knows of a load. Every answer is the whole of it; repeated, it becomes the same observations. Once a
// load is delivered its papers are looked for too, as they often follow days later; once it is no longer tracked, only they are.
func (c *Connector) Follow(ctx context.Context, l connect.Tracked, cursor string) (connect.Page, error) {
	at := placeOf(cursor)
	var page connect.Page
	arrived, over := delivered(&l.Line), untracked(&l.Line)
	due := arrived && c.papersDue(&at)
	if !over || due {
		if err := c.followOne(ctx, l, &at, &page); err != nil {
			return connect.Page{}, err
		}
	}
	if page.Remote != "" {
		l.Remote = page.Remote
	}
	if due {
		if err := c.followPapers(ctx, l, &at, &page); err != nil {
			return connect.Page{}, err
		}
	}
	searched := at.Searches >= c.mostSearches()
	page.Gone = over && (searched || !arrived) || arrived && searched && at.Searches > 0
	page.Cursor = at.cursor()
	return page, nil
}

// delivered reports whether papers of a load may come.
func delivered(t *freight.Timeline) bool {
	return t.State.Done() && t.State != freight.Cancelled && t.State != freight.NotUsed
}

// untracked reports whether nothing more will happen to a load: it is done, and its tracking has ended.
func untracked(t *freight.Timeline) bool {
	switch t.Tracking.State {
	case freight.TrackEnded, freight.TrackLost, freight.TrackExpired:
		return t.State.Done()
	}
	return false
}

func (c *Connector) mostSearches() int {
	if c.config.documentEvery <= 0 {
		return 0
	}
	return int(c.config.documentFor / c.config.documentEvery)
}

func (c *Connector) papersDue(at *place) bool {
	return at.Searches < c.mostSearches() && !c.account.Now().Before(at.Searched.Add(c.config.documentEvery))
}

// followOne asks for the history, the truckload status, or both, as the account is set up and as the load's ids allow.
func (c *Connector) followOne(ctx context.Context, l connect.Tracked, at *place, page *connect.Page) error {
	i := idsOf(l)
	before := i
	if how := c.config.values["follow"]; how != "history" || i.master == "" {
		if err := c.followStatus(ctx, l, &i, at, page); err != nil {
			return err
		}
	}
	if c.config.values["follow"] != "status" && i.master != "" {
		a, err := c.askJSON(ctx, wire.Question{Method: http.MethodGet, Path: wire.Fill("/api/v4/shipments/{id}/tracking/history", map[string]string{"id": i.master})})
		if err != nil {
			return at.notYet(a, err)
		}
		if c.config.values["follow"] == "history" {
			page.Bodies = nil // the status was asked for its ids alone
		}
		page.Bodies = append(page.Bodies, bodyOf(a, "history/"+i.master))
	}
	at.Read = true
	if i != before { // by its own ids it is asked for from now on
		page.Remote = i.remote()
	}
	return nil
}

// followStatus asks for the truckload status: by the shipment's number, else by the carrier and the number that was given.
func (c *Connector) followStatus(ctx context.Context, l connect.Tracked, i *ids, at *place, page *connect.Page) error {
	path, ok := c.lookup(l)
	if i.truckload != "" {
		path, ok = wire.Fill(c.config.values["statusPath"], map[string]string{"id": i.truckload}), true
	}
	if !ok && i.master != "" {
		return nil // its history alone
	}
	if !ok {
		return fmt.Errorf("%w: it has no id there, and no carrier and number to look it up by", connect.ErrGone)
	}
	a, err := c.askJSON(ctx, wire.Question{Method: http.MethodGet, Path: path})
	if err != nil {
		return at.notYet(a, err)
	}
	page.Bodies = append(page.Bodies, bodyOf(a, "status/"+i.truckload))
	found := idsIn(a.Body)
	i.take(found.master)
	i.take(found.truckload)
	return nil
}

// notYet tells a load that cannot be read yet from one that is gone: what project44 just took on may take a while to be readable.
func (at *place) notYet(a *wire.Answer, err error) error {
	if errors.Is(err, connect.ErrGone) && !at.Read {
		return fmt.Errorf("%w (%v)", connect.ErrNotYet, err)
	}
	if a != nil && (a.Status == http.StatusAccepted || a.Status == http.StatusNoContent) {
		return fmt.Errorf("%w: it answered %d", connect.ErrNotYet, a.Status)
	}
	return err
}

func bodyOf(a *wire.Answer, about string) connect.Body {
	return connect.Body{Media: "application/json", About: about, Bytes: a.Body, At: a.At}
}
