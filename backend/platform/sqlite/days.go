package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// Days counts rows that were deleted, and the days they were of: days since 1970, 0 where there were no rows.
type Days struct {
	Rows        int
	First, Last int64
}

// Add adds what another statement deleted.
func (d *Days) Add(o Days) {
	if o.Rows == 0 {
		return
	}
	if d.Rows == 0 || o.First < d.First {
		d.First = o.First
	}
	d.Rows, d.Last = d.Rows+o.Rows, max(d.Last, o.Last)
}

// DeleteDays runs statements that delete rows and return the day of each.
func (q Queries) DeleteDays(ctx context.Context, tx *sql.Tx, names []string, args ...any) (out Days, err error) {
	for _, name := range names {
		one, err := deleteDays(ctx, tx, q[name], args)
		if err != nil {
			return out, fmt.Errorf("%s: %w", name, err)
		}
		out.Add(one)
	}
	return out, nil
}

func deleteDays(ctx context.Context, tx *sql.Tx, query string, args []any) (out Days, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return out, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		one := Days{Rows: 1}
		if err := rows.Scan(&one.First); err != nil {
			return out, err
		}
		one.Last = one.First
		out.Add(one)
	}
	return out, rows.Err()
}
