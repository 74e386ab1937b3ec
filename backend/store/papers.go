package store

import (
	"context"
	"database/sql"
	"time"
)

// Paper is a file that came with papers in it; its bytes lie in the documents folder under its hash.
type Paper struct {
	Seq               int64
	Hash, Name, Media string
	Size              int64
	ReceivedAt        time.Time
	By, From          string
	Inside            string // hash of the mail or archive it came in
	Wanted            int64  // the load a person put it on
	WantedKind        string
	State             string // waiting, reading, read, failed, cancelled, unpacked
	Rank              int    // the highest is read first
	Tries             int
	Error             string
	Pages             int // that have a picture
	ReadAt            time.Time
	Reader            string // what read it
}

// The states of a paper's reading.
const (
	PaperWaiting   = "waiting"
	PaperReading   = "reading"
	PaperRead      = "read"
	PaperFailed    = "failed"
	PaperCancelled = "cancelled"
	PaperUnpacked  = "unpacked"
)

const paperColumns = "seq, hash, name, media, size, received, by, origin, inside, wanted, wanted_kind, state, rank, tries, error, pages, read, reader"

func scanPaper(row scanner) (p Paper, err error) {
	var received, read int64
	err = row.Scan(&p.Seq, &p.Hash, &p.Name, &p.Media, &p.Size, &received, &p.By, &p.From, &p.Inside, &p.Wanted, &p.WantedKind, &p.State, &p.Rank, &p.Tries, &p.Error, &p.Pages, &read, &p.Reader)
	if err == sql.ErrNoRows {
		err = ErrNotFound
	}
	p.ReceivedAt, p.ReadAt = instant(received), instant(read)
	return p, err
}

// AddPaper queues a file for reading; one that is on file stays as it is, fresh is false then.
func (t *Tx) AddPaper(p *Paper) (fresh bool, err error) {
	n, err := t.changed(`INSERT OR IGNORE INTO paper (hash, name, media, size, received, by, origin, inside, wanted, wanted_kind, state, rank, tries, error, pages, read, reader, reading, words)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,0,'',0,0,'',x'',x'')`, p.Hash, p.Name, p.Media, p.Size, nanos(p.ReceivedAt), p.By, p.From, p.Inside, p.Wanted, p.WantedKind, p.State, p.Rank)
	return n > 0, err
}

// Paper is a file by its hash.
func (s *Store) Paper(ctx context.Context, hash string) (Paper, error) {
	return scanPaper(s.reader(ctx).row("SELECT "+paperColumns+" FROM paper WHERE hash = ?", hash))
}

// PapersInside are the files that came in a mail or archive.
func (s *Store) PapersInside(ctx context.Context, hash string) ([]Paper, error) {
	return s.papers(ctx, "SELECT "+paperColumns+" FROM paper WHERE inside = ? ORDER BY seq", hash)
}

// WaitingPapers are the files to be read, the next one first.
func (s *Store) WaitingPapers(ctx context.Context, limit int) ([]Paper, error) {
	return s.papers(ctx, "SELECT "+paperColumns+" FROM paper WHERE state IN ('waiting', 'reading') ORDER BY rank DESC, received, hash LIMIT ?", limit)
}

func (s *Store) papers(ctx context.Context, query string, args ...any) (out []Paper, err error) {
	err = each(s.reader(ctx), func(rows *sql.Rows) error {
		p, err := scanPaper(rows)
		out = append(out, p)
		return err
	}, query, args...)
	return out, err
}

// TakePaper takes the next file to be read: it counts as tried from now on. ErrNotFound when none waits.
func (t *Tx) TakePaper() (Paper, error) {
	p, err := scanPaper(t.row("SELECT " + paperColumns + " FROM paper WHERE state = 'waiting' ORDER BY rank DESC, received, hash LIMIT 1"))
	if err != nil {
		return p, err
	}
	return p, t.BeginPaper(&p)
}

// BeginPaper notes that a file is being read.
func (t *Tx) BeginPaper(p *Paper) error {
	p.State, p.Tries = PaperReading, p.Tries+1
	return t.QueuePaper(p)
}

// QueuePaper sets where the reading of a file stands.
func (t *Tx) QueuePaper(p *Paper) error {
	_, err := t.exec("UPDATE paper SET state = ?, rank = ?, tries = ?, error = ?, wanted = ?, wanted_kind = ? WHERE hash = ?", p.State, p.Rank, p.Tries, p.Error, p.Wanted, p.WantedKind, p.Hash)
	return err
}

// RaisePaper has a file that waits read before those of a lower rank; false when it does not wait any more.
func (t *Tx) RaisePaper(hash string, rank int) (waits bool, err error) {
	n, err := t.changed("UPDATE paper SET rank = ? WHERE hash = ? AND state = 'waiting'", rank, hash)
	return n > 0, err
}

// PaperDone stores what was read of a file: JSON, compressed here.
func (t *Tx) PaperDone(p *Paper, reading, words []byte) error {
	_, err := t.exec("UPDATE paper SET state = ?, error = ?, pages = ?, read = ?, reader = ?, reading = ?, words = ? WHERE hash = ?",
		p.State, p.Error, p.Pages, nanos(p.ReadAt), p.Reader, pressed(reading), pressed(words), p.Hash)
	return err
}

// PaperWords is the JSON of the words of a file's pages; nil when it was not read.
func (s *Store) PaperWords(ctx context.Context, hash string) ([]byte, error) {
	return s.unpressed(ctx, "SELECT words FROM paper WHERE hash = ?", hash)
}

// PaperReading is the JSON of what was read of a file; nil when it was not read.
func (s *Store) PaperReading(ctx context.Context, hash string) ([]byte, error) {
	return s.unpressed(ctx, "SELECT reading FROM paper WHERE hash = ?", hash)
}

func (s *Store) unpressed(ctx context.Context, query string, args ...any) ([]byte, error) {
	var body []byte
	err := s.reader(ctx).row(query, args...).Scan(&body)
	if err == sql.ErrNoRows {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return unpress(body)
}

// Alias is another way in which papers write what the desk knows.
type Alias struct {
	Customer, Field, Desk, Paper string
	Times                        int
	At                           time.Time
	By                           string
}

// TeachAlias learns an alias, or counts one that is known.
func (t *Tx) TeachAlias(a *Alias) error {
	_, err := t.exec(`INSERT INTO paperalias (customer, field, desk, paper, times, at, by) VALUES (?,?,?,?,1,?,?)
		ON CONFLICT (customer, field, desk, paper) DO UPDATE SET times = times + 1, at = excluded.at, by = excluded.by`, a.Customer, a.Field, a.Desk, a.Paper, nanos(a.At), a.By)
	return err
}

// ForgetAlias takes one use of an alias back, all of it when whole; the last use takes it away.
func (t *Tx) ForgetAlias(a *Alias, whole bool) error {
	if !whole {
		if _, err := t.exec("UPDATE paperalias SET times = times - 1 WHERE customer = ? AND field = ? AND desk = ? AND paper = ?", a.Customer, a.Field, a.Desk, a.Paper); err != nil {
			return err
		}
	}
	_, err := t.exec("DELETE FROM paperalias WHERE customer = ? AND field = ? AND desk = ? AND paper = ? AND (? OR times <= 0)", a.Customer, a.Field, a.Desk, a.Paper, whole)
	return err
}

// Aliases are all aliases, or those of a value of the desk.
func (s *Store) Aliases(ctx context.Context, field, desk string) (out []Alias, err error) {
	err = each(s.reader(ctx), func(rows *sql.Rows) error {
		var a Alias
		var at int64
		err := rows.Scan(&a.Customer, &a.Field, &a.Desk, &a.Paper, &a.Times, &at, &a.By)
		a.At = instant(at)
		out = append(out, a)
		return err
	}, "SELECT customer, field, desk, paper, times, at, by FROM paperalias WHERE (?1 = '' OR field = ?1) AND (?2 = '' OR desk = ?2) ORDER BY customer, field, desk, paper", field, desk)
	return out, err
}
