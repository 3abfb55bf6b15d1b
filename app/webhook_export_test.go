package app

import (
	"context"
	"testing"

	"purser/backend/platform/keychain"
	"purser/backend/platform/supervise"
)

// Hook is where messages go, for tests.
type Hook struct{ w webhook }

// NewHook keeps its address in dir and its secret in the keychain.
func NewHook(tb testing.TB, dir string, demo bool) Hook {
	tb.Helper()
	tree := supervise.New(context.Background(), "test")
	tb.Cleanup(tree.Stop)
	return Hook{webhook{dir: dir, demo: demo, keys: keychain.New("purser-test", tree)}}
}

// Set sets the address.
func (h Hook) Set(ctx context.Context, address string) (WebhookOutput, error) {
	return h.w.set(ctx, address)
}

// Output is what the settings show.
func (h Hook) Output(ctx context.Context) WebhookOutput { return h.w.output(ctx) }

// Target is what is sent to, and the secret.
func (h Hook) Target(ctx context.Context) (address, secret string, err error) { return h.w.target(ctx) }
