// Package ratelimit keeps to what others allow: token buckets that outlive the program.
//
// Input: a key for each bucket and its rate as published; what answers say of it.
// Output: a token now, or how long until there is one; or a token once there is one, for who can wait.
package ratelimit

import (
	"math"
	"sync"
	"time"

	"purser/backend/platform/clock"
)

// Rate is what one bucket allows: Burst at once, and PerSecond of them come back each second.
type Rate struct {
	PerSecond float64
	Burst     int
}

// Bucket is the state of one bucket as it is stored.
type Bucket struct {
	Tokens    float64   // at At; below zero after a refusal that said how long to wait
	At        time.Time // UTC
	PerSecond float64   // as answers told it; 0: as published
}

// Store keeps buckets over a restart. Everybody who asks for a token waits for both methods: neither may ask a file or
// anything else that may keep it waiting.
type Store interface {
	// Load gives the buckets as they were stored.
	Load() (map[string]Bucket, error)
	// Note takes the buckets that changed, to be stored soon; others stay as they are.
	Note(changed map[string]Bucket)
}

const (
	// mostPerSecond is beyond what any answer says in earnest.
	mostPerSecond = 1000
	// nearly a whole token counts as one: what is lost in rounding must not make anybody wait anew.
	nearly = 1 - 1e-6
	// longestWait stands for "never" where a rate lets nothing through.
	longestWait = 24 * time.Hour
)

// Limiter holds the buckets. It is safe for concurrent use.
type Limiter struct {
	clock clock.Clock
	store Store

	mu      sync.Mutex
	loaded  bool
	careful bool // what was stored could not be read: every bucket begins empty
	buckets map[string]Bucket
	rates   map[string]Rate // as last asked for
}

// New makes a Limiter; a nil store keeps nothing over a restart. Buckets are read at the first use.
func New(clk clock.Clock, st Store) *Limiter {
	return &Limiter{clock: clk, store: st, buckets: map[string]Bucket{}, rates: map[string]Rate{}}
}

// Take takes a token and answers 0, or takes none and says how long until there is one. It waits for nothing.
func (l *Limiter) Take(key string, r Rate) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rates[key] = r
	b, per := l.settle(key, r)
	if b.Tokens < nearly {
		l.buckets[key] = b
		return until(1-b.Tokens, per)
	}
	b.Tokens--
	l.put(key, b)
	return 0
}

// Learn notes the rate that an answer told. Of a bucket that nothing was taken from it keeps nothing.
func (l *Limiter) Learn(key string, perSecond float64) {
	if math.IsNaN(perSecond) || perSecond <= 0 || perSecond > mostPerSecond {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	r, known := l.rates[key]
	if !known || l.buckets[key].PerSecond == perSecond {
		return
	}
	b, _ := l.settle(key, r) // what came back until now came at the rate until now
	b.PerSecond = perSecond
	l.put(key, b)
}

// Throttled notes that a request was refused: the bucket is empty, and stays so for after if that is longer than it
// takes for a token to come back.
func (l *Limiter) Throttled(key string, after time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r, known := l.rates[key]
	if !known { // nobody has said how fast it fills: what came back since is not counted, and the wait is only a guess
		r.PerSecond = 0
	}
	b, per := l.settle(key, r)
	if per <= 0 {
		per = 1
	}
	b.Tokens = min(b.Tokens, 0, 1-per*min(after, longestWait).Seconds())
	l.put(key, b)
}

// Left tells how many tokens a bucket holds and how long until it is full.
func (l *Limiter) Left(key string, r Rate) (tokens float64, full time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rates[key] = r
	b, per := l.settle(key, r)
	return max(b.Tokens, 0), until(burst(r)-b.Tokens, per)
}

// settle gives a bucket as it is now, and its rate. A clock that went back gives nothing back: the time until it is
// again where it was is not counted twice.
func (l *Limiter) settle(key string, r Rate) (Bucket, float64) {
	l.load()
	now := l.clock.Now()
	b, known := l.buckets[key]
	if !known {
		b = Bucket{Tokens: burst(r), At: now}
		if l.careful {
			b.Tokens = 0
		}
	}
	per := r.PerSecond
	if b.PerSecond > 0 {
		per = b.PerSecond
	}
	if gone := now.Sub(b.At); gone > 0 {
		b.Tokens += gone.Seconds() * per
	}
	b.Tokens = min(b.Tokens, burst(r))
	b.At = now
	return b, per
}

// load reads what is stored, once.
func (l *Limiter) load() {
	if l.loaded {
		return
	}
	l.loaded = true
	if l.store == nil {
		return
	}
	stored, err := l.store.Load()
	l.careful = err != nil
	for k, b := range stored {
		if math.IsNaN(b.Tokens) || math.IsInf(b.Tokens, 0) {
			b.Tokens = 0
		}
		l.buckets[k] = b
	}
}

// put keeps a bucket, and has it stored.
func (l *Limiter) put(key string, b Bucket) {
	l.buckets[key] = b
	if l.store != nil {
		l.store.Note(map[string]Bucket{key: b})
	}
}

func burst(r Rate) float64 { return float64(max(r.Burst, 1)) }

// until is how long tokens take to come back, rounded up.
func until(tokens, perSecond float64) time.Duration {
	if tokens <= 0 {
		return 0
	}
	if s := tokens / perSecond; perSecond > 0 && s < longestWait.Seconds() {
		return time.Duration(math.Ceil(s * float64(time.Second)))
	}
	return longestWait
}
