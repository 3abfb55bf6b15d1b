// Package modulehost starts, supervises and questions the modules.
//
// Input: modules, the market database and the services they may use.
// Output: each module's state with its reason, and facts, series and exports answered across
// modules. A module that fails to start, panics or has a broken migration stops alone.
package modulehost

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
	"purser/backend/platform/supervise"
)

// State of a module.
type State string

// The states.
const (
	Disabled State = "disabled"
	Starting State = "starting"
	Running  State = "running"
	Retrying State = "retrying" // its background work failed and is started again
	Failed   State = "failed"   // it did not start, or a call into it panicked; Retry starts it anew
)

// Status is a module's state as shown to people.
type Status struct {
	Manifest    module.Manifest
	State       State
	Reason      string // why it is not running; empty otherwise
	Since       time.Time
	Recoverable bool
}

// Deps are what the host hands on to modules.
type Deps struct {
	Market  *sqlite.DB
	Catalog module.Catalog
	Clock   clock.Clock
	Log     *slog.Logger
	Kinds   []source.Kind
	// Changed is told when a module changes state; may be nil.
	Changed func(name string)
}

// Host runs modules.
type Host struct {
	deps  Deps
	kinds map[string]source.Kind
	tree  *supervise.Tree

	mu      sync.Mutex
	slots   []*slot
	version int64 // rises with every change of data
	cache   map[cacheKey][]fact.Column
	cached  int // values in cache
	frames  map[frameKey]fact.Frame
}

type slot struct {
	m      module.Module
	mf     module.Manifest
	status Status
	ready  chan struct{} // closed when the first start has ended either way
	once   sync.Once
}

// New prepares a host; nothing runs yet.
func New(d Deps, modules []module.Module) *Host {
	h := &Host{deps: d, kinds: map[string]source.Kind{}, cache: map[cacheKey][]fact.Column{}, frames: map[frameKey]fact.Frame{}}
	for _, k := range d.Kinds {
		h.kinds[k.Name] = k
	}
	for _, m := range modules {
		mf := m.Manifest()
		h.slots = append(h.slots, &slot{
			m: m, mf: mf, ready: make(chan struct{}),
			status: Status{Manifest: mf, State: Starting, Recoverable: true},
		})
	}
	return h
}

// Start migrates and starts every module under supervision and returns at once.
func (h *Host) Start(ctx context.Context) {
	h.tree = supervise.New(ctx, "modules")
	for _, s := range h.slots {
		h.launch(s)
	}
}

// Wait returns when every module has started or failed to, or ctx ends.
func (h *Host) Wait(ctx context.Context) error {
	for _, s := range h.slots {
		select {
		case <-s.ready:
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w", s.mf.Name, ctx.Err())
		}
	}
	return nil
}

// Stop ends the modules' background work.
func (h *Host) Stop() {
	if h.tree != nil {
		h.tree.Stop()
	}
}

func (h *Host) launch(s *slot) {
	h.tree.Add(s.mf.Name, func(ctx context.Context) error {
		if err := h.start(ctx, s); err != nil {
			h.set(s, Failed, err.Error())
			h.deps.Log.LogAttrs(ctx, slog.LevelError, "Module did not start",
				slog.String("module", s.mf.Name), slog.String("error", err.Error()))
			s.once.Do(func() { close(s.ready) })
			return supervise.ErrFinished
		}
		h.set(s, Running, "")
		s.once.Do(func() { close(s.ready) })
		return s.m.Run(ctx)
	}, func(err error) { h.set(s, Retrying, err.Error()) })
}

// start migrates and initialises; panics become errors.
func (h *Host) start(ctx context.Context, s *slot) error {
	return supervise.Guard(s.mf.Name, func() error {
		if err := h.deps.Market.Migrate(ctx, s.mf.Name, s.mf.Migrations); err != nil {
			return err
		}
		if err := s.m.Init(ctx, h.hostOf(s)); err != nil {
			return fmt.Errorf("start %s: %w", s.mf.Name, err)
		}
		return nil
	})
}

func (h *Host) set(s *slot, st State, reason string) {
	h.mu.Lock()
	s.status.State, s.status.Reason, s.status.Since = st, reason, h.deps.Clock.Now()
	h.version++
	h.cache, h.cached = map[cacheKey][]fact.Column{}, 0
	clear(h.frames)
	h.mu.Unlock()
	if h.deps.Changed != nil {
		h.deps.Changed(s.mf.Name)
	}
}

// Retry starts a failed module again.
func (h *Host) Retry(ctx context.Context, name string) error {
	s := h.find(name)
	if s == nil {
		return core.NotFound("modulehost", "There is no module "+name+".")
	}
	if st := h.statusOf(s); st.State != Failed {
		return &core.Error{Code: core.CodeConflict, Module: name, Message: "Module " + name + " is " + string(st.State) + "; only a failed module can be started again."}
	}
	h.set(s, Starting, "")
	if err := h.start(ctx, s); err != nil {
		h.set(s, Failed, err.Error())
		return core.Unavailable(name, "Module "+name+" failed again: "+err.Error(), err)
	}
	h.set(s, Running, "")
	h.tree.Add(s.mf.Name, s.m.Run, func(err error) { h.set(s, Retrying, err.Error()) })
	return nil
}

// Statuses lists the modules in registry order.
func (h *Host) Statuses() []Status {
	out := make([]Status, 0, len(h.slots))
	for _, s := range h.slots {
		out = append(out, h.statusOf(s))
	}
	return out
}

func (h *Host) statusOf(s *slot) Status {
	h.mu.Lock()
	defer h.mu.Unlock()
	return s.status
}

func (h *Host) find(name string) *slot {
	for _, s := range h.slots {
		if s.mf.Name == name {
			return s
		}
	}
	return nil
}

func (h *Host) usable(s *slot) (bool, string) {
	st := h.statusOf(s)
	return st.State == Running || st.State == Retrying, st.Reason
}

// Bump tells the host that data changed, so that cached facts are dropped.
func (h *Host) Bump() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.version++
	h.cache, h.cached = map[cacheKey][]fact.Column{}, 0
	clear(h.frames)
}

// errFailed wraps what went wrong inside a module, so that the caller knows that it was not its own fault.
var errFailed = errors.New("module failed")

// call runs fn on a module; a panic marks the module failed.
func (h *Host) call(s *slot, fn func() error) error {
	err := supervise.Guard(s.mf.Name, fn)
	var p *supervise.PanicError
	if errors.As(err, &p) {
		h.set(s, Failed, p.Error())
		return fmt.Errorf("%w: %w", errFailed, err)
	}
	return err
}

// Consumers lists the modules that take a stream.
func (h *Host) Consumers(st source.Stream) []string {
	var out []string
	for _, s := range h.slots {
		for _, c := range s.mf.Consumes {
			if c == st {
				out = append(out, s.mf.Name)
			}
		}
	}
	return out
}

// Apply hands one batch to one module inside tx, undoing only this module's part on failure.
func (h *Host) Apply(ctx context.Context, tx *sql.Tx, name string, b source.Batch, settle bool) (module.Applied, error) {
	s := h.find(name)
	if s == nil {
		return module.Applied{}, core.NotFound("modulehost", "There is no module "+name+".")
	}
	if ok, why := h.usable(s); !ok {
		return module.Applied{}, core.Unavailable(name, "Module "+name+" is not running: "+why, nil)
	}
	p, ok := s.m.(module.Projector)
	if !ok {
		return module.Applied{}, nil
	}
	var a module.Applied
	err := sqlite.Savepoint(ctx, tx, "apply", func() error {
		return h.call(s, func() (err error) {
			if a, err = p.Apply(ctx, tx, b); err != nil || !settle {
				return err
			}
			return p.Settle(ctx, tx)
		})
	})
	if err != nil {
		return module.Applied{}, fmt.Errorf("%s: %w", name, err)
	}
	return a, nil
}

// Forget empties the tables of every running module, before a rebuild.
func (h *Host) Forget(ctx context.Context, tx *sql.Tx) error {
	for _, s := range h.slots {
		p, ok := s.m.(module.Projector)
		if up, _ := h.usable(s); !ok || !up {
			continue
		}
		if err := h.call(s, func() error { return p.Forget(ctx, tx) }); err != nil {
			return fmt.Errorf("forget %s: %w", s.mf.Name, err)
		}
	}
	return nil
}
