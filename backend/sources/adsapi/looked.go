package adsapi

import (
	"context"
	"encoding/json"

	"purser/backend/core/action"
)

// look lists for who looks for something. Dry runs take the list that another one has read a moment ago.
func look[T any](ctx context.Context, c *Client, a account, r resource, f filter, id func(T) string) ([]T, error) {
	if !action.IsDryRun(ctx) {
		return list(ctx, c, a.region, a.id(), r, f, id)
	}
	asked, err := json.Marshal(f) // keys in order
	if err != nil {
		return nil, err
	}
	key := lookedKey(a, r, string(asked))
	if kept, ok := fresh(c, c.looked, key, keepLooked); ok {
		all, ok := kept.([]T)
		if ok {
			return all, nil
		}
	}
	all, err := list(ctx, c, a.region, a.id(), r, f, id)
	if err != nil {
		return nil, err
	}
	c.dropLooked()
	keep[any](c, c.looked, key, all)
	for _, one := range all {
		keep[any](c, c.looked, lookedKey(a, r, id(one)), one)
	}
	return all, nil
}

// lookedAt gives one thing out of a list that a dry run has read a moment ago. Only dry runs may ask.
func lookedAt[T any](ctx context.Context, c *Client, a account, r resource, id string) (T, bool) {
	var none T
	if !action.IsDryRun(ctx) {
		return none, false
	}
	kept, ok := fresh(c, c.looked, lookedKey(a, r, id), keepLooked)
	if !ok {
		return none, false
	}
	one, ok := kept.(T)
	return one, ok
}

func lookedKey(a account, r resource, what string) string {
	return a.region + " " + a.id() + " " + r.operation + " " + what
}

// dropLooked forgets what is too old to be used.
func (c *Client) dropLooked() {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.o.Clock.Now()
	for key, k := range c.looked {
		if now.Sub(k.at).Abs() >= keepLooked {
			delete(c.looked, key)
		}
	}
}

// forgetLooked forgets all of it, once something is changed.
func (c *Client) forgetLooked() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.looked)
}
