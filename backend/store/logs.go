package store

import (
	"context"
	"database/sql"
	"time"

	"tracedesk/backend/freight"
)

// Log is a load with all that is on file about it. Joined says that it is a provisional load that became another one: its
// log is read there.
type Log struct {
	Load         Load
	Joined       bool
	Observations []freight.Observation
}

// Logs reads the logs of some loads together: a few queries for all of them instead of several each.
func (s *Store) Logs(ctx context.Context, loads []int64) ([]Log, error) {
	r := s.reader(ctx)
	list := idList(loads)
	at := make(map[int64]int, len(loads))
	out := make([]Log, 0, len(loads))
	err := each(r, func(rows *sql.Rows) error {
		l, err := scanLoad(rows)
		at[l.ID] = len(out)
		out = append(out, Log{Load: l})
		return err
	}, "SELECT "+loadColumns+" FROM load WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", list)
	if err != nil {
		return nil, err
	}
	apart, err := s.apart(r, list, out, at)
	if err != nil {
		return nil, err
	}
	for _, table := range []string{"observation", "position"} {
		err := each(r, func(rows *sql.Rows) error {
			var load int64
			var o freight.Observation
			if err := s.scanObservation(rows, &load, &o); err != nil || apart[load] {
				return err
			}
			log := &out[at[load]]
			log.Observations = append(log.Observations, o)
			return nil
		}, "SELECT load, id, source, stated, received, body FROM "+table+" WHERE load IN (SELECT value FROM json_each(?)) AND run"+visible, list, 0)
		if err != nil {
			return nil, err
		}
	}
	for load := range apart {
		if log := &out[at[load]]; !log.Joined {
			if log.Observations, err = observations(r, &s.sources, load, 0, time.Time{}); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// apart are the few loads whose log is not simply what was filed under them: joined ones, and those with links to or away
// from them.
func (s *Store) apart(r reader, list string, out []Log, at map[int64]int) (map[int64]bool, error) {
	apart := map[int64]bool{}
	err := each(r, func(rows *sql.Rows) error {
		var load int64
		var joined bool
		err := rows.Scan(&load, &joined)
		apart[load] = true
		if i, ok := at[load]; ok && joined {
			out[i].Joined = true
		}
		return err
	}, `WITH these AS MATERIALIZED (SELECT value AS id FROM json_each(?1))
		SELECT provisional, 1 FROM joined WHERE provisional IN (SELECT id FROM these) AND run`+visible+`
		UNION ALL SELECT load, 0 FROM joined WHERE load IN (SELECT id FROM these)
		UNION ALL SELECT load, 0 FROM link WHERE load IN (SELECT id FROM these)
		UNION ALL SELECT o.load, 0 FROM link l JOIN observation o ON o.seq = l.observation WHERE o.load <> 0 AND o.load IN (SELECT id FROM these)`, list, 0)
	return apart, err
}

func (s *Store) scanObservation(rows *sql.Rows, load *int64, o *freight.Observation) error {
	var id, body sql.RawBytes
	var source, stated, received int64
	if err := rows.Scan(load, &id, &source, &stated, &received, &body); err != nil {
		return err
	}
	if err := decodeBody(body, o); err != nil {
		return err
	}
	copy(o.ID[:], id)
	o.Source, o.StatedAt, o.ReceivedAt = s.sources.source(source), instant(stated), instant(received)
	return nil
}

// each hands every row of a query to fn.
func each(r reader, fn func(*sql.Rows) error, query string, args ...any) error {
	rows, err := r.query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
