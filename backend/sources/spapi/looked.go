package spapi

import (
	"sync"
	"time"
)

// keepLooked is for how long dry runs use again what was read of an order: a preview of many takes minutes by Amazon's
// quota, and the approval prepares them all once more. Right before a request is sent everything is asked anew.
const keepLooked = 10 * time.Minute

// looked is what dry runs have read of orders, by marketplace and order.
type looked struct {
	orders  recent[Order]
	offered recent[bool]
}

// recent keeps what was read a while ago. It is safe for concurrent use.
type recent[T any] struct {
	mu  sync.Mutex
	all map[string]glance[T]
}

type glance[T any] struct {
	what T
	at   time.Time
}

func (r *recent[T]) of(key string, now time.Time) (T, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m, ok := r.all[key]
	return m.what, ok && now.Sub(m.at).Abs() < keepLooked
}

// keep also drops what is too old.
func (r *recent[T]) keep(key string, what T, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.all == nil {
		r.all = map[string]glance[T]{}
	}
	for k, m := range r.all {
		if now.Sub(m.at).Abs() >= keepLooked {
			delete(r.all, k)
		}
	}
	r.all[key] = glance[T]{what, now}
}

func (r *recent[T]) forget(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.all, key)
}
