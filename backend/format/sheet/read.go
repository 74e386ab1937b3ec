package sheet

import (
	"fmt"
	"iter"

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
		reader, err := newReader(b, p, opt)
		if err != nil {
			yield(freight.Record{}, err)
			return
		}
		stopped := false
		err = b.eachData(&tally{}, func(r *row) bool {
			stopped = !yield(reader.read(r), nil)
			return !stopped
		})
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
		return newLoadsReader(b, sheet, opt), nil
	case freight.EventsFile:
		return newEventsReader(b, sheet, opt), nil
	}
	return nil, fmt.Errorf("%s: %s sheets are not read", b.Name, sheet.kind)
}
