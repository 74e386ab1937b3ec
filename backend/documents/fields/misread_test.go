package fields

import (
	"image"
	"slices"
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
)

// heardAs are readings of one place, each in so many ways as the number behind it says.
func heardAs(readings string) (all []heard) {
	for _, r := range strings.Fields(readings) {
		text, times, _ := strings.Cut(r, "*")
		for range max(number(times), 1) {
			all = hear(all, text, 0.6)
		}
	}
	return all
}

// strokes are so many figures that stand apart.
func strokes(figures int) scrawled {
	return scrawled{tall: 20, parts: slices.Repeat([]image.Rectangle{image.Rect(0, 0, 10, 20)}, figures)}
}

// Readings as the engine gave them of days by hand.
func TestTheDayThatWasWritten(t *testing.T) {
	for _, tt := range []struct {
		name, readings, planned, want string
	}{
		{"a crossed seven, read as a one, a three and a seven", "2026-01-01*11 2026-01-03*3 2026-01-07*2", "2026-01-07", "2026-01-07"},
		{"a one, and seven was planned", "2026-01-01*16", "2026-01-07", ""},
		{"twos read as sevens", "27-Mar-2026 71-Mar-2076*3 74-Mar-2076*3 71-Mar-7024 72-Mar-2024 21-Mar-2026*2", "2026-03-21", "2026-03-21"},
		{"a month's name read as figures", "21-00-2026*4 21-0-2026*8 71-07-2026 21-09-2076", "2026-04-21", "2026-04-21"},
		{"a Spanish month", "22-ene-202¢ 22=ené—202¢ 72-ene-2026", "2026-01-22", "2026-01-22"},
		{"slashes read as ones", "0113112026*6 01/3112026*3", "2026-01-31", "2026-01-31"},
		{"the day before it was planned, clearly", "2026-03-19*12 2026-03-14", "2026-03-20", "2026-03-19"},
		{"half of the day was not read", "2026-0*8 2026-01*4 2026-02", "2026-02-25", ""},
		{"nothing was read", "owe*3 wee", "2026-04-20", ""},
		{"a time", "7:25*4 10:26", "2026-04-20", ""},
		{"a four or a nine", "1/04/2026*9 1/09/2026*8", "2026-11-09", ""},
		{"no plan", "04/20/2026*4", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := writtenDay(heardAs(tt.readings), tt.planned, false); got != tt.want {
				t.Errorf("%s", got)
			}
		})
	}
}

func TestTheCountThatWasWritten(t *testing.T) {
	for _, tt := range []struct {
		name, readings, planned, want string
	}{
		{"a two is taken for a seven", "740*11 240*3 140", "240", "240"},
		{"a seven is hardly taken for a two", "240*11 740*3", "740", ""},
		{"a crossed seven", "183*9 783*5", "783", "783"},
		{"ten more than planned", "250*12", "240", "250"},
		{"hardly any reading is as planned", "617*12 627", "627", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := polling{field: paper.Pieces, pen: strokes(3), heard: heardAs(tt.readings), parse: func(s string) (read, bool) { return figures(paper.Pieces, s) }}
			if got := q.writtenCount(tt.planned); got != tt.want {
				t.Errorf("%s", got)
			}
		})
	}
}

func TestTheTimeThatWasWritten(t *testing.T) {
	for _, tt := range []struct {
		name, readings string
		strokes        int
		want           string
		clearly        bool
	}{
		{"read alike", "14:30*8 14-30*3 1430*4", 4, "14:30", true},
		{"a two or a seven at the end", "17:07*13 17:02*6", 4, "17:07", false},
		{"a three that is taken for a two and a five", "1211*10 1511*2 1311 151*2", 4, "12:11", false},
		{"rather by day than before dawn", "1:34*3 7:34*3", 3, "07:34", false},
		{"a one at the edge is passed over", "628*9 1628*5", 4, "16:28", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := polling{field: paper.In, pen: strokes(tt.strokes), heard: heardAs(tt.readings), parse: func(s string) (read, bool) { return figures(paper.In, s) }}
			if got, clear := q.writtenTime(); got != tt.want || (clear >= wellAccounted) != tt.clearly {
				t.Errorf("%s, by %.1f", got, clear)
			}
		})
	}
}

func TestFiguresBesideTallLetters(t *testing.T) {
	p := scrawled{tall: 38,
		parts: []image.Rectangle{image.Rect(45, 11, 75, 36), image.Rect(105, 0, 121, 38), image.Rect(129, 5, 150, 38)}, // 56, of 10:56, and AM
		low:   []image.Rectangle{image.Rect(0, 15, 8, 35), image.Rect(13, 15, 28, 33)},
	}
	for text, want := range map[string]bool{"10:56AM": true, "56": false, "10:56:30:12:45AM": false} {
		if p.fits(text) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}

// Readings as the engine gave them of dates by hand.
func TestThePlannedDayOfReadings(t *testing.T) {
	for _, tt := range []struct {
		readings []string
		day      string
		want     bool
	}{
		{[]string{"0g-NoV-2076", "0%-NoV-2076", "0g-NoV-7076"}, "2026-11-08", false}, // the ninth as well
		{[]string{"05-Nov-2076", "0%-NoV-2076"}, "2026-11-08", false},
		{[]string{"25-Jul-2074", "Zs-3w|-z0z76", "25-Jul-7026", "25-Jul-2024"}, "2026-07-25", true},
		{[]string{"25-Jul-2074", "25-Jul-7026"}, "2026-07-23", false},
		{[]string{"22-ene-202¢", "22=ené—202¢"}, "2026-01-22", true},
		{[]string{"10/31/2O26", "10/31/2026"}, "2026-10-31", true},
		{[]string{"10/29/2O26", "10/29/2026"}, "2026-10-31", false},
		{[]string{"-Abr=20.", "-Abr—20."}, "2026-04-20", false},
		{[]string{"owe", "wee"}, "2026-04-20", false},
		{[]string{"7:25", "10:26"}, "2026-04-20", false},
		{[]string{"02-lb-2b", "02-16-26", "0a-1b-2b"}, "2026-08-16", true},
		{[]string{"1/6(26", "16(26", "3626", "1/6l26", "3el26", "3/6/26"}, "2026-07-06", true}, // strokes as brackets
		{[]string{"Jul17'26", "Jul1726", "Jul17'26"}, "2026-07-17", true},
		{[]string{"kev 21 2000", "ker 21 2026", "Aer 21 2020"}, "2026-04-21", false},
		{nil, "2026-04-20", false},
		{[]string{"04/20/2026", "04/20/2026"}, "", false},
	} {
		var said []heard
		for _, r := range tt.readings {
			said = hear(said, r, 0.5)
		}
		if got := writtenDay(said, tt.day, false); (got != "" && got == tt.day) != tt.want {
			t.Errorf("%q as %s: %q", tt.readings, tt.day, got)
		}
	}
}
