package app

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"purser/backend/core/module"
	"purser/backend/platform/eventbus"
	"purser/backend/services/dashboards"
	"purser/backend/services/ingest"
	"purser/backend/services/retention"
	"purser/backend/sources/simulator"
)

// Moving is a clock that a test sets.
type Moving struct {
	mu  sync.Mutex
	now time.Time
}

// Now implements clock.Clock.
func (m *Moving) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Set sets it.
func (m *Moving) Set(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = t
}

// Kept is an open data folder in which what is too old is let go.
type Kept struct {
	Retention *retention.API
	Pages     *dashboards.API
	Ingest    *ingest.API
	Exports   []module.Export
	s         *session
}

// OpenKept opens a folder; it is closed with the test.
func OpenKept(tb testing.TB, dir string, clk *Moving) *Kept {
	tb.Helper()
	s, err := openSession(tb.Context(), sessionConfig{
		dir: dir, write: true, log: slog.New(slog.DiscardHandler), clk: clk, bus: &eventbus.Bus{}, modules: Modules(),
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.close(); err != nil {
			tb.Error(err)
		}
	})
	k := &Kept{Retention: &retention.API{}, Pages: &dashboards.API{}, Ingest: &ingest.API{}, s: s}
	retention.Attach(s.ctx, k.Retention, s.retention, nil)
	dashboards.Attach(s.ctx, k.Pages, s.pages)
	ingest.Attach(s.ctx, k.Ingest, s.ingest, s.tree.Go, func(ingest.Job) {})
	k.Exports = s.host.Exports()
	return k
}

// Load imports the documents of a simulated seller that want picks, as an API's where fetched says so.
func (k *Kept) Load(ctx context.Context, o simulator.Options, want, fetched func(i int) bool) error {
	var docs []ingest.Document
	i := 0
	for f := range simulator.New(o).Documents() {
		if want(i) {
			docs = append(docs, ingest.Document{File: f, Options: simulator.OptionsFor(f), API: fetched(i)})
		}
		i++
	}
	_, err := k.s.ingest.ImportDocuments(ctx, docs, func(string, int, int) {})
	return err
}

// Audit is what the audit says last of a subject.
func (k *Kept) Audit(ctx context.Context, subject string) (string, error) {
	return k.s.decisions.LastOf(ctx, subject)
}

// Dir is the folder.
func (k *Kept) Dir() string { return k.s.dir }
