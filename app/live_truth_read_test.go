package app_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
)

// told are rows of a stream, each as the texts of its figures under the texts of its key.
type told map[string]string

func row(cells ...any) string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = fmt.Sprint(c)
	}
	return strings.Join(out, " | ")
}

// storedQueries read what the modules have stored, as they read it: the columns of the key first, of which a query has as
// many as its number says. Of what has versions the newest counts; what a newer report of the days around it no longer
// has is gone.
func storedQueries() map[string]storedQuery {
	return map[string]storedQuery{
		"orders": {5, `SELECT m.name, l.day, l.order_id, k.name, l.seq, l.purchased_at, l.updated_at, w.name, l.state, l.fba, l.qty, c.name, l.has_price, l.price, l.promotion
			FROM sales_order_line l JOIN sales_marketplace m ON m.id = l.mkt JOIN sales_sku k ON k.id = l.sku_id JOIN sales_word w ON w.id = l.status JOIN sales_word c ON c.id = l.currency`},
		"traffic_days": {2, `SELECT m.name, t.day, c.name, t.ordered_sales, t.units, t.order_items, t.units_refunded, t.sessions, t.page_views, round(t.featured_offer_pct, 2)
			FROM sales_traffic_daily t JOIN sales_marketplace m ON m.id = t.mkt JOIN sales_word c ON c.id = t.currency
			WHERE t.observed_day = (SELECT max(x.observed_day) FROM sales_traffic_daily x WHERE x.mkt = t.mkt AND x.day = t.day)`},
		"traffic_items": {3, `SELECT m.name, t.from_day, a.name, t.to_day, c.name, t.ordered_sales, t.units, t.order_items, t.sessions, t.page_views, round(t.featured_offer_pct, 2)
			FROM sales_traffic_item t JOIN sales_marketplace m ON m.id = t.mkt JOIN sales_word c ON c.id = t.currency JOIN sales_word a ON a.id = t.asin
			WHERE t.observed_day = (SELECT max(x.observed_day) FROM sales_traffic_item x WHERE x.mkt = t.mkt AND x.from_day = t.from_day AND x.to_day = t.to_day AND x.asin = t.asin AND x.sku_id = t.sku_id)`},
		"stock": {2, `SELECT l.marketplace, l.sku, l.asin, l.fnsku, l.on_hand, l.reserved, l.inbound, coalesce(l.inbound_working, -1), l.unsellable
			FROM inventory_level l WHERE l.kind = 'fba_inventory' AND l.day = (SELECT max(s.day) FROM inventory_snapshot s WHERE s.kind = l.kind AND s.marketplace = l.marketplace)`},
		"listings": {2, `SELECT l.marketplace, l.sku, l.asin, l.title, l.status, l.fba, coalesce(l.quantity, -1), l.price_minor, l.currency, l.opened_at
			FROM listings_offer l WHERE l.day = (SELECT max(s.day) FROM listings_snapshot s WHERE s.kind = 'merchant_listings' AND s.marketplace = l.marketplace)`},
		"suppressed": {2, `SELECT DISTINCT l.marketplace, l.sku, l.asin FROM listings_suppressed l WHERE l.day = (SELECT max(s.day) FROM listings_snapshot s WHERE s.kind = 'suppressed_listings' AND s.marketplace = l.marketplace)`},
		"stranded":   {2, `SELECT l.marketplace, l.sku, l.asin FROM listings_stranded l WHERE l.day = (SELECT max(s.day) FROM listings_snapshot s WHERE s.kind = 'stranded_inventory' AND s.marketplace = l.marketplace)`},
		"returns": {6, `SELECT market, day, order_id, sku, plate, seq, at, quantity, reason FROM reviews_returns f
			WHERE NOT EXISTS (SELECT 1 FROM reviews_documents d WHERE d.stream = 'returns' AND d.market IN ('', f.market) AND d.observed > f.last_seen AND f.day > d.first_day AND f.day < d.last_day)`},
		"reimbursements": {4, `SELECT m.name, r.day, r.id, k.name, r.occurrence, c.name, r.per_unit, r.total, r.cash_units, r.stock_units, r.reason
			FROM sales_reimbursement r JOIN sales_marketplace m ON m.id = r.mkt JOIN sales_sku k ON k.id = r.sku_id JOIN sales_word c ON c.id = r.currency`},
		"feedback": {3, `SELECT market, day, order_id, rating, comment, response FROM reviews_feedback f
			WHERE NOT EXISTS (SELECT 1 FROM reviews_feedback x WHERE x.market = f.market AND x.order_id = f.order_id AND (x.last_seen, x.first_seen) > (f.last_seen, f.first_seen))
			AND NOT EXISTS (SELECT 1 FROM reviews_documents d WHERE d.stream = 'seller_feedback' AND d.market IN ('', f.market) AND d.observed > f.last_seen AND f.day > d.first_day AND f.day < d.last_day)`},
		"transactions": {6, `SELECT m.name, l.day, l.at, l.type, l.order_id, coalesce(k.name, ''), l.class, l.qty, l.product_sales, l.selling_fees, l.fba_fees, l.other_fees, l.promotions, l.other, l.total, c.name
			FROM sales_live l JOIN sales_live_version v USING (id, content) JOIN sales_marketplace m ON m.id = l.mkt JOIN sales_word c ON c.id = l.currency LEFT JOIN sales_sku k ON k.id = l.sku_id
			WHERE NOT EXISTS (SELECT 1 FROM sales_live_version x WHERE x.id = v.id AND (x.last_at, x.content) > (v.last_at, v.content))`},
		"settlements": {2, `SELECT m.name, s.id, s.start_at, s.end_at, s.total, c.name,
			(SELECT sum(l.amount) FROM sales_settlement_line l WHERE l.settlement_id = s.id)
			FROM sales_settlement s JOIN sales_marketplace m ON m.id = s.mkt JOIN sales_word c ON c.id = s.currency`},
	}
}

// storedQuery is a query of which so many columns are the key.
type storedQuery struct {
	key int
	sql string
}

// read gives the rows of a query; equal keys are numbered.
func (q storedQuery) read(ctx context.Context, db *sql.DB) (told, error) {
	rows, err := db.QueryContext(ctx, q.sql)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	out := told{}
	for rows.Next() {
		cells, to := make([]any, len(names)), make([]any, len(names))
		for i := range cells {
			to[i] = &cells[i]
		}
		if err := rows.Scan(to...); err != nil {
			return nil, err
		}
		out.add(row(cells[:q.key]...), row(cells[q.key:]...))
	}
	return out, rows.Err()
}

// add puts a row in. Where rows have one key in common, what they say is gathered in the order of the texts.
func (t told) add(key, text string) {
	have, ok := t[key]
	if !ok {
		t[key] = text
		return
	}
	all := append(strings.Split(have, "\n"), text)
	for i := len(all) - 1; i > 0 && all[i] < all[i-1]; i-- {
		all[i], all[i-1] = all[i-1], all[i]
	}
	t[key] = strings.Join(all, "\n")
}

// inDays keeps the rows whose second word of the key, a day, lies in the period of their first, a marketplace.
func (t told) inDays(of map[string]core.Period) told {
	out := told{}
	for k, v := range t {
		cells := strings.SplitN(k, " | ", 3)
		var day core.Day
		if _, err := fmt.Sscan(cells[1], (*int32)(&day)); err != nil {
			out["not a day: "+k] = v
			continue
		}
		if p, ok := of[cells[0]]; ok && p.Contains(day) {
			out[k] = v
		}
	}
	return out
}

// exported gives the rows of an export, the newest version of each day, as the pages read it.
func exported(ctx context.Context, all []module.Export, name string, key int) (told, error) {
	for _, e := range all {
		if e.Name != name {
			continue
		}
		out := told{}
		err := e.Rows(ctx, core.Period{From: core.Date(2024, time.January, 1), To: core.Date(2030, time.January, 1)}, func(cells []any) error {
			day, err := core.ParseDay(fmt.Sprint(cells[0]))
			if err != nil {
				return err
			}
			cells[0], cells[1] = cells[1], int32(day)
			out.add(row(cells[:key]...), row(cells[key:]...))
			return nil
		})
		return out, err
	}
	return nil, fmt.Errorf("there is no export %q", name)
}
