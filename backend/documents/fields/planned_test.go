package fields

import "testing"

// Readings as the engine gave them of dates by hand.
func TestLikeliestDay(t *testing.T) {
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
		{nil, "2026-04-20", false},
		{[]string{"04/20/2026", "04/20/2026"}, "", false},
	} {
		if got := likeliestDay(tt.readings, tt.day); got != tt.want {
			t.Errorf("%q as %s: %v", tt.readings, tt.day, got)
		}
	}
}
