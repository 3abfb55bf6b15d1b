package rules

import (
	"math"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

type slotKind uint8

const (
	slotFact slotKind = iota
	slotConst
	slotClause
	slotSubject
)

type slot struct {
	kind slotKind
	at   int
}

// plan joins a compiled policy to a table: where each name finds its value, with the
// thresholds as they are set now.
type plan struct {
	*compiled
	tab     *table
	slots   map[string]slot
	consts  []ref.Val
	version int
	hooks   hooks
	others  []inhibitor       // of each case, in the order of compiled.cases, flattened
	days    *days             // the days before, for policies that look back; nil for the others
	except  map[string]string // subjects, or subject and case, that the seller took out, with the reason
}

// hooks are what the engine was given to speak of subjects and documents.
type hooks struct {
	label func(subject string) string
	kind  func(name string) (source.Kind, bool)
}

type inhibitor struct {
	caseIndex int
	policy    string
}

func newPlan(c *compiled, tab *table, set map[string]float64, version int, h hooks) *plan {
	p := &plan{compiled: c, tab: tab, slots: map[string]slot{}, version: version, hooks: h}
	for _, name := range c.facts {
		p.slots[name] = slot{slotFact, tab.colOf[name]}
	}
	for _, t := range c.Thresholds {
		name := "threshold." + t.Name
		v, changed := set[t.Name]
		switch {
		case changed:
			p.constant(name, v)
		case t.From != "":
			p.slots[name] = slot{slotFact, tab.colOf[t.From]}
		default:
			p.constant(name, *t.Value)
		}
	}
	for name, at := range c.clause {
		p.slots[name] = slot{slotClause, at}
	}
	for i, n := range subjectNames() {
		p.slots[n] = slot{slotSubject, i}
	}
	for i, cs := range c.cases {
		for _, by := range cs.InhibitedBy {
			p.others = append(p.others, inhibitor{i, by})
		}
	}
	return p
}

func subjectNames() []string {
	return []string{subjectName, subjectLabel, subjectMarketplace, subjectParent}
}

func (p *plan) constant(name string, v float64) {
	p.slots[name] = slot{slotConst, len(p.consts)}
	p.consts = append(p.consts, types.Double(v))
}

// row is one subject of a plan: the activation that CEL asks for values.
// Clauses are evaluated when first asked for, so an unused one costs nothing.
type row struct {
	*plan
	at      int
	clauses []ref.Val // nil: not needed so far
	lenient bool      // texts may show values that may not decide
	trace   *tracer   // nil on the fast way
}

var _ cel.Activation = (*row)(nil)

func (p *plan) row() *row { return &row{plan: p, clauses: make([]ref.Val, len(p.clauses))} }

// move puts the row on another subject.
func (r *row) move(at int) {
	r.at = at
	clear(r.clauses)
}

// Parent implements cel.Activation.
func (r *row) Parent() interpreter.Activation { return nil }

// ResolveName implements cel.Activation.
func (r *row) ResolveName(name string) (any, bool) {
	s, ok := r.slots[name]
	if !ok {
		return nil, false
	}
	switch s.kind {
	case slotFact:
		return r.fact(&r.tab.cols[s.at]), true
	case slotConst:
		return r.consts[s.at], true
	case slotClause:
		return r.evalClause(s.at), true
	case slotSubject:
		return r.subject(s.at), true
	default:
		return nil, false
	}
}

func (r *row) fact(c *column) ref.Val {
	v := c.boxed[r.at]
	if v == nil {
		return c.unknown
	}
	m := c.values[r.at].Maturity
	if r.lenient || (!r.tooNew(c) && (usable(m, r.accepts) || (m == fact.Stale && r.stale[c.def.Name]))) {
		return v
	}
	return c.unknown
}

// tooNew says whether the newest day of a fact lies nearer than the policy wants.
func (r *row) tooNew(c *column) bool {
	newest := c.values[r.at].AsOf
	return r.MinAge > 0 && newest != 0 && r.tab.asOf-newest < core.Day(r.MinAge)
}

func (r *row) evalClause(i int) ref.Val {
	if v := r.clauses[i]; v != nil {
		return v
	}
	v := r.eval(r.compiled.clauses[i].when)
	r.clauses[i] = v
	return v
}

// eval runs an expression; a fault of it becomes an unknown value.
func (r *row) eval(e *expression) ref.Val {
	if r.trace != nil {
		return r.trace.eval(e, r)
	}
	v, _, err := e.fast.Eval(r)
	if err != nil {
		return types.NewUnknown(byFault, types.NewAttributeTrail(err.Error()))
	}
	return v
}

// loose runs an expression for a text: a value that may not decide may still be shown.
func (r *row) loose(e *expression) ref.Val {
	was := r.lenient
	r.lenient = true
	v, _, err := e.fast.Eval(r)
	r.lenient = was
	if err != nil {
		return nil
	}
	return v
}

func (r *row) subject(i int) ref.Val {
	id := r.tab.ids[r.at]
	marketplace, rest := fact.SplitID(id)
	switch subjectNames()[i] {
	case subjectLabel:
		return types.String(r.hooks.label(id))
	case subjectMarketplace:
		return types.String(marketplace)
	case subjectParent:
		if r.tab.kind != fact.SearchTerm {
			return types.String("")
		}
		return types.String(strings.TrimSuffix(rest, "/"+lastPart(rest)))
	}
	return types.String(subjectOf(r.tab.kind, id))
}

// subjectOf is the subject's own name: the SKU, the campaign, the search term.
func subjectOf(kind fact.SubjectKind, id string) string {
	_, rest := fact.SplitID(id)
	switch {
	case rest == "":
		return id
	case kind == fact.SearchTerm:
		return lastPart(rest)
	}
	return rest
}

// currency is that of the first amount the expression mentions, else the marketplace's.
// Amounts of several currencies give none.
func (r *row) currency(e *expression) core.Currency {
	var found core.Currency
	if e != nil {
		for _, name := range r.factsOf(e) {
			v := r.tab.cols[r.tab.colOf[name]].values[r.at]
			if r.defs[name].Type != fact.Money || !v.Known() {
				continue
			}
			if found != "" && v.Money.Currency != found {
				return ""
			}
			found = v.Money.Currency
		}
	}
	if found != "" {
		return found
	}
	code, _ := fact.SplitID(r.tab.ids[r.at])
	m, _ := core.MarketplaceByCode(code)
	return m.Currency
}

// factsOf lists the facts of an expression, those inside its clauses and thresholds included.
func (p *plan) factsOf(e *expression) []string {
	var out []string
	seen := map[string]bool{}
	var walk func(*expression)
	walk = func(x *expression) {
		for _, n := range x.names {
			s, ok := p.slots[n]
			switch {
			case !ok || seen[n]:
			case s.kind == slotClause:
				seen[n] = true
				walk(p.compiled.clauses[s.at].when)
			case s.kind == slotFact:
				seen[n] = true
				if name := p.tab.cols[s.at].def.Name; name == n || !seen[name] {
					seen[name] = true
					out = append(out, name)
				}
			}
		}
	}
	walk(e)
	return out
}

func (r *row) formatter(e *expression) formatter {
	return formatter{currency: r.currency(e), asOf: r.tab.asOf}
}

// number runs an expression that gives a number; false where it is not known or not finite.
func (r *row) number(e *expression) (float64, bool) {
	if e == nil {
		return 0, false
	}
	n, ok := number(r.eval(e))
	return n, ok && !math.IsNaN(n) && !math.IsInf(n, 0)
}
