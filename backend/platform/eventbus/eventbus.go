// Package eventbus tells listeners that something changed; the data itself is in SQLite.
//
// Input: topics such as "changed:sales".
// Output: every listener is called with each topic, in order, in the caller's goroutine.
package eventbus

import "sync"

// Bus carries topics with a small payload. The zero Bus is ready.
type Bus struct {
	mu   sync.Mutex
	next int
	subs map[int]func(topic string, payload any)
}

// Publish calls every listener; listeners must return quickly.
func (b *Bus) Publish(topic string, payload any) {
	b.mu.Lock()
	fns := make([]func(string, any), 0, len(b.subs))
	for i := range b.next {
		if fn, ok := b.subs[i]; ok {
			fns = append(fns, fn)
		}
	}
	b.mu.Unlock()
	for _, fn := range fns {
		fn(topic, payload)
	}
}

// Subscribe adds a listener; the returned function removes it.
func (b *Bus) Subscribe(fn func(topic string, payload any)) (cancel func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.subs == nil {
		b.subs = map[int]func(string, any){}
	}
	id := b.next
	b.next++
	b.subs[id] = fn
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.subs, id)
	}
}
