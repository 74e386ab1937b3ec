package fields

import (
	"slices"
	"strings"
	"time"
)

// A scrawled date is misread in a letter or two. Whether it is the day that the load plans is asked of all days around it: the
// planned one has to be what the writing is nearest to, and clearly nearer than to any other day, as a trip that went otherwise
// would have it.

// dayForms are how people write a day.
var dayForms = []string{"01/02/2006", "1/2/06", "1/2/2006", "01/02/06", "2006-01-02", "Jan 2, 2006", "January 2, 2006", "02-Jan-2006", "2 Jan 2006", "2-Jan-06", "02/01/2006", "2/1/2006", "2/1/06"}

const (
	daysAround   = 45
	nearDay      = 0.2 // cost a letter
	clearDay     = 0.45
	noDayAtAll   = 0.4 // cost a letter of a reading that says nothing
	shortestDate = 5   // letters and digits
)

var spanishMonths = strings.NewReplacer("Jan", "ene", "Apr", "abr", "Aug", "ago", "Dec", "dic")

// writtenAs are the ways to write a day, without blanks and marks.
func writtenAs(day time.Time) (out [][]rune) {
	for _, form := range dayForms {
		said := day.Format(form)
		out = append(out, solid(said))
		if es := spanishMonths.Replace(said); es != said {
			out = append(out, solid(es))
		}
	}
	return out
}

// offFrom is what it costs to take readings for a day, the mean over them, and a letter.
func offFrom(readings [][]rune, day time.Time) (off, each float64) {
	forms := writtenAs(day)
	for _, r := range readings {
		best, long := 1e9, 1
		for _, form := range forms {
			if c := apart(r, form); c < best {
				best, long = c, len(form)
			}
		}
		off += best / float64(len(readings))
		each += best / float64(long*len(readings))
	}
	return off, each
}

// likeliestDay tells whether readings of a date are nearest to one day of all around it.
func likeliestDay(texts []string, iso string) bool {
	day, err := time.Parse(time.DateOnly, iso)
	var readings [][]rune
	for _, t := range texts {
		if r := solid(t); len(r) >= shortestDate && digits(t) >= 3 && len(r) <= 14 {
			readings = append(readings, r)
		}
	}
	if err != nil {
		return false
	}
	readings = slices.DeleteFunc(readings, func(r []rune) bool {
		_, each := offFrom([][]rune{r}, day)
		return each > noDayAtAll
	})
	if len(readings) < 2 {
		return false
	}
	off, each := offFrom(readings, day)
	if each > nearDay {
		return false
	}
	for away := 1; away <= daysAround; away++ {
		for _, d := range []int{-away, away} {
			if other, _ := offFrom(readings, day.AddDate(0, 0, d)); other < off+clearDay {
				return false
			}
		}
	}
	return true
}

// apart is what it costs to take the whole of a reading for a word.
func apart(reading, word []rune) float64 {
	before, now := make([]float64, len(reading)+1), make([]float64, len(reading)+1)
	for j := range reading {
		before[j+1] = before[j] + addedLetter
	}
	for i := range word {
		now[0] = before[0] + lostLetter
		for j := range reading {
			now[j+1] = min(before[j]+letterCost(reading[j], word[i]), before[j+1]+lostLetter, now[j]+addedLetter)
		}
		before, now = now, before
	}
	return before[len(reading)]
}
