package wire

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// Text is a field that should be a string: a number or a truth value is kept as written, null is nothing; of an object or
// a list the text itself, so that a field of an unexpected shape spoils none of its neighbours.
type Text string

// UnmarshalJSON takes any value.
func (t *Text) UnmarshalJSON(b []byte) error {
	switch {
	case len(b) >= 2 && b[0] == '"' && plain(b[1:len(b)-1]):
		*t = Text(strings.TrimSpace(string(b[1 : len(b)-1])))
	case len(b) > 0 && b[0] == '"':
		var s string
		err := json.Unmarshal(b, &s)
		*t = Text(strings.TrimSpace(s))
		return err
	case string(b) != "null":
		*t = Text(b)
	}
	return nil
}

// plain reports whether a string stands as it is written.
func plain(b []byte) bool {
	for _, c := range b {
		if c == '\\' || c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// String is the text.
func (t Text) String() string { return string(t) }

// Number is a number that may come as a string; Given is false where there is none or it cannot be read.
type Number struct {
	Value float64
	Given bool
}

// UnmarshalJSON takes a number or a string with one in it; anything else is no number.
func (n *Number) UnmarshalJSON(b []byte) error {
	v, err := strconv.ParseFloat(strings.TrimSpace(strings.Trim(string(b), `"`)), 64)
	if err == nil && !math.IsNaN(v) && !math.IsInf(v, 0) {
		*n = Number{v, true}
	}
	return nil
}

// Point are two numbers as a point on earth; ok is false where they are none. 0,0 is nowhere that freight moves.
func Point(lat, lon Number) (x, y float64, ok bool) {
	ok = lat.Given && lon.Given && math.Abs(lat.Value) <= 90 && math.Abs(lon.Value) <= 180 && (lat.Value != 0 || lon.Value != 0)
	if !ok {
		return 0, 0, false
	}
	return lat.Value, lon.Value, true
}

// List is a list that may be missing, null, or something else in its place.
type List[T any] []T

// UnmarshalJSON takes a list; a single object is a list of one, anything else none.
func (l *List[T]) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '[' {
		return json.Unmarshal(b, (*[]T)(l))
	}
	if len(b) > 0 && b[0] == '{' {
		var one T
		if err := json.Unmarshal(b, &one); err != nil {
			return err
		}
		*l = List[T]{one}
	}
	return nil
}

// String is the number as people write it, "" where there is none.
func (n Number) String() string {
	if !n.Given {
		return ""
	}
	return strconv.FormatFloat(n.Value, 'f', -1, 64)
}
