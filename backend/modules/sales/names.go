package sales

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
)

// nameSet gathers names and then knows the number of each.
type nameSet map[string]int64

func (s nameSet) add(name string) { s[name] = 0 }

// intern gives every name of the set its number, making new numbers as needed.
// what is "Marketplace", "SKU" or "Word": it picks the table.
func (w *write) intern(ctx context.Context, what string, s nameSet) error {
	if len(s) == 0 {
		return nil
	}
	missing := make([]string, 0, len(s))
	for n := range s {
		missing = append(missing, n)
	}
	if err := w.lookUp(ctx, what, missing, s); err != nil {
		return err
	}
	fresh := missing[:0]
	for _, n := range missing {
		if s[n] == 0 {
			fresh = append(fresh, n)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	slices.Sort(fresh) // so that the same documents give the same numbers
	list, err := json.Marshal(fresh)
	if err != nil {
		return fmt.Errorf("list names: %w", err)
	}
	if _, err := w.tx.ExecContext(ctx, w.m.q["Add"+what], string(list)); err != nil {
		return fmt.Errorf("add names: %w", err)
	}
	return w.lookUp(ctx, what, fresh, s)
}

func (w *write) lookUp(ctx context.Context, what string, names []string, into nameSet) error {
	list, err := json.Marshal(names)
	if err != nil {
		return fmt.Errorf("list names: %w", err)
	}
	rows, err := w.tx.QueryContext(ctx, w.m.q["Find"+what], string(list))
	if err != nil {
		return fmt.Errorf("find names: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n string
		var id int64
		if err := rows.Scan(&n, &id); err != nil {
			return fmt.Errorf("find names: %w", err)
		}
		into[n] = id
	}
	return rows.Err()
}

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// namesByID reads one table of names.
func (m *Module) namesByID(ctx context.Context, db querier, what string) (map[int64]string, error) {
	rows, err := db.QueryContext(ctx, m.q["All"+what])
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[int64]string{}
	for rows.Next() {
		var id int64
		var n string
		if err := rows.Scan(&id, &n); err != nil {
			return nil, fmt.Errorf("read names: %w", err)
		}
		out[id] = n
	}
	return out, rows.Err()
}
