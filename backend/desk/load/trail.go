package load

import (
	"context"
	"slices"
	"time"

	"tracedesk/backend/freight"
)

// Trail is where the truck was, oldest first.
type Trail struct {
	Points freight.List[TrailPoint] `json:"points"`
}

// TrailPoint is one position as it was told.
type TrailPoint struct {
	At     time.Time `json:"at"`
	Lat    float64   `json:"lat"`
	Lon    float64   `json:"lon"`
	Place  string    `json:"place"`
	Source string    `json:"source"`
}

// Trail is every position on file of a load as known at an instant; those without coordinates are placed by their city.
func (a *Area) Trail(ctx context.Context, ref string, when When) (Trail, error) {
	found, err := a.desk.FindLoad(ctx, ref)
	if err != nil {
		return Trail{}, err
	}
	asOf := firstSet(when.AsOf, when.At)
	log, err := a.desk.Store.Observations(ctx, found.ID, asOf)
	if err != nil {
		return Trail{}, err
	}
	var out Trail
	for i := range log {
		for j := range log[i].Claims {
			if p, ok := a.point(&log[i], &log[i].Claims[j]); ok {
				out.Points = append(out.Points, p)
			}
		}
	}
	slices.SortStableFunc(out.Points, func(a, b TrailPoint) int { return a.At.Compare(b.At) })
	return out, nil
}

func (a *Area) point(o *freight.Observation, c *freight.Claim) (p TrailPoint, ok bool) {
	if c.Fact != freight.FactPosition || c.Value.None {
		return p, false
	}
	p = TrailPoint{Lat: c.Value.Place.Lat, Lon: c.Value.Place.Lon, Place: c.Value.Place.CityState(), Source: o.Source.String()}
	if !c.Value.Place.HasPoint() {
		if p.Lat, p.Lon, _, ok = a.desk.Places.Point(c.Value.Place); !ok {
			return p, false
		}
	}
	p.At, ok = instantOf(c.At, c.Value.Place, a.desk.Places)
	return p, ok
}

// instantOf is when a position was taken: a local time is local to the position itself.
func instantOf(w freight.When, place freight.Place, zones freight.Resolver) (time.Time, bool) {
	switch w.Basis {
	case freight.Instant:
		return time.Unix(w.Sec, 0).UTC(), true
	case freight.Local, freight.InZone:
		zone := w.Zone
		if zone == "" {
			zone, _ = zones.Zone(place)
		}
		loc, err := freight.Location(zone)
		if err != nil {
			return time.Time{}, false
		}
		t := w.Wall()
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, loc), true
	}
	return time.Time{}, false
}
