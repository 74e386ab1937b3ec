package x12

import (
	"testing"

	"tracedesk/backend/freight"
)

func TestStamps(t *testing.T) {
	for _, row := range []struct {
		stamp stamp
		want  string
		bad   stampPart
	}{
		{stamp{date: "20260112", clock: "0915"}, "2026-01-12T09:15:00", allRead},
		{stamp{date: "20260112", clock: "091530"}, "2026-01-12T09:15:30", allRead},
		{stamp{date: "20260112", clock: "0915307"}, "2026-01-12T09:15:30", allRead},
		{stamp{date: "20260112", clock: "09153075"}, "2026-01-12T09:15:30", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "LT"}, "2026-01-12T09:15:00", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "ET"}, "2026-01-12T09:15:00 America/New_York", allRead},
		{stamp{date: "20260712", clock: "0915", zone: "ES"}, "2026-07-12T09:15:00 UTC-05:00", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "ED"}, "2026-01-12T09:15:00 UTC-04:00", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "MT"}, "2026-01-12T09:15:00 America/Denver", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "NS"}, "2026-01-12T09:15:00 UTC-03:30", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "TT"}, "2026-01-12T09:15:00 America/Halifax", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "HT"}, "2026-01-12T09:15:00 Pacific/Honolulu", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "UT"}, "2026-01-12T09:15:00Z", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "GM"}, "2026-01-12T09:15:00Z", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "01"}, "2026-01-12T09:15:00+01:00", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "12"}, "2026-01-12T09:15:00+12:00", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "13"}, "2026-01-12T09:15:00-12:00", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "19"}, "2026-01-12T09:15:00-06:00", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "24"}, "2026-01-12T09:15:00-01:00", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "25"}, "2026-01-12T09:15:00-02:30", allRead},
		{stamp{date: "20260112", clock: "0915", zone: "27"}, "2026-01-12T09:15:00+05:30", allRead},
		{stamp{date: "20261231", clock: "2400"}, "2027-01-01T00:00:00", allRead},
		{stamp{date: "20240229", clock: "0000"}, "2024-02-29T00:00:00", allRead},
		{stamp{date: "20260112"}, "2026-01-12", allRead},
		{stamp{date: "260112", century: "20", clock: "0915"}, "2026-01-12T09:15:00", allRead},
		{stamp{date: "991231", clock: "0915"}, "1999-12-31T09:15:00", allRead},
		{stamp{}, "", allRead},
		{stamp{clock: "0915"}, "", datePart},
		{stamp{date: "20250229"}, "", datePart},
		{stamp{date: "00000000"}, "", datePart},
		{stamp{date: "2026011"}, "", datePart},
		{stamp{date: "2026-1-2"}, "", datePart},
		{stamp{date: "20260112", clock: "915"}, "2026-01-12", clockPart},
		{stamp{date: "20260112", clock: "09:15"}, "2026-01-12", clockPart},
		{stamp{date: "20260112", clock: "2401"}, "2026-01-12", clockPart},
		{stamp{date: "20260112", clock: "0960"}, "2026-01-12", clockPart},
		{stamp{date: "20260112", clock: "0915", zone: "30"}, "2026-01-12", zonePart},
		{stamp{date: "20260112", clock: "0915", zone: "X"}, "2026-01-12", zonePart},
	} {
		got, bad := row.stamp.when(&stock{})
		if got.String() != row.want || bad.part != row.bad || (bad.part != allRead) != (bad.reason != "") {
			t.Errorf("%+v is %s (%+v), want %s (%d)", row.stamp, got, bad, row.want, row.bad)
		}
		if row.stamp.zone != "" && got.Basis != freight.NoTime && got.Written == "" {
			t.Errorf("%+v does not keep its words", row.stamp)
		}
	}
}

func TestPoints(t *testing.T) {
	for _, row := range []struct {
		elements string // of MS1 from 04
		lat, lon float64
		ok       bool
	}{
		{"0964812*0324636*W*N", 32.776667, -96.803333, true},
		{"1513030*0335200*E*S", -33.866667, 151.508333, true},
		{"0964812.50*0324636.00*W*N", 32.776667, -96.803472, true},
		{"-96.8033*32.7767*W*N", 32.7767, -96.8033, true},
		{"**W*N**-96.8033*32.7767", 32.7767, -96.8033, true},
		{"****-*-96.8*32.7", 32.7, -96.8, true},
		{"0964812*0324636", 0, 0, false},
		{"0966012*0324636*W*N", 0, 0, false},
		{"2000000*0324636*W*N", 0, 0, false},
		{"96.8*32.7", 0, 0, false},
		{"964812*324636*W*N", 0, 0, false},
		{"0964812**W*N", 0, 0, false},
		{"NaN.*1.0*W*N", 0, 0, false},
	} {
		seg := &segment{elements: splitElements("MS1****"+row.elements, '*', nil)}
		lat, lon, given, why := point(seg)
		if near := func(a, b float64) bool { return a-b < 1e-5 && b-a < 1e-5 }; !given || (why == "") != row.ok || !near(lat, row.lat) || !near(lon, row.lon) {
			t.Errorf("%s: %v %v %v %q", row.elements, lat, lon, given, why)
		}
	}
	if _, _, given, _ := point(&segment{elements: []string{"MS1", "WACO", "TX"}}); given {
		t.Error("a city is no point")
	}
}
