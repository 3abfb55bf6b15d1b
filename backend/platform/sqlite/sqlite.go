// Package sqlite opens Purser's database files and runs migrations, named SQL and bulk writes on them.
//
// Input: a path, SQL files and rows.
// Output: one writer and several readers on a WAL file readable only by its owner.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// DB is one database file: a single writer connection and a few readers.
type DB struct {
	path   string
	writer *sql.DB
	reader *sql.DB
}

// Options of Open.
type Options struct {
	// Durable fsyncs every commit (synchronous=FULL): for what cannot be fetched again.
	Durable bool
	// Readers is the number of reader connections; 0 means 4.
	Readers int
}

// Open opens or creates the file at path, its folder included; both are made private to the owner.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of %s: %w", path, err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the path is the data directory's
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, fmt.Errorf("make database %s private: %w", path, err)
	}
	level := "NORMAL"
	if o.Durable {
		level = "FULL"
	}
	w, err := connect(path, 1, "_txlock=immediate", "page_size(8192)", "journal_mode(WAL)",
		"synchronous("+level+")", "cache_size(-16384)", "journal_size_limit(67108864)")
	if err != nil {
		return nil, err
	}
	if _, err := w.ExecContext(ctx, `CREATE VIRTUAL TABLE IF NOT EXISTS temp.bulk USING purser_bulk()`); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, err), w.Close())
	}
	n := o.Readers
	if n == 0 {
		n = 4
	}
	r, err := connect(path, n, "", "query_only(1)", "cache_size(-16384)")
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return &DB{path: path, writer: w, reader: r}, nil
}

func connect(path string, conns int, extra string, pragmas ...string) (*sql.DB, error) {
	parts := []string{}
	if extra != "" {
		parts = append(parts, extra)
	}
	for _, p := range append([]string{"busy_timeout(5000)"}, append(pragmas, "foreign_keys(1)", "temp_store(MEMORY)", "trusted_schema(0)")...) {
		parts = append(parts, "_pragma="+url.QueryEscape(p))
	}
	dsn := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String() + "?" + strings.Join(parts, "&")
	db, err := registered("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxLifetime(0)
	return db, nil
}

// Path of the file.
func (d *DB) Path() string { return d.path }

// Reader is the pool of query-only connections.
func (d *DB) Reader() *sql.DB { return d.reader }

// Write runs fn in the one write transaction; it commits if fn returns nil and rolls
// back otherwise, also when fn panics. After a failed commit the state is unknown until read again.
func (d *DB) Write(ctx context.Context, fn func(tx *sql.Tx) error) (err error) {
	tx, err := d.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	done := false
	defer func() {
		if !done {
			err = errors.Join(err, ignoreDone(tx.Rollback()))
		}
	}()
	if err := fn(tx); err != nil {
		return err
	}
	done = true
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// Savepoint runs fn inside tx so that its failure undoes only what fn did.
func Savepoint(ctx context.Context, tx *sql.Tx, name string, fn func() error) error {
	if _, err := tx.ExecContext(ctx, `SAVEPOINT "`+name+`"`); err != nil {
		return fmt.Errorf("savepoint %s: %w", name, err)
	}
	if err := fn(); err != nil {
		_, e1 := tx.ExecContext(ctx, `ROLLBACK TO "`+name+`"`)
		_, e2 := tx.ExecContext(ctx, `RELEASE "`+name+`"`)
		return errors.Join(err, e1, e2)
	}
	if _, err := tx.ExecContext(ctx, `RELEASE "`+name+`"`); err != nil {
		return fmt.Errorf("release %s: %w", name, err)
	}
	return nil
}

// Check runs SQLite's integrity check and returns what it found; nil if the file is sound.
func (d *DB) Check(ctx context.Context) ([]string, error) {
	rows, err := d.reader.QueryContext(ctx, `PRAGMA integrity_check(20)`)
	if err != nil {
		return nil, fmt.Errorf("integrity check of %s: %w", d.path, err)
	}
	defer func() { _ = rows.Close() }()
	var found []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, fmt.Errorf("integrity check of %s: %w", d.path, err)
		}
		if s != "ok" {
			found = append(found, s)
		}
	}
	return found, rows.Err()
}

// Copy writes a compact, consistent copy of the file to dst, which must not exist.
func (d *DB) Copy(ctx context.Context, dst string) error {
	tmp := dst + ".part"
	if err := os.Remove(tmp); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("copy %s: %w", d.path, err)
	}
	if _, err := d.writer.ExecContext(ctx, `VACUUM INTO ?`, tmp); err != nil {
		return fmt.Errorf("copy %s: %w", d.path, err)
	}
	if err := os.Chmod(tmp, 0o600); err != nil {
		return fmt.Errorf("copy %s: %w", d.path, err)
	}
	if err := os.Rename(tmp, dst); err != nil {
		return fmt.Errorf("copy %s: %w", d.path, err)
	}
	return nil
}

// Close closes both pools.
func (d *DB) Close() error {
	return errors.Join(d.reader.Close(), d.writer.Close())
}

// Wipe is Write for what must not be left in the file: what is deleted is written over.
func (d *DB) Wipe(ctx context.Context, fn func(tx *sql.Tx) error) error {
	return d.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `PRAGMA secure_delete = ON`); err != nil {
			return fmt.Errorf("write over what is deleted: %w", err)
		}
		err := fn(tx)
		if _, off := tx.ExecContext(context.WithoutCancel(ctx), `PRAGMA secure_delete = OFF`); off != nil && err == nil {
			err = fmt.Errorf("write over what is deleted: %w", off)
		}
		return err
	})
}

// Room of a file from which on Shrink writes it anew: a tenth of it, or this many bytes.
const roomWorthIt = 32 << 20

// Shrink empties the log of the file, so that nothing deleted is left in it, and writes the file anew where that makes
// it much smaller. No transaction may be open.
func (d *DB) Shrink(ctx context.Context) error {
	var free, pages, size int64
	for q, to := range map[string]*int64{`PRAGMA freelist_count`: &free, `PRAGMA page_count`: &pages, `PRAGMA page_size`: &size} {
		if err := d.writer.QueryRowContext(ctx, q).Scan(to); err != nil {
			return fmt.Errorf("make %s smaller: %w", d.path, err)
		}
	}
	steps := []string{`PRAGMA wal_checkpoint(TRUNCATE)`}
	if free > 0 && (free*10 >= pages || free*size >= roomWorthIt) {
		steps = []string{`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`}
	}
	for _, q := range steps {
		if _, err := d.writer.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("make %s smaller: %w", d.path, err)
		}
	}
	return nil
}
