package desk

import (
	"context"
	"time"

	"tracedesk/backend/freight"
)

// StopName is where a stop is, and the zone its times are told in.
type StopName struct {
	Name string
	Zone string // IANA; "" when it cannot be told
}

// StopNames finds stops for one list. A load's row on the board tells of the stop ahead; of others the load itself does, and
// is read once.
type StopNames struct {
	desk       *Desk
	known, now time.Time
	read       map[int64]*freight.Timeline
}

// Stops names stops as known at an instant (zero: all that is on file).
func (d *Desk) Stops(known, now time.Time) *StopNames {
	return &StopNames{desk: d, known: known, now: now, read: map[int64]*freight.Timeline{}}
}

// Find is a stop of a load by its number. Stop 0 is the load as a whole: no name, and the zone of the stop ahead.
func (s *StopNames) Find(ctx context.Context, load int64, row *freight.BoardRow, stop int) (StopName, error) {
	if n := row.Next; n != nil && (stop == n.Seq || stop == 0) {
		if stop == 0 {
			return StopName{Zone: n.Zone}, nil
		}
		return StopName{n.Place, n.Zone}, nil
	}
	t, err := s.timeline(ctx, load)
	if err != nil {
		return StopName{}, err
	}
	for i := range t.Stops {
		if t.Stops[i].Seq == stop {
			return StopName{t.Stops[i].Place.String(), t.Stops[i].Zone}, nil
		}
	}
	if n := len(t.Stops); stop == 0 && n > 0 {
		return StopName{Zone: t.Stops[n-1].Zone}, nil
	}
	return StopName{}, nil
}

func (s *StopNames) timeline(ctx context.Context, load int64) (*freight.Timeline, error) {
	if t := s.read[load]; t != nil {
		return t, nil
	}
	view, err := s.desk.Ledger.View(ctx, load, s.known, s.now)
	if err != nil {
		return nil, err
	}
	s.read[load] = &view.Timeline
	return &view.Timeline, nil
}
