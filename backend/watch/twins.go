package watch

import (
	"strings"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// duplicate is load.duplicate: another live load has the same number of one freight (BOL, PRO, order, PO) and the same lane.
// A purchase order or order may be split over several trucks: with those the customer must be the same too, and it is only
// asked about.
func duplicate(e *evaluation) {
	for i := range e.around.Twins {
		twin := &e.around.Twins[i]
		if e.twinBefore(i) || !sameLane(e.t, twin.Stops) {
			continue
		}
		f := freight.Finding{Kind: "load.duplicate", Level: freight.Verify, Severity: freight.Minor, Since: twin.Since}
		switch twin.Ref.Type {
		case freight.RefBOL, freight.RefPRO:
		case freight.RefPO, freight.RefOrder:
			if freight.NormalRef(twin.Customer) != freight.NormalRef(e.t.Customer.Value) {
				continue
			}
			f.Level, f.Severity = freight.OnPlan, freight.Watched
		default:
			continue
		}
		number := string(twin.Ref.Type) + " " + twin.Ref.Value
		f.Why = "Load " + twin.Number + " has the same " + number + " and the same lane, " + twin.Stops
		for j := range e.t.Refs {
			if r := &e.t.Refs[j]; r.Type == twin.Ref.Type && r.Key() == twin.Ref.Key() {
				f.Evidence = append(f.Evidence, r.Observation)
			}
		}
		f.Inputs = inputs("load", twin.Number, "reference", number, "customer", twin.Customer, "carrier", twin.Carrier, "said", timeline.Stamp(twin.Since, e.zone()))
		f.Next = freight.Next{Act: "compare", Text: "Ask who made " + twin.Number + " whether it is the same freight; cancel one of the two before a second truck comes", Due: twin.Since}
		e.addOf(twin.Number, f, twin.Since)
	}
}

// twinBefore reports whether an earlier twin is the same load and says at least as much.
func (e *evaluation) twinBefore(i int) bool {
	for j := range e.around.Twins {
		a, b := &e.around.Twins[j], &e.around.Twins[i]
		if j == i || a.Number != b.Number || !sameLane(e.t, a.Stops) {
			continue
		}
		if x, y := certain(a.Ref.Type), certain(b.Ref.Type); x && !y || x == y && j < i {
			return true
		}
	}
	return false
}

func certain(t freight.RefType) bool { return t == freight.RefBOL || t == freight.RefPRO }

// sameLane compares first and last stop with a lane told as "Dallas, TX > Memphis, TN". A lane that nobody knows is none.
func sameLane(t *freight.Timeline, lane string) bool {
	from, to, ok := strings.Cut(lane, ">")
	if !ok || len(t.Stops) < 2 {
		return false
	}
	return samePlace(&t.Stops[0].Place, from) && samePlace(&t.Stops[len(t.Stops)-1].Place, to)
}

func samePlace(p *freight.Place, told string) bool {
	told = freight.NormalRef(told)
	return told != "" && (freight.NormalRef(p.CityState()) == told || freight.NormalRef(p.String()) == told)
}
