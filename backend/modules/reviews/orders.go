package reviews

import (
	"context"
	"fmt"
	"sync"

	"purser/backend/core/module"
)

// maxCachedOrders bounds the memory of the order cache.
const maxCachedOrders = 100_000

// orderCache remembers which SKUs orders held, so that looking at several days in a row
// asks for each order once. It is emptied whenever data comes in.
type orderCache struct {
	mu    sync.Mutex
	items map[string][]module.OrderItem
}

func (c *orderCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items = nil
}

// orderItems looks up the SKUs of orders; unknown orders are absent.
func (m *Module) orderItems(ctx context.Context, ids []string) (map[string][]module.OrderItem, error) {
	m.orders.mu.Lock()
	defer m.orders.mu.Unlock()
	if m.orders.items == nil || len(m.orders.items) > maxCachedOrders {
		m.orders.items = map[string][]module.OrderItem{}
	}
	out := make(map[string][]module.OrderItem, len(ids))
	var ask []string
	for _, id := range ids {
		if it, ok := m.orders.items[id]; ok {
			out[id] = it
		} else if id != "" {
			ask = append(ask, id)
		}
	}
	if len(ask) == 0 {
		return out, nil
	}
	found, err := m.host.Orders().OrderSKUs(ctx, ask)
	if err != nil {
		return nil, fmt.Errorf("reviews: look up orders: %w", err)
	}
	for id, it := range found {
		m.orders.items[id], out[id] = it, it
	}
	return out, nil
}
