package x12

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"tracedesk/backend/freight"
)

// Meaning is a code of a list with its words, and the facts of which it speaks where those are fixed by the code alone.
type Meaning struct {
	Code, Words string
	Facts       []freight.Fact
}

// Meanings are the codes of a list that this desk understands, by code: what a partner's own code can stand for.
func Meanings(list string) []Meaning {
	var out []Meaning
	for _, code := range known(list) {
		words, _ := Known(list, code)
		if words != "" {
			out = append(out, Meaning{Code: code, Words: words, Facts: speaksOf(list, code)})
		}
	}
	slices.SortFunc(out, func(x, y Meaning) int { return cmp.Compare(x.Code, y.Code) })
	return out
}

func known(list string) []string {
	switch list {
	case "1650":
		codes := slices.Collect(maps.Keys(statuses))
		for code := range appointments {
			if statuses[code].words == "" {
				codes = append(codes, code)
			}
		}
		return codes
	case "1651":
		return slices.Collect(maps.Keys(reasons))
	case "1652":
		return slices.Collect(maps.Keys(appointments))
	case "163":
		return slices.Collect(maps.Keys(stopReasons))
	case "432":
		return slices.Collect(maps.Keys(dateMeanings))
	case "623":
		return slices.Collect(maps.Keys(timeZones))
	}
	return slices.Collect(maps.Keys(dict().codes[list]))
}

// kindsOfElements are the types of data elements in words.
var kindsOfElements = map[elementType]string{
	asText: "text", asCode: "a code of the standard", asCount: "a whole number", asDecimal: "a number", asDate: "a date as YYYYMMDD",
	asClock: "a time as HHMM, HHMMSS or finer", asComposite: "several values with the component separator between them",
}

// expected tells what may stand at a place of a segment, "" where the dictionary does not have it.
func expected(tag string, n int) string {
	d := dict().segments[tag].element(n)
	if d == nil {
		return ""
	}
	long := strconv.Itoa(d.least)
	if d.most != d.least {
		long += " to " + strconv.Itoa(d.most)
	}
	unit := " characters"
	if d.most == 1 {
		unit = " character"
	}
	what := kindsOfElements[d.typ]
	if d.must {
		what += ", always given"
	}
	return what + ", " + long + unit
}

// speaksOf are the facts of a status or an appointment.
func speaksOf(list, code string) []freight.Fact {
	if m, ok := statuses[code]; ok && list == "1650" {
		switch m.kind {
		case trouble:
			return []freight.Fact{freight.FactException}
		case estimate:
			return []freight.Fact{freight.FactETA}
		}
		return slices.Clone(m.facts)
	}
	if a, ok := appointments[code]; ok && (list == "1650" || list == "1652") {
		if a.bound == noWindow {
			return []freight.Fact{freight.FactETA}
		}
		return []freight.Fact{freight.FactWindow}
	}
	return nil
}
