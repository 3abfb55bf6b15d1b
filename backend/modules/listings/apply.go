package listings

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

// Apply implements module.Projector. A day's report of a marketplace belongs to one document:
// a newer one takes it over row by row and sweeps the rest at its last batch, an older one is
// left out. An empty report clears.
//
// What is no snapshot, such as a page of an API, changes the listings that it names and no others: in the day's report
// where it is later than that, row by row; on a day without one it makes a snapshot that begins with the one before (see
// carryOn). So nothing is gone that was not named, and documents may come in any order. A suppression that a page names
// is over when a report no longer has it.
func (m *Module) Apply(ctx context.Context, tx *sql.Tx, b source.Batch) (module.Applied, error) {
	s, err := m.running()
	if err != nil {
		return module.Applied{}, err
	}
	all, p, err := entries(b)
	if err != nil {
		return module.Applied{}, err
	}
	a := applier{started: s, tx: tx, batch: b, part: p, days: map[string]core.Day{}, later: map[string]map[key]bool{}}
	if len(all) == 0 && b.Snapshot && b.Last {
		if err := a.claimEmpty(ctx); err != nil {
			return module.Applied{}, err
		}
	}
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
	return out, a.carryOn(ctx)
}

type applier struct {
	*started
	part
	tx    *sql.Tx
	batch source.Batch
	days  map[string]core.Day     // by marketplace: the day the batch is of; 0: a newer report is there
	later map[string]map[key]bool // by marketplace: of what that day has later news
}

// claimEmpty takes over the day for a report without rows. Earlier batches of the document
// may have done so; else its marketplace is the batch's, or the only one it can be.
func (a applier) claimEmpty(ctx context.Context) error {
	market := a.batch.Marketplace
	if market == "" {
		done, err := a.places(ctx)
		if err != nil || len(done) > 0 {
			return err
		}
		if market, err = a.onlyMarketplace(ctx); err != nil {
			return err
		}
	}
	return a.open(ctx, market)
}

// onlyMarketplace is the one marketplace with reports of this kind, or with any.
func (a applier) onlyMarketplace(ctx context.Context) (string, error) {
	for _, k := range []string{a.kind, ""} {
		found, err := sqlite.Collect(ctx, a.tx, a.sql["Marketplaces"], []any{k}, func(r *sql.Rows, m *string) error {
			return r.Scan(m)
		})
		if err != nil {
			return "", fmt.Errorf("look up marketplaces: %w", err)
		}
		if len(found) == 1 {
			return found[0], nil
		}
		if len(found) > 1 {
			break
		}
	}
	return "", core.Invalid(name, "The report has no rows and does not say which marketplace it is of.",
		"Say which marketplace it is of and import it again.")
}

// admit keeps the rows of which nothing newer of that day is there, and takes the days over.
func (a applier) admit(ctx context.Context, all []entry) ([]entry, error) {
	admitted := make([]entry, 0, len(all))
	for _, e := range all {
		if _, ok := a.days[e.marketplace]; !ok {
			if err := a.open(ctx, e.marketplace); err != nil {
				return nil, err
			}
		}
		if day := a.days[e.marketplace]; day != 0 && !a.later[e.marketplace][e.key] {
			e.day = day
			admitted = append(admitted, e)
		}
	}
	return admitted, nil
}

// open takes over the day of a marketplace, and finds out what it has later news of.
func (a applier) open(ctx context.Context, marketplace string) error {
	day, err := a.takeOver(ctx, marketplace)
	if a.days[marketplace] = day; err != nil || day == 0 {
		return err
	}
	keys, err := sqlite.Collect(ctx, a.tx, a.sql[a.newer], []any{marketplace, day, a.batch.ObservedAt.UnixMilli()},
		func(r *sql.Rows, k *key) error { return r.Scan(&k[0], &k[1], &k[2], &k[3]) })
	if err != nil {
		return fmt.Errorf("look for newer listings of %s: %w", marketplace, err)
	}
	a.later[marketplace] = map[key]bool{}
	for _, k := range keys {
		a.later[marketplace][k] = true
	}
	return nil
}

func (a applier) takeOver(ctx context.Context, marketplace string) (core.Day, error) {
	day := observedDay(marketplace, a.batch.ObservedAt)
	at := a.batch.ObservedAt.UnixMilli()
	var have int64
	var whole bool
	err := a.tx.QueryRowContext(ctx, a.sql["SnapshotObserved"], a.kind, marketplace, day).Scan(&have, &whole)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return 0, fmt.Errorf("look up the report of %s in %s: %w", day, marketplace, err)
	case whole && (have > at || have == at && !a.batch.Snapshot): // of equal moments the report counts
		return 0, nil
	case !a.batch.Snapshot && (whole || have > at):
		return day, nil
	}
	if _, err := a.tx.ExecContext(ctx, a.sql["PutSnapshot"], a.kind, marketplace, day, at, a.batch.DocumentID, a.batch.Snapshot); err != nil {
		return 0, fmt.Errorf("store the report of %s in %s: %w", day, marketplace, err)
	}
	return day, nil
}

// lastOfEach keeps the last of rows with the same key.
func lastOfEach(rows []entry) []entry {
	type spot struct {
		marketplace string
		key         key
	}
	at := make(map[spot]int, len(rows))
	out := make([]entry, 0, len(rows))
	for _, e := range rows {
		k := spot{e.marketplace, e.key}
		if i, ok := at[k]; ok {
			out[i] = e
			continue
		}
		at[k] = len(out)
		out = append(out, e)
	}
	return out
}

// put stores rows and says how many were new or different.
func (a applier) put(ctx context.Context, rows []entry) (int, error) {
	bulk := sqlite.RowsOf(rows, func(e *entry, col int) any { return e.value(col, a.batch.DocumentID, a.batch.ObservedAt.UnixMilli()) })
	stored, err := sqlite.Bulk(ctx, a.tx, a.sql[a.part.put], bulk)
	if err != nil {
		return 0, fmt.Errorf("store listings: %w", err)
	}
	if stored < len(rows) {
		if _, err := sqlite.Bulk(ctx, a.tx, a.sql[a.claim], bulk); err != nil {
			return 0, fmt.Errorf("store listings: %w", err)
		}
	}
	return stored, a.note(ctx, rows)
}

// note tells the catalog of the SKUs. A report that is not the newest only says that they
// exist: its titles and prices may be out of date.
func (a applier) note(ctx context.Context, rows []entry) error {
	outdated := map[string]bool{}
	items := make([]module.Item, 0, len(rows))
	for i := range rows {
		it := rows[i].item
		if it.SKU == "" {
			continue
		}
		old, ok := outdated[it.Marketplace]
		if !ok {
			var n int
			if err := a.tx.QueryRowContext(ctx, a.sql["NewerSnapshots"], it.Marketplace, a.batch.ObservedAt.UnixMilli()).Scan(&n); err != nil {
				return fmt.Errorf("look for newer listing reports: %w", err)
			}
			old = n > 0
			outdated[it.Marketplace] = old
		}
		if old {
			it = module.Item{Marketplace: it.Marketplace, SKU: it.SKU}
		}
		items = append(items, it)
	}
	if len(items) == 0 {
		return nil
	}
	if err := a.host.Catalog().Note(ctx, a.tx, items); err != nil {
		return fmt.Errorf("note the SKUs of a listing report: %w", err)
	}
	return nil
}

// place is a marketplace's day.
type place struct {
	marketplace string
	day         int64
}

// places are the days the document has taken over.
func (a applier) places(ctx context.Context) ([]place, error) {
	out, err := sqlite.Collect(ctx, a.tx, a.sql["SnapshotsOf"], []any{a.kind, a.batch.DocumentID}, func(r *sql.Rows, p *place) error {
		return r.Scan(&p.marketplace, &p.day)
	})
	if err != nil {
		return nil, fmt.Errorf("look up the document's reports: %w", err)
	}
	return out, nil
}

// sweep removes from the days the document has taken over what it does not name.
func (a applier) sweep(ctx context.Context) error {
	places, err := a.places(ctx)
	if err != nil {
		return err
	}
	for _, p := range places {
		a.days[p.marketplace] = core.Day(p.day)
		if _, err := a.tx.ExecContext(ctx, a.sql[a.part.sweep], p.marketplace, p.day, a.batch.DocumentID, a.batch.ObservedAt.UnixMilli()); err != nil {
			return fmt.Errorf("remove what is no longer listed: %w", err)
		}
	}
	return nil
}

// Settle implements module.Projector; there is no roll-up.
func (m *Module) Settle(context.Context, *sql.Tx) error { return nil }

// Forget implements module.Projector.
func (m *Module) Forget(ctx context.Context, tx *sql.Tx) error {
	s, err := m.running()
	if err != nil {
		return err
	}
	for _, q := range []string{"ForgetSnapshots", "ForgetOffers", "ForgetSuppressed", "ForgetStranded"} {
		if _, err := tx.ExecContext(ctx, s.sql[q]); err != nil {
			return fmt.Errorf("forget listings: %w", err)
		}
	}
	return nil
}
