package rules

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// mostCells bounds what the desk keeps, in values; a value takes about 130 bytes.
const mostCells = 1_500_000

// desk keeps the tables that a draft was last tried on, so that each key pressed does not read the facts anew. It is
// safe for concurrent use.
type desk struct {
	version func() int64

	mu      sync.Mutex
	at      int64 // version of the data that the tables are of
	tables  []deskTable
	guards  map[string]*guards // by what they rest on, the addresses of keptFor among it
	keptFor []*compiled
	exprs   map[string]*expression
}

// deskTable is a table of all subjects of a kind; the last used come last.
type deskTable struct {
	kind fact.SubjectKind
	day  core.Day
	tab  *table
}

func newDesk(version func() int64) *desk { return &desk{version: version} }

// fresh forgets everything when the data has changed. The caller holds the lock.
func (d *desk) fresh() {
	if v := d.version(); v != d.at {
		d.at, d.tables, d.guards, d.keptFor = v, nil, nil, nil
	}
}

// find gives a kept table with all these facts, and the facts of the one that lacks some.
func (d *desk) find(kind fact.SubjectKind, day core.Day, names []string) (*table, []string, int64) {
	if d.version == nil {
		return nil, nil, 0
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fresh()
	for i, t := range d.tables {
		if t.kind != kind || t.day != day {
			continue
		}
		if t.tab.has(names) {
			d.tables = append(slices.Delete(d.tables, i, i+1), t)
			return t.tab, nil, d.at
		}
		var had []string
		for _, c := range t.tab.cols {
			had = append(had, c.def.Name)
		}
		return nil, had, d.at
	}
	return nil, nil, d.at
}

// keep keeps a table in place of the one of the same kind and day; version is that of the data before it was read.
func (d *desk) keep(t *table, version int64) {
	if d.version == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fresh()
	if d.at != version {
		return
	}
	d.tables = slices.DeleteFunc(d.tables, func(o deskTable) bool { return o.kind == t.kind && o.day == t.asOf })
	d.tables = append(d.tables, deskTable{t.kind, t.asOf, t})
	cells := 0
	for i := len(d.tables) - 1; i >= 0; i-- {
		cells += len(d.tables[i].tab.ids) * len(d.tables[i].tab.cols)
		if cells > mostCells && i < len(d.tables)-1 {
			d.tables = slices.Delete(d.tables, 0, i+1)
			return
		}
	}
}

func (t *table) has(names []string) bool {
	for _, n := range names {
		if _, ok := t.colOf[n]; !ok {
			return false
		}
	}
	return true
}

// deskTable reads the facts named of all subjects of a kind, or takes them from the desk. The table may have more
// facts than were asked for.
func (e *Engine) deskTable(ctx context.Context, kind fact.SubjectKind, day core.Day, names []string) (*table, error) {
	t, had, version := e.desk.find(kind, day, names)
	if t != nil {
		return t, nil
	}
	all := slices.Clone(names)
	for _, n := range had {
		if !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	t, err := e.loadTable(ctx, kind, day, all, "")
	if err != nil {
		return nil, err
	}
	e.desk.keep(t, version)
	return t, nil
}

// deskPlans joins the policies of a kind to kept tables, which have the facts named besides as well; earlier days are
// read with what looks back at them alone.
func (e *Engine) deskPlans(ctx context.Context, s *ruleSet, kind fact.SubjectKind, asOf core.Day, besides ...string) ([]*plan, error) {
	var names, past []string
	add := func(to *[]string, facts []string) {
		for _, n := range facts {
			if !slices.Contains(*to, n) {
				*to = append(*to, n)
			}
		}
	}
	for _, c := range s.policies {
		if c.Subject != kind {
			continue
		}
		add(&names, c.facts)
		if c.looksBack() {
			add(&past, c.facts)
		}
	}
	add(&names, besides)
	add(&past, besides)
	tab, err := e.deskTable(ctx, kind, asOf, names)
	if err != nil {
		return nil, err
	}
	history := e.deskDays(ctx, tab, past)
	var out []*plan
	for _, c := range s.policies {
		if c.Subject != kind {
			continue
		}
		p := newPlan(c, tab, s.set[c.Name], c.Version+s.changes[c.Name], e.hooks)
		p.except = s.exceptOn(c.Name, asOf)
		if c.looksBack() {
			p.days = history
		}
		out = append(out, p)
	}
	return out, nil
}

// deskDays gives the day of a table and earlier ones, those with these facts alone.
func (e *Engine) deskDays(ctx context.Context, now *table, names []string) *days {
	return newDays(func(day core.Day) (*table, error) {
		if day == now.asOf {
			return now, nil
		}
		t, err := e.deskTable(ctx, now.kind, day, names)
		if err != nil {
			return nil, err
		}
		return t.like(now), nil
	})
}

// like is the table with its columns in the places that they have in another: a plan finds facts by their place. Columns
// that the table lacks are empty and must not be asked for.
func (t *table) like(o *table) *table {
	out := *t
	out.colOf, out.cols = o.colOf, make([]column, len(o.cols))
	for name, at := range o.colOf {
		if from, ok := t.colOf[name]; ok {
			out.cols[at] = t.cols[from]
		}
	}
	return &out
}

// deskGuards evaluates the guards of a set on a day, or takes what they came to from the desk.
func (e *Engine) deskGuards(ctx context.Context, set *ruleSet, asOf core.Day) (*guards, error) {
	only := set.of(StageGuard)
	var key strings.Builder
	fmt.Fprintf(&key, "%d", asOf)
	for _, c := range only.policies {
		fmt.Fprintf(&key, "|%p %v %v", c, set.set[c.Name], set.exceptOn(c.Name, asOf))
	}
	if g := e.desk.guardsOf(key.String()); g != nil {
		return g, nil
	}
	held := newGuards(set)
	for _, kind := range only.kinds() {
		plans, err := e.deskPlans(ctx, only, kind, asOf)
		if err != nil {
			return nil, err
		}
		if _, err := evaluateTable(ctx, plans, held); err != nil {
			return nil, err
		}
	}
	e.desk.keepGuards(key.String(), only.policies, held)
	return held, nil
}

func (d *desk) guardsOf(key string) *guards {
	if d.version == nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fresh()
	return d.guards[key]
}

// keepGuards keeps only the latest.
func (d *desk) keepGuards(key string, of []*compiled, g *guards) {
	if d.version == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.guards, d.keptFor = map[string]*guards{key: g}, of
}

// mostExpressions bounds how many compiled sides of comparisons the desk keeps.
const mostExpressions = 2000

// expr compiles a part of a condition once; key names what else it rests on. nil where it does not compile on its own.
func (d *desk) expr(key, text string, compile func() *expression) *expression {
	d.mu.Lock()
	x, ok := d.exprs[key+text]
	d.mu.Unlock()
	if ok {
		return x
	}
	x = compile()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.exprs == nil || len(d.exprs) >= mostExpressions {
		d.exprs = map[string]*expression{}
	}
	d.exprs[key+text] = x
	return x
}
