package store

import "strings"

// rowsAtOnce is how many rows one statement writes: a statement costs more than its row.
const rowsAtOnce = 16

// manyRows writes rows of one table, several with one statement.
type manyRows struct {
	one, many string
	width     int
	args      []any
}

// into begins rows of a table: the statement's head ends with VALUES, row is the tuple of one, tail what follows all of them.
func into(head, row, tail string) *manyRows {
	return &manyRows{one: head + row + tail, many: head + row + strings.Repeat(", "+row, rowsAtOnce-1) + tail, width: strings.Count(row, "?")}
}

// also is the same table with no rows yet.
func (m *manyRows) also() *manyRows { return &manyRows{one: m.one, many: m.many, width: m.width} }

func (m *manyRows) add(args ...any) { m.args = append(m.args, args...) }

// write writes all rows that were added.
func (t *Tx) write(m *manyRows) error {
	args := m.args
	for full := m.width * rowsAtOnce; len(args) >= full; args = args[full:] {
		if _, err := t.exec(m.many, args[:full]...); err != nil {
			return err
		}
	}
	for ; len(args) > 0; args = args[m.width:] {
		if _, err := t.exec(m.one, args[:m.width]...); err != nil {
			return err
		}
	}
	return nil
}
