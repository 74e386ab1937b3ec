package sources

import (
	"tracedesk/backend/desk"
	"tracedesk/backend/format/sheet"
	"tracedesk/backend/freight"
)

// Template is an empty sheet of ours with its headers: loads, events, facilities or carriers.
func Template(kind freight.FileKind) ([]byte, error) {
	switch kind {
	case freight.LoadsFile, freight.EventsFile, freight.FacilitiesFile, freight.CarriersFile:
		return sheet.Template(kind), nil
	}
	return nil, desk.Invalid("there is no template %q: loads, events, facilities or carriers", string(kind))
}
