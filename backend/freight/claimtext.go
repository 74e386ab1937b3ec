package freight

import (
	"fmt"
	"strconv"
)

func (v Value) number(which uint8) string {
	if v.Has&which == 0 {
		return ""
	}
	n := v.Num
	if which == 2 {
		n = v.Num2
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// text is the place with its coordinates, for an observation's value.
func (p Place) text() string {
	point := ""
	if p.HasPoint() {
		point = fmt.Sprintf("%.5f,%.5f", p.Lat, p.Lon)
	}
	return joinNonEmpty(" ", p.String(), point)
}
