package inventory

import (
	"context"
	"database/sql"
	"fmt"

	"purser/backend/core"
	"purser/backend/platform/sqlite"
)

// carry makes the snapshots that pages made, from the days of the batch on up to the next that a report made, begin with
// the snapshot before each. It is done in the transaction of the batch, so that a day never lacks what no page named.
func (a applier) carry(ctx context.Context) error {
	for marketplace, day := range a.days {
		for day != 0 {
			var before, next core.Day
			var nextWhole, whole bool
			err := a.tx.QueryRowContext(ctx, a.sql["Neighbours"], a.kind, marketplace, day).Scan(&before, &next, &nextWhole, &whole)
			if err != nil {
				return fmt.Errorf("look up the stock snapshots around %s in %s: %w", day, marketplace, err)
			}
			if !whole {
				if err := a.refill(ctx, marketplace, day, before); err != nil {
					return err
				}
			}
			if nextWhole {
				break
			}
			day = next
		}
	}
	return nil
}

// refill takes what pages of a day do not name from the snapshot before it; 0: there is none.
func (a applier) refill(ctx context.Context, marketplace string, day, before core.Day) error {
	for _, q := range []struct {
		name string
		args []any
	}{
		{"DropCarried", []any{a.kind, marketplace, day}},
		{"CarryLevels", []any{a.kind, marketplace, day, before}},
		{"MarkSnapshot", []any{a.kind, marketplace, day}},
	} {
		if _, err := a.tx.ExecContext(ctx, a.sql[q.name], q.args...); err != nil {
			return fmt.Errorf("carry the stock of %s in %s on to %s: %w", before, marketplace, day, err)
		}
	}
	return nil
}

// Settle implements module.Projector: it works out at which snapshots SKUs came into stock or ran out.
func (m *Module) Settle(ctx context.Context, tx *sql.Tx) error {
	s, err := m.running()
	if err != nil {
		return err
	}
	type dirty struct {
		kind, marketplace string
		day, before, next int64
	}
	days, err := sqlite.Collect(ctx, tx, s.sql["DirtySnapshots"], nil, func(r *sql.Rows, d *dirty) error {
		return r.Scan(&d.kind, &d.marketplace, &d.day, &d.before, &d.next)
	})
	if err != nil {
		return fmt.Errorf("look up changed stock snapshots: %w", err)
	}
	for _, d := range days {
		if err := s.makeChanges(ctx, tx, d.kind, d.marketplace, d.day, d.before); err != nil {
			return err
		}
		if d.next != 0 {
			if err := s.makeChanges(ctx, tx, d.kind, d.marketplace, d.next, d.day); err != nil {
				return err
			}
		}
	}
	if len(days) == 0 {
		return nil
	}
	for _, q := range []string{"PutTotals", "CleanSnapshots"} {
		if _, err := tx.ExecContext(ctx, s.sql[q]); err != nil {
			return fmt.Errorf("settle stock snapshots: %w", err)
		}
	}
	return s.touch(ctx, tx)
}

func (s *started) makeChanges(ctx context.Context, tx *sql.Tx, kind, marketplace string, day, before int64) error {
	if _, err := tx.ExecContext(ctx, s.sql["DropChanges"], kind, marketplace, day); err != nil {
		return fmt.Errorf("settle the stock snapshot of %s: %w", core.Day(day), err)
	}
	if _, err := tx.ExecContext(ctx, s.sql["MakeChanges"], kind, marketplace, day, before); err != nil {
		return fmt.Errorf("settle the stock snapshot of %s: %w", core.Day(day), err)
	}
	return nil
}
