package sheet

import (
	"bytes"
	"fmt"
	"strconv"
)

// text is the cell as a person would write it: a date as 2026-11-23T14:30:00, a number without an exponent.
func (c *cellReader) text() string {
	switch c.kind {
	case "s":
		i, err := strconv.Atoi(string(c.value))
		if err != nil || i < 0 || i >= len(c.book.shared) {
			return ""
		}
		return c.book.shared[i]
	case "b":
		if c.value[0] == '1' {
			return "TRUE"
		}
		return "FALSE"
	case "", "n":
		style := numberStyle{}
		if c.style >= 0 && c.style < len(c.book.styles) {
			style = c.book.styles[c.style]
		}
		return style.text(string(c.value), c.book.from1904)
	}
	return string(appendUnescaped(nil, c.value))
}

// numberStyle says what the number of a cell stands for.
type numberStyle struct {
	date, clock bool
	zeros       int // leading zeros shown, as for ZIP codes
}

// styleOf reads a number format: a built-in one by its number (ECMA-376 part 1, 18.8.30), any other by its code.
func styleOf(id int, code string) numberStyle {
	switch {
	case code != "":
		return styleOfCode(code)
	case id >= 14 && id <= 17 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58:
		return numberStyle{date: true}
	case id == 22:
		return numberStyle{date: true, clock: true}
	case id >= 18 && id <= 21 || id >= 32 && id <= 35 || id >= 45 && id <= 47 || id == 55 || id == 56:
		return numberStyle{clock: true}
	}
	return numberStyle{}
}

func styleOfCode(code string) (s numberStyle) {
	if len(code) > 1 && len(code) < 16 && len(bytes.Trim([]byte(code), "0")) == 0 {
		return numberStyle{zeros: len(code)}
	}
	months := false
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			for i++; i < len(code) && code[i] != '"'; i++ {
			}
		case '[':
			from := i
			for i++; i < len(code) && code[i] != ']'; i++ {
			}
			if from+1 < len(code) && (code[from+1] == 'h' || code[from+1] == 'H') {
				s.clock = true
			}
		case '\\', '_', '*':
			i++
		case 'd', 'D', 'y', 'Y':
			s.date = true
		case 'h', 'H', 's', 'S':
			s.clock = true
		case 'm', 'M':
			months = true
		case 'G', 'g':
			return numberStyle{}
		case ';':
			i = len(code)
		}
	}
	if months && !s.clock {
		s.date = true
	}
	return s
}

// text writes a number in the form that its style shows.
func (s numberStyle) text(v string, from1904 bool) string {
	plain := plainNumber(v) && len(v) <= 15
	if plain && !s.date && !s.clock && s.zeros == 0 {
		return v
	}
	n, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return v
	}
	switch {
	case (s.date || s.clock) && n >= 1 && n < 2958466:
		return serialText(n, from1904, s.clock)
	case s.clock && n >= 0 && n < 1:
		sec := int(n*86400 + 0.5)
		return fmt.Sprintf("%02d:%02d:%02d", sec/3600, sec/60%60, sec%60)
	case s.zeros > 0 && n >= 0 && n == float64(int64(n)):
		return fmt.Sprintf("%0*d", s.zeros, int64(n))
	}
	// Fifteen figures are what a spreadsheet shows; more are noise of the binary form.
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil {
		rounded = n
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

func serialText(serial float64, from1904, clock bool) string {
	r := serialReading(serial, from1904)
	day := fmt.Sprintf("%04d-%02d-%02d", r.field[0].value, r.field[1].value, r.field[2].value)
	if !clock && !r.hasTime {
		return day
	}
	return fmt.Sprintf("%sT%02d:%02d:%02d", day, r.hour, r.minute, r.second)
}

var _ table = (*xlsxTable)(nil)
var _ table = (*csvTable)(nil)
