package inventory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// Apply implements module.Projector. A day's snapshot of a marketplace belongs to one report: a newer one takes it over
// row by row and sweeps the rest at its last batch, an older one is left out.
//
// What is no snapshot, such as a page of an API, changes the SKUs that it names and no others: in the day's snapshot
// where it is later than that, row by row; on a day without one it makes one that begins with the snapshot before (see
// carry). So nothing is gone that was not named, and documents may come in any order.
func (m *Module) Apply(ctx context.Context, tx *sql.Tx, b source.Batch) (module.Applied, error) {
	s, err := m.running()
	if err != nil {
		return module.Applied{}, err
	}
	all, kind, err := levels(b)
	if err != nil {
		return module.Applied{}, err
	}
	if kind != kindStock && !b.Snapshot {
		return module.Applied{}, fmt.Errorf("inventory: a batch of %s is no snapshot, which only stock may be", b.Stream)
	}
	if err := s.touch(ctx, tx); err != nil {
		return module.Applied{}, err
	}
	a := applier{started: s, tx: tx, batch: b, kind: kind, days: map[string]core.Day{}, newer: map[string]map[core.SKU]bool{}}
	admitted, err := a.admit(ctx, all)
	if err != nil {
		return module.Applied{}, err
	}
	out := module.Applied{Older: len(all) - len(admitted)}
	out.Stored, err = a.put(ctx, lastOfEach(admitted))
	if err != nil {
		return module.Applied{}, err
	}
	out.Unchanged = len(admitted) - out.Stored
	if b.Snapshot && b.Last {
		if err := a.sweep(ctx); err != nil {
			return module.Applied{}, err
		}
	}
	return out, a.carry(ctx)
}

type applier struct {
	*started
	tx    *sql.Tx
	batch source.Batch
	kind  string
	days  map[string]core.Day          // by marketplace: the day the batch is of; 0: a newer snapshot is there
	newer map[string]map[core.SKU]bool // by marketplace: of what that day has later news
}

// admit keeps the rows of which nothing newer of that day is there, and takes the days over.
func (a applier) admit(ctx context.Context, all []level) ([]level, error) {
	if a.batch.Snapshot && a.batch.Last && len(all) == 0 && a.batch.Marketplace != "" {
		if err := a.open(ctx, a.batch.Marketplace); err != nil {
			return nil, err
		}
	}
	admitted := all[:0]
	for _, l := range all {
		if _, ok := a.days[l.marketplace]; !ok {
			if err := a.open(ctx, l.marketplace); err != nil {
				return nil, err
			}
		}
		day := a.days[l.marketplace]
		if day == 0 || a.newer[l.marketplace][l.sku] {
			continue
		}
		l.day = day
		if l.asOf == 0 || l.asOf > day {
			l.asOf = day
		}
		admitted = append(admitted, l)
	}
	return admitted, nil
}

// open takes over the day of a marketplace, and finds out what it has later news of.
func (a applier) open(ctx context.Context, marketplace string) error {
	day, err := a.takeOver(ctx, marketplace)
	if a.days[marketplace] = day; err != nil || day == 0 {
		return err
	}
	skus, err := sqlite.Collect(ctx, a.tx, a.sql["NewerLevels"], []any{a.kind, marketplace, day, a.batch.ObservedAt.UnixMilli()},
		func(r *sql.Rows, sku *core.SKU) error { return r.Scan(sku) })
	if err != nil {
		return fmt.Errorf("look for newer stock of %s: %w", marketplace, err)
	}
	a.newer[marketplace] = map[core.SKU]bool{}
	for _, sku := range skus {
		a.newer[marketplace][sku] = true
	}
	return nil
}

func (a applier) takeOver(ctx context.Context, marketplace string) (core.Day, error) {
	day := observedDay(marketplace, a.batch.ObservedAt)
	at := a.batch.ObservedAt.UnixMilli()
	var have int64
	var whole bool
	err := a.tx.QueryRowContext(ctx, a.sql["SnapshotObserved"], a.kind, marketplace, day).Scan(&have, &whole)
	query, args := "PutSnapshot", []any{a.kind, marketplace, day, at, a.batch.DocumentID, a.batch.Snapshot}
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return 0, fmt.Errorf("look up the stock snapshot of %s in %s: %w", day, marketplace, err)
	case whole && (have > at || have == at && !a.batch.Snapshot): // of equal moments the report counts
		return 0, nil
	case !a.batch.Snapshot && (whole || have > at):
		query, args = "MarkSnapshot", args[:3]
	}
	if _, err := a.tx.ExecContext(ctx, a.sql[query], args...); err != nil {
		return 0, fmt.Errorf("store the stock snapshot of %s in %s: %w", day, marketplace, err)
	}
	return day, nil
}

// lastOfEach keeps one row of each SKU: the one of the latest day, then the later line.
func lastOfEach(rows []level) []level {
	type key struct {
		marketplace string
		sku         core.SKU
	}
	at := make(map[key]int, len(rows))
	out := make([]level, 0, len(rows))
	for _, l := range rows {
		k := key{l.marketplace, l.sku}
		if i, ok := at[k]; ok {
			if l.asOf >= out[i].asOf {
				out[i] = l
			}
			continue
		}
		at[k] = len(out)
		out = append(out, l)
	}
	return out
}

// put stores rows and says how many were new or different.
func (a applier) put(ctx context.Context, rows []level) (int, error) {
	bulk := sqlite.RowsOf(rows, levelValue(a.kind, a.batch.DocumentID, a.batch.ObservedAt.UnixMilli()))
	stored, err := sqlite.Bulk(ctx, a.tx, a.sql["PutLevels"], bulk)
	if err != nil {
		return 0, fmt.Errorf("store stock levels: %w", err)
	}
	if stored < len(rows) {
		if _, err := sqlite.Bulk(ctx, a.tx, a.sql["ClaimLevels"], bulk); err != nil {
			return 0, fmt.Errorf("store stock levels: %w", err)
		}
	}
	if err := a.putExtra(ctx, rows); err != nil {
		return 0, err
	}
	return stored, a.note(ctx, rows)
}

func (a applier) putExtra(ctx context.Context, rows []level) error {
	var (
		query  string
		values [][]any
	)
	switch records := a.batch.Rows.(type) {
	case []source.StockPlan:
		query = "PutPlans"
		for i := range rows {
			values = append(values, planValues(&rows[i], &records[rows[i].record], a.batch.DocumentID))
		}
	case []source.RestockRow:
		query = "PutAdvice"
		for i := range rows {
			values = append(values, adviceValues(&rows[i], &records[rows[i].record], a.batch.DocumentID))
		}
	default:
		return nil
	}
	_, err := sqlite.Bulk(ctx, a.tx, a.sql[query], sqlite.RowsOf(values, func(v *[]any, col int) any {
		if col < len(*v) {
			return (*v)[col]
		}
		return nil
	}))
	if err != nil {
		return fmt.Errorf("store stock planning: %w", err)
	}
	return nil
}

// note tells the catalog of the SKUs. A report that is not the newest only says that they
// exist: its titles and prices may be out of date.
func (a applier) note(ctx context.Context, rows []level) error {
	outdated := map[string]bool{}
	items := make([]module.Item, 0, len(rows))
	for i := range rows {
		l := &rows[i]
		old, ok := outdated[l.marketplace]
		if !ok {
			var n int
			if err := a.tx.QueryRowContext(ctx, a.sql["NewerSnapshots"], l.marketplace, a.batch.ObservedAt.UnixMilli()).Scan(&n); err != nil {
				return fmt.Errorf("look for newer stock reports: %w", err)
			}
			old = n > 0
			outdated[l.marketplace] = old
		}
		if old {
			items = append(items, module.Item{Marketplace: l.marketplace, SKU: l.sku})
			continue
		}
		items = append(items, l.item())
	}
	if len(items) == 0 {
		return nil
	}
	if err := a.host.Catalog().Note(ctx, a.tx, items); err != nil {
		return fmt.Errorf("note the SKUs of a stock report: %w", err)
	}
	return nil
}

// sweep removes from the days the document has taken over what it does not name.
func (a applier) sweep(ctx context.Context) error {
	type place struct {
		marketplace string
		day         int64
	}
	places, err := sqlite.Collect(ctx, a.tx, a.sql["SnapshotsOf"], []any{a.kind, a.batch.DocumentID}, func(r *sql.Rows, p *place) error {
		return r.Scan(&p.marketplace, &p.day)
	})
	if err != nil {
		return fmt.Errorf("look up the document's snapshots: %w", err)
	}
	for _, p := range places {
		a.days[p.marketplace] = core.Day(p.day)
		if _, err := a.tx.ExecContext(ctx, a.sql["SweepLevels"], a.kind, p.marketplace, p.day, a.batch.DocumentID, a.batch.ObservedAt.UnixMilli()); err != nil {
			return fmt.Errorf("remove what is no longer in stock: %w", err)
		}
		extra := map[string]string{kindPlanning: "SweepPlans", kindRestock: "SweepAdvice"}[a.kind]
		if extra == "" {
			continue
		}
		if _, err := a.tx.ExecContext(ctx, a.sql[extra], p.marketplace, p.day, a.batch.DocumentID); err != nil {
			return fmt.Errorf("remove what is no longer in stock: %w", err)
		}
	}
	return nil
}

// Forget implements module.Projector. The seller's settings stay: no document could bring them back.
func (m *Module) Forget(ctx context.Context, tx *sql.Tx) error {
	s, err := m.running()
	if err != nil {
		return err
	}
	for _, q := range []string{"ForgetSnapshots", "ForgetLevels", "ForgetChanges", "ForgetPlans", "ForgetAdvice"} {
		if _, err := tx.ExecContext(ctx, s.sql[q]); err != nil {
			return fmt.Errorf("forget stock: %w", err)
		}
	}
	return s.touch(ctx, tx)
}
