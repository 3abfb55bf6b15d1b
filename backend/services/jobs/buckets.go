package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"sync"
	"time"

	"purser/backend/platform/clock"
	"purser/backend/platform/ratelimit"
	"purser/backend/platform/sqlite"
)

// bucketsEvery is how often buckets are written: more often would write the file for each request.
const bucketsEvery = 5 * time.Second

// Buckets is a ratelimit.Store. What it is told is written a few seconds later together, by Run and by nobody who asks
// for a token: they must not wait for the one writer of the file. Run writes at the end what is left.
type Buckets struct {
	db    *sqlite.DB
	q     sqlite.Queries
	clock clock.Clock

	stored map[string]ratelimit.Bucket // as they were at the start
	err    error                       // why they could not be read

	writing sync.Mutex // one write at a time, so that none goes back behind another

	mu      sync.Mutex // never held while anything is waited for
	pending map[string]ratelimit.Bucket
	written time.Time
}

// NewBuckets opens the store before the engine is: a limiter is needed to make the APIs that Open is given.
func NewBuckets(ctx context.Context, db *sqlite.DB, clk clock.Clock) (*Buckets, error) {
	q, err := prepare(ctx, db)
	if err != nil {
		return nil, err
	}
	b := &Buckets{db: db, q: q, clock: clk, pending: map[string]ratelimit.Bucket{}}
	b.stored, b.err = b.read(ctx)
	return b, nil
}

func (b *Buckets) read(ctx context.Context) (map[string]ratelimit.Bucket, error) {
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

// Load implements ratelimit.Store.
func (b *Buckets) Load() (map[string]ratelimit.Bucket, error) { return b.stored, b.err }

// Note implements ratelimit.Store.
func (b *Buckets) Note(changed map[string]ratelimit.Bucket) {
	b.mu.Lock()
	defer b.mu.Unlock()
	maps.Copy(b.pending, changed)
}

// Flush writes what was not written yet.
func (b *Buckets) Flush(ctx context.Context) error { return b.flush(ctx, true) }

func (b *Buckets) flush(ctx context.Context, all bool) error {
	b.writing.Lock()
	defer b.writing.Unlock()
	now := b.clock.Now()
	b.mu.Lock()
	batch := b.pending
	if len(batch) == 0 || !all && now.Sub(b.written).Abs() < bucketsEvery {
		b.mu.Unlock()
		return nil
	}
	b.pending = map[string]ratelimit.Bucket{}
	b.mu.Unlock()
	err := b.db.Write(ctx, func(tx *sql.Tx) error {
		for k, v := range batch {
			if _, err := tx.ExecContext(ctx, b.q["SaveBucket"], k, v.Tokens, toMS(v.At), v.PerSecond); err != nil {
				return err
			}
		}
		return nil
	})
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		maps.Copy(batch, b.pending) // what came meanwhile is newer
		b.pending = batch
		return fmt.Errorf("keep quotas: %w", err)
	}
	b.written = now
	return nil
}

// due is when there is something to write; zero: there is nothing.
func (b *Buckets) due() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.pending) == 0 {
		return time.Time{}
	}
	return b.written.Add(bucketsEvery)
}
