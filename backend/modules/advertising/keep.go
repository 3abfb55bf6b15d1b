package advertising

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"purser/backend/core"
	"purser/backend/core/module"
)

// Held implements module.Keeper. Its rows are sheets: what one report says of one day of a marketplace.
func (m *Module) Held(ctx context.Context, documents []int64) ([]module.Held, error) {
	return module.HeldRows(ctx, m.host.DB(), m.q["Held"], documents)
}

// Purge implements module.Keeper. What files say has sheets of its own, and stays.
func (m *Module) Purge(ctx context.Context, tx *sql.Tx, p module.Purge) (module.Purged, error) {
	list := module.Documents(p.Documents)
	gone, err := m.q.DeleteDays(ctx, tx, []string{"PurgeSheets"}, list, int64(p.Facts))
	if err != nil {
		return module.Purged{}, fmt.Errorf("advertising: delete old sheets: %w", err)
	}
	for _, q := range []string{"PurgeDocuments", "NarrowDocuments"} {
		if _, err := tx.ExecContext(ctx, m.q[q], list, int64(p.Facts)); err != nil {
			return module.Purged{}, fmt.Errorf("advertising: note which days are unknown: %w", err)
		}
	}
	if gone.Rows > 0 {
		if _, err := tx.ExecContext(ctx, m.q["DropOrphans"]); err != nil {
			return module.Purged{}, fmt.Errorf("advertising: drop packed rows: %w", err)
		}
		if err := m.dropNames(ctx, tx); err != nil {
			return module.Purged{}, err
		}
	}
	if _, err := tx.ExecContext(ctx, m.q["BumpRevisions"]); err != nil {
		return module.Purged{}, fmt.Errorf("advertising: count a change: %w", err)
	}
	return module.Purged{Facts: gone.Rows, Days: core.Period{From: core.Day(gone.First), To: core.Day(gone.Last)}}, nil
}

// dropNames removes texts, such as search terms, that no row has any more. Their numbers are never given again.
func (m *Module) dropNames(ctx context.Context, tx *sql.Tx) error {
	used := map[uint32]bool{}
	rows, err := tx.QueryContext(ctx, m.q["AllContents"])
	if err != nil {
		return fmt.Errorf("advertising: read packed rows: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var data []byte
		if err := rows.Scan(&data); err != nil {
			return fmt.Errorf("advertising: read packed rows: %w", err)
		}
		err := eachRow(data, func(r *row) {
			for _, n := range [...]uint32{r.campaign, r.adGroup, r.targeting, r.match, r.term, r.sku, r.asin, r.status, r.currency} {
				used[n] = true
			}
		})
		if err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("advertising: read packed rows: %w", err)
	}
	list, err := json.Marshal(slices.AppendSeq([]uint32{}, maps.Keys(used)))
	if err != nil {
		return fmt.Errorf("advertising: drop texts: %w", err)
	}
	if _, err := tx.ExecContext(ctx, m.q["DropNames"], string(list)); err != nil {
		return fmt.Errorf("advertising: drop texts: %w", err)
	}
	return nil
}
