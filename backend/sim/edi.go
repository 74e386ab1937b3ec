package sim

import (
	"fmt"
	"time"

	"tracedesk/backend/freight"
)

const receiver = "TRACEDESK"

// codes are the status codes (X12 1650) by which carriers report.
var codes = map[string]map[freight.Fact]string{
	"pickup":   {freight.FactArrived: "X3", freight.FactLoaded: "CP", freight.FactDeparted: "AF", freight.FactETA: "A1"},
	"delivery": {freight.FactArrived: "X1", freight.FactDelivered: "D1", freight.FactDeparted: "CD", freight.FactETA: "AG"},
	"":         {freight.FactPosition: "X6", freight.FactException: "SD"},
}

// X12Status is what the carriers that speak EDI told after from and not after to: a file of 214s for each of them that has
// something to tell. A set holds all the news of one load.
func (w *World) X12Status(from, to time.Time) []File {
	byCarrier := map[*Carrier][]*report{}
	reports := w.between(from, to)
	for i := range reports {
		if r := &reports[i]; r.by == "" {
			byCarrier[r.load.Carrier] = append(byCarrier[r.load.Carrier], r)
		}
	}
	var files []File
	for n, c := range w.Carriers {
		if told := byCarrier[c]; len(told) > 0 {
			body := w.statuses(c, told, to, int(to.Unix()/60)*len(w.Carriers)+n)
			files = append(files, File{Name: fmt.Sprintf("%s_214_%s.edi", c.SCAC, to.Format("20060102_1504")), At: to, Kind: freight.X12Status, Bytes: body})
		}
	}
	return files
}

func (w *World) statuses(c *Carrier, told []*report, at time.Time, control int) []byte {
	var x interchange
	x.begin(c.terminator, [2]string{"02", c.SCAC}, [2]string{"ZZ", receiver}, at, control)
	x.group("QM", c.SCAC, receiver, at)
	var order []*Load
	of := map[*Load][]*report{}
	for _, r := range told {
		if of[r.load] == nil {
			order = append(order, r.load)
		}
		of[r.load] = append(of[r.load], r)
	}
	for _, l := range order {
		x.status(l, of[l])
	}
	x.endGroup()
	x.end()
	return x.b
}

// status writes one 214: who and what, then a loop for each thing told.
func (x *interchange) status(l *Load, told []*report) {
	number := l.Number
	if !l.Carrier.namesLoad {
		number = ""
	}
	x.set("214")
	x.put("B10", l.PRO, number, l.Carrier.SCAC)
	x.put("L11", l.BOL, "BM")
	x.put("L11", l.PO, "PO")
	x.party("SH", l.Stops[0].Facility)
	x.party("CN", l.Last().Facility)
	x.put("MS3", l.Carrier.SCAC, "B", "", "M")
	for i, r := range told {
		x.put("LX", fmt.Sprint(i+1))
		x.event(l, r)
	}
	x.endSet()
}

func (x *interchange) event(l *Load, r *report) {
	style, side, loc, at := l.Carrier.clock, "", time.UTC, r.at
	if r.seq > 0 {
		s := &l.Stops[r.seq-1]
		side, loc = s.Kind, s.location()
	} else {
		style = clockUTC // on the road the place has no clock that a reader could know
	}
	if r.fact == freight.FactETA {
		at = r.eta
	}
	reason := "NS"
	if r.value != "" {
		reason = r.value
	}
	date, clock, code := style.time(at, loc)
	x.put("AT7", codes[side][r.fact], reason, "", "", date, clock, code)
	switch {
	case r.fact == freight.FactPosition:
		x.put("MS1", "", "", "", degreesX12(r.lon), degreesX12(r.lat), "W", "N")
	case r.seq > 0:
		f := l.Stops[r.seq-1].Facility
		x.put("MS1", f.City, f.State, f.Country)
	}
	x.put("MS2", l.Carrier.SCAC, l.Trailer, "TL")
	if r.seq > 0 {
		x.put("L11", fmt.Sprint(r.seq), "QN")
	}
	if r.seq > 0 && r.fact != freight.FactETA {
		x.put("AT8", "G", "L", fmt.Sprint(l.LBs), fmt.Sprint(l.Pieces))
	}
}

func (x *interchange) party(code string, f *Facility) {
	x.put("N1", code, f.Name)
	x.put("N3", f.Address)
	x.put("N4", f.City, f.State, f.Postal, f.Country)
}

// X12Tender are the loads of the customers that tender by X12, booked after from and not after to, as one file of 204s; nil when there are none.
// The shipment number is the load number.
func (w *World) X12Tender(from, to time.Time) []byte {
	var booked []*Load
	for _, l := range w.Loads {
		if l.Customer.Tenders && l.Trait != CarrierOnly && l.Booked.After(from) && !l.Booked.After(to) {
			booked = append(booked, l)
		}
	}
	if len(booked) == 0 {
		return nil
	}
	var x interchange
	x.begin("~\n", [2]string{"ZZ", "SIMTMS"}, [2]string{"ZZ", receiver}, to, int(to.Unix()/60))
	x.group("SM", "SIMTMS", receiver, to)
	for _, l := range booked {
		x.tender(l)
	}
	x.endGroup()
	x.end()
	return x.b
}

func (x *interchange) tender(l *Load) {
	x.set("204")
	x.put("B2", "", l.Carrier.SCAC, "", l.Number, "", "PP")
	x.put("B2A", "00", "LT")
	x.put("L11", l.BOL, "BM")
	x.put("L11", l.PO, "PO")
	x.put("N1", "BT", l.Customer.Name)
	for i := range l.Stops {
		x.tenderStop(l, &l.Stops[i])
	}
	x.put("L3", fmt.Sprint(l.LBs), "G", "", "", "", "", "", "", "", "", fmt.Sprint(l.Pieces))
	x.endSet()
}

func (x *interchange) tenderStop(l *Load, s *Stop) {
	reason, party, first, last := "CL", "SH", [2]string{"37", "I"}, [2]string{"38", "K"}
	if s.Kind == "delivery" {
		reason, party, first, last = "CU", "CN", [2]string{"53", "G"}, [2]string{"54", "L"}
	}
	x.put("S5", fmt.Sprint(s.Seq), reason, fmt.Sprint(l.LBs), "L", fmt.Sprint(l.Pieces), "PC")
	for i, t := range []time.Time{s.OriginalStart, s.OriginalEnd} {
		date, clock, code := clockOfStop.time(t, s.location())
		q := [][2]string{first, last}[i]
		x.put("G62", q[0], date, q[1], clock, code)
	}
	x.party(party, s.Facility)
}
