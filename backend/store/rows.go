package store

import (
	"math/bits"
	"strings"
)

// rowsAtOnce is how many rows one statement writes at most: a statement costs more than its row. It is 1 << (len(insert.of) - 1).
const rowsAtOnce = 64

// insert is a statement over rows of one table, for 1, 2, 4 ... rowsAtOnce rows.
type insert struct {
	of    [7]string
	width int // arguments of a row
}

// into begins rows of a table: the statement's head ends with VALUES, row is the tuple of one, tail what follows all of them.
func into(head, row, tail string) *insert {
	s := &insert{width: strings.Count(row, "?")}
	for i := range s.of {
		s.of[i] = head + row + strings.Repeat(", "+row, 1<<i-1) + tail
	}
	return s
}

// manyRows are rows of one table to be written, several with one statement.
type manyRows struct {
	*insert
	args []any
}

// rows is the table with no rows yet.
func (s *insert) rows() *manyRows { return &manyRows{insert: s} }

func (m *manyRows) add(args ...any) { m.args = append(m.args, args...) }

// each hands out the fewest statements that write all rows: of 1 << size rows each, with their arguments.
func (m *manyRows) each(run func(size int, args []any) error) error {
	for args := m.args; len(args) > 0; {
		size := bits.Len(uint(min(rowsAtOnce, len(args)/m.width))) - 1
		n := m.width << size
		if err := run(size, args[:n]); err != nil {
			return err
		}
		args = args[n:]
	}
	return nil
}

// write writes all rows that were added.
func (t *Tx) write(m *manyRows) error {
	return m.each(func(size int, args []any) error {
		_, err := t.exec(m.of[size], args...)
		return err
	})
}
