package sales

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/modules/sales/internal/daypack"
)

// OrderSKUs implements module.OrderDirectory: it finds the day of each order, then its lines.
func (m *Module) OrderSKUs(ctx context.Context, orderIDs []string) (map[string][]module.OrderItem, error) {
	out := map[string][]module.OrderItem{}
	db := m.h.DB()
	ids, err := m.orderNumbers(ctx, db, orderIDs)
	if err != nil || len(ids) == 0 {
		return out, err
	}
	places, err := m.orderDays(ctx, db, slices.Sorted(maps.Keys(ids)))
	if err != nil || len(places) == 0 {
		return out, err
	}
	n, err := m.readNames(ctx, m.h.DB())
	if err != nil {
		return nil, err
	}
	return out, m.readOrders(ctx, places, ids, n, out)
}

// orderDays finds the days of orders, as pairs of day and order number.
func (m *Module) orderDays(ctx context.Context, db querier, ask []int64) ([][2]int64, error) {
	rows, err := db.QueryContext(ctx, m.q["DayOrders"])
	if err != nil {
		return nil, fmt.Errorf("find orders: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out [][2]int64
	for rows.Next() {
		var day core.Day
		var blob []byte
		if err := rows.Scan(&day, &blob); err != nil {
			return nil, fmt.Errorf("find orders: %w", err)
		}
		err := daypack.FindOrders(day, blob, ask, func(id int64) { out = append(out, [2]int64{int64(day), id}) })
		if err != nil {
			return nil, err
		}
	}
	return out, rows.Err()
}

// orderNumbers turns ids into the numbers they are stored under; unknown ones are left out.
func (m *Module) orderNumbers(ctx context.Context, db querier, ids []string) (map[int64]string, error) {
	out := make(map[int64]string, len(ids))
	var odd []string
	for _, id := range ids {
		if number, ok := packOrderID(id); ok {
			out[number] = id
		} else {
			odd = append(odd, id)
		}
	}
	if len(odd) == 0 {
		return out, nil
	}
	list, err := json.Marshal(odd)
	if err != nil {
		return nil, fmt.Errorf("list orders: %w", err)
	}
	rows, err := db.QueryContext(ctx, m.q["FindOrder"], string(list))
	if err != nil {
		return nil, fmt.Errorf("find orders: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		var id int64
		if err := rows.Scan(&name, &id); err != nil {
			return nil, fmt.Errorf("find orders: %w", err)
		}
		out[-id] = name
	}
	return out, rows.Err()
}

func (m *Module) readOrders(ctx context.Context, places [][2]int64, ids map[int64]string, n names, out map[string][]module.OrderItem) error {
	list, err := json.Marshal(places)
	if err != nil {
		return fmt.Errorf("list orders: %w", err)
	}
	rows, err := m.h.DB().QueryContext(ctx, m.q["OrderSKUs"], string(list))
	if err != nil {
		return fmt.Errorf("read orders: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var order, mkt, sku int64
		if err := rows.Scan(&order, &mkt, &sku); err != nil {
			return fmt.Errorf("read orders: %w", err)
		}
		id := ids[order]
		out[id] = append(out[id], module.OrderItem{Marketplace: n.mkts[mkt], SKU: core.SKU(n.skus[sku])})
	}
	return rows.Err()
}

// Stamps implements module.Stamper.
func (m *Module) Stamps(ctx context.Context) ([]fact.Stamp, error) {
	rows, err := m.h.DB().QueryContext(ctx, m.q["Stamps"])
	if err != nil {
		return nil, fmt.Errorf("read stamps: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []fact.Stamp
	for rows.Next() {
		var s fact.Stamp
		var at int64
		if err := rows.Scan(&s.Kind, &at, &s.Through); err != nil {
			return nil, fmt.Errorf("read stamps: %w", err)
		}
		s.ObservedAt = time.Unix(at, 0).UTC()
		out = append(out, s)
	}
	return out, rows.Err()
}
