package rules

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed queries.sql
var queriesText string

// Store keeps what the seller changed about the rules, in the ledger file: policies with their versions, figures,
// switches, exceptions and tests.
type Store struct {
	db    *sqlite.DB
	clock clock.Clock
	q     sqlite.Queries
}

// OpenStore migrates the tables and opens the store.
func OpenStore(ctx context.Context, db *sqlite.DB, c clock.Clock) (*Store, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open the migrations of rules: %w", err)
	}
	if err := db.Migrate(ctx, "rules", files); err != nil {
		return nil, err
	}
	q, err := sqlite.ParseQueries(queriesText)
	if err != nil {
		return nil, fmt.Errorf("queries of rules: %w", err)
	}
	return &Store{db: db, clock: c, q: q}, nil
}

// statement is a named query with its arguments.
type statement struct {
	name string
	args []any
}

// write runs statements as one: all of them count, or none.
func (s *Store) write(ctx context.Context, what string, all ...statement) error {
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		for _, st := range all {
			if _, err := tx.ExecContext(ctx, s.q[st.name], st.args...); err != nil {
				return fmt.Errorf("%s: %w", st.name, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// each scans the rows of a named query.
func (s *Store) each(ctx context.Context, tx *sql.Tx, query string, scan func(*sql.Rows) error, args ...any) (err error) {
	rows, err := tx.QueryContext(ctx, s.q[query], args...)
	if err != nil {
		return fmt.Errorf("rules %s: %w", query, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("rules %s: %w", query, err)
		}
	}
	return rows.Err()
}

// read runs fn on one state of the file, however many queries it makes.
func (s *Store) read(ctx context.Context, fn func(tx *sql.Tx) error) error {
	tx, err := s.db.Reader().BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("read the rules: %w", err)
	}
	return errors.Join(fn(tx), tx.Rollback())
}

// setThreshold keeps a value; the caller has checked its bounds.
func (s *Store) setThreshold(ctx context.Context, policy, name string, value float64) error {
	return s.write(ctx, fmt.Sprintf("change threshold %s of policy %s", name, policy),
		statement{"SetThreshold", []any{policy, name, value}},
		statement{"AddChange", []any{s.clock.Now().Unix(), policy, name, value}})
}

// resetThreshold returns a threshold to its default.
func (s *Store) resetThreshold(ctx context.Context, policy, name string) error {
	return s.write(ctx, fmt.Sprintf("reset threshold %s of policy %s", name, policy),
		statement{"ResetThreshold", []any{policy, name}},
		statement{"AddChange", []any{s.clock.Now().Unix(), policy, name, nil}})
}
