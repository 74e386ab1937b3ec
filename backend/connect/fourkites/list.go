package fourkites

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
)

// There is no question for what changed: all pages are read, and shipments that did not change since the last reading are passed
// over by their updatedAt. Each one that did is handed on as its own body, byte for byte as it stood in the page.

// place is how far the list was read: the cursor's content.
type place struct {
	Since   time.Time `json:"since,omitzero"`  // by their clock: shipments changed before were handed on
	Swept   time.Time `json:"swept,omitzero"`  // when all pages were last handed on, by ours
	Page    int       `json:"page,omitempty"`  // the last page of this reading that was read; 0 before the first
	Highest time.Time `json:"high,omitzero"`   // the newest change seen in this reading
	Began   time.Time `json:"began,omitzero"`  // when this reading began, by their clock
	Lowest  time.Time `json:"low,omitzero"`    // the last change seen, while the list is in the order of changes
	Mixed   bool      `json:"mixed,omitempty"` // it is not in that order
	Ordered bool      `json:"order,omitempty"` // the last reading of all pages found it in that order, from first to last
	All     bool      `json:"all,omitempty"`   // this reading hands on everything
	First   string    `json:"first,omitempty"` // first shipment of the last page: a list that begins again has ended
	Size    int       `json:"size,omitempty"`  // of the first page
	Seen    int       `json:"seen,omitempty"`  // shipments read in this reading
}

func placeOf(cursor string) (p place) {
	if json.Unmarshal([]byte(cursor), &p) != nil {
		return place{}
	}
	return p
}

func (p place) cursor() string {
	b, _ := json.Marshal(p) // of times, numbers and a text: it cannot fail
	return string(b)
}

func (c *Connector) listQuestion(cfg *config, page, perPage int) wire.Question {
	path := wire.Fill(cfg.values["listPath"], map[string]string{"page": strconv.Itoa(page), "perPage": strconv.Itoa(perPage)})
	q := wire.Question{Method: http.MethodGet, Path: path}
	if cfg.generation == gateway {
		q.Accept = "application/vnd.fourkites.v1+json"
	}
	return q
}

// List reads the next page and hands on what changed.
func (c *Connector) List(ctx context.Context, cursor string) (connect.Page, error) {
	at := placeOf(cursor)
	a, err := c.askJSON(ctx, c.config, c.listQuestion(c.config, at.Page+1, c.config.perPage))
	if err != nil {
		return connect.Page{}, err
	}
	if at.Page == 0 {
		at.begin(a, c.config.sweep)
		c.listed.begin(at.All)
	}
	items, total, err := shipmentsIn(a.Body, c.config.values["totalKey"])
	if err != nil {
		return connect.Page{}, err
	}
	var page connect.Page
	first := ""
	for i, p := range items {
		head := headOf(p)
		if i == 0 {
			first = head.ID.String()
		}
		c.listed.saw(head.Number.String())
		if at.saw(head.updated()) {
			page.Bodies = append(page.Bodies, connect.Body{Media: "application/json", About: "shipment/" + head.ID.String(), Bytes: p.Bytes, At: a.At})
		}
	}
	again := at.Page > 0 && first != "" && first == at.First
	if again { // page numbers count for nothing here
		page.Bodies, items = nil, nil
	}
	at.turn(first, len(items))
	if at.over(len(items), total, c.config) {
		c.listed.end(a.At, at.All, again || at.Page >= c.config.maxPages || len(items) == 0 && at.Seen < total)
		at.finish(a.At)
	} else {
		page.More = true
	}
	page.Cursor = at.cursor()
	return page, nil
}

// begin starts a reading.
func (p *place) begin(a *wire.Answer, sweep time.Duration) {
	*p = place{Since: p.Since, Swept: p.Swept, Ordered: p.Ordered, Began: a.Stamped()}
	p.All = p.Since.IsZero() || !a.At.Before(p.Swept.Add(sweep))
}

// saw notes when a shipment was changed and reports whether it is to be handed on. One that does not say is handed on every time;
// its unchanged bytes are known by whoever stores them.
func (p *place) saw(updated time.Time) bool {
	if updated.IsZero() {
		p.Mixed = true
		return true
	}
	if !p.Lowest.IsZero() && updated.After(p.Lowest) {
		p.Mixed = true
	}
	p.Lowest = updated
	if updated.After(p.Highest) {
		p.Highest = updated
	}
	return p.All || !updated.Before(p.Since)
}

func (p *place) turn(first string, size int) {
	p.Page++
	p.First, p.Seen = first, p.Seen+size
	if p.Page == 1 {
		p.Size = size
	}
}

// over reports whether the list has ended, or holds nothing new any more.
func (p *place) over(size int, total int, cfg *config) bool {
	switch {
	case size == 0, p.Page >= cfg.maxPages, total > 0 && p.Seen >= total:
		return true
	case !p.All && p.Ordered && !p.Mixed && p.Lowest.Before(p.Since):
		return true // in the order of changes, the newest first: what follows is known
	case total > 0:
		return false
	}
	// Without a total a short page is the last one; a server that gives fewer than it is asked for gives a round number.
	return size < p.Size || size < cfg.perPage && size%10 != 0
}

// finish ends a reading. The next one begins where this one surely saw everything: a shipment that changed while pages were read
// may have moved to a page that was read already, so nothing later than the reading's beginning counts as seen.
func (p *place) finish(now time.Time) {
	since := p.Highest
	if !p.Began.IsZero() && p.Began.Before(since) {
		since = p.Began
	}
	if since.Before(p.Since) {
		since = p.Since
	}
	next := place{Since: since, Swept: p.Swept, Ordered: p.Ordered && !p.Mixed}
	if p.All {
		next.Swept, next.Ordered = now.UTC(), !p.Mixed && p.Page > 1 // one page alone shows no order
	}
	*p = next
}

// listNames are the names that a list of shipments, or one alone, goes by, and totalNames those of their number.
var (
	listNames  = map[string]bool{"shipments": true, "loads": true, "data": true, "shipment": true, "load": true}
	totalNames = map[string]bool{"totalCount": true, "total_count": true, "total": true, "totalShipments": true, "total_entries": true}
)

// shipmentsIn finds the shipments in an answer: a list in data.shipments, data, shipments, loads, or the answer itself, or one
// shipment alone in place of a list; and the number of all
// shipments, 0 where it is not told. Of a text that breaks off, what stands before the break is found, with the error.
func shipmentsIn(body []byte, totalKey string) (items []wire.Piece, total int, err error) {
	list := wire.Whole(body)
	var cut error
	for depth := 0; list.IsObject() && depth < 3; depth++ {
		var next wire.Piece
		broken := wire.Fields(list, func(name string, v wire.Piece) bool {
			switch {
			case listNames[name] && (v.IsList() || v.IsObject()):
				next = v
			case totalNames[name] || name == totalKey:
				total = countIn(v, total)
			case name == "pagination" || name == "meta":
				_ = wire.Fields(v, func(name string, v wire.Piece) bool { // one that is no object tells no total
					if totalNames[name] || name == totalKey {
						total = countIn(v, total)
					}
					return true
				})
			}
			return true
		})
		if cut == nil {
			cut = broken
		}
		switch {
		case !next.IsNull():
			list = next
			continue
		case depth == 0 || cut != nil:
			return nil, total, errors.Join(cut, errNoList)
		}
		return []wire.Piece{list}, total, nil // one alone
	}
	err = wire.Items(list, func(_ int, v wire.Piece) bool {
		items = append(items, v)
		return true
	})
	if err == nil {
		err = cut
	}
	return items, total, err
}

func countIn(v wire.Piece, otherwise int) int {
	var n wire.Number
	if v.Into(&n) == nil && n.Given {
		return int(n.Value)
	}
	return otherwise
}
