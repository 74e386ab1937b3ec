package macropoint

import (
	"fmt"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// How dates are written in callbacks is not published: those of .NET in the United States, and ISO with and without an
// offset, are read.
var (
	monthFirst = []string{"1/2/2006 3:04:05 PM", "1/2/2006 3:04 PM", "1/2/2006 15:04:05", "1/2/2006 15:04"}
	dayFirst   = []string{"2/1/2006 3:04:05 PM", "2/1/2006 3:04 PM", "2/1/2006 15:04:05", "2/1/2006 15:04"}
	isoOffset  = []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z0700"}
	isoWall    = []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"}
)

// clock says what a time without an offset is.
type clock uint8

const (
	utcClock  clock = iota // it is UTC, however it looks: its name says so
	stopClock              // it is what the clocks at the stop show
)

// when reads a date as a callback writes it. An offset that stands there counts.
func (c *config) when(text string, plain clock) (freight.When, error) {
	text = strings.Join(strings.Fields(text), " ")
	for _, layout := range isoOffset {
		if t, err := time.Parse(layout, text); err == nil {
			return within(t, freight.At(t), text)
		}
	}
	american := monthFirst
	if c.dayFirst {
		american = dayFirst
	}
	for _, layouts := range [...][]string{american, isoWall} {
		for _, layout := range layouts {
			t, err := time.Parse(layout, strings.ToUpper(text))
			if err != nil {
				continue
			}
			if plain == utcClock {
				return within(t, freight.At(t), text)
			}
			return within(t, freight.Wall(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second()), text)
		}
	}
	return freight.When{}, fmt.Errorf("%q is no date such as 3/2/2026 8:05:11 PM or 2026-03-02T20:05:11Z", text)
}

// within refuses years in which no truck of this desk drives, such as the first one that stands for "none".
func within(t time.Time, w freight.When, text string) (freight.When, error) {
	if t.Year() < 1990 || t.Year() > 2200 {
		return freight.When{}, fmt.Errorf("%q lies in no year that can be meant", text)
	}
	return w, nil
}
