package fourkites

import (
	"time"

	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// Appointments are the stop's own clock without a zone, both ways. Everything else is UTC, marked with Z or not.

// appointmentLayout is an appointment as FourKites takes it; updateLayout a time of an update.
const (
	appointmentLayout = "2006-01-02T15:04:05"
	updateLayout      = "2006-01-02T15:04:05Z"
	legacyLayout      = "2006-01-02 15:04:05"
)

// instant reads a time that is UTC where it carries no mark.
func instant(written wire.Text) (freight.When, error) {
	w, err := wire.When(written.String())
	if err == nil && w.Basis == freight.Local {
		w = freight.At(time.Unix(w.Sec, 0).UTC())
	}
	return w, err
}

// atStop reads an appointment: the stop's clock, in the zone told beside it where there is one.
func atStop(written, zone wire.Text) (freight.When, error) {
	w, err := wire.When(written.String())
	if err != nil || w.Basis != freight.Local {
		return w, err
	}
	if _, e := freight.Location(zone.String()); e == nil {
		w.Basis, w.Zone = freight.InZone, zone.String()
	}
	return w, nil
}
