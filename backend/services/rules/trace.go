package rules

import (
	"fmt"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/interpreter"

	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

// tracer keeps every intermediate value of the expressions a row evaluates.
type tracer struct {
	states map[*expression]interpreter.EvalState
}

func (t *tracer) eval(e *expression, r *row) ref.Val {
	v, det, err := e.tracked.Eval(r)
	if det != nil {
		t.states[e] = det.State()
	}
	if err != nil {
		return types.NewUnknown(byFault, types.NewAttributeTrail(err.Error()))
	}
	return v
}

// traced is a fresh row on the same subject that records.
func (r *row) traced() *row {
	out := r.row()
	out.trace = &tracer{states: map[*expression]interpreter.EvalState{}}
	out.move(r.at)
	return out
}

// whyLines decides once more with tracing and writes every step up to the deciding case.
func (r *row) whyLines(f fired) []decision.Why {
	t := r.traced()
	others := fired{}
	for name := range f {
		if policy, _, _ := strings.Cut(name, ":"); policy != r.Name {
			others[name] = true
		}
	}
	v := t.decide(others)
	lines := []decision.Why{}
	for i := 0; i <= v.caseIndex; i++ {
		lines = append(lines, t.linesOf(t.cases[i].Name, t.cases[i].when)...)
	}
	return lines
}

// linesOf writes one condition: a line for each clause or comparison, its parts below it.
func (r *row) linesOf(caseName string, e *expression) []decision.Why {
	w := &writer{row: r, caseName: caseName, lines: make([]decision.Why, 0, 8)}
	w.leaves(e, e.tree.NativeRep().Expr(), 0)
	return w.lines
}

type writer struct {
	row      *row
	caseName string
	clause   string
	lines    []decision.Why
}

// leaves goes down through and, or, not to the conditions they join.
func (w *writer) leaves(e *expression, x ast.Expr, depth int) {
	if x.Kind() == ast.CallKind {
		switch x.AsCall().FunctionName() {
		case operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot:
			for _, a := range x.AsCall().Args() {
				w.leaves(e, a, depth)
			}
			return
		}
	}
	v, seen := w.value(e, x)
	if x.Kind() == ast.IdentKind {
		if s, ok := w.row.slots[x.AsIdent()]; ok && s.kind == slotClause {
			w.clauseLines(s.at)
			return
		}
		w.ident(e, x, depth) // a flag: the condition and the fact are one
		if n := len(w.lines); n > 0 {
			w.lines[n-1].Result = resultOf(v, seen)
		}
		return
	}
	w.add(decision.Why{
		Expression: w.source(e, x), Text: w.sentence(e, x, v, seen), Value: boolText(v, seen), Result: resultOf(v, seen), Depth: depth,
		Note: strings.Join(w.row.reasons(v), ", "),
	})
	w.parts(e, x, depth+1)
}

// clauseLines writes a named clause and what it is made of.
func (w *writer) clauseLines(i int) {
	c := &w.row.compiled.clauses[i]
	v := w.row.clauses[i]
	line := decision.Why{Expression: c.when.text, Result: resultOf(v, v != nil), Value: boolText(v, v != nil)}
	title := c.Title
	if title == "" {
		title = sentenceCase(strings.ReplaceAll(c.Name, "_", " "))
	}
	switch line.Result {
	case decision.NotNeeded:
		line.Text = title + ": not needed"
	case decision.Unknown:
		line.Note = strings.Join(w.row.reasons(v), ", ")
		line.Text = title + ": can't tell, " + line.Note
	case decision.True, decision.False:
		line.Text = c.words.render(w.row, line.Result == decision.False)
	}
	if line.Text == "" {
		line.Text = title
	}
	w.clause = c.Name
	w.add(line)
	root := c.when.tree.NativeRep().Expr()
	if isJoin(root) {
		w.leaves(c.when, root, 1)
	} else {
		w.parts(c.when, root, 1)
	}
	w.clause = ""
}

func isJoin(x ast.Expr) bool {
	if x.Kind() != ast.CallKind {
		return false
	}
	switch x.AsCall().FunctionName() {
	case operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot:
		return true
	}
	return false
}

// parts writes the operands of an expression, each with its value.
func (w *writer) parts(e *expression, x ast.Expr, depth int) {
	if x.Kind() == ast.IdentKind {
		w.ident(e, x, depth)
		return
	}
	if x.Kind() != ast.CallKind {
		return
	}
	for _, a := range operands(x) {
		if a.Kind() == ast.CallKind && a.AsCall().FunctionName() != operators.Negate && a.AsCall().FunctionName() != "double" {
			v, seen := w.value(e, a)
			w.add(decision.Why{
				Expression: w.source(e, a), Value: w.plain(v), Result: valueResult(v, seen), Depth: depth,
				Note: strings.Join(w.row.reasons(v), ", "),
			})
			w.parts(e, a, depth+1)
			continue
		}
		w.parts(e, a, depth)
	}
}

func operands(x ast.Expr) []ast.Expr {
	c := x.AsCall()
	if c.IsMemberFunction() {
		return append([]ast.Expr{c.Target()}, c.Args()...)
	}
	return c.Args()
}

// ident writes a fact or a threshold with where it comes from.
func (w *writer) ident(e *expression, x ast.Expr, depth int) {
	name := x.AsIdent()
	s, ok := w.row.slots[name]
	if !ok {
		return
	}
	v, seen := w.value(e, x)
	line := decision.Why{Expression: name, Depth: depth, Result: valueResult(v, seen)}
	switch s.kind {
	case slotFact:
		w.factLine(&line, &w.row.tab.cols[s.at])
	case slotConst:
		w.thresholdLine(&line, name, w.row.consts[s.at])
	case slotSubject, slotClause:
		line.Value = w.plain(v)
	}
	w.add(line)
}

func (w *writer) factLine(line *decision.Why, c *column) {
	v := c.values[w.row.at]
	line.Text, line.Unit, line.Note = c.def.Meaning, c.def.Unit, v.Note
	line.Maturity = v.Maturity
	if line.Maturity == "" {
		line.Maturity = fact.Missing
	}
	line.AsOf = v.AsOf.String()
	line.Source = v.Source
	if k, ok := w.row.hooks.kind(v.Source); ok && k.Title != "" {
		line.Source = k.Title
	}
	if b, ok := c.boxed[w.row.at].(traits.Lister); ok {
		line.Value = w.listed(c, b)
		return
	}
	if b := c.boxed[w.row.at]; b != nil {
		f := formatter{currency: v.Money.Currency, asOf: w.row.tab.asOf}
		line.Value = bare(f.write(formatOf(c.def), b), line.Unit)
	}
}

// mostListed is how many values of related subjects a line shows.
const mostListed = 5

// listed writes the values of related subjects: "12.0, 20.1, 40.0 of 3".
func (w *writer) listed(c *column, list traits.Lister) string {
	var shown []string
	n := 0
	for it := list.Iterator(); it.HasNext() == types.True; n++ {
		v := it.Next()
		if n < mostListed {
			shown = append(shown, bare(w.row.formatter(nil).write(formatOf(c.def), v), c.def.Unit))
		}
	}
	return fmt.Sprintf("%s of %d", strings.Join(shown, ", "), n)
}

func (w *writer) thresholdLine(line *decision.Why, name string, v ref.Val) {
	for _, t := range w.row.Thresholds {
		if "threshold."+t.Name != name {
			continue
		}
		line.Text, line.Unit, line.Source, line.AsOf = t.Meaning, shownUnit(t.Unit), t.Source, t.Date
		line.Maturity = fact.Fresh
		line.Value = bare(w.row.formatter(nil).write(formatOfUnit(t.Unit), v), line.Unit)
	}
}

// bare is a written value without the unit that stands beside it.
func bare(value, unit string) string {
	for _, u := range []string{unit, strings.TrimSuffix(unit, "s")} {
		if rest, ok := strings.CutSuffix(value, " "+u); ok && u != "" {
			return rest
		}
	}
	return value
}

// shownUnit is the unit that stands beside a threshold's value; shares and money write their own.
func shownUnit(unit string) string {
	switch unit {
	case "ratio", "percent", "money", "number", "count":
		return ""
	}
	return unit
}

func (w *writer) add(l decision.Why) {
	l.Case, l.Clause = w.caseName, w.clause
	w.lines = append(w.lines, l)
}

func (w *writer) value(e *expression, x ast.Expr) (ref.Val, bool) {
	st, ok := w.row.trace.states[e]
	if !ok {
		return nil, false
	}
	return st.Value(x.ID())
}

func (w *writer) source(e *expression, x ast.Expr) string {
	if s, ok := e.parts.Load(x.ID()); ok {
		return s.(string)
	}
	s, err := cel.ExprToString(x, e.tree.NativeRep().SourceInfo())
	if err != nil {
		s = e.text
	}
	e.parts.Store(x.ID(), s)
	return s
}

func (w *writer) plain(v ref.Val) string {
	if isUnknown(v) {
		return ""
	}
	return w.row.formatter(nil).write("number", v)
}

func resultOf(v ref.Val, seen bool) decision.Result {
	switch {
	case !seen || v == nil:
		return decision.NotNeeded
	case v == types.True:
		return decision.True
	case v == types.False:
		return decision.False
	}
	return decision.Unknown
}

// valueResult is the result of a line that is a value, not a condition: true when it is known.
func valueResult(v ref.Val, seen bool) decision.Result {
	switch {
	case !seen:
		return decision.NotNeeded
	case isUnknown(v):
		return decision.Unknown
	}
	return decision.True
}

func boolText(v ref.Val, seen bool) string {
	if r := resultOf(v, seen); r == decision.True || r == decision.False {
		return string(r)
	}
	return ""
}
