package place

import (
	"strings"
	"testing"
)

func TestLocode(t *testing.T) {
	for code, want := range map[string]string{"USLAX": "Los Angeles, CA", "nlrtm": "Rotterdam", "USMKC": "Kansas City, MO"} {
		if p, ok := Locode(code); !ok || p.CityState() != want || p.Country != strings.ToUpper(code[:2]) {
			t.Errorf("%s is %+v, want %s", code, p, want)
		}
	}
	if p, ok := Locode("XYABC"); ok {
		t.Errorf("XYABC is %+v", p)
	}
	for code, p := range locodes() {
		if len(code) != 5 || p.City == "" || (p.Country == "US" || p.Country == "CA") && len(p.State) != 2 {
			t.Errorf("%q: %+v", code, p)
		}
	}
}

// TestLocodesOfNorthAmericaHaveAZone: times told at a place by its code can be resolved.
func TestLocodesOfNorthAmericaHaveAZone(t *testing.T) {
	r := New()
	for code, p := range locodes() {
		if zone, _ := r.Zone(p); zone == "" && (p.Country == "US" || p.Country == "CA") {
			t.Errorf("%s, %s has no zone", code, p)
		}
	}
}
