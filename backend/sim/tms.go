package sim

import (
	"fmt"
	"strings"
	"time"
)

// row is a load as the TMS has it at an instant: later, poorer and now and then wronger than the truth.
type row struct {
	*Load
	at       time.Time
	status   string
	arrived  []time.Time // by stop; zero where not known
	departed []time.Time
	named    bool // truck and driver are named
	updated  time.Time
}

// inTMS is the load as the TMS lists it; ok is false when it does not: not yet booked, of the carrier only, or done for two days.
func (l *Load) inTMS(at time.Time) (r row, ok bool) {
	if l.Trait == CarrierOnly || at.Before(l.Booked) || at.After(l.Delivered().Add(48*time.Hour)) {
		return row{}, false
	}
	r = row{Load: l, at: at, status: "Covered", updated: l.Booked}
	if r.learns(l.Dispatched) {
		r.named, r.status = true, "Dispatched"
	}
	if moved := l.Last().MovedAt; !moved.IsZero() {
		r.learns(moved)
	}
	for i := range l.Stops {
		r.stop(&l.Stops[i])
	}
	if !l.CancelledAt.IsZero() && r.learns(l.CancelledAt) {
		r.status = "Canceled"
	}
	return r, true
}

// learns reports whether the TMS has been told by now, and keeps when it changed last.
func (r *row) learns(when time.Time) bool {
	if when.After(r.at) {
		return false
	}
	r.updated = later(r.updated, when)
	return true
}

// caughtUp is how long after an event its time stands in the TMS at the latest: before the day's invoices are written.
const caughtUp = 6 * time.Hour

// pop is what the TMS says of the paper signed at the pickup: in when the stop is typed in, but for one load in fourteen.
func (r *row) pop() string {
	switch left := r.Stops[0].Departed.Add(r.tmsLag); {
	case r.Trait == Cancelled || pick(r.BOL)%14 == 0 || !r.learns(left):
		return ""
	}
	return "received"
}

// stop takes over what was typed in of a stop.
func (r *row) stop(s *Stop) {
	lag := r.tmsLag
	timed := func(at time.Time) bool { return r.tmsTimes || r.learns(at.Add(caughtUp)) }
	if r.Trait == Silent && s.Seq > 1 {
		lag = 13 * time.Hour
	}
	stuck := r.Trait == Contradicts && s.Kind == "delivery" || r.Trait == Cancelled
	var arrived, departed time.Time
	if !stuck && r.learns(s.Arrived.Add(lag)) {
		r.status = map[string]string{"pickup": "At Shipper", "delivery": "At Consignee"}[s.Kind]
		if timed(s.Arrived) {
			arrived = s.Arrived
		}
	}
	if !stuck && r.learns(s.Departed.Add(lag)) {
		r.status = "In Transit"
		if s.Seq == len(r.Stops) {
			r.status = "Delivered"
		}
		if timed(s.Departed) {
			departed = s.Departed
		}
	}
	r.arrived, r.departed = append(r.arrived, arrived), append(r.departed, departed)
}

// rows are all loads that the TMS lists at an instant.
func (w *World) rows(at time.Time) []row {
	var list []row
	for _, l := range w.Loads {
		if r, ok := l.inTMS(at); ok {
			list = append(list, r)
		}
	}
	return list
}

// tmsHeader are the columns of the TMS's own export: not our words, and one row a load.
var tmsHeader = []string{"Load #", "Status", "Cust Name", "Cust PO", "Carrier", "SCAC", "MC #", "Equip", "Trailer #", "Driver", "Driver Cell", "BOL #", "PRO #",
	"Shipper", "P/U City", "P/U ST", "P/U Zip", "P/U Appt", "P/U Appt End", "P/U Arrived", "P/U Departed",
	"Consignee", "Del City", "Del ST", "Del Zip", "Del Appt", "Del Appt End", "Del Arrived", "Del Departed",
	"Pcs", "Wt (lbs)", "Min Temp", "Max Temp", "Cargo Value", "POP Status", "Last Update"}

// TMSExport is the TMS's list of the loads of two stops at an instant, as its users export it: one row a load, American dates, times local to
// the stop.
func (w *World) TMSExport(at time.Time) []byte {
	t := newTable(tmsHeader)
	for _, r := range w.rows(at) {
		if len(r.Stops) != 2 {
			continue
		}
		from, to, pop := &r.Stops[0], &r.Stops[1], r.pop()
		fields := []string{r.Number, r.status, r.Customer.Name, r.PO, r.Carrier.Name, r.Carrier.SCAC, r.Carrier.MC, r.Equipment}
		if r.named {
			fields = append(fields, r.Trailer, r.Driver, r.DriverPhone, r.BOL, r.PRO)
		} else {
			fields = append(fields, "", "", "", r.BOL, "")
		}
		fields = append(fields, r.american(from, 0)...)
		fields = append(fields, r.american(to, 1)...)
		fields = append(fields, fmt.Sprint(r.Pieces), fmt.Sprint(r.LBs), r.temp(r.TempMinF), r.temp(r.TempMaxF), fmt.Sprint(r.ValueUSD), pop, r.updated.Format(time.RFC3339))
		t.add(fields)
	}
	return t.bytes()
}

// american are place, window and actuals of a stop in the export's form.
func (r *row) american(s *Stop, i int) []string {
	loc := s.location()
	date := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(loc).Format("01/02/2006 15:04")
	}
	start, end := s.Window(r.at)
	return []string{s.Facility.Name, s.Facility.City, s.Facility.State, s.Facility.Postal, date(start), date(end), date(r.arrived[i]), date(r.departed[i])}
}

func (r *row) temp(f int) string {
	if !r.Reefer {
		return ""
	}
	return fmt.Sprint(f)
}

// table writes CSV by the world's own hand.
type table struct{ b strings.Builder }

func newTable(header []string) *table {
	t := &table{}
	t.add(header)
	return t
}

func (t *table) add(fields []string) {
	for i, f := range fields {
		if i > 0 {
			t.b.WriteByte(',')
		}
		if strings.ContainsAny(f, ",\"\n") {
			f = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
		}
		t.b.WriteString(f)
	}
	t.b.WriteString("\r\n")
}

func (t *table) bytes() []byte { return []byte(t.b.String()) }
