package project44

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
)

// CanWrite says which errands make sense at project44.
func (c *Connector) CanWrite(kind string) (ok bool, why string) {
	switch kind {
	case connect.CreateLoad, connect.UpdateLoad, connect.CancelLoad, connect.WriteWindow, connect.SendDocument:
		return true, ""
	case connect.WriteStatus, connect.WritePlace:
		if c.config.values["customerId"] == "" {
			return false, "only a carrier tells project44 events and positions; if this desk reports as the carrier, fill in the customer's id (customerId)"
		}
		return true, ""
	case connect.AskPosition:
		return false, "project44 cannot be asked for a fresh position"
	}
	return false, "project44 takes no " + kind
}

// Repeatable: a change and a cancellation say a state. A shipment, an event and a paper are new each time.
func (c *Connector) Repeatable(kind string) bool {
	return kind == connect.UpdateLoad || kind == connect.WriteWindow || kind == connect.CancelLoad
}

// Write carries an errand out.
func (c *Connector) Write(ctx context.Context, e connect.Errand) (connect.Receipt, error) {
	if ok, why := c.CanWrite(e.Kind); !ok {
		return connect.Receipt{}, fmt.Errorf("%w: %s", connect.ErrRefused, why)
	}
	switch e.Kind {
	case connect.CreateLoad:
		return c.create(ctx, e)
	case connect.UpdateLoad:
		return c.update(ctx, e.Load, nil)
	case connect.WriteWindow:
		return c.update(ctx, e.Load, &e.Says)
	case connect.CancelLoad:
		return c.cancel(ctx, e.Load)
	case connect.SendDocument:
		return c.sendPaper(ctx, e)
	}
	return c.report(ctx, e)
}

// Written looks up whether a shipment or a paper arrived. Events and positions cannot be looked up.
func (c *Connector) Written(ctx context.Context, e connect.Errand) (r connect.Receipt, arrived, known bool, err error) {
	switch e.Kind {
	case connect.CreateLoad:
		if _, ok := c.lookup(e.Load); !ok {
			return r, false, false, nil
		}
		r, arrived, err = c.find(ctx, e.Load)
		if left := c.made.Left(e.Key, c.account.Now()); err == nil && !arrived && left > 0 {
			return r, false, false, fmt.Errorf("%w: whether it was made shows in %s at the latest", connect.ErrNotYet, left.Round(time.Second))
		}
		return r, arrived, err == nil, err
	case connect.SendDocument:
		r, arrived, err = c.findPaper(ctx, e)
		return r, arrived, err == nil, err
	}
	return r, false, false, nil
}

// create makes a truckload shipment. Its number is unique with the carrier: where project44 refuses it, it may be there already.
func (c *Connector) create(ctx context.Context, e connect.Errand) (connect.Receipt, error) {
	l := e.Load
	body, err := c.truckloadOf(l, nil)
	if err != nil {
		return connect.Receipt{}, err
	}
	a, err := c.ask(ctx, wire.Question{Method: http.MethodPost, Path: "/api/v4/tl/shipments", Body: body, Media: "application/json"})
	if errors.Is(err, connect.ErrRefused) {
		r, there, looked := c.find(ctx, l)
		switch {
		case looked == nil && there:
			return r, nil
		case looked != nil && !errors.Is(looked, connect.ErrRefused):
			err = fmt.Errorf("whether the load is there already could not be looked up: %w", looked) // so it is tried again
		}
	}
	if err != nil {
		c.made.Tried(e.Key, c.account.Now())
		return connect.Receipt{}, err
	}
	c.made.Known(e.Key)
	r := connect.Receipt{Remote: idsIn(a.Body).remote(), Says: "created at project44; it can be read there in a moment", Later: true}
	if said := messagesIn(a.Body); said != "" {
		r.Says += ": " + said
	}
	if len(equipment(&l.Line)) == 0 {
		r.Says += ". It cannot be tracked before a truck, trailer or driver's phone is told"
	}
	return r, nil
}

// messagesIn are the remarks that project44 answers with.
func messagesIn(body []byte) string {
	var said struct {
		Messages wire.List[infoMessage] `json:"infoMessages"`
	}
	if wire.Whole(body).Into(&said) != nil {
		return ""
	}
	text := ""
	for _, m := range said.Messages {
		text = wire.Joined("; ", text, wire.Joined(" ", m.Message.String(), wire.Bracketed(m.Diagnostic.String())))
	}
	return text
}

// lookup is the path by which a load is found under its carrier and number; ok is false where the account has none or the
// carrier is not known.
func (c *Connector) lookup(l connect.Tracked) (path string, ok bool) {
	carrier, known := c.carrier(&l.Line)
	id := number(l)
	if path = c.config.values["lookupPath"]; path == "" || path == "-" || !known || id.Value == "" {
		return "", false
	}
	return wire.Fill(path, map[string]string{"carrierType": carrier.Type, "carrier": carrier.Value, "type": id.Type, "number": id.Value}), true
}

// find looks a load up by its carrier and number.
func (c *Connector) find(ctx context.Context, l connect.Tracked) (r connect.Receipt, there bool, err error) {
	path, ok := c.lookup(l)
	if !ok {
		return r, false, fmt.Errorf("%w: without a carrier and a number it cannot be looked up", connect.ErrRefused)
	}
	a, err := c.askJSON(ctx, wire.Question{Method: http.MethodGet, Path: path})
	if errors.Is(err, connect.ErrGone) {
		return r, false, nil
	}
	if err != nil {
		return r, false, err
	}
	i := idsIn(a.Body)
	return connect.Receipt{Remote: i.remote(), Says: "project44 has it already", Twice: true}, i != ids{}, nil
}

// update says the whole shipment as the desk has it now, with one appointment as it was just moved.
func (c *Connector) update(ctx context.Context, l connect.Tracked, moved *connect.Saying) (connect.Receipt, error) {
	body, err := c.truckloadOf(l, moved)
	if err != nil {
		return connect.Receipt{}, err
	}
	a, i, err := c.call(ctx, l, "updateCall", body)
	if err != nil {
		return connect.Receipt{}, err
	}
	i.take(idsIn(a.Body).master)
	return connect.Receipt{Remote: i.remote(), Says: wire.Joined(": ", "changed at project44", messagesIn(a.Body))}, nil
}

// cancel ends the tracking of a load. One that project44 does not know any more is as good as cancelled.
func (c *Connector) cancel(ctx context.Context, l connect.Tracked) (connect.Receipt, error) {
	_, i, err := c.call(ctx, l, "cancelCall", nil)
	if errors.Is(err, connect.ErrGone) {
		return connect.Receipt{Remote: i.remote(), Says: "project44 does not know it (any more)", Twice: true}, nil
	}
	if err != nil {
		return connect.Receipt{}, err
	}
	return connect.Receipt{Remote: i.remote(), Says: "cancelled at project44"}, nil
}

// call makes one of the calls that stand in the settings as "PUT /path/{id}", on the load's truckload number.
func (c *Connector) call(ctx context.Context, l connect.Tracked, setting string, body []byte) (*wire.Answer, ids, error) {
	method, path, ok := strings.Cut(c.config.values[setting], " ")
	if !ok {
		return nil, ids{}, fmt.Errorf("%w: the setting %s should be a method and a path, such as PUT /api/v4/tl/shipments/{id}", connect.ErrRefused, setting)
	}
	i := idsOf(l)
	if i.truckload == "" {
		r, there, err := c.find(ctx, l)
		if err != nil {
			return nil, i, err
		}
		if !there {
			return nil, i, fmt.Errorf("%w: there is no shipment of this carrier and number", connect.ErrGone)
		}
		i = idsOf(connect.Tracked{Remote: wire.Joined(" ", i.remote(), r.Remote)})
	}
	q := wire.Question{Method: method, Path: wire.Fill(path, map[string]string{"id": i.truckload}), Body: body, Media: "application/json"}
	a, err := c.ask(ctx, q)
	return a, i, err
}
