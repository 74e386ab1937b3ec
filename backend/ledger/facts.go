package ledger

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// factsVersion changes when what LoadFacts holds or means changes, so that they are drawn anew.
const factsVersion = "facts/4"

// Facts is what reports count of a load. The log is read only of a load that is delivered.
func Facts(t *freight.Timeline, log func() ([]freight.Observation, error)) (freight.LoadFacts, error) {
	f := freight.LoadFacts{Load: t.Number, Account: t.Account, Customer: t.Customer.Value, Carrier: t.Carrier.Value, Mode: t.Mode.Value,
		State: t.State, Provisional: t.Provisional, First: seconds(t.FirstAt), Tender: tender(t), Told: toldCustomer(t)}
	if f.Carrier == "" {
		f.Carrier = t.SCAC.Value
	}
	if n := len(t.Stops); n > 0 {
		f.Origin, f.Dest = laneEnd(&t.Stops[0]), laneEnd(&t.Stops[n-1])
	}
	for i := range t.Stops {
		f.Stops = append(f.Stops, ofStop(&t.Stops[i]))
	}
	f.Dispatched = dispatched(t)
	f.POP, f.POD = paper(t, freight.POP), paper(t, freight.POD)
	f.Pings = pings(t, f.First)
	compareFields(&f, t)
	if !t.State.Done() {
		return f, nil
	}
	said, err := log()
	if err == nil {
		standing := notTakenBack(said)
		putETAs(&f, standing)
		f.Accepted, f.Dropped = dropped(standing)
	}
	return f, err
}

func ofStop(s *freight.StopLine) freight.StopFacts {
	f := freight.StopFacts{Seq: s.Seq, Kind: s.Kind, Zone: s.Zone, Place: s.Place.String(), Facility: s.Place.Facility, Type: s.ApptType, Window: s.Window.Facts(), Original: s.Original.Facts(),
		Arrived: s.Arrived.Facts(), Departed: s.Departed.Facts(), Loaded: firstTold(s.Loaded, s.PickedUp).Facts(),
		Unloaded: firstTold(s.Delivered, s.Unloaded).Facts(), Done: s.Done()}
	f.Moved, f.MovedBy = moved(s)
	f.Ordered, f.Received, f.Counted = pieces(s)
	return f
}

func firstTold(a, b *freight.KnownTime) *freight.KnownTime {
	if a != nil {
		return a
	}
	return b
}

func seconds(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC().Truncate(time.Second)
}

// moved counts how often a window was set otherwise than before, by whomever, and tells of the last time.
func moved(s *freight.StopLine) (n int, by string) {
	var last *freight.ToldWindow
	for i := range s.History {
		w := &s.History[i]
		if w.Window.IsZero() {
			continue
		}
		if last != nil && (!last.Start.Equal(w.Start) || !last.End.Equal(w.End)) {
			n, by = n+1, w.Note
			if by == "" {
				by = w.Source.String()
			}
		}
		last = w
	}
	return n, by
}

// pieces are what was ordered, and what somebody counted at the stop.
func pieces(s *freight.StopLine) (ordered, received float64, counted bool) {
	if s.Pieces == nil {
		return 0, 0, false
	}
	for i := range s.Pieces.Claims {
		c := &s.Pieces.Claims[i]
		number, _, _ := strings.Cut(strings.TrimSpace(c.Value), " ")
		n, err := strconv.ParseFloat(number, 64)
		if err != nil {
			continue
		}
		switch c.Source.Kind {
		case freight.TMS, freight.Customer:
			if ordered == 0 {
				ordered = n
			}
		case freight.Paper, freight.Facility, freight.DriverSrc, freight.User:
			if !counted {
				received, counted = n, true
			}
		}
	}
	return ordered, received, counted
}

// dispatched is the first word that a driver or truck is on the load, else its milestone without a time.
func dispatched(t *freight.Timeline) freight.TimeFacts {
	var f freight.TimeFacts
	for _, known := range [...]freight.Known{t.Driver["NAME"], t.Driver["PHONE"], t.Equipment["TRUCK"]} {
		for i := range known.Claims {
			c := &known.Claims[i]
			if at := seconds(c.StatedAt); f.At.IsZero() || at.Before(f.At) {
				f = freight.TimeFacts{At: at, Told: seconds(c.ReceivedAt), By: c.Source.Kind, Auto: c.Source.Kind.Machine()}
			}
		}
	}
	return f
}

// paper is what became of a kind of paper. Its milestone knows that it was verified, its documents when.
func paper(t *freight.Timeline, kind string) freight.PaperFacts {
	f := freight.PaperFacts{State: t.Papers[kind]}
	for i := range t.Documents {
		d := &t.Documents[i]
		if d.Kind != kind {
			continue
		}
		at := seconds(d.ReceivedAt)
		switch {
		case d.State == "rejected":
			f.Rejected++
		case d.State == "verified" && (f.Verified.IsZero() || at.Before(f.Verified)):
			f.Verified = at
		}
		if d.State != "rejected" && (f.Received.IsZero() || at.Before(f.Received)) {
			f.Received = at
		}
	}
	return f
}

// tender is the newest word on the tender.
func tender(t *freight.Timeline) string {
	for i := range t.Others { // newest first
		if t.Others[i].Fact == freight.FactTender {
			return strings.ToLower(t.Others[i].Text)
		}
	}
	return ""
}

// notTakenBack leaves out observations that another one takes back.
func notTakenBack(log []freight.Observation) []freight.Observation {
	gone := map[freight.ObservationID]bool{}
	for i := range log {
		if !log[i].Retracts.IsZero() {
			gone[log[i].Retracts] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(log), func(o freight.Observation) bool { return gone[o.ID] })
}

// dropped reports whether a tender was ever accepted, and when one that was accepted was declined again, or taken back by
// the carrier: what the desk or the customer cancels is not the carrier's doing.
func dropped(log []freight.Observation) (accepted bool, drops []time.Time) {
	type word struct {
		at   time.Time
		text string
		by   freight.SourceKind
	}
	var words []word
	for i := range log {
		for k := range log[i].Claims {
			if c := &log[i].Claims[k]; c.Fact == freight.FactTender && !c.Value.None {
				words = append(words, word{saidAt(&log[i]), strings.ToLower(c.Value.Text), log[i].Source.Kind})
			}
		}
	}
	slices.SortStableFunc(words, func(a, b word) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.text, b.text)) })
	holds := false
	for _, w := range words {
		switch {
		case w.text == "accepted":
			accepted, holds = true, true
		case holds && (w.text == "declined" || w.text == "cancelled" && w.by == freight.CarrierSrc):
			drops, holds = append(drops, w.at), false
		}
	}
	return accepted, drops
}

// saidAt is when a source said it, never later than the desk learned it.
func saidAt(o *freight.Observation) time.Time {
	at := learned(o)
	if !o.StatedAt.IsZero() && o.StatedAt.Before(at) {
		at = o.StatedAt
	}
	return seconds(at)
}

// toldCustomer is when somebody of the desk reached or wrote to the customer about the load.
func toldCustomer(t *freight.Timeline) []time.Time {
	var out []time.Time
	for i := range t.Acts {
		a := &t.Acts[i]
		if a.Fact == freight.FactContact && strings.EqualFold(a.Text, "customer") && (a.Type == "reached" || a.Type == "sent") {
			at := a.StatedAt
			if at.IsZero() || at.After(a.ReceivedAt) {
				at = a.ReceivedAt
			}
			out = append(out, seconds(at))
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// pingEvery is how close two positions may be before one tells no more than the other.
const pingEvery = 5 * 60

// pings are the positions on the road, thinned, with the last one before it and the first one after.
func pings(t *freight.Timeline, first time.Time) []int32 {
	from, to := road(t)
	if from.IsZero() {
		return nil
	}
	at := make([]int64, 0, len(t.Trail))
	for i := range t.Trail {
		at = append(at, t.Trail[i].At)
	}
	slices.Sort(at)
	var out []int32
	var last int64
	for i, sec := range at {
		before := sec < from.Unix() && i+1 < len(at) && at[i+1] < from.Unix()
		after := !to.IsZero() && sec > to.Unix() && last > to.Unix()
		if before || after || len(out) > 0 && sec-last < pingEvery {
			continue
		}
		out, last = append(out, int32(sec-first.Unix())), sec
	}
	return out
}

// road is from the departure at the first pickup to the arrival at the last delivery; zero while not known.
func road(t *freight.Timeline) (from, to time.Time) {
	for i := range t.Stops {
		s := &t.Stops[i]
		if s.Pickup() && from.IsZero() && s.Departed != nil {
			from = s.Departed.At
		}
		if s.Delivery() {
			to = time.Time{}
			if s.Arrived != nil {
				to = s.Arrived.At
			}
		}
	}
	return from, to
}

// compareFields counts the fields that the TMS and a carrier or platform both told.
func compareFields(f *freight.LoadFacts, t *freight.Timeline) {
	count := func(name string, seq int, equal bool) {
		f.Compared++
		if equal {
			f.Equal++
			return
		}
		f.Differ = append(f.Differ, name+"/"+strconv.Itoa(seq))
	}
	for i := range t.Stops {
		s := &t.Stops[i]
		for _, k := range []struct {
			name  string
			known *freight.KnownTime
		}{{"arrived", s.Arrived}, {"departed", s.Departed}, {"loaded", s.Loaded}, {"picked_up", s.PickedUp}, {"unloaded", s.Unloaded}, {"delivered", s.Delivered}} {
			if k.known == nil {
				continue
			}
			if desk, other := bothTimes(k.known.Claims); desk != nil && other != nil {
				count(k.name, s.Seq, desk.At.Sub(other.At).Abs() <= equalTimes || (desk.DayOnly || other.DayOnly) && desk.At.Sub(other.At).Abs() < 24*time.Hour)
			}
		}
		if desk, other := bothWindows(s.WindowsOf); desk != nil && other != nil {
			count("appointment", s.Seq, desk.End.Sub(other.End).Abs() <= equalTimes)
		}
		if s.Pieces != nil {
			if desk, other := bothWords(s.Pieces.Claims); desk != nil && other != nil {
				count("pieces", s.Seq, desk.Value == other.Value)
			}
		}
	}
}

// equalTimes is how far apart two systems' times may be and still say the same: the fold's tolerance.
const equalTimes = 15 * time.Minute

func bothTimes(claims []freight.ToldTime) (desk, other *freight.ToldTime) {
	for i := range claims {
		c := &claims[i]
		switch {
		case c.At.IsZero():
		case c.Source.Kind == freight.TMS && desk == nil:
			desk = c
		case c.Source.Kind.Machine() && other == nil:
			other = c
		}
	}
	return desk, other
}

func bothWindows(all []freight.ToldWindow) (desk, other *freight.ToldWindow) {
	for i := range all {
		w := &all[i]
		switch {
		case w.Window.IsZero():
		case w.Source.Kind == freight.TMS && desk == nil:
			desk = w
		case w.Source.Kind.Machine() && other == nil:
			other = w
		}
	}
	return desk, other
}

func bothWords(claims []freight.Told) (desk, other *freight.Told) {
	for i := range claims {
		c := &claims[i]
		switch {
		case c.Source.Kind == freight.TMS && desk == nil:
			desk = c
		case c.Source.Kind.Machine() && other == nil:
			other = c
		}
	}
	return desk, other
}

// FreeTimes tells the free time in minutes that was on file of a facility at an instant; 0 where nothing was.
func (l *Ledger) FreeTimes(ctx context.Context, at time.Time) (func(facility string) int, error) {
	if err := l.surroundings(ctx); err != nil {
		return nil, err
	}
	return func(facility string) int {
		l.parties.mu.RLock()
		defer l.parties.mu.RUnlock()
		found := l.parties.facilities[partyKey(facility)]
		if facility == "" || found == nil {
			return 0
		}
		if f := found.facilityAt(at); f != nil {
			return int(f.FreeTime / time.Minute)
		}
		return 0
	}, nil
}
