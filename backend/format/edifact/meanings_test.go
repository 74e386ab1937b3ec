package edifact

import (
	"slices"
	"testing"

	"tracedesk/backend/freight"
)

func TestEveryMappedListHasMeaningsToChooseFrom(t *testing.T) {
	for list := range MappedLists {
		if all := Meanings(list); len(all) < 2 {
			t.Errorf("list %s has %d meanings", list, len(all))
		}
	}
	for code, want := range map[string][]freight.Fact{"1": {freight.FactArrived}, "13": {freight.FactPickedUp}, "18": {freight.FactException}, "14": nil} {
		all := Meanings("9011")
		at := slices.IndexFunc(all, func(m Meaning) bool { return m.Code == code })
		if at < 0 || !slices.Equal(all[at].Facts, want) {
			t.Errorf("9011 %s: %+v, want %v", code, all[max(at, 0)], want)
		}
	}
}
