package fields

import (
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// Dates whose label was not read, or is the head of a column.

// Where a day of delivery stands whose label was not read: in the rows of signatures and times, not long after the pickup.
const (
	looseNear  = 0.12 // of the page, from such a row
	looseScore = 0.55
	plannedDay = 0.72 // the day that the load plans
	mostDays   = 45   // after the pickup
)

// looseDate reads the day of delivery of a proof that says none behind a label.
func (f *finder) looseDate() {
	if f.kind != paper.POD || len(f.found[paper.DeliveryDate])+len(f.found[anyDate]) > 0 {
		return
	}
	planned := f.expected(paper.DeliveryDate)
	for _, r := range f.sheet.rows {
		if !f.nearSigning(r.box) {
			continue
		}
		for _, cell := range r.cells() {
			text, starts := spell(cell)
			text = strings.ReplaceAll(text, "=", "-") // a dash drawn twice
			for _, d := range findDates(text, f.dayFirst) {
				part := within(cell, starts, d.from, d.to)
				box := stretch(cell, starts, d.from, d.to)
				if len(part) == 0 || f.isValue(box) || !f.afterPickup(d.iso) {
					continue
				}
				score := looseScore
				if planned[d.iso] {
					score = plannedDay
				}
				f.add(anyDate, candidate{read: read{value: d.iso, text: text[d.from:d.to], box: box, sure: leastSureOf(part), quality: 0.9}, score: score, why: "beside where it is signed"})
			}
		}
	}
}

// nearSigning tells whether a row is one of those in which a paper is signed and its times are written.
func (f *finder) nearSigning(row paper.Box) bool {
	near := func(box paper.Box) bool { return row[1] > box[1]-looseNear && row[1] < box[3]+looseNear }
	if slices.ContainsFunc(f.signLines(), func(l line) bool { return near(l.box) }) {
		return true
	}
	return slices.ContainsFunc(f.sheet.labels, func(l found) bool { return (l.field == paper.In || l.field == paper.Out) && near(l.box) })
}

// isValue tells whether a place was read as the value of a field already.
func (f *finder) isValue(place paper.Box) bool {
	for _, all := range f.found {
		if slices.ContainsFunc(all, func(c candidate) bool { return touches(place, c.box) }) {
			return true
		}
	}
	return false
}

// afterPickup tells whether a day is not before the pickup that the page or its load has, and not long after. Where neither says,
// it is not known.
func (f *finder) afterPickup(iso string) bool {
	var picked []string
	for _, c := range f.found[paper.PickupDate] {
		if c.score > 0.5 {
			picked = append(picked, c.value)
		}
	}
	for day := range f.expected(paper.PickupDate) {
		picked = append(picked, day)
	}
	return len(picked) > 0 && !slices.ContainsFunc(picked, func(p string) bool { return iso < p || days(iso)-days(p) > mostDays })
}

// isDay tells whether a column is one of days.
func (c tableColumn) isDay() bool { return isDay(c.field) }

// counts tells whether a column is one of figures that add up.
func (c tableColumn) counts() bool { return c.field != "" && !c.isDay() }

// dayColumn reads a column of days, which has one in its first row: the form's boxes side by side, not goods.
func (f *finder) dayColumn(t table, c tableColumn) {
	row := f.sheet.rows[t.rows[0]]
	h := f.sheet.height
	place := paper.Box{max(c.box[0]-0.01, c.left), row.box[1] - 0.6*h, min(c.right, c.box[0]+0.3), row.box[3] + 0.6*h}
	var here []token
	for _, tok := range row.tokens {
		if mid := (tok.box[0] + tok.box[2]) / 2; mid > place[0] && mid < place[2] {
			here = append(here, tok)
		}
	}
	if r, ok := f.readDateAt(here); ok {
		f.add(c.field, candidate{read: r, score: c.weight * belowIt, why: "in its column", label: true})
		return
	}
	f.doubts = append(f.doubts, doubt{field: c.field, region: place, weight: c.weight})
}

// datedWords are words before or behind "date" that tell which day it is, as they are looked for where a letter or two are misread.
var datedWords = []struct {
	word, field string
	most        int // letters misread
}{
	{"ship", paper.PickupDate, 1}, {"shipped", paper.PickupDate, 2}, {"pickup", paper.PickupDate, 1}, {"embarque", paper.PickupDate, 2},
	{"loaded", paper.PickupDate, 1}, {"tendered", paper.PickupDate, 2}, {"collected", paper.PickupDate, 2}, {"dispatched", paper.PickupDate, 2}, {"ready", paper.PickupDate, 0},
	{"unloaded", paper.DeliveryDate, 1}, {"arrived", paper.DeliveryDate, 1}, {"arrival", paper.DeliveryDate, 1}, {"received", paper.DeliveryDate, 2}, {"recibido", paper.DeliveryDate, 2},
	{"delivery", paper.DeliveryDate, 2}, {"delivered", paper.DeliveryDate, 2}, {"entrega", paper.DeliveryDate, 1}, {"livraison", paper.DeliveryDate, 2},
}

// besideUnread is how much less the label "date" says beside a word that was not read.
const besideUnread = 0.75

// whichDate is the label of a date whose other word was misread: "SKIP DATE" is the ship date. Beside a word that is none of those
// it says less.
func (f *finder) whichDate(l found) found {
	if l.field != anyDate {
		return l
	}
	if of := f.ofStop(l); of != "" && f.kind == paper.Other {
		l.field = of
		return l
	}
	if of := f.ofSigner(l); of != "" {
		l.field = of
		return l
	}
	if len(l.words) != 1 {
		return l
	}
	tokens := f.sheet.rows[l.row].tokens
	unread := false
	for _, k := range []int{l.from - 1, l.to} {
		if k < 0 || k >= len(tokens) || tokens[k].known || hasDigit(tokens[k].text) || f.sheet.apart(tokens, max(k, l.from)) || len(tokens[k].key) < 3 {
			continue
		}
		for _, d := range datedWords {
			if distance(tokens[k].key, d.word, d.most) <= d.most {
				l.field, l.weight = d.field, 0.9
				return l
			}
		}
		unread = unread || k < l.from
	}
	if unread {
		l.weight *= besideUnread
	}
	return l
}

// stopAbove is how many lines above its date a stop of a confirmation is named.
const stopAbove = 6

// ofStop is the day that a date under the heading of a stop is ("Stop 1 - Pickup" over "Date: 2/13/2026"); "" where none is above.
func (f *finder) ofStop(l found) string {
	for i := len(f.sheet.labels) - 1; i >= 0; i-- {
		o := f.sheet.labels[i]
		if o.row >= l.row || l.box[1]-o.box[3] > stopAbove*f.sheet.height || o.from > 0 && !f.sheet.apart(f.sheet.rows[o.row].tokens, o.from) {
			continue
		}
		for _, w := range o.words {
			switch {
			case (w == "pickup" || w == "pick" || w == "pu" || w == "recoger") && (o.field == paper.Shipper || o.field == paper.PickupDate):
				return paper.PickupDate
			case (w == "delivery" || w == "deliver" || w == "drop" || w == "entregar") && (o.field == paper.Consignee || o.field == paper.DeliveryDate):
				return paper.DeliveryDate
			}
		}
	}
	return ""
}
