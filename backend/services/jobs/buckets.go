package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"purser/backend/platform/clock"
	"purser/backend/platform/ratelimit"
	"purser/backend/platform/sqlite"
)

// bucketsEvery is how often buckets are written: more often would write the file for each request.
const bucketsEvery = 5 * time.Second

// Buckets is a ratelimit.Store. What it is given is written a few seconds later together; Run writes what is left.
type Buckets struct {
	db    *sqlite.DB
	q     sqlite.Queries
	clock clock.Clock

	mu      sync.Mutex
	pending map[string]ratelimit.Bucket
	written time.Time
}

// NewBuckets opens the store before the engine is: a limiter is needed to make the APIs that Open is given.
func NewBuckets(ctx context.Context, db *sqlite.DB, clk clock.Clock) (*Buckets, error) {
	q, err := prepare(ctx, db)
	if err != nil {
		return nil, err
	}
	return &Buckets{db: db, q: q, clock: clk}, nil
}

// Load implements ratelimit.Store.
func (b *Buckets) Load(ctx context.Context) (map[string]ratelimit.Bucket, error) {
	rows, err := b.db.Reader().QueryContext(ctx, b.q["Buckets"])
	if err != nil {
		return nil, fmt.Errorf("read quotas: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string]ratelimit.Bucket{}
	for rows.Next() {
		var key string
		var v ratelimit.Bucket
		var at int64
		if err := rows.Scan(&key, &v.Tokens, &at, &v.PerSecond); err != nil {
			return nil, fmt.Errorf("read quotas: %w", err)
		}
		v.At = fromMS(at)
		out[key] = v
	}
	return out, rows.Err()
}

// Save implements ratelimit.Store.
func (b *Buckets) Save(ctx context.Context, changed map[string]ratelimit.Bucket) error {
	b.mu.Lock()
	if b.pending == nil {
		b.pending = map[string]ratelimit.Bucket{}
	}
	for k, v := range changed {
		b.pending[k] = v
	}
	b.mu.Unlock()
	return b.flush(ctx, false)
}

// Flush writes what was not written yet.
func (b *Buckets) Flush(ctx context.Context) error { return b.flush(ctx, true) }

func (b *Buckets) flush(ctx context.Context, all bool) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.clock.Now()
	if len(b.pending) == 0 || !all && now.Sub(b.written).Abs() < bucketsEvery {
		return nil
	}
	err := b.db.Write(ctx, func(tx *sql.Tx) error {
		for k, v := range b.pending {
			if _, err := tx.ExecContext(ctx, b.q["SaveBucket"], k, v.Tokens, toMS(v.At), v.PerSecond); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep quotas: %w", err)
	}
	b.pending, b.written = nil, now
	return nil
}
