package sales

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"slices"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// marketSKU is a SKU in a marketplace, both by number.
type marketSKU struct{ mkt, sku int64 }

// told is what the catalog has been told of a SKU.
type told struct {
	marketSKU
	asin, title, price, currency, priceDay int64
}

// noteItems tells the catalog of SKUs that are new, or whose ASIN or title changed.
// Prices that change later are told once a document, in Settle.
func (w *write) noteItems(ctx context.Context, lines []orderLine) error {
	latest := map[marketSKU]*orderLine{}
	for i := range lines {
		l := &lines[i]
		if l.Marketplace == core.NonAmazon || l.SKU == "" {
			continue
		}
		k := marketSKU{l.mkt, l.sku}
		if have := latest[k]; have == nil || newerItem(l.OrderLine, have.OrderLine) {
			latest[k] = l
		}
	}
	known, err := w.m.toldItems(ctx, w.tx)
	if err != nil {
		return err
	}
	var items []module.Item
	var fresh []told
	for k, l := range latest {
		t := told{marketSKU: k, asin: l.asin, title: titleHash(l.Title)}
		have, ok := known[k]
		if ok && (int64(l.Day) < have.priceDay || (l.ASIN == "" || have.asin == t.asin) && (l.Title == "" || have.title == t.title)) {
			continue
		}
		it := module.Item{Marketplace: l.Marketplace, SKU: l.SKU, ASIN: l.ASIN, Title: l.Title}
		if price := unitPrice(l.HasPrice, l.ItemPrice, int64(l.Quantity)); price > 0 && int64(l.Day) >= have.priceDay {
			it.Price = core.Money{Minor: price, Currency: core.Currency(currencyOf(l.Currency, l.Marketplace))}
			t.price, t.currency, t.priceDay = price, l.currency, int64(l.Day)
		} else {
			t.price, t.currency, t.priceDay = have.price, have.currency, have.priceDay
		}
		items, fresh = append(items, it), append(fresh, t)
	}
	return w.m.tell(ctx, w.tx, items, fresh)
}

// newerItem says whether r tells more recent things of its SKU than have: a price beats none.
func newerItem(r, have *source.OrderLine) bool {
	return cmp.Or(cmp.Compare(bit(r.HasPrice), bit(have.HasPrice)), cmp.Compare(r.PurchasedAt, have.PurchasedAt),
		cmp.Compare(r.UpdatedAt, have.UpdatedAt)) > 0
}

func titleHash(s string) int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s))
	return int64(h.Sum32())
}

// unitPrice is the price of one unit of a line, rounded half up; 0 if it has none.
func unitPrice(has bool, line, qty int64) int64 {
	if !has || qty <= 0 || line <= 0 {
		return 0
	}
	return (line + qty/2) / qty
}

// toldItems gives what the catalog has been told; the map must not be changed.
func (m *Module) toldItems(ctx context.Context, tx *sql.Tx) (map[marketSKU]told, error) {
	mem, err := m.remember(ctx, tx)
	if err != nil {
		return nil, err
	}
	if mem.told != nil && len(mem.told) <= maxRemembered {
		return mem.told, nil
	}
	rows, err := tx.QueryContext(ctx, m.q["ToldItems"])
	if err != nil {
		return nil, fmt.Errorf("read told items: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[marketSKU]told{}
	for rows.Next() {
		var t told
		if err := rows.Scan(&t.mkt, &t.sku, &t.asin, &t.title, &t.price, &t.currency, &t.priceDay); err != nil {
			return nil, fmt.Errorf("read told items: %w", err)
		}
		out[t.marketSKU] = t
	}
	mem.told = out
	return out, rows.Err()
}

// tell hands items to the catalog, sorted, and remembers what it was told.
func (m *Module) tell(ctx context.Context, tx *sql.Tx, items []module.Item, fresh []told) error {
	if len(items) == 0 {
		return nil
	}
	slices.SortFunc(items, func(a, b module.Item) int {
		return cmp.Or(cmp.Compare(a.Marketplace, b.Marketplace), cmp.Compare(a.SKU, b.SKU))
	})
	if err := m.h.Catalog().Note(ctx, tx, items); err != nil {
		return fmt.Errorf("note items: %w", err)
	}
	mem, err := m.remember(ctx, tx)
	if err != nil {
		return err
	}
	if err := m.touch(ctx, tx, mem); err != nil {
		return err
	}
	_, err = sqlite.Bulk(ctx, tx, m.q["UpsertTold"], sqlite.RowsOf(fresh, func(t *told, col int) any {
		return [7]int64{t.mkt, t.sku, t.asin, t.title, t.price, t.currency, t.priceDay}[col]
	}))
	for _, t := range fresh {
		if mem.told != nil {
			mem.told[t.marketSKU] = t
		}
	}
	return err
}
