package store

import (
	"context"
	"database/sql"
	"os"
	"sync"
	"time"
)

// Sizes of the write-ahead log, in bytes.
const (
	tidyFrom = 16 << 20  // from here on it is carried over to the desk file, beside the writer
	tidyNow  = 256 << 20 // from here on the writer waits for that: readers or a long import kept it from being carried over
)

// tidyRest is the least between two rounds: a log keeps its size when it begins anew, so that its size alone would ring on.
const tidyRest = 500 * time.Millisecond

// tidier carries the write-ahead log over to the desk file on a connection and a goroutine of its own, so that no person and
// no tick waits for it.
type tidier struct {
	log  string
	db   *sql.DB
	bell chan struct{}
	done sync.WaitGroup
}

func newTidier(path string) (*tidier, error) {
	db, err := sql.Open("sqlite", dsn(path, "&_pragma=synchronous(FULL)"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	t := &tidier{log: path + "-wal", db: db, bell: make(chan struct{}, 1)}
	t.done.Go(func() {
		for range t.bell {
			// What could not be carried over now is the next round's.
			_, _ = t.db.Exec("PRAGMA wal_checkpoint(PASSIVE)")
			time.Sleep(tidyRest)
		}
	})
	return t, nil
}

// look is called after a commit by whoever holds the writer.
func (t *tidier) look(ctx context.Context, writer *sql.Conn) error {
	info, err := os.Stat(t.log)
	if err != nil || info.Size() < tidyFrom {
		return nil // a log that is not there needs no carrying over
	}
	if info.Size() > tidyNow {
		_, err := writer.ExecContext(ctx, "PRAGMA wal_checkpoint(RESTART)")
		return plain(err)
	}
	select {
	case t.bell <- struct{}{}:
	default:
	}
	return nil
}

func (t *tidier) close() error {
	close(t.bell)
	t.done.Wait()
	return t.db.Close()
}
