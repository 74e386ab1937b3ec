package sheet

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"tracedesk/backend/freight"
)

// rowReader makes a record of a data row.
type rowReader interface {
	read(*row) freight.Record
}

// Read yields one record a data row, in the order of the file; Record.N is the row's number in the file. A nil profile is for
// our own sheets. The error, if any, comes last and means that the file could not be read on; rows that could not be
// understood are faults in their records. Breaking off the loop stops the reading.
func Read(b *Book, p *Profile, opt Options) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		b.readNotes = nil
		reader, err := newReader(b, p, opt)
		if err != nil {
			yield(freight.Record{}, err)
			return
		}
		stopped, skipped := false, &tally{}
		err = b.eachData(skipped, func(r *row) bool {
			stopped = !yield(reader.read(r), nil)
			return !stopped
		})
		b.readNotes = append(b.readNotes, skipped.notes()...)
		if err != nil && !stopped {
			yield(freight.Record{}, fmt.Errorf("%s: %w", b.Name, err))
		}
	}
}

func newReader(b *Book, p *Profile, opt Options) (rowReader, error) {
	if p != nil {
		return newForeignReader(b, p, opt)
	}
	sheet, own := ownSheetOf(b.Header)
	if !own {
		return nil, fmt.Errorf("%s is not one of our own sheets: it needs a profile that says what its columns mean", b.Name)
	}
	switch sheet.kind {
	case freight.LoadsFile:
		return newLoadsReader(b, sheet, opt)
	case freight.EventsFile:
		return newEventsReader(b, sheet, opt)
	case freight.FacilitiesFile:
		return newFacilitiesReader(b, sheet, opt)
	}
	return newCarriersReader(b, sheet, opt)
}

// ownSheet sets a scribe up for one of our own sheets: where its columns are, and the order of dates that a spreadsheet
// program rewrote in its own fashion.
func (s *scribe) ownSheet(b *Book, sheet ownSheet) (at, strangers []int, err error) {
	at, strangers = sheet.places(b.Header)
	var times []int
	for i, name := range sheet.columns {
		if at[i] >= 0 && slices.Contains(sheet.times, name) {
			times = append(times, at[i])
		}
	}
	country := ""
	if i := slices.Index(sheet.columns, "state"); i >= 0 {
		country = b.countryOfStates(at[i])
	}
	decided, notes, err := b.decideOrders(times, country, false, s.opt.ReceivedAt)
	if err != nil {
		return nil, nil, err
	}
	for _, column := range times {
		rules := dateRules{order: decided[column].order, received: s.opt.ReceivedAt}
		if rules.order == "" && country == "US" {
			rules.order = MonthFirst
		}
		s.rules[column] = rules
	}
	b.readNotes = append(b.readNotes, notes...)
	if len(strangers) > 0 {
		names := make([]string, len(strangers))
		for i, column := range strangers {
			names[i] = b.Header[column]
		}
		b.readNotes = append(b.readNotes, "Columns that are not ours are kept as notes: "+strings.Join(names, ", ")+".")
	}
	return at, strangers, nil
}
