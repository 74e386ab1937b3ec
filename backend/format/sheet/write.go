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

// Template is an empty sheet of ours with its headers, as CSV; nil for a kind that is none of ours.
func Template(kind freight.FileKind) []byte {
	for _, s := range ownSheets {
		if s.kind == kind {
			return []byte(joinCSV(s.columns, ',') + "\n")
		}
	}
	return nil
}

// columnsOf are the headers of one of our own sheets.
func columnsOf(kind freight.FileKind) []string {
	for _, s := range ownSheets {
		if s.kind == kind {
			return s.columns
		}
	}
	return nil
}

// WriteLoads writes the loads sheet: one row a stop. Cells are written exactly as they are known, so that reading the file
// again loses nothing. A load without any stop has no row in this sheet and is left out; its events are in the events sheet.
func WriteLoads(w io.Writer, timelines iter.Seq[freight.Timeline]) error {
	out := csv.NewWriter(w)
	if err := out.Write(columnsOf(freight.LoadsFile)); err != nil {
		return fmt.Errorf("writing the loads sheet: %w", err)
	}
	for t := range timelines {
		load := loadCells(&t)
		for i := range t.Stops {
			cells := load
			stopCells(&cells, &t.Stops[i])
			if err := out.Write(cells[:]); err != nil {
				return fmt.Errorf("writing load %s: %w", t.Number, err)
			}
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("writing the loads sheet: %w", err)
	}
	return nil
}

// loadCells are the cells that every row of a load repeats.
func loadCells(t *freight.Timeline) (c [loadColumns]string) {
	c[colLoad], c[colCustomer], c[colCarrier], c[colSCAC], c[colMC], c[colDOT], c[colMode] = t.Number, t.Customer.Value, t.Carrier.Value, t.SCAC.Value, t.MC.Value, t.DOT.Value, t.Mode.Value
	c[colEquipment], c[colTruck], c[colTrailer] = t.Equipment["KIND"].Value, t.Equipment["TRUCK"].Value, t.Equipment["TRAILER"].Value
	c[colContainer], c[colSeal] = t.Equipment["CONTAINER"].Value, t.Equipment["SEAL"].Value
	c[colDriver], c[colDriverPhone] = t.Driver["NAME"].Value, t.Driver["PHONE"].Value
	c[colRefs] = refsCell(t.Refs)
	c[colValueUSD] = t.ValueUSD.Value
	c[colTempMin], c[colTempMax] = optional(t.TempMinF), optional(t.TempMaxF)
	c[colFlags] = strings.Join(t.Flags, ";")
	c[colStatus] = statusOf(t)
	c[colPOP], c[colPOD] = string(t.Papers[freight.POP]), string(t.Papers[freight.POD])
	return c
}

// refsCell is "BOL:123;PO:77"; a type outside the closed list is written with its own word.
func refsCell(refs []freight.KnownRef) string {
	parts := make([]string, 0, len(refs))
	for _, ref := range refs {
		if ref.Type == freight.RefLoad {
			continue
		}
		word := string(ref.Type)
		if ref.Type == freight.RefOther && ref.Note != "" {
			word = ref.Note
		}
		parts = append(parts, word+":"+strings.ReplaceAll(ref.Value, ";", ","))
	}
	return strings.Join(parts, ";")
}

// statusOf is the TMS's own word.
func statusOf(t *freight.Timeline) string {
	for _, word := range t.Statuses {
		if word.Source.Kind == freight.TMS {
			return word.Text
		}
	}
	return ""
}

func optional(n *float64) string {
	if n == nil {
		return ""
	}
	return plain(*n)
}

func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func stopCells(c *[loadColumns]string, s *freight.StopLine) {
	c[colStop], c[colKind] = strconv.Itoa(s.Seq), s.Kind
	p := &s.Place
	c[colFacility], c[colAddress], c[colCity], c[colState], c[colPostal], c[colCountry], c[colZone] = p.Facility, p.Address, p.City, p.State, p.Postal, p.Country, p.Zone
	if p.HasPoint() {
		c[colLat], c[colLon] = plain(p.Lat), plain(p.Lon)
	}
	c[colApptType] = s.ApptType
	c[colApptStart], c[colApptEnd] = windowCells(s.Window, s.Zone)
	c[colOrigStart], c[colOrigEnd] = windowCells(s.Original, s.Zone)
	c[colArrived], c[colDeparted] = knownCell(s.Arrived, s.Zone), knownCell(s.Departed, s.Zone)
	if s.ETA != nil {
		c[colETA] = instantCell(s.ETA.At, s.Zone, false)
	}
	for column, amount := range map[int]*freight.Amount{colPieces: s.Pieces, colPallets: s.Pallets} {
		if amount != nil {
			c[column] = plain(amount.Value)
		}
	}
	if s.Weight != nil {
		c[colWeight] = plain(pounds(s.Weight))
	}
}

// pounds is a weight in the unit of the sheet's column.
func pounds(a *freight.Amount) float64 {
	if a.Unit == "KG" {
		return a.Value * 2.20462262185
	}
	return a.Value
}

func windowCells(w freight.Window, zone string) (start, end string) {
	return instantCell(w.Start, zone, w.DayOnly), instantCell(w.End, zone, w.DayOnly)
}

// knownCell is an actual; one whose zone is not known is written as its source wrote it.
func knownCell(k *freight.KnownTime, zone string) string {
	if k == nil {
		return ""
	}
	if len(k.Claims) > 0 && (k.At.IsZero() || k.Claims[0].DayOnly) {
		return k.Claims[0].Written
	}
	return instantCell(k.At, zone, false)
}

// instantCell is an instant with the offset of the stop's zone, or its day there.
func instantCell(t time.Time, zone string, dayOnly bool) string {
	if t.IsZero() {
		return ""
	}
	if loc, err := freight.Location(zone); err == nil {
		t = t.In(loc)
	} else {
		t = t.UTC()
	}
	if dayOnly {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}
