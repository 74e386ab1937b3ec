package sheet

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// dateSigns is what the values of one date column say about the order of their figures.
type dateSigns struct {
	column     int
	numeric    int // dates in figures whose order matters
	monthFirst int // can only be month/day
	dayFirst   int // can only be day/month
	halfDay    int
	yearFirst  int       // two-figure years that stand first
	open       []reading // a sample of the ambiguous ones
	pairs      []reading // a sample of those written as three pairs of figures
	firstRow   int       // the row that decided
	decisive   string
}

func (d *dateSigns) decided() bool { return d.monthFirst > 0 || d.dayFirst > 0 }

func (d *dateSigns) add(n int, v string) {
	if _, iso := parseISO(v); iso || v == "" {
		return
	}
	r, ok := readTime(v)
	if !ok {
		if start, _, found := cutSpan(v); found {
			r, ok = readTime(start)
		}
	}
	if !ok || r.instant != nil || !r.numeric() {
		return
	}
	d.numeric++
	if r.halfDay {
		d.halfDay++
	}
	if r.n == 3 && r.field[2].digits <= 2 && len(d.pairs) < 200 {
		d.pairs = append(d.pairs, r)
	}
	a, b := r.field[0].value, r.field[1].value
	switch {
	case a > 31:
		d.yearFirst++
	case a > 12 && b <= 12:
		d.dayFirst++
	case b > 12 && a <= 12:
		d.monthFirst++
	default:
		if len(d.open) < 200 {
			d.open = append(d.open, r)
		}
		return
	}
	if d.firstRow == 0 {
		d.firstRow, d.decisive = n, v
	}
}

// cutSpan is the part of a window before its sign, where that part is a time.
func cutSpan(s string) (start, rest string, ok bool) {
	for _, sign := range spanSigns {
		if i := strings.Index(s, sign); i > 0 && sign != "/" && sign != "-" {
			return strings.TrimSpace(s[:i]), s[i+len(sign):], true
		}
	}
	return "", "", false
}

// decision is the order of one column and why.
type decision struct {
	order Order
	why   string
}

// signsOf looks at the date columns: at the sample, and at the whole file only as long as a column stays undecided.
func (b *Book) signsOf(columns []int) ([]*dateSigns, error) {
	signs := make([]*dateSigns, len(columns))
	for i, column := range columns {
		signs[i] = &dateSigns{column: column}
		for j := range b.sample {
			signs[i].add(b.sample[j].n, b.sample[j].cell(column))
		}
	}
	open := openSigns(signs)
	if len(open) == 0 {
		return signs, nil
	}
	last := b.HeaderRow
	if len(b.sample) > 0 {
		last = b.sample[len(b.sample)-1].n
	}
	left := len(open)
	err := b.table.each(func(r *row) bool {
		if r.n <= last {
			return true
		}
		for _, d := range open {
			if !d.decided() {
				if d.add(r.n, r.cell(d.column)); d.decided() {
					left--
				}
			}
		}
		return left > 0
	})
	return signs, err
}

func openSigns(signs []*dateSigns) (open []*dateSigns) {
	for _, d := range signs {
		if d.numeric > 0 && !d.decided() && d.yearFirst == 0 {
			open = append(open, d)
		}
	}
	return open
}

// decideOrders settles day/month or month/day for each column: by the column itself, by the other columns, by the country of
// the places, by AM and PM, by nearness to the day the file was received, and says which.
func (b *Book) decideOrders(columns []int, country string, foreign bool, received time.Time) (map[int]decision, []string, error) {
	signs, err := b.signsOf(columns)
	if err != nil {
		return nil, nil, err
	}
	decided := map[int]decision{}
	var notes []string
	for _, d := range signs {
		switch {
		case d.numeric == 0:
			continue
		case d.yearFirst > 0 && d.monthFirst == 0 && d.dayFirst == 0, looksYearFirst(d, received):
			decided[d.column] = decision{YearFirst, "the figures that stand first are years"}
		case d.dayFirst > d.monthFirst:
			decided[d.column] = decision{DayFirst, fmt.Sprintf("%q in row %d can be nothing else", d.decisive, d.firstRow)}
		case d.monthFirst > 0:
			decided[d.column] = decision{MonthFirst, fmt.Sprintf("%q in row %d can be nothing else", d.decisive, d.firstRow)}
		}
		if d.dayFirst > 0 && d.monthFirst > 0 {
			notes = append(notes, fmt.Sprintf("Column %s mixes day/month (%d values) and month/day (%d values); what can be read either way was read like the majority.",
				b.Header[d.column], d.dayFirst, d.monthFirst))
		}
	}
	common, commonColumn := commonOrder(decided)
	open := dateSigns{}
	for _, d := range signs {
		if _, ok := decided[d.column]; !ok && d.numeric > 0 {
			open.open, open.halfDay = append(open.open, d.open...), open.halfDay+d.halfDay
		}
	}
	for _, d := range signs {
		if _, ok := decided[d.column]; !ok && d.numeric > 0 {
			decided[d.column] = b.settle(&open, common, commonColumn, country, foreign, received)
		}
	}
	for _, d := range signs {
		if dec, ok := decided[d.column]; ok && dec.order != "" {
			notes = append(notes, fmt.Sprintf("Dates in column %s are read as %s: %s.", b.Header[d.column], orderWords[dec.order], dec.why))
		}
	}
	return decided, notes, nil
}

var orderWords = map[Order]string{MonthFirst: "month/day", DayFirst: "day/month", YearFirst: "year/month/day"}

func commonOrder(decided map[int]decision) (Order, int) {
	month, day, column := 0, 0, -1
	columns := make([]int, 0, len(decided))
	for c := range decided {
		columns = append(columns, c)
	}
	slices.Sort(columns)
	for _, c := range columns {
		switch decided[c].order {
		case MonthFirst:
			month++
		case DayFirst:
			day++
		default:
			continue
		}
		if column < 0 {
			column = c
		}
	}
	switch {
	case month > day:
		return MonthFirst, column
	case day > month:
		return DayFirst, column
	}
	return "", -1
}

// settle decides the columns whose own values leave them open, all alike.
func (b *Book) settle(d *dateSigns, common Order, commonColumn int, country string, foreign bool, received time.Time) decision {
	switch {
	case common != "":
		return decision{common, fmt.Sprintf("no value of it decides, but column %s does", b.Header[commonColumn])}
	case country == "US" || country == "CA":
		return decision{MonthFirst, "no value decides, and the places are in " + country}
	case country != "":
		return decision{DayFirst, "no value decides, and the places are in " + country}
	case d.halfDay > 0:
		return decision{MonthFirst, "no value decides, and the times are written with AM and PM"}
	case foreign:
		return decision{DayFirst, "no value decides, and the header is not in English"}
	}
	if received.IsZero() {
		return decision{}
	}
	month, day := awayFrom(d.open, MonthFirst, received), awayFrom(d.open, DayFirst, received)
	switch {
	case month <= day:
		return decision{MonthFirst, "no value decides; so read they are nearest to the day the file was received"}
	default:
		return decision{DayFirst, "no value decides; so read they are nearest to the day the file was received"}
	}
}

// awayFrom is the mean distance in days between the values and the day of receipt, under one order.
func awayFrom(open []reading, order Order, received time.Time) float64 {
	total, n := 0.0, 0
	for i := range open {
		year, month, day, err := open[i].date(dateRules{order: order, received: received})
		if err != nil || !validDay(year, month, day) {
			continue
		}
		total += math.Abs(time.Date(year, time.Month(month), day, 12, 0, 0, 0, time.UTC).Sub(received).Hours() / 24)
		n++
	}
	if n == 0 {
		return math.MaxFloat64
	}
	return total / float64(n)
}

// looksYearFirst knows 26-11-23: three pairs of figures of which the first is always about the year of receipt and the last is not.
func looksYearFirst(d *dateSigns, received time.Time) bool {
	if received.IsZero() || d.monthFirst > 0 {
		return false
	}
	year, first, last, all := received.Year()%100, 0, 0, len(d.pairs)
	for i := range d.pairs {
		r := &d.pairs[i]
		if near(r.field[0].value, year) {
			first++
		}
		if near(r.field[2].value, year) {
			last++
		}
	}
	return all > 0 && first == all && last*2 < all
}

func near(a, b int) bool { return a-b <= 1 && b-a <= 1 }

// countryOfStates is the country of most states in a column of the sample; "" when the column is absent or tells nothing.
func (b *Book) countryOfStates(column int) string {
	votes := map[string]int{}
	for i := range b.sample {
		if country := states[strings.ToUpper(b.sample[i].cell(column))]; country != "" {
			votes[country]++
		}
	}
	return most(votes)
}

// most is the key with the most votes, the first in the alphabet of several.
func most(votes map[string]int) (best string) {
	for key, n := range votes {
		if best == "" || n > votes[best] || n == votes[best] && key < best {
			best = key
		}
	}
	return best
}
