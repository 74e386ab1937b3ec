package desk

import (
	"slices"
	"testing"
)

func TestControlNumbersBetweenFiles(t *testing.T) {
	const from = "x12 ACME to DESK"
	for _, row := range []struct {
		name        string
		before, now []string
		want        []string
	}{
		{"the first file", nil, []string{"000000007"}, nil},
		{"the next number", []string{"000000007"}, []string{"000000008"}, nil},
		{"one is missing", []string{"000000007"}, []string{"000000009"},
			[]string{"Between this file and those before it interchanges are missing: x12 ACME to DESK went on with 9 after 7."}},
		{"the missing one comes late", []string{"000000007", "000000009"}, []string{"000000008"}, nil},
		{"one again, and the next", []string{"7", "8"}, []string{"8", "9"}, []string{"Interchange 8 of x12 ACME to DESK came before in another file."}},
		{"two again", []string{"7", "8"}, []string{"7", "8"}, []string{"Interchange 7 and 1 more of x12 ACME to DESK came before in another file."}},
		{"letters, as EDIFACT allows", []string{"A7"}, []string{"A9"}, nil},
		{"after the highest comes 1", []string{"999999999"}, []string{"000000001"}, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := compareNumbers(from, row.before, row.now); !slices.Equal(got, row.want) {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}
