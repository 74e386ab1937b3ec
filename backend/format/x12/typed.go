package x12

import (
	"io"
	"iter"

	"tracedesk/backend/freight"
)

// StatusSet is a 214 in typed values, before it becomes observations. It and what it holds are good until the next one.
type StatusSet struct {
	Interchange, Control string // ISA13, ST02
	Offset               int64  // of its ST in the stream
	SCAC                 string // of the carrier
	Names                []freight.Reference
	Statuses             []StatusEvent
	Faults               []freight.Fault
}

// Statuses yields every 214 of a stream in typed values. It is the stage below Read, for who wants the events of a file and
// not what the desk makes of them. Faults outside any 214 are not told; an error ends the sequence as that of Read does.
func Statuses(r io.Reader, opt Options) iter.Seq2[*StatusSet, error] {
	return func(yield func(*StatusSet, error) bool) {
		var told StatusSet
		e := &envelope{scan: newScanner(r), opt: opt}
		e.yield = func(_ freight.Record, err error) bool { return err == nil || yield(nil, err) }
		e.typed = func(s *set, from *statusReader) {
			told = StatusSet{Interchange: s.interchange, Control: s.control, Offset: s.off, SCAC: from.scac,
				Names: told.Names[:0], Statuses: from.events, Faults: s.faults}
			for i := range from.refs {
				told.Names = append(told.Names, from.refs[i].Reference)
			}
			e.stopped = !yield(&told, nil)
		}
		e.run()
		e.notes.tell(opt.Notes)
	}
}
