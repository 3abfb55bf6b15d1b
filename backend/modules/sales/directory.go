package sales

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
)

// askOrders is how many orders are looked up in one statement.
const askOrders = 2000

// OrderSKUs implements module.OrderDirectory.
func (m *Module) OrderSKUs(ctx context.Context, orderIDs []string) (map[string][]module.OrderItem, error) {
	numbers, err := m.orderNumbers(ctx, orderIDs)
	if err != nil || len(numbers) == 0 {
		return map[string][]module.OrderItem{}, err
	}
	n, err := m.readNames(ctx, m.h.DB())
	if err != nil {
		return nil, err
	}
	out := make(map[string][]module.OrderItem, len(numbers))
	ask := make([]int64, 0, askOrders)
	for number := range numbers {
		if ask = append(ask, number); len(ask) == askOrders {
			if err := m.findOrders(ctx, ask, numbers, n, out); err != nil {
				return nil, err
			}
			ask = ask[:0]
		}
	}
	return out, m.findOrders(ctx, ask, numbers, n, out)
}

// orderNumbers turns ids into the numbers they are stored under; unknown ones are left out.
func (m *Module) orderNumbers(ctx context.Context, ids []string) (map[int64]string, error) {
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
	rows, err := m.h.DB().QueryContext(ctx, m.q["FindOrder"], string(list))
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

func (m *Module) findOrders(ctx context.Context, ask []int64, ids map[int64]string, n names, out map[string][]module.OrderItem) error {
	list, err := json.Marshal(ask)
	if err != nil {
		return fmt.Errorf("list orders: %w", err)
	}
	rows, err := m.h.DB().QueryContext(ctx, m.q["OrderSKUs"], string(list))
	if err != nil {
		return fmt.Errorf("find orders: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var order, mkt, sku int64
		if err := rows.Scan(&order, &mkt, &sku); err != nil {
			return fmt.Errorf("find orders: %w", err)
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
