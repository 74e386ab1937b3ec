package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strings"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks a file as ours ("TDSK"), so that no other program's database is taken for a desk.
const applicationID = 0x5444534B

// ErrNewer says that the file was written by a newer program.
var ErrNewer = errors.New("this desk was written by a newer TraceDesk; install that version to open it")

// ErrForeign says that the file is a sound database, but not a desk: it is left alone.
var ErrForeign = errors.New("the file tracedesk.db in this folder belongs to another program; choose another data folder, or move that file away")

type querier interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// steps are the migration scripts in order; the file NNNN_name.sql leads to version NNNN.
func steps() ([]string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	sort.Strings(names)
	return names, err
}

// SchemaVersion is the version that this program writes.
func SchemaVersion() int {
	names, _ := steps()
	return len(names)
}

func versionOf(ctx context.Context, q querier) (app, version int, err error) {
	if err = q.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err == nil {
		err = q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	}
	return app, version, err
}

// checkVersion is for readers: it refuses what they cannot read and changes nothing.
func checkVersion(ctx context.Context, q querier, path string) error {
	app, version, err := versionOf(ctx, q)
	if err != nil {
		return explain(path, err)
	}
	if app != applicationID {
		return ErrForeign
	}
	if version > SchemaVersion() {
		return ErrNewer
	}
	if version < SchemaVersion() {
		return errors.New("this desk is of an older version; open it once with tracedesk to bring it up to date")
	}
	return nil
}

// migrate brings the file to this program's version in one transaction, after a backup when it held anything.
func migrate(ctx context.Context, conn *sql.Conn, path string) error {
	app, version, err := versionOf(ctx, conn)
	if err != nil {
		return explain(path, err)
	}
	var tables int
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return explain(path, err)
	}
	if tables > 0 && app != applicationID {
		return ErrForeign
	}
	if version > SchemaVersion() {
		return ErrNewer
	}
	if version == SchemaVersion() {
		return nil
	}
	if tables > 0 {
		backup := fmt.Sprintf("%s.v%d.bak", path, version)
		if _, err := conn.ExecContext(ctx, "VACUUM INTO ?", backup); err != nil && !strings.Contains(err.Error(), "already exists") {
			return fmt.Errorf("no backup could be made before the update, so nothing was changed: %w", plain(err))
		}
	}
	return applySteps(ctx, conn, version)
}

func applySteps(ctx context.Context, conn *sql.Conn, from int) (err error) {
	names, err := steps()
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return plain(err)
	}
	defer func() {
		if err != nil {
			conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	for _, name := range names[from:] {
		script, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := conn.ExecContext(ctx, string(script)); err != nil {
			return fmt.Errorf("%s: %w", name, plain(err))
		}
	}
	if err := foreignKeys(ctx, conn); err != nil {
		return err
	}
	marks := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, len(names))
	if _, err := conn.ExecContext(ctx, marks); err != nil {
		return plain(err)
	}
	_, err = conn.ExecContext(ctx, "COMMIT")
	return plain(err)
}

type rowsQuerier interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}

// foreignKeys reads the rows of foreign_key_check: running it alone reports nothing.
func foreignKeys(ctx context.Context, q rowsQuerier) error {
	rows, err := q.QueryContext(ctx, "PRAGMA foreign_key_check")
	if err != nil {
		return plain(err)
	}
	defer rows.Close()
	if rows.Next() {
		var table, parent string
		var row sql.NullInt64
		var id int
		rows.Scan(&table, &row, &parent, &id)
		return fmt.Errorf("row %d of %s points at a %s that is not there", row.Int64, table, parent)
	}
	return rows.Err()
}
