package accounthealth

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

// Purge implements module.Keeper.
func (m *Module) Purge(ctx context.Context, tx *sql.Tx, p module.Purge) (module.Purged, error) {
	s, err := m.running()
	if err != nil {
		return module.Purged{}, err
	}
	list := module.Documents(p.Documents)
	metrics, err := s.sql.DeleteDays(ctx, tx, []string{"PurgeMetrics"}, list, int64(p.Facts))
	if err != nil {
		return module.Purged{}, fmt.Errorf("delete old account health: %w", err)
	}
	all, err := s.sql.DeleteDays(ctx, tx, []string{"PurgeSnapshots"}, list, int64(p.Facts))
	if err != nil {
		return module.Purged{}, fmt.Errorf("delete old account health: %w", err)
	}
	all.Add(metrics)
	return module.Purged{Facts: metrics.Rows, Days: core.Period{From: core.Day(all.First), To: core.Day(all.Last)}}, nil
}
