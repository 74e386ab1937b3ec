package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tracedesk/backend/freight"
)

// Archive is a file to which loads of a closed period went.
type Archive struct {
	ID     int64
	At     time.Time
	By     string
	Until  time.Time
	File   string
	Digest string // SHA-256 of the file, hexadecimal
	Size   int64
	Loads  int
}

// Tally is how much is on file of some loads.
type Tally struct{ Loads, Observations, Positions, Documents int }

// LoadsOfCustomer are all loads of a customer, live or not, in order.
func (s *Store) LoadsOfCustomer(ctx context.Context, customer string) ([]int64, error) {
	return column[int64](s.reader(ctx), "SELECT load FROM board WHERE customer = ? ORDER BY load", customer)
}

// Archivable are the loads whose stops all lay before an instant's day, and of which nothing is left to do: not live, no open
// exception or task, nothing that waits to leave the desk. unsettled takes those too of which something is left. In order.
func (s *Store) Archivable(ctx context.Context, until time.Time, unsettled bool) ([]int64, error) {
	var pending int
	if err := s.reader(ctx).row("SELECT count(*) FROM run WHERE state = 0").Scan(&pending); err != nil || pending > 0 {
		return nil, errors.Join(err, whenPending(pending))
	}
	return column[int64](s.reader(ctx), `SELECT b.load FROM board b WHERE (b.last_received < ?1 OR EXISTS (SELECT 1 FROM stopfact f WHERE f.load = b.load AND f.day > 0))
		AND NOT EXISTS (SELECT 1 FROM stopfact f WHERE f.load = b.load AND (f.due_day >= ?2 OR f.done_day >= ?2 OR f.day >= ?2))
		AND NOT EXISTS (SELECT 1 FROM dirty d WHERE d.load = b.load)
		AND (?3 OR b.live = 0
			AND NOT EXISTS (SELECT 1 FROM exception x WHERE x.load = b.load AND x.open = 1)
			AND NOT EXISTS (SELECT 1 FROM errand e WHERE e.load = b.load AND e.ended = 0)
			AND NOT EXISTS (SELECT 1 FROM intent i WHERE i.load = b.load AND i.state IN ('waiting', 'sent'))) ORDER BY b.load`, nanos(until), freight.DayAt(until, "UTC"), unsettled)
}

func whenPending(n int) error {
	if n == 0 {
		return nil
	}
	return fmt.Errorf("%d imports are under way; nothing is archived until they have ended", n)
}

const leaving = "(SELECT load FROM leaving)"

// tally counts what is on file of the loads in the table leaving.
const tally = "SELECT (SELECT count(*) FROM load WHERE id IN " + leaving + "), (SELECT count(*) FROM observation WHERE load IN " + leaving + "), (SELECT count(*) FROM position WHERE load IN " + leaving +
	"), (SELECT count(*) FROM document WHERE load IN " + leaving + ")"

// Tally counts what is on file of some loads, with the provisional ones that were found to be them.
func (s *Store) Tally(ctx context.Context, loads []int64) (out Tally, err error) {
	err = s.reader(ctx).row("WITH leaving(load) AS ("+withProvisional+") "+tally, idList(loads)).Scan(&out.Loads, &out.Observations, &out.Positions, &out.Documents)
	return out, err
}

const withProvisional = "SELECT value FROM json_each(?1) UNION SELECT provisional FROM joined WHERE load IN (SELECT value FROM json_each(?1))"

// name puts the loads that leave, with the provisional ones that were found to be them, into the table leaving; with others, all
// loads but those.
func (t *Tx) name(loads []int64, others bool) error {
	if _, err := t.exec("CREATE TEMP TABLE IF NOT EXISTS leaving (load INTEGER PRIMARY KEY)"); err != nil {
		return err
	}
	if _, err := t.exec("DELETE FROM leaving"); err != nil {
		return err
	}
	query := "INSERT INTO leaving " + withProvisional
	if others {
		query = "INSERT INTO leaving SELECT id FROM load EXCEPT SELECT * FROM (" + withProvisional + ")"
	}
	_, err := t.exec(query, idList(loads))
	return err
}

// drop takes everything of the loads in the table leaving out of the file. The audit chain, runs and settings stay.
func (t *Tx) drop() error {
	for _, query := range []string{
		"DELETE FROM papersearch WHERE rowid IN (SELECT seq FROM document WHERE load IN " + leaving + ")",
		"DELETE FROM deedof WHERE document IN (SELECT id FROM document WHERE load IN " + leaving + ")",
		"DELETE FROM paper WHERE state = 'read' AND hash IN (SELECT file FROM document WHERE load IN " + leaving + ") AND hash NOT IN (SELECT file FROM document WHERE load NOT IN " + leaving + ")",
		"DELETE FROM document WHERE load IN " + leaving,
		"DELETE FROM sendtry WHERE intent IN (SELECT id FROM intent WHERE load IN " + leaving + ")",
		"DELETE FROM sending WHERE load IN " + leaving,
		"DELETE FROM intent WHERE load IN " + leaving,
		"DELETE FROM search WHERE rowid IN " + leaving,
		"DELETE FROM joined WHERE load IN " + leaving + " OR provisional IN " + leaving,
	} {
		if _, err := t.exec(query); err != nil {
			return err
		}
	}
	for _, table := range []string{"link", "observation", "position", "snapshot", "dirty", "board", "state", "stopfact", "loadfact", "course", "exception", "errand", "shown", "alerted", "ref", "feedload"} {
		if _, err := t.exec("DELETE FROM " + table + " WHERE load IN " + leaving); err != nil {
			return err
		}
	}
	_, err := t.exec("DELETE FROM load WHERE id IN " + leaving)
	return err
}

// KeepOnly takes everything but some loads out of a copy of a desk file: other loads, what waits in quarantine, and what
// accounts said of other loads. Audit chain, runs and settings stay.
func (t *Tx) KeepOnly(loads []int64) error {
	if err := t.name(loads, true); err != nil {
		return err
	}
	if err := t.drop(); err != nil {
		return err
	}
	for _, query := range []string{"DELETE FROM quarantine", "DELETE FROM feedcall", "DELETE FROM feedbody WHERE load NOT IN (SELECT id FROM load)", "DELETE FROM rawbody WHERE hash NOT IN (SELECT hash FROM feedbody)"} {
		if _, err := t.exec(query); err != nil {
			return err
		}
	}
	return nil
}

// ErrChanged says that something was heard of a load while its archive was written.
var ErrChanged = errors.New("something was heard of these loads while the archive was written; archive them again")

// Leave takes loads out of the file that lie in a verified archive, and notes where they went. want is what the archive holds
// of them: loads that changed meanwhile stay.
func (t *Tx) Leave(a *Archive, loads []int64, want Tally) error {
	if err := t.name(loads, false); err != nil {
		return err
	}
	var now Tally
	if err := t.row(tally).Scan(&now.Loads, &now.Observations, &now.Positions, &now.Documents); err != nil {
		return err
	}
	if now != want {
		return ErrChanged
	}
	err := t.row("INSERT INTO archive (at, by, until, file, digest, size, loads) VALUES (?,?,?,?,?,?,?) RETURNING id", nanos(a.At), a.By, nanos(a.Until), a.File, a.Digest, a.Size, a.Loads).Scan(&a.ID)
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT OR REPLACE INTO archivedload (uid, archive, number, customer) SELECT l.uid, ?, l.number, coalesce(b.customer, '') FROM load l LEFT JOIN board b ON b.load = l.id WHERE l.id IN "+leaving, a.ID)
	if err != nil {
		return err
	}
	return t.drop()
}

const archiveColumns = "SELECT a.id, a.at, a.by, a.until, a.file, a.digest, a.size, a.loads FROM archive a "

// Archives are all archives, newest first.
func (s *Store) Archives(ctx context.Context) ([]Archive, error) {
	return s.archives(ctx, archiveColumns+"ORDER BY a.id DESC")
}

// ArchivesOf are the archives that hold a load of that number, newest first.
func (s *Store) ArchivesOf(ctx context.Context, number string) ([]Archive, error) {
	return s.archives(ctx, archiveColumns+"WHERE a.id IN (SELECT archive FROM archivedload WHERE number = ?) ORDER BY a.id DESC", number)
}

func (s *Store) archives(ctx context.Context, query string, args ...any) ([]Archive, error) {
	var out []Archive
	err := each(s.reader(ctx), func(rows *sql.Rows) error {
		var a Archive
		var at, until int64
		err := rows.Scan(&a.ID, &at, &a.By, &until, &a.File, &a.Digest, &a.Size, &a.Loads)
		a.At, a.Until = instant(at), instant(until)
		out = append(out, a)
		return err
	}, query, args...)
	return out, err
}

// Shelved are the hashes of the files that the loads of this desk file rest on: papers, with the mails and archives they
// came in, and imported files.
func (s *Store) Shelved(ctx context.Context) (papers, raw []string, err error) {
	if papers, err = column[string](s.reader(ctx), "SELECT file FROM document UNION SELECT inside FROM paper WHERE inside <> ''"); err != nil {
		return nil, nil, err
	}
	raw, err = column[string](s.reader(ctx), "SELECT DISTINCT raw FROM run WHERE raw <> '' AND id IN (SELECT run FROM observation UNION SELECT run FROM position)")
	return papers, raw, err
}

// IntentsOf are what should be written elsewhere about a load, oldest first.
func (s *Store) IntentsOf(ctx context.Context, load int64) ([]Intent, error) {
	return s.intents(ctx, "load = ? ORDER BY id", load)
}
