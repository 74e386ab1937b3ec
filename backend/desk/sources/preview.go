package sources

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"tracedesk/backend/format/sheet"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
)

// tried is how many records a preview runs through the ledger before it stops counting.
const tried = 400

// Preview tells what the desk makes of files before anything is written.
func (s *Area) Preview(ctx context.Context, req ImportRequest) (Preview, error) {
	paths, err := s.paths(req.Files)
	if err != nil {
		return Preview{}, err
	}
	given := len(paths)
	paths, clean, err := unpacked(paths)
	if err != nil {
		return Preview{}, err
	}
	defer clean()
	var out Preview
	for i, p := range paths {
		fp, err := s.preview(ctx, p, req)
		if err != nil {
			return out, err
		}
		if i < len(req.Files) && len(paths) == given {
			fp.File = req.Files[i]
		}
		out.Files = append(out.Files, fp)
	}
	return out, nil
}

func (s *Area) preview(ctx context.Context, p pathName, req ImportRequest) (FilePreview, error) {
	f, err := open(p.path, p.name)
	if err != nil {
		return FilePreview{}, err
	}
	defer f.close()
	if err := f.mapWith(ctx, s, req); err != nil {
		return FilePreview{}, err
	}
	out := FilePreview{Path: p.shown, Kind: f.kind, NeedsMap: f.foreign(), Known: f.known, Notes: f.notes}
	if f.foreign() {
		if err := s.showMapping(f, &out); err != nil {
			return out, err
		}
	}
	out.Ready = f.kind != freight.UnknownFile && (!f.foreign() || f.profile != nil && len(out.Missing) == 0)
	out.Says = f.says()
	if f.kind == freight.DocumentFile || !out.Ready {
		return out, nil
	}
	return out, s.try(ctx, f, req, &out)
}

// says is what the file is, in one line.
func (f *file) says() string {
	switch {
	case f.kind == freight.DocumentFile:
		return "a paper"
	case strings.HasPrefix(string(f.kind), "x12."):
		return "X12 " + strings.TrimPrefix(string(f.kind), "x12.")
	case strings.HasPrefix(string(f.kind), "edifact"):
		return strings.TrimSpace("EDIFACT " + strings.ToUpper(strings.TrimPrefix(strings.TrimPrefix(string(f.kind), "edifact"), ".")))
	case f.kind == freight.EPCISFile:
		return "EPCIS events"
	case f.kind == freight.DCSAFile:
		return "DCSA Track & Trace events"
	case f.book == nil:
		return "nothing this desk can read"
	case !f.foreign():
		return "our own " + string(f.kind) + " sheet"
	case f.known:
		return "a sheet mapped before as " + f.profile.Name
	}
	return fmt.Sprintf("a sheet of %d columns from somewhere else", len(f.book.Header))
}

// showMapping lists the columns with what they seem to be, and what they may be mapped to.
func (s *Area) showMapping(f *file, out *FilePreview) error {
	guess, err := sheet.GuessProfile(f.book, s.desk.Now())
	if err != nil {
		return err
	}
	out.Missing = guess.Missing
	if f.profile != nil {
		out.Missing = nil
		m := toProfile(*f.profile)
		out.Mapping = &m
	} else {
		m := toProfile(guess.Profile)
		out.Mapping = &m
	}
	for i, c := range guess.Columns {
		out.Columns = append(out.Columns, Column{Index: i, Name: c.Header, Guess: fieldCode(c.Column), Confidence: c.Confidence, Why: c.Why, Samples: c.Samples})
	}
	out.Fields = fields()
	for _, n := range guess.Notes {
		if strings.Contains(n, "day") && strings.Contains(n, "month") {
			out.DateOrder = n
		}
	}
	return nil
}

// try runs the first records through the ledger and takes everything back.
func (s *Area) try(ctx context.Context, f *file, req ImportRequest, out *FilePreview) error {
	l := s.desk.LedgerAt(req.Now)
	records, err := f.records(s, "", l.Now(), false, f.aside())
	if err != nil {
		return err
	}
	spec := ledger.RunSpec{Name: f.name, Kind: f.kind, StatedAt: f.mod, Layout: f.layout()}
	res, more, err := l.Try(ctx, spec, records, tried, func(rec freight.Record) {
		if len(out.Sample) < 8 {
			out.Sample = append(out.Sample, SampleRow{Cells: sampleCells(rec)})
		}
	})
	var unreadable *ledger.UnreadableError
	if errors.As(err, &unreadable) {
		out.Ready, out.Notes = false, append(out.Notes, err.Error())
		return nil
	}
	out.Would = WouldHappen{Records: res.Records, New: res.New, Updated: res.Updated, Unchanged: res.Duplicates, Quarantined: res.Quarantined, Gone: res.Gone, Partial: more}
	return err
}

// sampleCells are a record's words.
func sampleCells(rec freight.Record) freight.List[string] {
	var out freight.List[string]
	for i := range rec.Observations {
		out = append(out, rec.Observations[i].Text)
	}
	for i := range rec.Faults {
		out = append(out, rec.Faults[i].Where+": "+rec.Faults[i].Reason)
	}
	return out
}

// fields lists what a column may be mapped to, grouped for a menu.
func fields() freight.List[Field] {
	var out freight.List[Field]
	add := func(group, prefix string, list []sheet.Field) {
		for _, f := range list {
			label := strings.ReplaceAll(string(f), "_", " ")
			label = strings.Replace(label, "ref:", "", 1)
			out = append(out, Field{Name: prefix + string(f), Label: label, Group: group})
		}
	}
	load := []sheet.Field{sheet.FieldLoad, sheet.FieldCustomer, sheet.FieldCarrier, sheet.FieldSCAC, sheet.FieldMC, sheet.FieldDOT, sheet.FieldMode, sheet.FieldEquipment,
		sheet.FieldTruck, sheet.FieldTrailer, sheet.FieldContainer, sheet.FieldSeal, sheet.FieldDriver, sheet.FieldPhone, sheet.FieldValue, sheet.FieldTemp, sheet.FieldTempMin,
		sheet.FieldTempMax, sheet.FieldHazmat, sheet.FieldTeam, sheet.FieldFlags, sheet.FieldStatus, sheet.FieldPOP, sheet.FieldPOD, sheet.FieldUpdated, sheet.FieldNote,
		sheet.FieldIgnore, "ref:BOL", "ref:PO", "ref:PRO", "ref:ORDER", "ref:PICKUP", "ref:DELIVERY", "ref:APPOINTMENT", "ref:BOOKING", "ref:CONTAINER", "ref:OTHER"}
	stop := []sheet.Field{sheet.FieldFacility, sheet.FieldAddress, sheet.FieldCity, sheet.FieldState, sheet.FieldCityState, sheet.FieldPostal, sheet.FieldCountry, sheet.FieldLat,
		sheet.FieldLon, sheet.FieldZone, sheet.FieldApptType, sheet.FieldAppt, sheet.FieldApptEnd, sheet.FieldOrig, sheet.FieldOrigEnd, sheet.FieldArrived, sheet.FieldDeparted,
		sheet.FieldLoaded, sheet.FieldUnloaded, sheet.FieldPickedUp, sheet.FieldDelivered, sheet.FieldETA, sheet.FieldPieces, sheet.FieldPallets, sheet.FieldWeight}
	add("Load", "", load)
	add("Pickup", sheet.FirstPickup+".", stop)
	add("Delivery", sheet.LastDelivery+".", stop)
	add("This row's stop", "", append([]sheet.Field{sheet.FieldStop, sheet.FieldKind}, stop...))
	add("Where the truck is", sheet.Current+".", []sheet.Field{sheet.FieldCity, sheet.FieldState, sheet.FieldCityState, sheet.FieldLat, sheet.FieldLon, sheet.FieldAt})
	add("Event", "", []sheet.Field{sheet.FieldEvent, sheet.FieldAt})
	for _, part := range []string{"date", "time"} {
		for _, f := range []sheet.Field{sheet.FieldAppt, sheet.FieldApptEnd, sheet.FieldArrived, sheet.FieldDeparted, sheet.FieldETA} {
			for _, group := range []string{sheet.FirstPickup, sheet.LastDelivery} {
				out = append(out, Field{Name: group + "." + string(f) + "." + part, Label: strings.ReplaceAll(string(f), "_", " ") + " (" + part + " only)", Group: strings.ToUpper(group[:1]) + group[1:]})
			}
		}
	}
	return out
}
