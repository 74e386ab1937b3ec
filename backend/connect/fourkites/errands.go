package fourkites

import (
	"context"
	"fmt"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// CanWrite says which errands make sense at FourKites.
func (c *Connector) CanWrite(kind string) (ok bool, why string) {
	switch kind {
	case connect.CreateLoad, connect.UpdateLoad, connect.CancelLoad, connect.WriteStatus, connect.WritePlace, connect.WriteWindow, connect.SendDocument:
		return true, ""
	case connect.AskPosition:
		return false, "FourKites cannot be asked for a fresh position"
	}
	return false, "FourKites takes no " + kind
}

// Repeatable: a change, an appointment and a deletion say a state. A load, an event and a paper are new each time.
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
		if c.config.values["changesAs"] == "load" || c.config.generation == legacy {
			return c.update(ctx, e.Load)
		}
	case connect.CancelLoad:
		return c.cancel(ctx, e.Load)
	case connect.SendDocument:
		return c.sendPaper(ctx, e)
	case connect.WriteWindow:
		if c.config.generation == legacy {
			return c.update(ctx, moved(e))
		}
	}
	return c.Dispatch(ctx, e)
}

// moved is the load with the appointment as it was just moved.
func moved(e connect.Errand) connect.Tracked {
	l := e.Load
	l.Line.Stops = append([]freight.StopLine(nil), l.Line.Stops...)
	for i := range l.Line.Stops {
		if s := &l.Line.Stops[i]; s.Seq == e.Says.Stop {
			s.Window, s.WindowsOf = freight.Window{Start: e.Says.Start, End: e.Says.End}, nil
		}
	}
	return l
}

// Written looks up whether a load was made, or an arrival or departure taken. Positions and papers cannot be looked up.
func (c *Connector) Written(ctx context.Context, e connect.Errand) (r connect.Receipt, arrived, known bool, err error) {
	switch {
	case e.Kind == connect.CreateLoad:
		s, there, err := c.find(ctx, e.Load)
		if left := c.made.Left(e.Key, c.account.Now()); err == nil && !there && left > 0 {
			return r, false, false, fmt.Errorf("%w: whether it was made shows in %s at the latest", connect.ErrNotYet, left.Round(time.Second))
		}
		if err != nil || !there {
			return r, false, err == nil, err
		}
		return connect.Receipt{Remote: s.id().String(), Says: "FourKites has it", Twice: true}, true, true, nil
	case e.Kind == connect.WriteStatus && (e.Says.Fact == freight.FactArrived || e.Says.Fact == freight.FactDeparted):
		s, there, err := c.find(ctx, e.Load)
		if err != nil || !there || !s.has(&e) {
			return r, false, false, err // updates are worked on later: that it is not there yet says nothing
		}
		return connect.Receipt{Says: "FourKites has it", Twice: true}, true, true, nil
	}
	return r, false, false, nil
}

// has reports whether a shipment shows an arrival or departure at its stop and minute.
func (s *shipment) has(e *connect.Errand) bool {
	for i := range s.Stops {
		st := &s.Stops[i]
		if st.subject().Stop.Seq != e.Says.Stop && st.Reference.String() != stopID(e.Says.Stop) {
			continue
		}
		told := st.Arrival
		if e.Says.Fact == freight.FactDeparted {
			told = st.Departure
		}
		if at := wire.Stated(told); !at.IsZero() && at.Sub(e.Says.At).Abs() < time.Minute {
			return true
		}
	}
	return false
}
