package app

import (
	"context"
	"log/slog"
	"net/url"
	"path/filepath"
	"strings"
	"sync"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/platform/clock"
	"purser/backend/platform/eventbus"
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

// program is a running Purser with its bound APIs: the desktop window or the web host
// stands on it. It holds one session at a time, the seller's own or the demo.
type program struct {
	door    string
	root    string // the seller's data folder; the demo lives in a folder below
	demo    bool
	log     *slog.Logger
	clk     clock.Clock
	bus     *eventbus.Bus
	modules func() []module.Module
	tree    *supervise.Tree
	ctx     context.Context // the life of the program

	api        *API
	apiModules *modulehost.API
	apiIngest  *ingest.API
	apiCatalog *catalog.API
	apiRules   *rules.API
	apiDecide  *decisions.API
	apiPages   *dashboards.API
	apiNotices *notifications.API
	apiActions *actions.API
	apiAudits  *audits.API

	apiAccounts *accounts.API
	apiJobs     *jobs.API
	apiKeep     *retention.API

	forget func(ctx context.Context, entry string) error // deletes an entry of the keychain

	changing sync.Mutex // held while the session is replaced

	windowCtx context.Context // Wails', to reach the window; nil without a window

	mu  sync.Mutex
	now *session
}

// program prepares a Purser; nothing is opened before start.
func (e *env) program(door string) (*program, error) {
	dir, err := dataDir(e.dataDir)
	if err != nil {
		return nil, err
	}
	p := &program{
		door: door, root: dir, demo: e.demo, log: e.logger(), clk: e.clk, bus: &eventbus.Bus{}, modules: e.modules,
		apiModules: &modulehost.API{}, apiIngest: &ingest.API{}, apiCatalog: &catalog.API{}, apiRules: &rules.API{}, apiDecide: &decisions.API{}, apiPages: &dashboards.API{},
		apiNotices: &notifications.API{}, apiActions: &actions.API{}, apiAudits: &audits.API{},
		forget: e.forgetEntry(), apiAccounts: &accounts.API{}, apiJobs: &jobs.API{}, apiKeep: &retention.API{},
	}
	p.api = &API{p: p}
	return p, nil
}

// bound names the structs whose methods the page may call.
func (p *program) bound() map[string]any {
	return map[string]any{
		"app.API": p.api, "modulehost.API": p.apiModules, "ingest.API": p.apiIngest,
		"catalog.API": p.apiCatalog, "rules.API": p.apiRules, "decisions.API": p.apiDecide, "dashboards.API": p.apiPages,
		"notifications.API": p.apiNotices, "actions.API": p.apiActions, "audits.API": p.apiAudits,
		"accounts.API": p.apiAccounts, "jobs.API": p.apiJobs, "retention.API": p.apiKeep,
	}
}

// start opens the session.
func (p *program) start(ctx context.Context) error {
	p.ctx = ctx
	p.tree = supervise.New(ctx, "program")
	s, err := p.openSession(ctx, p.demo)
	if err != nil {
		return err
	}
	p.use(s)
	if p.demo {
		if demoReady(s.dir, demoDay(s.clk.Now())) {
			return s.evaluate(ctx)
		}
		p.makeDemo(s) // the window shows how far it is
		return nil
	}
	p.tree.Go("resume", func() error {
		_, err := s.ingest.Resume(ctx, func(string, int, int) {})
		return err
	}, func(err error) {
		if err != nil && ctx.Err() == nil {
			p.log.LogAttrs(ctx, slog.LevelError, "Unfinished imports not resumed", slog.String("error", err.Error()))
		}
	})
	return nil
}

func (p *program) openSession(ctx context.Context, demo bool) (*session, error) {
	dir := p.root
	if err := endErasure(ctx, p.root, p.clk, p.forget); err != nil {
		return nil, err
	}
	if demo {
		dir = filepath.Join(dir, "demo")
		if err := clearDemo(dir, demoDay(p.clk.Now())); err != nil {
			return nil, err
		}
	}
	return openSession(ctx, sessionConfig{dir: dir, demo: demo, write: true, notify: p.door == "desktop", log: p.log, clk: p.clk, bus: p.bus, modules: p.modules()})
}

// use attaches the bound APIs to a session and makes it the current one.
func (p *program) use(s *session) {
	p.mu.Lock()
	p.now = s
	p.mu.Unlock()
	modulehost.Attach(s.ctx, p.apiModules, s.host, s.label, s.today)
	ingest.Attach(s.ctx, p.apiIngest, s.ingest, p.tree.Go, func(j ingest.Job) { p.bus.Publish("job:"+j.ID, j) })
	catalog.Attach(s.ctx, p.apiCatalog, s.catalog)
	rules.Attach(s.ctx, p.apiRules, s.rules, s.today, s.changed)
	decisions.Attach(s.ctx, p.apiDecide, s.decisions)
	dashboards.Attach(s.ctx, p.apiPages, s.pages)
	notifications.Attach(s.ctx, p.apiNotices, s.notices)
	actions.Attach(s.ctx, p.apiActions, s.actions, deskAccount{s})
	audits.Attach(s.ctx, p.apiAudits, s.audits)
	accounts.Attach(s.ctx, p.apiAccounts, s.accounts)
	jobs.Attach(s.ctx, p.apiJobs, s.jobs)
	retention.Attach(s.ctx, p.apiKeep, s.retention, eraser{p})
	s.watch()
	s.work()
	s.fetch()
	s.letGo()
	s.changed()
}

func (p *program) current() *session {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

// swap replaces the session by the demo's or the seller's own.
func (p *program) swap(demo bool) error {
	p.changing.Lock()
	defer p.changing.Unlock()
	s, err := p.openSession(p.ctx, demo)
	if err != nil {
		return err
	}
	old := p.current()
	p.demo = demo
	p.use(s)
	return old.close()
}

// stop ends everything in order.
func (p *program) stop(ctx context.Context) {
	if s := p.current(); s != nil {
		if err := s.close(); err != nil {
			p.log.LogAttrs(ctx, slog.LevelWarn, "Not closed cleanly", slog.String("error", err.Error()))
		}
	}
	if p.tree != nil {
		p.tree.Stop()
	}
}

// allowedLink says whether an address may be opened in the browser.
func allowedLink(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" {
		return false
	}
	host := strings.ToLower(u.Hostname())
	for _, m := range core.Marketplaces() {
		d := strings.ToLower(m.Domain)
		for _, sub := range []string{"", "www.", "sellercentral.", "advertising.", "sellercentral-europe."} {
			if host == sub+d {
				return true
			}
		}
	}
	return false
}

// demoUnderWay names the job that makes the demo now; "" and no error means that it was stopped and can be begun again.
func (p *program) demoUnderWay() (string, error) {
	s := p.current()
	if id := s.demoJob(); id != "" {
		return id, nil
	}
	if demoReady(s.dir, demoDay(s.clk.Now())) {
		return "", &core.Error{Code: core.CodeConflict, Module: "app", Message: "The demo seller is open already."}
	}
	return "", nil
}

// demoJob is the job that makes the demo now; "" if none does.
func (s *session) demoJob() string {
	for _, j := range s.ingest.RunningJobs() {
		if j.Kind == "demo" {
			return j.ID
		}
	}
	return ""
}

// startDemo opens the demo seller and loads it as a job.
func (p *program) startDemo() (string, error) {
	if p.demo {
		if id, err := p.demoUnderWay(); id != "" || err != nil {
			return id, err
		}
	} else if err := p.swap(true); err != nil {
		return "", err
	}
	return p.makeDemo(p.current()), nil
}

// makeDemo loads the demo seller as a job and names it.
func (p *program) makeDemo(s *session) string {
	tell := func(j ingest.Job) {
		p.bus.Publish("job:"+j.ID, j)
		if j.State != ingest.JobRunning {
			p.bus.Publish("changed:today", nil)
		}
	}
	return s.ingest.StartJob(s.ctx, "demo", p.tree.Go, tell,
		func(ctx context.Context, pr ingest.Progress) ([]ingest.FileResult, error) {
			out, err := s.loadDemo(ctx, pr)
			if err != nil {
				return out, err
			}
			pr("judge the facts", 0, 0)
			return out, s.evaluate(ctx)
		})
}
