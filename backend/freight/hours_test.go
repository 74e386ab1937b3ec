package freight_test

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestHours(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse("Mon 2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, row := range []struct {
		hours, at string
		open      bool
	}{
		{"Mon-Fri 07:00-15:00;Sat 08:00-12:00", "Mon 2026-11-23 07:00", true},
		{"Mon-Fri 07:00-15:00;Sat 08:00-12:00", "Mon 2026-11-23 15:00", false},
		{"Mon-Fri 07:00-15:00;Sat 08:00-12:00", "Sat 2026-11-28 11:59", true},
		{"Mon-Fri 07:00-15:00;Sat 08:00-12:00", "Sun 2026-11-29 09:00", false},
		{"Fri-Mon 22:00-06:00", "Tue 2026-11-24 05:00", true},
		{"Fri-Mon 22:00-06:00", "Wed 2026-11-25 05:00", false},
		{"24/7", "Sun 2026-11-29 23:59", true},
		{"Daily 8:00-20:00", "Sun 2026-11-29 08:00", true},
		{"", "Sun 2026-11-29 03:00", true},
	} {
		h, err := freight.ParseHours(row.hours)
		if err != nil {
			t.Fatal(err)
		}
		if h.Open(at(row.at)) != row.open {
			t.Errorf("%s at %s: open is not %v", row.hours, row.at, row.open)
		}
	}
	h, _ := freight.ParseHours("Mon-Fri 07:00-15:00")
	if !h.OpenBetween(at("Mon 2026-11-23 05:00"), at("Mon 2026-11-23 18:00")) || h.OpenBetween(at("Sat 2026-11-28 05:00"), at("Sun 2026-11-29 18:00")) {
		t.Error("a window that spans the open hours is open, one on the weekend is not")
	}
	for _, bad := range []string{"Mon", "Mon 7-15", "Foo 07:00-15:00", "Mon 25:00-26:00"} {
		if _, err := freight.ParseHours(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
