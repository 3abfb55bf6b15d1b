package app

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"testing"
	"time"

	"purser/backend/platform/clock"
	"purser/backend/platform/eventbus"
	"purser/backend/services/retention"
)

var eraseTime = time.Date(2026, 11, 26, 15, 0, 0, 0, time.UTC)

// noKeychain is env with a keychain that only notes what it is to forget.
func noKeychain(root string, out, errs io.Writer, note func(string)) *env {
	return &env{
		dataDir: root, out: out, err: errs, clk: clock.Fixed(eraseTime), modules: Modules,
		forget: func(_ context.Context, entry string) error { note(entry); return nil },
	}
}

// Command runs a command line on a folder, with a keychain of no system.
func Command(ctx context.Context, root string, args ...string) (out, errs string, status int) {
	var o, e lockedBuffer
	status = run(ctx, noKeychain(root, &o, &e, func(string) {}), append(args, "--data-dir", root))
	return o.String(), e.String(), status
}

// OrderErasure stores the order to erase a folder, and does no more.
func OrderErasure(t *testing.T, root string) error {
	t.Helper()
	e := noKeychain(root, io.Discard, io.Discard, func(string) {})
	s, err := openSession(t.Context(), sessionConfig{dir: root, write: true, log: e.logger(), clk: e.clk, bus: &eventbus.Bus{}, modules: Modules()})
	if err != nil {
		return err
	}
	return errors.Join(orderErasure(t.Context(), erasure(root, false, e.clk, e.forget), s, retention.EraseWord, "a test"), s.close())
}

// Erasable is a running program whose folder can be erased.
type Erasable struct {
	App       *API
	Retention *retention.API

	mu        sync.Mutex
	forgotten []string
}

// Forgotten lists what the keychain was to forget.
func (w *Erasable) Forgotten() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.forgotten)
}

// OpenErasable starts the program on a folder, behind the door of the web host; it is stopped with the test.
func OpenErasable(t *testing.T, root string, demo bool) *Erasable {
	t.Helper()
	w := &Erasable{}
	e := noKeychain(root, io.Discard, io.Discard, func(entry string) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.forgotten = append(w.forgotten, entry)
	})
	e.demo = demo
	p, err := e.program("web")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	if err := p.start(ctx); err != nil {
		stop()
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); p.stop(context.Background()) })
	w.App, w.Retention = p.api, p.apiKeep
	return w
}
