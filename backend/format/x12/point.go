package x12

import (
	"math"
	"strconv"
	"strings"
)

// point reads the coordinates of an MS1: longitude (04) before latitude (05), each DDDMMSS with optional decimals of a
// second, or decimal degrees where the number has a point among its first characters; or decimal degrees in 09 and 10
// (releases from 8040), again longitude first. Directions stand in 06 and 07. given is false when there are none; why
// says what is wrong with them.
func point(seg *segment) (lat, lon float64, given bool, why string) {
	if a, b := seg.at(9), seg.at(10); a != "" && b != "" {
		lon, okLon := decimalDegrees(a, upper(seg.at(6)), "E", "W")
		lat, okLat := decimalDegrees(b, upper(seg.at(7)), "N", "S")
		if !okLat || !okLon || !onEarth(lat, lon) {
			return 0, 0, true, quote(a) + ", " + quote(b) + " are not a longitude and a latitude in degrees; the place is kept without them"
		}
		return lat, lon, true, ""
	}
	x, y := seg.at(4), seg.at(5)
	if x == "" && y == "" {
		return 0, 0, false, ""
	}
	lon, okLon := degrees(x, upper(seg.at(6)), "E", "W")
	lat, okLat := degrees(y, upper(seg.at(7)), "N", "S")
	if !okLon || !okLat || !onEarth(lat, lon) {
		return 0, 0, true, "longitude " + quote(x) + " " + readable(seg.at(6)) + " and latitude " + quote(y) + " " + readable(seg.at(7)) +
			" are not a point: they should be DDDMMSS with E or W and N or S; the place is kept without it"
	}
	return lat, lon, true, ""
}

// degrees reads one coordinate. A direction is required unless decimal degrees carry a minus sign of their own.
func degrees(s, direction, plus, minus string) (float64, bool) {
	if i := strings.IndexByte(s, '.'); i >= 0 && i <= 4 {
		v, ok := decimalDegrees(s, direction, plus, minus)
		return v, ok && (direction != "" || v < 0)
	}
	whole, fraction, _ := strings.Cut(s, ".")
	if len(whole) != 7 || !digitsOnly(whole) || !digitsOnly(fraction) {
		return 0, false
	}
	minutes := number(whole[3:5])
	seconds, err := strconv.ParseFloat(whole[5:]+"."+fraction+"0", 64)
	if err != nil || minutes >= 60 || seconds >= 60 {
		return 0, false
	}
	return directed(float64(number(whole[:3]))+float64(minutes)/60+seconds/3600, direction, plus, minus)
}

func decimalDegrees(s, direction, plus, minus string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) {
		return 0, false
	}
	if direction == "" {
		return v, true
	}
	return directed(math.Abs(v), direction, plus, minus)
}

func directed(v float64, direction, plus, minus string) (float64, bool) {
	switch direction {
	case plus:
		return v, true
	case minus:
		return -v, true
	}
	return 0, false
}

func onEarth(lat, lon float64) bool { return math.Abs(lat) <= 90 && math.Abs(lon) <= 180 }
