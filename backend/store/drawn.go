package store

import (
	"context"

	"tracedesk/backend/freight"
)

// LoadsOf are the loads of which a source said anything, as they are read: through links, and under what they became. It walks the log, so it is
// for work that is rare and long.
func (s *Store) LoadsOf(ctx context.Context, src freight.Source) ([]int64, error) {
	return column[int64](s.reader(ctx), `WITH said (load) AS (
		SELECT coalesce((SELECT l.load FROM link l WHERE l.observation = o.seq ORDER BY l.seq DESC LIMIT 1), o.load) FROM observation o JOIN source s ON s.id = o.source
			WHERE s.kind = ?1 AND s.account = ?2
		UNION SELECT p.load FROM position p JOIN source s ON s.id = p.source WHERE s.kind = ?1 AND s.account = ?2)
		SELECT DISTINCT coalesce((SELECT j.load FROM joined j WHERE j.provisional = said.load), said.load) FROM said WHERE said.load > 0 ORDER BY 1`, string(src.Kind), src.Account)
}

// loadsAtOnce is how many loads are looked at in one transaction, so that nobody waits for it.
const loadsAtOnce = 500

// DropSaid forgets what a source said in the rows of a layout.
func (s *Store) DropSaid(ctx context.Context, src freight.Source, layout string) error {
	return s.ofSaid(ctx, src, layout, "DELETE FROM snapshot WHERE load > ?1 AND load <= ?2 AND source = ?3 AND substr(row, 1, length(?4)) = ?4")
}

// SaidInstead has what a source said in the rows of a layout take the place of what it said in the same rows without one.
func (s *Store) SaidInstead(ctx context.Context, src freight.Source, layout string) error {
	return s.ofSaid(ctx, src, layout,
		`DELETE FROM snapshot WHERE load > ?1 AND load <= ?2 AND source = ?3 AND substr(row, 1, length(?4)) <> ?4
			AND EXISTS (SELECT 1 FROM snapshot n WHERE n.load = snapshot.load AND n.source = ?3 AND n.row = ?4 || snapshot.row)`,
		"UPDATE snapshot SET row = substr(row, length(?4) + 1) WHERE load > ?1 AND load <= ?2 AND source = ?3 AND substr(row, 1, length(?4)) = ?4")
}

// ofSaid changes what sources said, some loads at a time.
func (s *Store) ofSaid(ctx context.Context, src freight.Source, layout string, changes ...string) error {
	var last int64
	if err := s.reader(ctx).row("SELECT coalesce(max(load), 0) FROM snapshot").Scan(&last); err != nil {
		return err
	}
	for from := int64(0); from < last; from += loadsAtOnce {
		err := s.Write(ctx, func(tx *Tx) error {
			id, err := tx.Source(src)
			if err != nil {
				return err
			}
			for _, change := range changes {
				if _, err := tx.exec(change, from, from+loadsAtOnce, id, layout); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
