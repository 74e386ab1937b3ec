package fields

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
)

// How figures by a pen are misread: a seven for a one more often than a three for a one, a nine for a four when it leans. What is
// written is what best accounts for all readings together, so that a few readings of a two among many of a seven tell a two, which
// is taken for a seven, and never a seven, which is hardly taken for a two.

// takenFor are the figures that a written one is taken for, and how often in a hundred readings.
var takenFor = [10]map[rune]float64{
	0: {'6': 1.5, '8': 1, '9': 1},
	1: {'7': 12, '4': 2, '2': 1},
	2: {'7': 12, '1': 8, '3': 3, '8': 1.5, '0': 1},
	3: {'5': 4, '2': 4, '8': 2, '7': 2, '9': 1.5, '1': 1},
	4: {'9': 12, '7': 3, '1': 2, '6': 1.5},
	5: {'9': 4, '6': 4, '3': 4, '8': 2, '7': 1.5, '1': 1},
	6: {'4': 5, '0': 2, '8': 2, '3': 2, '5': 2},
	7: {'1': 18, '2': 4, '3': 4, '9': 2, '4': 1},
	8: {'3': 3, '6': 2, '5': 2, '2': 2, '9': 2, '0': 1.5, '4': 1},
	9: {'4': 5, '7': 4, '1': 1.5, '3': 1.5, '0': 1.5, '8': 1.5},
}

// Costs of what a pen's line is taken for, as the logarithm of how seldom it happens.
const (
	seldomTaken  = 0.5 // in a hundred: of any other figure
	lostFigure   = 3.0
	lostOne      = 1.6 // a one, or a figure beside its like
	addedFigure  = 3.0
	asLetter     = 2.0 // a letter for a figure
	likeFigure   = 0.9 // a letter that looks like it
	otherMark    = 0.3
	markAsFigure = 1.2 // a slash for a one
	lostMark     = 0.7
	addedMark    = 1.2
	monthAlike   = 1.0 // a letter of a month's name
	monthOther   = 2.2
	monthLost    = 1.3
	noReading    = 8.0 // from here on a reading tells nothing
)

var figureCosts = func() (costs [10][10]float64) {
	for meant := range 10 {
		left := 100.0
		for read := range 10 {
			share := seldomTaken
			if s, ok := takenFor[meant][rune('0'+read)]; ok {
				share = s
			}
			if read != meant {
				left -= share
				costs[read][meant] = -math.Log(share / 100)
			}
		}
		costs[meant][meant] = -math.Log(left / 100)
	}
	return costs
}()

func isFigure(c rune) bool { return c >= '0' && c <= '9' }

func isMark(c rune) bool { return strings.ContainsRune("-/.:", c) }

// strokeCost is what it costs that what was written as one is read as the other.
func strokeCost(read, meant rune) float64 {
	switch {
	case isFigure(meant) && isFigure(read):
		return figureCosts[read-'0'][meant-'0']
	case isMark(meant) && isMark(read):
		if read == meant {
			return 0
		}
		return otherMark
	case meant == '/' && (read == '1' || read == '7' || read == 'l' || read == '|' || read == 'I'):
		return markAsFigure
	case isFigure(meant) && unicode.IsLetter(read):
		if number(string(read)) == int(meant-'0') {
			return likeFigure
		}
		return asLetter
	case isFigure(meant) || isMark(meant):
		return lostFigure
	case read == meant:
		return 0
	case letterCost(read, meant) < 1:
		return monthAlike
	}
	return monthOther
}

func lostStroke(meant, before rune) float64 {
	switch {
	case meant == '1' || isFigure(meant) && meant == before:
		return lostOne
	case isFigure(meant):
		return lostFigure
	case isMark(meant):
		return lostMark
	}
	return monthLost
}

func addedStroke(read rune) float64 {
	switch {
	case isFigure(read):
		return addedFigure
	case unicode.IsLetter(read):
		return monthLost
	}
	return addedMark
}

// misreadAs is what it costs that what was written is read so.
func misreadAs(reading, written []rune) float64 {
	var rows [2][longestRead + 1]float64
	before, now := rows[0][:len(reading)+1], rows[1][:len(reading)+1]
	for j, read := range reading {
		before[j+1] = before[j] + addedStroke(read)
	}
	last := ' '
	for _, meant := range written {
		lost := lostStroke(meant, last)
		now[0] = before[0] + lost
		for j, read := range reading {
			now[j+1] = min(before[j]+strokeCost(read, meant), before[j+1]+lost, now[j]+addedStroke(read))
		}
		before, now, last = now, before, meant
	}
	return min(before[len(reading)], noReading)
}

// asPenned is a reading as it is held against what may be written.
func asPenned(text string) []rune {
	text = strings.Map(func(c rune) rune {
		switch {
		case unicode.IsLetter(c):
			return unicode.ToLower(c)
		case isFigure(c) || isMark(c):
			return c
		case c == '—' || c == '–' || c == '_' || c == '=':
			return '-'
		case strings.ContainsRune(`\|()[]`, c):
			return '/'
		}
		return -1
	}, text)
	r := []rune(text)
	return r[:min(len(r), longestRead)]
}

// heard are readings of one place with what each counts.
type heard struct {
	text   []rune
	weight float64
	times  int
}

// hear puts a reading to those before it.
func hear(all []heard, text string, sure float64) []heard {
	t := asPenned(text)
	if len(t) == 0 {
		return all
	}
	weight := (1 + sure) / 2
	for i := range all {
		if slices.Equal(all[i].text, t) {
			all[i].weight += weight
			all[i].times++
			return all
		}
	}
	return append(all, heard{t, weight, 1})
}

// independent is how many readings of one place tell as much as all of them, which are of the same ink.
const independent = 4.0

// accounts is what it costs that something written was read so by all readings.
func accounts(readings []heard, written string) float64 {
	cost, all, times := 0.0, 0.0, 0
	w := asPenned(written)
	for _, h := range readings {
		cost += h.weight * misreadAs(h.text, w)
		all += h.weight
		times += h.times
	}
	if all == 0 {
		return 0
	}
	return cost / all * min(independent, float64(times))
}

// How seldom a day is written on a proof whose load is planned for another, as a logarithm.
const (
	nextDay    = 2.5
	thisWeek   = 4.5
	dayBefore  = 4.0
	anotherDay = 6.5
	daysLooked = 45
	dayAhead   = 2.3 // a form in which the day stands before the month, both in figures
)

// How clearly a day has to be what was written.
const (
	clearlyMore = 2.3 // than any other; a time too, of which nearly all readings say it
	nearlyAsFit = 1.5 // days that account for the readings nearly as well as it
	mostRivals  = 2
)

// dayForm is a way to write a day; ahead where the day stands before the month.
type dayForm struct {
	form  string
	ahead bool
}

var (
	inFigures = []dayForm{{"01/02/2006", false}, {"1/2/06", false}, {"1/2/2006", false}, {"01/02/06", false}, {"2006-01-02", false},
		{"02/01/2006", true}, {"2/1/2006", true}, {"2/1/06", true}, {"02/01/06", true}}
	byName = []dayForm{{"Jan 2, 2006", false}, {"January 2, 2006", false}, {"02-Jan-2006", false}, {"2 Jan 2006", false}, {"2-Jan-06", false}, {"Jan 2 06", false}}
)

var spanishMonths = strings.NewReplacer("Jan", "ene", "Apr", "abr", "Aug", "ago", "Dec", "dic")

// dayCost is what it costs that a day was written and read so, in the form that fits best.
func dayCost(readings []heard, forms []dayForm, day time.Time, dayFirst bool) float64 {
	best := math.Inf(1)
	for _, form := range forms {
		seldom := 0.0
		if form.ahead != dayFirst && form.form[0] != 'J' && form.form[0] != '2' || form.ahead && !dayFirst {
			seldom = dayAhead
		}
		said := day.Format(form.form)
		best = min(best, accounts(readings, said)+seldom)
		if es := spanishMonths.Replace(said); es != said {
			best = min(best, accounts(readings, es)+seldom)
		}
	}
	return best
}

// heardDay is a day that readings may be of.
type heardDay struct {
	day        string
	cost, seen float64 // with how seldom it is, and by the readings alone
}

// writtenDay is the day that best accounts for readings where it clearly does, planned or near it; "" where none does.
func writtenDay(readings []heard, planned string, dayFirst bool) string {
	plan, err := time.Parse(time.DateOnly, planned)
	if err != nil || len(readings) == 0 {
		return ""
	}
	forms := byName
	if !named(readings) { // a month's name may have been read as figures
		forms = slices.Concat(inFigures, byName)
	}
	var all []heardDay
	for away := -daysLooked; away <= daysLooked; away++ {
		d := plan.AddDate(0, 0, away)
		seen := dayCost(readings, forms, d, dayFirst)
		all = append(all, heardDay{d.Format(time.DateOnly), seen + seldomDay(away), seen})
	}
	slices.SortFunc(all, func(a, b heardDay) int { return cmp.Compare(a.cost, b.cost) })
	rivals := 0
	for _, d := range all[1:] {
		if d.seen < all[0].seen+nearlyAsFit {
			rivals++
		}
	}
	if all[1].cost-all[0].cost < clearlyMore || rivals > mostRivals {
		return ""
	}
	return all[0].day
}

func seldomDay(away int) float64 {
	switch {
	case away == 0:
		return 0
	case away == 1:
		return nextDay
	case away == -1:
		return dayBefore
	case away > -4 && away < 8:
		return thisWeek
	}
	return anotherDay
}

// named tells whether most readings have a month's name, or what was made of one.
func named(readings []heard) bool {
	n, all := 0, 0
	for _, h := range readings {
		all += h.times
		if letters(string(h.text)) >= 3 {
			n += h.times
		}
	}
	return 2*n > all
}

// How seldom, as a logarithm.
const (
	otherCount = 6.5 // a proof has one certain count that is not its load's
	beforeDawn = 1.5 // a dock is in use
	clearCount = 3.0 // how clearly a count has to be what was written
)

// writtenCount is the count that accounts best for the readings, clearly, where the load has one; else "".
func (q *polling) writtenCount(expected string) string {
	value, clear := q.writtenFigures(append(nearTo(q.heard), expected), func(v string) float64 {
		if v == expected {
			return 0
		}
		return otherCount
	})
	if clear < clearCount {
		return ""
	}
	return value
}

// writtenTime is the time that accounts best for the readings, as its figures say, and by how much.
func (q *polling) writtenTime() (value string, clear float64) {
	var tries []string
	for _, t := range nearTo(q.heard) {
		if len(t) == 3 || len(t) == 4 {
			tries = append(tries, t[:len(t)-2]+":"+t[len(t)-2:])
		}
	}
	return q.writtenFigures(tries, func(v string) float64 {
		if v < dockOpens && len(q.behind) == 0 {
			return beforeDawn
		}
		return 0
	})
}

// writtenFigures is the value that best accounts for the readings of all texts that are tried, and by how much better than any
// other. Seldom is how seldom a value is written, as a logarithm.
func (q *polling) writtenFigures(tries []string, seldom func(value string) float64) (value string, clear float64) {
	best := map[string]float64{}
	behind := ""
	if len(q.behind) > 0 {
		behind = q.behind[0]
	}
	for _, t := range tries {
		r, ok := q.parse(t)
		if !ok || !q.pen.fits(t+behind) {
			continue
		}
		cost := accounts(q.heard, t) + seldom(r.value)
		if old, ok := best[r.value]; !ok || cost < old {
			best[r.value] = cost
		}
	}
	first, second := math.Inf(1), math.Inf(1)
	for _, v := range slices.Sorted(maps.Keys(best)) {
		switch c := best[v]; {
		case c < first:
			value, first, second = v, c, first
		case c < second:
			second = c
		}
	}
	return value, second - first
}

// nearTo are figures that were read and all that differ from them in one figure.
func nearTo(readings []heard) (tries []string) {
	seen := map[string]bool{}
	add := func(s string) {
		if !seen[s] {
			seen[s] = true
			tries = append(tries, s)
		}
	}
	for _, h := range readings {
		s := strings.Map(func(c rune) rune {
			if isFigure(c) {
				return c
			}
			return -1
		}, string(h.text))
		if len(s) > 5 {
			continue
		}
		add(s)
		for i := range s {
			for c := '0'; c <= '9'; c++ {
				add(s[:i] + string(c) + s[i+1:])
			}
		}
	}
	return tries
}
