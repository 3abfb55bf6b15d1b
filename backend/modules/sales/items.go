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
func (w *write) noteItems(ctx context.Context, rows []source.OrderLine, n orderNames) error {
	latest := map[marketSKU]*source.OrderLine{}
	for i := range rows {
		r := &rows[i]
		if r.Marketplace == core.NonAmazon || r.SKU == "" {
			continue
		}
		k := marketSKU{n.mkts[r.Marketplace], n.skus[string(r.SKU)]}
		if have, ok := latest[k]; !ok || newerItem(r, have) {
			latest[k] = r
		}
	}
	known, err := w.m.toldItems(ctx, w.tx)
	if err != nil {
		return err
	}
	var items []module.Item
	var fresh []told
	for k, r := range latest {
		t := told{marketSKU: k, asin: n.words[string(r.ASIN)], title: titleHash(r.Title)}
		have, ok := known[k]
		if ok && (int64(r.Day) < have.priceDay || (r.ASIN == "" || have.asin == t.asin) && (r.Title == "" || have.title == t.title)) {
			continue
		}
		it := module.Item{Marketplace: r.Marketplace, SKU: r.SKU, ASIN: r.ASIN, Title: r.Title}
		if price := unitPrice(r.HasPrice, r.ItemPrice, int64(r.Quantity)); price > 0 && int64(r.Day) >= have.priceDay {
			cur := currencyOf(r.Currency, r.Marketplace)
			it.Price = core.Money{Minor: price, Currency: core.Currency(cur)}
			t.price, t.currency, t.priceDay = price, n.words[cur], int64(r.Day)
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

func (m *Module) toldItems(ctx context.Context, db querier) (map[marketSKU]told, error) {
	rows, err := db.QueryContext(ctx, m.q["ToldItems"])
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
	_, err := sqlite.Bulk(ctx, tx, m.q["UpsertTold"], sqlite.RowsOf(fresh, func(t *told, col int) any {
		return [7]int64{t.mkt, t.sku, t.asin, t.title, t.price, t.currency, t.priceDay}[col]
	}))
	return err
}
