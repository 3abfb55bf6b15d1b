package inventory

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// Held implements module.Keeper.
func (m *Module) Held(ctx context.Context, documents []int64) ([]module.Held, error) {
	s, err := m.running()
	if err != nil {
		return nil, err
	}
	list, err := json.Marshal(documents)
	if err != nil {
		return nil, fmt.Errorf("count stock rows: %w", err)
	}
	out, err := collect(ctx, s.host.DB(), s.sql["Held"], []any{string(list)}, func(r *sql.Rows, h *module.Held) error {
		h.Class = source.KeepFacts
		return r.Scan(&h.API, &h.Day, &h.Rows)
	})
	if err != nil {
		return nil, fmt.Errorf("count stock rows: %w", err)
	}
	return out, nil
}

// Purge implements module.Keeper. A snapshot goes as a whole: half of one would say that the rest was out of stock.
func (m *Module) Purge(ctx context.Context, tx *sql.Tx, p module.Purge) (module.Purged, error) {
	s, err := m.running()
	if err != nil {
		return module.Purged{}, err
	}
	list, err := json.Marshal(p.Documents)
	if err != nil {
		return module.Purged{}, fmt.Errorf("delete old stock: %w", err)
	}
	all, err := sqlite.DeleteDays(ctx, tx, s.sql["PurgeSnapshots"], string(list), int64(p.Facts))
	if err != nil {
		return module.Purged{}, fmt.Errorf("delete old stock: %w", err)
	}
	out := module.Purged{}
	for _, q := range []string{"PurgeLevels", "PurgePlans", "PurgeAdvice"} {
		d, err := sqlite.DeleteDays(ctx, tx, s.sql[q], string(list), int64(p.Facts))
		if err != nil {
			return module.Purged{}, fmt.Errorf("delete old stock: %w", err)
		}
		out.Facts += d.Rows
		all.Add(d)
	}
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
