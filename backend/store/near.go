package store

import (
	"context"
	"encoding/json"

	"tracedesk/backend/freight"
)

// RefsAmong are the visible loads that go by one of many numbers (normalised, any type), at most limit.
func (s *Store) RefsAmong(ctx context.Context, keys []string, limit int) ([]RefHit, error) {
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	rows, err := s.reader(ctx).query(`SELECT coalesce(j.load, ref.load), ref.type, ref.scope, ref.value FROM json_each(?) k CROSS JOIN ref ON ref.key = k.value
		LEFT JOIN joined j ON j.provisional = ref.load AND j.run`+visible+" WHERE ref.run"+visible+" LIMIT ?", string(list), 0, 0, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []RefHit
	for rows.Next() {
		var h RefHit
		var typ string
		if err := rows.Scan(&h.Load, &typ, &h.Ref.Scope, &h.Ref.Value); err != nil {
			return nil, err
		}
		h.Ref.Type = freight.RefType(typ)
		out = append(out, h)
	}
	return out, rows.Err()
}
