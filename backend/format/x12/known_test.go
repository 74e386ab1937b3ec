package x12

import (
	"slices"
	"strings"
	"testing"

	"tracedesk/backend/freight"
)

func TestEveryMappedListHasMeaningsToChooseFrom(t *testing.T) {
	for list := range MappedLists {
		all := Meanings(list)
		if len(all) < 2 {
			t.Errorf("list %s has %d meanings", list, len(all))
		}
		for i, m := range all {
			if words, ok := Known(list, m.Code); !ok || words != m.Words {
				t.Errorf("%s %s: %q is not what the desk reads it as: %q", list, m.Code, m.Words, words)
			}
			if i > 0 && all[i-1].Code >= m.Code {
				t.Errorf("%s: %s stands after %s", list, m.Code, all[i-1].Code)
			}
		}
	}
}

func TestMeaningsTellTheirFacts(t *testing.T) {
	for _, want := range []struct {
		list, code string
		facts      []freight.Fact
	}{
		{"1650", "X3", []freight.Fact{freight.FactArrived}},
		{"1650", "AF", []freight.Fact{freight.FactDeparted, freight.FactPickedUp}},
		{"1650", "AG", []freight.Fact{freight.FactETA}},
		{"1650", "A7", []freight.Fact{freight.FactException}},
		{"1650", "AB", []freight.Fact{freight.FactWindow}},
		{"1652", "AC", []freight.Fact{freight.FactETA}},
		{"1651", "NS", nil},
	} {
		all := Meanings(want.list)
		at := slices.IndexFunc(all, func(m Meaning) bool { return m.Code == want.code })
		if at < 0 || !slices.Equal(all[at].Facts, want.facts) {
			t.Errorf("%s %s: %+v", want.list, want.code, all)
		}
	}
}

func TestAFaultTellsWhatWasExpected(t *testing.T) {
	for text, want := range map[string]string{
		"AT7*DEP*NS***20261123*0810*CT": "a code of the standard, 2 characters",
		"AT7*X3*NS***2026112*0810*CT":   "a date as YYYYMMDD, 8 characters",
		"AT7*X3*NS***20261123*0810*CT":  "",
	} {
		var got string
		for s, err := range Explain(strings.NewReader(text), Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range s.Elements {
				if e.Expected != "" {
					got = e.Expected
				}
			}
		}
		if got != want {
			t.Errorf("%s: %q is expected, want %q", text, got, want)
		}
	}
}
