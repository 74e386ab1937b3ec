package watch

import (
	"testing"

	"tracedesk/backend/freight"
)

func TestSides(t *testing.T) {
	table(t, []row{
		{"known to a carrier only, 59 min", func(l *freight.Timeline, _ *freight.Around) { l.Provisional = true }, central(0, 59), nil},
		{"known to a carrier only, 1 h", func(l *freight.Timeline, _ *freight.Around) { l.Provisional = true }, central(1, 0), []string{"load.oneSided verify minor"}},
		{"nothing else is said of it", func(l *freight.Timeline, _ *freight.Around) { l.Provisional = true }, central(30, 0), []string{"load.oneSided verify minor"}},
		{"gone", func(l *freight.Timeline, _ *freight.Around) {
			l.Gone = &freight.Word{Provenance: by(tmsSource, central(9, 40))}
		}, central(9, 45), []string{"load.gone verify minor"}},
	})
}
