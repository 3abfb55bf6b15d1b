package reviews

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
)

// Exports lists the tables that can be written out, on what is known now.
func (m *Module) Exports() []module.Export {
	return []module.Export{
		{
			Name: "reviews.returns_daily", Title: "Returned units by day and SKU",
			Columns: []string{"day", "marketplace", "sku", "returned_units"}, Rows: m.exportReturns,
		},
		{
			Name: "reviews.feedback", Title: "Seller feedback",
			Columns: []string{"day", "marketplace", "order_id", "skus", "rating", "comment", "response"}, Rows: m.exportFeedback,
		},
	}
}

func (m *Module) exportReturns(ctx context.Context, p core.Period, yield func([]any) error) error {
	r, err := m.open(ctx, math.MaxInt32-1)
	if err != nil {
		return err
	}
	if err := m.readReturns(ctx, r, p); err != nil {
		return err
	}
	type key struct {
		day         core.Day
		market, sku string
	}
	sums := map[key]int64{}
	var keys []key
	for _, u := range r.units {
		k := key{u.day, u.market, u.sku}
		if _, ok := sums[k]; !ok {
			keys = append(keys, k)
		}
		sums[k] += u.quantity
	}
	slices.SortFunc(keys, func(a, b key) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.market, b.market), cmp.Compare(a.sku, b.sku))
	})
	for _, k := range keys {
		if err := yield([]any{k.day.String(), k.market, k.sku, sums[k]}); err != nil {
			return err
		}
	}
	return nil
}

func (m *Module) exportFeedback(ctx context.Context, p core.Period, yield func([]any) error) error {
	r, err := m.open(ctx, math.MaxInt32-1)
	if err != nil {
		return err
	}
	if err := m.readFeedback(ctx, r, p); err != nil {
		return err
	}
	for _, o := range r.opinions {
		row := []any{o.day.String(), o.market, o.order, strings.Join(o.skus, ", "), int64(o.rating), o.comment, o.response}
		if err := yield(row); err != nil {
			return err
		}
	}
	return nil
}

// Stamps says how far each kind of report goes.
func (m *Module) Stamps(ctx context.Context) ([]fact.Stamp, error) {
	rows, err := m.host.DB().QueryContext(ctx, m.q["Stamps"])
	if err != nil {
		return nil, fmt.Errorf("reviews: read stamps: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []fact.Stamp
	for rows.Next() {
		var s fact.Stamp
		var at int64
		if err := rows.Scan(&s.Kind, &at, &s.Through); err != nil {
			return nil, fmt.Errorf("reviews: read stamps: %w", err)
		}
		s.ObservedAt = time.Unix(at, 0).UTC()
		out = append(out, s)
	}
	return out, rows.Err()
}
