package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"

	"purser/backend/core/channel"
	"purser/backend/platform/clock"
	"purser/backend/platform/secrets"
	"purser/backend/platform/sqlite"
	"purser/backend/platform/supervise"
	"purser/backend/services/accounts"
	"purser/backend/services/ingest"
	"purser/backend/services/jobs"
	"purser/backend/services/notifications"
)

// Overheard is Purser as a door runs it, of which everything that it tells is kept.
type Overheard struct {
	Accounts *accounts.API
	Jobs     *jobs.API
	p        *program
	told     *told
}

// told keeps the messages that a person gets.
type told struct {
	mu  sync.Mutex
	all []channel.Message
}

// Name implements channel.Channel.
func (*told) Name() string { return "told" }

// Send implements channel.Channel.
func (t *told) Send(_ context.Context, m channel.Message) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all = append(t.all, m)
	return nil
}

// OpenOverheard opens a folder whose requests to Amazon go through out and whose log is written, at every level, into log.
func OpenOverheard(ctx context.Context, dir string, out http.RoundTripper, log io.Writer) (*Overheard, error) {
	e := &env{dataDir: dir, out: log, err: log, clk: clock.Real{}, verbose: true, modules: Modules}
	p, err := e.program("web")
	if err != nil {
		return nil, err
	}
	p.log = slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug - 4, AddSource: true}))
	p.ctx, p.tree = ctx, supervise.New(ctx, "program")
	s, err := openSession(ctx, sessionConfig{dir: dir, write: true, log: p.log, clk: p.clk, bus: p.bus, modules: Modules(), out: out})
	if err != nil {
		return nil, err
	}
	w := &Overheard{p: p, told: &told{}, Accounts: p.apiAccounts, Jobs: p.apiJobs}
	s.notices, err = notifications.New(ctx, notifications.Options{DB: s.ledger, Clock: s.clk, Log: s.log, Channels: []channel.Channel{w.told}})
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	s.demo = true // now that it is open: no more than two weeks are fetched
	p.use(s)
	return w, nil
}

// Bound are the structs whose methods a page may call.
func (w *Overheard) Bound() map[string]any { return w.p.bound() }

// Messages are what a person got.
func (w *Overheard) Messages() []channel.Message {
	w.told.mu.Lock()
	defer w.told.mu.Unlock()
	return append([]channel.Message(nil), w.told.all...)
}

// Credentials gives what a client is let in with, as the program holds it.
func (w *Overheard) Credentials(ctx context.Context, api, region string) (accounts.Credentials, error) {
	return w.p.current().accounts.Credentials(ctx, api, region)
}

// Passphrase gives a passphrase as the program holds it.
func Passphrase(s string) secrets.Text { return secrets.NewText(s) }

// Import stores documents as if they came from an API.
func (w *Overheard) Import(ctx context.Context, docs ...ingest.Document) ([]ingest.FileResult, error) {
	return w.p.current().ingest.ImportDocuments(ctx, docs, func(string, int, int) {})
}

// Backup copies both databases into a folder.
func (w *Overheard) Backup(ctx context.Context, to string) error {
	s := w.p.current()
	var errs []error
	for name, db := range map[string]*sqlite.DB{"market.db": s.market, "ledger.db": s.ledger} {
		errs = append(errs, db.Copy(ctx, filepath.Join(to, name)))
	}
	return errors.Join(errs...)
}

// Panics has a goroutine panic with a value, and what is told of it written to the log.
func (w *Overheard) Panics(value any) {
	s := w.p.current()
	done := make(chan struct{})
	w.p.tree.Go("panicking", func() error { panic(value) }, func(err error) {
		s.log.LogAttrs(s.ctx, slog.LevelError, "A part of Purser panicked", slog.String("error", err.Error()), slog.Any("cause", err))
		close(done)
	})
	<-done
}

// Close ends it.
func (w *Overheard) Close(ctx context.Context) { w.p.stop(ctx) }
