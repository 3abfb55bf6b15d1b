package inventory

import (
	"context"
	"database/sql"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/module"
)

// Held implements module.Keeper.
func (m *Module) Held(ctx context.Context, documents []int64) ([]module.Held, error) {
	s, err := m.running()
	if err != nil {
		return nil, err
	}
	return module.HeldRows(ctx, s.host.DB(), s.sql["Held"], documents)
}

// Purge implements module.Keeper. A snapshot goes as a whole: half of one would say that the rest was out of stock.
func (m *Module) Purge(ctx context.Context, tx *sql.Tx, p module.Purge) (module.Purged, error) {
	s, err := m.running()
	if err != nil {
		return module.Purged{}, err
	}
	list := module.Documents(p.Documents)
	all, err := s.sql.DeleteDays(ctx, tx, []string{"PurgeSnapshots"}, list, int64(p.Facts))
	if err != nil {
		return module.Purged{}, fmt.Errorf("delete old stock: %w", err)
	}
	rows, err := s.sql.DeleteDays(ctx, tx, []string{"PurgeLevels", "PurgePlans", "PurgeAdvice"}, list, int64(p.Facts))
	if err != nil {
		return module.Purged{}, fmt.Errorf("delete old stock: %w", err)
	}
	all.Add(rows)
	out := module.Purged{Facts: rows.Rows}
	if all.Rows == 0 {
		return out, nil
	}
	out.Days = core.Period{From: core.Day(all.First), To: core.Day(all.Last)}
	if _, err := tx.ExecContext(ctx, s.sql["PurgeChanges"], int64(p.Facts)); err != nil {
		return module.Purged{}, fmt.Errorf("delete what old stock came to: %w", err)
	}
	if _, err := tx.ExecContext(ctx, s.sql["SettleAround"], all.First, int64(p.Facts)); err != nil {
		return module.Purged{}, fmt.Errorf("settle the stock around what was deleted: %w", err)
	}
	return out, s.touch(ctx, tx)
}
