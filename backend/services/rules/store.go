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

// Store keeps the thresholds the seller changed, in the ledger file.
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

// Thresholds gives the changed values by policy and name, and how often each policy was changed.
func (s *Store) Thresholds(ctx context.Context) (set map[string]map[string]float64, changes map[string]int, err error) {
	set, changes = map[string]map[string]float64{}, map[string]int{}
	err = s.each(ctx, "ListThresholds", func(rows *sql.Rows) error {
		var policy, name string
		var v float64
		if err := rows.Scan(&policy, &name, &v); err != nil {
			return err
		}
		if set[policy] == nil {
			set[policy] = map[string]float64{}
		}
		set[policy][name] = v
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	err = s.each(ctx, "CountChanges", func(rows *sql.Rows) error {
		var policy string
		var n int
		if err := rows.Scan(&policy, &n); err != nil {
			return err
		}
		changes[policy] = n
		return nil
	})
	return set, changes, err
}

func (s *Store) each(ctx context.Context, query string, scan func(*sql.Rows) error) (err error) {
	rows, err := s.db.Reader().QueryContext(ctx, s.q[query])
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

// Set keeps a value; the caller has checked its bounds.
func (s *Store) Set(ctx context.Context, policy, name string, value float64) error {
	return s.change(ctx, policy, name, &value)
}

// Reset returns a threshold to its default.
func (s *Store) Reset(ctx context.Context, policy, name string) error {
	return s.change(ctx, policy, name, nil)
}

func (s *Store) change(ctx context.Context, policy, name string, value *float64) error {
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		var err error
		if value != nil {
			_, err = tx.ExecContext(ctx, s.q["SetThreshold"], policy, name, *value)
		} else {
			_, err = tx.ExecContext(ctx, s.q["ResetThreshold"], policy, name)
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, s.q["AddChange"], s.clock.Now().Unix(), policy, name, value)
		return err
	})
	if err != nil {
		return fmt.Errorf("change threshold %s of policy %s: %w", name, policy, err)
	}
	return nil
}
