package feeds_test

import (
	"errors"
	"iter"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
)

// mapping is the connector with a mapping that understands nothing until it is mended.
type mapping struct {
	lister
	understands *bool
}

func (m mapping) Read(b connect.Body) iter.Seq2[freight.Record, error] {
	if *m.understands {
		return m.lister.Read(b)
	}
	return func(yield func(freight.Record, error) bool) {
		yield(freight.Record{}, errors.New("no word of it is known"))
	}
}
