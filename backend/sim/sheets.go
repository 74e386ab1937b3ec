package sim

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

var loadsHeader = []string{"load", "customer", "carrier", "scac", "mc", "dot", "mode", "equipment", "truck", "trailer", "driver", "driver_phone", "refs",
	"value_usd", "temp_min_f", "temp_max_f", "flags", "stop", "kind", "facility", "address", "city", "state", "postal", "country", "lat", "lon",
	"appt_type", "appt_start", "appt_end", "pieces", "pallets", "weight_lb", "status", "arrived", "departed", "updated_at"}

// LoadsSheet is the TMS's list at an instant as a loads sheet of the desk's own form: all loads, one row a stop.
func (w *World) LoadsSheet(at time.Time) []byte { return w.loadsSheet(at, 2) }

// MultiStopSheet is the part of it that TMSExport leaves out: the loads of three stops and more.
func (w *World) MultiStopSheet(at time.Time) []byte { return w.loadsSheet(at, 3) }

func (w *World) loadsSheet(at time.Time, stops int) []byte {
	t := newTable(loadsHeader)
	for _, r := range w.rows(at) {
		if len(r.Stops) < stops {
			continue
		}
		for i := range r.Stops {
			t.add(r.sheetRow(i))
		}
	}
	return t.bytes()
}

func (r *row) sheetRow(i int) []string {
	s := &r.Stops[i]
	f := s.Facility
	start, end := s.Window(r.at)
	local := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(s.location()).Format("2006-01-02 15:04")
	}
	kind := "appointment"
	if s.FCFS {
		kind = "fcfs"
	}
	refs, truck, trailer, driver, phone := "BOL:"+r.BOL+";PO:"+r.PO, "", "", "", ""
	if r.named {
		refs, truck, trailer, driver, phone = refs+";PRO:"+r.PRO, r.Truck, r.Trailer, r.Driver, r.DriverPhone
	}
	return []string{r.Number, r.Customer.Name, r.Carrier.Name, r.Carrier.SCAC, r.Carrier.MC, r.Carrier.DOT, "FTL", r.Equipment, truck, trailer, driver, phone, refs,
		strconv.Itoa(r.ValueUSD), r.temp(r.TempMinF), r.temp(r.TempMaxF), strings.Join(r.Flags, ";"), strconv.Itoa(s.Seq), s.Kind,
		f.Name, f.Address, f.City, f.State, f.Postal, f.Country, decimal(f.Lat), decimal(f.Lon), kind, local(start), local(end),
		strconv.Itoa(r.Pieces), strconv.Itoa(r.Pallets), strconv.Itoa(r.LBs), r.status, local(r.arrived[i]), local(r.departed[i]), r.updated.Format(time.RFC3339)}
}

// EventsSheet is what platforms, dispatchers and drivers told after from and not after to, as an events sheet. Platforms give instants, people
// the time at the stop.
func (w *World) EventsSheet(from, to time.Time) []byte {
	t := newTable([]string{"load", "source", "event", "stop", "at", "received", "lat", "lon", "city", "state", "value", "text"})
	for _, r := range w.between(from, to) {
		if r.by == "" {
			continue
		}
		t.add(r.sheetRow())
	}
	return t.bytes()
}

func (r *report) sheetRow() []string {
	l := r.load
	seq, at, value, lat, lon, city, state := "", r.at.Format(time.RFC3339), r.value, "", "", "", ""
	if r.seq > 0 {
		s := &l.Stops[r.seq-1]
		seq, city, state = strconv.Itoa(r.seq), s.Facility.City, s.Facility.State
		if l.Carrier.Voice == ByPhone && r.fact != freight.FactETA {
			at = r.at.In(s.location()).Format("2006-01-02 15:04")
		}
	}
	if r.fact == freight.FactPosition {
		lat, lon = decimal(r.lat), decimal(r.lon)
	}
	if !r.eta.IsZero() {
		value = r.eta.Format(time.RFC3339)
	}
	return []string{l.Number, r.by, string(r.fact), seq, at, r.told.Format(time.RFC3339), lat, lon, city, state, value, r.text}
}

// FacilitiesSheet is every facility of the world.
func (w *World) FacilitiesSheet() []byte {
	t := newTable([]string{"facility", "address", "city", "state", "postal", "country", "lat", "lon", "zone", "hours", "free_time_min", "appointment_needed", "phone"})
	for _, f := range w.Facilities {
		t.add([]string{f.Name, f.Address, f.City, f.State, f.Postal, f.Country, decimal(f.Lat), decimal(f.Lon), f.Zone,
			"Mon-Fri 06:00-18:00;Sat 07:00-15:00", "120", "yes", f.Phone})
	}
	return t.bytes()
}

// CarriersSheet is every carrier of the world.
func (w *World) CarriersSheet() []byte {
	t := newTable([]string{"carrier", "scac", "mc", "dot", "dispatcher", "phone", "email", "insurance_expires", "cargo_limit_usd", "authority"})
	for i, c := range w.Carriers {
		expires := w.Now.AddDate(0, 0, 20+i*11).Format(time.DateOnly)
		t.add([]string{c.Name, c.SCAC, c.MC, c.DOT, c.Dispatcher, c.Phone, "dispatch@" + strings.ToLower(c.SCAC) + ".example", expires, fmt.Sprint(100000 + i%3*150000), "active"})
	}
	return t.bytes()
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
