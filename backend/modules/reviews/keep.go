package reviews

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
	list, err := json.Marshal(documents)
	if err != nil {
		return nil, fmt.Errorf("reviews: count rows: %w", err)
	}
	rows, err := m.host.DB().QueryContext(ctx, m.q["Held"], string(list))
	if err != nil {
		return nil, fmt.Errorf("reviews: count rows: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []module.Held
	for rows.Next() {
		h := module.Held{Class: source.KeepFacts}
		if err := rows.Scan(&h.API, &h.Day, &h.Rows); err != nil {
			return nil, fmt.Errorf("reviews: count rows: %w", err)
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// Purge implements module.Keeper.
func (m *Module) Purge(ctx context.Context, tx *sql.Tx, p module.Purge) (module.Purged, error) {
	list, err := json.Marshal(p.Documents)
	if err != nil {
		return module.Purged{}, fmt.Errorf("reviews: delete old rows: %w", err)
	}
	var all sqlite.Days
	for _, q := range []string{"PurgeFeedback", "PurgeReturns"} {
		d, err := sqlite.DeleteDays(ctx, tx, m.q[q], string(list), int64(p.Facts))
		if err != nil {
			return module.Purged{}, fmt.Errorf("reviews: delete old rows: %w", err)
		}
		all.Add(d)
	}
	for _, q := range []string{"PurgeDocuments", "NarrowDocuments"} {
		if _, err := tx.ExecContext(ctx, m.q[q], string(list), int64(p.Facts)); err != nil {
			return module.Purged{}, fmt.Errorf("reviews: note which days are unknown: %w", err)
		}
	}
	out := module.Purged{Facts: all.Rows, Days: core.Period{From: core.Day(all.First), To: core.Day(all.Last)}}
	return out, m.changed(ctx, tx)
}
