package codes

import (
	"fmt"
	"strings"

	"tracedesk/backend/freight"
)

// read adds the rows of a table.
func (b *Book) read(text string, own bool) error {
	n := 0
	for line := range strings.Lines(text) {
		n++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		m, err := readRow(line)
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		k := keyOf(m.List, m.Code)
		if _, twice := b.rows[k]; twice {
			return fmt.Errorf("line %d: %s %s stands twice", n, m.List, m.Code)
		}
		m.Known, m.Own = true, own
		b.rows[k] = m
	}
	return nil
}

// readRow reads "list code meaning [tracking] [fact] [side] = words".
func readRow(line string) (Meaning, error) {
	head, words, said := strings.Cut(line, " = ")
	fields := strings.Fields(head)
	if !said || len(fields) < 3 || strings.TrimSpace(words) == "" {
		return Meaning{}, fmt.Errorf("%q should be a list, a code, its meaning, = and words, such as: order 1021 in_transit tracking = tracking now", line)
	}
	m := Meaning{List: fields[0], Code: fields[1], Means: fields[2], Words: strings.TrimSpace(words)}
	for _, f := range fields[3:] {
		if !m.take(f) {
			return Meaning{}, fmt.Errorf("%q is no tracking state (pending, ready, tracking, stale, hidden, denied, expired, failed, lost, ended), nothing that happens at a stop "+
				"(arrived, departed, loaded, unloaded, picked_up, delivered) and no side (pickup, delivery)", f)
		}
	}
	return m, nil
}

// take understands one of the words behind the meaning; the three lists share no word.
func (m *Meaning) take(word string) bool {
	switch t := freight.TrackingState(word); t {
	case freight.TrackPending, freight.TrackReady, freight.TrackTracking, freight.TrackStale, freight.TrackHidden, freight.TrackDenied,
		freight.TrackExpired, freight.TrackFailed, freight.TrackLost, freight.TrackEnded:
		m.Tracking = t
		return true
	}
	if f := freight.Fact(word); f.Actual() {
		m.Fact = f
		return true
	}
	switch s := freight.Side(word); s {
	case freight.PickupSide, freight.DeliverySide:
		m.Side = s
		return true
	}
	return false
}
