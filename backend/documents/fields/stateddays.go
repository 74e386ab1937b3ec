package fields

import (
	"slices"

	"tracedesk/backend/documents/paper"
)

// Days in print whose label is not known or was not read: they are the day that the load plans, or the only day on the paper.

const (
	plannedStands = 0.72
	onlyDay       = 0.65
)

// statedDay is a date in print that no label owns.
type statedDay struct {
	read
	form bool // in a line that says which edition of a form it is
}

// editions are words beside the date from which a form is in use.
var editions = map[string]bool{"form": true, "rev": true, "revised": true, "ed": true, "edition": true, "effective": true, "printed": true, "copyright": true, "forma": true}

// statedDays are the dates of the page that are no field's value and stand behind no label of their own.
func (f *finder) statedDays() (out []statedDay) {
	for _, r := range f.sheet.rows {
		edition := slices.ContainsFunc(r.tokens, func(t token) bool { return editions[t.key] })
		for _, cell := range r.cells() {
			text, starts := spell(cell)
			for _, d := range findDates(text, f.dayFirst) {
				box, part := stretch(cell, starts, d.from, d.to), within(cell, starts, d.from, d.to)
				if len(part) == 0 || f.ownedBefore(part[0]) {
					continue
				}
				out = append(out, statedDay{read{value: d.iso, either: d.either, text: text[d.from:d.to], box: box, sure: leastSureOf(part), quality: 0.95}, edition})
			}
		}
	}
	return out
}

// ownedBefore tells whether a label that is not one of a date stands right before a token.
func (f *finder) ownedBefore(t token) bool {
	l, ok := f.labelLeftOf(t.box)
	if !ok || l.row != t.row || isDay(l.field) {
		return false
	}
	for _, between := range f.sheet.rows[t.row].tokens[l.to:] {
		if between.box[0] >= t.box[0] {
			return true
		}
		if between.key != "" {
			return false
		}
	}
	return true
}

// hasDay tells whether a day has a value that will be told.
func (f *finder) hasDay(field string) bool {
	for _, name := range []string{field, anyDate} {
		if f.means(name) == field && slices.ContainsFunc(f.found[name], func(c candidate) bool { return c.score >= usualFloor }) {
			return true
		}
	}
	return false
}

// dayThere looks for the planned day of the loads on the page where no label led to one: of the pickup on any paper of the trip, of the
// delivery where it is signed, and on a confirmation, which plans it as well.
func (f *finder) dayThere() {
	fields := []string{paper.PickupDate}
	switch f.kind {
	case paper.Other, paper.BOL, paper.POD:
		fields = append(fields, paper.DeliveryDate)
	case paper.POP:
	default:
		return
	}
	for _, field := range fields {
		planned, other := f.expected(field), f.expected(otherDay(field))
		if len(planned) == 0 || f.hasDay(field) || field == paper.DeliveryDate && f.dayUnread() || f.kind == paper.Other && !f.hasDay(otherDay(field)) && !f.standsAny(other) {
			continue // an invoice has one day, a confirmation both
		}
		for _, d := range f.statedDays() {
			if !planned[d.value] && planned[d.either] {
				d.value, d.either = d.either, d.value
			}
			shared := other[d.value] && (field == paper.DeliveryDate || f.kind != paper.BOL && f.kind != paper.POP)
			elsewhere := field == paper.DeliveryDate && f.kind != paper.Other && !f.nearSigning(d.box)
			if planned[d.value] && !shared && !elsewhere && !d.form && !f.isValue(d.box) {
				f.add(field, candidate{read: d.read, score: plannedStands, why: "the day that the load plans stands there"})
				break
			}
		}
	}
}

// dayUnread tells whether something stands in a place for the day of delivery that was not read: it may be another than is planned.
func (f *finder) dayUnread() bool {
	k := inkOf(f.sheet.page.Grey)
	return k != nil && slices.ContainsFunc(f.doubts, func(d doubt) bool {
		return isDay(d.field) && f.means(d.field) == paper.DeliveryDate && f.inked(k, d.region)
	})
}

// standsAny tells whether one of some days stands on the page.
func (f *finder) standsAny(days map[string]bool) bool {
	return slices.ContainsFunc(f.statedDays(), func(d statedDay) bool { return days[d.value] || days[d.either] })
}

func otherDay(field string) string {
	if field == paper.PickupDate {
		return paper.DeliveryDate
	}
	return paper.PickupDate
}

// onlyDayThere takes the only day in print on a receipt, a ticket or a report for its own.
func (f *finder) onlyDayThere() {
	switch f.kind {
	case paper.Lumper, paper.Weight, paper.OSD:
	default:
		return
	}
	if f.hasDay(f.means(anyDate)) {
		return
	}
	var only []statedDay
	for _, d := range f.statedDays() {
		if year := f.year(); d.form || d.sure < halfSure || year != "" && d.value[:4] != year {
			continue
		}
		if len(only) == 0 || only[0].value != d.value {
			only = append(only, d)
		}
	}
	if len(only) == 1 {
		f.add(anyDate, candidate{read: only[0].read, score: onlyDay, why: "the only day on the paper"})
	}
}

// plannedMeaning gives a date that nothing says the meaning of, on a proof, to the day on which the load plans the one and not the other:
// a bill of lading is dated by who receives, too.
func (f *finder) plannedMeaning() {
	if f.kind != paper.BOL && f.kind != paper.POP && f.kind != paper.POD {
		return
	}
	picked, delivered := f.expected(paper.PickupDate), f.expected(paper.DeliveryDate)
	f.found[anyDate] = slices.DeleteFunc(f.found[anyDate], func(c candidate) bool {
		switch {
		case picked[c.value] && !delivered[c.value]:
			f.found[paper.PickupDate] = append(f.found[paper.PickupDate], c)
		case delivered[c.value] && !picked[c.value]:
			f.found[paper.DeliveryDate] = append(f.found[paper.DeliveryDate], c)
		default:
			return false
		}
		return true
	})
}
