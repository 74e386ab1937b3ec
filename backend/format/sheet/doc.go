// Package sheet turns tables into observations and back: CSV, TSV and XLSX, our own four sheets without a mapping and
// everybody else's by a mapping profile.
//
// The way through it: Open finds the table in a file (encoding, delimiter, worksheet, header line); Book.Kind says
// whether it is one of our own sheets; if not, Guess proposes a Profile from the names and the content of the columns;
// Read yields one freight.Record a row. Read never stops at a bad cell: the rest of the row is kept and the cell becomes
// a freight.Fault with the row, the column, the value and the reason. Local times stay local (freight.When); the fold
// resolves them.
//
// A file is streamed: memory does not grow with its length. Nothing here reads a clock, so a year that a file leaves out
// comes from Options.ReceivedAt.
package sheet
