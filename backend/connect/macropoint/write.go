package macropoint

import (
	"context"
	"fmt"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
)

// CanWrite implements connect.Writer.
func (c *Connector) CanWrite(kind string) (ok bool, why string) {
	switch kind {
	case connect.CreateLoad, connect.AskPosition:
		return c.config.orders(), "the customers of this account order the tracking themselves: behind each stands its own MPID"
	case connect.UpdateLoad, connect.WriteWindow:
		return c.config.updatePath != "", "MacroPoint does not publish how an order is changed; do it on its site, or ask MacroPoint and fill in updatePath"
	case connect.CancelLoad:
		return c.config.stopPath != "", "MacroPoint does not publish how an order is stopped; do it on its site, or ask MacroPoint and fill in stopPath"
	case connect.WriteStatus, connect.WritePlace:
		return c.config.carries(), "a customer's MacroPoint is told only by its carrier; write the customer's MPID behind a colon in customers: Acme=ORDER:MPID"
	}
	return false, "MacroPoint takes no such thing"
}

// Repeatable implements connect.Writer: a changed or stopped order is a state. A second order is a second one that is billed.
func (c *Connector) Repeatable(kind string) bool {
	switch kind {
	case connect.UpdateLoad, connect.WriteWindow, connect.CancelLoad:
		return true
	}
	return false
}

// Write implements connect.Writer.
func (c *Connector) Write(ctx context.Context, e connect.Errand) (connect.Receipt, error) {
	if ok, why := c.CanWrite(e.Kind); !ok {
		return connect.Receipt{}, fmt.Errorf("%w: %s", connect.ErrRefused, why)
	}
	switch e.Kind {
	case connect.CreateLoad:
		if e.Load.BillTo != "" {
			return connect.Receipt{Says: e.Load.Customer + " orders the tracking itself; nothing was sent"}, nil
		}
		if order := orderOf(&e.Load); order != "" {
			return connect.Receipt{Remote: order, Says: "order " + order + " is there already", Twice: true}, nil
		}
		return c.create(ctx, &e.Load)
	case connect.WriteStatus:
		return c.tellEvent(ctx, &e)
	case connect.WritePlace:
		return c.tellPlace(ctx, &e)
	}
	order := orderOf(&e.Load)
	if order == "" {
		return connect.Receipt{}, fmt.Errorf("%w: MacroPoint has no order for load %s yet", connect.ErrLacks, e.Load.Number)
	}
	switch e.Kind {
	case connect.CancelLoad:
		_, err := c.post(ctx, orderPath(c.config.stopPath, order), nil)
		return connect.Receipt{Remote: order, Says: "tracking stopped"}, err
	case connect.AskPosition:
		_, err := c.post(ctx, orderPath("orders/updatelocation/{OrderID}", order), nil)
		return connect.Receipt{Remote: order, Says: "a fresh position is asked for; it comes as a callback within minutes", Later: true}, err
	}
	_, err := c.sendOrder(ctx, orderPath(c.config.updatePath, order), &e.Load)
	return connect.Receipt{Remote: order, Says: "order changed"}, err
}

// Written implements connect.Writer. MacroPoint cannot be asked; but the first callback of an order names it, and by that an
// order whose answer was cut is known to have been made.
func (c *Connector) Written(_ context.Context, e connect.Errand) (r connect.Receipt, arrived, known bool, err error) {
	if order := orderOf(&e.Load); e.Kind == connect.CreateLoad && order != "" {
		return connect.Receipt{Remote: order, Says: "order " + order + " has called back", Twice: true}, true, true, nil
	}
	return connect.Receipt{}, false, false, nil
}

// orderOf is MacroPoint's id of a load's order: what the engine kept of it, else the number that a callback brought.
func orderOf(l *connect.Tracked) string {
	if l.Remote != "" {
		return l.Remote
	}
	for _, ref := range l.Line.Refs {
		if ref.Type == freight.RefMacroPoint {
			return ref.Value
		}
	}
	return ""
}

var (
	_ connect.Connector = (*Connector)(nil)
	_ connect.Writer    = (*Connector)(nil)
	_ connect.Receiver  = (*Connector)(nil)
)
