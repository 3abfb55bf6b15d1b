package sales

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/modules/sales/internal/daypack"
	"purser/backend/platform/sqlite"
)

// Settle implements module.Projector: it counts the dirty days again, from their lines,
// and clears the marks. It reads no more than those days.
func (m *Module) Settle(ctx context.Context, tx *sql.Tx) error {
	dirty, days, err := m.dirtyDays(ctx, tx)
	if err != nil || len(days) == 0 {
		return err
	}
	version, err := m.bump(ctx, tx, changesOfPacks)
	if err != nil {
		return err
	}
	prices := map[marketSKU]daypack.Entry{}
	counted := newDayCount()
	for _, day := range slices.Backward(days) { // the newest first: its prices are the ones to note
		if err := m.countDay(ctx, tx, day, counted); err != nil {
			return fmt.Errorf("count %s: %w", day, err)
		}
		if _, err := tx.ExecContext(ctx, m.q["StoreDayOrders"], int64(day), daypack.EncodeOrders(counted.orders)); err != nil {
			return fmt.Errorf("list the orders of %s: %w", day, err)
		}
		counted.split()
		for mkt, observed := range dirty[day] {
			t := counted.of(mkt)
			if err := m.storeDay(ctx, tx, marketDay{mkt, day}, observed, version, t); err != nil {
				return fmt.Errorf("roll up %s: %w", day, err)
			}
			for _, e := range t.entries {
				if e.Price == 0 {
					continue
				}
				k := marketSKU{mkt, e.SKU}
				if have, ok := prices[k]; !ok || have.Observed == day {
					e.Observed = day // here: the day of the price
					prices[k] = e
				}
			}
		}
	}
	if _, err := tx.ExecContext(ctx, m.q["ForgetDirty"]); err != nil {
		return fmt.Errorf("clear dirty days: %w", err)
	}
	return m.notePrices(ctx, tx, prices)
}

// dirtyDays gives the dirty days in order, and per day the marketplaces with the day of observation.
func (m *Module) dirtyDays(ctx context.Context, tx *sql.Tx) (map[core.Day]map[int64]core.Day, []core.Day, error) {
	rows, err := tx.QueryContext(ctx, m.q["DirtyDays"])
	if err != nil {
		return nil, nil, fmt.Errorf("read dirty days: %w", err)
	}
	defer func() { _ = rows.Close() }()
	dirty := map[core.Day]map[int64]core.Day{}
	var days []core.Day
	for rows.Next() {
		var day, observed core.Day
		var mkt int64
		if err := rows.Scan(&day, &mkt, &observed); err != nil {
			return nil, nil, fmt.Errorf("read dirty days: %w", err)
		}
		if dirty[day] == nil {
			dirty[day] = map[int64]core.Day{}
			days = append(days, day)
		}
		dirty[day][mkt] = observed
	}
	return dirty, days, rows.Err()
}

func (m *Module) countDay(ctx context.Context, tx *sql.Tx, day core.Day, c *dayCount) error {
	c.reset()
	return sqlite.Each(ctx, tx, m.q["LinesOfDay"], func(row []driver.Value) error {
		var v [9]int64
		for i := range v {
			v[i], _ = row[i].(int64) // the table is strict
		}
		return c.add(&soldLine{order: v[0], sku: v[1], mkt: v[2], at: v[3], state: v[4], qty: v[5], currency: v[6], hasPrice: v[7], price: v[8]})
	}, int64(day))
}

// storeDay replaces the roll-ups of one day of a marketplace. What was known of it on an
// earlier day is kept beside them; on first insertion there is nothing to keep.
func (m *Module) storeDay(ctx context.Context, tx *sql.Tx, d marketDay, observed core.Day, version int64, t marketCount) error {
	var old []byte
	err := tx.QueryRowContext(ctx, m.q["DayPack"], int64(d.day), d.mkt).Scan(&old)
	entries := t.entries
	switch {
	case errors.Is(err, sql.ErrNoRows):
		for i := range entries {
			entries[i].Observed = observed
		}
	case err != nil:
		return err
	default:
		before, err := daypack.Decode(d.day, old, nil)
		if err != nil {
			return err
		}
		var was []daypack.Entry
		entries, was = daypack.Merge(before, t.entries, observed)
		if err := m.keepWas(ctx, tx, d, was); err != nil {
			return err
		}
	}
	last := core.Day(0)
	for i := range entries {
		last = max(last, entries[i].Observed)
	}
	if _, err := tx.ExecContext(ctx, m.q["StoreDayPack"], int64(d.day), d.mkt, int64(last), daypack.Encode(d.day, entries), version); err != nil {
		return err
	}
	changed, err := m.storeMarketDay(ctx, tx, d, observed, t.totals)
	if err == nil && changed {
		_, err = tx.ExecContext(ctx, m.q["TouchDayPack"], int64(d.day), d.mkt, version)
	}
	return err
}

func (m *Module) keepWas(ctx context.Context, tx *sql.Tx, d marketDay, was []daypack.Entry) error {
	_, err := sqlite.Bulk(ctx, tx, m.q["KeepDayWas"], sqlite.RowsOf(was, func(e *daypack.Entry, col int) any {
		return [11]int64{
			int64(d.day), d.mkt, e.SKU, e.Currency, int64(e.Observed), e.Units, e.Sales, e.Orders, e.Cancelled, e.Pending, e.Price,
		}[col]
	}))
	return err
}

// storeMarketDay adds a version of the day's totals where they differ from the newest one, and says whether they did.
func (m *Module) storeMarketDay(ctx context.Context, tx *sql.Tx, d marketDay, observed core.Day, now map[int64]total) (changed bool, err error) {
	newest, err := m.marketDayTotals(ctx, tx, d)
	if err != nil {
		return false, err
	}
	for currency := range newest {
		if _, ok := now[currency]; !ok {
			now[currency] = total{}
		}
	}
	for currency, t := range now {
		have, ok := newest[currency]
		if ok && have.total == t {
			continue
		}
		at := max(observed, have.observed)
		if _, err := tx.ExecContext(ctx, m.q["StoreMarketDay"], d.mkt, int64(d.day), currency, int64(at),
			t.units, t.sales, t.orders, t.cancelled, t.pending); err != nil {
			return changed, err
		}
		changed = true
	}
	return changed, nil
}

type knownTotal struct {
	total
	observed core.Day
}

func (m *Module) marketDayTotals(ctx context.Context, tx *sql.Tx, d marketDay) (map[int64]knownTotal, error) {
	rows, err := tx.QueryContext(ctx, m.q["MarketDayVersions"], d.mkt, int64(d.day))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	newest := map[int64]knownTotal{}
	for rows.Next() {
		var currency int64
		var k knownTotal
		if err := rows.Scan(&currency, &k.observed, &k.units, &k.sales, &k.orders, &k.cancelled, &k.pending); err != nil {
			return nil, err
		}
		newest[currency] = k // versions come oldest first
	}
	return newest, rows.Err()
}

// notePrices tells the catalog of prices paid later than the last one it was told of.
func (m *Module) notePrices(ctx context.Context, tx *sql.Tx, prices map[marketSKU]daypack.Entry) error {
	known, err := m.toldItems(ctx, tx)
	if err != nil {
		return err
	}
	var fresh []told
	for k, e := range prices {
		t, ok := known[k]
		if !ok || int64(e.Observed) < t.priceDay || (e.Price == t.price && e.Currency == t.currency) {
			continue
		}
		t.price, t.currency, t.priceDay = e.Price, e.Currency, int64(e.Observed)
		fresh = append(fresh, t)
	}
	if len(fresh) == 0 {
		return nil
	}
	n, err := m.readNames(ctx, tx)
	if err != nil {
		return err
	}
	items := make([]module.Item, 0, len(fresh))
	for _, t := range fresh {
		items = append(items, module.Item{
			Marketplace: n.mkts[t.mkt], SKU: core.SKU(n.skus[t.sku]),
			Price: core.Money{Minor: t.price, Currency: core.Currency(n.words[t.currency])},
		})
	}
	slices.SortFunc(fresh, func(a, b told) int {
		if a.mkt != b.mkt {
			return int(a.mkt - b.mkt)
		}
		return int(a.sku - b.sku)
	})
	return m.tell(ctx, tx, items, fresh)
}
