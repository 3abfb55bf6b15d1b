package modulehost

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sort"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

type cacheKey struct {
	module  string
	asOf    core.Day
	version int64
}

// cells bounds what is kept of modules' facts, in values; a value takes about 200 bytes. A year of past days that rules are
// tried on would take a gigabyte otherwise.
const cells = 1_000_000

// keep puts columns into the cache. Where there is no room, other days make it; h.mu is held.
func (h *Host) keep(key cacheKey, cols []fact.Column) {
	n := 0
	for _, c := range cols {
		n += len(c.Values)
	}
	if h.cached+n > cells {
		for k := range h.cache {
			if k.asOf != key.asOf {
				delete(h.cache, k)
			}
		}
		h.cached = 0
		for _, kept := range h.cache {
			for _, c := range kept {
				h.cached += len(c.Values)
			}
		}
	}
	h.cache[key] = cols
	h.cached += n
}

// Definitions lists every declared fact, of running modules and of others.
func (h *Host) Definitions() []fact.Definition {
	var out []fact.Definition
	for _, s := range h.slots {
		out = append(out, s.mf.Facts...)
	}
	return out
}

// Columns answers facts of any modules. A module that is not running answers nothing: its
// facts are absent, and Reason says why.
func (h *Host) Columns(ctx context.Context, q fact.Query) ([]fact.Column, error) {
	byModule := map[string][]string{}
	for _, n := range q.Names {
		mod, _, _ := strings.Cut(n, ".")
		byModule[mod] = append(byModule[mod], n)
	}
	var out []fact.Column
	for _, s := range h.slots {
		names, wanted := byModule[s.mf.Name]
		if len(q.Names) > 0 && !wanted {
			continue
		}
		cols, err := h.columnsOf(ctx, s, q.AsOf)
		if err != nil {
			h.deps.Log.LogAttrs(ctx, slog.LevelWarn, "Facts not answered",
				slog.String("module", s.mf.Name), slog.String("error", err.Error()))
			continue
		}
		out = append(out, pick(cols, names, q.Subject)...)
	}
	return out, nil
}

func pick(cols []fact.Column, names []string, subject string) []fact.Column {
	want := map[string]bool{}
	for _, n := range names {
		want[n] = true
	}
	var out []fact.Column
	for _, c := range cols {
		if len(names) > 0 && !want[c.Name] {
			continue
		}
		if subject != "" {
			v, ok := c.Values[subject]
			c = fact.Column{Name: c.Name, Values: map[string]fact.Value{}}
			if ok {
				c.Values[subject] = v
			}
		}
		out = append(out, c)
	}
	return out
}

type askingKey struct{}

// columnsOf answers all facts of one module, from the cache when nothing changed.
func (h *Host) columnsOf(ctx context.Context, s *slot, asOf core.Day) ([]fact.Column, error) {
	p, ok := s.m.(fact.Provider)
	if !ok {
		return nil, nil
	}
	if up, why := h.usable(s); !up {
		return nil, core.Unavailable(s.mf.Name, s.mf.Title+" is not running: "+why, nil)
	}
	asking, _ := ctx.Value(askingKey{}).([]string)
	for _, a := range asking {
		if a == s.mf.Name {
			return nil, fmt.Errorf("facts go in a circle: %s", strings.Join(append(asking, s.mf.Name), " → "))
		}
	}
	h.mu.Lock()
	key := cacheKey{s.mf.Name, asOf, h.version}
	cols, ok := h.cache[key]
	h.mu.Unlock()
	if ok {
		return cols, nil
	}
	ctx = context.WithValue(ctx, askingKey{}, append(append([]string(nil), asking...), s.mf.Name))
	err := h.call(s, func() (err error) {
		cols, err = p.Facts(ctx, fact.Query{AsOf: asOf})
		return err
	})
	if err != nil {
		return nil, err
	}
	withholdLater(cols, asOf)
	h.mu.Lock()
	defer h.mu.Unlock()
	if key.version == h.version {
		h.keep(key, cols)
	}
	return cols, nil
}

// withholdLater makes every value missing that speaks of a later day than asked about. Modules
// answer with the first they know where nothing older is kept, and say so; a stock count or a
// stranded listing of weeks later must not decide anything on that day. One day more is allowed:
// the account's day is that of its westernmost marketplace, and Japan's begins before it.
func withholdLater(cols []fact.Column, asOf core.Day) {
	for _, c := range cols {
		for subject, v := range c.Values {
			if v.Known() && v.AsOf > asOf+1 {
				c.Values[subject] = fact.Value{Maturity: fact.Missing, Source: v.Source, Note: "first known on " + v.AsOf.String()}
			}
		}
	}
}

// Reason says why a fact's module cannot answer; "" if it runs.
func (h *Host) Reason(factName string) string {
	mod, _, _ := strings.Cut(factName, ".")
	s := h.find(mod)
	if s == nil {
		return "no module " + mod
	}
	if up, why := h.usable(s); !up {
		return s.mf.Title + " is not running: " + why
	}
	return ""
}

// Daily answers a daily series of any module.
func (h *Host) Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	mod, _, _ := strings.Cut(series, ".")
	s := h.find(mod)
	if s == nil {
		return nil, core.NotFound("modulehost", "There is no series "+series+".")
	}
	if up, why := h.usable(s); !up {
		return nil, core.Unavailable(mod, s.mf.Title+" is not running: "+why, nil)
	}
	d, ok := s.m.(fact.DailyProvider)
	if !ok {
		return nil, core.NotFound(mod, s.mf.Title+" has no daily series.")
	}
	var out []fact.Series
	err := h.call(s, func() (err error) {
		out, err = d.Daily(ctx, series, subject, p, asOf)
		return err
	})
	return out, err
}

// Exports lists what the running modules can write out.
func (h *Host) Exports() []module.Export {
	var out []module.Export
	for _, s := range h.slots {
		e, ok := s.m.(module.Exporter)
		if up, _ := h.usable(s); !ok || !up {
			continue
		}
		out = append(out, e.Exports()...)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// hostOf is the module.Host of one module.
func (h *Host) hostOf(s *slot) module.Host { return &access{h, s} }

type access struct {
	h *Host
	s *slot
}

var _ module.Host = (*access)(nil)

func (a *access) DB() *sql.DB { return a.h.deps.Market.Reader() }
func (a *access) Write(ctx context.Context, fn func(*sql.Tx) error) error {
	return a.h.deps.Market.Write(ctx, fn)
}

func (a *access) Log() *slog.Logger {
	return a.h.deps.Log.With(slog.String("module", a.s.mf.Name))
}
func (a *access) Now() time.Time          { return a.h.deps.Clock.Now() }
func (a *access) Catalog() module.Catalog { return a.h.deps.Catalog }

func (a *access) Facts(ctx context.Context, q fact.Query) ([]fact.Column, error) {
	return a.h.Columns(ctx, q)
}

func (a *access) Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	return a.h.Daily(ctx, series, subject, p, asOf)
}
func (a *access) Orders() module.OrderDirectory { return a.h }

func (a *access) Kind(name string) (source.Kind, bool) {
	k, ok := a.h.kinds[name]
	return k, ok
}

// OrderSKUs implements module.OrderDirectory with the first running module that keeps one.
func (h *Host) OrderSKUs(ctx context.Context, ids []string) (map[string][]module.OrderItem, error) {
	for _, s := range h.slots {
		d, ok := s.m.(module.OrderDirectory)
		if up, _ := h.usable(s); !ok || !up {
			continue
		}
		var out map[string][]module.OrderItem
		err := h.call(s, func() (err error) {
			out, err = d.OrderSKUs(ctx, ids)
			return err
		})
		return out, err
	}
	return map[string][]module.OrderItem{}, nil
}
