package sales

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/modules/sales/internal/daypack"
)

// Exports implements module.Exporter. Instants are UTC, RFC 3339; amounts minor units.
func (m *Module) Exports() []module.Export {
	return []module.Export{
		{
			Name: "sales.daily", Title: "Sales per day and SKU",
			Columns: []string{"day", "marketplace", "sku", "units", "sales_minor", "currency"}, Rows: m.exportDaily,
		},
		{
			Name: "sales.market_daily", Title: "Sales per day and marketplace",
			Columns: []string{"day", "marketplace", "units", "sales_minor", "orders", "cancelled_units", "pending_units", "currency", "observed"},
			Rows:    m.export("ExportMarketDays", dayRange, day, text, number, number, number, number, number, text, day),
		},
		{
			Name: "sales.settlements", Title: "Settlements",
			Columns: []string{"settlement_id", "start", "end", "deposit", "total_minor", "lines_minor", "lines", "currency", "marketplace", "document_id"},
			Rows:    m.export("ExportSettlements", instantRange, text, instant, instant, instant, number, number, number, text, text, number),
		},
		{
			Name: "sales.settlement_lines", Title: "Settlement lines",
			Columns: []string{
				"settlement_id", "day", "posted", "marketplace", "transaction_type", "amount_type", "amount_description", "order_id",
				"order_item", "sku", "quantity", "amount_minor", "currency", "document_id", "row",
			},
			Rows: m.export("ExportSettlementLines", dayRange, text, day, instant, text, text, text, text, text, text, text, number, number, text, number, number),
		},
		{
			Name: "sales.transactions", Title: "Transactions",
			Columns: []string{
				"day", "at", "marketplace", "settlement_id", "class", "type", "order_id", "sku", "description", "quantity", "product_sales_minor",
				"selling_fees_minor", "fba_fees_minor", "other_fees_minor", "promotions_minor", "other_minor", "total_minor", "currency", "document_id", "row",
			},
			Rows: m.export("ExportTransactions", dayRange, day, instant, text, text, text, text, text, text, text, number, number, number, number, number,
				number, number, number, text, number, number),
		},
		{
			Name: "sales.reimbursements", Title: "Reimbursements",
			Columns: []string{
				"day", "marketplace", "reimbursement_id", "case_id", "order_id", "reason", "sku", "per_unit_minor", "total_minor", "currency",
				"cash_units", "stock_units", "original_id", "document_id", "row",
			},
			Rows: m.export("ExportReimbursements", dayRange, day, text, text, text, text, text, text, number, number, text, number, number, text, number, number),
		},
		{
			Name: "sales.traffic_daily", Title: "Traffic per day and marketplace",
			Columns: []string{
				"day", "marketplace", "sessions", "page_views", "units", "order_items", "units_refunded", "ordered_sales_minor", "currency",
				"featured_offer_pct", "observed",
			},
			Rows: m.export("ExportTrafficDays", dayRange, day, text, number, number, number, number, number, number, text, share, day),
		},
		{
			Name: "sales.fees", Title: "Fee previews",
			Columns: []string{"marketplace", "sku", "observed", "price_minor", "total_minor", "referral_minor", "fulfilment_minor", "size_tier", "currency"},
			Rows:    m.export("ExportFees", nil, text, text, day, number, number, number, number, text, text),
		},
	}
}

// How a column of a query is written out.
func text(v any) any   { return v }
func number(v any) any { return v }

func day(v any) any {
	n, _ := v.(int64)
	return core.Day(n).String()
}

func instant(v any) any {
	n, _ := v.(int64)
	if n == 0 {
		return nil
	}
	return time.Unix(n, 0).UTC().Format(time.RFC3339)
}

// share is a percentage; Amazon's "none" is negative here.
func share(v any) any {
	if f, _ := v.(float64); f >= 0 {
		return f
	}
	return nil
}

// dayRange are the first and last day of a period; all days if it is empty.
func dayRange(p core.Period) []any {
	if p.To == 0 {
		return []any{int64(math.MinInt32), int64(math.MaxInt32)}
	}
	return []any{int64(p.From), int64(p.To)}
}

// instantRange is the same in Unix seconds, the end not included.
func instantRange(p core.Period) []any {
	if p.To == 0 {
		return []any{int64(math.MinInt64), int64(math.MaxInt64)}
	}
	return []any{p.From.Time().Unix(), (p.To + 1).Time().Unix()}
}

type exportRows = func(ctx context.Context, p core.Period, yield func([]any) error) error

// export writes the rows of a query out, each column by its own function.
func (m *Module) export(query string, args func(core.Period) []any, columns ...func(any) any) exportRows {
	return func(ctx context.Context, p core.Period, yield func([]any) error) error {
		var a []any
		if args != nil {
			a = args(p)
		}
		rows, err := m.h.DB().QueryContext(ctx, m.q[query], a...)
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		defer func() { _ = rows.Close() }()
		return exportEach(rows, columns, yield)
	}
}

func exportEach(rows *sql.Rows, columns []func(any) any, yield func([]any) error) error {
	raw, ptr := make([]any, len(columns)), make([]any, len(columns))
	for i := range raw {
		ptr[i] = &raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(ptr...); err != nil {
			return fmt.Errorf("export: %w", err)
		}
		out := make([]any, len(columns))
		for i, f := range columns {
			out[i] = f(raw[i])
		}
		if err := yield(out); err != nil {
			return err
		}
	}
	return rows.Err()
}

// exportDaily writes the packed days out, as they are known now.
func (m *Module) exportDaily(ctx context.Context, p core.Period, yield func([]any) error) error {
	n, err := m.readNames(ctx, m.h.DB())
	if err != nil {
		return err
	}
	args := dayRange(p)
	rows, err := m.h.DB().QueryContext(ctx, m.q["DayPacks"], args[0], args[1], 0)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := dayRows{names: n, yield: yield}
	for rows.Next() {
		var d marketDay
		var observed core.Day
		var blob []byte
		if err := rows.Scan(&d.day, &d.mkt, &observed, &blob); err != nil {
			return fmt.Errorf("export: %w", err)
		}
		if err := out.add(d, blob); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return out.flush()
}

// dayRows gathers the rows of a day and hands them on in the order of their names.
type dayRows struct {
	names names
	yield func([]any) error
	day   core.Day
	rows  []dayRow
	buf   []daypack.Entry
}

type dayRow struct {
	market, sku, currency string
	units, sales          int64
}

func (o *dayRows) add(d marketDay, blob []byte) (err error) {
	if d.day != o.day {
		if err := o.flush(); err != nil {
			return err
		}
		o.day = d.day
	}
	if o.buf, err = daypack.Decode(d.day, blob, o.buf[:0]); err != nil {
		return err
	}
	for i := range o.buf {
		e := &o.buf[i]
		o.rows = append(o.rows, dayRow{o.names.mkts[d.mkt], o.names.skus[e.SKU], o.names.words[e.Currency], e.Units, e.Sales})
	}
	return nil
}

func (o *dayRows) flush() error {
	slices.SortFunc(o.rows, func(a, b dayRow) int {
		return cmp.Or(cmp.Compare(a.market, b.market), cmp.Compare(a.sku, b.sku), cmp.Compare(a.currency, b.currency))
	})
	for _, r := range o.rows {
		if err := o.yield([]any{o.day.String(), r.market, r.sku, r.units, r.sales, r.currency}); err != nil {
			return err
		}
	}
	o.rows = o.rows[:0]
	return nil
}
