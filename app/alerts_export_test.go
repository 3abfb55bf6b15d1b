package app

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"purser/backend/core/channel"
	"purser/backend/platform/eventbus"
	"purser/backend/services/decisions"
	"purser/backend/services/notifications"
)

// Hands is a clock that a test moves.
type Hands struct {
	mu sync.Mutex
	at time.Time
}

// Now implements clock.Clock.
func (h *Hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at.UTC()
}

// Set moves the clock.
func (h *Hands) Set(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = at
}

// Life is an open data folder that a test lives through, day by day, with what a person would be told.
type Life struct {
	*Desk
	Clock *Hands
}

// OpenLife opens a folder whose notifications go to a channel; the person's day begins in the zone.
func OpenLife(tb testing.TB, dir string, now time.Time, zone *time.Location, to channel.Channel) *Life {
	tb.Helper()
	hands := &Hands{at: now}
	s, err := openSession(tb.Context(), sessionConfig{
		dir: dir, write: true, log: slog.New(slog.DiscardHandler), clk: hands, bus: &eventbus.Bus{}, modules: Modules(),
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.close(); err != nil {
			tb.Error(err)
		}
	})
	s.notices, err = notifications.New(tb.Context(), notifications.Options{
		DB: s.ledger, Clock: hands, Log: slog.New(slog.DiscardHandler), Channels: []channel.Channel{to}, Zone: zone,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return &Life{Desk: &Desk{s: s}, Clock: hands}
}

// Evaluate does what the running app does when data changed or a day began.
func (l *Life) Evaluate(ctx context.Context) error { return l.s.evaluate(ctx) }

// Tick does what the running app does every minute.
func (l *Life) Tick(ctx context.Context) error { return l.s.notices.Tick(ctx) }

// Open lists what waits for a person.
func (l *Life) Open(ctx context.Context) ([]decisions.Pending, error) {
	return l.s.decisions.ListOpen(ctx)
}

// Sent lists the messages sent since an instant, oldest first.
func (l *Life) Sent(ctx context.Context, since time.Time) ([]notifications.Message, error) {
	return l.s.notices.Messages(ctx, since)
}
