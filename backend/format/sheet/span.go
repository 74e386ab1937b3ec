package sheet

import (
	"fmt"
	"strings"

	"tracedesk/backend/freight"
)

// spanSigns part the two ends of a window, the least doubtful first.
var spanSigns = []string{" - ", " – ", " — ", " to ", " thru ", " through ", " until ", " bis ", " à ", " a ", "–", "—", "~", "/", "-"}

// parseSpan reads a window: "start/end", "11/23 08:00 - 12:00", "2026-11-23 0800-1200", or a start alone.
func parseSpan(s string, rules dateRules) (start, end freight.When, err error) {
	single, err := parseWhen(s, rules)
	if err == nil {
		return single, freight.When{}, nil
	}
	for _, sign := range spanSigns {
		for from := 0; ; {
			i := strings.Index(s[from:], sign)
			if i < 0 {
				break
			}
			i += from
			if start, end, ok := spanEnds(s[:i], s[i+len(sign):], rules); ok {
				return start, end, nil
			}
			from = i + len(sign)
		}
	}
	return freight.When{}, freight.When{}, fmt.Errorf("%q is not a time or a window such as 2026-11-23 08:00/2026-11-23 10:00", s)
}

// spanEnds reads both ends; the second may be a time of the first one's day, or of the next day when it is earlier.
func spanEnds(left, right string, rules dateRules) (start, end freight.When, ok bool) {
	left, right = strings.TrimSpace(left), strings.TrimSpace(right)
	start, err := parseWhen(left, rules)
	if err != nil || start.IsZero() {
		return start, end, false
	}
	if right == "" {
		return start, end, true
	}
	if end, err = parseWhen(right, rules); err == nil {
		return start, end, true
	}
	clock, ok := parseClock(right)
	if !ok || start.Basis == freight.DayOnly {
		return start, end, false
	}
	return start, onDay(start, clock, true), true
}

// onDay is the clock reading on the day of w, with w's zone; the next day when later is set and the clock reads earlier.
func onDay(w freight.When, clock reading, later bool) freight.When {
	wall := w.Wall()
	day := wall.Unix() - wall.Unix()%86400
	sec := day + int64(clock.hour)*3600 + int64(clock.minute)*60 + int64(clock.second)
	if later && sec < wall.Unix() {
		sec += 86400
	}
	w.Sec += sec - wall.Unix()
	w.Written = ""
	if w.Basis == freight.DayOnly {
		w.Basis = freight.Local
	}
	return clock.zoned(w, "")
}

// parseClock reads a time of day: 0930, 9:30, 2:30p, 14h30, 9am, noon, 0.604167 (a part of a day), or the time of a date that
// stands for no day ("1899-12-30 14:30:00").
func parseClock(s string) (reading, bool) {
	var r reading
	if strings.HasPrefix(s, "0.") || strings.HasPrefix(s, ".") {
		n, err := parseNumber("0"+strings.TrimPrefix(s, "0"), false)
		if err != nil || n < 0 || n >= 1 {
			return r, false
		}
		sec := int(n*86400 + 0.5)
		return r, r.setClock(sec/3600, sec/60%60, sec%60)
	}
	if n, ok := figures(s); ok {
		switch {
		case len(s) <= 2:
			return r, r.setClock(n, 0, 0)
		case len(s) <= 4:
			return r, r.setClock(n/100, n%100, 0)
		case len(s) == 6:
			return r, r.setClock(n/10000, n/100%100, n%100)
		}
		return r, false
	}
	if !r.scan(s) || !r.hasTime {
		return r, false
	}
	return r, r.n == 0 || r.n == 3
}

// clockSpan reads two times of day: "08:00-10:00", "0800 - 1200", "8a-2p".
func clockSpan(s string) (start, end reading, ok bool) {
	for _, sign := range spanSigns {
		i := strings.Index(s, sign)
		if i < 1 {
			continue
		}
		start, ok1 := parseClock(strings.TrimSpace(s[:i]))
		end, ok2 := parseClock(strings.TrimSpace(s[i+len(sign):]))
		if ok1 && ok2 && start.n == 0 && end.n == 0 {
			return start, end, true
		}
	}
	return reading{}, reading{}, false
}
