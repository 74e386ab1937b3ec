package kpi

import (
	"slices"
	"time"
)

// agreement is how far the TMS and the carrier's or platform's data say the same.
func (b *book) agreement() {
	t := b.share("data.agreement", "Data agreement",
		"Fields that the TMS and a carrier or platform say alike (times within 15 min after zones are resolved, a day with any time on it, pieces exactly), by fields that both told: arrivals, departures, loading and unloading times, windows, pieces.")
	t.nothing = "no field was told by both sides"
	for _, l := range b.loads {
		if cause := void(l.State); cause != "" {
			t.leave(cause, l.row)
			continue
		}
		if l.Compared == 0 {
			t.leave("nothing told by both sides", l.row)
			continue
		}
		t.weigh(float64(l.Equal), float64(l.Compared), func() KPIRow {
			r := l.row()
			differ := slices.Clone(l.Differ)
			slices.Sort(differ)
			r.Outcome = join(differ)
			return r
		})
	}
}

// tenders are what carriers answered.
func (b *book) tenders() {
	t := b.share("tender.acceptance", "Tender acceptance", "Loads whose newest word on the tender is accepted, by loads whose newest word is accepted or declined.")
	t.nothing = "no tender was answered"
	for _, l := range b.loads {
		row := func() KPIRow {
			r := l.row()
			r.Outcome = l.Tender
			return r
		}
		switch l.Tender {
		case "accepted", "declined":
			t.hit(l.Tender == "accepted", row)
		case "":
			t.leave("no word on the tender", row)
		default:
			t.leave("tender "+l.Tender, row)
		}
	}
	b.bounces()
}

// badBounce is how shortly before the pickup a dropped load is a bad bounce.
const badBounce = 4 * time.Hour

// bounces are loads that a carrier dropped. They count once a load is done: its whole history is read then.
func (b *book) bounces() {
	words := "Of loads that are done and not cancelled: those that a carrier which had accepted then declined or took back, by loads that any carrier accepted. What the desk cancels is no bounce. A load counts for the carrier that has it now."
	all := b.share("carrier.bounces", "Bounces", words)
	bad := b.share("carrier.badBounces", "Bad bounces", words+" Bad: dropped less than 4 h before the first pickup's window begins, or after.")
	all.nothing, bad.nothing = "no acceptance of a tender is on record", "no acceptance of a tender is on record"
	for _, l := range b.loads {
		cause := ""
		switch {
		case void(l.State) != "":
			cause = void(l.State)
		case !l.State.Done():
			cause = "still under way"
		case !l.Accepted:
			cause = "no acceptance on record"
		}
		if cause != "" {
			all.leave(cause, l.row)
			bad.leave(cause, l.row)
			continue
		}
		row := func() KPIRow {
			r := l.row()
			if n := len(l.Dropped); n > 0 {
				r.Actual = at(l.Dropped[n-1], "")
			}
			return r
		}
		all.hit(len(l.Dropped) > 0, row)
		switch begins := PickupBegins(l); {
		case len(l.Dropped) == 0:
			bad.hit(false, row)
		case begins.IsZero():
			bad.leave("no pickup appointment", row)
		default:
			bad.hit(slices.ContainsFunc(l.Dropped, func(at time.Time) bool { return begins.Sub(at) < badBounce }), row)
		}
	}
}

// PickupBegins is when the window of the first pickup begins; zero without one.
func PickupBegins(l *Load) time.Time {
	first, _ := ends(l)
	switch {
	case first == nil:
		return time.Time{}
	case !first.Window.Start.IsZero():
		return first.Window.Start
	}
	return first.Window.End
}

// score is the network score of ISO: its terms are figures counted before.
func (b *book) score() {
	t := b.figure("network.score", "Network score", Ratio, total, "0.2 x otp.current + 0.4 x otd.current + 0.4 x (1 - carrier.bounces). Without one of its terms there is no score.")
	var of [3]KPI
	for i, name := range [...]string{"otp.current", "otd.current", "carrier.bounces"} {
		k := slices.IndexFunc(b.of, func(t *tally) bool { return t.Name == name })
		of[i] = b.of[k].finish()
		if of[i].Value == nil {
			t.nothing = name + " counts nothing"
			return
		}
	}
	t.N = of[1].N
	t.values = []float64{0.2**of[0].Value + 0.4**of[1].Value + 0.4*(1-*of[2].Value)}
}
