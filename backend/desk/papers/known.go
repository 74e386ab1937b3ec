package papers

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// holders are the loads of the desk as far as papers can be held against them, looked up by number. One is used for one
// file: what it has looked up it remembers.
type holders struct {
	area  *Area
	loads map[int64]*paper.Expected
	ids   map[string]int64 // load number -> load
	never map[int64]bool   // loads that a person said the paper is not of
}

// mostHolders is how many loads one number may name; a number of more loads names none.
const mostHolders = 50

// Holders are the loads that go by a number in the form of freight.NormalRef.
func (h *holders) Holders(ctx context.Context, number string) ([]*paper.Expected, error) {
	if number == "" {
		return nil, nil
	}
	hits, err := h.area.desk.Store.RefHits(ctx, number, mostHolders)
	if err != nil {
		return nil, err
	}
	var out []*paper.Expected
	var seen []int64
	for _, hit := range hits {
		if slices.Contains(seen, hit.Load) || h.never[hit.Load] {
			continue
		}
		seen = append(seen, hit.Load)
		e, err := h.expected(ctx, hit.Load)
		if err != nil {
			return nil, err
		}
		if e != nil {
			out = append(out, e)
		}
	}
	return out, nil
}

// expected is what the desk knows of a load.
func (h *holders) expected(ctx context.Context, load int64) (*paper.Expected, error) {
	if e, had := h.loads[load]; had {
		return e, nil
	}
	if h.loads == nil {
		h.loads, h.ids = map[int64]*paper.Expected{}, map[string]int64{}
	}
	view, err := h.area.desk.Ledger.View(ctx, load, time.Time{}, h.area.desk.Now())
	if err != nil {
		return nil, err
	}
	on, err := h.area.desk.Store.Load(ctx, load)
	if err != nil {
		return nil, err
	}
	e := expectedOf(&view.Timeline, on)
	if err := h.area.learned(ctx, e); err != nil {
		return nil, err
	}
	h.loads[load] = e
	if other, taken := h.ids[e.Load]; !taken || other > load {
		h.ids[e.Load] = load
	}
	return e, nil
}

// fieldOfRef is the field of a paper in which a reference stands.
var fieldOfRef = map[freight.RefType]string{freight.RefLoad: paper.Load, freight.RefBOL: paper.Bill, freight.RefPRO: paper.PRO, freight.RefPO: paper.PO, freight.RefTrailer: paper.Trailer}

// alsoNames are the references that name a load as its number does.
var alsoNames = map[freight.RefType]bool{freight.RefOrder: true, freight.RefBooking: true, freight.RefP44: true, freight.RefFourKites: true, freight.RefMacroPoint: true}

// expectedOf is a load in the form of the fields of a paper. What its sources contradict each other in is given in all ways.
func expectedOf(t *freight.Timeline, on store.Load) *paper.Expected {
	e := &paper.Expected{Load: on.Number, ID: on.ID, Values: map[string]string{}, Also: map[string][]string{}, Customer: t.Customer.Value}
	add := func(field, value string) {
		value = strings.TrimSpace(value)
		switch first := e.Values[field]; {
		case value == "" || value == first || slices.Contains(e.Also[field], value):
		case first == "":
			e.Values[field] = value
		default:
			e.Also[field] = append(e.Also[field], value)
		}
	}
	told := func(field string, k freight.Known) {
		add(field, k.Value)
		for _, c := range k.Claims {
			add(field, c.Value)
		}
	}
	add(paper.Load, on.Number)
	for i := range t.Refs {
		r := &t.Refs[i]
		if field, ok := fieldOfRef[r.Type]; ok {
			add(field, r.Value)
		} else if alsoNames[r.Type] {
			e.Also[paper.Load] = append(e.Also[paper.Load], r.Value)
		}
	}
	for i := range t.Shipments {
		for _, r := range t.Shipments[i].Refs {
			if field, ok := fieldOfRef[r.Type]; ok {
				add(field, r.Value)
			}
		}
	}
	told(paper.Carrier, t.Carrier)
	told(paper.SCAC, t.SCAC)
	told(paper.Trailer, t.Equipment["TRAILER"])
	told(paper.Seal, t.Equipment["SEAL"])
	for i := range t.Stops {
		expectStop(e, &t.Stops[i], add)
	}
	return e
}

// expectStop adds what a stop lets a paper say: who ships or receives, where, how much, and the day.
func expectStop(e *paper.Expected, s *freight.StopLine, add func(field, value string)) {
	amount := func(field string, a *freight.Amount) {
		if a == nil {
			return
		}
		add(field, strconv.FormatFloat(a.Value, 'f', -1, 64))
	}
	if s.Pickup() {
		add(paper.Shipper, s.Place.Facility)
		add(paper.ShipperAddr, address(&s.Place))
		add(paper.PickupDate, day(s, s.PickedUp, s.Loaded, s.Departed, s.Arrived))
	}
	if s.Delivery() {
		add(paper.Consignee, s.Place.Facility)
		add(paper.ConsigneeAddr, address(&s.Place))
		add(paper.DeliveryDate, day(s, s.Delivered, s.Unloaded, s.Departed, s.Arrived))
	}
	amount(paper.Pieces, s.Pieces)
	amount(paper.Pallets, s.Pallets)
	if s.Weight != nil && (s.Weight.Unit == "" || strings.HasPrefix(strings.ToUpper(s.Weight.Unit), "LB")) {
		amount(paper.Weighed, s.Weight)
	}
}

func address(p *freight.Place) string {
	var parts []string
	for _, part := range []string{p.Address, p.City, strings.TrimSpace(p.State + " " + p.Postal)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// day is the stop's own day of what happened there, else of what was planned.
func day(s *freight.StopLine, happened ...*freight.KnownTime) string {
	at := s.Window.Start
	if at.IsZero() {
		at = s.Window.End
	}
	for _, k := range happened {
		if k != nil && !k.At.IsZero() {
			at = k.At
			break
		}
	}
	if at.IsZero() {
		return ""
	}
	if loc, err := freight.Location(s.Zone); err == nil {
		at = at.In(loc)
	}
	return at.Format(time.DateOnly)
}
