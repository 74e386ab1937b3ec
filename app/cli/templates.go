package cli

import (
	"slices"

	"tracedesk/backend/format/sheet"
	"tracedesk/backend/freight"
)

// templateOf is an empty sheet of ours.
func templateOf(kind freight.FileKind) ([]byte, error) {
	if !slices.Contains([]freight.FileKind{freight.LoadsFile, freight.EventsFile, freight.FacilitiesFile, freight.CarriersFile}, kind) {
		return nil, wrong("there is no template %q: loads, events, facilities or carriers", string(kind))
	}
	return sheet.Template(kind), nil
}
