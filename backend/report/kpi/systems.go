package kpi

import "slices"

// agreement is how far the TMS and the carrier's or platform's data say the same.
func (b *book) agreement() {
	t := b.share("data.agreement", "Data agreement",
		"Fields that the TMS and a carrier or platform say alike (times within 15 min after zones are resolved, a day with any time on it, pieces exactly), by fields that both told: arrivals, departures, loading and unloading times, windows, pieces.")
	t.nothing = "no field was told by both sides"
	for _, l := range b.loads {
		if cause := void(l); cause != "" {
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

// tenders are what carriers answered. What became of a carrier that accepted and then dropped the load is not on file: of
// each party only its newest word on the tender is kept.
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

const noBounces = "the desk does not keep what a carrier said of a tender before its newest word"

// bounces counts nothing yet, and says why.
func (b *book) bounces() {
	all := b.share("carrier.bounces", "Bounces", "Loads that a carrier dropped after it had accepted, by loads accepted.")
	bad := b.share("carrier.badBounces", "Bad bounces", "Loads dropped within 4 h of the pickup appointment, by loads accepted.")
	all.nothing, bad.nothing = noBounces, noBounces
	for _, l := range b.loads {
		if l.Tender == "accepted" {
			all.leave(noBounces, l.row)
			bad.leave(noBounces, l.row)
		}
	}
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
