package store

import (
	"bytes"
	"context"
	"database/sql"

	"tracedesk/backend/freight"
)

// drawnBytes are the columns of a projection that are encoded.
type drawnBytes struct {
	row, course []byte
	tasks       []drawnTask
}

// drawnTask is a task that is not on file as it is.
type drawnTask struct {
	*freight.Errand
	body []byte
}

// Draw encodes what the clock may change of a projection; whoever writes it need not do so then. Nothing of it may change after.
func (p *Projection) Draw() error {
	if p.drawn != nil {
		return nil
	}
	d := &drawnBytes{}
	var err error
	if d.row, err = encoding.Marshal(&p.Row); err != nil {
		return err
	}
	if d.course, err = encoding.Marshal(&freight.Course{Episodes: p.Course.Episodes, Errands: lately(p.Course.Errands)}); err != nil {
		return err
	}
	for i := range p.Course.Errands {
		e := &p.Course.Errands[i]
		if p.Had != nil && onFile(p.Had.Errands, e) {
			continue
		}
		body, err := encoding.Marshal(e)
		if err != nil {
			return err
		}
		d.tasks = append(d.tasks, drawnTask{e, body})
	}
	p.drawn = d
	return nil
}

// Drawn is what is on file of what the clock may change of a load's projection.
type Drawn struct {
	evaluated, due int64
	live           bool
	level          int
	row            []byte
	exceptions     []drawnException
}

type drawnException struct {
	id, customer string
	body         []byte
}

// holds reports whether an exception is on file as it is.
func (d *Drawn) holds(id, customer string, body []byte) bool {
	if d == nil {
		return false
	}
	for i := range d.exceptions {
		if x := &d.exceptions[i]; x.id == id {
			return x.customer == customer && bytes.Equal(x.body, body)
		}
	}
	return false
}

// Drawn is what is on file of some loads on the board, to be read before their courses (Walked): ProjectVerdicts sees then
// that a load was drawn again since.
func (s *Store) Drawn(ctx context.Context, loads []int64) (map[int64]*Drawn, error) {
	out, list, r := make(map[int64]*Drawn, len(loads)), idList(loads), s.reader(ctx)
	err := each(r, func(rows *sql.Rows) error {
		var load int64
		d := &Drawn{}
		err := rows.Scan(&load, &d.live, &d.level, &d.due, &d.evaluated, &d.row)
		out[load] = d
		return err
	}, "SELECT load, live, level, due, evaluated, row FROM board WHERE load IN (SELECT value FROM json_each(?))", list)
	if err != nil {
		return nil, err
	}
	err = each(r, func(rows *sql.Rows) error {
		var load int64
		var x drawnException
		if err := rows.Scan(&load, &x.id, &x.customer, &x.body); err != nil {
			return err
		}
		if d := out[load]; d != nil {
			d.exceptions = append(d.exceptions, x)
		}
		return nil
	}, "SELECT load, id, customer, body FROM exception WHERE load IN (SELECT value FROM json_each(?))", list)
	return out, err
}

var (
	verdictRows = into("UPDATE board SET live = v.column2, level = v.column3, due = v.column4, next_due = v.column5, evaluated = v.column6, row = v.column7 FROM (VALUES ",
		"(?,?,?,?,?,?,?)", ") v WHERE board.load = v.column1")
	// A row that reads as before keeps its place in the order of the board.
	clockRows = into("UPDATE board SET next_due = v.column2, evaluated = v.column3 FROM (VALUES ", "(?,?,?)", ") v WHERE board.load = v.column1")
)

// ProjectVerdicts writes what the clock alone changed of loads on the board since they were read (OnFile, Had): the rows,
// their order, when to look again, and what was found. It returns which loads it wrote; one to which something happened in
// between is left to whoever did it.
func (t *Tx) ProjectVerdicts(all []*Projection) ([]int64, error) {
	ids := make([]int64, len(all))
	for i, p := range all {
		ids[i] = p.Load
	}
	on, err := t.marks(ids)
	if err != nil {
		return nil, err
	}
	written := ids[:0]
	d := newDrawing(verdictRows)
	for _, p := range all {
		if on[p.Load] != p.mark() {
			continue
		}
		if err := p.Draw(); err != nil {
			return nil, err
		}
		d.verdict(p)
		d.course(p, true)
		written = append(written, p.Load)
	}
	return written, t.put(d)
}

// mark is how far a load's course and projection on file go; it differs as soon as another wrote them.
type mark struct {
	at, next, evaluated int64
	seen                int
	shares              bool
}

// mark is the one that a projection went on from.
func (p *Projection) mark() mark {
	return mark{at: nanos(p.Had.At), next: nanos(p.Had.Next), evaluated: p.OnFile.evaluated, seen: p.Had.Seen, shares: p.Shares}
}

func (t *Tx) marks(loads []int64) (map[int64]mark, error) {
	out := make(map[int64]mark, len(loads))
	err := each(t, func(rows *sql.Rows) error {
		var load int64
		var m mark
		err := rows.Scan(&load, &m.at, &m.next, &m.seen, &m.shares, &m.evaluated)
		out[load] = m
		return err
	}, "SELECT c.load, c.at, c.next, c.seen, c.shares, b.evaluated FROM json_each(?) j CROSS JOIN course c ON c.load = j.value JOIN board b ON b.load = c.load", idList(loads))
	return out, err
}

// verdict draws what of a load's row the clock alone changes.
func (d *drawing) verdict(p *Projection) {
	a, on := p.Row.Attention, p.OnFile
	level, due, next, now := a.Level.Rank(), nanos(a.Due), nanos(p.NextDue), nanos(p.EvaluatedAt)
	if on.live == p.Live && on.level == level && on.due == due && bytes.Equal(on.row, p.drawn.row) {
		d.clocks.add(p.Load, next, now)
		return
	}
	d.board.add(p.Load, p.Live, level, due, next, now, p.drawn.row)
}

// goesOn reports whether a course still has all that it had: then no exception can have gone, because one is named by the
// first of its episodes.
func (p *Projection) goesOn() bool {
	if p.Had == nil || len(p.Had.Episodes) > len(p.Course.Episodes) {
		return false
	}
	for i := range p.Had.Episodes {
		had, now := &p.Had.Episodes[i], &p.Course.Episodes[i]
		if had.Key != now.Key || had.Kind != now.Kind || had.Stop != now.Stop || !had.DetectedAt.Equal(now.DetectedAt) {
			return false
		}
	}
	return true
}
