package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tracedesk/backend/freight"
)

// pageSize is that of our files; the header at the start of the first page is described in https://sqlite.org/fileformat2.html.
const pageSize = 4096

// openDamaged opens a damaged file for reading. When its first page, by which all tables are found, is among what is
// damaged, a copy with the first page of a fresh desk file is read instead: the tables begin at the same places in both.
func openDamaged(ctx context.Context, dir, kept string) (db *sql.DB, done func(), err error) {
	db, err = openForSalvage(kept)
	if err != nil {
		return nil, nil, err
	}
	var tables int
	if db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name IN ('load', 'observation', 'source')").Scan(&tables) == nil && tables == 3 {
		return db, func() { db.Close() }, nil
	}
	db.Close()
	work, err := os.MkdirTemp(dir, "salvage-*")
	if err != nil {
		return nil, nil, err
	}
	copied := filepath.Join(work, "copy.db")
	if err = mendFirstPage(ctx, work, kept, copied); err == nil {
		db, err = openForSalvage(copied)
	}
	if err != nil {
		os.RemoveAll(work)
		return nil, nil, err
	}
	return db, func() { db.Close(); os.RemoveAll(work) }, nil
}

// openForSalvage reads what it can: with writable_schema SQLite opens a file that is shorter than its header says.
func openForSalvage(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+escapePath(path)+"?_pragma=query_only(1)&_pragma=cell_size_check(1)&_pragma=writable_schema(1)")
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

func mendFirstPage(ctx context.Context, work, kept, copied string) error {
	fresh, err := Open(ctx, filepath.Join(work, "fresh"), ReadWrite)
	if err != nil {
		return err
	}
	if err := fresh.Close(); err != nil {
		return err
	}
	body, err := os.ReadFile(filepath.Join(work, "fresh", FileName))
	if err != nil {
		return err
	}
	for _, suffix := range []string{"", "-wal"} {
		if err := copyFile(kept+suffix, copied+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	f, err := os.OpenFile(copied, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		first := body[:pageSize]
		binary.BigEndian.PutUint32(first[28:], uint32(info.Size()/pageSize)) // size in pages
		clear(first[32:40])                                                  // no list of free pages
		_, err = f.WriteAt(first, 0)
	}
	return errors.Join(err, f.Close())
}

// nameOrphans gives loads whose own row could not be read their identity back, from what their observations say. Without it
// the next new load would get the lost one's number, and its facts.
func (s *Store) nameOrphans(ctx context.Context) error {
	orphans, err := column[int64](s.reader(ctx), `SELECT DISTINCT load FROM observation WHERE load <> 0 AND load NOT IN (SELECT id FROM load)
		UNION SELECT DISTINCT load FROM position WHERE load NOT IN (SELECT id FROM load)`)
	if err != nil || len(orphans) == 0 {
		return err
	}
	if err := s.sources.load(ctx, s.read); err != nil {
		return err
	}
	return s.Write(ctx, func(tx *Tx) error {
		for _, id := range orphans {
			log, err := tx.Observations(id, 0)
			if err != nil {
				return err
			}
			l := identity(log)
			if _, err := tx.exec("INSERT OR IGNORE INTO load (id, uid, account, number, provisional, run, first) VALUES (?,?,?,?,?,0,?)",
				id, l.UID[:], l.Account, l.Number, l.Provisional, nanos(l.First)); err != nil {
				return err
			}
			for i := range log {
				for _, ref := range Numbers(&log[i]) {
					if err := tx.AddRef(id, ref, 0); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

// identity is the load that a log speaks of: by its TMS number, else by the number of whoever spoke first.
func identity(log []freight.Observation) Load {
	l := Load{Account: "salvage", Number: fmt.Sprintf("lost %x", len(log))}
	for i := range log {
		o := &log[i]
		if len(o.Names) == 0 {
			continue
		}
		own := o.Source.Kind == freight.TMS && o.Names[0].Type == freight.RefLoad
		if l.First.IsZero() || own && l.Provisional || o.ReceivedAt.Before(l.First) && own != l.Provisional {
			l.Number, l.First, l.Provisional, l.Account = o.Names[0].Value, o.ReceivedAt, !own, o.Source.Account
			if !own {
				l.Account = o.Source.String()
			}
		}
	}
	l.UID = freight.LoadIDOf(l.Account, l.Number)
	return l
}
