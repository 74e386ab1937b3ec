package sources

import (
	"tracedesk/backend/format/sheet"
	"tracedesk/backend/freight"
)

// accountOf is the TMS account under which a foreign sheet's loads are filed; empty is the default one.
func accountOf(p *sheet.Profile) string {
	src := freight.ParseSource(p.Source)
	if src.Kind == freight.TMS {
		return src.Account
	}
	return ""
}
