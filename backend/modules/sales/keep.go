package sales

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// Held implements module.Keeper.
func (m *Module) Held(ctx context.Context, documents []int64) ([]module.Held, error) {
	return module.HeldRows(ctx, m.h.DB(), m.q["Held"], documents)
}

// Purge implements module.Keeper. Days that lose lines are counted anew from what is left of them when they are settled;
// days that no document covers any more are unknown.
func (m *Module) Purge(ctx context.Context, tx *sql.Tx, p module.Purge) (module.Purged, error) {
	g := purge{m: m, tx: tx, documents: module.Documents(p.Documents)}
	facts, err := g.facts(ctx, p.Facts)
	if err != nil {
		return module.Purged{}, err
	}
	legal, err := g.delete(ctx, p.Legal, "PurgeSettlementLines", "PurgeTransactions", "PurgeReimbursements", "PurgeLive")
	if err != nil {
		return module.Purged{}, err
	}
	heads, err := g.delete(ctx, p.Legal, "PurgeSettlements")
	if err != nil {
		return module.Purged{}, err
	}
	if _, err := tx.ExecContext(ctx, m.q["PurgeLiveVersions"]); err != nil {
		return module.Purged{}, fmt.Errorf("delete old sales: %w", err)
	}
	if err := g.uncover(ctx, p.Legal, source.Settlements, source.Transactions, source.TransactionsByAPI, source.Reimbursements); err != nil {
		return module.Purged{}, err
	}
	for id := changesOfPacks; id < changesEnd; id++ {
		if _, err := m.bump(ctx, tx, id); err != nil {
			return module.Purged{}, err
		}
	}
	out := module.Purged{Facts: facts.Rows, Legal: legal.Rows}
	facts.Add(legal)
	facts.Add(heads)
	out.Days = core.Period{From: core.Day(facts.First), To: core.Day(facts.Last)}
	return out, nil
}

// purge is the work on what is too old in its transaction.
type purge struct {
	m         *Module
	tx        *sql.Tx
	documents string // JSON list
}

func (g purge) delete(ctx context.Context, before core.Day, queries ...string) (sqlite.Days, error) {
	return g.m.q.DeleteDays(ctx, g.tx, queries, g.documents, int64(before))
}

// facts deletes lines, traffic and fee previews.
func (g purge) facts(ctx context.Context, before core.Day) (sqlite.Days, error) {
	days, err := g.days(ctx, before)
	if err != nil {
		return sqlite.Days{}, err
	}
	all, err := g.delete(ctx, before, "PurgeLines", "PurgeTrafficDays", "PurgeTrafficItems", "PurgeFees")
	if err != nil {
		return all, err
	}
	if len(days) > 0 {
		if err := g.recount(ctx, days); err != nil {
			return all, err
		}
	}
	return all, g.uncover(ctx, before, source.Orders, source.TrafficDays, source.TrafficItems, source.FeeEstimates)
}

// days lists the pairs of day and marketplace that lose lines.
func (g purge) days(ctx context.Context, before core.Day) ([][2]int64, error) {
	rows, err := g.tx.QueryContext(ctx, g.m.q["PurgedDays"], g.documents, int64(before))
	if err != nil {
		return nil, fmt.Errorf("look for old lines: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out [][2]int64
	for rows.Next() {
		var d [2]int64
		if err := rows.Scan(&d[0], &d[1]); err != nil {
			return nil, fmt.Errorf("look for old lines: %w", err)
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

// recount forgets the roll-ups of days, and marks what is left of them to be counted.
func (g purge) recount(ctx context.Context, days [][2]int64) error {
	list, err := json.Marshal(days)
	if err != nil {
		return fmt.Errorf("forget roll-ups: %w", err)
	}
	for _, q := range []string{"PurgeDaily", "PurgeDailyWas", "PurgeMarketDaily", "PurgeDayOrders"} {
		if _, err := g.tx.ExecContext(ctx, g.m.q[q], string(list)); err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
	}
	rows, err := g.tx.QueryContext(ctx, g.m.q["LinesLeft"], string(list))
	if err != nil {
		return fmt.Errorf("look for lines that stay: %w", err)
	}
	defer func() { _ = rows.Close() }()
	type mark struct{ day, mkt, observed int64 }
	var marks []mark
	for rows.Next() {
		var k mark
		var name string
		var at int64
		if err := rows.Scan(&k.day, &k.mkt, &name, &at); err != nil {
			return fmt.Errorf("look for lines that stay: %w", err)
		}
		k.observed = int64(core.DayOf(time.Unix(at, 0), zoneOf(name)))
		marks = append(marks, k)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("look for lines that stay: %w", err)
	}
	_, err = sqlite.Bulk(ctx, g.tx, g.m.q["MarkDirty"], cellsOf(marks, func(k *mark) []any { return []any{k.day, k.mkt, k.observed} }))
	return err
}

// uncover notes that documents of an API no longer cover the days before one.
func (g purge) uncover(ctx context.Context, before core.Day, streams ...source.Stream) error {
	list, err := json.Marshal(streams)
	if err != nil {
		return fmt.Errorf("note which days are unknown: %w", err)
	}
	for _, q := range []string{"PurgeCoverage", "NarrowCoverage"} {
		if _, err := g.tx.ExecContext(ctx, g.m.q[q], g.documents, int64(before), string(list)); err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
	}
	return nil
}
