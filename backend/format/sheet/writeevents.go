package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// WriteEvents writes the events sheet: a row for each claim that has a word there, in the order given, with the time at which
// it was learned. Claims without a word (a customer, a place) are the loads sheet's business and are left out.
func WriteEvents(w io.Writer, observations iter.Seq[freight.Observation]) error {
	out := csv.NewWriter(w)
	if err := out.Write(columnsOf(freight.EventsFile)); err != nil {
		return fmt.Errorf("writing the events sheet: %w", err)
	}
	for o := range observations {
		if len(o.Names) == 0 {
			continue
		}
		for i := range o.Claims {
			cells, ok := eventCells(&o, &o.Claims[i])
			if !ok {
				continue
			}
			if err := out.Write(cells[:]); err != nil {
				return fmt.Errorf("writing an event of load %s: %w", o.Names[0].Value, err)
			}
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("writing the events sheet: %w", err)
	}
	return nil
}

const eventColumns = colEvText + 1

func eventCells(o *freight.Observation, c *freight.Claim) (cells [eventColumns]string, ok bool) {
	if _, known := eventFacts[headerKey(string(c.Fact))]; !known || c.Value.None && c.Fact != freight.FactWindow {
		return cells, false
	}
	name := o.Names[0]
	cells[colEvLoad] = name.Value
	if name.Type != freight.RefLoad {
		cells[colEvLoad] = string(name.Type) + ":" + name.Value
	}
	cells[colEvSource], cells[colEvEvent] = o.Source.String(), string(c.Fact)
	if seq := c.Subject.Stop.Seq; seq > 0 {
		cells[colEvStop] = strconv.Itoa(seq)
	}
	cells[colEvAt] = c.At.String()
	if !o.ReceivedAt.IsZero() {
		cells[colEvReceived] = o.ReceivedAt.UTC().Format(time.RFC3339Nano)
	}
	place := c.Subject.Stop.Place
	if c.Fact == freight.FactPosition {
		place = c.Value.Place
	}
	cells[colEvCity], cells[colEvState] = place.City, place.State
	if place.HasPoint() {
		cells[colEvLat], cells[colEvLon] = plain(place.Lat), plain(place.Lon)
	}
	cells[colEvValue], cells[colEvText] = eventWords(c)
	return cells, true
}

// eventWords are the value and text of a claim, as the events sheet writes them.
func eventWords(c *freight.Claim) (value, text string) {
	v := &c.Value
	switch c.Fact {
	case freight.FactETA:
		return v.Start.String(), v.Note
	case freight.FactWindow:
		if v.None {
			return "none", v.Note
		}
		value = v.Start.String()
		if !v.End.IsZero() {
			value += "/" + v.End.String()
		}
		return value, v.Note
	case freight.FactTemperature, freight.FactWeight:
		value = plain(v.Num)
		if v.Unit == "C" || v.Unit == "KG" {
			value += " " + strings.ToLower(v.Unit)
		}
		return value, v.Note
	case freight.FactPieces, freight.FactPallets:
		return plain(v.Num), v.Note
	case freight.FactReference:
		if v.Type == string(freight.RefOther) && v.Note != "" {
			return v.Note + ":" + v.Text, ""
		}
		return v.Type + ":" + v.Text, ""
	case freight.FactEquipment, freight.FactDriver:
		return v.Type + ":" + v.Text, v.Note
	case freight.FactTracking:
		return v.Text, v.Note
	case freight.FactException:
		return v.Type, v.Text
	case freight.FactNote:
		return "", v.Text
	case freight.FactStatus:
		return v.Text, v.Note
	case freight.FactPosition:
		return "", v.Note
	}
	return v.Note, v.Text
}
