package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/eventbus"
	"purser/backend/platform/sqlite"
	"purser/backend/platform/supervise"
	"purser/backend/services/accounts"
	"purser/backend/services/actions"
	"purser/backend/services/audits"
	"purser/backend/services/catalog"
	"purser/backend/services/dashboards"
	"purser/backend/services/decisions"
	"purser/backend/services/ingest"
	"purser/backend/services/jobs"
	"purser/backend/services/modulehost"
	"purser/backend/services/notifications"
	"purser/backend/services/retention"
	"purser/backend/services/rules"
)

// session is one open data folder with every service on it.
type session struct {
	ctx  context.Context // the life of the session itself
	stop context.CancelFunc
	dir  string
	demo bool
	past time.Duration
	log  *slog.Logger
	clk  clock.Clock
	bus  *eventbus.Bus
	tree *supervise.Tree

	lock           *lock
	market, ledger *sqlite.DB
	host           *modulehost.Host
	catalog        *catalog.Service
	ingest         *ingest.Service
	rules          *rules.Engine
	ruleStore      *rules.Store
	decisions      *decisions.Service
	actions        *actions.Service
	audits         *audits.Service
	audit          soundness
	hook           webhook
	notices        *notifications.Service
	pages          *dashboards.Service
	kinds          map[string]source.Kind

	amazon   *amazon
	buckets  *jobs.Buckets
	practice *practiceHost // of the demo; nil until it is wanted
	accounts *accounts.Service
	jobs     *jobs.Service
	behind   func() []jobs.Behind // what waits for an API that gives nothing
	away     []string             // the same when it was last looked at
	look     chan struct{}        // asks came on or did not: it is to be looked at anew
	vault    accounts.Vault

	retention *retention.Service

	judging sync.Mutex // one evaluation at a time

	mu     sync.Mutex
	labels map[string]string      // subject → title, from the catalog
	items  map[string]module.Item // by subject
	stores []core.Marketplace     // that occur in the catalog
	kick   chan struct{}
	notes  []notifications.Notice // what waits for a person beside decisions
}

// sessionConfig says what to open.
type sessionConfig struct {
	dir     string
	demo    bool
	write   bool // take the folder's lock
	notify  bool // show notifications
	log     *slog.Logger
	clk     clock.Clock
	bus     *eventbus.Bus
	modules []module.Module
	past    time.Duration     // how far back is fetched from Amazon; 0: as far as there is something to be had
	out     http.RoundTripper // what leaves the computer to Amazon goes through it; nil: the network
}

// openSession opens the folder and starts every service; a module that fails does not stop it.
func openSession(parent context.Context, c sessionConfig) (s *session, err error) {
	ctx, stop := context.WithCancel(parent)
	s = &session{
		ctx: ctx, stop: stop, dir: c.dir, demo: c.demo, past: c.past, log: c.log, clk: c.clk, bus: c.bus,
		tree: supervise.New(ctx, "session"), labels: map[string]string{}, kick: make(chan struct{}, 1), look: make(chan struct{}, 1),
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if c.demo {
		s.past = demoPast
	}
	if c.write {
		if s.lock, err = acquire(c.dir); err != nil {
			return s, err
		}
	}
	if s.market, err = sqlite.Open(ctx, filepath.Join(c.dir, "market.db"), sqlite.Options{}); err != nil {
		return s, err
	}
	if s.ledger, err = sqlite.Open(ctx, filepath.Join(c.dir, "ledger.db"), sqlite.Options{Durable: true}); err != nil {
		return s, err
	}
	if err := s.services(ctx, c); err != nil {
		return s, err
	}
	s.host.Start(ctx)
	wait, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if err := s.host.Wait(wait); err != nil {
		s.log.LogAttrs(ctx, slog.LevelWarn, "A module is slow to start", slog.String("error", err.Error()))
	}
	if err := s.relabel(ctx); err != nil {
		return s, err
	}
	return s, nil
}

func (s *session) services(ctx context.Context, c sessionConfig) (err error) {
	files := Files()
	if s.catalog, err = catalog.New(ctx, s.market, s.ledger, s.clk); err != nil {
		return err
	}
	s.host = modulehost.New(modulehost.Deps{
		Market: s.market, Catalog: s.catalog, Clock: s.clk, Log: s.log, Kinds: files.Kinds(),
		Changed: func(string) { s.bus.Publish("changed:modules", nil) },
	}, c.modules)
	s.ingest, err = ingest.New(ctx, ingest.Deps{
		Market: s.market, Source: files, Modules: s.host, Clock: s.clk, Log: s.log,
		Dir: filepath.Join(s.dir, "documents"), Undone: s.catalog.Reset, Changed: s.changed, MarketplaceOf: s.marketplaceOf,
	})
	if err != nil {
		return err
	}
	s.catalog.Changed = s.changed
	if s.ruleStore, err = rules.OpenStore(ctx, s.ledger, s.clk); err != nil {
		return err
	}
	s.kinds = kindsByName(files.Kinds())
	s.rules, err = rules.New(rules.Options{
		Facts: s.host, Relations: s.host, Store: s.ruleStore, Actions: actionKinds(), Label: s.label, Version: s.host.Version, Events: s.happened,
		Progress: func(done, of int) { s.bus.Publish("progress:backtest", map[string]int{"done": done, "of": of}) },
		Kind:     func(name string) (source.Kind, bool) { k, ok := s.kinds[name]; return k, ok },
	})
	if err != nil {
		return err
	}
	if err := s.rules.Reload(ctx); err != nil {
		return err
	}
	s.decisions, err = decisions.Open(ctx, decisions.Options{
		DB: s.ledger, Clock: s.clk, Zone: time.Local, Label: s.label, PolicyTitle: s.rules.PolicyTitle, GroupTitle: s.rules.GroupTitle,
		UnitCost: s.unitCost, Exceptable: s.exceptable, Observed: s.observed, Anchor: filepath.Join(s.dir, anchorFile),
	})
	if err != nil {
		return err
	}
	if err := s.reach(ctx, c.out); err != nil {
		return err
	}
	if err := s.carryOut(ctx); err != nil {
		return err
	}
	if err := s.review(ctx, c.write); err != nil {
		return err
	}
	if err := s.connect(ctx); err != nil {
		return err
	}
	if err := s.limit(ctx); err != nil {
		return err
	}
	s.pages, err = dashboards.New(ctx, dashboards.Options{
		Modules: s.host, Account: account{s}, Ledger: s.ledger, Clock: s.clk, Out: exportDir(s.dir),
		Changed: func() { s.bus.Publish("changed:dashboards", nil) },
	})
	if err != nil {
		return err
	}
	// Nobody waits for this tree: a notification service that hangs must not keep Purser from closing.
	channels := Channels(supervise.New(ctx, "channels"))
	if !c.notify {
		channels = nil
	}
	s.notices, err = notifications.New(ctx, notifications.Options{DB: s.ledger, Clock: s.clk, Log: s.log, Channels: channels, Zone: time.Local})
	return err
}

// close ends every service, newest first.
func (s *session) close() error {
	s.stop()
	if s.host != nil {
		s.host.Stop()
	}
	s.tree.Stop()
	var errs []error
	for _, db := range []*sqlite.DB{s.market, s.ledger} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(append(errs, s.lock.release())...)
}

// changed tells everyone that data changed and asks for a new evaluation.
func (s *session) changed() {
	s.host.Bump()
	if err := s.relabel(s.ctx); err != nil {
		s.log.LogAttrs(s.ctx, slog.LevelWarn, "Names of subjects not read", slog.String("error", err.Error()))
	}
	for _, t := range []string{"changed:ingest", "changed:catalog", "changed:modules", "changed:today"} {
		s.bus.Publish(t, nil)
	}
	select {
	case s.kick <- struct{}{}:
	default: // one is already due
	}
}

// watch evaluates whenever data changed, and when a new day begins.
func (s *session) watch() {
	s.tree.Add("evaluate", func(ctx context.Context) error {
		day := s.today()
		tick := time.NewTicker(time.Minute)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return nil
			case <-s.look:
				s.lookAway()
				continue
			case <-tick.C:
				s.lookAway()
				if err := s.remind(ctx); err != nil && ctx.Err() == nil {
					s.log.LogAttrs(ctx, slog.LevelError, "Secrets not looked at", slog.String("error", err.Error()))
				}
				if err := s.notices.Tick(ctx); err != nil && ctx.Err() == nil {
					s.log.LogAttrs(ctx, slog.LevelError, "Notifications not sent", slog.String("error", err.Error()))
				}
				if s.today() == day {
					continue
				}
				day = s.today()
			case <-s.kick:
			}
			if err := s.evaluate(ctx); err != nil && ctx.Err() == nil {
				s.log.LogAttrs(ctx, slog.LevelError, "Evaluation failed", slog.String("error", err.Error()))
			}
		}
	}, nil)
}

// evaluate judges today's facts, updates the decisions and tells what can't wait.
// One evaluation ends before the next begins: an older one must not undo what a newer one proposed.
func (s *session) evaluate(ctx context.Context) error {
	s.judging.Lock()
	defer s.judging.Unlock()
	run, err := s.rules.Evaluate(ctx, s.today())
	if err != nil {
		return fmt.Errorf("evaluate: %w", err)
	}
	ev := decisions.Evaluation{AsOf: run.AsOf, Proposals: run.Proposals, Cleared: run.Cleared}
	if err := s.audits.Keep(ctx); err != nil { // before what was agreed to is brought up to date
		return fmt.Errorf("keep what was decided: %w", err)
	}
	if _, err := s.decisions.Apply(ctx, ev); err != nil {
		return fmt.Errorf("store decisions: %w", err)
	}
	if err := s.decisions.Anchor(ctx); err != nil {
		s.log.LogAttrs(ctx, slog.LevelWarn, "The audit was not anchored", slog.String("error", err.Error()))
	}
	if err := s.automate(ctx); err != nil {
		s.log.LogAttrs(ctx, slog.LevelError, "What rules may do by themselves was not done", slog.String("error", err.Error()))
	}
	if err := s.rules.KeepTraces(ctx, run); err != nil {
		s.log.LogAttrs(ctx, slog.LevelWarn, "How the policies ended was not kept", slog.String("error", err.Error()))
	}
	s.bus.Publish("changed:decisions", nil)
	s.bus.Publish("changed:rules", nil)
	s.bus.Publish("changed:today", nil)
	return s.tell(ctx)
}

// tell notifies of what waits for a person: what is critical at once, the rest in the morning. What is only worth
// knowing is told nowhere but in the window.
func (s *session) tell(ctx context.Context) error {
	open, err := s.decisions.ListOpen(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	now := slices.Clone(s.notes)
	s.mu.Unlock()
	for _, d := range open {
		p := d.Proposal
		if p.Severity == decision.Info {
			continue
		}
		now = append(now, notifications.Notice{
			Key: d.ID, Cause: s.rules.GroupTitle(p.Policy, p.Case), Title: p.Title, Urgent: p.Severity == decision.Critical,
		})
	}
	return s.notices.Notify(ctx, now)
}

// uploads is where the web host puts files that were dropped in the browser.
func (s *session) uploads() (string, error) {
	dir := filepath.Join(s.dir, "uploads")
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o700)); err != nil {
		return "", fmt.Errorf("make room for uploads: %w", err)
	}
	return dir, nil
}
