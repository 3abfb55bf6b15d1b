package accounthealth

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
		return nil, fmt.Errorf("count account health: %w", err)
	}
	out, err := collect(ctx, s.host.DB(), s.sql["Held"], []any{string(list)}, func(r *sql.Rows, h *module.Held) error {
		h.Class = source.KeepFacts
		return r.Scan(&h.API, &h.Day, &h.Rows)
	})
	if err != nil {
		return nil, fmt.Errorf("count account health: %w", err)
	}
	return out, nil
}

// Purge implements module.Keeper.
func (m *Module) Purge(ctx context.Context, tx *sql.Tx, p module.Purge) (module.Purged, error) {
	s, err := m.running()
	if err != nil {
		return module.Purged{}, err
	}
	list, err := json.Marshal(p.Documents)
	if err != nil {
		return module.Purged{}, fmt.Errorf("delete old account health: %w", err)
	}
	metrics, err := sqlite.DeleteDays(ctx, tx, s.sql["PurgeMetrics"], string(list), int64(p.Facts))
	if err != nil {
		return module.Purged{}, fmt.Errorf("delete old account health: %w", err)
	}
	all, err := sqlite.DeleteDays(ctx, tx, s.sql["PurgeSnapshots"], string(list), int64(p.Facts))
	if err != nil {
		return module.Purged{}, fmt.Errorf("delete old account health: %w", err)
	}
	all.Add(metrics)
	return module.Purged{Facts: metrics.Rows, Days: core.Period{From: core.Day(all.First), To: core.Day(all.Last)}}, nil
}
