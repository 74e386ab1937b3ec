package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/freight"
)

// EncodeObservation is the stored form of an observation's body; ids, source and the two times are columns of their own.
func EncodeObservation(o *freight.Observation) ([]byte, error) { return AppendObservation(nil, o), nil }

func decodeBody(b []byte, o *freight.Observation) error {
	if err := cbor.Unmarshal(b, o); err != nil {
		return fmt.Errorf("an observation on file cannot be read: %w", err)
	}
	return nil
}

// sourceTable keeps the few sources in memory both ways.
type sourceTable struct {
	mu   sync.RWMutex
	byID map[int64]freight.Source
	ids  map[freight.Source]int64
}

func (t *sourceTable) load(ctx context.Context, db *sql.DB) error {
	rows, err := db.QueryContext(ctx, "SELECT id, kind, account FROM source")
	if err != nil {
		return plain(err)
	}
	defer rows.Close()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.byID, t.ids = map[int64]freight.Source{}, map[freight.Source]int64{}
	for rows.Next() {
		var id int64
		var src freight.Source
		if err := rows.Scan(&id, &src.Kind, &src.Account); err != nil {
			return err
		}
		t.byID[id], t.ids[src] = src, id
	}
	return rows.Err()
}

func (t *sourceTable) source(id int64) freight.Source {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.byID[id]
}

// Source is the local number of a source, given one on first use. A transaction that is rolled back
// makes the table be read again.
func (t *Tx) Source(src freight.Source) (int64, error) {
	tab := &t.s.sources
	tab.mu.RLock()
	id, ok := tab.ids[src]
	tab.mu.RUnlock()
	if ok {
		return id, nil
	}
	if _, err := t.exec("INSERT OR IGNORE INTO source (kind, account) VALUES (?, ?)", string(src.Kind), src.Account); err != nil {
		return 0, err
	}
	if err := t.row("SELECT id FROM source WHERE kind = ? AND account = ?", string(src.Kind), src.Account).Scan(&id); err != nil {
		return 0, err
	}
	tab.mu.Lock()
	tab.byID[id], tab.ids[src] = src, id
	tab.mu.Unlock()
	t.newSource = true
	return id, nil
}
