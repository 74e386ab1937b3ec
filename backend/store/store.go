// Package store keeps the desk in one SQLite file: the log of observations, what was matched to what, and the
// projections drawn from them. It is the only room that knows SQL.
//
// One writer, a small pool of readers, WAL. Writes go through Write, one short transaction at a time; whoever has much
// to write (an import run) comes back for many short ones, so that a person's edit never waits long. The log is the
// truth; everything marked "projection" in the schema can be thrown away and rebuilt.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"modernc.org/sqlite"
)

// FileName is the database's name in the data folder.
const FileName = "tracedesk.db"

// ErrNotFound says that nothing is on file under that name.
var ErrNotFound = errors.New("nothing on file under that name")

// Store is an open desk file. Safe for concurrent use.
type Store struct {
	dir     string
	mode    Mode
	read    *sql.DB
	write   *sql.DB
	mu      sync.Mutex // one writer at a time
	conn    *sql.Conn
	tidy    *tidier
	stmts   map[string]*sql.Stmt // prepared on conn
	reads   sync.Map             // query -> *sql.Stmt on the read pool
	sources sourceTable
}

// Mode says how a store is opened.
type Mode int

const (
	// ReadWrite opens or creates the file; the caller holds the folder's lock.
	ReadWrite Mode = iota
	// ReadOnly opens an existing file for reading; needs no lock.
	ReadOnly
	// Scratch is ReadWrite without waiting for the disk: for a file that is thrown away.
	Scratch
)

// Open opens the desk file in dir, creating and migrating it as needed. It refuses a file of a newer program and says so.
func Open(ctx context.Context, dir string, mode Mode) (*Store, error) {
	path := filepath.Join(dir, FileName)
	if mode == ReadOnly {
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("there is no desk in %s yet; import a file first: %w", dir, ErrNotFound)
		}
	} else if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder cannot be made: %w", err)
	}
	s := &Store{dir: dir, mode: mode, stmts: map[string]*sql.Stmt{}}
	if mode != ReadOnly {
		if err := s.openWriter(ctx, path, mode); err != nil {
			s.Close()
			return nil, err
		}
	}
	if err := s.openReaders(ctx, path, mode); err != nil {
		s.Close()
		return nil, err
	}
	if err := s.sources.load(ctx, s.read); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// dsn carries the pragmas in the name so that every pooled connection has them; busy_timeout comes first because
// setting WAL may itself have to wait.
func dsn(path, pragmas string) string {
	return "file:" + escapePath(path) + "?_pragma=busy_timeout(5000)" + pragmas
}

func (s *Store) openWriter(ctx context.Context, path string, mode Mode) (err error) {
	waits := "FULL"
	if mode == Scratch {
		waits = "OFF"
	}
	s.write, err = sql.Open("sqlite", dsn(path, "&_pragma=journal_mode(WAL)&_pragma=synchronous("+waits+")&_pragma=foreign_keys(1)"+
		"&_pragma=cache_size(-32000)&_pragma=temp_store(MEMORY)&_pragma=wal_autocheckpoint(0)&_pragma=journal_size_limit(67108864)"))
	if err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if s.conn, err = s.write.Conn(ctx); err != nil {
		return explain(path, err)
	}
	if err := migrate(ctx, s.conn, path); err != nil {
		return err
	}
	s.tidy, err = newTidier(path)
	return err
}

func (s *Store) openReaders(ctx context.Context, path string, mode Mode) (err error) {
	pragmas := "&_pragma=query_only(1)&_pragma=cache_size(-12000)&_pragma=temp_store(MEMORY)"
	s.read, err = sql.Open("sqlite", dsn(path, pragmas))
	if err != nil {
		return err
	}
	n := max(2, min(4, runtime.NumCPU()))
	s.read.SetMaxOpenConns(n)
	s.read.SetMaxIdleConns(n)
	if mode == ReadOnly {
		return checkVersion(ctx, s.read, path)
	}
	return s.read.PingContext(ctx)
}

// Dir is the data folder.
func (s *Store) Dir() string { return s.dir }

// Close waits for the write in progress and closes the file. May be called twice.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	if s.tidy != nil {
		errs = append(errs, s.tidy.close())
		s.tidy = nil
	}
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.conn != nil {
		s.conn.ExecContext(context.Background(), "PRAGMA optimize")
		for _, st := range s.stmts {
			st.Close()
		}
		errs = append(errs, s.conn.Close())
		s.conn = nil
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	return errors.Join(errs...)
}

// Tx is one write transaction. Valid only inside the function given to Write.
type Tx struct {
	s         *Store
	ctx       context.Context
	newSource bool
}

// Write runs fn in one immediate transaction; all of it is on disk when Write returns nil, none of it otherwise.
func (s *Store) Write(ctx context.Context, fn func(*Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.transact(ctx, fn)
}

// Draw is Write for what can be drawn anew from the log: it does not wait for the disk. After a power cut the file is as it
// was some moments before, in itself consistent, and what is behind is drawn again.
func (s *Store) Draw(ctx context.Context, fn func(*Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == nil || s.mode == Scratch {
		return s.transact(ctx, fn)
	}
	work := context.WithoutCancel(ctx)
	if _, err := s.conn.ExecContext(work, "PRAGMA synchronous = NORMAL"); err != nil {
		return plain(err)
	}
	err := s.transact(ctx, fn)
	_, back := s.conn.ExecContext(work, "PRAGMA synchronous = FULL")
	return errors.Join(err, back)
}

// transact runs one transaction; the caller holds the writer.
func (s *Store) transact(ctx context.Context, fn func(*Tx) error) (err error) {
	if s.conn == nil {
		return errors.New("the desk file is closed or open for reading only")
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	// The transaction itself must not be interrupted half way by the caller's context: commit and rollback always run.
	work := context.WithoutCancel(ctx)
	if _, err := s.conn.ExecContext(work, "BEGIN IMMEDIATE"); err != nil {
		return plain(err)
	}
	done := false
	tx := &Tx{s: s, ctx: work}
	defer func() {
		if done {
			return
		}
		s.conn.ExecContext(work, "ROLLBACK")
		if tx.newSource {
			s.sources.load(work, s.read)
		}
	}()
	if err := fn(tx); err != nil {
		return err
	}
	if _, err := s.conn.ExecContext(work, "COMMIT"); err != nil {
		return plain(err)
	}
	done = true
	return s.tidy.look(work, s.conn)
}

// stmt prepares a statement once for the life of the writer.
func (t *Tx) stmt(query string) (*sql.Stmt, error) {
	if st := t.s.stmts[query]; st != nil {
		return st, nil
	}
	st, err := t.s.conn.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %.60s: %w", query, err)
	}
	t.s.stmts[query] = st
	return st, nil
}

func (t *Tx) exec(query string, args ...any) (sql.Result, error) {
	st, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	res, err := st.ExecContext(t.ctx, args...)
	return res, plain(err)
}

// changed runs a statement and says how many rows it touched.
func (t *Tx) changed(query string, args ...any) (int64, error) {
	res, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (t *Tx) query(query string, args ...any) (*sql.Rows, error) {
	st, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(t.ctx, args...)
}

func (t *Tx) row(query string, args ...any) scanner {
	st, err := t.stmt(query)
	if err != nil {
		return failed{err}
	}
	return st.QueryRowContext(t.ctx, args...)
}

// reader is what both the writer's transaction and the read pool can do; read methods take it so that a post sees its own rows.
type reader interface {
	query(query string, args ...any) (*sql.Rows, error)
	row(query string, args ...any) scanner
}

type scanner interface{ Scan(...any) error }

type failed struct{ err error }

func (f failed) Scan(...any) error { return f.err }

// pool is the reader over the read connections.
type pool struct {
	s   *Store
	ctx context.Context
}

func (s *Store) reader(ctx context.Context) reader { return pool{s, ctx} }

func (p pool) stmt(query string) (*sql.Stmt, error) {
	if st, ok := p.s.reads.Load(query); ok {
		return st.(*sql.Stmt), nil
	}
	st, err := p.s.read.Prepare(query)
	if err != nil {
		return nil, err
	}
	if other, raced := p.s.reads.LoadOrStore(query, st); raced {
		st.Close()
		return other.(*sql.Stmt), nil
	}
	return st, nil
}

func (p pool) query(query string, args ...any) (*sql.Rows, error) {
	st, err := p.stmt(query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(p.ctx, args...)
}

func (p pool) row(query string, args ...any) scanner {
	st, err := p.stmt(query)
	if err != nil {
		return failed{err}
	}
	return st.QueryRowContext(p.ctx, args...)
}

// nanos and instant turn times to what is stored and back; the zero time is 0.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func instant(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}

// plain turns what a person can mend (full disk, read-only folder, damage) into words; other errors pass.
func plain(err error) error {
	var e *sqlite.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case 13: // SQLITE_FULL
		return fmt.Errorf("the disk is full, nothing was stored; make room and try again: %w", err)
	case 8: // SQLITE_READONLY
		return fmt.Errorf("the data folder cannot be written to; check its permissions: %w", err)
	case 11, 26: // SQLITE_CORRUPT, SQLITE_NOTADB
		return &DamagedError{Cause: err}
	}
	return err
}

// DamagedError says that the desk file itself is damaged: it must be kept aside and salvaged.
type DamagedError struct{ Cause error }

func (e *DamagedError) Error() string {
	return "the desk file is damaged: " + e.Cause.Error()
}
func (e *DamagedError) Unwrap() error { return e.Cause }

func explain(path string, err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) && e.Code()&0xff == 26 {
		return &DamagedError{Cause: fmt.Errorf("%s is not a desk file: %w", path, err)}
	}
	return plain(err)
}
