package ledger

import (
	"slices"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// RowOf is Row with the load's lasting id.
func RowOf(load store.Load, t *freight.Timeline, v freight.Verdict) freight.BoardRow {
	row := Row(t, v)
	row.ID = load.UID
	if row.Load == "" {
		row.Load, row.Account = load.Number, load.Account
	}
	return row
}

// Row is a load's line on the board.
func Row(t *freight.Timeline, v freight.Verdict) freight.BoardRow {
	row := freight.BoardRow{Load: t.Number, Account: t.Account, Customer: t.Customer.Value, Carrier: t.Carrier.Value, SCAC: t.SCAC.Value, Mode: t.Mode.Value,
		State: t.State, Tracking: t.Tracking.State, Attention: v.Attention, News: t.LastNews, Heard: t.Heard, Papers: t.Papers, Flags: t.Flags, Owner: t.Owner,
		Gone: t.Gone != nil, OneSided: t.Provisional, Stops: len(t.Stops)}
	if row.Carrier == "" {
		row.Carrier = row.SCAC
	}
	for i := range t.Refs {
		if t.Refs[i].Type != freight.RefLoad && len(row.Refs) < 8 {
			row.Refs = append(row.Refs, freight.Reference{Type: t.Refs[i].Type, Value: t.Refs[i].Value})
		}
	}
	if len(t.Stops) > 0 {
		row.Origin, row.Dest = laneEnd(&t.Stops[0]), laneEnd(&t.Stops[len(t.Stops)-1])
	}
	row.Next = nextStop(t)
	return row
}

func laneEnd(s *freight.StopLine) string {
	if cs := s.Place.CityState(); cs != "" {
		return cs
	}
	return s.Place.String()
}

// nextStop is the first stop whose work is not done; once all is done there is none.
func nextStop(t *freight.Timeline) *freight.NextStop {
	if t.State.Done() {
		return nil
	}
	for i := range t.Stops {
		s := &t.Stops[i]
		if s.Done() || laterDone(t.Stops[i+1:]) {
			continue
		}
		n := &freight.NextStop{Seq: s.Seq, Kind: s.Kind, Place: s.Place.String(), Zone: s.Zone, Start: s.Window.Start, End: s.Window.End}
		if s.ETA != nil {
			n.ETA, n.ETABy = s.ETA.At, s.ETA.Source.String()
		}
		if s.Arrived != nil {
			n.Status = "arrived"
		}
		return n
	}
	return nil
}

// laterDone: a truck that was at a later stop will not go back to this one, even if nobody told of it.
func laterDone(stops []freight.StopLine) bool {
	return slices.ContainsFunc(stops, func(s freight.StopLine) bool { return s.Arrived != nil || s.Done() })
}

func stopFacts(t *freight.Timeline, facts *freight.LoadFacts) []store.StopFact {
	out := make([]store.StopFact, 0, len(t.Stops))
	for i := range t.Stops {
		s := &t.Stops[i]
		f := store.StopFact{Seq: s.Seq, Kind: s.Kind, Zone: s.Zone, WindowStart: s.Window.Start, WindowEnd: s.Window.End,
			OriginalStart: s.Original.Start, OriginalEnd: s.Original.End, Arrived: at(s.Arrived), Departed: at(s.Departed)}
		f.Done = firstKnown(at(s.Delivered), at(s.Unloaded), at(s.PickedUp), at(s.Loaded), f.Departed)
		f.DueDay = localDay(f.WindowEnd, s.Zone)
		f.DoneDay = localDay(firstKnown(f.Done, f.Arrived), s.Zone)
		f.Day = facts.DayOf(&facts.Stops[i])
		out = append(out, f)
	}
	if len(out) == 0 { // so that reports find the load by its day
		out = append(out, store.StopFact{Day: facts.Day()})
	}
	return out
}

func at(k *freight.KnownTime) time.Time {
	if k == nil {
		return time.Time{}
	}
	return k.At
}

func firstKnown(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// localDay counts days since 1970 in the zone; 0 when there is no instant.
func localDay(t time.Time, zone string) int {
	if t.IsZero() {
		return 0
	}
	if loc, err := freight.Location(zone); err == nil {
		t = t.In(loc)
	}
	_, offset := t.Zone()
	return int((t.Unix() + int64(offset)) / 86400)
}

// words are what a load is found by, folded for search.
func words(t *freight.Timeline) string {
	var b strings.Builder
	add := func(parts ...string) {
		for _, p := range parts {
			if p != "" {
				b.WriteString(p)
				b.WriteByte(' ')
			}
		}
	}
	add(t.Number, t.Customer.Value, t.Carrier.Value, t.SCAC.Value, t.MC.Value, t.DOT.Value, t.Mode.Value)
	for _, kind := range []string{"KIND", "TRUCK", "TRAILER", "CONTAINER", "SEAL"} {
		add(t.Equipment[kind].Value)
	}
	add(t.Driver["NAME"].Value, t.Driver["PHONE"].Value)
	for i := range t.Refs {
		add(t.Refs[i].Value)
	}
	for i := range t.Stops {
		p := &t.Stops[i].Place
		add(p.Facility, p.City, p.State, p.Postal)
	}
	for i := range t.Notes {
		add(t.Notes[i].Text)
	}
	add(t.Flags...)
	return FoldWords(b.String())
}
