package sheet

import (
	"slices"

	"tracedesk/backend/freight"
)

// ownSheet is one of our own sheets: its columns in the order in which we write them, and those it cannot do without.
type ownSheet struct {
	kind     freight.FileKind
	columns  []string
	required []string
	times    []string
}

// The desk's own sheets. Header names are found without regard to case, blanks and signs.
var ownSheets = []ownSheet{
	{
		kind: freight.LoadsFile,
		columns: []string{"load", "customer", "carrier", "scac", "mc", "dot", "mode", "equipment", "truck", "trailer", "container", "seal", "driver", "driver_phone", "refs",
			"value_usd", "temp_min_f", "temp_max_f", "flags", "stop", "kind", "facility", "address", "city", "state", "postal", "country", "lat", "lon", "zone",
			"appt_type", "appt_start", "appt_end", "orig_appt_start", "orig_appt_end", "pieces", "pallets", "weight_lb", "status", "arrived", "departed", "eta",
			"pop", "pod", "updated_at"},
		required: []string{"load", "stop", "kind"},
		times:    []string{"appt_start", "appt_end", "orig_appt_start", "orig_appt_end", "arrived", "departed", "eta", "updated_at"},
	},
	{
		kind:     freight.EventsFile,
		columns:  []string{"load", "source", "event", "stop", "at", "received", "lat", "lon", "city", "state", "value", "text"},
		required: []string{"load", "source", "event", "at"},
		times:    []string{"at", "received", "value"},
	},
	{
		kind:     freight.FacilitiesFile,
		columns:  []string{"facility", "address", "city", "state", "postal", "country", "lat", "lon", "zone", "hours", "closed", "free_time_min", "appointment_needed", "phone", "email", "note"},
		required: []string{"facility"},
	},
	{
		kind: freight.CarriersFile,
		columns: []string{"carrier", "scac", "mc", "dot", "dispatcher", "phone", "after_hours_phone", "email", "insurance_expires", "cargo_limit_usd", "authority",
			"rating", "blocked", "phones_known"},
		required: []string{"carrier"},
		times:    []string{"insurance_expires"},
	},
}

// ownSheetOf finds the own sheet that a header belongs to. A header that holds more strangers than columns of ours is
// somebody else's sheet that happens to share a few words.
func ownSheetOf(header []string) (ownSheet, bool) {
	keys := make([]string, len(header))
	for i, h := range header {
		keys[i] = headerKey(h)
	}
	for _, sheet := range ownSheets {
		if sheet.fits(keys) {
			return sheet, true
		}
	}
	return ownSheet{}, false
}

func (s ownSheet) fits(keys []string) bool {
	for _, name := range s.required {
		if !slices.Contains(keys, headerKey(name)) {
			return false
		}
	}
	ours, others := 0, 0
	for _, key := range keys {
		switch {
		case key == "":
		case s.index(key) >= 0:
			ours++
		default:
			others++
		}
	}
	if s.kind == freight.LoadsFile || s.kind == freight.EventsFile {
		return ours >= others
	}
	return ours > 2*others && !slices.Contains(keys, "load")
}

// index is the place of a header key among the sheet's columns, -1 for a stranger.
func (s ownSheet) index(key string) int {
	return slices.IndexFunc(s.columns, func(name string) bool { return headerKey(name) == key })
}

// places is the column of each of the sheet's names in a header, -1 where it is absent, and the columns that are strangers.
func (s ownSheet) places(header []string) (at []int, strangers []int) {
	at = make([]int, len(s.columns))
	for i := range at {
		at[i] = -1
	}
	for column, h := range header {
		key := headerKey(h)
		if key == "" {
			continue
		}
		if i := s.index(key); i >= 0 && at[i] < 0 {
			at[i] = column
			continue
		}
		strangers = append(strangers, column)
	}
	return at, strangers
}
