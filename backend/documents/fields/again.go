package fields

import (
	"tracedesk/backend/documents/paper"
)

// again reads once more what is in doubt.
func (f *finder) again() {
	_ = paper.Closer{}
}

// ticked tells whether a cell is a choice with boxes to tick, which is read by its boxes and not by its words.
func (f *finder) ticked(cell []token) bool { return false }
