package reviews

import (
	"context"
	"database/sql"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/module"
)

// Held implements module.Keeper.
func (m *Module) Held(ctx context.Context, documents []int64) ([]module.Held, error) {
	return module.HeldRows(ctx, m.host.DB(), m.q["Held"], documents)
}

// Purge implements module.Keeper.
func (m *Module) Purge(ctx context.Context, tx *sql.Tx, p module.Purge) (module.Purged, error) {
	list := module.Documents(p.Documents)
	all, err := m.q.DeleteDays(ctx, tx, []string{"PurgeFeedback", "PurgeReturns"}, list, int64(p.Facts))
	if err != nil {
		return module.Purged{}, fmt.Errorf("reviews: delete old rows: %w", err)
	}
	for _, q := range []string{"PurgeDocuments", "NarrowDocuments"} {
		if _, err := tx.ExecContext(ctx, m.q[q], list, int64(p.Facts)); err != nil {
			return module.Purged{}, fmt.Errorf("reviews: note which days are unknown: %w", err)
		}
	}
	out := module.Purged{Facts: all.Rows, Days: core.Period{From: core.Day(all.First), To: core.Day(all.Last)}}
	return out, m.changed(ctx, tx)
}
