package app

import (
	"log/slog"
	"testing"
	"time"

	"purser/backend/platform/clock"
	"purser/backend/platform/eventbus"
)

// OpenAPI opens a folder behind a door and gives what the window may call; it is closed with the test.
func OpenAPI(t *testing.T, door, dir string, now time.Time) *API {
	t.Helper()
	s, err := openSession(t.Context(), sessionConfig{
		dir: dir, write: true, log: slog.New(slog.DiscardHandler), clk: clock.Fixed(now), bus: &eventbus.Bus{}, modules: Modules(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	return &API{p: &program{door: door, root: dir, clk: clock.Fixed(now), now: s}}
}

// ClosedAPI is the API before a data folder is open.
func ClosedAPI() *API { return &API{p: &program{}} }
